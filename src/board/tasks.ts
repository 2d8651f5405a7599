/** What the board's life asks for today: drafts to send, forms to fill in, changes to answer. */
import type { Actor } from '../access/actor.ts';
import type { Power } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { type Change, openChangesOf } from './change-rows.ts';
import type { Decree } from './decree-rows.ts';
import { powerFor } from './decree-sides.ts';
import { handoverTasks } from './handover-tasks.ts';

type Reader = { actor: Actor; centre: Centre; can: (power: Power) => boolean; decrees: Decree[] };

const statements = prepared((db) => ({
  nominated: db.$client
    .prepare(
      `SELECT n.decree_id FROM nominations n JOIN decrees d ON d.id = n.decree_id
       WHERE d.centre_id = ?`,
    )
    .pluck(),
}));

export function boardTasks(db: Db, reader: Reader): Task[] {
  const changes = openChangesOf(db, reader.centre.id);
  return [
    ...nominationTasks(db, reader),
    ...changes.flatMap((one) => changeTask(reader, one)),
    ...handoverTasks(db, reader),
  ];
}

/** B-27: whoever proposed a person fills in how he was introduced. */
function nominationTasks(db: Db, { centre, can, decrees }: Reader): Task[] {
  const nominated = new Set(statements(db).nominated.all(centre.id) as number[]);
  return decrees
    .filter(({ id, seat, state }) => {
      const runs = !['refused', 'ended', 'cancelled'].includes(state);
      return runs && !nominated.has(id) && can(powerFor(seat, 'draft'));
    })
    .map(({ id, number, seat, name }) => ({
      ...{ key: 'nominate', state: 'none', clause: 'B-27', seat, name },
      to: `/board/decrees/${number ?? id}/nomination`,
    }));
}

/** B-131: the committee answers, and the chair carries out what was agreed. */
function changeTask({ can, decrees }: Reader, change: Change): Task[] {
  const { id, seat, holder: name, state, personId, decreeId, kind } = change;
  const told = { to: `/board/changes/${id}`, clause: 'B-131', seat, name };
  if (state === 'waiting') {
    return can('changes.answer') ? [{ key: 'answer-change', state: 'wait', ...told }] : [];
  }
  if (state !== 'agreed' || !can('changes.request')) return [];
  const held = decrees.find((one) => one.id === decreeId);
  const leaves = kind !== 'fill' && held?.endedOn === null && held.state !== 'ended';
  const follows = personId !== null && !decrees.some((one) => followsBy(one, change));
  return leaves || follows ? [{ key: 'carry-out-change', state: 'wait', ...told }] : [];
}

const followsBy = (decree: Decree, { seat, personId, decreeId }: Change): boolean =>
  decree.seat === seat && decree.personId === personId && decree.id > decreeId;
