/** What a centre has of what its first licence waits for, and since when. */
import { CORE_SEATS, type CoreSeat } from '../access/powers.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { setting } from '../provinces/province.ts';
import { NEEDED_KINDS, type NeededKind } from './equipment.ts';
import { type Proposed, proposalsOf, waitsFor } from './proposals.ts';

/** B-137: what a province asks for before the first licence, unless it sets another number. */
export const LEAST_VOLUNTEERS = 5;
export const LEAST_UNITS = 1;

export type People = { volunteers: number; units: number };

export type Ready = {
  proposed: Proposed[];
  emptySeats: CoreSeat[];
  uncleared: Proposed[];
  /** The day on which the last of the six was proposed and cleared. */
  boardOn: string | null;
  premisesOn: string | null;
  missing: NeededKind[];
  equippedOn: string | null;
  /** Since when a kind is missing that was there once; null if none was. */
  unequippedOn: string | null;
  /** Since when a version of the area waits for the committee; null if none does. */
  areaProposedOn: string | null;
  /** When the last version was refused or taken back; null if it was not. */
  areaReturnedOn: string | null;
  areaOn: string | null;
  /** Since when a survey waits to be approved; null if none does. */
  surveyDraftedOn: string | null;
  surveyOn: string | null;
  found: People;
  least: People;
  peopleOn: string | null;
};

/** Those who serve now, in the order in which they were registered. */
const active = (table: string, states: string, key: string) =>
  `FROM ${table} t WHERE t.centre_id = @centre AND coalesce((SELECT s.state FROM ${states} s
    WHERE s.${key} = t.id ORDER BY s.id DESC LIMIT 1), 'active') = 'active'`;
const VOLUNTEERS = active('volunteers', 'volunteer_states', 'volunteer_id');
const UNITS = active('units', 'unit_states', 'unit_id');

/** Versions of the area that nobody has decided on yet. */
const BOUNDARIES = `boundaries b LEFT JOIN boundary_refusals r ON r.boundary_id = b.id
  LEFT JOIN boundary_withdrawals w ON w.boundary_id = b.id
  WHERE b.centre_id = @centre AND r.boundary_id IS NULL AND w.boundary_id IS NULL`;

const statements = prepared(({ $client: client }) => ({
  standing: client.prepare(
    `SELECT
       (SELECT max(recorded_on) FROM premises WHERE centre_id = @centre) AS premisesOn,
       (SELECT min(b.proposed_on) FROM ${BOUNDARIES} AND b.id > coalesce((SELECT max(x.id)
          FROM boundaries x JOIN boundary_approvals y ON y.boundary_id = x.id
          WHERE x.centre_id = @centre), 0)) AS areaProposedOn,
       (SELECT coalesce(r.refused_on, w.withdrawn_on) FROM boundaries b
        LEFT JOIN boundary_refusals r ON r.boundary_id = b.id
        LEFT JOIN boundary_withdrawals w ON w.boundary_id = b.id
        WHERE b.centre_id = @centre ORDER BY b.id DESC LIMIT 1) AS areaReturnedOn,
       (SELECT min(a.approved_on) FROM boundary_approvals a JOIN boundaries b
        ON b.id = a.boundary_id WHERE b.centre_id = @centre) AS areaOn,
       (SELECT min(s.drafted_on) FROM surveys s LEFT JOIN survey_approvals a ON a.survey_id = s.id
        WHERE s.centre_id = @centre AND a.survey_id IS NULL) AS surveyDraftedOn,
       (SELECT min(a.approved_on) FROM survey_approvals a JOIN surveys s
        ON s.id = a.survey_id WHERE s.centre_id = @centre) AS surveyOn,
       (SELECT count(*) ${VOLUNTEERS}) AS volunteers, (SELECT count(*) ${UNITS}) AS units,
       max(coalesce((SELECT t.registered_on ${VOLUNTEERS}
         ORDER BY t.id LIMIT 1 OFFSET max(@volunteers, 1) - 1), ''),
         coalesce((SELECT t.registered_on ${UNITS}
         ORDER BY t.id LIMIT 1 OFFSET max(@units, 1) - 1), '')) AS peopleOn`,
  ),
  gone: client.prepare(
    `SELECT e.kind, max(s.since_on) AS goneOn FROM equipment e JOIN equipment_states s
       ON s.equipment_id = e.id AND s.state = 'retired' WHERE e.centre_id = ? GROUP BY e.kind`,
  ),
  kinds: client.prepare(
    `SELECT e.kind, min(e.received_on) AS sinceOn FROM equipment e
     WHERE e.centre_id = ? AND NOT EXISTS (SELECT 1 FROM equipment_states s
       WHERE s.equipment_id = e.id AND s.state = 'retired') GROUP BY e.kind`,
  ),
}));

/** The least numbers of volunteers and charity units that this province asks for. */
export function leastPeople(db: Db): People {
  const number = (key: string, usual: number) => Number(setting(db, key) ?? usual);
  return {
    volunteers: number('least_volunteers', LEAST_VOLUNTEERS),
    units: number('least_units', LEAST_UNITS),
  };
}

export function readyOf(db: Db, centreId: number, today: string): Ready {
  const least = leastPeople(db);
  const { volunteers, units, peopleOn, ...days } = statements(db).standing.get({
    ...{ centre: centreId, ...least },
  }) as Days & People;
  const enough = volunteers >= least.volunteers && units >= least.units;
  return {
    ...boardOf(db, centreId, today),
    ...equipmentOf(db, centreId),
    ...days,
    ...{ found: { volunteers, units }, least },
    peopleOn: enough ? peopleOn || today : null,
  };
}

type Days = Pick<
  Ready,
  | 'premisesOn'
  | 'areaProposedOn'
  | 'areaReturnedOn'
  | 'areaOn'
  | 'surveyDraftedOn'
  | 'surveyOn'
  | 'peopleOn'
>;

function boardOf(db: Db, centreId: number, today: string) {
  const proposed = proposalsOf(db, centreId, today);
  const filled = new Set(proposed.map(({ seat }) => seat));
  const emptySeats = CORE_SEATS.filter((seat) => !filled.has(seat));
  const uncleared = proposed.filter((one) => waitsFor(one).length > 0);
  const days = proposed.flatMap(({ proposedOn, security, selection }) => [
    proposedOn,
    security?.decidedOn ?? '',
    selection?.decidedOn ?? '',
  ]);
  const whole = emptySeats.length === 0 && uncleared.length === 0;
  return { proposed, emptySeats, uncleared, boardOn: whole ? latest(days) : null };
}

function equipmentOf(db: Db, centreId: number) {
  const rows = statements(db).kinds.all(centreId) as { kind: string; sinceOn: string }[];
  const present = new Map(rows.map(({ kind, sinceOn }) => [kind, sinceOn]));
  const missing = NEEDED_KINDS.filter((kind) => !present.has(kind));
  const days = NEEDED_KINDS.map((kind) => present.get(kind) ?? '');
  const equippedOn = missing.length === 0 ? latest(days) : null;
  return { missing, equippedOn, unequippedOn: unequipped(db, centreId, missing) };
}

/** Of a kind that was never there, the centre has been waiting since it was registered. */
function unequipped(db: Db, centreId: number, missing: NeededKind[]): string | null {
  const rows = statements(db).gone.all(centreId) as { kind: string; goneOn: string }[];
  const gone = new Map(rows.map(({ kind, goneOn }) => [kind, goneOn]));
  const days = missing.map((kind) => gone.get(kind));
  return days.every((day) => day !== undefined) ? (days.toSorted()[0] ?? null) : null;
}

const latest = (days: string[]): string => days.toSorted().at(-1)!;
