/** Whoever prepared what leaves is told what became of it. */
import type { Actor } from '../access/actor.ts';
import { type Notice, tell } from '../notices/notices.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import type { Recorded } from '../trail/acts.ts';

const statements = prepared((db) => ({
  person: db.$client.prepare('SELECT person_id FROM users WHERE id = ?').pluck(),
}));

export function tellPreparer(
  tx: Tx,
  actor: Actor,
  act: Recorded,
  { userId, ...notice }: Omit<Notice, 'to'> & { userId: number },
): void {
  const personId = statements(tx).person.get(userId) as number | null;
  if (personId === null || userId === actor.user?.id) return;
  tell(tx, actor, act, { ...notice, to: [{ personId }] });
}
