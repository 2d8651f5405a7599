-- The licence's days, held by the file too: a first licence with its reason, its end told once, what
-- an ended licence closes, and decrees drafted only where they can be issued.

-- B-109: the first licence is a decision with its reason; of a renewal the decision has it. Licences
-- given before this file knew reasons have none.
ALTER TABLE licences ADD COLUMN reason TEXT
  CONSTRAINT licence_reason CHECK (reason IS NULL OR length(trim(reason)) >= 3);
CREATE TRIGGER b109_first_licence_has_its_reason BEFORE INSERT ON licences
WHEN NEW.reason IS NULL AND NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b109_first_licence_has_its_reason'); END;

-- That a licence has run out is told once, from the day after its last.
CREATE TABLE licence_ends (
  licence_id INTEGER PRIMARY KEY REFERENCES licences (id),
  told_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER licence_ends_are_new BEFORE INSERT ON licence_ends
WHEN EXISTS (SELECT 1 FROM licence_ends WHERE licence_id = NEW.licence_id)
  OR NEW.told_on <= (SELECT to_on FROM licences WHERE id = NEW.licence_id)
BEGIN SELECT RAISE(ABORT, 'licence_ends_are_final'); END;
CREATE TRIGGER licence_ends_are_final_update BEFORE UPDATE ON licence_ends
BEGIN SELECT RAISE(ABORT, 'licence_ends_are_final'); END;
CREATE TRIGGER licence_ends_are_final_delete BEFORE DELETE ON licence_ends
BEGIN SELECT RAISE(ABORT, 'licence_ends_are_final'); END;

-- B-128: the centres whose licence was over at the moment of an act, on its day in Tehran.
CREATE VIEW licences_over AS
SELECT a.id AS act_id, c.id AS centre_id
FROM acts a CROSS JOIN centres c
WHERE EXISTS (SELECT 1 FROM licences
    WHERE centre_id = c.id AND to_on < date(a.at, '+210 minutes'))
  AND NOT EXISTS (SELECT 1 FROM licences
    WHERE centre_id = c.id AND date(a.at, '+210 minutes') BETWEEN from_on AND to_on);

CREATE TRIGGER b128_licence_over_before_proposal BEFORE INSERT ON decrees
WHEN EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b128_licence_over_before_acceptance BEFORE INSERT ON decree_acceptances
WHEN EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id
  AND centre_id = (SELECT centre_id FROM decrees WHERE id = NEW.decree_id))
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b128_licence_over_before_code BEFORE INSERT ON activity_codes
WHEN EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b128_licence_over_before_introduction BEFORE INSERT ON introductions
WHEN EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b128_licence_over_before_account BEFORE INSERT ON bank_accounts
WHEN EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b128_licence_over_before_seal BEFORE INSERT ON seals
WHEN EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b128_licence_over_before_sheet BEFORE INSERT ON map_sheets
WHEN EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b128_licence_over_before_permit_request BEFORE INSERT ON permits
WHEN EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b128_licence_over_before_permit BEFORE INSERT ON permit_decisions
WHEN NEW.answer = 'granted' AND EXISTS (SELECT 1 FROM licences_over
  WHERE act_id = NEW.act_id
    AND centre_id = (SELECT centre_id FROM permits WHERE id = NEW.permit_id))
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b128_licence_over_before_channel BEFORE INSERT ON channels
WHEN EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b128_licence_over_before_letterhead BEFORE INSERT ON papers
WHEN NEW.content ->> 'head' = 'centre' AND EXISTS (SELECT 1 FROM licences_over
  WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;

-- B-109: the same of what a decision closes, where the file did not hold it yet.
CREATE TRIGGER b109_standing_before_acceptance BEFORE INSERT ON decree_acceptances
WHEN EXISTS (SELECT 1 FROM standing_decisions
  WHERE centre_id = (SELECT centre_id FROM decrees WHERE id = NEW.decree_id)
    AND kind <> 'reinstate')
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_acceptance'); END;
CREATE TRIGGER b109_standing_before_code BEFORE INSERT ON activity_codes
WHEN EXISTS (SELECT 1 FROM standing_decisions
  WHERE centre_id = NEW.centre_id AND kind <> 'reinstate')
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_code'); END;
CREATE TRIGGER b109_standing_before_account BEFORE INSERT ON bank_accounts
WHEN EXISTS (SELECT 1 FROM standing_decisions
  WHERE centre_id = NEW.centre_id AND kind <> 'reinstate')
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_account'); END;
CREATE TRIGGER b109_standing_before_permit_request BEFORE INSERT ON permits
WHEN EXISTS (SELECT 1 FROM standing_decisions
  WHERE centre_id = NEW.centre_id AND kind <> 'reinstate')
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_permit_request'); END;
CREATE TRIGGER b109_standing_before_channel BEFORE INSERT ON channels
WHEN EXISTS (SELECT 1 FROM standing_decisions
  WHERE centre_id = NEW.centre_id AND kind <> 'reinstate')
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_channel'); END;

-- B-128: nobody is proposed by decree before the licence, nor for days that no licence covers.
CREATE TRIGGER b128_decree_drafted_within_licence BEFORE INSERT ON decrees
WHEN NOT EXISTS (SELECT 1 FROM licences
  WHERE centre_id = NEW.centre_id AND from_on <= NEW.from_on AND to_on >= NEW.to_on)
BEGIN SELECT RAISE(ABORT, 'b128_decree_drafted_within_licence'); END;
-- B-14: the committee's own proposals are for persons already cleared; the chair's may be kept as a
-- draft until they are, and go to the committee then.
CREATE TRIGGER b14_cleared_before_proposal BEFORE INSERT ON decrees
WHEN NEW.seat IN ('chair', 'vice-chair') AND EXISTS (
  SELECT 1 FROM (SELECT 'security' AS kind UNION ALL SELECT 'selection') needed
  WHERE 'approved' IS NOT (SELECT c.state FROM clearances c
    WHERE c.person_id = NEW.person_id AND c.kind = needed.kind AND c.decided_on <= NEW.drafted_on
    ORDER BY c.id DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'b14_cleared_before_proposal'); END;
CREATE TRIGGER b14_cleared_before_request BEFORE INSERT ON decree_requests
WHEN EXISTS (
  SELECT 1 FROM decrees d, (SELECT 'security' AS kind UNION ALL SELECT 'selection') needed
  WHERE d.id = NEW.decree_id AND 'approved' IS NOT (SELECT c.state FROM clearances c
    WHERE c.person_id = d.person_id AND c.kind = needed.kind AND c.decided_on <= NEW.requested_on
    ORDER BY c.id DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'b14_cleared_before_request'); END;
-- B-28 to B-33: nobody is proposed for a seat that is somebody's on those days, unless the committee
-- has agreed that he follows the holder.
CREATE TRIGGER b28_seat_free_before_proposal BEFORE INSERT ON decrees
WHEN EXISTS (
  SELECT 1 FROM decrees other
  JOIN decree_issues i ON i.decree_id = other.id
  LEFT JOIN decree_endings e ON e.decree_id = other.id
  WHERE other.centre_id = NEW.centre_id AND other.seat = NEW.seat AND other.from_on <= NEW.to_on
    AND coalesce(min(other.to_on, date(e.ended_on, '-1 day')), other.to_on) >= NEW.from_on
    AND (e.ended_on IS NULL OR e.ended_on > other.from_on)
    AND NOT EXISTS (SELECT 1 FROM change_requests r
      JOIN change_answers a ON a.request_id = r.id AND a.answer = 'agreed'
      WHERE r.decree_id = other.id AND r.person_id = NEW.person_id
        AND a.decided_on <= NEW.drafted_on))
BEGIN SELECT RAISE(ABORT, 'b28_seat_free_before_proposal'); END;

-- B-17: a line of the assets is taken back in one's own county alone, as it was listed.
CREATE TRIGGER b17_assets_withdrawn_in_own_county BEFORE INSERT ON dissolution_withdrawals
WHEN (SELECT county_id FROM users WHERE id = NEW.withdrawn_by)
  <> (SELECT c.county_id FROM dissolution_assets a JOIN centres c ON c.id = a.centre_id
    WHERE a.id = NEW.asset_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
-- B-17: and a sheet is taken down from the wall as it was hung.
CREATE TRIGGER b17_sheet_removed_in_own_county BEFORE INSERT ON sheet_removals
WHEN (SELECT county_id FROM users WHERE id = NEW.removed_by)
  <> (SELECT c.county_id FROM sheet_hangings h JOIN map_sheets s ON s.id = h.sheet_id
    JOIN centres c ON c.id = s.centre_id WHERE h.id = NEW.hanging_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
