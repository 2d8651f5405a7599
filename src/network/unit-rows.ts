/** Charity units as they are read: the newest version of each with its state and its last report. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { lateDaysSql } from '../lateness/mark.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { inOrder, ordered } from '../provinces/ordered.ts';
import { withSearch } from '../provinces/search-text.ts';
import { NotFound } from '../refusal.ts';
import { searchWords } from '../values/persian-text.ts';
import type { UnitKind, UnitState } from './kinds.ts';
import { masked } from './volunteer-sides.ts';

export type UnitParticulars = {
  name: string;
  kind: UnitKind;
  place: string;
  lon: number | null;
  lat: number | null;
  /** The head, if he is a volunteer: the centre's number of him. */
  headVolunteer: number | null;
  headName: string | null;
  phone: string | null;
  /** Collection boxes that it holds. */
  boxes: number;
  sinceOn: string;
  /** The drawn part of the area in which it works, if one was chosen. */
  partId?: number | null;
};

export type Unit = UnitParticulars & {
  id: number;
  number: number;
  version: number;
  nameSearch: string;
  nameSort: string;
  partName: string | null;
  /** The head's name, whoever he is. */
  head: string;
  state: UnitState;
  stateSince: string | null;
  stateReason: string | null;
  reports: number;
  lastReportOn: string | null;
};

const HEAD = `coalesce(p.head_name, (SELECT name FROM volunteer_versions
    WHERE volunteer_id = p.head_volunteer_id ORDER BY version DESC LIMIT 1))`;

const ORDERS = {
  name: '',
  number: 'u.number',
  boxes: 'p.boxes',
  reported: "coalesce(lastReportOn, '')",
};

const SELECT = `SELECT u.id, u.number, p.version, p.name, p.name_search AS nameSearch,
  p.name_sort AS nameSort, p.kind, p.place, p.lon, p.lat, h.number AS headVolunteer,
  p.head_name AS headName, p.phone, p.boxes, p.since_on AS sinceOn,
  p.part_id AS partId, (SELECT name FROM area_parts WHERE id = p.part_id) AS partName,
  ${HEAD} AS head,
  coalesce(s.state, 'active') AS state, s.since_on AS stateSince, s.reason AS stateReason,
  (SELECT count(*) FROM unit_reports r WHERE r.unit_id = u.id) AS reports,
  (SELECT max(reported_on) FROM unit_reports r WHERE r.unit_id = u.id) AS lastReportOn`;

const FROM = `FROM units u JOIN unit_versions p ON p.unit_id = u.id AND p.version =
    (SELECT max(version) FROM unit_versions WHERE unit_id = u.id)
  LEFT JOIN volunteers h ON h.id = p.head_volunteer_id
  LEFT JOIN unit_states s ON s.id = (SELECT max(id) FROM unit_states WHERE unit_id = u.id)`;

const WHERE = `WHERE u.centre_id = @centreId AND (@kind IS NULL OR p.kind = @kind)
  AND (@state IS NULL OR coalesce(s.state, 'active') = @state)
  AND (@part IS NULL OR CAST(p.part_id AS TEXT) = @part)
  AND (@words = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(@words) w WHERE instr(p.name_search, w.value) = 0
    AND instr(search_text(p.place), w.value) = 0 AND instr(search_text(${HEAD}), w.value) = 0))`;

const statements = prepared((db) => ({
  list: ordered(withSearch(db), `${SELECT} ${FROM} ${WHERE}`, ORDERS, ['p.name_sort', 'u.number']),
  count: withSearch(db).$client.prepare(`SELECT count(*) ${FROM} ${WHERE}`).pluck(),
  byNumber: db.$client.prepare(`${SELECT} ${FROM} WHERE u.centre_id = ? AND u.number = ?`),
  reports: db.$client.prepare(
    `SELECT r.reported_on AS reportedOn, r.done, r.gifts, r.persons, u.name AS recordedBy,
       ${lateDaysSql('r.reported_on', 'r.recorded_on')} AS lateDays
     FROM unit_reports r JOIN users u ON u.id = r.recorded_by
     WHERE r.unit_id = ? ORDER BY r.reported_on DESC, r.id DESC`,
  ),
  states: db.$client.prepare(
    `SELECT s.state, s.reason, s.since_on AS sinceOn, u.name AS by FROM unit_states s
     JOIN users u ON u.id = s.set_by WHERE s.unit_id = ? ORDER BY s.id DESC`,
  ),
}));

export type UnitFilter = {
  q?: string;
  kind?: string;
  state?: string;
  part?: string;
  sort?: string;
};

/** The units of a centre that the filter lets through; by name, number, boxes or last report. */
export function unitsOf(
  db: Db,
  centreId: number,
  filter: UnitFilter,
  part: { limit: number; offset: number },
): Unit[] {
  const statement = inOrder(statements(db).list, 'name', filter.sort);
  return statement.all({ ...asked(centreId, filter), ...part }) as Unit[];
}

export function everyUnit(db: Db, centreId: number, filter: UnitFilter): Iterable<Unit> {
  const statement = inOrder(statements(db).list, 'name', filter.sort);
  const all = { ...asked(centreId, filter), limit: -1, offset: 0 };
  return statement.iterate(all) as Iterable<Unit>;
}

export function countListedUnits(db: Db, centreId: number, filter: UnitFilter): number {
  return statements(db).count.get(asked(centreId, filter)) as number;
}

const asked = (centreId: number, { q, kind, state, part }: UnitFilter) => ({
  ...{ centreId, kind: kind ?? null, state: state ?? null, part: part ?? null },
  words: JSON.stringify(searchWords(q ?? '')),
});

/** A unit by the centre's number; throws NotFound. */
export function findUnit(db: Db, centreId: number, number: number): Unit {
  const unit = statements(db).byNumber.get(centreId, number) as Unit | undefined;
  if (!unit) throw new NotFound();
  return unit;
}

export type ReportRow = {
  reportedOn: string;
  done: string;
  gifts: string | null;
  persons: number | null;
  recordedBy: string;
  /** B-112: so many days after its own day it was entered, if that was too late; else null. */
  lateDays: number | null;
};

export const reportsOf = (db: Db, unitId: number): ReportRow[] =>
  statements(db).reports.all(unitId) as ReportRow[];

export const unitStatesOf = (db: Db, unitId: number) =>
  statements(db).states.all(unitId) as {
    state: UnitState;
    reason: string;
    sinceOn: string;
    by: string;
  }[];

/** B-105: a unit's telephone is its head's own; the rest of it everybody of the centre may know. */
export function unitShownTo(actor: Actor, centre: Centre, unit: Unit) {
  const { id: _, nameSearch: __, nameSort: ___, ...rest } = unit;
  const open = may(actor, 'units.contact', centre);
  const phone = open ? unit.phone : masked(null, unit.phone).mobile;
  return { ...rest, phone, masked: !open };
}
