/** Those whom a centre's licence concerns are told what was decided about it. */
import type { Actor } from '../access/actor.ts';
import { CORE_SEATS } from '../access/powers.ts';
import { holdersOn } from '../board/decree-rows.ts';
import { isOptional } from '../board/decree-states.ts';
import type { Centre } from '../centres/centres.ts';
import { type Addressee, tell } from '../notices/notices.ts';
import { proposalsOf } from '../opening/proposals.ts';
import type { Db, Tx } from '../provinces/connection.ts';
import type { Recorded } from '../trail/acts.ts';
import type { Licence } from './licences.ts';
import { findMonitoring, OFFICES, type Office } from './monitoring-rows.ts';
import { type Decision, standingOn } from './standing.ts';

type Told = { id: number; countyId: number };

/** The six core seats, whether held or not, and of the optional ones those that are in force. */
function seatsOf(db: Db, centreId: number, today: string): Addressee[] {
  const optional = [...holdersOn(db, centreId, today).keys()].filter(isOptional);
  return [...CORE_SEATS, ...optional].map((seat) => ({ seat }));
}

/**
 * The board: its seats, and those who sit in them by name, or sat in them on the licence's last day.
 * A seat's notices are read by its holder alone; by name he reads them when it is his no more.
 */
export function boardOf(db: Db, centreId: number, today: string): Addressee[] {
  const { until } = standingOn(db, centreId, today);
  const day = until !== null && until < today ? until : today;
  const persons = [...holdersOn(db, centreId, day).values()]
    .filter(({ endedOn }) => endedOn === null || endedOn > today)
    .map(({ personId }) => personId);
  return [
    ...seatsOf(db, centreId, today),
    ...[...new Set(persons)].map((personId) => ({ personId })),
  ];
}

/** Those of the committee who look after the centre: its county's head, the deputy, supervision. */
export const committeeOf = ({ countyId }: Told): Addressee[] => [
  { role: 'county-head', countyId },
  { role: 'province-deputy' },
  { role: 'inspector' },
];

/** The whole board, the committee's officers, and the offices whose section it rests on. */
export function tellDecision(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  act: Recorded,
  { kind, number, decidedOn, reason, monitoringId }: Decision,
): void {
  tell(tx, actor, act, {
    ...{ key: `licence:notices.${kind}`, href: '/licence', centreId: centre.id },
    said: { number, decidedOn, reason },
    to: [...boardOf(tx, centre.id, actor.today), ...committeeOf(centre)],
  });
  const sections = monitoringId === null ? [] : findMonitoring(tx, monitoringId).sections;
  const filled = sections.map(({ office }) => office);
  tellOffices(tx, actor, act, `licence:notices.office-${kind}`, filled, {
    ...{ number, decidedOn, centre: centre.name },
  });
}

/** B-128: those who were proposed for its seats, and the committee, learn of the first licence. */
export function tellLicensed(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  act: Recorded,
  { number, fromOn, toOn, reason }: Licence,
): void {
  const proposed = proposalsOf(tx, centre.id, actor.today);
  const persons = [...new Set(proposed.map(({ personId }) => personId))];
  tell(tx, actor, act, {
    ...{ key: 'licence:notices.licensed', href: '/licence', centreId: centre.id },
    said: { number, fromOn, toOn, reason: reason ?? '' },
    to: [...persons.map((personId) => ({ personId })), ...committeeOf(centre)],
  });
  tellOffices(tx, actor, act, 'licence:notices.office-licensed', OFFICES, {
    ...{ number, fromOn, centre: centre.name },
  });
}

/** Security and selection see no centre: they are told of it by name, where their own work waits. */
function tellOffices(
  tx: Tx,
  actor: Actor,
  act: Recorded,
  key: string,
  offices: readonly Office[],
  said: Record<string, string>,
): void {
  const to = (['security', 'selection'] as const).filter((office) => offices.includes(office));
  tell(tx, actor, act, {
    ...{ key, said, href: '/monitoring', centreId: null },
    to: to.map((role) => ({ role })),
  });
}
