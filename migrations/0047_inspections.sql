-- B-111: a visit to a centre: when, by whom, what was looked at, what was found, until when it is to be
-- mended, and what became of it.
CREATE TABLE field_inspections (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  number INTEGER NOT NULL CONSTRAINT inspection_number CHECK (number >= 1),
  visited_on TEXT NOT NULL CONSTRAINT inspection_day CHECK (visited_on IS date(visited_on)),
  visitors TEXT NOT NULL CONSTRAINT inspection_visitors CHECK (length(trim(visitors)) >= 3),
  -- Of each thing on the list whether it was in order.
  checklist TEXT NOT NULL CONSTRAINT inspection_checklist CHECK (json_valid(checklist)),
  note TEXT,
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT inspection_number_once UNIQUE (centre_id, number),
  CONSTRAINT inspection_has_passed CHECK (visited_on <= recorded_on)
) STRICT;
-- Written before the visit, and final with it.
CREATE TABLE inspection_findings (
  inspection_id INTEGER NOT NULL REFERENCES field_inspections (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CONSTRAINT finding_position CHECK (position BETWEEN 1 AND 20),
  text TEXT NOT NULL CONSTRAINT finding_text CHECK (length(trim(text)) >= 3),
  due_on TEXT NOT NULL CONSTRAINT finding_due CHECK (due_on IS date(due_on)),
  PRIMARY KEY (inspection_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE finding_steps (
  id INTEGER PRIMARY KEY,
  inspection_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  -- The centre says it is mended; the committee takes it so, or not yet.
  step TEXT NOT NULL CONSTRAINT finding_step CHECK (step IN ('mended', 'accepted', 'returned')),
  text TEXT NOT NULL CONSTRAINT finding_step_text CHECK (length(trim(text)) >= 3),
  taken_on TEXT NOT NULL,
  taken_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  FOREIGN KEY (inspection_id, position) REFERENCES inspection_findings (inspection_id, position)
) STRICT;
CREATE INDEX steps_of_finding ON finding_steps (inspection_id, position, id);
CREATE VIEW findings_standing AS
SELECT f.inspection_id, f.position, f.text, f.due_on, i.centre_id, i.number, i.visited_on,
  coalesce((SELECT s.step FROM finding_steps s WHERE s.inspection_id = f.inspection_id
    AND s.position = f.position ORDER BY s.id DESC LIMIT 1), 'open') AS state
FROM inspection_findings f JOIN field_inspections i ON i.id = f.inspection_id;

CREATE TRIGGER field_inspections_are_new BEFORE INSERT ON field_inspections
WHEN EXISTS (SELECT 1 FROM field_inspections WHERE id = NEW.id)
  OR NEW.number IS NOT 1 + coalesce((SELECT max(number) FROM field_inspections
    WHERE centre_id = NEW.centre_id), 0)
  OR EXISTS (SELECT 1 FROM inspection_findings
    WHERE inspection_id = NEW.id AND due_on < NEW.visited_on)
BEGIN SELECT RAISE(ABORT, 'b111_visits_stay'); END;
CREATE TRIGGER b111_visited_by_the_committee BEFORE INSERT ON field_inspections
WHEN NOT EXISTS (SELECT 1 FROM users u JOIN centres c ON c.id = NEW.centre_id
  WHERE u.id = NEW.recorded_by AND u.role IN ('county-head', 'province-deputy', 'inspector')
    AND coalesce(u.county_id, c.county_id) = c.county_id)
BEGIN SELECT RAISE(ABORT, 'b111_visited_by_the_committee'); END;
CREATE TRIGGER findings_are_new BEFORE INSERT ON inspection_findings
WHEN EXISTS (SELECT 1 FROM field_inspections WHERE id = NEW.inspection_id)
  OR EXISTS (SELECT 1 FROM inspection_findings
    WHERE inspection_id = NEW.inspection_id AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'b111_visits_stay'); END;
-- The centre mends what is open, the committee judges what was mended; what is accepted is over.
CREATE TRIGGER b111_finding_goes_step_by_step BEFORE INSERT ON finding_steps
WHEN EXISTS (SELECT 1 FROM finding_steps WHERE id >= NEW.id)
  OR (SELECT state FROM findings_standing
    WHERE inspection_id = NEW.inspection_id AND position = NEW.position) = 'accepted'
  OR (NEW.step = 'mended') = EXISTS (SELECT 1 FROM users
    WHERE id = NEW.taken_by AND role IN ('county-head', 'province-deputy', 'inspector'))
  OR (NEW.step = 'returned' AND (SELECT state FROM findings_standing
    WHERE inspection_id = NEW.inspection_id AND position = NEW.position) <> 'mended')
BEGIN SELECT RAISE(ABORT, 'b111_finding_goes_step_by_step'); END;
CREATE TRIGGER field_inspections_are_final_update BEFORE UPDATE ON field_inspections
BEGIN SELECT RAISE(ABORT, 'b111_visits_stay'); END;
CREATE TRIGGER field_inspections_are_final_delete BEFORE DELETE ON field_inspections
BEGIN SELECT RAISE(ABORT, 'b111_visits_stay'); END;
CREATE TRIGGER inspection_findings_are_final_update BEFORE UPDATE ON inspection_findings
BEGIN SELECT RAISE(ABORT, 'b111_visits_stay'); END;
CREATE TRIGGER inspection_findings_are_final_delete BEFORE DELETE ON inspection_findings
BEGIN SELECT RAISE(ABORT, 'b111_visits_stay'); END;
CREATE TRIGGER finding_steps_are_final_update BEFORE UPDATE ON finding_steps
BEGIN SELECT RAISE(ABORT, 'b111_visits_stay'); END;
CREATE TRIGGER finding_steps_are_final_delete BEFORE DELETE ON finding_steps
BEGIN SELECT RAISE(ABORT, 'b111_visits_stay'); END;
