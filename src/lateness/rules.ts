/** B-112: after how many days an entry is late; a rule has its first day and never works backwards. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { noRuleBackwards } from '../bylaw/points.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { record } from '../trail/acts.ts';

export type LateRule = { days: number; fromOn: string };

const statements = prepared((db) => ({
  list: db.$client.prepare(
    `SELECT r.id, r.days, r.from_on AS fromOn FROM late_rules r
     WHERE r.id = (SELECT max(x.id) FROM late_rules x WHERE x.from_on = r.from_on)
     ORDER BY r.from_on DESC`,
  ),
  insert: db.$client.prepare('INSERT INTO late_rules (days, from_on, act_id) VALUES (?, ?, ?)'),
}));

/** All rules, the one that begins last first. */
export function lateRules(db: Db): (LateRule & { id: number })[] {
  return statements(db).list.all() as (LateRule & { id: number })[];
}

/** After how many days what is entered on this day is late. */
export function lateDaysOn(db: Db, day: string): number {
  return lateRules(db).find(({ fromOn }) => fromOn <= day)!.days;
}

/** Sets the days from a day on; what was entered before it keeps its mark, or stays without. */
export function setLateDays(tx: Tx, actor: Actor, { days, fromOn }: LateRule): LateRule {
  requirePower(actor, 'late-days.set');
  uphold(noRuleBackwards, { fromOn, today: actor.today }, { status: 422, field: 'fromOn' });
  const before = { days: lateDaysOn(tx, fromOn) };
  const act = record(tx, actor, {
    ...{ kind: 'lateness.ruled', subject: 'settings', before, after: { days, fromOn } },
  });
  statements(tx).insert.run(days, fromOn, act.id);
  return { days, fromOn };
}
