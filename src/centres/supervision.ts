/** B-18, B-4: all centres of a reader's area: how each stands, and how many sit in mosques. */
import type { Actor } from '../access/actor.ts';
import { CORE_SEATS } from '../access/powers.ts';
import { DECREES, IN_FORCE } from '../board/in-force.ts';
import { licencesByCentre } from '../licence/licences.ts';
import { lastDecisions, standingFrom } from '../licence/standing.ts';
import type { LicenceState } from '../licence/states.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { daysBetween } from '../values/jalali-date.ts';
import { type Centre, centresOf } from './centres.ts';

export type Supervised = Pick<Centre, 'id' | 'code' | 'name' | 'countyId'> & {
  county: string;
  inMosque: boolean;
  state: LicenceState;
  until: string | null;
  /** Days to the licence's last day, below zero once it is past; null where no licence runs. */
  left: number | null;
  /** Core seats that nobody holds today. */
  emptySeats: number;
  /** The version of the boundary in force; null while there is none. */
  boundary: number | null;
};

const statements = prepared((db) => ({
  seats: db.$client.prepare(
    `SELECT d.centre_id AS centreId, count(DISTINCT d.seat) AS held FROM ${DECREES}
     WHERE ${IN_FORCE} AND d.seat IN (SELECT value FROM json_each(@seats)) GROUP BY d.centre_id`,
  ),
  boundaries: db.$client.prepare(
    `SELECT b.centre_id AS centreId, max(b.version) AS version FROM approved_boundaries b
     WHERE b.from_on <= @today GROUP BY b.centre_id`,
  ),
}));

/** The centres that this actor may know of, each with its standing today. */
export function supervised(db: Db, actor: Actor): Supervised[] {
  const { today } = actor;
  const licences = licencesByCentre(db);
  const decisions = lastDecisions(db, today);
  const seats = byCentre(statements(db).seats.all({ today, seats: JSON.stringify(CORE_SEATS) }));
  const versions = byCentre(statements(db).boundaries.all({ today }));
  return centresOf(db, actor).map((centre) => {
    const { id, code, name, countyId, countyName } = centre;
    const known = licences.get(id) ?? [];
    const { state, until } = standingFrom(known, decisions.get(id), today);
    return {
      ...{ id, code, name, countyId, county: countyName, inMosque: centre.host === 'mosque' },
      ...{ state, until, left: leftOf(state, until, today) },
      emptySeats: CORE_SEATS.length - (seats.get(id) ?? 0),
      boundary: versions.get(id) ?? null,
    };
  });
}

/** A licence that was suspended or ended by a decision has no days that count. */
function leftOf(state: LicenceState, until: string | null, today: string): number | null {
  const counts = state === 'active' || state === 'warning' || state === 'expired';
  return until !== null && counts ? daysBetween(today, until) : null;
}

/** Rows of a centre's id and one figure. */
function byCentre(rows: unknown[]): Map<number, number> {
  return new Map(
    (rows as Record<string, number>[]).map((row) => {
      const [id, figure] = Object.values(row);
      return [id!, figure!];
    }),
  );
}

export type CountySupervised = {
  county: string;
  centres: number;
  working: number;
  ending: number;
  resting: number;
  inMosques: number;
  /** Of a hundred, beside the target. */
  share: number;
  emptySeats: number;
};

/** County by county. */
export function supervisedByCounty(centres: Supervised[]): CountySupervised[] {
  const counties = Map.groupBy(centres, ({ county }) => county);
  return [...counties].map(([county, own]) => ({ county, ...sumOf(own) }));
}

/** The sums of these centres. */
export function sumOf(centres: Supervised[]): Omit<CountySupervised, 'county'> {
  const count = (holds: (one: Supervised) => boolean) => centres.filter(holds).length;
  const inMosques = count(({ inMosque }) => inMosque);
  return {
    centres: centres.length,
    working: count(({ state }) => state === 'active' || state === 'warning'),
    ending: count(({ state }) => state === 'warning'),
    resting: count(({ state }) => ['expired', 'suspended', 'revoked'].includes(state)),
    inMosques,
    share: centres.length === 0 ? 0 : Math.round((100 * inMosques) / centres.length),
    emptySeats: centres.reduce((sum, { emptySeats }) => sum + emptySeats, 0),
  };
}
