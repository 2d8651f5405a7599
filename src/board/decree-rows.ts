/** Decrees as they are read: with their person, their number and the state of the day. */
import type { Seat } from '../access/powers.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { NotFound } from '../refusal.ts';
import { type DecreeState, decreeState, isInForce, type Recorded } from './decree-states.ts';

export type Decree = Recorded & {
  id: number;
  centreId: number;
  countyId: number;
  personId: number;
  name: string;
  nationalId: string;
  gender: 'man' | 'woman';
  isCleric: boolean;
  draftedOn: string;
  draftedBy: string;
  /** B-34: why an optional seat is added, and in which field. */
  need: { reason: string; field: string } | null;
  requestPaperId: number | null;
  answerPaperId: number | null;
  coordinationNumber: string | null;
  coordinatedOn: string | null;
  /** As 1405-0001; null until it is issued. */
  number: string | null;
  issuedBy: string | null;
  paperId: number | null;
  endingReason: string | null;
  state: DecreeState;
  inForce: boolean;
};

type Raw = Omit<Decree, 'isCleric' | 'number' | 'state' | 'inForce' | 'need'> & {
  isCleric: number;
  needReason: string | null;
  needField: string | null;
  year: number | null;
  serial: number | null;
};

const SELECT = `SELECT d.id, d.centre_id AS centreId, c.county_id AS countyId,
  d.person_id AS personId, coalesce(k.name, p.name) AS name, p.national_id AS nationalId,
  coalesce(k.gender, p.gender) AS gender, coalesce(k.is_cleric, p.is_cleric) AS isCleric, d.seat, d.from_on AS fromOn, d.to_on AS toOn,
  d.drafted_on AS draftedOn, du.name AS draftedBy, n.reason AS needReason, n.field AS needField,
  r.requested_on AS requestedOn, r.paper_id AS requestPaperId, l.paper_id AS answerPaperId, o.answer, o.number AS coordinationNumber,
  o.decided_on AS coordinatedOn, i.year, i.number AS serial, i.issued_on AS issuedOn,
  iu.name AS issuedBy, i.paper_id AS paperId, a.accepted_on AS acceptedOn,
  e.ended_on AS endedOn, e.reason AS endingReason
  FROM decrees d JOIN persons p ON p.id = d.person_id JOIN centres c ON c.id = d.centre_id
  JOIN users du ON du.id = d.drafted_by
  LEFT JOIN county_persons k ON k.person_id = p.id AND k.county_id = c.county_id
  LEFT JOIN decree_needs n ON n.decree_id = d.id LEFT JOIN decree_requests r ON r.decree_id = d.id
  LEFT JOIN decree_coordinations o ON o.decree_id = d.id
  LEFT JOIN coordination_letters l ON l.decree_id = d.id
  LEFT JOIN decree_issues i ON i.decree_id = d.id LEFT JOIN users iu ON iu.id = i.issued_by
  LEFT JOIN decree_acceptances a ON a.decree_id = d.id
  LEFT JOIN decree_endings e ON e.decree_id = d.id`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(`${SELECT} WHERE d.centre_id = ? ORDER BY d.id DESC`),
  ofPerson: db.$client.prepare(`${SELECT} WHERE d.person_id = ? ORDER BY d.id DESC`),
  byId: db.$client.prepare(`${SELECT} WHERE d.centre_id = ? AND d.id = ?`),
  byNumber: db.$client.prepare(`${SELECT} WHERE d.centre_id = ? AND i.year = ? AND i.number = ?`),
}));

/** Every decree of a centre, the latest drafted first. */
export function decreesOf(db: Db, centreId: number, today: string): Decree[] {
  return (statements(db).ofCentre.all(centreId) as Raw[]).map((raw) => decreeOf(raw, today));
}

/** Every decree of a person, in whichever centre. */
export function decreesOfPerson(db: Db, personId: number, today: string): Decree[] {
  return (statements(db).ofPerson.all(personId) as Raw[]).map((raw) => decreeOf(raw, today));
}

/** A decree of this centre by its number (1405-0001) or by its id; throws NotFound. */
export function findDecree(db: Db, centreId: number, named: string, today: string): Decree {
  const number = /^(\d{4})-(\d{4,6})$/.exec(named);
  const raw = number
    ? statements(db).byNumber.get(centreId, Number(number[1]), Number(number[2]))
    : /^\d{1,10}$/.test(named)
      ? statements(db).byId.get(centreId, Number(named))
      : undefined;
  if (!raw) throw new NotFound();
  return decreeOf(raw as Raw, today);
}

/** Who holds which seat of a centre on a day. */
export function holdersOn(db: Db, centreId: number, day: string): Map<Seat, Decree> {
  const held = decreesOf(db, centreId, day).filter((decree) => decree.inForce);
  return new Map(held.map((decree) => [decree.seat, decree]));
}

function decreeOf({ year, serial, needReason, needField, ...raw }: Raw, today: string): Decree {
  const need =
    needReason === null || needField === null ? null : { reason: needReason, field: needField };
  return {
    ...raw,
    need,
    isCleric: raw.isCleric === 1,
    number: year === null || serial === null ? null : writtenNumber(year, serial, 4),
    state: decreeState(raw, today),
    inForce: isInForce(raw, today),
  };
}
