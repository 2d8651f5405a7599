/** Self-checks of what becomes of gifts: cheques, deposits, cards and batches. */
import { asActsSay, type Check, either, first } from '../provinces/check.ts';

const STATES = ['deposited', 'cleared', 'bounced', 'returned'];

export const deedChecks: Check[] = [
  {
    name: 'cheques',
    run: either(
      first(
        ...STATES.map(
          (state) => `SELECT 'cheque of gift ' || v.donation_id || ' is not what its act says'
            FROM cheque_events v LEFT JOIN acts a ON a.id = v.act_id
            WHERE v.state = '${state}' AND (a.kind IS NOT 'cheque.${state}'
              OR a.user_id IS NOT v.recorded_by OR a.after ->> 'donation' IS NOT v.donation_id
              OR a.after ->> 'happenedOn' IS NOT v.happened_on
              OR a.after ->> 'note' IS NOT v.note) LIMIT 1`,
        ),
        `SELECT 'cheque of gift ' || v.donation_id || ' was cleared without its entry'
         FROM cheque_events v LEFT JOIN entries e ON e.id = v.entry_id
         WHERE v.state = 'cleared' AND (e.source IS NOT 'cheque' OR e.act_id <> v.act_id
           OR e.entry_on <> v.happened_on) LIMIT 1`,
        `SELECT 'entry ' || e.id || ' clears no cheque' FROM entries e
         WHERE e.source = 'cheque' AND NOT EXISTS (
           SELECT 1 FROM cheque_events WHERE entry_id = e.id AND state = 'cleared') LIMIT 1`,
        `SELECT 'centre ' || centre_id || ' has other cheques than its books say' FROM (
           SELECT centre_id, debit_rial - credit_rial AS rial FROM balances WHERE account = '1105'
           UNION ALL SELECT centre_id, -amount_rial FROM cheques
           WHERE state IN ('received', 'deposited'))
         GROUP BY centre_id HAVING sum(rial) <> 0 LIMIT 1`,
        `SELECT 'receipt of cheque ' || c.donation_id || ' was cancelled while it was at the bank'
         FROM cheques c WHERE c.cancelled_on IS NOT NULL
           AND EXISTS (SELECT 1 FROM cheque_events
             WHERE donation_id = c.donation_id AND state = 'deposited')
           AND NOT EXISTS (SELECT 1 FROM cheque_events
             WHERE donation_id = c.donation_id AND state IN ('bounced', 'returned')) LIMIT 1`,
      ),
    ),
  },
  {
    name: 'deposits',
    run: either(
      asActsSay({
        ...{ table: 'deposits', kind: 'deposit.recorded', by: 'recorded_by' },
        subject: "'deposits/' || t.id",
        says: {
          ...{ reference: 't.reference', depositedOn: 't.deposited_on' },
          ...{ amountRial: 't.amount_rial', words: 't.words' },
        },
      }),
      first(
        `SELECT 'deposit ' || d.id || ' has no entry of its own' FROM deposits d
         LEFT JOIN entries e ON e.id = d.entry_id
         WHERE e.source IS NOT 'deposit' OR e.act_id <> d.act_id OR e.centre_id <> d.centre_id
         LIMIT 1`,
        `SELECT 'deposit ' || m.deposit_id || ' was given to two' FROM deposit_matches m
         JOIN receipts r ON r.donation_id = m.donation_id
         WHERE NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)
         GROUP BY m.deposit_id HAVING count(*) > 1 LIMIT 1`,
        `SELECT 'centre ' || centre_id || ' holds other unidentified money than its deposits' FROM (
           SELECT centre_id, credit_rial - debit_rial AS rial FROM balances
           WHERE account = '3105' AND fund = 'unidentified'
           UNION ALL SELECT d.centre_id, -d.amount_rial FROM deposits d
           WHERE NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id)
             AND NOT EXISTS (SELECT 1 FROM deposit_matches m JOIN receipts r
               ON r.donation_id = m.donation_id WHERE m.deposit_id = d.id
                 AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)))
         GROUP BY centre_id HAVING sum(rial) <> 0 LIMIT 1`,
      ),
    ),
  },
  {
    name: 'tributes',
    run: either(
      asActsSay({
        ...{ table: 'tributes', kind: 'tribute.issued', by: 'issued_by', on: 'issued_on' },
        says: {
          ...{ donation: 't.donation_id', tribute: 't.tribute', named: 't.named' },
          ...{ occasion: 't.occasion', addressee: 't.addressee' },
        },
      }),
      first(
        `SELECT 'card ' || t.id || ' has no paper of its own' FROM tributes t
         LEFT JOIN papers p ON p.id = t.paper_id
         WHERE p.kind IS NOT 'tribute' OR p.act_id <> t.act_id LIMIT 1`,
      ),
    ),
  },
  {
    name: 'batches',
    run: first(
      `SELECT 'batch ' || b.id || ' is not what its act says' FROM gift_batches b
       LEFT JOIN acts a ON a.id = b.act_id
       WHERE a.kind IS NOT 'batch.opened' OR a.user_id IS NOT b.opened_by
         OR a.after ->> 'controlCount' IS NOT b.control_count
         OR a.after ->> 'controlRial' IS NOT b.control_rial LIMIT 1`,
      `SELECT 'batch ' || b.id || ' was settled by no act' FROM gift_batches b
       LEFT JOIN acts a ON a.id = b.settled_act_id
       WHERE b.state <> 'open' AND (a.kind IS NOT 'batch.' || b.state
         OR a.user_id IS NOT b.settled_by) LIMIT 1`,
      `SELECT 'batch ' || b.id || ' is not what was declared' FROM gift_batches b
       LEFT JOIN gift_batch_rows w ON w.batch_id = b.id
       LEFT JOIN donations d ON d.id = w.donation_id AND d.amount_rial = w.amount_rial
       WHERE b.state = 'closed' GROUP BY b.id
       HAVING count(d.id) <> b.control_count OR sum(d.amount_rial) <> b.control_rial LIMIT 1`,
    ),
  },
];
