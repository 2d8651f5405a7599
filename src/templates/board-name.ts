/** What the board is called in this province, from a day on; what a paper already says stays. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { type BoardName, type Words, wordsFor } from '../words.ts';

export type BoardNaming = {
  id: number;
  name: BoardName;
  fromOn: string;
  setOn: string;
  setBy: string;
};

const statements = prepared((db) => ({
  on: db.$client
    .prepare('SELECT name FROM board_names WHERE from_on <= ? ORDER BY id DESC LIMIT 1')
    .pluck(),
  all: db.$client.prepare(
    `SELECT b.id, b.name, b.from_on AS fromOn, b.set_on AS setOn, u.name AS setBy
     FROM board_names b JOIN users u ON u.id = b.set_by ORDER BY b.id DESC`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO board_names (name, from_on, set_on, set_by, act_id) VALUES (?, ?, ?, ?, ?)`,
  ),
}));

/** Trustees, until the province has decided otherwise. */
export function boardNameOn(db: Db, day: string): BoardName {
  return (statements(db).on.get(day) as BoardName | undefined) ?? 'trustees';
}

/** The words of a paper issued on this day: Persian, with the board's name of that day. */
export function wordsOn(db: Db, day: string): Words {
  return wordsFor('fa', boardNameOn(db, day));
}

export function boardNamings(db: Db): BoardNaming[] {
  return statements(db).all.all() as BoardNaming[];
}

export function nameBoard(
  tx: Tx,
  actor: Actor,
  { name, fromOn }: { name: BoardName; fromOn: string },
): void {
  requirePower(actor, 'templates.edit');
  refusePast(actor, fromOn);
  const act = record(tx, actor, {
    ...{ kind: 'board-name.set', subject: 'templates/board-name' },
    ...{ before: { name: boardNameOn(tx, fromOn) }, after: { name, fromOn } },
  });
  statements(tx).insert.run(name, fromOn, actor.today, actor.user!.id, act.id);
}

/** What was said on the days before is said already. */
export function refusePast(actor: Actor, fromOn: string): void {
  if (fromOn >= actor.today) return;
  throw new Refusal('templates:refusals.past-day', { status: 422, field: 'fromOn' });
}
