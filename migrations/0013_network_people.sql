-- The people of the network: volunteers and charity units, their cards, hours and assignment letters.

-- B-140: a volunteer of one centre, by the centre's own number, as printed on the card.
CREATE TABLE volunteers (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  number INTEGER NOT NULL,
  registered_on TEXT NOT NULL,
  registered_by INTEGER NOT NULL REFERENCES users (id),
  -- B-46: whoever serves here serves for no wage, and was told so before he was registered.
  is_honorary INTEGER NOT NULL CONSTRAINT b46_service_is_honorary CHECK (is_honorary = 1),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT volunteer_number_once UNIQUE (centre_id, number)
) STRICT;
CREATE TRIGGER volunteers_are_new BEFORE INSERT ON volunteers
WHEN EXISTS (SELECT 1 FROM volunteers WHERE id = NEW.id)
  OR NEW.number IS NOT 1 + (SELECT count(*) FROM volunteers WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b140_volunteers_are_numbered'); END;
CREATE TRIGGER b140_volunteers_stay_update BEFORE UPDATE ON volunteers
BEGIN SELECT RAISE(ABORT, 'b140_volunteers_stay'); END;
CREATE TRIGGER b140_volunteers_stay_delete BEFORE DELETE ON volunteers
BEGIN SELECT RAISE(ABORT, 'b140_volunteers_stay'); END;
CREATE TRIGGER b17_volunteer_in_own_county BEFORE INSERT ON volunteers
WHEN (SELECT county_id FROM users WHERE id = NEW.registered_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;

-- A volunteer's particulars as they were written; the newest version counts, the older ones stay.
CREATE TABLE volunteer_versions (
  volunteer_id INTEGER NOT NULL REFERENCES volunteers (id),
  version INTEGER NOT NULL,
  name TEXT NOT NULL CONSTRAINT volunteer_name CHECK (length(trim(name)) > 0),
  name_search TEXT NOT NULL,
  name_sort TEXT NOT NULL,
  gender TEXT NOT NULL CONSTRAINT volunteer_gender CHECK (gender IN ('man', 'woman')),
  national_id TEXT CONSTRAINT volunteer_national_id CHECK (national_id GLOB
    '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  mobile TEXT,
  other_field TEXT,
  -- Days of the week on which he can come, as `sat mon`.
  days TEXT NOT NULL CONSTRAINT volunteer_days CHECK (days NOT GLOB '*[^a-z ]*'),
  weekly_hours INTEGER CONSTRAINT volunteer_hours_a_week CHECK (weekly_hours BETWEEN 1 AND 84),
  part TEXT,
  since_on TEXT NOT NULL,
  introduced_by TEXT,
  written_by INTEGER NOT NULL REFERENCES users (id),
  -- The decree under which a trustee wrote it; an officer of the committee has none.
  decree_id INTEGER REFERENCES decrees (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (volunteer_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER volunteer_versions_follow BEFORE INSERT ON volunteer_versions
WHEN NEW.version IS NOT 1 + (SELECT count(*) FROM volunteer_versions
  WHERE volunteer_id = NEW.volunteer_id)
BEGIN SELECT RAISE(ABORT, 'volunteer_versions_follow'); END;
CREATE TRIGGER b140_volunteer_versions_stay_update BEFORE UPDATE ON volunteer_versions
BEGIN SELECT RAISE(ABORT, 'b140_volunteers_stay'); END;
CREATE TRIGGER b140_volunteer_versions_stay_delete BEFORE DELETE ON volunteer_versions
BEGIN SELECT RAISE(ABORT, 'b140_volunteers_stay'); END;
CREATE TRIGGER volunteer_once BEFORE INSERT ON volunteer_versions
WHEN NEW.national_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM volunteers me
  JOIN volunteers other ON other.centre_id = me.centre_id AND other.id <> me.id
  JOIN volunteer_versions v ON v.volunteer_id = other.id AND v.national_id = NEW.national_id
  WHERE me.id = NEW.volunteer_id
    AND v.version = (SELECT max(version) FROM volunteer_versions WHERE volunteer_id = other.id))
BEGIN SELECT RAISE(ABORT, 'volunteer_once'); END;
CREATE TRIGGER b17_volunteer_written_in_own_county BEFORE INSERT ON volunteer_versions
WHEN (SELECT county_id FROM users WHERE id = NEW.written_by)
  <> (SELECT c.county_id FROM volunteers v JOIN centres c ON c.id = v.centre_id
    WHERE v.id = NEW.volunteer_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
-- B-65 and B-69: each of the two officers keeps the register of his own side.
CREATE TRIGGER b65_men_by_their_officer BEFORE INSERT ON volunteer_versions
WHEN NEW.gender = 'man' AND (SELECT seat FROM decrees WHERE id = NEW.decree_id) IS 'benefactors-women'
BEGIN SELECT RAISE(ABORT, 'b65_men_by_their_officer'); END;
CREATE TRIGGER b69_women_by_their_officer BEFORE INSERT ON volunteer_versions
WHEN NEW.gender = 'woman' AND (SELECT seat FROM decrees WHERE id = NEW.decree_id) IS 'benefactors-men'
BEGIN SELECT RAISE(ABORT, 'b69_women_by_their_officer'); END;

CREATE TABLE volunteer_fields (
  volunteer_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  field TEXT NOT NULL CONSTRAINT volunteer_field CHECK (field IN ('social-work', 'employment',
    'participation', 'culture', 'health', 'housing', 'legal', 'distribution', 'office', 'media', 'other')),
  PRIMARY KEY (volunteer_id, version, field),
  FOREIGN KEY (volunteer_id, version) REFERENCES volunteer_versions (volunteer_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER b140_volunteer_fields_are_new BEFORE INSERT ON volunteer_fields
WHEN EXISTS (SELECT 1 FROM volunteer_fields WHERE volunteer_id = NEW.volunteer_id
  AND version = NEW.version AND field = NEW.field)
BEGIN SELECT RAISE(ABORT, 'b140_volunteers_stay'); END;
CREATE TRIGGER b140_volunteer_fields_stay_update BEFORE UPDATE ON volunteer_fields
BEGIN SELECT RAISE(ABORT, 'b140_volunteers_stay'); END;
CREATE TRIGGER b140_volunteer_fields_stay_delete BEFORE DELETE ON volunteer_fields
BEGIN SELECT RAISE(ABORT, 'b140_volunteers_stay'); END;

CREATE TABLE volunteer_skills (
  volunteer_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  skill_search TEXT NOT NULL,
  skill TEXT NOT NULL CONSTRAINT volunteer_skill CHECK (length(trim(skill)) > 0),
  PRIMARY KEY (volunteer_id, version, skill_search),
  FOREIGN KEY (volunteer_id, version) REFERENCES volunteer_versions (volunteer_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER b140_volunteer_skills_are_new BEFORE INSERT ON volunteer_skills
WHEN EXISTS (SELECT 1 FROM volunteer_skills WHERE volunteer_id = NEW.volunteer_id
  AND version = NEW.version AND skill_search = NEW.skill_search)
BEGIN SELECT RAISE(ABORT, 'b140_volunteers_stay'); END;
CREATE TRIGGER b140_volunteer_skills_stay_update BEFORE UPDATE ON volunteer_skills
BEGIN SELECT RAISE(ABORT, 'b140_volunteers_stay'); END;
CREATE TRIGGER b140_volunteer_skills_stay_delete BEFORE DELETE ON volunteer_skills
BEGIN SELECT RAISE(ABORT, 'b140_volunteers_stay'); END;

-- Whether a volunteer serves, rests or has left, and why; without a row he serves.
CREATE TABLE volunteer_states (
  id INTEGER PRIMARY KEY,
  volunteer_id INTEGER NOT NULL REFERENCES volunteers (id),
  state TEXT NOT NULL CONSTRAINT volunteer_state CHECK (state IN ('active', 'paused', 'left')),
  reason TEXT NOT NULL CONSTRAINT volunteer_state_reason CHECK (length(trim(reason)) >= 3),
  since_on TEXT NOT NULL,
  set_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX volunteer_states_of ON volunteer_states (volunteer_id, id);
CREATE TRIGGER volunteer_states_change BEFORE INSERT ON volunteer_states
WHEN EXISTS (SELECT 1 FROM volunteer_states WHERE id = NEW.id)
  OR NEW.state IS coalesce((SELECT state FROM volunteer_states
    WHERE volunteer_id = NEW.volunteer_id ORDER BY id DESC LIMIT 1), 'active')
BEGIN SELECT RAISE(ABORT, 'volunteer_states_change'); END;
CREATE TRIGGER volunteer_states_are_final_update BEFORE UPDATE ON volunteer_states
BEGIN SELECT RAISE(ABORT, 'volunteer_states_are_final'); END;
CREATE TRIGGER volunteer_states_are_final_delete BEFORE DELETE ON volunteer_states
BEGIN SELECT RAISE(ABORT, 'volunteer_states_are_final'); END;

-- The card a volunteer carries; it prints no national ID and is checked by its code.
CREATE TABLE volunteer_cards (
  id INTEGER PRIMARY KEY,
  volunteer_id INTEGER NOT NULL REFERENCES volunteers (id),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT card_days CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX volunteer_cards_of ON volunteer_cards (volunteer_id, id);
CREATE TRIGGER b128_card_within_licence BEFORE INSERT ON volunteer_cards
WHEN NOT EXISTS (SELECT 1 FROM licences l JOIN volunteers v ON v.centre_id = l.centre_id
  WHERE v.id = NEW.volunteer_id AND l.from_on <= NEW.from_on AND l.to_on >= NEW.to_on)
BEGIN SELECT RAISE(ABORT, 'b128_card_within_licence'); END;
CREATE TRIGGER volunteer_cards_are_new BEFORE INSERT ON volunteer_cards
WHEN EXISTS (SELECT 1 FROM volunteer_cards WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'volunteer_cards_are_final'); END;
CREATE TRIGGER volunteer_cards_are_final_update BEFORE UPDATE ON volunteer_cards
BEGIN SELECT RAISE(ABORT, 'volunteer_cards_are_final'); END;
CREATE TRIGGER volunteer_cards_are_final_delete BEFORE DELETE ON volunteer_cards
BEGIN SELECT RAISE(ABORT, 'volunteer_cards_are_final'); END;

-- Time that was given, never paid (B-46); a mistake is withdrawn, not changed.
CREATE TABLE volunteer_hours (
  id INTEGER PRIMARY KEY,
  volunteer_id INTEGER NOT NULL REFERENCES volunteers (id),
  worked_on TEXT NOT NULL,
  minutes INTEGER NOT NULL CONSTRAINT hours_of_a_day CHECK (minutes BETWEEN 15 AND 1440),
  what TEXT NOT NULL CONSTRAINT hours_what CHECK (length(trim(what)) > 0),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT hours_not_in_future CHECK (worked_on <= recorded_on)
) STRICT;
CREATE INDEX volunteer_hours_of ON volunteer_hours (volunteer_id, worked_on, id);
CREATE TABLE volunteer_hour_withdrawals (
  hours_id INTEGER PRIMARY KEY REFERENCES volunteer_hours (id),
  reason TEXT NOT NULL CONSTRAINT hours_reason CHECK (length(trim(reason)) >= 3),
  withdrawn_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER volunteer_hours_fit_the_day BEFORE INSERT ON volunteer_hours
WHEN EXISTS (SELECT 1 FROM volunteer_hours WHERE id = NEW.id)
  OR 1440 < NEW.minutes + (SELECT coalesce(sum(h.minutes), 0) FROM volunteer_hours h
    WHERE h.volunteer_id = NEW.volunteer_id AND h.worked_on = NEW.worked_on
      AND NOT EXISTS (SELECT 1 FROM volunteer_hour_withdrawals w WHERE w.hours_id = h.id))
BEGIN SELECT RAISE(ABORT, 'volunteer_hours_fit_the_day'); END;
CREATE TRIGGER volunteer_hours_are_final_update BEFORE UPDATE ON volunteer_hours
BEGIN SELECT RAISE(ABORT, 'volunteer_hours_are_final'); END;
CREATE TRIGGER volunteer_hours_are_final_delete BEFORE DELETE ON volunteer_hours
BEGIN SELECT RAISE(ABORT, 'volunteer_hours_are_final'); END;
CREATE TRIGGER hour_withdrawals_are_new BEFORE INSERT ON volunteer_hour_withdrawals
WHEN EXISTS (SELECT 1 FROM volunteer_hour_withdrawals WHERE hours_id = NEW.hours_id)
BEGIN SELECT RAISE(ABORT, 'hour_withdrawals_are_final'); END;
CREATE TRIGGER hour_withdrawals_are_final_update BEFORE UPDATE ON volunteer_hour_withdrawals
BEGIN SELECT RAISE(ABORT, 'hour_withdrawals_are_final'); END;
CREATE TRIGGER hour_withdrawals_are_final_delete BEFORE DELETE ON volunteer_hour_withdrawals
BEGIN SELECT RAISE(ABORT, 'hour_withdrawals_are_final'); END;

-- B-141: a charity unit in a mosque, a religious meeting, a school, a guild.
CREATE TABLE units (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  number INTEGER NOT NULL,
  registered_on TEXT NOT NULL,
  registered_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT unit_number_once UNIQUE (centre_id, number)
) STRICT;
CREATE TRIGGER units_are_new BEFORE INSERT ON units
WHEN EXISTS (SELECT 1 FROM units WHERE id = NEW.id)
  OR NEW.number IS NOT 1 + (SELECT count(*) FROM units WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b141_units_are_numbered'); END;
CREATE TRIGGER b141_units_stay_update BEFORE UPDATE ON units
BEGIN SELECT RAISE(ABORT, 'b141_units_stay'); END;
CREATE TRIGGER b141_units_stay_delete BEFORE DELETE ON units
BEGIN SELECT RAISE(ABORT, 'b141_units_stay'); END;
CREATE TRIGGER b17_unit_in_own_county BEFORE INSERT ON units
WHEN (SELECT county_id FROM users WHERE id = NEW.registered_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;

CREATE TABLE unit_versions (
  unit_id INTEGER NOT NULL REFERENCES units (id),
  version INTEGER NOT NULL,
  name TEXT NOT NULL CONSTRAINT unit_name CHECK (length(trim(name)) > 0),
  name_search TEXT NOT NULL,
  name_sort TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT unit_kind CHECK (kind IN ('mosque', 'religious-meeting', 'school',
    'university', 'guild', 'workplace', 'residence', 'other')),
  place TEXT NOT NULL CONSTRAINT unit_place CHECK (length(trim(place)) > 0),
  lon REAL,
  lat REAL,
  head_volunteer_id INTEGER REFERENCES volunteers (id),
  head_name TEXT,
  phone TEXT,
  boxes INTEGER NOT NULL CONSTRAINT unit_boxes CHECK (boxes BETWEEN 0 AND 9999),
  since_on TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (unit_id, version),
  CONSTRAINT unit_location_is_whole CHECK ((lon IS NULL) = (lat IS NULL)),
  -- B-141: each unit has one head, a volunteer of the centre or somebody named here.
  CONSTRAINT b141_unit_has_head CHECK ((head_volunteer_id IS NULL) = (head_name IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER unit_versions_follow BEFORE INSERT ON unit_versions
WHEN NEW.version IS NOT 1 + (SELECT count(*) FROM unit_versions WHERE unit_id = NEW.unit_id)
BEGIN SELECT RAISE(ABORT, 'unit_versions_follow'); END;
CREATE TRIGGER unit_head_of_the_centre BEFORE INSERT ON unit_versions
WHEN NEW.head_volunteer_id IS NOT NULL AND (SELECT centre_id FROM units WHERE id = NEW.unit_id)
  IS NOT (SELECT centre_id FROM volunteers WHERE id = NEW.head_volunteer_id)
BEGIN SELECT RAISE(ABORT, 'unit_head_of_the_centre'); END;
CREATE TRIGGER b17_unit_written_in_own_county BEFORE INSERT ON unit_versions
WHEN (SELECT county_id FROM users WHERE id = NEW.written_by)
  <> (SELECT c.county_id FROM units u JOIN centres c ON c.id = u.centre_id WHERE u.id = NEW.unit_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b141_unit_versions_stay_update BEFORE UPDATE ON unit_versions
BEGIN SELECT RAISE(ABORT, 'b141_units_stay'); END;
CREATE TRIGGER b141_unit_versions_stay_delete BEFORE DELETE ON unit_versions
BEGIN SELECT RAISE(ABORT, 'b141_units_stay'); END;

CREATE TABLE unit_states (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL REFERENCES units (id),
  state TEXT NOT NULL CONSTRAINT unit_state CHECK (state IN ('active', 'paused', 'closed')),
  reason TEXT NOT NULL CONSTRAINT unit_state_reason CHECK (length(trim(reason)) >= 3),
  since_on TEXT NOT NULL,
  set_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX unit_states_of ON unit_states (unit_id, id);
CREATE TRIGGER unit_states_change BEFORE INSERT ON unit_states
WHEN EXISTS (SELECT 1 FROM unit_states WHERE id = NEW.id)
  OR NEW.state IS coalesce((SELECT state FROM unit_states
    WHERE unit_id = NEW.unit_id ORDER BY id DESC LIMIT 1), 'active')
BEGIN SELECT RAISE(ABORT, 'unit_states_change'); END;
CREATE TRIGGER unit_states_are_final_update BEFORE UPDATE ON unit_states
BEGIN SELECT RAISE(ABORT, 'unit_states_are_final'); END;
CREATE TRIGGER unit_states_are_final_delete BEFORE DELETE ON unit_states
BEGIN SELECT RAISE(ABORT, 'unit_states_are_final'); END;

-- What a unit did, told to the centre; gifts are named in words only, their receipts are the centre's.
CREATE TABLE unit_reports (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL REFERENCES units (id),
  reported_on TEXT NOT NULL,
  done TEXT NOT NULL CONSTRAINT report_done CHECK (length(trim(done)) > 0),
  gifts TEXT,
  persons INTEGER CONSTRAINT report_persons CHECK (persons BETWEEN 0 AND 99999),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT report_not_in_future CHECK (reported_on <= recorded_on)
) STRICT;
CREATE INDEX unit_reports_of ON unit_reports (unit_id, reported_on, id);
CREATE TRIGGER unit_reports_are_new BEFORE INSERT ON unit_reports
WHEN EXISTS (SELECT 1 FROM unit_reports WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'unit_reports_are_final'); END;
CREATE TRIGGER unit_reports_are_final_update BEFORE UPDATE ON unit_reports
BEGIN SELECT RAISE(ABORT, 'unit_reports_are_final'); END;
CREATE TRIGGER unit_reports_are_final_delete BEFORE DELETE ON unit_reports
BEGIN SELECT RAISE(ABORT, 'unit_reports_are_final'); END;

-- B-45: the chair's letter that gives a volunteer tasks for some days; he accepts it himself.
CREATE TABLE assignments (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  volunteer_id INTEGER NOT NULL REFERENCES volunteers (id),
  person_id INTEGER NOT NULL REFERENCES persons (id),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  number TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  issuer_decree_id INTEGER NOT NULL REFERENCES decrees (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT assignment_days CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX assignments_of_centre ON assignments (centre_id, id);
CREATE INDEX assignments_of_volunteer ON assignments (volunteer_id, id);
CREATE INDEX assignments_of_person ON assignments (person_id, id);
CREATE TABLE assignment_tasks (
  assignment_id INTEGER NOT NULL REFERENCES assignments (id),
  task TEXT NOT NULL CONSTRAINT b45_task CHECK (task IN
    ('receipts-desk', 'donor-contact', 'network', 'archive')),
  PRIMARY KEY (assignment_id, task)
) STRICT, WITHOUT ROWID;
CREATE TABLE assignment_acceptances (
  assignment_id INTEGER PRIMARY KEY REFERENCES assignments (id),
  accepted_on TEXT NOT NULL,
  is_honorary INTEGER NOT NULL CONSTRAINT b46_accepts_no_wage CHECK (is_honorary = 1),
  accepts_liability INTEGER NOT NULL CONSTRAINT b101_volunteer_accepts CHECK (accepts_liability = 1),
  keeps_secrets INTEGER NOT NULL CONSTRAINT b105_volunteer_keeps_secrets CHECK (keeps_secrets = 1),
  declares_no_politics INTEGER NOT NULL
    CONSTRAINT b100_volunteer_declares CHECK (declares_no_politics = 1),
  accepted_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TABLE assignment_endings (
  assignment_id INTEGER PRIMARY KEY REFERENCES assignments (id),
  ended_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT assignment_end_reason CHECK (length(trim(reason)) >= 3),
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER assignments_are_new BEFORE INSERT ON assignments
WHEN EXISTS (SELECT 1 FROM assignments WHERE id = NEW.id)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM volunteers WHERE id = NEW.volunteer_id)
BEGIN SELECT RAISE(ABORT, 'assignments_are_final'); END;
-- The vice-chair signs by his own decree on the days of an absence of the chair's (B-61).
CREATE TRIGGER b45_chair_assigns BEFORE INSERT ON assignments
WHEN NOT EXISTS (
  SELECT 1 FROM decrees d
  JOIN decree_issues i ON i.decree_id = d.id
  JOIN decree_acceptances a ON a.decree_id = d.id AND a.accepted_on <= NEW.issued_on
  JOIN users u ON u.id = NEW.issued_by AND u.person_id = d.person_id
  LEFT JOIN decree_endings e ON e.decree_id = d.id
  WHERE d.id = NEW.issuer_decree_id
    AND (d.seat = 'chair' OR (d.seat = 'vice-chair' AND EXISTS (
      SELECT 1 FROM absences b LEFT JOIN absence_endings f ON f.absence_id = b.id
      LEFT JOIN decree_endings ce ON ce.decree_id = b.chair_decree_id
      WHERE b.centre_id = NEW.centre_id AND NEW.issued_on BETWEEN b.from_on AND b.to_on
        AND (f.ended_on IS NULL OR f.ended_on > NEW.issued_on)
        AND (ce.ended_on IS NULL OR ce.ended_on > NEW.issued_on))))
    AND d.centre_id = NEW.centre_id AND NEW.issued_on BETWEEN d.from_on AND d.to_on
    AND (e.ended_on IS NULL OR e.ended_on > NEW.issued_on))
BEGIN SELECT RAISE(ABORT, 'b45_chair_assigns'); END;
CREATE TRIGGER b45_active_volunteer BEFORE INSERT ON assignments
WHEN coalesce((SELECT state FROM volunteer_states
  WHERE volunteer_id = NEW.volunteer_id ORDER BY id DESC LIMIT 1), 'active') <> 'active'
  OR (SELECT national_id FROM persons WHERE id = NEW.person_id) IS NOT (
    SELECT national_id FROM volunteer_versions
    WHERE volunteer_id = NEW.volunteer_id ORDER BY version DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'b45_active_volunteer'); END;
CREATE TRIGGER b128_assignment_within_licence BEFORE INSERT ON assignments
WHEN NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id
    AND from_on <= NEW.from_on AND to_on >= NEW.to_on)
  OR NOT EXISTS (SELECT 1 FROM licences
    WHERE centre_id = NEW.centre_id AND NEW.issued_on BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT, 'b128_assignment_within_licence'); END;
CREATE TRIGGER one_assignment_a_day BEFORE INSERT ON assignments
WHEN EXISTS (
  SELECT 1 FROM assignments o LEFT JOIN assignment_endings e ON e.assignment_id = o.id
  WHERE o.volunteer_id = NEW.volunteer_id AND o.from_on <= NEW.to_on AND o.to_on >= NEW.from_on
    AND e.assignment_id IS NULL)
BEGIN SELECT RAISE(ABORT, 'one_assignment_a_day'); END;
CREATE TRIGGER assignments_are_final_update BEFORE UPDATE ON assignments
BEGIN SELECT RAISE(ABORT, 'assignments_are_final'); END;
CREATE TRIGGER assignments_are_final_delete BEFORE DELETE ON assignments
BEGIN SELECT RAISE(ABORT, 'assignments_are_final'); END;
-- B-45: the letter lists what may be done, and nothing is written under it once it is accepted.
CREATE TRIGGER b45_tasks_with_the_letter BEFORE INSERT ON assignment_tasks
WHEN EXISTS (SELECT 1 FROM assignment_acceptances WHERE assignment_id = NEW.assignment_id)
  OR EXISTS (SELECT 1 FROM assignment_endings WHERE assignment_id = NEW.assignment_id)
BEGIN SELECT RAISE(ABORT, 'b45_tasks_with_the_letter'); END;
CREATE TRIGGER b45_tasks_stay_update BEFORE UPDATE ON assignment_tasks
BEGIN SELECT RAISE(ABORT, 'b45_tasks_with_the_letter'); END;
CREATE TRIGGER b45_tasks_stay_delete BEFORE DELETE ON assignment_tasks
BEGIN SELECT RAISE(ABORT, 'b45_tasks_with_the_letter'); END;
CREATE TRIGGER b45_volunteer_accepts_himself BEFORE INSERT ON assignment_acceptances
WHEN EXISTS (SELECT 1 FROM assignment_acceptances WHERE assignment_id = NEW.assignment_id)
  OR EXISTS (SELECT 1 FROM assignment_endings WHERE assignment_id = NEW.assignment_id)
  OR (SELECT person_id FROM assignments WHERE id = NEW.assignment_id)
    IS NOT (SELECT person_id FROM users WHERE id = NEW.accepted_by)
BEGIN SELECT RAISE(ABORT, 'b45_volunteer_accepts_himself'); END;
CREATE TRIGGER assignment_acceptances_are_final_update BEFORE UPDATE ON assignment_acceptances
BEGIN SELECT RAISE(ABORT, 'assignment_acceptances_are_final'); END;
CREATE TRIGGER assignment_acceptances_are_final_delete BEFORE DELETE ON assignment_acceptances
BEGIN SELECT RAISE(ABORT, 'assignment_acceptances_are_final'); END;
CREATE TRIGGER assignment_endings_are_new BEFORE INSERT ON assignment_endings
WHEN EXISTS (SELECT 1 FROM assignment_endings WHERE assignment_id = NEW.assignment_id)
BEGIN SELECT RAISE(ABORT, 'assignment_endings_are_final'); END;
CREATE TRIGGER b17_assignment_ended_in_own_county BEFORE INSERT ON assignment_endings
WHEN (SELECT county_id FROM users WHERE id = NEW.ended_by)
  <> (SELECT c.county_id FROM assignments a JOIN centres c ON c.id = a.centre_id
    WHERE a.id = NEW.assignment_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER assignment_endings_are_final_update BEFORE UPDATE ON assignment_endings
BEGIN SELECT RAISE(ABORT, 'assignment_endings_are_final'); END;
CREATE TRIGGER assignment_endings_are_final_delete BEFORE DELETE ON assignment_endings
BEGIN SELECT RAISE(ABORT, 'assignment_endings_are_final'); END;

-- B-105: who had a volunteer's numbers shown to him, found without reading the whole trail.
CREATE INDEX acts_about_volunteers ON acts (centre_id)
WHERE kind IN ('volunteer.revealed', 'volunteer.registered', 'volunteer.edited', 'unit.revealed');
