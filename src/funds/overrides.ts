/** One case that the chair lets pass a rule, for his reason and a document; the supervisor has the list. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { overriddenWhereAllowed } from '../bylaw/spending.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { findFund } from './funds.ts';

/** The deed it is for, as `entries/12` or `payments/3`; the document by its name, number and day. */
export type Overriding = {
  fund: string;
  rule: string;
  subject: string;
  reason: string;
  document: string;
};

export type Override = Overriding & {
  id: number;
  madeOn: string;
  madeBy: string;
  centre: { id: number; code: string; name: string; countyId: number; county: string };
};

const SELECT = `SELECT o.id, o.fund, o.rule, o.subject, o.reason, o.document, o.made_on AS madeOn,
    u.name AS madeBy, c.id AS centreId, c.code, c.name, c.county_id AS countyId, n.name AS county
  FROM fund_overrides o JOIN users u ON u.id = o.made_by JOIN centres c ON c.id = o.centre_id
  JOIN counties n ON n.id = c.county_id`;

const statements = prepared((db) => ({
  insert: db.$client.prepare('INSERT INTO fund_overrides VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM fund_overrides').pluck(),
  known: db.$client
    .prepare(
      'SELECT EXISTS (SELECT 1 FROM fund_overrides WHERE subject = ? AND fund = ? AND rule = ?)',
    )
    .pluck(),
  list: db.$client.prepare(
    `${SELECT} WHERE (@centreId IS NULL OR o.centre_id = @centreId)
       AND (@countyId IS NULL OR c.county_id = @countyId)
     ORDER BY o.id DESC LIMIT @limit OFFSET @from`,
  ),
  count: db.$client
    .prepare(
      `SELECT count(*) FROM fund_overrides o JOIN centres c ON c.id = o.centre_id
       WHERE (@centreId IS NULL OR o.centre_id = @centreId)
         AND (@countyId IS NULL OR c.county_id = @countyId)`,
    )
    .pluck(),
}));

/**
 * Lets one deed pass a rule of a fund that may be passed. Called before the deed is written, which
 * names the rule among those overridden; finance, the county and the province are told.
 */
export function overrideRule(tx: Tx, actor: Actor, centre: Centre, asked: Overriding): number {
  requirePower(actor, 'overrides.make', centre);
  const fund = findFund(tx, asked.fund, actor.today);
  const rule = fund?.rules.find((one) => one.rule === asked.rule);
  if (!fund || !rule) throw new Refusal('funds:refusals.no-rule', { status: 422, field: 'rule' });
  uphold(overriddenWhereAllowed, rule, { field: 'rule' });
  if (asked.reason.trim().length < 10) refuseField('reason', 'longer-reason');
  if (asked.document.trim().length < 3) refuseField('document', 'no-document');
  const { known, nextId, insert } = statements(tx);
  if (known.get(asked.subject, asked.fund, asked.rule)) {
    throw new Refusal('funds:refusals.overridden-before');
  }
  const id = nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'rule.overridden', subject: `overrides/${id}`, centreId: centre.id },
    after: { ...asked, on: asked.subject },
  });
  const { subject, reason, document } = asked;
  insert.run(
    ...[id, centre.id, fund.code, rule.rule, subject, reason, document],
    ...[actor.today, actor.user!.id, act.id],
  );
  tell(tx, actor, act, {
    key: 'funds:notices.overridden',
    said: { fund: fund.nameFa, name: actor.user!.name, reason },
    ...{ href: '/funds/overrides', centreId: centre.id },
    to: [
      { seat: 'admin-finance' },
      { role: 'county-head', countyId: centre.countyId },
      { role: 'province-deputy' },
    ],
  });
  return id;
}

/** Whose overrides are asked for: a centre's, a county's, or all. */
export type Whose = { centreId?: number | null; countyId?: number | null };

export function overridesOf(db: Db, whose: Whose, limit: number, from = 0): Override[] {
  const { centreId = null, countyId = null } = whose;
  const rows = statements(db).list.all({ centreId, countyId, limit, from }) as (Omit<
    Override,
    'centre'
  > & { centreId: number; code: string; name: string; countyId: number; county: string })[];
  return rows.map(({ centreId: id, code, name, countyId: of, county, ...row }) => ({
    ...row,
    centre: { id, code, name, countyId: of, county },
  }));
}

export function countOverrides(db: Db, { centreId = null, countyId = null }: Whose): number {
  return statements(db).count.get({ centreId, countyId }) as number;
}

function refuseField(field: string, key: string): never {
  throw new Refusal(`funds:refusals.${key}`, { status: 422, field });
}
