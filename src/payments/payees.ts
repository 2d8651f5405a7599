/** Whom the centre pays for something: shops, utilities, offices of marjas; never its own people. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText } from '../values/persian-text.ts';
import { refuseKind, refusePurpose } from './purposes.ts';
import type { PayeeKind } from './schema.ts';

export type NewPayee = {
  name: string;
  kind: PayeeKind;
  /** Of a person ten digits, of a firm eleven. */
  nationalId: string | null;
  iban: string | null;
  /** Of a child's account: the code of the child or household, never a name. */
  childCode?: string | null;
};

export type Payee = Required<NewPayee> & { id: number; centreId: number; registeredOn: string };

export type PayeeFilter = { q?: string; kind?: PayeeKind };

const PAYEE = `SELECT y.id, y.centre_id AS centreId, y.name, y.kind, y.national_id AS nationalId,
    y.iban, y.registered_on AS registeredOn, c.code AS childCode
  FROM payees y LEFT JOIN payee_children c ON c.payee_id = y.id`;
const ASKED = `y.centre_id = @centreId AND (@kind IS NULL OR y.kind = @kind)
  AND (@q IS NULL OR y.name_search LIKE '%' || @q || '%' OR y.national_id = @q)`;

const statements = prepared((db) => ({
  one: db.$client.prepare(`${PAYEE} WHERE y.centre_id = ? AND y.id = ?`),
  list: db.$client.prepare(
    `${PAYEE} WHERE ${ASKED} ORDER BY y.name_search, y.id LIMIT @limit OFFSET @from`,
  ),
  count: db.$client.prepare(`SELECT count(*) FROM payees y WHERE ${ASKED}`).pluck(),
  twin: db.$client
    .prepare('SELECT name FROM payees WHERE centre_id = ? AND national_id = ? LIMIT 1')
    .pluck(),
  unpaid: db.$client
    .prepare(
      `SELECT iif(decree_id IS NULL, 'volunteer', 'trustee') FROM unpaid_people
       WHERE centre_id = ? AND national_id = ? AND to_on >= ? LIMIT 1`,
    )
    .pluck(),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM payees').pluck(),
  insert: db.$client.prepare('INSERT INTO payees VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  child: db.$client.prepare('INSERT INTO payee_children VALUES (?, ?, ?)'),
}));

/** Registers whom the centre is to pay; its own trustees and volunteers are refused (B-46, B-136). */
export function registerPayee(tx: Tx, actor: Actor, centre: Centre, payee: NewPayee): Payee {
  requirePower(actor, 'payees.keep', centre);
  refuseKind(payee.kind);
  refusePurpose(tx, 'payee', payee.name);
  refuseUnpaid(tx, centre.id, payee.nationalId, actor.today);
  const { name, kind, nationalId, iban, childCode = null } = payee;
  refuseOtherThanChild(kind, childCode);
  const twin = nationalId && (statements(tx).twin.get(centre.id, nationalId) as string | undefined);
  if (twin) {
    const values = { name: twin };
    throw new Refusal('payments:refusals.payee-known', { field: 'nationalId', values });
  }
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'payee.registered', subject: `payees/${id}`, centreId: centre.id },
    after: { name, kind, nationalId, iban, ...(childCode && { childCode }) },
  });
  statements(tx).insert.run(
    ...[id, centre.id, name, searchText(name), kind, nationalId, iban, actor.today, act.id],
  );
  if (childCode !== null) statements(tx).child.run(id, childCode, act.id);
  return findPayee(tx, centre.id, id);
}

/** Says once, of a child's account that was registered without it, whose code it is of. */
export function nameChild(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  childCode: string,
): Payee {
  requirePower(actor, 'payees.keep', centre);
  const payee = findPayee(tx, centre.id, id);
  refuseOtherThanChild(payee.kind, childCode);
  if (payee.childCode !== null) throw new Refusal('payments:refusals.child-named');
  const act = record(tx, actor, {
    ...{ kind: 'payee.child-named', subject: `payees/${id}`, centreId: centre.id },
    after: { childCode },
  });
  statements(tx).child.run(id, childCode, act.id);
  return findPayee(tx, centre.id, id);
}

/** B-81: a child's account says whose it is, by code; nobody else's account has one. */
function refuseOtherThanChild(kind: PayeeKind, childCode: string | null): void {
  const isChilds = kind === 'child-account';
  if (isChilds === (childCode !== null)) return;
  const key = isChilds ? 'child-code-missing' : 'child-code-stray';
  throw new Refusal(`payments:refusals.${key}`, {
    ...{ status: 422, field: 'childCode', clause: 'B-81' },
  });
}

/** B-46, B-136: whoever serves here serves for nothing, and is paid nothing. */
export function refuseUnpaid(
  db: Db,
  centreId: number,
  nationalId: string | null,
  today: string,
): void {
  if (nationalId === null) return;
  const as = statements(db).unpaid.get(centreId, nationalId, today) as string | undefined;
  if (!as) return;
  throw new Refusal(`payments:refusals.${as}-paid`, { clause: 'B-46', field: 'nationalId' });
}

/** A payee of the centre; throws NotFound. */
export function findPayee(db: Db, centreId: number, id: number): Payee {
  const payee = statements(db).one.get(centreId, id) as Payee | undefined;
  if (!payee) throw new NotFound();
  return payee;
}

export function payeesOf(
  db: Db,
  centreId: number,
  asked: PayeeFilter,
  { limit, from }: { limit: number; from: number },
): Payee[] {
  return statements(db).list.all({ ...valuesOf(centreId, asked), limit, from }) as Payee[];
}

export function countPayees(db: Db, centreId: number, asked: PayeeFilter): number {
  return statements(db).count.get(valuesOf(centreId, asked)) as number;
}

const valuesOf = (centreId: number, { q, kind }: PayeeFilter) => ({
  ...{ centreId, kind: kind ?? null, q: (q && searchText(q)) || null },
});
