-- B-13: who asked the committee for cooperation, and what became of it.

-- A request as it was received: for a centre in a neighbourhood, for a seat on a board, for voluntary work.
CREATE TABLE applications (
  id INTEGER PRIMARY KEY,
  county_id INTEGER NOT NULL REFERENCES counties (id),
  received_on TEXT NOT NULL,
  asks_for TEXT NOT NULL CONSTRAINT application_asks_for
    CHECK (asks_for IN ('centre', 'board', 'volunteering')),
  name TEXT NOT NULL CONSTRAINT applicant_name CHECK (length(trim(name)) > 0),
  name_search TEXT NOT NULL,
  national_id TEXT CONSTRAINT applicant_id_digits CHECK (national_id IS NULL OR national_id GLOB
    '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  mobile TEXT NOT NULL,
  -- Whom the applicant speaks for, if for others than himself: a mosque's congregation, a guild, a firm.
  speaks_for TEXT,
  place TEXT NOT NULL,
  host TEXT CONSTRAINT application_host CHECK (host IS NULL OR host IN
    ('mosque', 'school', 'office', 'firm', 'clinic', 'university', 'other')),
  host_name TEXT,
  -- B-2: which goals of the bylaw the applicant means to serve, and by what plan (B-83).
  goals TEXT NOT NULL CONSTRAINT application_goals CHECK (json_valid(goals)),
  plan TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT centre_has_host CHECK ((asks_for = 'centre') = (host IS NOT NULL AND host_name IS NOT NULL))
) STRICT;
CREATE INDEX applications_of_county ON applications (county_id, received_on);
CREATE TRIGGER applications_are_new BEFORE INSERT ON applications
WHEN EXISTS (SELECT 1 FROM applications WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'applications_are_final'); END;
CREATE TRIGGER applications_are_final_update BEFORE UPDATE ON applications
BEGIN SELECT RAISE(ABORT, 'applications_are_final'); END;
CREATE TRIGGER applications_are_final_delete BEFORE DELETE ON applications
BEGIN SELECT RAISE(ABORT, 'applications_are_final'); END;

-- What the committee did with it; the newest row tells the state, an application without one is received.
CREATE TABLE application_steps (
  id INTEGER PRIMARY KEY,
  application_id INTEGER NOT NULL REFERENCES applications (id),
  state TEXT NOT NULL CONSTRAINT application_state
    CHECK (state IN ('under-review', 'approved', 'refused', 'withdrawn')),
  taken_on TEXT NOT NULL,
  taken_by INTEGER NOT NULL REFERENCES users (id),
  -- The committee's letter, for an answer.
  number TEXT,
  reason TEXT,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT answer_has_letter CHECK (state NOT IN ('approved', 'refused') OR length(trim(number)) > 0),
  CONSTRAINT no_has_reason CHECK (state NOT IN ('refused', 'withdrawn') OR length(trim(reason)) >= 3)
) STRICT;
CREATE INDEX steps_of_application ON application_steps (application_id, id);
CREATE TRIGGER b13_steps_follow BEFORE INSERT ON application_steps
WHEN EXISTS (SELECT 1 FROM application_steps WHERE id = NEW.id)
  OR NOT CASE coalesce((SELECT state FROM application_steps
      WHERE application_id = NEW.application_id ORDER BY id DESC LIMIT 1), 'received')
    WHEN 'received' THEN NEW.state IN ('under-review', 'withdrawn')
    WHEN 'under-review' THEN NEW.state IN ('approved', 'refused', 'withdrawn')
    ELSE NEW.state = 'under-review'
  END
  OR EXISTS (SELECT 1 FROM application_centres WHERE application_id = NEW.application_id)
BEGIN SELECT RAISE(ABORT, 'b13_steps_follow'); END;
CREATE TRIGGER b17_application_in_own_county BEFORE INSERT ON application_steps
WHEN (SELECT county_id FROM users WHERE id = NEW.taken_by)
    <> (SELECT county_id FROM applications WHERE id = NEW.application_id)
  OR coalesce((SELECT role FROM users WHERE id = NEW.taken_by), '') NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER application_steps_are_final_update BEFORE UPDATE ON application_steps
BEGIN SELECT RAISE(ABORT, 'application_steps_are_final'); END;
CREATE TRIGGER application_steps_are_final_delete BEFORE DELETE ON application_steps
BEGIN SELECT RAISE(ABORT, 'application_steps_are_final'); END;

-- The centre that an approved application became.
CREATE TABLE application_centres (
  application_id INTEGER PRIMARY KEY REFERENCES applications (id),
  centre_id INTEGER NOT NULL CONSTRAINT centre_of_one_application UNIQUE REFERENCES centres (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b13_centre_of_approved_application BEFORE INSERT ON application_centres
WHEN 'approved' IS NOT (SELECT state FROM application_steps
    WHERE application_id = NEW.application_id ORDER BY id DESC LIMIT 1)
  OR NOT EXISTS (SELECT 1 FROM applications a JOIN centres c ON c.county_id = a.county_id
    WHERE a.id = NEW.application_id AND a.asks_for = 'centre' AND c.id = NEW.centre_id)
  OR EXISTS (SELECT 1 FROM application_centres
    WHERE application_id = NEW.application_id OR centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b13_centre_of_approved_application'); END;
CREATE TRIGGER application_centres_are_final_update BEFORE UPDATE ON application_centres
BEGIN SELECT RAISE(ABORT, 'application_centres_are_final'); END;
CREATE TRIGGER application_centres_are_final_delete BEFORE DELETE ON application_centres
BEGIN SELECT RAISE(ABORT, 'application_centres_are_final'); END;
