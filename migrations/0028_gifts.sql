-- What becomes of gifts that are not money in the hand: cheques until they are cleared, deposits until
-- their giver is known, cards in somebody's memory, and batches that are entered whole or not at all.

-- B-118: what comes by the bank comes to the centre's own account.
CREATE TRIGGER b118_account_before_bank_gift BEFORE INSERT ON donations
WHEN NEW.kind IN ('card', 'transfer')
  AND NOT EXISTS (SELECT 1 FROM bank_accounts WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b118_account_before_bank_gift'); END;

-- A bank's number is figures only, and says one gift: the same again is the same money.
CREATE TRIGGER gift_reference_is_figures BEFORE INSERT ON gift_references
WHEN NEW.reference GLOB '*[^0-9]*' OR length(NEW.reference) > 30
BEGIN SELECT RAISE(ABORT, 'gift_reference_is_figures'); END;
CREATE TRIGGER gift_reference_once BEFORE INSERT ON donations
WHEN NEW.kind IN ('card', 'transfer', 'cheque') AND EXISTS (
  SELECT 1 FROM gift_references n
  JOIN gift_references g ON g.reference = n.reference AND g.bank IS n.bank
  JOIN donations d ON d.id = g.donation_id AND d.centre_id = NEW.centre_id AND d.kind = NEW.kind
  WHERE n.donation_id = NEW.id AND NOT EXISTS (SELECT 1 FROM receipts r
    JOIN receipt_cancellations c ON c.receipt_id = r.id WHERE r.donation_id = d.id))
BEGIN SELECT RAISE(ABORT, 'gift_reference_once'); END;
CREATE TRIGGER gift_part_in_a_fund_that_takes BEFORE INSERT ON donations
WHEN EXISTS (SELECT 1 FROM gift_funds p JOIN fund_versions v ON v.fund = p.fund
  WHERE p.donation_id = NEW.id AND v.takes_gifts = 0 AND v.version = (SELECT max(version)
    FROM fund_versions WHERE fund = p.fund AND from_on <= NEW.received_on))
BEGIN SELECT RAISE(ABORT, 'gift_in_a_fund_that_takes'); END;
CREATE INDEX gift_parts_of_fund ON gift_funds (fund, donation_id);
-- Goods lie in a store under one intention, lot by lot.
CREATE TRIGGER goods_have_one_intention BEFORE INSERT ON donations
WHEN NEW.kind = 'goods' AND EXISTS (SELECT 1 FROM gift_funds WHERE donation_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'goods_have_one_intention'); END;
CREATE TRIGGER expired_goods_are_no_gift BEFORE INSERT ON donations
WHEN NEW.kind = 'goods' AND EXISTS (SELECT 1 FROM gift_items
  WHERE donation_id = NEW.id AND expires_on < NEW.received_on)
BEGIN SELECT RAISE(ABORT, 'expired_goods_are_no_gift'); END;
CREATE TRIGGER b98_goods_not_for_the_mosque BEFORE INSERT ON gift_items
WHEN EXISTS (SELECT 1 FROM mosque_purposes
  WHERE substr(replace(replace(NEW.name, ' ', ''), char(8204), '') || '$', 1, length(beginning))
    = beginning)
BEGIN SELECT RAISE(ABORT, 'b98_goods_not_for_the_mosque'); END;
CREATE TRIGGER b98_service_not_for_the_mosque BEFORE INSERT ON gift_services
WHEN EXISTS (SELECT 1 FROM mosque_purposes
  WHERE substr(replace(replace(NEW.description, ' ', ''), char(8204), '') || '$', 1,
    length(beginning)) = beginning)
BEGIN SELECT RAISE(ABORT, 'b98_service_not_for_the_mosque'); END;

-- The entry of a gift debits what its kind is: the cash box, the bank, cheques, stores, services. One
-- that was matched takes the money out of what was unidentified first.
CREATE TRIGGER gift_entry_is_of_its_kind BEFORE INSERT ON entries
WHEN NEW.source = 'donation' AND NOT coalesce((
  SELECT d.centre_id = NEW.centre_id AND d.amount_rial = sum(iif(CASE d.kind
      WHEN 'cash' THEN l.account = '1101' WHEN 'cheque' THEN l.account = '1105'
      WHEN 'goods' THEN l.account GLOB '130[1-6]' WHEN 'service' THEN l.account = '6110'
      ELSE l.account = '1102' END, l.debit_rial, 0))
    AND sum(l.debit_rial) = d.amount_rial + sum(iif(l.account = '3105', l.debit_rial, 0))
  FROM donations d JOIN entry_lines l ON l.entry_id = NEW.id
  WHERE d.id = NEW.donation_id GROUP BY d.id), 0)
BEGIN SELECT RAISE(ABORT, 'gift_entry_is_of_its_kind'); END;

-- A cheque on its way. One that bounced or was given back takes its receipt with it; how it stands is
-- told by the view below.
CREATE TABLE cheque_events (
  id INTEGER PRIMARY KEY,
  donation_id INTEGER NOT NULL REFERENCES donations (id),
  position INTEGER NOT NULL,
  state TEXT NOT NULL
    CONSTRAINT cheque_state CHECK (state IN ('deposited', 'cleared', 'bounced', 'returned')),
  happened_on TEXT NOT NULL,
  note TEXT,
  -- What it did in the books; a deposited cheque is no money yet.
  entry_id INTEGER REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  recorded_at TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT cheque_event_once UNIQUE (donation_id, position),
  CONSTRAINT cheque_event_has_entry CHECK ((state = 'deposited') = (entry_id IS NULL)),
  CONSTRAINT cheque_event_not_in_future CHECK (happened_on <= date(recorded_at, '+210 minutes')),
  CONSTRAINT cheque_loss_has_reason CHECK (
    state NOT IN ('bounced', 'returned') OR coalesce(length(trim(note)), 0) >= 3)
) STRICT;
CREATE INDEX cheque_events_of_entry ON cheque_events (entry_id) WHERE entry_id IS NOT NULL;

-- A clearing whose entry was taken back did not happen: the cheque is where it was before.
CREATE VIEW cheques AS
SELECT d.id AS donation_id, d.centre_id, d.amount_rial, d.received_on, d.donor_id,
  g.reference, g.bank, g.due_on, r.id AS receipt_id, r.year, r.number, x.cancelled_on,
  CASE
    WHEN x.receipt_id IS NOT NULL THEN coalesce((SELECT state FROM cheque_events
      WHERE donation_id = d.id AND state IN ('bounced', 'returned')), 'returned')
    WHEN EXISTS (SELECT 1 FROM cheque_events e WHERE e.donation_id = d.id AND e.state = 'cleared'
      AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = e.entry_id)) THEN 'cleared'
    WHEN EXISTS (SELECT 1 FROM cheque_events WHERE donation_id = d.id AND state = 'deposited')
      THEN 'deposited'
    ELSE 'received'
  END AS state
FROM donations d JOIN gift_references g ON g.donation_id = d.id
JOIN receipts r ON r.donation_id = d.id
LEFT JOIN receipt_cancellations x ON x.receipt_id = r.id
WHERE d.kind = 'cheque';

CREATE TRIGGER cheque_events_follow BEFORE INSERT ON cheque_events
WHEN EXISTS (SELECT 1 FROM cheque_events WHERE id = NEW.id)
  OR NEW.position IS NOT 1 + coalesce(
    (SELECT max(position) FROM cheque_events WHERE donation_id = NEW.donation_id), 0)
  OR NOT coalesce((SELECT CASE NEW.state
      WHEN 'deposited' THEN state = 'received'
      WHEN 'cleared' THEN state IN ('received', 'deposited')
      -- Its receipt was cancelled just before, in the same deed.
      ELSE cancelled_on = date(NEW.recorded_at, '+210 minutes') AND NEW.entry_id = (
        SELECT entry_id FROM receipt_cancellations WHERE receipt_id = cheques.receipt_id)
        AND NOT EXISTS (SELECT 1 FROM cheque_events
          WHERE donation_id = NEW.donation_id AND state IN ('bounced', 'returned'))
    END AND NEW.happened_on >= received_on
    FROM cheques WHERE donation_id = NEW.donation_id), 0)
BEGIN SELECT RAISE(ABORT, 'cheque_events_follow'); END;
CREATE TRIGGER b118_account_before_clearing BEFORE INSERT ON cheque_events
WHEN NEW.state IN ('deposited', 'cleared') AND NOT EXISTS (SELECT 1 FROM bank_accounts
  WHERE centre_id = (SELECT centre_id FROM donations WHERE id = NEW.donation_id))
BEGIN SELECT RAISE(ABORT, 'b118_account_before_bank_gift'); END;
-- A bank pays no cheque before its day.
CREATE TRIGGER cheque_is_paid_on_its_day BEFORE INSERT ON cheque_events
WHEN NEW.state IN ('cleared', 'bounced')
  AND NEW.happened_on < (SELECT due_on FROM gift_references WHERE donation_id = NEW.donation_id)
BEGIN SELECT RAISE(ABORT, 'cheque_is_paid_on_its_day'); END;
CREATE TRIGGER cheque_events_are_final_update BEFORE UPDATE ON cheque_events
BEGIN SELECT RAISE(ABORT, 'cheque_events_are_final'); END;
CREATE TRIGGER cheque_events_are_final_delete BEFORE DELETE ON cheque_events
BEGIN SELECT RAISE(ABORT, 'cheque_events_are_final'); END;

-- What lies in cheques is no money: only clearing takes it out, or the loss of the cheque itself.
CREATE TRIGGER cheque_is_no_money_until_cleared BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('cheque', 'donation', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id AND account = '1105')
  AND NOT (NEW.source = 'reversal' AND coalesce((
    SELECT e.source = 'cheque' OR (e.source = 'donation' AND (SELECT state FROM cheques
      WHERE donation_id = e.donation_id) IN ('received', 'deposited'))
    FROM entries e WHERE e.id = NEW.reverses_entry_id), 0))
BEGIN SELECT RAISE(ABORT, 'cheque_is_no_money_until_cleared'); END;
CREATE TRIGGER gift_takes_nothing_from_cheques BEFORE INSERT ON entries
WHEN NEW.source = 'donation' AND EXISTS (SELECT 1 FROM entry_lines
  WHERE entry_id = NEW.id AND account = '1105' AND credit_rial > 0)
BEGIN SELECT RAISE(ABORT, 'cheque_is_no_money_until_cleared'); END;
CREATE TRIGGER cheque_entry_clears_it BEFORE INSERT ON entries
WHEN NEW.source = 'cheque' AND NOT coalesce((
  SELECT d.centre_id = NEW.centre_id AND e.happened_on = NEW.entry_on
    AND (SELECT sum(credit_rial) FROM entry_lines
      WHERE entry_id = NEW.id AND account = '1105') = d.amount_rial
    AND (SELECT sum(debit_rial) FROM entry_lines
      WHERE entry_id = NEW.id AND account = '1102') = d.amount_rial
    AND NOT EXISTS (SELECT 1 FROM entry_lines
      WHERE entry_id = NEW.id AND account NOT IN ('1102', '1105'))
    AND NOT EXISTS (SELECT fund, credit_rial FROM entry_lines
      WHERE entry_id = NEW.id AND account = '1105'
      EXCEPT SELECT l.fund, l.debit_rial FROM receipts r JOIN entry_lines l ON l.entry_id = r.entry_id
      WHERE r.donation_id = d.id AND l.account = '1105')
  FROM cheque_events e JOIN donations d ON d.id = e.donation_id
  WHERE e.entry_id = NEW.id AND e.state = 'cleared'), 0)
BEGIN SELECT RAISE(ABORT, 'cheque_entry_clears_it'); END;

-- Money that came to the account and nobody knows from whom: it is held until its giver is found.
CREATE TABLE deposits (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  reference TEXT NOT NULL CONSTRAINT deposit_reference
    CHECK (length(reference) BETWEEN 1 AND 30 AND reference NOT GLOB '*[^0-9]*'),
  deposited_on TEXT NOT NULL,
  amount_rial INTEGER NOT NULL
    CONSTRAINT deposit_amount CHECK (amount_rial BETWEEN 1 AND 99999999999999),
  -- What the bank says of it.
  words TEXT,
  entry_id INTEGER NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  recorded_at TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT deposit_not_in_future CHECK (deposited_on <= date(recorded_at, '+210 minutes'))
) STRICT;
CREATE INDEX deposits_of_centre ON deposits (centre_id, deposited_on, id);
CREATE INDEX deposits_by_reference ON deposits (centre_id, reference);
CREATE INDEX deposits_of_entry ON deposits (entry_id);
-- The gift that a deposit was found to be; a cancelled receipt leaves it unidentified again.
CREATE TABLE deposit_matches (
  donation_id INTEGER PRIMARY KEY REFERENCES donations (id) DEFERRABLE INITIALLY DEFERRED,
  deposit_id INTEGER NOT NULL REFERENCES deposits (id)
) STRICT;
CREATE INDEX matches_of_deposit ON deposit_matches (deposit_id);

CREATE TRIGGER b118_account_before_deposit BEFORE INSERT ON deposits
WHEN NOT EXISTS (SELECT 1 FROM bank_accounts WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b118_account_before_bank_gift'); END;
CREATE TRIGGER deposit_once BEFORE INSERT ON deposits
WHEN EXISTS (SELECT 1 FROM deposits WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM deposits d WHERE d.centre_id = NEW.centre_id
    AND d.reference = NEW.reference
    AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id))
  OR EXISTS (SELECT 1 FROM gift_references g JOIN donations d ON d.id = g.donation_id
    JOIN receipts r ON r.donation_id = d.id
    WHERE g.reference = NEW.reference AND d.centre_id = NEW.centre_id AND d.kind = 'transfer'
      AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id))
BEGIN SELECT RAISE(ABORT, 'deposit_once'); END;
CREATE TRIGGER deposits_are_final_update BEFORE UPDATE ON deposits
BEGIN SELECT RAISE(ABORT, 'deposits_are_final'); END;
CREATE TRIGGER deposits_are_final_delete BEFORE DELETE ON deposits
BEGIN SELECT RAISE(ABORT, 'deposits_are_final'); END;

CREATE TRIGGER deposit_is_matched_once BEFORE INSERT ON deposit_matches
WHEN EXISTS (SELECT 1 FROM donations WHERE id = NEW.donation_id)
  OR EXISTS (SELECT 1 FROM deposit_matches m WHERE m.donation_id = NEW.donation_id
    OR (m.deposit_id = NEW.deposit_id AND NOT EXISTS (SELECT 1 FROM receipts r
      JOIN receipt_cancellations c ON c.receipt_id = r.id WHERE r.donation_id = m.donation_id)))
  OR EXISTS (SELECT 1 FROM deposits d JOIN entries e ON e.reverses_entry_id = d.entry_id
    WHERE d.id = NEW.deposit_id)
BEGIN SELECT RAISE(ABORT, 'deposit_is_matched_once'); END;
CREATE TRIGGER deposit_matches_are_final_update BEFORE UPDATE ON deposit_matches
BEGIN SELECT RAISE(ABORT, 'deposits_are_final'); END;
CREATE TRIGGER deposit_matches_are_final_delete BEFORE DELETE ON deposit_matches
BEGIN SELECT RAISE(ABORT, 'deposits_are_final'); END;
-- A deposit that waits for its giver is matched, and not entered a second time as another transfer.
CREATE TRIGGER gift_is_the_deposit_it_matches BEFORE INSERT ON donations
WHEN NEW.kind = 'transfer' AND EXISTS (
  SELECT 1 FROM gift_references g JOIN deposits d
    ON d.centre_id = NEW.centre_id AND d.reference = g.reference
  WHERE g.donation_id = NEW.id
    AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id)
    AND NOT EXISTS (SELECT 1 FROM deposit_matches m
      WHERE m.deposit_id = d.id AND m.donation_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'deposit_is_matched_once'); END;
CREATE TRIGGER matched_gift_is_its_deposit BEFORE INSERT ON donations
WHEN EXISTS (SELECT 1 FROM deposit_matches WHERE donation_id = NEW.id) AND NOT EXISTS (
  SELECT 1 FROM deposit_matches m JOIN deposits d ON d.id = m.deposit_id
  JOIN gift_references g ON g.donation_id = NEW.id AND g.reference = d.reference
  WHERE m.donation_id = NEW.id AND NEW.kind = 'transfer' AND d.centre_id = NEW.centre_id
    AND d.amount_rial = NEW.amount_rial AND d.deposited_on = NEW.received_on)
BEGIN SELECT RAISE(ABORT, 'matched_gift_is_its_deposit'); END;

-- What is unidentified is moved by its own deeds only, and leaves with the gift that it was.
CREATE TRIGGER unidentified_by_its_own_deeds BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines
    WHERE entry_id = NEW.id AND (fund = 'unidentified' OR account = '3105'))
  AND NOT CASE NEW.source
    WHEN 'deposit' THEN 1
    WHEN 'donation' THEN (SELECT d.amount_rial FROM deposit_matches m
        JOIN deposits d ON d.id = m.deposit_id WHERE m.donation_id = NEW.donation_id)
      IS (SELECT sum(debit_rial) FROM entry_lines
        WHERE entry_id = NEW.id AND account = '3105' AND fund = 'unidentified')
    WHEN 'reversal' THEN (SELECT source FROM entries WHERE id = NEW.reverses_entry_id)
      IN ('deposit', 'donation')
    ELSE 0 END
BEGIN SELECT RAISE(ABORT, 'unidentified_by_its_own_deeds'); END;
CREATE TRIGGER matched_gift_leaves_unidentified BEFORE INSERT ON entries
WHEN NEW.source = 'donation'
  AND EXISTS (SELECT 1 FROM deposit_matches WHERE donation_id = NEW.donation_id)
  AND NOT EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id AND account = '3105')
BEGIN SELECT RAISE(ABORT, 'unidentified_by_its_own_deeds'); END;
CREATE TRIGGER deposit_entry_is_its_own BEFORE INSERT ON entries
WHEN NEW.source = 'deposit' AND (
  NOT EXISTS (SELECT 1 FROM deposits WHERE entry_id = NEW.id AND centre_id = NEW.centre_id
    AND deposited_on = NEW.entry_on AND amount_rial = (SELECT sum(debit_rial) FROM entry_lines
      WHERE entry_id = NEW.id AND account = '1102'))
  OR EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id
    AND (fund <> 'unidentified' OR account <> iif(debit_rial > 0, '1102', '3105'))))
BEGIN SELECT RAISE(ABORT, 'deposit_entry_is_its_own'); END;
CREATE TRIGGER matched_deposit_stays BEFORE INSERT ON entries
WHEN NEW.source = 'reversal' AND EXISTS (SELECT 1 FROM deposits d
  JOIN deposit_matches m ON m.deposit_id = d.id JOIN receipts r ON r.donation_id = m.donation_id
  WHERE d.entry_id = NEW.reverses_entry_id
    AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id))
BEGIN SELECT RAISE(ABORT, 'matched_deposit_stays'); END;

-- A gift in somebody's memory or name, and the card that says so.
CREATE TABLE tributes (
  id INTEGER PRIMARY KEY,
  donation_id INTEGER NOT NULL REFERENCES donations (id),
  tribute TEXT NOT NULL CONSTRAINT tribute_kind
    CHECK (tribute IN ('memory', 'wreath', 'behalf', 'congratulation')),
  -- Whose memory or whose name it is.
  named TEXT NOT NULL CONSTRAINT tribute_named CHECK (length(trim(named)) > 0),
  occasion TEXT,
  -- To whom the card is handed.
  addressee TEXT NOT NULL CONSTRAINT tribute_addressee CHECK (length(trim(addressee)) > 0),
  shows_giver INTEGER NOT NULL CONSTRAINT tribute_giver_yes_no CHECK (shows_giver IN (0, 1)),
  shows_amount INTEGER NOT NULL CONSTRAINT tribute_amount_yes_no CHECK (shows_amount IN (0, 1)),
  issued_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL CONSTRAINT tribute_paper_once UNIQUE REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX tributes_of_gift ON tributes (donation_id, id);
CREATE TRIGGER tribute_of_a_gift_that_stands BEFORE INSERT ON tributes
WHEN EXISTS (SELECT 1 FROM tributes WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM receipts r JOIN donations d ON d.id = r.donation_id
    JOIN papers p ON p.id = NEW.paper_id AND p.kind = 'tribute' AND p.centre_id = d.centre_id
      AND p.act_id = NEW.act_id AND p.issued_on = NEW.issued_on
    WHERE r.donation_id = NEW.donation_id
      AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id))
BEGIN SELECT RAISE(ABORT, 'tribute_of_a_gift_that_stands'); END;
-- B-104: whoever asks not to be named is named on no card.
CREATE TRIGGER b104_tribute_names_nobody_unasked BEFORE INSERT ON tributes
WHEN NEW.shows_giver = 1 AND NOT EXISTS (SELECT 1 FROM donations d JOIN donors o ON o.id = d.donor_id
  WHERE d.id = NEW.donation_id AND o.may_be_named = 1)
BEGIN SELECT RAISE(ABORT, 'b104_tribute_names_nobody_unasked'); END;
CREATE TRIGGER tributes_are_final_update BEFORE UPDATE ON tributes
BEGIN SELECT RAISE(ABORT, 'tributes_are_final'); END;
CREATE TRIGGER tributes_are_final_delete BEFORE DELETE ON tributes
BEGIN SELECT RAISE(ABORT, 'tributes_are_final'); END;

-- Many gifts counted beforehand: nothing of a batch is a gift before both its sums agree, and then all
-- of it is, in one deed.
CREATE TABLE gift_batches (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  number INTEGER NOT NULL,
  words TEXT NOT NULL CONSTRAINT batch_words CHECK (length(trim(words)) > 0),
  received_on TEXT NOT NULL,
  control_count INTEGER NOT NULL CONSTRAINT batch_count CHECK (control_count BETWEEN 1 AND 5000),
  control_rial INTEGER NOT NULL
    CONSTRAINT batch_total CHECK (control_rial BETWEEN 1 AND 99999999999999),
  opened_at TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  state TEXT NOT NULL DEFAULT 'open'
    CONSTRAINT batch_state CHECK (state IN ('open', 'closed', 'withdrawn')),
  settled_at TEXT,
  settled_by INTEGER REFERENCES users (id),
  settled_act_id INTEGER REFERENCES acts (id),
  CONSTRAINT batch_number_once UNIQUE (centre_id, number),
  CONSTRAINT batch_settled_by_somebody CHECK ((state = 'open') = (settled_at IS NULL)
    AND (settled_at IS NULL) = (settled_by IS NULL)
    AND (settled_at IS NULL) = (settled_act_id IS NULL))
) STRICT;
-- A gift of the batch as it was typed; the gift it became stands beside it.
CREATE TABLE gift_batch_rows (
  batch_id INTEGER NOT NULL REFERENCES gift_batches (id),
  position INTEGER NOT NULL CONSTRAINT batch_row_position CHECK (position >= 1),
  amount_rial INTEGER NOT NULL
    CONSTRAINT batch_row_amount CHECK (amount_rial BETWEEN 1 AND 99999999999999),
  gift TEXT NOT NULL CONSTRAINT batch_row_is_json CHECK (json_valid(gift)),
  entered_at TEXT NOT NULL,
  entered_by INTEGER NOT NULL REFERENCES users (id),
  donation_id INTEGER CONSTRAINT batch_row_gift_once UNIQUE REFERENCES donations (id),
  PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER batches_follow BEFORE INSERT ON gift_batches
WHEN EXISTS (SELECT 1 FROM gift_batches WHERE id = NEW.id) OR NEW.state <> 'open'
  OR NEW.number IS NOT 1 + coalesce(
    (SELECT max(number) FROM gift_batches WHERE centre_id = NEW.centre_id), 0)
BEGIN SELECT RAISE(ABORT, 'batches_follow'); END;
CREATE TRIGGER batch_stays_as_declared BEFORE UPDATE ON gift_batches
WHEN OLD.state <> 'open' OR NEW.state = 'open'
  OR (NEW.id, NEW.centre_id, NEW.number, NEW.words, NEW.received_on, NEW.control_count,
      NEW.control_rial, NEW.opened_at, NEW.opened_by, NEW.act_id)
    IS NOT (OLD.id, OLD.centre_id, OLD.number, OLD.words, OLD.received_on, OLD.control_count,
      OLD.control_rial, OLD.opened_at, OLD.opened_by, OLD.act_id)
BEGIN SELECT RAISE(ABORT, 'batch_stays_as_declared'); END;
-- The count and the total that were declared first, and a gift that stands for every row.
CREATE TRIGGER batch_closes_when_both_agree BEFORE UPDATE ON gift_batches
WHEN NEW.state = 'closed' AND (
  (SELECT count(*) FROM gift_batch_rows WHERE batch_id = NEW.id) <> NEW.control_count
  OR (SELECT sum(amount_rial) FROM gift_batch_rows WHERE batch_id = NEW.id) <> NEW.control_rial
  OR EXISTS (SELECT 1 FROM gift_batch_rows w LEFT JOIN donations d ON d.id = w.donation_id
    WHERE w.batch_id = NEW.id
      AND (d.amount_rial IS NOT w.amount_rial OR d.centre_id IS NOT NEW.centre_id)))
BEGIN SELECT RAISE(ABORT, 'batch_closes_when_both_agree'); END;
CREATE TRIGGER batches_stay BEFORE DELETE ON gift_batches
BEGIN SELECT RAISE(ABORT, 'batch_stays_as_declared'); END;
CREATE TRIGGER batch_rows_while_open BEFORE INSERT ON gift_batch_rows
WHEN NEW.donation_id IS NOT NULL
  OR 'open' IS NOT (SELECT state FROM gift_batches WHERE id = NEW.batch_id)
  OR EXISTS (SELECT 1 FROM gift_batch_rows
    WHERE batch_id = NEW.batch_id AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'batch_rows_while_open'); END;
CREATE TRIGGER batch_rows_become_gifts BEFORE UPDATE ON gift_batch_rows
WHEN OLD.donation_id IS NOT NULL OR NEW.donation_id IS NULL
  OR 'open' IS NOT (SELECT state FROM gift_batches WHERE id = OLD.batch_id)
  OR (NEW.batch_id, NEW.position, NEW.amount_rial, NEW.gift, NEW.entered_at, NEW.entered_by)
    IS NOT (OLD.batch_id, OLD.position, OLD.amount_rial, OLD.gift, OLD.entered_at, OLD.entered_by)
BEGIN SELECT RAISE(ABORT, 'batch_rows_while_open'); END;
CREATE TRIGGER batch_rows_go_while_open BEFORE DELETE ON gift_batch_rows
WHEN OLD.donation_id IS NOT NULL
  OR 'open' IS NOT (SELECT state FROM gift_batches WHERE id = OLD.batch_id)
BEGIN SELECT RAISE(ABORT, 'batch_rows_while_open'); END;
