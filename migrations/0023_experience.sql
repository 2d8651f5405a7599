-- B-112: what was entered late; B-108: successful experience, shared once the committee approves it.

-- How many days after its own day an entry is still in time; the last rule that began by the day of
-- the entry counts. The mark itself is stored nowhere: it is computed from the day of the deed and
-- the moment of the entry, so nobody can leave it out or take it off.
CREATE TABLE late_rules (
  id INTEGER PRIMARY KEY,
  days INTEGER NOT NULL CONSTRAINT b112_days_in_time CHECK (days BETWEEN 0 AND 90),
  from_on TEXT NOT NULL CONSTRAINT late_rule_from CHECK (from_on IS date(from_on)),
  act_id INTEGER REFERENCES acts (id)
) STRICT;
-- The first comes with the program.
INSERT INTO late_rules (days, from_on) VALUES (3, '2000-01-01');
CREATE TRIGGER late_rules_are_new BEFORE INSERT ON late_rules
WHEN EXISTS (SELECT 1 FROM late_rules WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'late_rules_are_final'); END;
-- What was late yesterday stays late: a rule begins on the day it is set, or later.
CREATE TRIGGER b112_no_rule_backwards BEFORE INSERT ON late_rules
WHEN NOT EXISTS (SELECT 1 FROM acts a JOIN users u ON u.id = a.user_id
  WHERE a.id = NEW.act_id AND u.role = 'province-deputy'
    AND NEW.from_on >= date(a.at, '+210 minutes'))
BEGIN SELECT RAISE(ABORT, 'b112_no_rule_backwards'); END;
CREATE TRIGGER late_rules_are_final_update BEFORE UPDATE ON late_rules
BEGIN SELECT RAISE(ABORT, 'late_rules_are_final'); END;
CREATE TRIGGER late_rules_are_final_delete BEFORE DELETE ON late_rules
BEGIN SELECT RAISE(ABORT, 'late_rules_are_final'); END;

-- An entry cannot say that it was made before the act that made it.
CREATE TRIGGER b112_donation_not_backdated BEFORE INSERT ON donations
WHEN NEW.entered_at < (SELECT at FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'b112_not_backdated'); END;
CREATE TRIGGER b112_hours_not_backdated BEFORE INSERT ON volunteer_hours
WHEN NEW.recorded_on < (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'b112_not_backdated'); END;
CREATE TRIGGER b112_report_not_backdated BEFORE INSERT ON unit_reports
WHEN NEW.recorded_on < (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'b112_not_backdated'); END;

-- Gifts entered on a later day than they were received: few, and found without reading the others.
CREATE INDEX donations_entered_later ON donations (centre_id, received_on, entered_at)
  WHERE received_on < date(entered_at, '+210 minutes');

-- Every dated record but gifts, which are found by the index above.
CREATE VIEW dated_records AS
SELECT v.centre_id, 'hours' AS kind, h.worked_on AS event_on, h.recorded_on AS entered_on
FROM volunteer_hours h JOIN volunteers v ON v.id = h.volunteer_id
UNION ALL SELECT u.centre_id, 'unit-report', r.reported_on, r.recorded_on
FROM unit_reports r JOIN units u ON u.id = r.unit_id
UNION ALL SELECT m.centre_id, 'assembly-meeting', m.met_on, date(a.at, '+210 minutes')
FROM assembly_meetings m JOIN acts a ON a.id = m.act_id
UNION ALL SELECT m.centre_id, 'network-meeting', m.met_on, date(a.at, '+210 minutes')
FROM network_meetings m JOIN acts a ON a.id = m.act_id
UNION ALL SELECT i.centre_id, 'contact', c.spoke_on, date(a.at, '+210 minutes')
FROM institution_contacts c JOIN institutions i ON i.id = c.institution_id
JOIN acts a ON a.id = c.act_id;

-- B-108: what a centre did well, as it wrote it; what was sent back is written anew as the next version.
CREATE TABLE experiences (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  version INTEGER NOT NULL CONSTRAINT experience_version CHECK (version >= 1),
  first_id INTEGER NOT NULL REFERENCES experiences (id),
  title TEXT NOT NULL CONSTRAINT experience_title CHECK (length(trim(title)) >= 3),
  field TEXT NOT NULL CONSTRAINT experience_field CHECK (field IN
    ('employment', 'culture', 'legal', 'housing', 'health', 'participation')),
  deed TEXT NOT NULL CONSTRAINT experience_deed CHECK (length(trim(deed)) >= 10),
  result TEXT NOT NULL CONSTRAINT experience_result CHECK (length(trim(result)) >= 3),
  cost_rial INTEGER CONSTRAINT experience_cost CHECK (cost_rial BETWEEN 0 AND 99999999999999),
  -- Whom another centre may ask: a seat of this one.
  asked_seat TEXT NOT NULL,
  names_nobody INTEGER NOT NULL CONSTRAINT b104_experience_names_nobody CHECK (names_nobody = 1),
  written_on TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT experience_version_once UNIQUE (first_id, version)
) STRICT;
CREATE INDEX experiences_of_centre ON experiences (centre_id, id);

CREATE TABLE experience_answers (
  experience_id INTEGER PRIMARY KEY REFERENCES experiences (id),
  answer TEXT NOT NULL CONSTRAINT experience_answer CHECK (answer IN ('approved', 'returned')),
  reason TEXT CONSTRAINT experience_returned_for_a_reason
    CHECK (answer = 'approved' OR (reason IS NOT NULL AND length(trim(reason)) >= 3)),
  answered_on TEXT NOT NULL,
  answered_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TRIGGER experiences_are_new BEFORE INSERT ON experiences
WHEN EXISTS (SELECT 1 FROM experiences WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'experiences_are_final'); END;
-- A next version follows one that was sent back, in the same centre.
CREATE TRIGGER b108_version_after_return BEFORE INSERT ON experiences
WHEN (NEW.version = 1) IS NOT (NEW.first_id = NEW.id)
  OR (NEW.version > 1 AND NOT EXISTS (SELECT 1 FROM experiences e
    JOIN experience_answers a ON a.experience_id = e.id AND a.answer = 'returned'
    WHERE e.first_id = NEW.first_id AND e.version = NEW.version - 1
      AND e.centre_id = NEW.centre_id))
BEGIN SELECT RAISE(ABORT, 'b108_version_after_return'); END;
CREATE TRIGGER experiences_are_final_update BEFORE UPDATE ON experiences
BEGIN SELECT RAISE(ABORT, 'experiences_are_final'); END;
CREATE TRIGGER experiences_are_final_delete BEFORE DELETE ON experiences
BEGIN SELECT RAISE(ABORT, 'experiences_are_final'); END;
-- The head of this county's office, or the province's deputy, answers each version once.
CREATE TRIGGER b108_committee_answers BEFORE INSERT ON experience_answers
WHEN EXISTS (SELECT 1 FROM experience_answers WHERE experience_id = NEW.experience_id)
  OR NOT EXISTS (SELECT 1 FROM users u, experiences e JOIN centres c ON c.id = e.centre_id
    WHERE u.id = NEW.answered_by AND e.id = NEW.experience_id
      AND (u.role = 'province-deputy' OR (u.role = 'county-head' AND u.county_id = c.county_id)))
BEGIN SELECT RAISE(ABORT, 'b108_committee_answers'); END;
CREATE TRIGGER experience_answers_are_final_update BEFORE UPDATE ON experience_answers
BEGIN SELECT RAISE(ABORT, 'experience_answers_are_final'); END;
CREATE TRIGGER experience_answers_are_final_delete BEFORE DELETE ON experience_answers
BEGIN SELECT RAISE(ABORT, 'experience_answers_are_final'); END;

-- B-97: when a meeting began, and what goes on in the mosque; where they meet the reader is warned.
ALTER TABLE assembly_meetings ADD COLUMN met_at TEXT CONSTRAINT assembly_meeting_time
  CHECK (met_at IS NULL OR (met_at GLOB '[0-2][0-9]:[0-5][0-9]' AND met_at < '24:00'));

CREATE TABLE mosque_events (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  title TEXT NOT NULL CONSTRAINT mosque_event_title CHECK (length(trim(title)) >= 3),
  -- On one day, or every week on this one; Saturday is 0.
  held_on TEXT,
  weekday INTEGER CONSTRAINT mosque_event_weekday CHECK (weekday BETWEEN 0 AND 6),
  from_at TEXT NOT NULL CONSTRAINT mosque_event_from
    CHECK (from_at GLOB '[0-2][0-9]:[0-5][0-9]' AND from_at < '24:00'),
  to_at TEXT NOT NULL CONSTRAINT mosque_event_to
    CHECK (to_at GLOB '[0-2][0-9]:[0-5][0-9]' AND to_at < '24:00' AND to_at > from_at),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT mosque_event_day CHECK ((held_on IS NULL) <> (weekday IS NULL))
) STRICT;
CREATE INDEX mosque_events_of_centre ON mosque_events (centre_id, id);
CREATE TABLE mosque_event_endings (
  event_id INTEGER PRIMARY KEY REFERENCES mosque_events (id),
  ended_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER mosque_events_are_new BEFORE INSERT ON mosque_events
WHEN EXISTS (SELECT 1 FROM mosque_events WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'mosque_events_are_final'); END;
CREATE TRIGGER mosque_events_are_final_update BEFORE UPDATE ON mosque_events
BEGIN SELECT RAISE(ABORT, 'mosque_events_are_final'); END;
CREATE TRIGGER mosque_events_are_final_delete BEFORE DELETE ON mosque_events
BEGIN SELECT RAISE(ABORT, 'mosque_events_are_final'); END;
CREATE TRIGGER mosque_event_endings_are_new BEFORE INSERT ON mosque_event_endings
WHEN EXISTS (SELECT 1 FROM mosque_event_endings WHERE event_id = NEW.event_id)
BEGIN SELECT RAISE(ABORT, 'mosque_event_endings_are_final'); END;
CREATE TRIGGER mosque_event_endings_are_final_update BEFORE UPDATE ON mosque_event_endings
BEGIN SELECT RAISE(ABORT, 'mosque_event_endings_are_final'); END;
CREATE TRIGGER mosque_event_endings_are_final_delete BEFORE DELETE ON mosque_event_endings
BEGIN SELECT RAISE(ABORT, 'mosque_event_endings_are_final'); END;
