/** What passes between holders asks for: a list where a holder has gone, two who confirm, a witness. */
import type { Actor } from '../access/actor.ts';
import type { Power } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { addDays } from '../values/jalali-date.ts';
import type { Decree } from './decree-rows.ts';
import { takenDays } from './decree-states.ts';
import { type Handover, handoversOf } from './handover-rows.ts';
import { personalSide, sidesOf } from './handover-sides.ts';

type Reader = { actor: Actor; centre: Centre; can: (power: Power) => boolean; decrees: Decree[] };

/** A seat left longer ago is nobody's task any more. */
const ASKED_DAYS = 365;

export function handoverTasks(db: Db, reader: Reader): Task[] {
  const all = handoversOf(db, reader.centre.id);
  return [...all.flatMap((one) => openTask(reader, one)), ...leftTasks(reader, all)];
}

function openTask({ actor, can }: Reader, handover: Handover): Task[] {
  const { id, seat, giver: name, state, acknowledgements } = handover;
  const told = { state: 'wait' as const, to: `/board/handovers/${id}`, seat, name };
  if (state === 'settled') {
    const witnesses = can('handovers.issue') && !personalSide(actor, handover);
    return witnesses ? [{ key: 'issue-handover', ...told }] : [];
  }
  if (state !== 'draft') return [];
  const silent = sidesOf(actor, handover).some(
    (side) => !acknowledgements.some((said) => said.side === side),
  );
  return silent || can('handovers.keep') ? [{ key: 'say-handover', ...told }] : [];
}

/** Whoever held a seat last and holds it no more, without a list of what was handed over. */
function leftTasks({ actor, can, decrees }: Reader, handovers: Handover[]): Task[] {
  if (!can('handovers.keep')) return [];
  const begun = new Set(
    handovers.filter(({ state }) => state !== 'withdrawn').map((one) => one.giverDecreeId),
  );
  return decrees
    .filter((decree) => hasLeft(decree, decrees, actor.today) && !begun.has(decree.id))
    .map(({ id, seat, name }) => ({
      ...{ key: 'lay-handover', state: 'wait', seat, name },
      to: `/board/handovers/new?giver=${id}`,
    }));
}

function hasLeft(decree: Decree, decrees: Decree[], today: string): boolean {
  const { id, seat, state, acceptedOn, personId } = decree;
  const last = takenDays(decree)?.toOn;
  if (state !== 'ended' || acceptedOn === null || !last) return false;
  if (last < addDays(today, -ASKED_DAYS)) return false;
  return !decrees.some(
    (other) =>
      other.seat === seat && other.personId === personId && other.id > id && other.issuedOn,
  );
}
