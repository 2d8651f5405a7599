-- Promises of donors, sponsors of one child or household, and the committee's ten per cent.

-- A promise books nothing; how often and when it falls due is counted from its first day.
CREATE TABLE pledges (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  number INTEGER NOT NULL,
  donor_id INTEGER NOT NULL REFERENCES donors (id),
  fund TEXT NOT NULL REFERENCES funds (code),
  -- What is promised each time: rials, or goods in words.
  amount_rial INTEGER CONSTRAINT pledge_amount CHECK (amount_rial BETWEEN 1 AND 99999999999999),
  goods TEXT,
  repeats TEXT NOT NULL CONSTRAINT pledge_repeats CHECK (repeats IN ('once', 'monthly', 'yearly')),
  first_on TEXT NOT NULL CONSTRAINT pledge_first CHECK (first_on IS date(first_on)),
  last_on TEXT CONSTRAINT pledge_last
    CHECK (last_on IS NULL OR (last_on IS date(last_on) AND last_on >= first_on)),
  -- B-36: the code of the one child or household whose sponsor this donor is; never a name.
  sponsored_code TEXT CONSTRAINT sponsored_code_is_code CHECK (sponsored_code IS NULL
    OR (length(sponsored_code) BETWEEN 1 AND 20 AND sponsored_code NOT GLOB '*[^0-9A-Z-]*')),
  made_on TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT pledge_number_once UNIQUE (centre_id, number),
  CONSTRAINT pledge_of_one_thing CHECK ((amount_rial IS NULL) <> (goods IS NULL)),
  CONSTRAINT pledge_goods_are_told CHECK (goods IS NULL OR length(trim(goods)) >= 2),
  CONSTRAINT pledge_once_has_no_end CHECK (repeats <> 'once' OR last_on IS NULL),
  CONSTRAINT pledge_donor_of_the_centre CHECK (donor_id >> 32 = centre_id),
  CONSTRAINT sponsor_gives_money_for_orphans
    CHECK (sponsored_code IS NULL OR (fund = 'orphans' AND amount_rial IS NOT NULL))
) STRICT;
CREATE INDEX pledges_of_donor ON pledges (donor_id);
CREATE INDEX pledges_of_child ON pledges (centre_id, sponsored_code)
WHERE sponsored_code IS NOT NULL;
CREATE TRIGGER pledges_follow BEFORE INSERT ON pledges
WHEN EXISTS (SELECT 1 FROM pledges WHERE id = NEW.id)
  OR NEW.number IS NOT 1 + coalesce((SELECT max(number) FROM pledges
    WHERE centre_id = NEW.centre_id), 0)
BEGIN SELECT RAISE(ABORT, 'pledges_are_final'); END;
CREATE TRIGGER pledge_in_a_fund_that_takes BEFORE INSERT ON pledges
WHEN NOT EXISTS (SELECT 1 FROM fund_versions WHERE takes_gifts = 1
    AND id = (SELECT id FROM fund_versions
      WHERE fund = NEW.fund AND from_on <= NEW.made_on ORDER BY version DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'gift_in_a_fund_that_takes'); END;
CREATE TRIGGER pledges_are_final_update BEFORE UPDATE ON pledges
BEGIN SELECT RAISE(ABORT, 'pledges_are_final'); END;
CREATE TRIGGER pledges_are_final_delete BEFORE DELETE ON pledges
BEGIN SELECT RAISE(ABORT, 'pledges_are_final'); END;

CREATE TABLE pledge_ends (
  pledge_id INTEGER PRIMARY KEY REFERENCES pledges (id),
  reason TEXT NOT NULL CONSTRAINT pledge_end_reason CHECK (length(trim(reason)) >= 3),
  ended_on TEXT NOT NULL,
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER pledge_ends_are_new BEFORE INSERT ON pledge_ends
WHEN EXISTS (SELECT 1 FROM pledge_ends WHERE pledge_id = NEW.pledge_id)
BEGIN SELECT RAISE(ABORT, 'pledge_ends_are_final'); END;
CREATE TRIGGER pledge_ends_are_final_update BEFORE UPDATE ON pledge_ends
BEGIN SELECT RAISE(ABORT, 'pledge_ends_are_final'); END;
CREATE TRIGGER pledge_ends_are_final_delete BEFORE DELETE ON pledge_ends
BEGIN SELECT RAISE(ABORT, 'pledge_ends_are_final'); END;

-- Which promise a gift keeps; one gift keeps one. That of a sponsor is said as the gift is entered,
-- for it decides what is booked; any other may be said later.
CREATE TABLE pledge_gifts (
  donation_id INTEGER PRIMARY KEY REFERENCES donations (id),
  pledge_id INTEGER NOT NULL REFERENCES pledges (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX pledge_gifts_of_pledge ON pledge_gifts (pledge_id);
CREATE TRIGGER pledge_gifts_are_of_the_pledge BEFORE INSERT ON pledge_gifts
WHEN EXISTS (SELECT 1 FROM pledge_gifts WHERE donation_id = NEW.donation_id)
  OR EXISTS (SELECT 1 FROM pledge_ends WHERE pledge_id = NEW.pledge_id)
  OR NOT EXISTS (SELECT 1 FROM donations d JOIN pledges p ON p.id = NEW.pledge_id
    WHERE d.id = NEW.donation_id AND d.donor_id = p.donor_id
      AND (d.kind = 'goods') = (p.goods IS NOT NULL)
      AND (d.fund = p.fund OR EXISTS (SELECT 1 FROM gift_funds
        WHERE donation_id = d.id AND fund = p.fund)))
  OR EXISTS (SELECT 1 FROM receipts r JOIN receipt_cancellations c ON c.receipt_id = r.id
    WHERE r.donation_id = NEW.donation_id)
BEGIN SELECT RAISE(ABORT, 'pledge_gifts_are_of_the_pledge'); END;
CREATE TRIGGER b81_sponsored_gift_is_whole BEFORE INSERT ON pledge_gifts
WHEN EXISTS (SELECT 1 FROM pledges WHERE id = NEW.pledge_id AND sponsored_code IS NOT NULL)
  AND (EXISTS (SELECT 1 FROM receipts WHERE donation_id = NEW.donation_id)
    OR EXISTS (SELECT 1 FROM gift_funds WHERE donation_id = NEW.donation_id)
    OR NOT EXISTS (SELECT 1 FROM donations WHERE id = NEW.donation_id AND fund = 'orphans'
      AND kind IN ('cash', 'card', 'transfer', 'cheque')))
BEGIN SELECT RAISE(ABORT, 'b81_sponsored_gift_is_whole'); END;
CREATE TRIGGER pledge_gifts_are_final_update BEFORE UPDATE ON pledge_gifts
BEGIN SELECT RAISE(ABORT, 'pledge_gifts_are_final'); END;
CREATE TRIGGER pledge_gifts_are_final_delete BEFORE DELETE ON pledge_gifts
BEGIN SELECT RAISE(ABORT, 'pledge_gifts_are_final'); END;

-- A sponsor's gift is held whole under the code (3104, the code in its line's detail), and no other
-- gift is held there.
CREATE TRIGGER b81_sponsored_gift_is_held BEFORE INSERT ON entries
WHEN NEW.source = 'donation' AND coalesce((
    SELECT p.sponsored_code || ' ' || d.amount_rial FROM pledge_gifts g
    JOIN pledges p ON p.id = g.pledge_id AND p.sponsored_code IS NOT NULL
    JOIN donations d ON d.id = g.donation_id WHERE g.donation_id = NEW.donation_id), '')
  <> coalesce((SELECT group_concat(coalesce(detail, '') || ' ' || credit_rial)
    FROM entry_lines WHERE entry_id = NEW.id AND account = '3104' AND credit_rial > 0), '')
BEGIN SELECT RAISE(ABORT, 'b81_sponsored_gift_is_held'); END;
-- What is held of each code: gifts that name it, less what names it as it is passed on or taken back.
CREATE VIEW sponsored_money AS
SELECT e.centre_id, l.detail AS code,
  sum(iif(e.source = 'donation', l.credit_rial, 0)
    - iif(e.source = 'reversal' AND r.source = 'donation', l.debit_rial, 0)) AS received_rial,
  sum(l.credit_rial - l.debit_rial) AS held_rial
FROM entry_lines l JOIN entries e ON e.id = l.entry_id
LEFT JOIN entries r ON r.id = e.reverses_entry_id
WHERE l.account = '3104' AND l.fund = 'orphans' AND l.detail IS NOT NULL
  AND e.source NOT IN ('opening', 'closing', 'conversion')
  AND NOT (e.source = 'reversal' AND coalesce(r.source IN ('opening', 'closing', 'conversion'), 0))
GROUP BY e.centre_id, l.detail;
-- Money in one child's name goes to no other: who takes from 3104 by hand says whose it is, and
-- nobody takes more than is held of it. A payment may name the gift instead.
CREATE TRIGGER b81_no_other_childs_money BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('opening', 'closing', 'conversion')
  AND NOT (NEW.source = 'reversal' AND coalesce((SELECT source IN ('opening', 'closing',
    'conversion', 'payment') FROM entries WHERE id = NEW.reverses_entry_id), 0))
  AND EXISTS (SELECT 1 FROM (SELECT detail, sum(debit_rial - credit_rial) AS taken
      FROM entry_lines WHERE entry_id = NEW.id AND account = '3104' AND fund = 'orphans'
      GROUP BY detail) t
    WHERE t.taken > 0 AND NOT (t.detail IS NULL AND NEW.source = 'payment')
      -- The lines of this entry are not counted yet: it is not there.
      AND t.taken > coalesce((SELECT held_rial FROM sponsored_money
        WHERE centre_id = NEW.centre_id AND code = t.detail), 0))
BEGIN SELECT RAISE(ABORT, 'b81_no_other_childs_money'); END;

-- What the committee pays on top of what a centre collects, in ten-thousandths, from a day on.
CREATE TABLE committee_rates (
  id INTEGER PRIMARY KEY,
  from_on TEXT NOT NULL CONSTRAINT committee_rate_day CHECK (from_on IS date(from_on)),
  rate_bp INTEGER NOT NULL CONSTRAINT committee_rate CHECK (rate_bp BETWEEN 0 AND 10000),
  source TEXT NOT NULL CONSTRAINT committee_rate_source CHECK (length(trim(source)) >= 3),
  -- The one that the program brings has no act.
  act_id INTEGER REFERENCES acts (id)
) STRICT;
-- Said on 23 Mehr 1404.
INSERT INTO committee_rates (from_on, rate_bp, source)
VALUES ('2025-10-15', 1000, 'خبرگزاری مهر، ۶۶۲۳۷۳۲');
CREATE TRIGGER committee_rates_are_new BEFORE INSERT ON committee_rates
WHEN EXISTS (SELECT 1 FROM committee_rates WHERE id = NEW.id) OR NEW.act_id IS NULL
BEGIN SELECT RAISE(ABORT, 'committee_rates_are_final'); END;
CREATE TRIGGER committee_rates_are_final_update BEFORE UPDATE ON committee_rates
BEGIN SELECT RAISE(ABORT, 'committee_rates_are_final'); END;
CREATE TRIGGER committee_rates_are_final_delete BEFORE DELETE ON committee_rates
BEGIN SELECT RAISE(ABORT, 'committee_rates_are_final'); END;

-- The letter by which the committee paid; its gift is a transfer into its own fund.
CREATE TABLE committee_gifts (
  donation_id INTEGER PRIMARY KEY REFERENCES donations (id),
  letter_number TEXT NOT NULL CONSTRAINT committee_letter CHECK (length(trim(letter_number)) >= 1),
  letter_on TEXT NOT NULL CONSTRAINT committee_letter_day CHECK (letter_on IS date(letter_on)),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER committee_gifts_are_the_committees BEFORE INSERT ON committee_gifts
WHEN EXISTS (SELECT 1 FROM committee_gifts WHERE donation_id = NEW.donation_id)
  OR NOT EXISTS (SELECT 1 FROM donations WHERE id = NEW.donation_id
    AND fund = 'committee-share' AND kind = 'transfer' AND received_on >= NEW.letter_on)
BEGIN SELECT RAISE(ABORT, 'committee_gifts_are_the_committees'); END;
CREATE TRIGGER committee_gifts_are_final_update BEFORE UPDATE ON committee_gifts
BEGIN SELECT RAISE(ABORT, 'committee_gifts_are_final'); END;
CREATE TRIGGER committee_gifts_are_final_delete BEFORE DELETE ON committee_gifts
BEGIN SELECT RAISE(ABORT, 'committee_gifts_are_final'); END;
