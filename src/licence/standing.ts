/** B-109: in which state a centre is on a day, by the last decision, or else by its licences' days. */
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays } from '../values/jalali-date.ts';
import { coveredUntil, type Days, HOLDS_AREA, type LicenceState, stateOn } from './states.ts';

export const DECISIONS = ['renew', 'suspend', 'reinstate', 'revoke', 'dissolve', 'finish'] as const;
export type DecisionKind = (typeof DECISIONS)[number];

/** What the committee decided about a licence. */
export type Decision = {
  id: number;
  centreId: number;
  kind: DecisionKind;
  number: string;
  decidedOn: string;
  reason: string;
  monitoringId: number | null;
  paperId: number;
  /** The officer's name. */
  decidedBy: string;
};

export type Standing = {
  state: LicenceState;
  /** From when the state lasts; null before there is a licence. */
  since: string | null;
  /** The decision that put the centre in this state, if its days did not. */
  decision: Decision | null;
  /** The last day up to which it is licensed without a gap; that of the last licence if none runs. */
  until: string | null;
};

/** The state that each decision puts a centre in; after the others its days decide again. */
export const STATE_BY_DECISION: Partial<Record<DecisionKind, LicenceState>> = {
  suspend: 'suspended',
  revoke: 'revoked',
  dissolve: 'dissolving',
  finish: 'dissolved',
};

/** The decisions after which a centre holds no ground any more, until another puts it back. */
export const DECISIONS_THAT_FREE_GROUND = DECISIONS.filter((kind) => {
  const state = STATE_BY_DECISION[kind];
  return state !== undefined && !HOLDS_AREA[state];
});

/** The same asked in SQL: whether a centre holds its area on a day; both are names in a statement. */
export const holdsArea = (centre: string, day: string): string =>
  `coalesce((SELECT d.kind FROM licence_decisions d WHERE d.centre_id = ${centre}
     AND d.kind <> 'renew' AND d.decided_on <= ${day} ORDER BY d.id DESC LIMIT 1), '')
   NOT IN (${DECISIONS_THAT_FREE_GROUND.map((kind) => `'${kind}'`).join(', ')})`;

const DECISION = `d.id, d.centre_id AS centreId, d.kind, d.number, d.decided_on AS decidedOn,
  d.reason, d.monitoring_id AS monitoringId, d.paper_id AS paperId, u.name AS decidedBy
  FROM licence_decisions d JOIN users u ON u.id = d.decided_by`;

const statements = prepared((db) => ({
  licences: db.$client.prepare(
    'SELECT from_on AS fromOn, to_on AS toOn FROM current_licences WHERE centre_id = ? ORDER BY from_on',
  ),
  last: db.$client.prepare(
    `SELECT ${DECISION} WHERE d.centre_id = ? AND d.kind <> 'renew' AND d.decided_on <= ?
     ORDER BY d.id DESC LIMIT 1`,
  ),
  ofCentre: db.$client.prepare(`SELECT ${DECISION} WHERE d.centre_id = ? ORDER BY d.id DESC`),
  lastOfAll: db.$client.prepare(
    `SELECT ${DECISION} WHERE d.id IN (SELECT max(id) FROM licence_decisions
       WHERE kind <> 'renew' AND decided_on <= ? GROUP BY centre_id)`,
  ),
}));

/** The centre's one state on this day. */
export function standingOn(db: Db, centreId: number, day: string): Standing {
  const licences = statements(db).licences.all(centreId) as Days[];
  const last = statements(db).last.get(centreId, day) as Decision | undefined;
  return standingFrom(licences, last, day);
}

/** The same from what is already read: its licences, and the last decision that is no renewal. */
export function standingFrom(licences: Days[], last: Decision | undefined, day: string): Standing {
  const until = coveredUntil(licences, day) ?? lastDay(licences);
  const decided = last && STATE_BY_DECISION[last.kind];
  if (last && decided) return { state: decided, since: last.decidedOn, decision: last, until };
  const state = stateOn(licences, day);
  return { state, since: sinceWhen(licences, day), decision: null, until };
}

/** Every decision about the centre's licence, the latest first. */
export function decisionsOf(db: Db, centreId: number): Decision[] {
  return statements(db).ofCentre.all(centreId) as Decision[];
}

/** The last decision of each centre that is no renewal, up to this day. */
export function lastDecisions(db: Db, day: string): Map<number, Decision> {
  const rows = statements(db).lastOfAll.all(day) as Decision[];
  return new Map(rows.map((row) => [row.centreId, row]));
}

function lastDay(licences: Days[]): string | null {
  return licences.map(({ toOn }) => toOn).reduce<string | null>(later, null);
}

const later = (one: string | null, other: string) => (one !== null && one > other ? one : other);

/** The first day of the licence that runs, or the day after the last one's end. */
function sinceWhen(licences: Days[], day: string): string | null {
  const running = licences.find(({ fromOn, toOn }) => fromOn <= day && toOn >= day);
  if (running) return running.fromOn;
  const ended = lastDay(licences.filter(({ toOn }) => toOn < day));
  return ended === null ? null : addDays(ended, 1);
}
