/** Complaints and suggestions as those who supervise work on them, and as a centre sees its own. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { daysBetween } from '../values/jalali-date.ts';
import type { CaseKind, CaseStep, Topic } from './schema.ts';

export const CASE_STATES = ['filed', 'referred', 'told', 'answered', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];

export type Case = {
  id: number;
  kind: CaseKind;
  /** As 1405-0001. */
  number: string;
  topic: Topic;
  centreNamed: string;
  centreId: number | null;
  centre: string | null;
  centreCode: string | null;
  countyId: number | null;
  text: string;
  sender: string | null;
  contact: string | null;
  filedOn: string;
  dueOn: string;
  state: CaseState;
  answeredOn: string | null;
  untilOn: string | null;
  /** Until its answer, or today. */
  waitedDays: number;
  isLate: boolean;
};

export type TakenStep = {
  step: CaseStep;
  text: string | null;
  untilOn: string | null;
  takenOn: string;
  by: string;
};

export type CaseFilter = { state?: CaseState; kind?: CaseKind; late?: boolean };

const SELECT = `SELECT c.id, c.kind, c.year, c.number, c.topic, c.centre_named AS centreNamed,
    c.centre_id AS centreId, n.name AS centre, n.code AS centreCode, n.county_id AS countyId, c.text,
    c.sender, c.contact, c.filed_on AS filedOn, c.due_on AS dueOn, c.state,
    c.answered_on AS answeredOn, c.until_on AS untilOn
  FROM complaint_cases c LEFT JOIN centres n ON n.id = c.centre_id`;
/** The head of a county office has what is about his county; what is about nobody known, he has not. */
const MINE = '(@county IS NULL OR n.county_id = @county)';
const ASKED = `${MINE} AND (@state IS NULL OR c.state = @state) AND (@kind IS NULL OR c.kind = @kind)
  AND (@late = 0 OR (c.answered_on IS NULL AND c.due_on < @today))`;
/** What was asked of a centre that it turned out not to be about is not asked of the next one. */
const SINCE_PLACED = `s.id > coalesce((SELECT max(p.id) FROM complaint_steps p
  WHERE p.complaint_id = s.complaint_id AND p.step = 'placed'), 0)`;
const REFERRED = `c.centre_id = @centreId AND EXISTS (SELECT 1 FROM complaint_steps s
  WHERE s.complaint_id = c.id AND s.step = 'referred' AND ${SINCE_PLACED})`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(
    `${SELECT} WHERE ${ASKED} ORDER BY c.state = 'closed', c.answered_on IS NOT NULL, c.due_on, c.id
     LIMIT @limit OFFSET @offset`,
  ),
  count: client.prepare(`SELECT count(*) FROM (${SELECT} WHERE ${ASKED})`).pluck(),
  one: client.prepare(`${SELECT} WHERE ${MINE} AND c.id = @id`),
  referred: client.prepare(`${SELECT} WHERE ${REFERRED} ORDER BY c.state = 'closed', c.id DESC`),
  steps: client.prepare(
    `SELECT s.step, s.text, s.until_on AS untilOn, s.taken_on AS takenOn, u.name AS by
     FROM complaint_steps s JOIN users u ON u.id = s.taken_by WHERE s.complaint_id = ? ORDER BY s.id`,
  ),
  heard: client.prepare(
    `SELECT s.step, s.text, s.until_on AS untilOn, s.taken_on AS takenOn, u.name AS by
     FROM complaint_steps s JOIN users u ON u.id = s.taken_by
     WHERE s.complaint_id = ? AND ${SINCE_PLACED} ORDER BY s.id`,
  ),
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM complaint_steps').pluck(),
  insert: client.prepare('INSERT INTO complaint_steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
}));

type Raw = Omit<Case, 'number' | 'waitedDays' | 'isLate'> & { year: number; number: number };

type Page = CaseFilter & { limit: number; offset: number };

/** What this officer may know of: of his county, or all; those that wait longest come first. */
export function casesOf(db: Db, actor: Actor, { limit, offset, ...filter }: Page): Case[] {
  const asked = { ...valuesOf(actor, filter), limit, offset };
  return (statements(db).list.all(asked) as Raw[]).map((raw) => whole(raw, actor.today));
}

export function countCases(db: Db, actor: Actor, filter: CaseFilter): number {
  return statements(db).count.get(valuesOf(actor, filter)) as number;
}

export function findCase(db: Db, actor: Actor, id: number): Case {
  const found = statements(db).one.get({ county: countyOf(actor), id }) as Raw | undefined;
  if (!found) throw new NotFound();
  return whole(found, actor.today);
}

/** What was referred to a centre, without who sent it. */
export function casesReferredTo(db: Db, actor: Actor, centreId: number): Case[] {
  return (statements(db).referred.all({ centreId }) as Raw[]).map((raw) => ({
    ...whole(raw, actor.today),
    ...{ sender: null, contact: null },
  }));
}

export function findReferred(db: Db, actor: Actor, centreId: number, id: number): Case {
  const found = casesReferredTo(db, actor, centreId).find((one) => one.id === id);
  if (!found) throw new NotFound();
  return found;
}

export function stepsOfCase(db: Db, id: number): TakenStep[] {
  return statements(db).steps.all(id) as TakenStep[];
}

/** Between the committee and the centre it is now about, and what the sender was answered. */
export function stepsHeard(db: Db, id: number): TakenStep[] {
  return statements(db).heard.all(id) as TakenStep[];
}

/** The committee says which centre it is about. */
export function placeCase(tx: Tx, actor: Actor, id: number, centre: Centre): Case {
  const one = openCase(tx, actor, id);
  requirePower(actor, 'complaints.handle', centre);
  take(tx, actor, one, { step: 'placed', centreId: centre.id });
  return findCase(tx, actor, id);
}

type Referral = { text: string | null; untilOn: string };

/** Asks the centre what it has to say, until a day; the centre hears the text and no name. */
export function referCase(tx: Tx, actor: Actor, id: number, { text, untilOn }: Referral): Case {
  const one = openCase(tx, actor, id);
  if (one.centreId === null)
    throw new Refusal('supervision:refusals.no-centre', { clause: 'B-19' });
  if (untilOn < actor.today) {
    throw new Refusal('supervision:refusals.until-past', {
      ...{ status: 422, field: 'untilOn', clause: 'B-19' },
    });
  }
  const act = take(tx, actor, one, { step: 'referred', text, untilOn });
  tell(tx, actor, act, {
    ...{ key: `supervision:notices.referred-${one.kind}`, said: { number: one.number, untilOn } },
    ...{ href: `/complaints/${id}`, centreId: one.centreId },
    to: [{ seat: 'chair' }, { seat: 'vice-chair' }],
  });
  return findCase(tx, actor, id);
}

/** What the centre has to say of it, to the committee and not to the sender. */
export function tellOfCase(tx: Tx, actor: Actor, centre: Centre, id: number, text: string): Case {
  requirePower(actor, 'complaints.tell', centre);
  const one = findReferred(tx, actor, centre.id, id);
  if (!['referred', 'told'].includes(one.state)) {
    throw new Refusal('supervision:refusals.answered', { clause: 'B-19' });
  }
  const act = take(tx, actor, one, { step: 'told', text });
  tell(tx, actor, act, {
    ...{ key: 'supervision:notices.told', said: { number: one.number, centre: centre.name } },
    ...{ href: `/supervision/complaints/${id}`, centreId: null },
    to: [{ role: 'inspector' }, { role: 'county-head', countyId: centre.countyId }],
  });
  return findReferred(tx, actor, centre.id, id);
}

/** The answer that the sender reads by his code; closing says the last word. */
export function answerCase(
  tx: Tx,
  actor: Actor,
  id: number,
  { step, text }: { step: 'answered' | 'closed'; text: string },
): Case {
  take(tx, actor, openCase(tx, actor, id), { step, text });
  return findCase(tx, actor, id);
}

function openCase(tx: Tx, actor: Actor, id: number): Case {
  requirePower(actor, 'complaints.handle');
  const one = findCase(tx, actor, id);
  if (one.state === 'closed') throw new Refusal('supervision:refusals.closed', { clause: 'B-19' });
  return one;
}

type Taken = { step: CaseStep; centreId?: number; text?: string | null; untilOn?: string };

function take(tx: Tx, actor: Actor, one: Case, { step, centreId, text, untilOn }: Taken) {
  const act = record(tx, actor, {
    ...{ kind: `complaint.${step}`, subject: `complaints/${one.id}` },
    // The centre's trail has what it was told and said, and no more.
    centreId: step === 'referred' || step === 'told' ? one.centreId : null,
    ...{ before: { state: one.state }, after: { number: one.number, step } },
  });
  statements(tx).insert.run(
    ...[statements(tx).next.get(), one.id, step, centreId ?? null, text ?? null, untilOn ?? null],
    ...[actor.today, actor.user!.id, act.id],
  );
  return act;
}

const countyOf = ({ office }: Actor): number | null => office?.countyId ?? null;

const valuesOf = (actor: Actor, { state, kind, late = false }: CaseFilter) => ({
  ...{ county: countyOf(actor), state: state ?? null, kind: kind ?? null, late: late ? 1 : 0 },
  today: actor.today,
});

function whole({ year, number, ...raw }: Raw, today: string): Case {
  const until = raw.answeredOn ?? today;
  return {
    ...{ ...raw, number: writtenNumber(year, number, 4) },
    waitedDays: daysBetween(raw.filedOn, until),
    isLate: until > raw.dueOn,
  };
}
