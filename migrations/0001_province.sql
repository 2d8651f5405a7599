-- What a province file keeps about itself: settings, the calendar, numbers given, the trail, who looked.

-- Names and choices of the province: its name, the currency and its scale, what it requires of users.
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The months of the Jalali calendar, so that a trigger can tell which year and month a day is in.
CREATE TABLE calendar_months (
  year INTEGER NOT NULL,
  month INTEGER NOT NULL CONSTRAINT calendar_month_exists CHECK (month BETWEEN 1 AND 12),
  first_on TEXT NOT NULL,
  last_on TEXT NOT NULL,
  PRIMARY KEY (year, month)
) STRICT, WITHOUT ROWID;
-- REPLACE takes a row away without asking the trigger on DELETE, unless the connection asks for it; so
-- what is final, or stays, is guarded against being inserted a second time as well.
CREATE TRIGGER calendar_is_new BEFORE INSERT ON calendar_months
WHEN EXISTS (SELECT 1 FROM calendar_months WHERE year = NEW.year AND month = NEW.month)
BEGIN SELECT RAISE(ABORT, 'calendar_is_final'); END;
CREATE TRIGGER calendar_is_final_update BEFORE UPDATE ON calendar_months
BEGIN SELECT RAISE(ABORT, 'calendar_is_final'); END;
CREATE TRIGGER calendar_is_final_delete BEFORE DELETE ON calendar_months
BEGIN SELECT RAISE(ABORT, 'calendar_is_final'); END;

-- B-132: the last number given in each series; numbers have no gaps and are never given again.
CREATE TABLE numbers (
  series TEXT NOT NULL
    CONSTRAINT number_series CHECK (series IN ('entry', 'receipt', 'decree', 'letter', 'book')),
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  last_number INTEGER NOT NULL CONSTRAINT number_is_positive CHECK (last_number > 0),
  PRIMARY KEY (series, centre_id, year)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER b132_numbers_never_fall BEFORE UPDATE ON numbers
WHEN NEW.last_number <= OLD.last_number OR NEW.series <> OLD.series
  OR NEW.centre_id <> OLD.centre_id OR NEW.year <> OLD.year
BEGIN SELECT RAISE(ABORT, 'b132_numbers_never_fall'); END;
CREATE TRIGGER b132_numbers_never_fall_by_replacing BEFORE INSERT ON numbers
WHEN NEW.last_number <= (SELECT last_number FROM numbers
  WHERE series = NEW.series AND centre_id = NEW.centre_id AND year = NEW.year)
BEGIN SELECT RAISE(ABORT, 'b132_numbers_never_fall'); END;
CREATE TRIGGER b132_numbers_stay BEFORE DELETE ON numbers
BEGIN SELECT RAISE(ABORT, 'b132_numbers_stay'); END;

-- Numbers that were given in a file which a restore replaced: they are lost, and said to be.
CREATE TABLE lost_numbers (
  series TEXT NOT NULL,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  from_number INTEGER NOT NULL,
  to_number INTEGER NOT NULL,
  reason TEXT NOT NULL CONSTRAINT lost_reason CHECK (reason IN ('restore')),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (series, centre_id, year, from_number),
  CONSTRAINT lost_range CHECK (to_number >= from_number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER b132_lost_numbers_follow BEFORE INSERT ON lost_numbers
WHEN NEW.from_number IS NOT 1 + coalesce((
  SELECT last_number FROM numbers
  WHERE series = NEW.series AND centre_id = NEW.centre_id AND year = NEW.year), 0)
BEGIN SELECT RAISE(ABORT, 'b132_lost_numbers_follow'); END;
CREATE TRIGGER lost_numbers_are_counted AFTER INSERT ON lost_numbers
BEGIN
  INSERT INTO numbers (series, centre_id, year, last_number)
  VALUES (NEW.series, NEW.centre_id, NEW.year, NEW.to_number)
  ON CONFLICT DO UPDATE SET last_number = excluded.last_number;
END;
CREATE TRIGGER lost_numbers_are_final_update BEFORE UPDATE ON lost_numbers
BEGIN SELECT RAISE(ABORT, 'lost_numbers_are_final'); END;
CREATE TRIGGER lost_numbers_are_final_delete BEFORE DELETE ON lost_numbers
BEGIN SELECT RAISE(ABORT, 'lost_numbers_are_final'); END;

-- The trail: who did what, in which capacity, when; each act carries the hash of the one before.
CREATE TABLE acts (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  user_id INTEGER REFERENCES users (id),
  capacity TEXT NOT NULL,
  kind TEXT NOT NULL,
  centre_id INTEGER REFERENCES centres (id),
  subject TEXT NOT NULL,
  before TEXT,
  after TEXT,
  previous_hash BLOB NOT NULL CONSTRAINT previous_hash_is_sha256 CHECK (length(previous_hash) = 32),
  hash BLOB NOT NULL CONSTRAINT hash_is_sha256 CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX acts_of_centre ON acts (centre_id, id);
-- B-104: who had a donor's name shown to him, found without reading the whole trail.
CREATE INDEX acts_about_donors ON acts (centre_id) WHERE kind IN ('donor.revealed', 'donor.edited');
CREATE TRIGGER acts_follow BEFORE INSERT ON acts
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM acts)
  OR NEW.previous_hash IS NOT coalesce((SELECT hash FROM acts ORDER BY id DESC LIMIT 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'acts_follow_the_chain'); END;
CREATE TRIGGER acts_are_final_update BEFORE UPDATE ON acts
BEGIN SELECT RAISE(ABORT, 'acts_are_final'); END;
CREATE TRIGGER acts_are_final_delete BEFORE DELETE ON acts
BEGIN SELECT RAISE(ABORT, 'acts_are_final'); END;

-- B-110: the committee may look at everything of its area, and the chair sees who looked at what.
-- One row per reader, section and day, so that a page reloaded is no news.
CREATE TABLE looks (
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  looked_on TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users (id),
  section TEXT NOT NULL,
  first_at TEXT NOT NULL,
  office TEXT NOT NULL,
  PRIMARY KEY (centre_id, looked_on, user_id, section)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER looks_are_new BEFORE INSERT ON looks
WHEN EXISTS (SELECT 1 FROM looks WHERE centre_id = NEW.centre_id AND looked_on = NEW.looked_on
  AND user_id = NEW.user_id AND section = NEW.section)
BEGIN SELECT RAISE(ABORT, 'looks_are_final'); END;
CREATE TRIGGER looks_are_final_update BEFORE UPDATE ON looks
BEGIN SELECT RAISE(ABORT, 'looks_are_final'); END;
CREATE TRIGGER looks_are_final_delete BEFORE DELETE ON looks
BEGIN SELECT RAISE(ABORT, 'looks_are_final'); END;

-- A paper as it was issued: its content, the hash of it, the code by which anyone checks it.
CREATE TABLE papers (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  kind TEXT NOT NULL CONSTRAINT paper_kind
    CHECK (kind IN ('receipt', 'decree', 'introduction', 'book')),
  number TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  code TEXT NOT NULL CONSTRAINT paper_code_once UNIQUE
    CONSTRAINT paper_code_is_random CHECK (length(code) = 13),
  content TEXT NOT NULL CONSTRAINT paper_content_is_json CHECK (json_valid(content)),
  sha256 BLOB NOT NULL CONSTRAINT paper_sha256 CHECK (length(sha256) = 32),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX papers_of_centre ON papers (centre_id, kind, number);
CREATE TRIGGER papers_are_new BEFORE INSERT ON papers
WHEN EXISTS (SELECT 1 FROM papers WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM papers WHERE code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'papers_are_final'); END;
CREATE TRIGGER papers_are_final_update BEFORE UPDATE ON papers
BEGIN SELECT RAISE(ABORT, 'papers_are_final'); END;
CREATE TRIGGER papers_are_final_delete BEFORE DELETE ON papers
BEGIN SELECT RAISE(ABORT, 'papers_are_final'); END;

-- Each printing of a paper; the first of each form keeps its bytes, later ones say they are reprints.
CREATE TABLE paper_prints (
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  form TEXT NOT NULL CONSTRAINT paper_form CHECK (form IN ('a4', 'a5', 'slip')),
  nth INTEGER NOT NULL CONSTRAINT print_is_counted CHECK (nth > 0),
  printed_at TEXT NOT NULL,
  printed_by INTEGER NOT NULL REFERENCES users (id),
  pdf BLOB,
  sha256 BLOB CONSTRAINT print_sha256 CHECK (sha256 IS NULL OR length(sha256) = 32),
  PRIMARY KEY (paper_id, form, nth),
  CONSTRAINT first_print_is_kept CHECK ((nth = 1) = (pdf IS NOT NULL) AND (nth = 1) = (sha256 IS NOT NULL))
) STRICT;
CREATE TRIGGER prints_follow BEFORE INSERT ON paper_prints
WHEN NEW.nth IS NOT 1 + (SELECT count(*) FROM paper_prints WHERE paper_id = NEW.paper_id AND form = NEW.form)
BEGIN SELECT RAISE(ABORT, 'prints_are_counted'); END;
CREATE TRIGGER prints_are_final_update BEFORE UPDATE ON paper_prints
BEGIN SELECT RAISE(ABORT, 'prints_are_final'); END;
CREATE TRIGGER prints_are_final_delete BEFORE DELETE ON paper_prints
BEGIN SELECT RAISE(ABORT, 'prints_are_final'); END;
