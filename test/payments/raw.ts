/** Payments written past every verb, as somebody with the file in his hands would. */
import type { AskedPayment } from '../../src/payments/payments.ts';
import { asSigner } from '../../src/payments/signatures.ts';
import { record } from '../../src/trail/acts.ts';
import { type Person, TODAY, type World } from '../support/world.ts';
import { as } from './paying.ts';

/** The rows of a payment, prepared by Maryam; its id. */
export function raw(world: World, asked: Partial<AskedPayment>): number {
  const { db } = world.province;
  const run = (sql: string, ...values: unknown[]) => db.$client.prepare(sql).run(...values);
  const { kind = 'aid', account = '1101', lines = [], recipient, payee, purpose = 'کمک' } = asked;
  const id = db.$client
    .prepare('SELECT coalesce(max(id), 0) + 1 FROM payments')
    .pluck()
    .get() as number;
  const act = record(db, as(world, 'maryam'), { kind: 'raw', subject: `payments/${id}` });
  db.$client.transaction(() => {
    lines.forEach((one, at) => {
      const row = [id, at + 1, one.fund, one.account, one.amountRial, one.donationId ?? null];
      run('INSERT INTO payment_lines VALUES (?, ?, ?, ?, ?, ?)', ...row);
    });
    const amount = lines.reduce((sum, one) => sum + one.amountRial, 0);
    run(
      'INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, NULL, ?, ?, ?)',
      ...[id, world.noor.id, kind, account, amount, recipient?.id ?? null, payee?.id ?? null],
      ...[purpose, asked.purpose ?? 'کمک', TODAY, world.users.maryam, act.id],
    );
  })();
  return id;
}

/** Signs and makes it by rows alone, entry and all; throws what the file says. */
export function forceMade(
  world: World,
  id: number,
  signers: readonly Person[] = ['maryam', 'reza'],
): void {
  const { db } = world.province;
  const run = (sql: string, ...values: unknown[]) => db.$client.prepare(sql).run(...values);
  const get = (sql: string, ...values: unknown[]) =>
    db.$client
      .prepare(sql)
      .pluck()
      .get(...values) as number;
  db.$client.transaction(() => {
    for (const person of signers) {
      const role = person === 'reza' ? 'chair' : 'finance';
      const actor = asSigner(as(world, person), world.noor.id, role);
      const { id: act } = record(db, actor, { kind: 'raw', subject: `payments/${id}` });
      const values = [`payments/${id}`, role, world.users[person], actor.now, 'x'.repeat(43), act];
      run('INSERT INTO outgoing_signatures VALUES (?, ?, ?, ?, ?, ?)', ...values);
    }
    const { id: act } = record(db, as(world, 'reza'), { kind: 'raw', subject: `payments/${id}` });
    const paper = get('SELECT min(id) FROM papers');
    const entry = get('SELECT coalesce(max(id), 0) + 1 FROM entries');
    const last = `SELECT coalesce(max(last_number), 0) + 1 FROM numbers
      WHERE series = ? AND centre_id = ? AND year = 1405`;
    const number = get(last, 'payment', world.noor.id);
    const made = [id, world.noor.id, 1405, number, TODAY, entry, paper, act];
    run('INSERT INTO payments_made VALUES (?, ?, ?, ?, ?, ?, ?, ?)', ...made);
    const lines = db.$client
      .prepare('SELECT fund, account, amount_rial AS rial FROM payment_lines WHERE payment_id = ?')
      .all(id) as { fund: string; account: string; rial: number }[];
    const from = db.$client.prepare('SELECT account FROM payments WHERE id = ?').pluck().get(id);
    const sides = lines.flatMap(({ fund, account, rial }) => [
      [account, fund, rial, 0],
      [from, fund, 0, rial],
    ]);
    sides.forEach((side, at) => {
      const row = [entry, at + 1, world.noor.id, 1405, ...side, null];
      run('INSERT INTO entry_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', ...row);
    });
    const next = get(last, 'entry', world.noor.id);
    run(
      'INSERT INTO entries VALUES (?, ?, 1405, ?, 8, ?, ?, ?, NULL, NULL, NULL, ?, ?, ?, ?)',
      ...[entry, world.noor.id, next, TODAY, 'raw', 'payment', world.users.reza, world.users.reza],
      ...[as(world, 'reza').now, act],
    );
  })();
}

/** An override past the verb. */
export function addOverride(world: World, fund: string, rule: string): void {
  const { db } = world.province;
  const { id } = record(db, asSigner(as(world, 'reza'), world.noor.id, 'chair'), {
    ...{ kind: 'raw', subject: 'payments/1' },
  });
  db.$client
    .prepare('INSERT INTO fund_overrides VALUES (1000, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      ...[world.noor.id, fund, rule, 'payments/1', 'دلیلی بلند و روشن', 'نامهٔ ۱', TODAY],
      ...[world.users.reza, id],
    );
}
