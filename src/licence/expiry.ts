/**
 * B-109: a licence's end is told 90, 60, 30 and 7 days before, and the day after its last, each once,
 * by whoever looks first.
 */
import { type Actor, systemActor } from '../access/actor.ts';
import { tell } from '../notices/notices.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { record } from '../trail/acts.ts';
import { daysBetween } from '../values/jalali-date.ts';
import { boardOf, committeeOf } from './decision-notices.ts';
import { standingOn } from './standing.ts';
import { WARNING_DAYS } from './states.ts';

export const WARNINGS = [90, 60, 30, 7] as const;

type Ending = {
  id: number;
  centreId: number;
  countyId: number;
  number: string;
  toOn: string;
};

const statements = prepared((db) => ({
  // A licence that another follows without a gap does not end.
  ending: db.$client.prepare(
    `SELECT l.id, l.centre_id AS centreId, c.county_id AS countyId, l.number, l.to_on AS toOn
     FROM current_licences l JOIN centres c ON c.id = l.centre_id
     WHERE @today BETWEEN l.from_on AND l.to_on AND l.to_on <= date(@today, '+${WARNING_DAYS} days')
       AND NOT EXISTS (SELECT 1 FROM current_licences n WHERE n.centre_id = l.centre_id
         AND n.from_on <= date(l.to_on, '+1 day') AND n.to_on > l.to_on)`,
  ),
  // The last of a centre, once its days are over and nobody has been told.
  ended: db.$client.prepare(
    `SELECT l.id, l.centre_id AS centreId, c.county_id AS countyId, l.number, l.to_on AS toOn
     FROM current_licences l JOIN centres c ON c.id = l.centre_id
     WHERE l.to_on < @today
       AND NOT EXISTS (SELECT 1 FROM current_licences n WHERE n.centre_id = l.centre_id AND n.to_on > l.to_on)
       AND NOT EXISTS (SELECT 1 FROM licence_ends WHERE licence_id = l.id)`,
  ),
  insertEnd: db.$client.prepare('INSERT INTO licence_ends VALUES (?, ?, ?)'),
  told: db.$client
    .prepare('SELECT 1 FROM licence_warnings WHERE licence_id = ? AND days = ?')
    .pluck(),
  insert: db.$client.prepare('INSERT INTO licence_warnings VALUES (?, ?, ?, ?)'),
}));

/** The nearest of the four warnings that this many days before the end have reached. */
export function warningAt(left: number): (typeof WARNINGS)[number] | undefined {
  return WARNINGS.findLast((days) => left <= days);
}

/** Tells what is due and not told yet; run again it tells nothing. Answers how many were told. */
export function warnOfEnds(tx: Tx, now: string, today: string): number {
  const actor = systemActor(now, today);
  const ending = statements(tx).ending.all({ today }) as Ending[];
  const ended = statements(tx).ended.all({ today }) as Ending[];
  const warned = ending.filter((licence) => warnOf(tx, actor, licence)).length;
  return warned + ended.filter((licence) => tellEnd(tx, actor, licence)).length;
}

/** That the days of the licence are over, to the whole board and to the committee. */
function tellEnd(tx: Tx, actor: Actor, { id, centreId, countyId, number, toOn }: Ending): boolean {
  // A suspended or dissolving centre has been told of something graver.
  if (standingOn(tx, centreId, actor.today).state !== 'expired') return false;
  const act = record(tx, actor, {
    ...{ kind: 'licence.ended', subject: `licences/${number}`, centreId },
    after: { endedOn: toOn },
  });
  statements(tx).insertEnd.run(id, actor.today, act.id);
  tell(tx, actor, act, {
    ...{ key: 'licence:notices.ended', href: '/licence/renewal', centreId },
    said: { number, endedOn: toOn },
    to: [...boardOf(tx, centreId, actor.today), ...committeeOf({ id: centreId, countyId })],
  });
  return true;
}

function warnOf(tx: Tx, actor: Actor, licence: Ending): boolean {
  const left = daysBetween(actor.today, licence.toOn);
  const days = warningAt(left);
  if (days === undefined || statements(tx).told.get(licence.id, days)) return false;
  // A suspended or dissolving centre has been told of something graver.
  if (standingOn(tx, licence.centreId, actor.today).state !== 'warning') return false;
  const { id, centreId, countyId, number, toOn } = licence;
  const act = record(tx, actor, {
    ...{ kind: 'licence.warned', subject: `licences/${number}`, centreId },
    after: { days, endsOn: toOn },
  });
  statements(tx).insert.run(id, days, actor.today, act.id);
  tell(tx, actor, act, {
    ...{ key: `licence:notices.ends-${days}`, href: '/licence/renewal', centreId },
    said: { number, endsOn: toOn, days: left },
    // The deputy renews, after the monitoring that he opens with supervision.
    to: [{ seat: 'chair' }, { seat: 'vice-chair' }, ...committeeOf({ id: centreId, countyId })],
  });
  return true;
}
