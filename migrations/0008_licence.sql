-- The licence's life: what monitoring found, what the committee decided, what became of the assets.

-- B-20: one monitoring of a centre; each of the four offices fills its own section.
CREATE TABLE monitorings (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  opened_on TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX monitorings_of_centre ON monitorings (centre_id, id);

-- A section as it was filled; until the result is signed the newest of an office counts. Security
-- and selection give state, number and day, never opinions (B-90).
CREATE TABLE monitoring_sections (
  id INTEGER PRIMARY KEY,
  monitoring_id INTEGER NOT NULL REFERENCES monitorings (id),
  office TEXT NOT NULL CONSTRAINT monitoring_office CHECK (office IN
    ('participation', 'supervision', 'security', 'selection')),
  score INTEGER CONSTRAINT monitoring_score CHECK (score BETWEEN 0 AND 100),
  findings TEXT,
  state TEXT CONSTRAINT monitoring_state CHECK (state IN ('approved', 'refused')),
  number TEXT CONSTRAINT monitoring_number CHECK (length(trim(number)) > 0),
  decided_on TEXT,
  filled_on TEXT NOT NULL,
  filled_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT b20_scores_or_state CHECK (
    (office IN ('participation', 'supervision') AND score IS NOT NULL AND state IS NULL
      AND number IS NULL AND decided_on IS NULL)
    OR (office IN ('security', 'selection') AND score IS NULL AND findings IS NULL
      AND state IS NOT NULL AND number IS NOT NULL AND decided_on IS NOT NULL))
) STRICT;
CREATE INDEX monitoring_sections_of ON monitoring_sections (monitoring_id, office, id);

-- The result, final once the deputy has signed it.
CREATE TABLE monitoring_results (
  monitoring_id INTEGER PRIMARY KEY REFERENCES monitorings (id),
  conclusion TEXT NOT NULL CONSTRAINT monitoring_conclusion CHECK (conclusion IN
    ('renew', 'suspend', 'revoke', 'none')),
  signed_on TEXT NOT NULL,
  signed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TRIGGER b20_offices_monitor BEFORE INSERT ON monitorings
WHEN coalesce((SELECT role FROM users WHERE id = NEW.opened_by), '')
  NOT IN ('province-deputy', 'inspector')
BEGIN SELECT RAISE(ABORT, 'b20_offices_monitor'); END;
CREATE TRIGGER b20_one_monitoring_at_a_time BEFORE INSERT ON monitorings
WHEN EXISTS (SELECT 1 FROM monitorings m WHERE m.centre_id = NEW.centre_id
  AND NOT EXISTS (SELECT 1 FROM monitoring_results WHERE monitoring_id = m.id))
BEGIN SELECT RAISE(ABORT, 'b20_one_monitoring_at_a_time'); END;
CREATE TRIGGER b20_office_fills_its_own BEFORE INSERT ON monitoring_sections
WHEN (SELECT role FROM users WHERE id = NEW.filled_by) IS NOT CASE NEW.office
    WHEN 'participation' THEN 'province-deputy' WHEN 'supervision' THEN 'inspector'
    ELSE NEW.office END
  OR NEW.decided_on > NEW.filled_on
BEGIN SELECT RAISE(ABORT, 'b20_office_fills_its_own'); END;
CREATE TRIGGER b20_deputy_signs BEFORE INSERT ON monitoring_results
WHEN (SELECT role FROM users WHERE id = NEW.signed_by) IS NOT 'province-deputy'
  OR NOT EXISTS (SELECT 1 FROM monitoring_sections
    WHERE monitoring_id = NEW.monitoring_id AND office = 'supervision')
BEGIN SELECT RAISE(ABORT, 'b20_deputy_signs'); END;
CREATE TRIGGER b20_renewal_needs_all_four BEFORE INSERT ON monitoring_results
WHEN NEW.conclusion = 'renew' AND 4 IS NOT (SELECT count(DISTINCT office) FROM monitoring_sections
  WHERE monitoring_id = NEW.monitoring_id)
BEGIN SELECT RAISE(ABORT, 'b20_renewal_needs_all_four'); END;
CREATE TRIGGER b20_renewal_against_no_office BEFORE INSERT ON monitoring_results
WHEN NEW.conclusion = 'renew' AND EXISTS (SELECT 1 FROM monitoring_sections s
  WHERE s.monitoring_id = NEW.monitoring_id AND s.state = 'refused' AND s.id = (SELECT max(x.id)
    FROM monitoring_sections x WHERE x.monitoring_id = s.monitoring_id AND x.office = s.office))
BEGIN SELECT RAISE(ABORT, 'b20_renewal_against_no_office'); END;
CREATE TRIGGER b20_signed_is_final BEFORE INSERT ON monitoring_sections
WHEN EXISTS (SELECT 1 FROM monitoring_results WHERE monitoring_id = NEW.monitoring_id)
BEGIN SELECT RAISE(ABORT, 'b20_signed_is_final'); END;

CREATE TRIGGER monitorings_are_new BEFORE INSERT ON monitorings
WHEN EXISTS (SELECT 1 FROM monitorings WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'monitorings_are_final'); END;
CREATE TRIGGER monitorings_are_final_update BEFORE UPDATE ON monitorings
BEGIN SELECT RAISE(ABORT, 'monitorings_are_final'); END;
CREATE TRIGGER monitorings_are_final_delete BEFORE DELETE ON monitorings
BEGIN SELECT RAISE(ABORT, 'monitorings_are_final'); END;
CREATE TRIGGER monitoring_sections_are_new BEFORE INSERT ON monitoring_sections
WHEN EXISTS (SELECT 1 FROM monitoring_sections WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'monitoring_sections_are_final'); END;
CREATE TRIGGER monitoring_sections_are_final_update BEFORE UPDATE ON monitoring_sections
BEGIN SELECT RAISE(ABORT, 'monitoring_sections_are_final'); END;
CREATE TRIGGER monitoring_sections_are_final_delete BEFORE DELETE ON monitoring_sections
BEGIN SELECT RAISE(ABORT, 'monitoring_sections_are_final'); END;
CREATE TRIGGER monitoring_results_are_new BEFORE INSERT ON monitoring_results
WHEN EXISTS (SELECT 1 FROM monitoring_results WHERE monitoring_id = NEW.monitoring_id)
BEGIN SELECT RAISE(ABORT, 'monitoring_results_are_final'); END;
CREATE TRIGGER monitoring_results_are_final_update BEFORE UPDATE ON monitoring_results
BEGIN SELECT RAISE(ABORT, 'monitoring_results_are_final'); END;
CREATE TRIGGER monitoring_results_are_final_delete BEFORE DELETE ON monitoring_results
BEGIN SELECT RAISE(ABORT, 'monitoring_results_are_final'); END;

-- B-109, B-102: a decision on the licence, in force from the moment it is made. The last one that is
-- no renewal says in which state the centre is; while there is none, its licences' days do.
CREATE TABLE licence_decisions (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  kind TEXT NOT NULL CONSTRAINT licence_decision_kind CHECK (kind IN
    ('renew', 'suspend', 'reinstate', 'revoke', 'dissolve', 'finish')),
  number TEXT NOT NULL CONSTRAINT licence_decision_number_once UNIQUE
    CONSTRAINT licence_decision_number CHECK (length(trim(number)) > 0),
  decided_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT licence_decision_reason CHECK (length(trim(reason)) >= 3),
  -- A signed result bears one decision.
  monitoring_id INTEGER CONSTRAINT monitoring_bears_one_decision UNIQUE
    REFERENCES monitoring_results (monitoring_id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  decided_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT b109_from_signed_result CHECK
    ((kind IN ('renew', 'suspend', 'revoke')) = (monitoring_id IS NOT NULL))
) STRICT;
CREATE INDEX licence_decisions_of_centre ON licence_decisions (centre_id, id);

CREATE TRIGGER b109_deputy_decides BEFORE INSERT ON licence_decisions
WHEN (SELECT role FROM users WHERE id = NEW.decided_by) IS NOT 'province-deputy'
BEGIN SELECT RAISE(ABORT, 'b109_deputy_decides'); END;
CREATE TRIGGER b109_result_says_so BEFORE INSERT ON licence_decisions
WHEN NEW.monitoring_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM monitoring_results r JOIN monitorings m ON m.id = r.monitoring_id
  WHERE r.monitoring_id = NEW.monitoring_id AND m.centre_id = NEW.centre_id
    AND r.conclusion = NEW.kind AND r.signed_on <= NEW.decided_on
    AND julianday(NEW.decided_on) - julianday(r.signed_on) <= coalesce(
      (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'monitoring-days'), 365))
BEGIN SELECT RAISE(ABORT, 'b109_result_says_so'); END;
-- Each decision from the states that it may follow, told by the last decision that is no renewal.
CREATE TRIGGER b109_decision_follows BEFORE INSERT ON licence_decisions
WHEN NEW.kind NOT IN (SELECT value FROM json_each(CASE coalesce((SELECT kind FROM licence_decisions
    WHERE centre_id = NEW.centre_id AND kind <> 'renew' ORDER BY id DESC LIMIT 1), 'reinstate')
  WHEN 'reinstate' THEN '["renew", "suspend", "revoke", "dissolve"]'
  WHEN 'suspend' THEN '["reinstate", "revoke", "dissolve"]'
  WHEN 'revoke' THEN '["reinstate", "dissolve"]'
  WHEN 'dissolve' THEN '["reinstate", "finish"]'
  ELSE '[]' END))
  OR NEW.decided_on < (SELECT max(decided_on) FROM licence_decisions WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b109_decision_follows'); END;
-- Nothing is decided on a licence that was never in force, and none is suspended that has run out.
CREATE TRIGGER b109_decision_on_a_licence BEFORE INSERT ON licence_decisions
WHEN NOT EXISTS (SELECT 1 FROM licences
    WHERE centre_id = NEW.centre_id AND from_on <= NEW.decided_on)
  OR (NEW.kind = 'suspend' AND NOT EXISTS (SELECT 1 FROM licences
    WHERE centre_id = NEW.centre_id AND NEW.decided_on BETWEEN from_on AND to_on))
BEGIN SELECT RAISE(ABORT, 'b109_decision_on_a_licence'); END;
CREATE TRIGGER b109_decision_has_its_paper BEFORE INSERT ON licence_decisions
WHEN NOT EXISTS (SELECT 1 FROM papers WHERE id = NEW.paper_id AND kind = 'decision'
  AND centre_id = NEW.centre_id AND act_id = NEW.act_id AND issued_on = NEW.decided_on)
BEGIN SELECT RAISE(ABORT, 'b109_decision_has_its_paper'); END;
CREATE TRIGGER licence_decisions_are_new BEFORE INSERT ON licence_decisions
WHEN EXISTS (SELECT 1 FROM licence_decisions
  WHERE id = NEW.id OR number = NEW.number OR monitoring_id = NEW.monitoring_id)
BEGIN SELECT RAISE(ABORT, 'licence_decisions_are_final'); END;
CREATE TRIGGER licence_decisions_are_final_update BEFORE UPDATE ON licence_decisions
BEGIN SELECT RAISE(ABORT, 'licence_decisions_are_final'); END;
CREATE TRIGGER licence_decisions_are_final_delete BEFORE DELETE ON licence_decisions
BEGIN SELECT RAISE(ABORT, 'licence_decisions_are_final'); END;

-- B-109: a licence that follows another is a renewal: it comes after a decision to renew, one each.
CREATE TRIGGER b109_renewed_by_decision BEFORE INSERT ON licences
WHEN EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id AND to_on < NEW.from_on)
  AND NOT EXISTS (SELECT 1 FROM licence_decisions d WHERE d.centre_id = NEW.centre_id
    AND d.kind = 'renew' AND d.act_id < NEW.act_id
    AND NOT EXISTS (SELECT 1 FROM licences
      WHERE centre_id = NEW.centre_id AND act_id > d.act_id))
BEGIN SELECT RAISE(ABORT, 'b109_renewed_by_decision'); END;

-- What a suspended, revoked, dissolving or dissolved centre may no longer do, as the file knows it.
CREATE VIEW standing_decisions AS
SELECT d.centre_id, d.kind, d.decided_on, d.id FROM licence_decisions d
WHERE d.id = (SELECT id FROM licence_decisions
  WHERE centre_id = d.centre_id AND kind <> 'renew' ORDER BY id DESC LIMIT 1);

CREATE TRIGGER b109_standing_before_donation BEFORE INSERT ON donations
WHEN coalesce((SELECT kind FROM licence_decisions
    WHERE centre_id = NEW.centre_id AND kind <> 'renew' ORDER BY id DESC LIMIT 1), 'reinstate')
    <> 'reinstate'
  OR coalesce((SELECT kind FROM licence_decisions WHERE centre_id = NEW.centre_id AND kind <> 'renew'
    AND decided_on <= NEW.received_on ORDER BY id DESC LIMIT 1), 'reinstate') <> 'reinstate'
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_donation'); END;
CREATE TRIGGER b109_standing_before_decree BEFORE INSERT ON decree_issues
WHEN coalesce((SELECT kind FROM licence_decisions
    WHERE centre_id = NEW.centre_id AND kind <> 'renew' ORDER BY id DESC LIMIT 1), 'reinstate')
    <> 'reinstate'
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_decree'); END;
CREATE TRIGGER b109_standing_before_proposal BEFORE INSERT ON decrees
WHEN coalesce((SELECT kind FROM licence_decisions
    WHERE centre_id = NEW.centre_id AND kind <> 'renew' ORDER BY id DESC LIMIT 1), 'reinstate')
    <> 'reinstate'
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_proposal'); END;
CREATE TRIGGER b109_standing_before_introduction BEFORE INSERT ON introductions
WHEN coalesce((SELECT kind FROM licence_decisions
    WHERE centre_id = NEW.centre_id AND kind <> 'renew' ORDER BY id DESC LIMIT 1), 'reinstate')
    <> 'reinstate'
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_introduction'); END;
-- No paper under the centre's own head; what is kept of its books stays open to it.
CREATE TRIGGER b109_standing_before_letterhead BEFORE INSERT ON papers
WHEN NEW.content ->> 'head' = 'centre'
  AND coalesce((SELECT kind FROM licence_decisions
    WHERE centre_id = NEW.centre_id AND kind <> 'renew' ORDER BY id DESC LIMIT 1), 'reinstate')
    <> 'reinstate'
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_letterhead'); END;

-- The licence as paper: once for each licence, also for those given before papers were kept.
CREATE TABLE licence_papers (
  licence_id INTEGER PRIMARY KEY REFERENCES licences (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  issued_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b128_committee_prints_licence BEFORE INSERT ON licence_papers
WHEN coalesce((SELECT role FROM users WHERE id = NEW.issued_by), '')
    NOT IN ('county-head', 'province-deputy')
  OR NOT EXISTS (SELECT 1 FROM papers p JOIN licences l ON l.id = NEW.licence_id
    WHERE p.id = NEW.paper_id AND p.kind = 'licence' AND p.centre_id = l.centre_id
      AND p.act_id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'b128_committee_prints_licence'); END;
CREATE TRIGGER b17_licence_printed_in_own_county BEFORE INSERT ON licence_papers
WHEN (SELECT county_id FROM users WHERE id = NEW.issued_by)
  <> (SELECT c.county_id FROM licences l JOIN centres c ON c.id = l.centre_id
    WHERE l.id = NEW.licence_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER licence_papers_are_new BEFORE INSERT ON licence_papers
WHEN EXISTS (SELECT 1 FROM licence_papers WHERE licence_id = NEW.licence_id)
BEGIN SELECT RAISE(ABORT, 'licence_papers_are_final'); END;
CREATE TRIGGER licence_papers_are_final_update BEFORE UPDATE ON licence_papers
BEGIN SELECT RAISE(ABORT, 'licence_papers_are_final'); END;
CREATE TRIGGER licence_papers_are_final_delete BEFORE DELETE ON licence_papers
BEGIN SELECT RAISE(ABORT, 'licence_papers_are_final'); END;

-- B-109: each warning of a licence's end that was told, once: so many days before.
CREATE TABLE licence_warnings (
  licence_id INTEGER NOT NULL REFERENCES licences (id),
  days INTEGER NOT NULL CONSTRAINT warning_days CHECK (days IN (90, 60, 30, 7)),
  told_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (licence_id, days)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER licence_warnings_are_new BEFORE INSERT ON licence_warnings
WHEN EXISTS (SELECT 1 FROM licence_warnings
    WHERE licence_id = NEW.licence_id AND days = NEW.days)
  OR NEW.told_on NOT BETWEEN date((SELECT to_on FROM licences WHERE id = NEW.licence_id),
    '-' || NEW.days || ' days') AND (SELECT to_on FROM licences WHERE id = NEW.licence_id)
BEGIN SELECT RAISE(ABORT, 'licence_warnings_are_final'); END;
CREATE TRIGGER licence_warnings_are_final_update BEFORE UPDATE ON licence_warnings
BEGIN SELECT RAISE(ABORT, 'licence_warnings_are_final'); END;
CREATE TRIGGER licence_warnings_are_final_delete BEFORE DELETE ON licence_warnings
BEGIN SELECT RAISE(ABORT, 'licence_warnings_are_final'); END;

-- B-102: what a centre that is dissolved had, and what becomes of it, each line under the committee.
CREATE TABLE dissolution_assets (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  -- The revocation or dissolution under which it is listed.
  decision_id INTEGER NOT NULL REFERENCES licence_decisions (id),
  kind TEXT NOT NULL CONSTRAINT asset_kind CHECK (kind IN
    ('cash', 'bank', 'equipment', 'furniture', 'goods', 'vehicle', 'property', 'other')),
  description TEXT NOT NULL CONSTRAINT asset_description CHECK (length(trim(description)) > 0),
  number TEXT,
  quantity INTEGER NOT NULL CONSTRAINT asset_quantity CHECK (quantity BETWEEN 1 AND 999999),
  value_rial INTEGER NOT NULL
    CONSTRAINT asset_value CHECK (value_rial BETWEEN 0 AND 99999999999999),
  disposal TEXT NOT NULL CONSTRAINT asset_disposal CHECK (disposal IN ('transfer', 'sale', 'gift')),
  recipient TEXT NOT NULL CONSTRAINT asset_recipient CHECK (length(trim(recipient)) > 0),
  listed_on TEXT NOT NULL,
  listed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX dissolution_assets_of_centre ON dissolution_assets (centre_id, id);

-- A line that was mistaken, taken back before the committee has countersigned it.
CREATE TABLE dissolution_withdrawals (
  asset_id INTEGER PRIMARY KEY REFERENCES dissolution_assets (id),
  withdrawn_on TEXT NOT NULL,
  withdrawn_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TABLE dissolution_countersignings (
  asset_id INTEGER PRIMARY KEY REFERENCES dissolution_assets (id),
  countersigned_on TEXT NOT NULL,
  countersigned_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

-- The list as it was printed for signing; with it the list is closed.
CREATE TABLE dissolution_lists (
  decision_id INTEGER PRIMARY KEY REFERENCES licence_decisions (id),
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  issued_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TRIGGER b102_listed_while_dissolving BEFORE INSERT ON dissolution_assets
WHEN NOT EXISTS (SELECT 1 FROM standing_decisions WHERE id = NEW.decision_id
    AND centre_id = NEW.centre_id AND kind IN ('revoke', 'dissolve'))
  OR EXISTS (SELECT 1 FROM dissolution_lists WHERE decision_id = NEW.decision_id)
BEGIN SELECT RAISE(ABORT, 'b102_listed_while_dissolving'); END;
CREATE TRIGGER b17_assets_listed_in_own_county BEFORE INSERT ON dissolution_assets
WHEN (SELECT county_id FROM users WHERE id = NEW.listed_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
-- B-102: the centre's chair lists what it has, or the deputy does.
CREATE TRIGGER b102_chair_or_deputy_lists BEFORE INSERT ON dissolution_assets
WHEN (SELECT role FROM users WHERE id = NEW.listed_by) IS NOT 'province-deputy'
  AND NOT EXISTS (SELECT 1 FROM decrees d JOIN decree_acceptances a ON a.decree_id = d.id
    JOIN users u ON u.id = NEW.listed_by AND u.person_id = d.person_id
    WHERE d.centre_id = NEW.centre_id AND d.seat IN ('chair', 'vice-chair')
      AND NEW.listed_on BETWEEN d.from_on AND d.to_on)
BEGIN SELECT RAISE(ABORT, 'b102_chair_or_deputy_lists'); END;
CREATE TRIGGER b102_committee_countersigns BEFORE INSERT ON dissolution_countersignings
WHEN coalesce((SELECT role FROM users WHERE id = NEW.countersigned_by), '')
    NOT IN ('county-head', 'province-deputy')
  -- Two persons: nobody countersigns what he has listed himself.
  OR NEW.countersigned_by IS (SELECT listed_by FROM dissolution_assets WHERE id = NEW.asset_id)
  OR EXISTS (SELECT 1 FROM dissolution_withdrawals WHERE asset_id = NEW.asset_id)
  OR NOT EXISTS (SELECT 1 FROM dissolution_assets a JOIN standing_decisions d
    ON d.centre_id = a.centre_id AND d.kind IN ('revoke', 'dissolve') WHERE a.id = NEW.asset_id)
BEGIN SELECT RAISE(ABORT, 'b102_committee_countersigns'); END;
CREATE TRIGGER b17_assets_countersigned_in_own_county BEFORE INSERT ON dissolution_countersignings
WHEN (SELECT county_id FROM users WHERE id = NEW.countersigned_by)
  <> (SELECT c.county_id FROM dissolution_assets a JOIN centres c ON c.id = a.centre_id
    WHERE a.id = NEW.asset_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b102_countersigned_stays BEFORE INSERT ON dissolution_withdrawals
WHEN EXISTS (SELECT 1 FROM dissolution_countersignings WHERE asset_id = NEW.asset_id)
BEGIN SELECT RAISE(ABORT, 'b102_countersigned_stays'); END;
-- B-102: the list is printed once every line of it is countersigned.
CREATE TRIGGER b102_list_countersigned BEFORE INSERT ON dissolution_lists
WHEN NOT EXISTS (SELECT 1 FROM standing_decisions WHERE id = NEW.decision_id
    AND centre_id = NEW.centre_id AND kind = 'dissolve')
  OR EXISTS (SELECT 1 FROM dissolution_assets a WHERE a.centre_id = NEW.centre_id
    AND a.decision_id > coalesce((SELECT max(id) FROM licence_decisions
      WHERE centre_id = NEW.centre_id AND kind = 'reinstate'), 0)
    AND NOT EXISTS (SELECT 1 FROM dissolution_withdrawals WHERE asset_id = a.id)
    AND NOT EXISTS (SELECT 1 FROM dissolution_countersignings WHERE asset_id = a.id))
  OR NOT EXISTS (SELECT 1 FROM papers WHERE id = NEW.paper_id AND kind = 'asset-list'
    AND centre_id = NEW.centre_id AND act_id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'b102_list_countersigned'); END;
CREATE TRIGGER b17_list_issued_in_own_county BEFORE INSERT ON dissolution_lists
WHEN (SELECT county_id FROM users WHERE id = NEW.issued_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b102_finished_with_its_list BEFORE INSERT ON licence_decisions
WHEN NEW.kind = 'finish' AND NOT EXISTS (SELECT 1 FROM standing_decisions d
  JOIN dissolution_lists l ON l.decision_id = d.id WHERE d.centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b102_finished_with_its_list'); END;

CREATE TRIGGER dissolution_assets_are_new BEFORE INSERT ON dissolution_assets
WHEN EXISTS (SELECT 1 FROM dissolution_assets WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'dissolution_assets_are_final'); END;
CREATE TRIGGER dissolution_assets_are_final_update BEFORE UPDATE ON dissolution_assets
BEGIN SELECT RAISE(ABORT, 'dissolution_assets_are_final'); END;
CREATE TRIGGER dissolution_assets_are_final_delete BEFORE DELETE ON dissolution_assets
BEGIN SELECT RAISE(ABORT, 'dissolution_assets_are_final'); END;
CREATE TRIGGER dissolution_withdrawals_are_new BEFORE INSERT ON dissolution_withdrawals
WHEN EXISTS (SELECT 1 FROM dissolution_withdrawals WHERE asset_id = NEW.asset_id)
BEGIN SELECT RAISE(ABORT, 'dissolution_withdrawals_are_final'); END;
CREATE TRIGGER dissolution_withdrawals_are_final_update BEFORE UPDATE ON dissolution_withdrawals
BEGIN SELECT RAISE(ABORT, 'dissolution_withdrawals_are_final'); END;
CREATE TRIGGER dissolution_withdrawals_are_final_delete BEFORE DELETE ON dissolution_withdrawals
BEGIN SELECT RAISE(ABORT, 'dissolution_withdrawals_are_final'); END;
CREATE TRIGGER dissolution_countersignings_are_new BEFORE INSERT ON dissolution_countersignings
WHEN EXISTS (SELECT 1 FROM dissolution_countersignings WHERE asset_id = NEW.asset_id)
BEGIN SELECT RAISE(ABORT, 'dissolution_countersignings_are_final'); END;
CREATE TRIGGER dissolution_countersignings_are_final_update
BEFORE UPDATE ON dissolution_countersignings
BEGIN SELECT RAISE(ABORT, 'dissolution_countersignings_are_final'); END;
CREATE TRIGGER dissolution_countersignings_are_final_delete
BEFORE DELETE ON dissolution_countersignings
BEGIN SELECT RAISE(ABORT, 'dissolution_countersignings_are_final'); END;
CREATE TRIGGER dissolution_lists_are_new BEFORE INSERT ON dissolution_lists
WHEN EXISTS (SELECT 1 FROM dissolution_lists WHERE decision_id = NEW.decision_id)
BEGIN SELECT RAISE(ABORT, 'dissolution_lists_are_final'); END;
CREATE TRIGGER dissolution_lists_are_final_update BEFORE UPDATE ON dissolution_lists
BEGIN SELECT RAISE(ABORT, 'dissolution_lists_are_final'); END;
CREATE TRIGGER dissolution_lists_are_final_delete BEFORE DELETE ON dissolution_lists
BEGIN SELECT RAISE(ABORT, 'dissolution_lists_are_final'); END;
