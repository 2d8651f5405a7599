/** Self-checks of the night of Eid: every gift is persons times the rate, every sum its gifts. */
import { asActsSay, type Check, either, first } from '../provinces/check.ts';

export const fitraChecks: Check[] = [
  {
    name: 'fitra-sums',
    run: either(
      first(
        `SELECT 'gift ' || f.donation_id || ' is not ' || f.persons || ' times its rate'
         FROM fitra_gifts f JOIN fitra_rates r ON r.id = f.rate_id
         JOIN donations d ON d.id = f.donation_id
         WHERE d.amount_rial <> f.persons * r.rate_rial OR d.entered_by <> f.clerk_id LIMIT 1`,
        `SELECT 'the sums of ' || day || ' are not its gifts' FROM (
           SELECT centre_id, day, clerk_id, fund, kind, gifts, persons, rial FROM fitra_sums
             WHERE gifts <> 0 OR rial <> 0
           EXCEPT
           SELECT f.centre_id, d.received_on, f.clerk_id, d.fund, d.kind, count(*), sum(f.persons),
             sum(d.amount_rial)
           FROM fitra_gifts f JOIN donations d ON d.id = f.donation_id
           JOIN receipts r ON r.donation_id = d.id
           WHERE NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)
           GROUP BY f.centre_id, d.received_on, f.clerk_id, d.fund, d.kind) LIMIT 1`,
        `SELECT 'gifts of clerk ' || f.clerk_id || ' stand in no sum' FROM fitra_gifts f
         JOIN donations d ON d.id = f.donation_id WHERE NOT EXISTS (SELECT 1 FROM fitra_sums s
           WHERE s.centre_id = f.centre_id AND s.day = d.received_on AND s.clerk_id = f.clerk_id
             AND s.fund = d.fund AND s.kind = d.kind) LIMIT 1`,
      ),
      first(
        `SELECT 'the difference of clerk count ' || c.count_id || ' is not what its entry books'
         FROM fitra_count_confirmations c JOIN fitra_counts n ON n.id = c.count_id
         WHERE c.entry_id IS NOT NULL AND n.expected_rial - c.total_rial IS NOT (
           SELECT sum(debit_rial - credit_rial) FROM entry_lines
           WHERE entry_id = c.entry_id AND account = '8101' AND fund = c.fund) LIMIT 1`,
      ),
      asActsSay(
        {
          ...{ table: 'fitra_counts', kind: 'fitra-cash.counted', by: 'counted_by' },
          ...{ on: 'counted_on', subject: "'fitra-counts/' || t.id" },
          says: { totalRial: 't.total_rial', expectedRial: 't.expected_rial' },
        },
        {
          ...{ table: 'fitra_count_confirmations', kind: 'fitra-cash.confirmed' },
          ...{ by: 'confirmed_by', on: 'confirmed_on', subject: "'fitra-counts/' || t.count_id" },
          says: { totalRial: 't.total_rial' },
        },
        {
          ...{ table: 'fitra_rates', kind: 'fitra-rate.set' },
          says: { rateRial: 't.rate_rial', staple: 't.staple', fromOn: 't.from_on' },
        },
      ),
    ),
  },
];
