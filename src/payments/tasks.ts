/** What waits for this reader's signature, and receipts of what was handed over that are missing. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { signsAs } from './signatures.ts';

const waiting = (table: string, name: string) => `SELECT count(*) FROM ${table} p
  WHERE p.centre_id = @centreId
    AND NOT EXISTS (SELECT 1 FROM ${table}_made m WHERE m.${name}_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM outgoing_ends e WHERE e.subject = '${table}/' || p.id)
    AND NOT EXISTS (SELECT 1 FROM outgoing_signatures s WHERE s.subject = '${table}/' || p.id
      AND (s.signed_as = @as OR s.signed_by = @userId))`;

const statements = prepared((db) => ({
  payments: db.$client.prepare(waiting('payments', 'payment')).pluck(),
  deliveries: db.$client.prepare(waiting('deliveries', 'delivery')).pluck(),
  receipts: db.$client
    .prepare(
      `SELECT count(*) FROM payments p JOIN payments_made m ON m.payment_id = p.id
       WHERE p.centre_id = ? AND p.kind = 'pass-on'
         AND NOT EXISTS (SELECT 1 FROM pass_on_receipts r WHERE r.payment_id = p.id)
         AND NOT EXISTS (SELECT 1 FROM payment_reversals z WHERE z.payment_id = p.id)`,
    )
    .pluck(),
}));

export function outgoingTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'payments.sign', centre)) return [];
  const as = signsAs(actor, centre.id) ?? '';
  const asked = { centreId: centre.id, as, userId: actor.user?.id ?? 0 };
  const { payments, deliveries, receipts } = statements(db);
  const told = { state: 'wait' as const, clause: 'B-58' };
  const task = (key: string, to: string, number: number): Task[] =>
    number > 0 ? [{ key, to, number, ...told }] : [];
  return [
    ...task('sign-payments', '/payments?state=waiting', payments.get(asked) as number),
    ...task('sign-deliveries', '/deliveries?state=waiting', deliveries.get(asked) as number),
    ...task('pass-on-receipts', '/payments?kind=pass-on', receipts.get(centre.id) as number),
  ];
}
