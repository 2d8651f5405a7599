/** Leaves of a marja or a mujtahid: recorded, counted down by what is spent under them, ended. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { underLeave } from '../bylaw/spending.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { blocks, type Fund, findFund } from './funds.ts';

export type Permission = {
  id: number;
  fund: string;
  /** The marja or mujtahid who gave it. */
  givenBy: string;
  number: string;
  ceilingRial: number;
  spentRial: number;
  fromOn: string;
  toOn: string;
  document: string;
  uses: string[];
  recordedOn: string;
  recordedBy: string;
  endedOn: string | null;
  reason: string | null;
};

export type PermissionAsked = Pick<
  Permission,
  'fund' | 'givenBy' | 'number' | 'ceilingRial' | 'fromOn' | 'toOn' | 'document' | 'uses'
>;

const SELECT = `SELECT p.id, p.fund, p.given_by AS givenBy, p.number, p.ceiling_rial AS ceilingRial,
    (SELECT coalesce(sum(s.amount_rial), 0) FROM permission_spendings s
      WHERE s.permission_id = p.id
        AND NOT EXISTS (SELECT 1 FROM entries r WHERE r.reverses_entry_id = s.entry_id)) AS spentRial,
    p.from_on AS fromOn, p.to_on AS toOn, p.document,
    (SELECT json_group_array(account ORDER BY account) FROM permission_uses
      WHERE permission_id = p.id) AS uses,
    p.recorded_on AS recordedOn, u.name AS recordedBy, e.ended_on AS endedOn, e.reason
  FROM fund_permissions p JOIN users u ON u.id = p.recorded_by
  LEFT JOIN permission_endings e ON e.permission_id = p.id WHERE p.centre_id = @centreId`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(`${SELECT} ORDER BY p.to_on DESC, p.id DESC`),
  one: db.$client.prepare(`${SELECT} AND p.id = @id`),
  valid: db.$client.prepare(
    `${SELECT} AND p.fund = @fund AND @day BETWEEN p.from_on AND p.to_on
       AND coalesce(e.ended_on > @day, 1) ORDER BY p.to_on, p.id`,
  ),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM fund_permissions').pluck(),
  insertUse: db.$client.prepare('INSERT INTO permission_uses VALUES (?, ?)'),
  insert: db.$client.prepare(
    'INSERT INTO fund_permissions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  end: db.$client.prepare('INSERT INTO permission_endings VALUES (?, ?, ?, ?, ?)'),
  known: db.$client
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM fund_permissions
       WHERE centre_id = ? AND given_by = ? AND number = ? AND fund = ?)`,
    )
    .pluck(),
}));

type Row = Omit<Permission, 'uses'> & { uses: string };
const told = (row: Row): Permission => ({ ...row, uses: JSON.parse(row.uses) as string[] });

/** Whether the fund is spent on programmes only under a leave. */
export const needsLeave = (fund: Fund): boolean =>
  blocks(fund, 'leave-of-the-marja') || blocks(fund, 'leave-of-a-mujtahid');

/** Every leave of a centre, that which ends last first. */
export function permissionsOf(db: Db, centreId: number): Permission[] {
  return (statements(db).ofCentre.all({ centreId }) as Row[]).map(told);
}

export function findPermission(db: Db, centreId: number, id: number): Permission {
  const row = statements(db).one.get({ centreId, id }) as Row | undefined;
  if (!row) throw new NotFound();
  return told(row);
}

/** Records a leave that was given in writing. */
export function recordPermission(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  asked: PermissionAsked,
): Permission {
  requirePower(actor, 'permissions.record', centre);
  const fund = findFund(tx, asked.fund, actor.today);
  if (!fund || !needsLeave(fund)) refuseField('fund', 'no-leave-needed');
  if (asked.toOn < asked.fromOn) refuseField('toOn', 'ends-before');
  if (asked.uses.length === 0) refuseField('uses', 'no-use');
  const { known, nextId, insertUse, insert } = statements(tx);
  if (known.get(centre.id, asked.givenBy, asked.number, asked.fund)) {
    refuseField('number', 'permission-known');
  }
  const id = nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'permission.recorded', subject: `permissions/${id}`, centreId: centre.id },
    after: asked,
  });
  for (const use of new Set(asked.uses)) insertUse.run(id, use);
  const { givenBy, number, ceilingRial, fromOn, toOn, document } = asked;
  insert.run(
    ...[id, centre.id, asked.fund, givenBy, number, ceilingRial, fromOn, toOn, document],
    ...[actor.today, actor.user!.id, act.id],
  );
  return findPermission(tx, centre.id, id);
}

/** Ends a leave before its day: nothing more is spent under it. */
export function endPermission(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, reason }: { id: number; reason: string },
): Permission {
  requirePower(actor, 'permissions.record', centre);
  const before = findPermission(tx, centre.id, id);
  if (before.endedOn) throw new Refusal('funds:refusals.permission-ended');
  const act = record(tx, actor, {
    ...{ kind: 'permission.ended', subject: `permissions/${id}`, centreId: centre.id },
    after: { endedOn: actor.today, reason },
  });
  statements(tx).end.run(id, actor.today, reason, actor.user!.id, act.id);
  return findPermission(tx, centre.id, id);
}

/**
 * The leave under which so much of a fund is spent on these accounts on a day: of those that still
 * have enough, the one that ends first. Refuses with B-81 where there is none.
 */
export function permissionFor(
  tx: Tx,
  centreId: number,
  fund: Fund,
  { amountRial, day, accounts }: { amountRial: number; day: string; accounts: string[] },
): Permission {
  const all = statements(tx).valid.all({ centreId, fund: fund.code, day }) as Row[];
  const valid = all.map(told);
  const fitting = valid.filter(({ uses }) => accounts.every((account) => uses.includes(account)));
  const leftRial = Math.max(0, ...fitting.map((one) => one.ceilingRial - one.spentRial));
  const enough = fitting.find((one) =>
    underLeave.holds({ leftRial: one.ceilingRial - one.spentRial, amountRial }),
  );
  if (enough) return enough;
  const key = valid.length === 0 ? 'no-leave' : fitting.length === 0 ? 'leave-use' : 'leave-spent';
  throw new Refusal(`funds:refusals.${key}`, {
    clause: underLeave.id,
    values: { fundFa: fund.nameFa, fundEn: fund.nameEn, leftRial },
    mend: '/funds/permissions',
  });
}

function refuseField(field: string, key: string): never {
  throw new Refusal(`funds:refusals.${key}`, { status: 422, field });
}
