-- Imports: sheets of donors, gifts and opening balances, tried first and then taken in whole or not.
CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  what TEXT NOT NULL CONSTRAINT import_what CHECK (what IN ('donors', 'gifts', 'opening')),
  name TEXT NOT NULL,
  sha256 BLOB NOT NULL CONSTRAINT import_sha256 CHECK (length(sha256) = 32),
  -- The file as it came, only while it waits: afterwards nobody needs the names that stand in it.
  bytes BLOB,
  sent_at TEXT NOT NULL,
  sent_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  state TEXT NOT NULL CONSTRAINT import_state CHECK (state IN ('waiting', 'done', 'withdrawn')),
  settled_at TEXT,
  settled_by INTEGER REFERENCES users (id),
  settled_act_id INTEGER REFERENCES acts (id),
  -- The heads of the sheet, and which of its columns is what: the next file with such heads is the same.
  heads TEXT,
  chosen TEXT CONSTRAINT import_chosen CHECK (chosen IS NULL OR json_valid(chosen)),
  row_count INTEGER,
  -- What it made; the ids lie together, for nobody else writes meanwhile.
  added INTEGER,
  first_id INTEGER,
  last_id INTEGER,
  amount_rial INTEGER,
  CONSTRAINT import_waits_with_its_file CHECK ((state = 'waiting') = (bytes IS NOT NULL)),
  CONSTRAINT import_is_settled_by_somebody CHECK ((state = 'waiting') = (settled_at IS NULL)
    AND (settled_at IS NULL) = (settled_by IS NULL)
    AND (settled_at IS NULL) = (settled_act_id IS NULL)),
  CONSTRAINT import_says_what_it_made CHECK ((state = 'done') = (row_count IS NOT NULL)
    AND (row_count IS NULL) = (added IS NULL) AND (row_count IS NULL) = (amount_rial IS NULL)
    AND (row_count IS NULL) = (chosen IS NULL) AND (row_count IS NULL) = (heads IS NULL)
    AND (coalesce(added, 0) = 0) = (first_id IS NULL) AND (first_id IS NULL) = (last_id IS NULL)
    AND coalesce(added, 0) <= coalesce(row_count, 0))
) STRICT;
CREATE INDEX imports_of_centre ON imports (centre_id, id);
-- The same file twice would be everything twice.
CREATE UNIQUE INDEX import_once ON imports (centre_id, what, sha256) WHERE state <> 'withdrawn';

CREATE TRIGGER imports_are_new BEFORE INSERT ON imports
WHEN NEW.state <> 'waiting' OR EXISTS (SELECT 1 FROM imports WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM imports WHERE centre_id = NEW.centre_id AND what = NEW.what
    AND sha256 = NEW.sha256 AND state <> 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'imports_wait_first'); END;
CREATE TRIGGER imports_are_final BEFORE UPDATE ON imports
WHEN OLD.state <> 'waiting' OR NEW.state = 'waiting' OR NEW.id <> OLD.id
  OR NEW.centre_id <> OLD.centre_id OR NEW.what <> OLD.what OR NEW.name <> OLD.name
  OR NEW.sha256 <> OLD.sha256 OR NEW.sent_at <> OLD.sent_at OR NEW.sent_by <> OLD.sent_by
  OR NEW.act_id <> OLD.act_id
BEGIN SELECT RAISE(ABORT, 'imports_are_final'); END;
CREATE TRIGGER imports_stay BEFORE DELETE ON imports
BEGIN SELECT RAISE(ABORT, 'imports_are_final'); END;
-- What an import says it made is there, all of it, and of its centre.
CREATE TRIGGER import_made_what_it_says BEFORE UPDATE ON imports
WHEN NEW.state = 'done' AND NEW.added > 0 AND NOT CASE NEW.what
  WHEN 'donors' THEN NEW.added = (SELECT count(*) FROM donors
    WHERE id BETWEEN NEW.first_id AND NEW.last_id AND centre_id = NEW.centre_id)
    AND NEW.amount_rial = 0
  WHEN 'gifts' THEN (NEW.added, NEW.amount_rial) = (SELECT count(*), sum(amount_rial)
    FROM donations WHERE id BETWEEN NEW.first_id AND NEW.last_id
      AND centre_id = NEW.centre_id AND entered_by = NEW.settled_by)
  ELSE NEW.first_id = NEW.last_id AND NEW.added = 1 AND EXISTS (SELECT 1 FROM entry_drafts
    WHERE id = NEW.first_id AND centre_id = NEW.centre_id AND kind = 'opening')
  END
BEGIN SELECT RAISE(ABORT, 'import_made_something_else'); END;
