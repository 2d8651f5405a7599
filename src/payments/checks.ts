/** Self-checks of payments and deliveries: as their acts say, signed by two, booked as signed. */
import { asActsSay, type Check, first, withoutGaps } from '../provinces/check.ts';

export const paymentChecks: Check[] = [
  { name: 'payment-numbers', run: withoutGaps('payment', 'payments_made') },
  { name: 'delivery-numbers', run: withoutGaps('delivery', 'deliveries_made') },
  {
    name: 'payment-acts',
    run: asActsSay(
      {
        ...{ table: 'payments', kind: 'payment.prepared', by: 'prepared_by', on: 'prepared_on' },
        subject: "'payments/' || t.id",
        says: {
          ...{ kind: 't.kind', account: 't.account', amountRial: 't.amount_rial' },
          ...{ purpose: 't.purpose', recipientId: 't.recipient_id', payeeId: 't.payee_id' },
        },
      },
      {
        ...{ table: 'payments_made', kind: 'payment.made', on: 'paid_on' },
        subject: "'payments/' || t.payment_id",
        says: { number: "t.year || '-' || printf('%04d', t.number)", 'entry.id': 't.entry_id' },
      },
      {
        ...{ table: 'payment_reversals', kind: 'payment.reversed', by: 'reversed_by' },
        ...{ on: 'reversed_on', subject: "'payments/' || t.payment_id" },
        says: { reason: 't.reason', entryId: 't.entry_id' },
      },
      {
        ...{ table: 'deliveries', kind: 'delivery.prepared', by: 'prepared_by' },
        ...{ on: 'prepared_on', subject: "'deliveries/' || t.id" },
        says: { recipientId: 't.recipient_id', storeId: 't.store_id', account: 't.account' },
      },
      {
        ...{ table: 'deliveries_made', kind: 'delivery.made', on: 'delivered_on' },
        subject: "'deliveries/' || t.delivery_id",
        says: { number: "t.year || '-' || printf('%04d', t.number)", 'entry.id': 't.entry_id' },
      },
    ),
  },
  {
    name: 'payment-signatures',
    run: first(
      `SELECT 'payment ' || m.payment_id || ' is not signed by two' FROM payments_made m
       WHERE (SELECT count(DISTINCT signed_by) FROM outgoing_signatures
         WHERE subject = 'payments/' || m.payment_id) <> 2 LIMIT 1`,
      `SELECT 'delivery ' || m.delivery_id || ' is not signed by two' FROM deliveries_made m
       WHERE (SELECT count(DISTINCT signed_by) FROM outgoing_signatures
         WHERE subject = 'deliveries/' || m.delivery_id) <> 2 LIMIT 1`,
      `SELECT s.subject || ' is not signed by whom its act says' FROM outgoing_signatures s
       LEFT JOIN acts a ON a.id = s.act_id
       WHERE a.user_id IS NOT s.signed_by OR a.subject IS NOT s.subject
         OR a.after ->> 'as' IS NOT s.signed_as LIMIT 1`,
    ),
  },
  {
    name: 'payments-booked',
    run: first(
      `SELECT 'payment ' || m.payment_id || ' is not what its entry says' FROM payments_made m
       JOIN payments p ON p.id = m.payment_id LEFT JOIN entries e ON e.id = m.entry_id
       WHERE e.source IS NOT 'payment' OR e.entry_on <> m.paid_on
         OR p.amount_rial IS NOT (SELECT sum(debit_rial) FROM entry_lines WHERE entry_id = e.id)
         OR p.amount_rial IS NOT (SELECT sum(amount_rial) FROM payment_lines
           WHERE payment_id = p.id) LIMIT 1`,
      `SELECT 'payment ' || m.payment_id || ' is booked to another fund or account' FROM payments_made m
       WHERE EXISTS (
         SELECT fund, account, sum(amount_rial) FROM payment_lines
         WHERE payment_id = m.payment_id GROUP BY fund, account
         EXCEPT SELECT fund, account, sum(debit_rial) FROM entry_lines
         WHERE entry_id = m.entry_id AND debit_rial > 0 GROUP BY fund, account) LIMIT 1`,
      `SELECT 'entry ' || e.id || ' books a payment that nobody signed' FROM entries e
       WHERE e.source = 'payment'
         AND NOT EXISTS (SELECT 1 FROM payments_made m WHERE m.entry_id = e.id) LIMIT 1`,
      `SELECT 'delivery ' || m.delivery_id || ' is not what left the store' FROM deliveries_made m
       WHERE (SELECT sum(quantity_milli) FROM delivery_items WHERE delivery_id = m.delivery_id)
         IS NOT (SELECT -sum(quantity_milli) FROM stock_moves
           WHERE subject = 'deliveries/' || m.delivery_id AND kind = 'issued') LIMIT 1`,
      `SELECT 'payee ' || c.payee_id || ' is not of the child that act ' || c.act_id || ' says'
       FROM payee_children c LEFT JOIN acts a ON a.id = c.act_id
       WHERE a.kind IS NULL OR a.kind NOT IN ('payee.registered', 'payee.child-named')
         OR a.subject IS NOT 'payees/' || c.payee_id
         OR (a.after ->> '$.childCode') IS NOT c.code LIMIT 1`,
      `SELECT 'gift ' || donation_id || ' is spent beyond what was given in ' || fund
       FROM gift_moves GROUP BY donation_id, fund HAVING sum(rial) < 0 LIMIT 1`,
    ),
  },
];
