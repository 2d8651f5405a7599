-- B-133: what was received and what was given in a month goes to the committee as one pack of papers:
-- sealed when it is made, corrected by another, and with the mark of whom it was handed to.

-- What was taken back is asked for of every month that was sent.
CREATE INDEX entries_reversing ON entries (centre_id, id) WHERE reverses_entry_id IS NOT NULL;

-- What the books have of gifts received, payments made and goods delivered: what came or went, and
-- less than nothing for what was taken back.
CREATE VIEW documented_entries AS
SELECT e.id AS entry_id, e.centre_id, e.entry_on, e.year, e.number, e.reverses_entry_id,
  b.id AS base_id, b.entry_on AS base_on,
  CASE b.source WHEN 'payment' THEN 'payments' WHEN 'delivery' THEN 'deliveries'
    ELSE 'receipts' END AS list,
  (SELECT coalesce(sum(l.credit_rial - l.debit_rial), 0) FROM entry_lines l
    WHERE l.entry_id = e.id AND CASE b.source
      WHEN 'payment' THEN l.account GLOB '11*'
      WHEN 'delivery' THEN l.account GLOB '13*'
      ELSE l.account GLOB '43*' OR l.account GLOB '5*'
        OR (l.account GLOB '31*' AND l.account <> '3105') END) AS amount_rial
FROM entries e JOIN entries b ON b.id = coalesce(e.reverses_entry_id, e.id)
WHERE b.source IN ('donation', 'box', 'payment', 'delivery');

CREATE TABLE packs (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL CONSTRAINT pack_year CHECK (year BETWEEN 1300 AND 1500),
  month INTEGER NOT NULL CONSTRAINT pack_month CHECK (month BETWEEN 1 AND 12),
  -- 1 is the month's own, and from 2 on what corrects it.
  nth INTEGER NOT NULL CONSTRAINT pack_nth CHECK (nth >= 1),
  from_on TEXT NOT NULL CONSTRAINT pack_from CHECK (from_on IS date(from_on)),
  to_on TEXT NOT NULL CONSTRAINT pack_to CHECK (to_on IS date(to_on)),
  -- The newest entry of the file when it was sealed; what came after it is not in it.
  until_entry_id INTEGER NOT NULL,
  receipts_rial INTEGER NOT NULL,
  payments_rial INTEGER NOT NULL,
  deliveries_rial INTEGER NOT NULL,
  -- SHA-256 of its manifest, which has that of each of its files.
  seal BLOB NOT NULL CONSTRAINT pack_seal CHECK (length(seal) = 32),
  issued_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL CONSTRAINT pack_paper_once UNIQUE REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT pack_once UNIQUE (centre_id, year, month, nth),
  CONSTRAINT pack_days CHECK (from_on < to_on AND julianday(to_on) - julianday(from_on) <= 30),
  CONSTRAINT b133_month_has_ended CHECK (to_on < issued_on)
) STRICT;
-- Each entry of its lists; written before the pack, and final with it.
CREATE TABLE pack_rows (
  pack_id INTEGER NOT NULL REFERENCES packs (id) DEFERRABLE INITIALLY DEFERRED,
  entry_id INTEGER NOT NULL REFERENCES entries (id),
  list TEXT NOT NULL CONSTRAINT pack_list CHECK (list IN ('receipts', 'payments', 'deliveries')),
  amount_rial INTEGER NOT NULL CONSTRAINT pack_row_amount CHECK (amount_rial <> 0),
  PRIMARY KEY (pack_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pack_rows_of_entry ON pack_rows (entry_id);
-- Lists and manifest, byte for byte; the letter is a paper, and keeps the bytes of its first print.
CREATE TABLE pack_files (
  id INTEGER PRIMARY KEY,
  pack_id INTEGER NOT NULL REFERENCES packs (id) DEFERRABLE INITIALLY DEFERRED,
  name TEXT NOT NULL CONSTRAINT pack_file_name CHECK (name GLOB '[a-z]*' AND name NOT GLOB '*[/\]*'),
  sha256 BLOB NOT NULL CONSTRAINT pack_file_hash CHECK (length(sha256) = 32),
  bytes BLOB NOT NULL,
  CONSTRAINT pack_file_once UNIQUE (pack_id, name)
) STRICT;
-- Scans are kept where they belong, and go out under a name of their own.
CREATE TABLE pack_scans (
  pack_id INTEGER NOT NULL REFERENCES packs (id) DEFERRABLE INITIALLY DEFERRED,
  attachment_id INTEGER NOT NULL REFERENCES attachments (id),
  name TEXT NOT NULL CONSTRAINT pack_scan_name CHECK (name GLOB 'scans/?*'),
  PRIMARY KEY (pack_id, attachment_id)
) STRICT, WITHOUT ROWID;
-- To whom it was handed, when and how; a mark that was wrong is followed by the right one.
CREATE TABLE pack_handings (
  id INTEGER PRIMARY KEY,
  pack_id INTEGER NOT NULL REFERENCES packs (id),
  receiver TEXT NOT NULL CONSTRAINT pack_receiver CHECK (length(trim(receiver)) >= 2),
  way TEXT NOT NULL CONSTRAINT pack_way CHECK (way IN ('hand', 'post', 'letters-system', 'file')),
  secretariat_number TEXT NOT NULL CONSTRAINT b133_handed_under_a_number
    CHECK (length(trim(secretariat_number)) BETWEEN 1 AND 40),
  handed_on TEXT NOT NULL CONSTRAINT pack_handed CHECK (handed_on IS date(handed_on)),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT pack_handing_has_passed CHECK (handed_on <= recorded_on)
) STRICT;
CREATE INDEX handings_of_pack ON pack_handings (pack_id, id);

CREATE TRIGGER packs_are_new BEFORE INSERT ON packs
WHEN EXISTS (SELECT 1 FROM packs WHERE id = NEW.id OR paper_id = NEW.paper_id
    OR (centre_id = NEW.centre_id AND year = NEW.year AND month = NEW.month AND nth = NEW.nth))
  OR NEW.nth <> 1 + (SELECT count(*) FROM packs
    WHERE centre_id = NEW.centre_id AND year = NEW.year AND month = NEW.month)
  OR NOT EXISTS (SELECT 1 FROM papers WHERE id = NEW.paper_id AND kind = 'monthly-pack'
    AND centre_id = NEW.centre_id AND act_id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
-- A pack has nothing of another month or centre, and no amount but that of the books.
CREATE TRIGGER b133_pack_agrees_with_books BEFORE INSERT ON packs
WHEN EXISTS (SELECT 1 FROM pack_rows r LEFT JOIN documented_entries d ON d.entry_id = r.entry_id
    WHERE r.pack_id = NEW.id AND (d.centre_id IS NOT NEW.centre_id OR d.list IS NOT r.list
      OR d.amount_rial IS NOT r.amount_rial
      OR NOT (d.entry_on BETWEEN NEW.from_on AND NEW.to_on
        OR (NEW.nth > 1 AND d.entry_on > NEW.to_on AND d.base_on BETWEEN NEW.from_on AND NEW.to_on))
      OR EXISTS (SELECT 1 FROM pack_rows o JOIN packs p ON p.id = o.pack_id
        WHERE o.entry_id = r.entry_id AND p.centre_id = NEW.centre_id
          AND p.year = NEW.year AND p.month = NEW.month)))
  OR (NEW.receipts_rial, NEW.payments_rial, NEW.deliveries_rial) IS NOT (
    SELECT coalesce(sum(amount_rial) FILTER (WHERE list = 'receipts'), 0),
      coalesce(sum(amount_rial) FILTER (WHERE list = 'payments'), 0),
      coalesce(sum(amount_rial) FILTER (WHERE list = 'deliveries'), 0)
    FROM pack_rows WHERE pack_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'b133_pack_agrees_with_books'); END;
-- Nothing of its month is left out of it, nor what took back what was sent before.
CREATE TRIGGER b133_pack_is_whole BEFORE INSERT ON packs
WHEN NEW.until_entry_id IS NOT (SELECT max(id) FROM entries)
  OR EXISTS (SELECT 1 FROM documented_entries d
    WHERE d.centre_id = NEW.centre_id AND d.entry_on BETWEEN NEW.from_on AND NEW.to_on
      AND d.amount_rial <> 0
      AND NOT EXISTS (SELECT 1 FROM pack_rows r LEFT JOIN packs p ON p.id = r.pack_id
        WHERE r.entry_id = d.entry_id AND (r.pack_id = NEW.id
          OR (p.centre_id = NEW.centre_id AND p.year = NEW.year AND p.month = NEW.month))))
  OR (NEW.nth > 1 AND EXISTS (SELECT 1 FROM entries e
    JOIN pack_rows r ON r.entry_id = e.reverses_entry_id
    JOIN packs p ON p.id = r.pack_id AND p.centre_id = NEW.centre_id
      AND p.year = NEW.year AND p.month = NEW.month
    WHERE e.centre_id = NEW.centre_id AND e.reverses_entry_id IS NOT NULL AND e.entry_on > NEW.to_on
      AND NOT EXISTS (SELECT 1 FROM pack_rows o JOIN packs q ON q.id = o.pack_id
        WHERE o.entry_id = e.id AND q.centre_id = NEW.centre_id
          AND q.year = NEW.year AND q.month = NEW.month)
      AND NOT EXISTS (SELECT 1 FROM pack_rows o WHERE o.entry_id = e.id AND o.pack_id = NEW.id)))
  OR NOT EXISTS (SELECT 1 FROM pack_rows WHERE pack_id = NEW.id
    UNION ALL SELECT 1 FROM pack_scans WHERE pack_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'b133_pack_is_whole'); END;
-- Sealed with a manifest among its files, and scans that are this centre's.
CREATE TRIGGER b133_pack_is_sealed BEFORE INSERT ON packs
WHEN NEW.seal IS NOT (SELECT sha256 FROM pack_files WHERE pack_id = NEW.id AND name = 'manifest.json')
  OR EXISTS (SELECT 1 FROM pack_scans s JOIN attachments a ON a.id = s.attachment_id
    WHERE s.pack_id = NEW.id AND a.centre_id IS NOT NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b133_pack_is_sealed'); END;
CREATE TRIGGER pack_rows_are_new BEFORE INSERT ON pack_rows
WHEN EXISTS (SELECT 1 FROM packs WHERE id = NEW.pack_id)
  OR EXISTS (SELECT 1 FROM pack_rows WHERE pack_id = NEW.pack_id AND entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
CREATE TRIGGER pack_files_are_new BEFORE INSERT ON pack_files
WHEN EXISTS (SELECT 1 FROM packs WHERE id = NEW.pack_id)
  OR EXISTS (SELECT 1 FROM pack_files WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM pack_files WHERE pack_id = NEW.pack_id AND name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
CREATE TRIGGER pack_scans_are_new BEFORE INSERT ON pack_scans
WHEN EXISTS (SELECT 1 FROM packs WHERE id = NEW.pack_id)
  OR EXISTS (SELECT 1 FROM pack_scans WHERE pack_id = NEW.pack_id AND attachment_id = NEW.attachment_id)
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
-- Nobody is handed what was not made yet.
CREATE TRIGGER b133_handed_once_made BEFORE INSERT ON pack_handings
WHEN EXISTS (SELECT 1 FROM pack_handings WHERE id >= NEW.id)
  OR NEW.handed_on < (SELECT issued_on FROM packs WHERE id = NEW.pack_id)
BEGIN SELECT RAISE(ABORT, 'b133_handed_once_made'); END;
CREATE TRIGGER packs_are_final_update BEFORE UPDATE ON packs
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
CREATE TRIGGER packs_are_final_delete BEFORE DELETE ON packs
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
CREATE TRIGGER pack_rows_are_final_update BEFORE UPDATE ON pack_rows
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
CREATE TRIGGER pack_rows_are_final_delete BEFORE DELETE ON pack_rows
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
CREATE TRIGGER pack_files_are_final_update BEFORE UPDATE ON pack_files
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
CREATE TRIGGER pack_files_are_final_delete BEFORE DELETE ON pack_files
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
CREATE TRIGGER pack_scans_are_final_update BEFORE UPDATE ON pack_scans
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
CREATE TRIGGER pack_scans_are_final_delete BEFORE DELETE ON pack_scans
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
CREATE TRIGGER pack_handings_are_final_update BEFORE UPDATE ON pack_handings
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
CREATE TRIGGER pack_handings_are_final_delete BEFORE DELETE ON pack_handings
BEGIN SELECT RAISE(ABORT, 'b133_packs_stay'); END;
