/** B-110: who of the committee looked at what, for the chair to see. */
import type { Actor } from '../access/actor.ts';
import { log } from '../log.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { enter, Unavailable } from '../provinces/enter.ts';
import type { Province } from '../provinces/province.ts';

export type Look = {
  lookedOn: string;
  firstAt: string;
  name: string;
  office: string;
  section: string;
};

/** The parts of a centre by which looks are told apart. */
export const SECTIONS: ReadonlySet<string> = new Set([
  ...['home', 'board', 'boundary', 'donations', 'books', 'papers', 'compliance', 'looks', 'trail'],
  'licence',
  'funds',
  ...['payments', 'deliveries', 'recipients', 'payees', 'petty-cash'],
  'network',
  'profile',
  'activity-code',
  'bank-account',
  ...['opening', 'premises', 'equipment', 'seal', 'trainings'],
  ...['assemblies', 'institutions', 'delegations', 'channels', 'goods'],
  ...['registrations', 'packs', 'imports', 'complaints', 'inspections'],
]);

const statements = prepared((db) => ({
  known: db.$client
    .prepare(
      'SELECT 1 FROM looks WHERE centre_id = ? AND looked_on = ? AND user_id = ? AND section = ?',
    )
    .pluck(),
  record: db.$client.prepare('INSERT INTO looks VALUES (?, ?, ?, ?, ?, ?)'),
  ofCentre: db.$client.prepare(
    `SELECT l.looked_on AS lookedOn, l.first_at AS firstAt, u.name, l.office, l.section
     FROM looks l JOIN users u ON u.id = l.user_id
     WHERE l.centre_id = ? ORDER BY l.first_at DESC LIMIT ? OFFSET ?`,
  ),
  count: db.$client.prepare('SELECT count(*) FROM looks WHERE centre_id = ?').pluck(),
}));

/**
 * Records a look of a committee officer, once a day for each section. On a full disk reading goes
 * on, and the look that could not be recorded is told to the operator.
 */
export async function recordLook(
  province: Province,
  actor: Actor,
  centreId: number,
  section: string,
): Promise<void> {
  const { user, office } = actor;
  if (!user || !office) return;
  const row = [centreId, actor.today, user.id, section];
  if (statements(province.db).known.get(...row)) return;
  try {
    await enter(province, (tx) => {
      if (statements(tx).known.get(...row)) return;
      statements(tx).record.run(...row, actor.now, office.role);
    });
  } catch (fault) {
    if (!(fault instanceof Unavailable)) throw fault;
    log.error({ look: row, at: actor.now }, 'a look of the committee could not be recorded');
  }
}

/** Looks at a centre, newest first. */
export function looksAt(db: Db, centreId: number, limit: number, offset: number): Look[] {
  return statements(db).ofCentre.all(centreId, limit, offset) as Look[];
}

export function countLooks(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}
