-- B-19, B-107: what people complain of and suggest, from its number to its answer. Whoever writes may
-- leave his name out, and follows it by a code of which only the hash is kept.
CREATE TABLE complaints (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CONSTRAINT complaint_kind CHECK (kind IN ('complaint', 'suggestion')),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL CONSTRAINT complaint_number CHECK (number >= 1),
  topic TEXT NOT NULL CONSTRAINT complaint_topic CHECK (topic IN ('conduct', 'receipts', 'aid',
    'confidence', 'politics', 'mosque', 'place', 'other')),
  -- The centre it was found to be about, and what the sender called it.
  centre_id INTEGER REFERENCES centres (id),
  centre_named TEXT NOT NULL CONSTRAINT complaint_centre CHECK (length(centre_named) <= 200),
  text TEXT NOT NULL CONSTRAINT complaint_text CHECK (length(trim(text)) BETWEEN 10 AND 4000),
  sender TEXT,
  contact TEXT,
  code_hash BLOB NOT NULL CONSTRAINT complaint_code_once UNIQUE
    CONSTRAINT complaint_code CHECK (length(code_hash) = 32),
  filed_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT complaint_number_once UNIQUE (year, number),
  CONSTRAINT complaint_due_later CHECK (due_on > filed_on)
) STRICT;
CREATE INDEX complaints_of_centre ON complaints (centre_id, id);
CREATE TABLE complaint_steps (
  id INTEGER PRIMARY KEY,
  complaint_id INTEGER NOT NULL REFERENCES complaints (id),
  -- Referred to its centre, what the centre says of it, the answer to the sender, the end.
  step TEXT NOT NULL CONSTRAINT complaint_step
    CHECK (step IN ('placed', 'referred', 'told', 'answered', 'closed')),
  -- For `placed`: the centre that the committee found it to be about.
  centre_id INTEGER REFERENCES centres (id),
  text TEXT,
  -- Until when the centre is to say what it has to say.
  until_on TEXT,
  taken_on TEXT NOT NULL,
  taken_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT complaint_step_text CHECK (step IN ('placed', 'referred')
    OR coalesce(length(trim(text)), 0) >= 3),
  CONSTRAINT complaint_placed_somewhere CHECK ((step = 'placed') = (centre_id IS NOT NULL)),
  CONSTRAINT complaint_referred_until CHECK ((step = 'referred') = (until_on IS NOT NULL)
    AND coalesce(until_on, taken_on) >= taken_on)
) STRICT;
CREATE INDEX steps_of_complaint ON complaint_steps (complaint_id, id);

-- Each with its centre as the committee knows it now, its state and its answer.
CREATE VIEW complaint_cases AS
SELECT c.id, c.kind, c.year, c.number, c.topic, c.centre_named, c.text, c.sender, c.contact,
  c.code_hash, c.filed_on, c.due_on,
  coalesce((SELECT s.centre_id FROM complaint_steps s
    WHERE s.complaint_id = c.id AND s.step = 'placed' ORDER BY s.id DESC LIMIT 1), c.centre_id)
    AS centre_id,
  coalesce((SELECT s.step FROM complaint_steps s
    WHERE s.complaint_id = c.id AND s.step <> 'placed' ORDER BY s.id DESC LIMIT 1), 'filed') AS state,
  (SELECT min(s.taken_on) FROM complaint_steps s
    WHERE s.complaint_id = c.id AND s.step IN ('answered', 'closed')) AS answered_on,
  (SELECT s.until_on FROM complaint_steps s
    WHERE s.complaint_id = c.id AND s.step = 'referred' ORDER BY s.id DESC LIMIT 1) AS until_on
FROM complaints c;

CREATE TRIGGER complaints_are_new BEFORE INSERT ON complaints
WHEN EXISTS (SELECT 1 FROM complaints WHERE id = NEW.id OR code_hash = NEW.code_hash)
  OR NEW.number IS NOT 1 + coalesce((SELECT max(number) FROM complaints WHERE year = NEW.year), 0)
BEGIN SELECT RAISE(ABORT, 'b19_complaints_stay'); END;
CREATE TRIGGER complaints_are_final_update BEFORE UPDATE ON complaints
BEGIN SELECT RAISE(ABORT, 'b19_complaints_stay'); END;
CREATE TRIGGER complaints_are_final_delete BEFORE DELETE ON complaints
BEGIN SELECT RAISE(ABORT, 'b19_complaints_stay'); END;
-- A closed case stays closed; only what was referred to a centre is told by it; the committee answers.
CREATE TRIGGER b19_case_goes_step_by_step BEFORE INSERT ON complaint_steps
WHEN EXISTS (SELECT 1 FROM complaint_steps WHERE id >= NEW.id)
  OR (SELECT state FROM complaint_cases WHERE id = NEW.complaint_id) = 'closed'
  OR (NEW.step IN ('placed', 'referred', 'answered', 'closed') AND NOT EXISTS (SELECT 1 FROM users
    WHERE id = NEW.taken_by AND role IN ('county-head', 'province-deputy', 'inspector')))
  OR (NEW.step = 'referred'
    AND (SELECT centre_id FROM complaint_cases WHERE id = NEW.complaint_id) IS NULL)
  OR (NEW.step = 'told'
    AND (SELECT state FROM complaint_cases WHERE id = NEW.complaint_id) NOT IN ('referred', 'told'))
BEGIN SELECT RAISE(ABORT, 'b19_case_goes_step_by_step'); END;
CREATE TRIGGER complaint_steps_are_final_update BEFORE UPDATE ON complaint_steps
BEGIN SELECT RAISE(ABORT, 'b19_complaints_stay'); END;
CREATE TRIGGER complaint_steps_are_final_delete BEFORE DELETE ON complaint_steps
BEGIN SELECT RAISE(ABORT, 'b19_complaints_stay'); END;
