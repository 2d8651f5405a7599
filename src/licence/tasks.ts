/** What the licence asks for today: its issue, its renewal, its monitoring, its dissolution. */
import type { Actor } from '../access/actor.ts';
import type { Power } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { daysBetween } from '../values/jalali-date.ts';
import { assetsOf, listOf } from './dissolution-rows.ts';
import { monitoringsOf } from './monitoring-rows.ts';
import { officeOf } from './monitorings.ts';
import { type Standing, standingOn } from './standing.ts';
import { WARNING_DAYS } from './states.ts';

type Reader = { actor: Actor; centre: Centre; can: (power: Power) => boolean };

export function licenceTasks(db: Db, reader: Reader): Task[] {
  const standing = standingOn(db, reader.centre.id, reader.actor.today);
  return [...stateTasks(db, reader, standing), ...monitoringTasks(db, reader)];
}

/** B-128: before the licence nothing is done; before its end it is renewed. */
function stateTasks(db: Db, reader: Reader, standing: Standing): Task[] {
  const { state } = standing;
  // The first licence is a step of the centre's way.
  if (state === 'before') return [];
  if (state === 'expired') {
    return [{ key: 'licence-expired', state: 'bad', to: '/licence/renewal', clause: 'B-128' }];
  }
  if (state === 'dissolving') return dissolutionTasks(db, reader, standing);
  if (state === 'suspended' || state === 'revoked') {
    const day = standing.since ?? undefined;
    return [{ key: `licence-${state}`, state: 'bad', to: '/licence', clause: 'B-109', day }];
  }
  return state === 'dissolved' ? [] : endingTasks(reader, standing);
}

/** From ninety days before the end, and the nearer it is the more urgent. */
function endingTasks({ actor, can }: Reader, { until }: Standing): Task[] {
  const left = daysBetween(actor.today, until!);
  if (left > WARNING_DAYS) return [];
  const key = can('licences.decide') ? 'renew-licence' : 'licence-ending';
  return [
    {
      key: left <= 7 ? `${key}-now` : key,
      state: left <= 30 ? 'bad' : left <= 60 ? 'warn' : 'wait',
      ...{ to: '/licence/renewal', clause: 'B-109', number: left, day: until! },
    },
  ];
}

/** B-102: the assets are listed, countersigned, printed; then the dissolution is finished. */
function dissolutionTasks(db: Db, { centre, can }: Reader, { decision }: Standing): Task[] {
  const told = { to: '/licence/assets', clause: 'B-102' };
  if (decision && listOf(db, decision.id) !== undefined) {
    if (!can('licences.decide')) return [];
    return [{ key: 'finish-dissolution', state: 'wait', to: '/licence', clause: 'B-102' }];
  }
  const open = assetsOf(db, centre.id).filter(({ countersignedOn }) => countersignedOn === null);
  const tasks: Task[] = [];
  if (can('assets.list')) tasks.push({ key: 'list-assets', state: 'bad', ...told });
  if (can('assets.countersign') && open.length > 0) {
    tasks.push({ key: 'countersign-assets', state: 'wait', number: open.length, ...told });
  }
  return tasks;
}

/** B-20: whose section is still wanting, and whose signature. */
function monitoringTasks(db: Db, { actor, centre, can }: Reader): Task[] {
  if (!can('monitorings.fill')) return [];
  const open = monitoringsOf(db, centre.id).find(({ result }) => result === null);
  if (!open) return [];
  const told = { to: `/licence/monitoring/${open.id}`, clause: 'B-20', day: open.openedOn };
  const filled = open.sections.map(({ office }) => office);
  const office = officeOf(actor);
  if (office && !filled.includes(office)) {
    return [{ key: 'fill-monitoring', state: 'wait', ...told }];
  }
  if (!can('monitorings.sign') || !filled.includes('supervision')) return [];
  return [{ key: 'sign-monitoring', state: 'wait', ...told }];
}
