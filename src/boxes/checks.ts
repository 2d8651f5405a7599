/** Self-checks of boxes: sheets, entries and acts say the same; numbers run on. */
import { asActsSay, type Check, either, first } from '../provinces/check.ts';

const opening = { subject: "'box-openings/' || t.opening_id" };

export const boxChecks: Check[] = [
  {
    name: 'box-counts',
    run: first(
      `SELECT 'count ' || o.id || ' is not what its sheet comes to' FROM box_openings o
       WHERE o.total_rial IS NOT (SELECT coalesce(sum(face_rial * pieces), 0) FROM box_count_rows
         WHERE opening_id = o.id) LIMIT 1`,
      `SELECT 'count ' || o.id || ' was signed twice by one' FROM box_openings o
       JOIN box_confirmations c ON c.opening_id = o.id WHERE c.confirmed_by = o.counted_by LIMIT 1`,
      `SELECT 'count ' || o.id || ' is not what entry ' || c.entry_id || ' books'
       FROM box_openings o JOIN box_confirmations c ON c.opening_id = o.id
       WHERE o.total_rial > 0 AND NOT EXISTS (SELECT 1 FROM entries e JOIN entry_lines l
         ON l.entry_id = e.id WHERE e.id = c.entry_id AND e.source = 'box'
         AND e.entry_on = o.counted_on AND l.account = o.account AND l.fund = o.fund
         AND l.debit_rial = o.total_rial) LIMIT 1`,
      `SELECT 'entry ' || e.id || ' of boxes is of no count and of nothing handed in'
       FROM entries e WHERE e.source = 'box'
         AND NOT EXISTS (SELECT 1 FROM box_confirmations WHERE entry_id = e.id)
         AND NOT EXISTS (SELECT 1 FROM box_remittances WHERE entry_id = e.id)
         AND NOT EXISTS (SELECT 1 FROM fitra_count_confirmations WHERE entry_id = e.id) LIMIT 1`,
      `SELECT 'what is short of ' || what || ' is not what entry ' || entry_id || ' books' FROM (
         SELECT 'count ' || o.id AS what, c.entry_id, o.short_rial AS rial
         FROM box_openings o JOIN box_confirmations c ON c.opening_id = o.id
         UNION ALL SELECT 'remittance ' || id, entry_id, short_rial FROM box_remittances) x
       WHERE rial IS NOT (SELECT coalesce(sum(debit_rial), 0) FROM entry_lines
         WHERE entry_id = x.entry_id AND account = '8101') LIMIT 1`,
      `SELECT 'count ' || o.opening_id || ' was corrected and still stands in the books'
       FROM box_openings n JOIN box_confirmations c ON c.opening_id = n.id
       JOIN box_confirmations o ON o.opening_id = n.replaces_id
       WHERE o.entry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entries
         WHERE id = c.reversal_entry_id AND reverses_entry_id = o.entry_id) LIMIT 1`,
    ),
  },
  {
    name: 'box-money',
    run: first(
      // What those who open boxes hold by the books is what was counted and not handed in yet.
      `SELECT 'centre ' || centre_id || ' has ' || sum(rial) || ' rials of ' || fund
         || ' with collectors beside its counts' FROM (
         SELECT l.centre_id, l.fund, l.debit_rial - l.credit_rial AS rial FROM entry_lines l
         JOIN entries e ON e.id = l.entry_id LEFT JOIN entries r ON r.id = e.reverses_entry_id
         WHERE l.account = '1104' AND coalesce(r.source, e.source) = 'box'
         UNION ALL
         SELECT o.centre_id, o.fund, -o.total_rial FROM box_openings o
         JOIN box_confirmations c ON c.opening_id = o.id
         WHERE o.account = '1104' AND NOT EXISTS (SELECT 1 FROM box_openings n
           JOIN box_confirmations k ON k.opening_id = n.id WHERE n.replaces_id = o.id)
         UNION ALL
         SELECT centre_id, fund, amount_rial + short_rial FROM box_remittances x)
       GROUP BY centre_id, fund HAVING sum(rial) <> 0 LIMIT 1`,
    ),
  },
  {
    name: 'box-acts',
    run: either(
      asActsSay({
        ...{ table: 'box_confirmations', kind: 'box.confirmed', by: 'confirmed_by', ...opening },
        ...{ on: 'confirmed_on', says: { totalRial: 't.total_rial' } },
      }),
      asActsSay({
        ...{ table: 'box_count_withdrawals', kind: 'box.count-withdrawn', by: 'withdrawn_by' },
        ...{ ...opening, on: 'withdrawn_on', says: { reason: 't.reason' } },
      }),
      asActsSay({
        ...{ table: 'box_remittances', kind: 'box.remitted', by: 'recorded_by' },
        ...{ on: 'recorded_on', subject: "'box-remittances/' || t.id" },
        says: { account: 't.account', fund: 't.fund', amountRial: 't.amount_rial' },
      }),
      asActsSay({
        ...{ table: 'box_rounds', kind: 'box-round.planned', by: 'planned_by', on: 'planned_on' },
        says: { number: 't.number', roundOn: 't.round_on', first: 't.first_name' },
      }),
      first(
        `SELECT 'count ' || t.id || ' is not what act ' || t.act_id || ' says' FROM box_openings t
         LEFT JOIN acts a ON a.id = t.act_id
         WHERE a.kind NOT IN ('box.counted', 'box.recounted') OR a.user_id IS NOT t.counted_by
           OR a.subject IS NOT 'box-openings/' || t.id
           OR a.after ->> '$.totalRial' IS NOT t.total_rial
           OR coalesce(a.after ->> '$.shortRial', 0) IS NOT t.short_rial LIMIT 1`,
        `SELECT 'an event of box ' || t.box_id || ' is not what act ' || t.act_id || ' says'
         FROM box_events t LEFT JOIN acts a ON a.id = t.act_id
         WHERE a.kind IS NOT 'box.' || t.event OR a.user_id IS NOT t.recorded_by LIMIT 1`,
      ),
    ),
  },
];
