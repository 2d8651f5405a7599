-- The places of the network: what the area can do (capacities), its survey, the six specialised
-- networks with their members and meetings, and what is referred to them.

-- B-138: what is in the area and can be put to use, open or hidden. What becomes of it stands in its
-- steps; state, follower and openness here are those of the last step, so that a search is one read.
CREATE TABLE capacities (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  kind TEXT NOT NULL CONSTRAINT capacity_kind CHECK (kind IN
    ('skill', 'workshop', 'business', 'land', 'institution', 'event', 'equipment', 'other')),
  title TEXT NOT NULL CONSTRAINT capacity_title CHECK (length(trim(title)) > 0),
  title_search TEXT NOT NULL,
  title_sort TEXT NOT NULL,
  is_hidden INTEGER NOT NULL CONSTRAINT capacity_hidden_yes_no CHECK (is_hidden IN (0, 1)),
  use TEXT NOT NULL CONSTRAINT capacity_use CHECK (use IN
    ('employment', 'education', 'culture', 'legal', 'housing', 'health', 'participation', 'relief',
     'other')),
  place TEXT NOT NULL,
  lon REAL,
  lat REAL,
  -- B-105: the owner is seen by the chair and by whoever follows the card, and leaves the centre never.
  owner_name TEXT,
  owner_mobile TEXT,
  note TEXT,
  found_on TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'found'
    CONSTRAINT capacity_state CHECK (state IN ('found', 'in-use', 'exhausted', 'withdrawn')),
  is_open INTEGER NOT NULL DEFAULT 0 CONSTRAINT capacity_open_yes_no CHECK (is_open IN (0, 1)),
  next_step TEXT,
  followed_by TEXT,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT capacity_place_is_whole CHECK ((lon IS NULL) = (lat IS NULL))
) STRICT;
CREATE INDEX capacities_of_centre ON capacities (centre_id, title_sort);
CREATE INDEX capacities_open ON capacities (title_sort) WHERE is_open = 1;
CREATE TRIGGER capacities_are_new BEFORE INSERT ON capacities
WHEN EXISTS (SELECT 1 FROM capacities WHERE id = NEW.id)
  OR NEW.state <> 'found' OR NEW.is_open <> 0 OR NEW.followed_by IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'b138_capacities_stay'); END;
CREATE TRIGGER capacities_stay_themselves BEFORE UPDATE OF id, centre_id, kind, found_on ON capacities
BEGIN SELECT RAISE(ABORT, 'b138_capacities_stay'); END;
CREATE TRIGGER capacities_stay BEFORE DELETE ON capacities
BEGIN SELECT RAISE(ABORT, 'b138_capacities_stay'); END;

-- The history of a card: each step says what the card is from then on.
CREATE TABLE capacity_steps (
  id INTEGER PRIMARY KEY,
  capacity_id INTEGER NOT NULL REFERENCES capacities (id),
  taken_on TEXT NOT NULL,
  state TEXT NOT NULL
    CONSTRAINT capacity_step_state CHECK (state IN ('found', 'in-use', 'exhausted', 'withdrawn')),
  is_open INTEGER NOT NULL CONSTRAINT capacity_step_open CHECK (is_open IN (0, 1)),
  next_step TEXT,
  -- The seat that follows the card.
  followed_by TEXT,
  note TEXT,
  taken_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  -- What is used up or withdrawn is offered to nobody.
  CONSTRAINT ended_is_not_open CHECK (is_open = 0 OR state IN ('found', 'in-use'))
) STRICT;
CREATE INDEX steps_of_capacity ON capacity_steps (capacity_id, id);
CREATE TRIGGER capacity_steps_are_new BEFORE INSERT ON capacity_steps
WHEN EXISTS (SELECT 1 FROM capacity_steps WHERE id = NEW.id)
  OR (SELECT state FROM capacities WHERE id = NEW.capacity_id) = 'withdrawn'
BEGIN SELECT RAISE(ABORT, 'capacity_steps_are_final'); END;
CREATE TRIGGER capacity_steps_are_told AFTER INSERT ON capacity_steps
BEGIN
  UPDATE capacities SET state = NEW.state, is_open = NEW.is_open, next_step = NEW.next_step,
    followed_by = NEW.followed_by
  WHERE id = NEW.capacity_id;
END;
CREATE TRIGGER capacity_steps_are_final_update BEFORE UPDATE ON capacity_steps
BEGIN SELECT RAISE(ABORT, 'capacity_steps_are_final'); END;
CREATE TRIGGER capacity_steps_are_final_delete BEFORE DELETE ON capacity_steps
BEGIN SELECT RAISE(ABORT, 'capacity_steps_are_final'); END;
-- B-138: a card is what its last step says, also where a hand writes past the pages.
CREATE TRIGGER b138_capacity_is_its_last_step
BEFORE UPDATE OF state, is_open, next_step, followed_by ON capacities
WHEN NOT EXISTS (
  SELECT 1 FROM capacity_steps s
  WHERE s.id = (SELECT max(id) FROM capacity_steps WHERE capacity_id = NEW.id)
    AND s.state = NEW.state AND s.is_open = NEW.is_open AND s.next_step IS NEW.next_step
    AND s.followed_by IS NEW.followed_by)
BEGIN SELECT RAISE(ABORT, 'b138_capacity_is_its_last_step'); END;

-- B-139: a version of the survey of the area; a draft until the board approves it, final from then on.
CREATE TABLE surveys (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  version INTEGER NOT NULL,
  drafted_on TEXT NOT NULL,
  drafted_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT survey_version_once UNIQUE (centre_id, version)
) STRICT;
CREATE TRIGGER survey_versions_follow BEFORE INSERT ON surveys
WHEN NEW.version IS NOT 1 + (SELECT count(*) FROM surveys WHERE centre_id = NEW.centre_id)
  OR EXISTS (SELECT 1 FROM surveys WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'survey_versions_follow'); END;
CREATE TRIGGER surveys_are_final_update BEFORE UPDATE ON surveys
BEGIN SELECT RAISE(ABORT, 'surveys_are_final'); END;
CREATE TRIGGER surveys_are_final_delete BEFORE DELETE ON surveys
BEGIN SELECT RAISE(ABORT, 'surveys_are_final'); END;

-- One line in one of the four boxes, with its day, its weight from 1 to 5 and its place on the map.
CREATE TABLE survey_points (
  id INTEGER PRIMARY KEY,
  survey_id INTEGER NOT NULL REFERENCES surveys (id),
  box TEXT NOT NULL
    CONSTRAINT survey_box CHECK (box IN ('strengths', 'weaknesses', 'open', 'hidden')),
  seen_on TEXT NOT NULL,
  text TEXT NOT NULL CONSTRAINT survey_point_text CHECK (length(trim(text)) >= 3),
  weight INTEGER NOT NULL CONSTRAINT survey_point_weight CHECK (weight BETWEEN 1 AND 5),
  place TEXT,
  lon REAL,
  lat REAL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT survey_point_place_is_whole CHECK ((lon IS NULL) = (lat IS NULL))
) STRICT;
CREATE INDEX points_of_survey ON survey_points (survey_id, box, id);

-- The board's approval, by its chair; the committee's while there is no chair yet.
CREATE TABLE survey_approvals (
  survey_id INTEGER PRIMARY KEY REFERENCES surveys (id),
  approved_on TEXT NOT NULL,
  approved_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b139_four_boxes_are_filled BEFORE INSERT ON survey_approvals
WHEN (SELECT count(DISTINCT box) FROM survey_points WHERE survey_id = NEW.survey_id) < 4
BEGIN SELECT RAISE(ABORT, 'b139_four_boxes_are_filled'); END;
-- The chair by his decree in force, or the vice-chair on the days of an absence of the chair's (B-61);
-- an officer only without a chair.
CREATE TRIGGER b139_board_approves BEFORE INSERT ON survey_approvals
WHEN NOT EXISTS (
  SELECT 1 FROM surveys s JOIN decrees d ON d.centre_id = s.centre_id
  JOIN users u ON u.id = NEW.approved_by AND u.person_id = d.person_id
  JOIN decree_issues i ON i.decree_id = d.id
  JOIN decree_acceptances a ON a.decree_id = d.id AND a.accepted_on <= NEW.approved_on
  LEFT JOIN decree_endings e ON e.decree_id = d.id
  WHERE s.id = NEW.survey_id
    AND (d.seat = 'chair' OR (d.seat = 'vice-chair' AND EXISTS (
      SELECT 1 FROM absences b LEFT JOIN absence_endings f ON f.absence_id = b.id
      LEFT JOIN decree_endings ce ON ce.decree_id = b.chair_decree_id
      WHERE b.centre_id = s.centre_id AND NEW.approved_on BETWEEN b.from_on AND b.to_on
        AND (f.ended_on IS NULL OR f.ended_on > NEW.approved_on)
        AND (ce.ended_on IS NULL OR ce.ended_on > NEW.approved_on))))
    AND NEW.approved_on BETWEEN d.from_on AND d.to_on
    AND (e.ended_on IS NULL OR e.ended_on > NEW.approved_on))
AND (coalesce((SELECT role FROM users WHERE id = NEW.approved_by), '')
    NOT IN ('county-head', 'province-deputy')
  OR EXISTS (
    SELECT 1 FROM surveys s JOIN decrees d ON d.centre_id = s.centre_id
    JOIN decree_issues i ON i.decree_id = d.id
    JOIN decree_acceptances a ON a.decree_id = d.id AND a.accepted_on <= NEW.approved_on
    LEFT JOIN decree_endings e ON e.decree_id = d.id
    WHERE s.id = NEW.survey_id AND d.seat = 'chair'
      AND NEW.approved_on BETWEEN d.from_on AND d.to_on
      AND (e.ended_on IS NULL OR e.ended_on > NEW.approved_on)))
BEGIN SELECT RAISE(ABORT, 'b139_board_approves'); END;
CREATE TRIGGER b17_survey_approved_in_own_county BEFORE INSERT ON survey_approvals
WHEN (SELECT county_id FROM users WHERE id = NEW.approved_by)
  <> (SELECT c.county_id FROM surveys s JOIN centres c ON c.id = s.centre_id
    WHERE s.id = NEW.survey_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER survey_approvals_are_new BEFORE INSERT ON survey_approvals
WHEN EXISTS (SELECT 1 FROM survey_approvals WHERE survey_id = NEW.survey_id)
BEGIN SELECT RAISE(ABORT, 'survey_approvals_are_final'); END;
CREATE TRIGGER survey_approvals_are_final_update BEFORE UPDATE ON survey_approvals
BEGIN SELECT RAISE(ABORT, 'survey_approvals_are_final'); END;
CREATE TRIGGER survey_approvals_are_final_delete BEFORE DELETE ON survey_approvals
BEGIN SELECT RAISE(ABORT, 'survey_approvals_are_final'); END;
-- B-139: what was approved stays as it was approved; a draft's lines are taken out and written anew.
CREATE TRIGGER b139_points_of_approved_are_final BEFORE INSERT ON survey_points
WHEN EXISTS (SELECT 1 FROM survey_approvals WHERE survey_id = NEW.survey_id)
  OR EXISTS (SELECT 1 FROM survey_points WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'b139_approved_survey_is_final'); END;
CREATE TRIGGER b139_points_of_approved_are_final_delete BEFORE DELETE ON survey_points
WHEN EXISTS (SELECT 1 FROM survey_approvals WHERE survey_id = OLD.survey_id)
BEGIN SELECT RAISE(ABORT, 'b139_approved_survey_is_final'); END;
CREATE TRIGGER survey_points_are_final_update BEFORE UPDATE ON survey_points
BEGIN SELECT RAISE(ABORT, 'survey_points_are_final'); END;

-- B-142 to B-148: the six specialised networks, which every centre has from its first day.
CREATE TABLE specialised_networks (
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  kind TEXT NOT NULL CONSTRAINT network_kind CHECK (kind IN
    ('employment', 'culture', 'legal', 'housing', 'health', 'participation')),
  PRIMARY KEY (centre_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO specialised_networks (centre_id, kind)
SELECT c.id, k.value FROM centres c,
  json_each('["employment", "culture", "legal", "housing", "health", "participation"]') k;
CREATE TRIGGER b142_six_networks AFTER INSERT ON centres
BEGIN
  INSERT INTO specialised_networks (centre_id, kind)
  SELECT NEW.id, k.value
  FROM json_each('["employment", "culture", "legal", "housing", "health", "participation"]') k;
END;
CREATE TRIGGER networks_are_new BEFORE INSERT ON specialised_networks
WHEN EXISTS (SELECT 1 FROM specialised_networks WHERE centre_id = NEW.centre_id AND kind = NEW.kind)
BEGIN SELECT RAISE(ABORT, 'b142_networks_stay'); END;
CREATE TRIGGER networks_stay_update BEFORE UPDATE ON specialised_networks
BEGIN SELECT RAISE(ABORT, 'b142_networks_stay'); END;
CREATE TRIGGER networks_stay BEFORE DELETE ON specialised_networks
BEGIN SELECT RAISE(ABORT, 'b142_networks_stay'); END;

-- Who heads a network: a volunteer or a trustee; the last row counts.
CREATE TABLE network_heads (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL,
  network TEXT NOT NULL,
  volunteer_id INTEGER REFERENCES volunteers (id),
  person_id INTEGER REFERENCES persons (id),
  from_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT network_head_is_one CHECK ((volunteer_id IS NULL) <> (person_id IS NULL)),
  FOREIGN KEY (centre_id, network) REFERENCES specialised_networks (centre_id, kind)
) STRICT;
CREATE INDEX heads_of_network ON network_heads (centre_id, network, id);
CREATE TRIGGER b142_head_is_the_centres BEFORE INSERT ON network_heads
WHEN NEW.centre_id <> (SELECT centre_id FROM volunteers WHERE id = NEW.volunteer_id)
  OR (NEW.person_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM decrees d JOIN decree_acceptances a ON a.decree_id = d.id
    WHERE d.person_id = NEW.person_id AND d.centre_id = NEW.centre_id
      AND NEW.from_on BETWEEN d.from_on AND d.to_on))
BEGIN SELECT RAISE(ABORT, 'b142_head_is_the_centres'); END;
CREATE TRIGGER network_heads_are_new BEFORE INSERT ON network_heads
WHEN EXISTS (SELECT 1 FROM network_heads WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'network_heads_are_final'); END;
CREATE TRIGGER network_heads_are_final_update BEFORE UPDATE ON network_heads
BEGIN SELECT RAISE(ABORT, 'network_heads_are_final'); END;
CREATE TRIGGER network_heads_are_final_delete BEFORE DELETE ON network_heads
BEGIN SELECT RAISE(ABORT, 'network_heads_are_final'); END;

-- Members: volunteers and benefactors of the centre, and institutions by name. None has a contact here.
CREATE TABLE network_members (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL,
  network TEXT NOT NULL,
  volunteer_id INTEGER REFERENCES volunteers (id),
  donor_id INTEGER REFERENCES donors (id),
  institution TEXT CONSTRAINT network_institution CHECK (length(trim(institution)) > 0),
  joined_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT network_member_is_one CHECK ((volunteer_id IS NOT NULL) + (donor_id IS NOT NULL)
    + (institution IS NOT NULL) = 1),
  FOREIGN KEY (centre_id, network) REFERENCES specialised_networks (centre_id, kind)
) STRICT;
CREATE INDEX members_of_network ON network_members (centre_id, network, id);
CREATE TABLE network_member_leavings (
  member_id INTEGER PRIMARY KEY REFERENCES network_members (id),
  left_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b142_members_are_the_centres BEFORE INSERT ON network_members
WHEN NEW.centre_id <> (SELECT centre_id FROM donors WHERE id = NEW.donor_id)
  OR NEW.centre_id <> (SELECT centre_id FROM volunteers WHERE id = NEW.volunteer_id)
  OR EXISTS (SELECT 1 FROM network_members WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'b142_members_are_the_centres'); END;
CREATE TRIGGER b142_member_once BEFORE INSERT ON network_members
WHEN EXISTS (
  SELECT 1 FROM network_members m
  WHERE m.centre_id = NEW.centre_id AND m.network = NEW.network
    AND m.volunteer_id IS NEW.volunteer_id AND m.donor_id IS NEW.donor_id
    AND m.institution IS NEW.institution
    AND NOT EXISTS (SELECT 1 FROM network_member_leavings l WHERE l.member_id = m.id))
BEGIN SELECT RAISE(ABORT, 'b142_member_once'); END;
CREATE TRIGGER network_members_are_final_update BEFORE UPDATE ON network_members
BEGIN SELECT RAISE(ABORT, 'network_members_are_final'); END;
CREATE TRIGGER network_members_are_final_delete BEFORE DELETE ON network_members
BEGIN SELECT RAISE(ABORT, 'network_members_are_final'); END;
CREATE TRIGGER network_leavings_are_new BEFORE INSERT ON network_member_leavings
WHEN EXISTS (SELECT 1 FROM network_member_leavings WHERE member_id = NEW.member_id)
BEGIN SELECT RAISE(ABORT, 'network_leavings_are_final'); END;
CREATE TRIGGER network_leavings_are_final_update BEFORE UPDATE ON network_member_leavings
BEGIN SELECT RAISE(ABORT, 'network_leavings_are_final'); END;
CREATE TRIGGER network_leavings_are_final_delete BEFORE DELETE ON network_member_leavings
BEGIN SELECT RAISE(ABORT, 'network_leavings_are_final'); END;

-- Meetings of a network. B-100: the kinds are a closed list, and none of them is political.
CREATE TABLE network_meetings (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL,
  network TEXT NOT NULL,
  met_on TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT b100_network_meeting_kind CHECK (kind IN
    ('working', 'training', 'counsel', 'visit', 'campaign', 'thanks')),
  subject TEXT NOT NULL CONSTRAINT network_meeting_subject CHECK (length(trim(subject)) >= 3),
  present INTEGER CONSTRAINT network_meeting_present CHECK (present > 0),
  resolutions TEXT,
  -- B-100: whoever writes the meeting down declares that nothing political or of a party was in it.
  declares_no_politics INTEGER NOT NULL
    CONSTRAINT b100_network_meeting_declared CHECK (declares_no_politics = 1),
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  FOREIGN KEY (centre_id, network) REFERENCES specialised_networks (centre_id, kind)
) STRICT;
CREATE INDEX meetings_of_network ON network_meetings (centre_id, network, met_on);
CREATE TRIGGER network_meetings_are_new BEFORE INSERT ON network_meetings
WHEN EXISTS (SELECT 1 FROM network_meetings WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'network_meetings_are_final'); END;
CREATE TRIGGER network_meetings_are_final_update BEFORE UPDATE ON network_meetings
BEGIN SELECT RAISE(ABORT, 'network_meetings_are_final'); END;
CREATE TRIGGER network_meetings_are_final_delete BEFORE DELETE ON network_meetings
BEGIN SELECT RAISE(ABORT, 'network_meetings_are_final'); END;

-- What is asked of a network for somebody in need, who is never named: a code, and the kind of need.
CREATE TABLE referrals (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL,
  network TEXT NOT NULL,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  need TEXT NOT NULL CONSTRAINT referral_need_of_network CHECK (network || '/' || need IN (
    'employment/job', 'employment/training', 'employment/tools', 'employment/market',
    'employment/loan-advice', 'employment/other',
    'culture/tuition', 'culture/tutoring', 'culture/stationery', 'culture/counsel', 'culture/class',
    'culture/other',
    'legal/advice', 'legal/petition', 'legal/mediation', 'legal/representation', 'legal/other',
    'housing/repair', 'housing/building', 'housing/rent', 'housing/furnishing', 'housing/other',
    'health/treatment', 'health/medicine', 'health/counsel', 'health/rehabilitation',
    'health/nutrition', 'health/other',
    'participation/campaign', 'participation/benefactor', 'participation/volunteer',
    'participation/in-kind', 'participation/other')),
  asked TEXT NOT NULL CONSTRAINT referral_asked CHECK (length(trim(asked)) >= 3)
    -- B-104: a run of ten figures is a national ID or a telephone, and neither belongs here.
    CONSTRAINT b104_no_person_in_referral CHECK (asked NOT GLOB
      '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*'),
  source TEXT NOT NULL CONSTRAINT referral_source CHECK (source IN
    ('trustee', 'volunteer', 'unit', 'committee', 'institution', 'network')),
  -- The household's file of the centre, once there are files; until then the code the centre gave.
  household_code TEXT CONSTRAINT referral_code CHECK (household_code NOT GLOB '*[^0-9A-Za-z/-]*'
    AND length(household_code) BETWEEN 1 AND 20
    AND household_code NOT GLOB '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*'),
  asked_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT referral_days CHECK (due_on >= asked_on),
  CONSTRAINT referral_number_once UNIQUE (centre_id, year, number),
  FOREIGN KEY (centre_id, network) REFERENCES specialised_networks (centre_id, kind)
) STRICT;
CREATE INDEX referrals_of_network ON referrals (centre_id, network, id);
CREATE TRIGGER b132_referral_number_follows BEFORE INSERT ON referrals
WHEN NEW.number IS NOT 1 + coalesce((SELECT last_number FROM numbers
    WHERE series = 'referral' AND centre_id = NEW.centre_id AND year = NEW.year), 0)
  OR EXISTS (SELECT 1 FROM referrals WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'b132_number_without_gap'); END;
CREATE TRIGGER referral_number_is_counted AFTER INSERT ON referrals
BEGIN
  INSERT INTO numbers (series, centre_id, year, last_number)
  VALUES ('referral', NEW.centre_id, NEW.year, NEW.number)
  ON CONFLICT DO UPDATE SET last_number = excluded.last_number;
END;
CREATE TRIGGER referrals_are_final_update BEFORE UPDATE ON referrals
BEGIN SELECT RAISE(ABORT, 'referrals_are_final'); END;
CREATE TRIGGER referrals_are_final_delete BEFORE DELETE ON referrals
BEGIN SELECT RAISE(ABORT, 'referrals_are_final'); END;

-- What became of a referral: asked, then accepted, answered, closed; or declined with its reason.
CREATE TABLE referral_steps (
  referral_id INTEGER NOT NULL REFERENCES referrals (id),
  state TEXT NOT NULL
    CONSTRAINT referral_state CHECK (state IN ('accepted', 'answered', 'closed', 'declined')),
  taken_on TEXT NOT NULL,
  note TEXT CONSTRAINT b104_no_person_in_answer CHECK (note NOT GLOB
    '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*'),
  taken_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (referral_id, state),
  CONSTRAINT referral_answer_is_said CHECK (state NOT IN ('answered', 'declined')
    OR (note IS NOT NULL AND length(trim(note)) >= 3))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER b142_referral_goes_step_by_step BEFORE INSERT ON referral_steps
WHEN NOT CASE NEW.state
  WHEN 'accepted' THEN NOT EXISTS (SELECT 1 FROM referral_steps WHERE referral_id = NEW.referral_id)
  WHEN 'answered' THEN EXISTS (SELECT 1 FROM referral_steps
      WHERE referral_id = NEW.referral_id AND state = 'accepted')
    AND NOT EXISTS (SELECT 1 FROM referral_steps
      WHERE referral_id = NEW.referral_id AND state <> 'accepted')
  WHEN 'declined' THEN NOT EXISTS (SELECT 1 FROM referral_steps
      WHERE referral_id = NEW.referral_id AND state <> 'accepted')
  ELSE EXISTS (SELECT 1 FROM referral_steps
      WHERE referral_id = NEW.referral_id AND state = 'answered')
    AND NOT EXISTS (SELECT 1 FROM referral_steps
      WHERE referral_id = NEW.referral_id AND state = 'closed')
  END
BEGIN SELECT RAISE(ABORT, 'b142_referral_goes_step_by_step'); END;
CREATE TRIGGER referral_steps_are_final_update BEFORE UPDATE ON referral_steps
BEGIN SELECT RAISE(ABORT, 'referral_steps_are_final'); END;
CREATE TRIGGER referral_steps_are_final_delete BEFORE DELETE ON referral_steps
BEGIN SELECT RAISE(ABORT, 'referral_steps_are_final'); END;

-- B-17: the head of a county office writes of centres of his own county only.
CREATE TRIGGER b17_capacity_followed_in_own_county BEFORE INSERT ON capacity_steps
WHEN (SELECT county_id FROM users WHERE id = NEW.taken_by)
  <> (SELECT c.county_id FROM capacities k JOIN centres c ON c.id = k.centre_id
    WHERE k.id = NEW.capacity_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_survey_drafted_in_own_county BEFORE INSERT ON surveys
WHEN (SELECT county_id FROM users WHERE id = NEW.drafted_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_referral_asked_in_own_county BEFORE INSERT ON referrals
WHEN (SELECT county_id FROM users WHERE id = NEW.recorded_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b17_referral_answered_in_own_county BEFORE INSERT ON referral_steps
WHEN (SELECT county_id FROM users WHERE id = NEW.taken_by)
  <> (SELECT c.county_id FROM referrals r JOIN centres c ON c.id = r.centre_id
    WHERE r.id = NEW.referral_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
