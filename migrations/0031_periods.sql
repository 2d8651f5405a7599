-- The books are closed through a day, month by month, and a year is closed whole: what was earned and
-- spent goes into the funds' net assets, what remains is carried into the next year's first entry.

-- Through which day a centre's books are closed: the newest row says it. Null opens all of them.
CREATE TABLE book_locks (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  through_on TEXT,
  -- Why days that were closed are open again; a supervisor says it.
  reason TEXT,
  locked_on TEXT NOT NULL,
  locked_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX locks_of_centre ON book_locks (centre_id, id);
CREATE TRIGGER lock_moves_on BEFORE INSERT ON book_locks
WHEN EXISTS (SELECT 1 FROM book_locks WHERE id >= NEW.id)
  OR NEW.through_on >= NEW.locked_on
  OR (NEW.through_on IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM calendar_months WHERE last_on = NEW.through_on))
  -- Backwards only with a reason.
  OR (coalesce(NEW.through_on, '') <= coalesce((SELECT through_on FROM book_locks
      WHERE centre_id = NEW.centre_id ORDER BY id DESC LIMIT 1), '')
    AND coalesce(length(trim(NEW.reason)), 0) < 3)
BEGIN SELECT RAISE(ABORT, 'lock_moves_on'); END;
CREATE TRIGGER locks_are_final_update BEFORE UPDATE ON book_locks
BEGIN SELECT RAISE(ABORT, 'locks_are_final'); END;
CREATE TRIGGER locks_are_final_delete BEFORE DELETE ON book_locks
BEGIN SELECT RAISE(ABORT, 'locks_are_final'); END;

-- What closes a year and opens the next is of that closing; its own table holds it to its day.
CREATE TRIGGER period_is_locked BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('closing', 'opening') AND NEW.entry_on <= (SELECT through_on FROM book_locks
  WHERE centre_id = NEW.centre_id ORDER BY id DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'period_is_locked'); END;

-- A year that was closed, and the entries that closed it and opened the next; written after them.
CREATE TABLE year_closings (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  closed_on TEXT NOT NULL,
  closed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX closings_of_centre ON year_closings (centre_id, year, id);
-- temporary: income and expense into net assets; permanent: what remains, to nothing on the last day;
-- opening: the same again on the first day of the next year.
CREATE TABLE year_closing_entries (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  closing_id INTEGER NOT NULL REFERENCES year_closings (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CONSTRAINT closing_entry_kind CHECK (kind IN ('temporary', 'permanent', 'opening')),
  year INTEGER NOT NULL,
  centre_id INTEGER NOT NULL
) STRICT;
CREATE INDEX entries_of_closing ON year_closing_entries (closing_id);
CREATE INDEX closing_entries_of_year ON year_closing_entries (centre_id, year);
CREATE TABLE year_reopenings (
  closing_id INTEGER PRIMARY KEY REFERENCES year_closings (id),
  reason TEXT NOT NULL CONSTRAINT reopening_reason CHECK (length(trim(reason)) >= 3),
  reopened_on TEXT NOT NULL,
  reopened_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

-- A draft is of an entry by hand, or of what the centre had when its books began here.
ALTER TABLE entry_drafts ADD COLUMN kind TEXT NOT NULL DEFAULT 'manual'
  CONSTRAINT draft_kind CHECK (kind IN ('manual', 'opening'));

-- What a centre had when its books began here: entered once, by two.
CREATE TABLE opening_balances (
  centre_id INTEGER PRIMARY KEY REFERENCES centres (id),
  entry_id INTEGER NOT NULL CONSTRAINT opening_entry_once UNIQUE
    REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  opened_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TRIGGER closing_entries_are_new BEFORE INSERT ON year_closing_entries
WHEN EXISTS (SELECT 1 FROM year_closing_entries WHERE entry_id = NEW.entry_id)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
  OR EXISTS (SELECT 1 FROM year_closings WHERE id = NEW.closing_id)
BEGIN SELECT RAISE(ABORT, 'closings_are_final'); END;
CREATE TRIGGER opening_balances_are_new BEFORE INSERT ON opening_balances
WHEN EXISTS (SELECT 1 FROM opening_balances WHERE centre_id = NEW.centre_id)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'openings_are_final'); END;

CREATE TRIGGER closing_is_of_a_year BEFORE INSERT ON entries
WHEN NEW.source = 'closing' AND NOT EXISTS (SELECT 1 FROM year_closing_entries c
  WHERE c.entry_id = NEW.id AND c.kind IN ('temporary', 'permanent')
    AND c.centre_id = NEW.centre_id AND c.year = NEW.year
    AND NEW.entry_on = (SELECT last_on FROM calendar_months WHERE year = NEW.year AND month = 12))
BEGIN SELECT RAISE(ABORT, 'closing_is_of_a_year'); END;
CREATE TRIGGER opening_is_of_a_year BEFORE INSERT ON entries
WHEN NEW.source = 'opening'
  AND NOT EXISTS (SELECT 1 FROM opening_balances
    WHERE entry_id = NEW.id AND centre_id = NEW.centre_id AND opened_on = NEW.entry_on)
  AND NOT EXISTS (SELECT 1 FROM year_closing_entries c
    WHERE c.entry_id = NEW.id AND c.kind = 'opening' AND c.centre_id = NEW.centre_id
      AND c.year = NEW.year - 1
      AND NEW.entry_on = (SELECT first_on FROM calendar_months WHERE year = NEW.year AND month = 1))
BEGIN SELECT RAISE(ABORT, 'opening_is_of_a_year'); END;
-- What a centre had is said by two, of a day on which it was licensed (B-128), that is open and before
-- which nothing was booked; nothing is earned or spent by it.
CREATE TRIGGER opening_balances_come_first BEFORE INSERT ON entries
WHEN NEW.source = 'opening' AND EXISTS (SELECT 1 FROM opening_balances WHERE entry_id = NEW.id) AND (
  NEW.drafted_by = NEW.posted_by
  OR NEW.entry_on <= coalesce((SELECT through_on FROM book_locks
    WHERE centre_id = NEW.centre_id ORDER BY id DESC LIMIT 1), '')
  OR EXISTS (SELECT 1 FROM entries WHERE centre_id = NEW.centre_id AND entry_on < NEW.entry_on)
  OR EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id
    AND (account NOT GLOB '[1-4]*' OR account = '4104')))
BEGIN SELECT RAISE(ABORT, 'opening_balances_come_first'); END;
CREATE TRIGGER b128_licence_before_opening BEFORE INSERT ON entries
WHEN NEW.source = 'opening' AND EXISTS (SELECT 1 FROM opening_balances WHERE entry_id = NEW.id)
  AND NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id AND from_on <= NEW.entry_on)
BEGIN SELECT RAISE(ABORT, 'b128_licence_before_opening'); END;
-- What closed a year is taken back only with the year, each entry on its own day.
CREATE TRIGGER closing_is_taken_back_whole BEFORE INSERT ON entries
WHEN NEW.reverses_entry_id IS NOT NULL AND (
  EXISTS (SELECT 1 FROM opening_balances WHERE entry_id = NEW.reverses_entry_id)
  OR EXISTS (SELECT 1 FROM year_closing_entries c WHERE c.entry_id = NEW.reverses_entry_id AND (
    NOT EXISTS (SELECT 1 FROM year_reopenings r WHERE r.closing_id = c.closing_id)
    OR NEW.entry_on IS NOT (SELECT entry_on FROM entries WHERE id = c.entry_id))))
BEGIN SELECT RAISE(ABORT, 'closing_is_taken_back_whole'); END;

-- What closes a year and opens the next comes to nothing together; between the two a fund that was
-- spent by the day before it was given, though not before it was booked, seems to have less than nothing.
DROP TRIGGER b81_fund_not_below_zero;
CREATE TRIGGER b81_fund_not_below_zero BEFORE INSERT ON entries
WHEN NOT EXISTS (SELECT 1 FROM year_closing_entries
    WHERE entry_id = NEW.id OR entry_id = NEW.reverses_entry_id)
  AND EXISTS (SELECT 1 FROM entry_lines l
  WHERE l.entry_id = NEW.id AND l.credit_rial > 0 AND l.account GLOB '1[13]*'
    AND coalesce((SELECT sum(b.debit_rial - b.credit_rial) FROM balances b
      WHERE b.centre_id = NEW.centre_id AND b.account = l.account AND b.fund = l.fund), 0)
    + (SELECT sum(x.debit_rial - x.credit_rial) FROM entry_lines x
      WHERE x.entry_id = NEW.id AND x.account = l.account AND x.fund = l.fund) < 0)
BEGIN SELECT RAISE(ABORT, 'b81_fund_not_below_zero'); END;

-- A year is closed when nothing stands on any account at its end, the next year begins with what
-- stood there, no earlier year with entries is open, and its days are closed after it.
CREATE TRIGGER year_closes_whole BEFORE INSERT ON year_closings
WHEN EXISTS (SELECT 1 FROM year_closings WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM year_closings c WHERE c.centre_id = NEW.centre_id AND c.year >= NEW.year
    AND NOT EXISTS (SELECT 1 FROM year_reopenings r WHERE r.closing_id = c.id))
  OR EXISTS (SELECT 1 FROM balances WHERE centre_id = NEW.centre_id AND year <= NEW.year
    GROUP BY account, fund HAVING sum(debit_rial) <> sum(credit_rial))
  OR EXISTS (
    SELECT account, fund FROM (
      SELECT l.account, l.fund, l.debit_rial - l.credit_rial AS rial
      FROM year_closing_entries c JOIN entry_lines l ON l.entry_id = c.entry_id
      WHERE c.closing_id = NEW.id AND c.kind IN ('permanent', 'opening'))
    GROUP BY account, fund HAVING sum(rial) <> 0)
  OR NOT EXISTS (SELECT 1 FROM book_locks WHERE centre_id = NEW.centre_id
    AND id = (SELECT max(id) FROM book_locks WHERE centre_id = NEW.centre_id)
    AND through_on >= (SELECT last_on FROM calendar_months WHERE year = NEW.year AND month = 12))
BEGIN SELECT RAISE(ABORT, 'year_closes_whole'); END;
-- The days of a closed year open again only with the year itself.
CREATE TRIGGER closed_year_stays BEFORE INSERT ON book_locks
WHEN EXISTS (SELECT 1 FROM year_closings c JOIN calendar_months m ON m.year = c.year AND m.month = 12
  WHERE c.centre_id = NEW.centre_id AND coalesce(NEW.through_on, '') < m.last_on
    AND NOT EXISTS (SELECT 1 FROM year_reopenings r WHERE r.closing_id = c.id))
BEGIN SELECT RAISE(ABORT, 'closed_year_stays'); END;
-- The newest closed year opens first.
CREATE TRIGGER reopening_of_newest BEFORE INSERT ON year_reopenings
WHEN EXISTS (SELECT 1 FROM year_reopenings WHERE closing_id = NEW.closing_id)
  OR EXISTS (SELECT 1 FROM year_closings a JOIN year_closings b ON b.centre_id = a.centre_id
    WHERE a.id = NEW.closing_id AND b.id > a.id
      AND NOT EXISTS (SELECT 1 FROM year_reopenings r WHERE r.closing_id = b.id))
BEGIN SELECT RAISE(ABORT, 'reopening_of_newest'); END;

CREATE TRIGGER year_closings_are_final_update BEFORE UPDATE ON year_closings
BEGIN SELECT RAISE(ABORT, 'closings_are_final'); END;
CREATE TRIGGER year_closings_are_final_delete BEFORE DELETE ON year_closings
BEGIN SELECT RAISE(ABORT, 'closings_are_final'); END;
CREATE TRIGGER closing_entries_are_final_update BEFORE UPDATE ON year_closing_entries
BEGIN SELECT RAISE(ABORT, 'closings_are_final'); END;
CREATE TRIGGER closing_entries_are_final_delete BEFORE DELETE ON year_closing_entries
BEGIN SELECT RAISE(ABORT, 'closings_are_final'); END;
CREATE TRIGGER year_reopenings_are_final_update BEFORE UPDATE ON year_reopenings
BEGIN SELECT RAISE(ABORT, 'closings_are_final'); END;
CREATE TRIGGER year_reopenings_are_final_delete BEFORE DELETE ON year_reopenings
BEGIN SELECT RAISE(ABORT, 'closings_are_final'); END;
CREATE TRIGGER opening_balances_are_final_update BEFORE UPDATE ON opening_balances
BEGIN SELECT RAISE(ABORT, 'openings_are_final'); END;
CREATE TRIGGER opening_balances_are_final_delete BEFORE DELETE ON opening_balances
BEGIN SELECT RAISE(ABORT, 'openings_are_final'); END;
