/** Self-checks of promises: gifts that keep them, and what is held in the name of one child. */
import { asActsSay, type Check, first } from '../provinces/check.ts';

export const pledgeChecks: Check[] = [
  {
    name: 'pledges',
    run: asActsSay(
      {
        ...{ table: 'pledges', kind: 'pledge.made', by: 'made_by', on: 'made_on' },
        subject: "'pledges/' || t.id",
        says: {
          ...{ number: 't.number', donor: 't.donor_id', fund: 't.fund', goods: 't.goods' },
          ...{ amountRial: 't.amount_rial', repeats: 't.repeats', firstOn: 't.first_on' },
          ...{ lastOn: 't.last_on', sponsoredCode: 't.sponsored_code' },
        },
      },
      {
        ...{ table: 'pledge_ends', kind: 'pledge.ended', by: 'ended_by', on: 'ended_on' },
        ...{ subject: "'pledges/' || t.pledge_id", says: { reason: 't.reason' } },
      },
      {
        ...{ table: 'pledge_reminders', kind: 'pledge.reminded', by: 'reminded_by' },
        ...{ on: 'reminded_on', subject: "'pledges/' || t.pledge_id" },
        says: { dueOn: 't.due_on', way: 't.way' },
      },
    ),
  },
  {
    name: 'pledge-gifts',
    run: first(
      `SELECT 'gift ' || g.donation_id || ' keeps the pledge of another'
       FROM pledge_gifts g JOIN donations d ON d.id = g.donation_id
       JOIN pledges p ON p.id = g.pledge_id WHERE d.donor_id IS NOT p.donor_id LIMIT 1`,
      `SELECT 'gift ' || g.donation_id || ' is not what act ' || g.act_id || ' says'
       FROM pledge_gifts g JOIN donations d ON d.id = g.donation_id
       LEFT JOIN acts a ON a.id = g.act_id
       WHERE NOT (a.kind = 'receipt.issued' AND g.act_id = d.act_id
           AND (a.after ->> '$.pledge') = g.pledge_id)
         AND NOT (a.kind = 'pledge.kept' AND a.subject = 'pledges/' || g.pledge_id
           AND (a.after ->> '$.donation') = g.donation_id) LIMIT 1`,
    ),
  },
  {
    name: 'sponsored-money',
    run: first(
      `SELECT 'gift ' || d.id || ' of a sponsor is not held under its code'
       FROM pledge_gifts g JOIN pledges p ON p.id = g.pledge_id
       JOIN donations d ON d.id = g.donation_id JOIN receipts r ON r.donation_id = d.id
       WHERE p.sponsored_code IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entry_lines
         WHERE entry_id = r.entry_id AND account = '3104' AND fund = 'orphans'
           AND detail = p.sponsored_code AND credit_rial = d.amount_rial) LIMIT 1`,
      `SELECT 'centre ' || centre_id || ' passed on more than it holds of ' || code
       FROM sponsored_money WHERE held_rial < 0 LIMIT 1`,
    ),
  },
  {
    name: 'committee-share',
    run: first(
      `SELECT 'gift ' || g.donation_id || ' is not the committee''s' FROM committee_gifts g
       JOIN donations d ON d.id = g.donation_id LEFT JOIN acts a ON a.id = g.act_id
       WHERE d.fund <> 'committee-share' OR d.kind <> 'transfer'
         OR a.kind IS NOT 'committee-share.received'
         OR (a.after ->> '$.letterNumber') IS NOT g.letter_number LIMIT 1`,
      `SELECT 'rate ' || r.id || ' is not what act ' || r.act_id || ' says' FROM committee_rates r
       JOIN acts a ON a.id = r.act_id WHERE a.kind <> 'committee-share.rate-set'
         OR (a.after ->> '$.rateBp') IS NOT r.rate_bp LIMIT 1`,
    ),
  },
];
