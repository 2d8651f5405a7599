-- What was found open beside gifts: a changed gift that is cancelled, an uncleared cheque that changes
-- its purpose, one bank payment under two numbers, and uses that a fund never had.

-- A gift whose money went to another purpose is not paid back out of what others gave.
CREATE TRIGGER b81_changed_gift_stays BEFORE INSERT ON receipt_cancellations
WHEN EXISTS (SELECT 1 FROM receipts r JOIN intention_changes c ON c.donation_id = r.donation_id
  WHERE r.id = NEW.receipt_id
    AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = c.entry_id))
BEGIN SELECT RAISE(ABORT, 'b81_changed_gift_stays'); END;
CREATE TRIGGER b81_changed_cheque_stays_cleared BEFORE INSERT ON entries
WHEN NEW.source = 'reversal' AND EXISTS (SELECT 1 FROM cheque_events v
  JOIN intention_changes c ON c.donation_id = v.donation_id
  WHERE v.entry_id = NEW.reverses_entry_id AND v.state = 'cleared'
    AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = c.entry_id))
BEGIN SELECT RAISE(ABORT, 'b81_changed_gift_stays'); END;

-- A cheque is no money before it is cleared, and nobody agrees to a change before he gave.
CREATE TRIGGER b81_change_of_money_only BEFORE INSERT ON intention_changes
WHEN EXISTS (SELECT 1 FROM donations d WHERE d.id = NEW.donation_id AND d.kind = 'cheque'
    AND (SELECT state FROM cheques WHERE donation_id = d.id) IS NOT 'cleared')
BEGIN SELECT RAISE(ABORT, 'b81_change_of_money_only'); END;
CREATE TRIGGER b81_consent_after_gift BEFORE INSERT ON intention_changes
WHEN NEW.consented_on < (SELECT received_on FROM donations WHERE id = NEW.donation_id)
BEGIN SELECT RAISE(ABORT, 'b81_consent_after_gift'); END;

-- The same money is known by its figures without the zeros before them. A transfer is known by them
-- alone where either tells no bank; a bank's name is the same with its gaps and doubling or without.
CREATE INDEX gifts_by_figures ON gift_references (ltrim(reference, '0'));
CREATE INDEX deposits_by_figures ON deposits (centre_id, ltrim(reference, '0'));
CREATE INDEX cheques_of_centre ON donations (centre_id, id) WHERE kind = 'cheque';
DROP TRIGGER gift_reference_once;
CREATE TRIGGER gift_reference_once BEFORE INSERT ON donations
WHEN NEW.kind IN ('card', 'transfer', 'cheque') AND EXISTS (
  SELECT 1 FROM gift_references n
  JOIN gift_references g ON ltrim(g.reference, '0') = ltrim(n.reference, '0')
    AND ((NEW.kind = 'transfer' AND (g.bank IS NULL OR n.bank IS NULL))
      OR replace(replace(replace(g.bank, ' ', ''), char(8204), ''), char(1617), '')
        IS replace(replace(replace(n.bank, ' ', ''), char(8204), ''), char(1617), ''))
  JOIN donations d ON d.id = g.donation_id AND d.centre_id = NEW.centre_id AND d.kind = NEW.kind
  WHERE n.donation_id = NEW.id AND NOT EXISTS (SELECT 1 FROM receipts r
    JOIN receipt_cancellations c ON c.receipt_id = r.id WHERE r.donation_id = d.id))
BEGIN SELECT RAISE(ABORT, 'gift_reference_once'); END;
DROP TRIGGER deposit_once;
CREATE TRIGGER deposit_once BEFORE INSERT ON deposits
WHEN EXISTS (SELECT 1 FROM deposits WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM deposits d WHERE d.centre_id = NEW.centre_id
    AND ltrim(d.reference, '0') = ltrim(NEW.reference, '0')
    AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id))
  OR EXISTS (SELECT 1 FROM gift_references g JOIN donations d ON d.id = g.donation_id
    JOIN receipts r ON r.donation_id = d.id
    WHERE ltrim(g.reference, '0') = ltrim(NEW.reference, '0') AND d.centre_id = NEW.centre_id
      AND d.kind = 'transfer'
      AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id))
BEGIN SELECT RAISE(ABORT, 'deposit_once'); END;
DROP TRIGGER gift_is_the_deposit_it_matches;
CREATE TRIGGER gift_is_the_deposit_it_matches BEFORE INSERT ON donations
WHEN NEW.kind = 'transfer' AND EXISTS (
  SELECT 1 FROM gift_references g JOIN deposits d
    ON d.centre_id = NEW.centre_id AND ltrim(d.reference, '0') = ltrim(g.reference, '0')
  WHERE g.donation_id = NEW.id
    AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id)
    AND NOT EXISTS (SELECT 1 FROM deposit_matches m
      WHERE m.deposit_id = d.id AND m.donation_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'deposit_is_matched_once'); END;

-- A batch is closed in one deed, so it is no larger than others can wait for.
CREATE TRIGGER batch_is_not_too_large BEFORE INSERT ON gift_batches
WHEN NEW.control_count > 500
BEGIN SELECT RAISE(ABORT, 'batch_count'); END;

-- What is decided of a fund holds soon, and opens programmes and running costs only: never what its
-- first version did not have of debts and of what is passed on.
CREATE TRIGGER b81_new_uses_are_programmes BEFORE INSERT ON fund_versions
WHEN NEW.act_id IS NOT NULL AND EXISTS (SELECT 1 FROM fund_uses u WHERE u.version_id = NEW.id
  AND u.account NOT GLOB '[67][0-9][0-9][0-9]'
  AND NOT EXISTS (SELECT 1 FROM fund_versions v JOIN fund_uses x ON x.version_id = v.id
    WHERE v.fund = NEW.fund AND v.version = 1 AND x.account = u.account))
BEGIN SELECT RAISE(ABORT, 'b81_new_uses_are_programmes'); END;
CREATE TRIGGER fund_version_holds_soon BEFORE INSERT ON fund_versions
WHEN NEW.act_id IS NOT NULL
  AND NEW.from_on > date((SELECT at FROM acts WHERE id = NEW.act_id), '+732 days')
BEGIN SELECT RAISE(ABORT, 'fund_version_holds_soon'); END;
