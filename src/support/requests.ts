/** B-120: somebody asks those who look after the program, is answered, asks again or closes. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { supportByItsKeepers } from '../bylaw/online.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';

export const SUPPORT_STATES = ['asked', 'answered', 'closed'] as const;
export type SupportState = (typeof SUPPORT_STATES)[number];
export type Step = 'answer' | 'ask' | 'close';

export type SupportRequest = {
  id: number;
  subject: string;
  text: string;
  page: string | null;
  askedOn: string;
  askedBy: string;
  askerId: number;
  centre: string | null;
  state: SupportState;
  /** The day of the last step, or of the asking. */
  since: string;
};

export type StepTaken = { kind: Step; text: string | null; takenOn: string; by: string };

const SELECT = `SELECT r.id, r.subject, r.text, r.page, r.asked_on AS askedOn, u.name AS askedBy,
  r.asked_by AS askerId, c.name AS centre,
  CASE l.kind WHEN 'answer' THEN 'answered' WHEN 'close' THEN 'closed' ELSE 'asked' END AS state,
  coalesce(l.taken_on, r.asked_on) AS since
  FROM support_requests r JOIN users u ON u.id = r.asked_by
  LEFT JOIN centres c ON c.id = r.centre_id
  LEFT JOIN support_steps l ON l.id =
    (SELECT max(id) FROM support_steps WHERE request_id = r.id)`;

/** Whoever answers reads all; everybody else what he asked himself. */
const MINE = '(@all = 1 OR r.asked_by = @userId)';
const ASKED = `${MINE} AND (@state IS NULL OR @state = CASE l.kind
  WHEN 'answer' THEN 'answered' WHEN 'close' THEN 'closed' ELSE 'asked' END)`;

const statements = prepared((db) => ({
  one: db.$client.prepare(`${SELECT} WHERE ${MINE} AND r.id = @id`),
  list: db.$client.prepare(
    `${SELECT} WHERE ${ASKED} ORDER BY state <> 'asked', r.id DESC LIMIT @limit OFFSET @offset`,
  ),
  count: db.$client.prepare(`SELECT count(*) FROM (${SELECT} WHERE ${ASKED})`).pluck(),
  steps: db.$client.prepare(
    `SELECT s.kind, s.text, s.taken_on AS takenOn, u.name AS by
     FROM support_steps s JOIN users u ON u.id = s.taken_by WHERE s.request_id = ? ORDER BY s.id`,
  ),
  next: db.$client.prepare('SELECT 1 + count(*) FROM support_requests').pluck(),
  insert: db.$client.prepare('INSERT INTO support_requests VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  step: db.$client.prepare(
    `INSERT INTO support_steps (request_id, kind, text, taken_on, taken_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ),
  asker: db.$client.prepare(
    'SELECT person_id AS personId, role, county_id AS countyId FROM users WHERE id = ?',
  ),
}));

const reader = (actor: Actor) => ({
  all: may(actor, 'support.answer') ? 1 : 0,
  userId: actor.user!.id,
});

/** A request that this actor may know of; throws NotFound. */
export function findRequest(db: Db, actor: Actor, id: number): SupportRequest {
  const found = statements(db).one.get({ ...reader(actor), id });
  if (!found) throw new NotFound();
  return found as SupportRequest;
}

type Page = { state?: string; limit: number; offset: number };

export function requestsOf(db: Db, actor: Actor, { state, ...page }: Page): SupportRequest[] {
  const asked = { ...reader(actor), state: state ?? null, ...page };
  return statements(db).list.all(asked) as SupportRequest[];
}

export function countRequests(db: Db, actor: Actor, state?: string): number {
  return statements(db).count.get({ ...reader(actor), state: state ?? null }) as number;
}

export function stepsOfRequest(db: Db, id: number): StepTaken[] {
  return statements(db).steps.all(id) as StepTaken[];
}

export type RequestTyped = { subject: string; text: string; page: string | null };

/** Asks; those who look after the program are told. A trustee asks for the centre he sits in. */
export function askSupport(tx: Tx, actor: Actor, typed: RequestTyped): SupportRequest {
  const id = statements(tx).next.get() as number;
  const { subject, text, page } = typed;
  const centreId = actor.seats[0]?.centreId ?? actor.tasks[0]?.centreId ?? null;
  const act = record(tx, actor, {
    ...{ kind: 'support.asked', subject: `support/${id}`, after: { subject, page } },
  });
  const { user, today } = actor;
  statements(tx).insert.run(id, centreId, subject, text, page, today, user!.id, act.id);
  tellKeepers(tx, actor, act, { id, subject });
  return findRequest(tx, actor, id);
}

/** Answers, asks again, or closes; what the state or the reader does not allow is refused (B-120). */
export function takeSupportStep(
  tx: Tx,
  actor: Actor,
  id: number,
  { kind, text }: { kind: Step; text: string | null },
): SupportRequest {
  const request = findRequest(tx, actor, id);
  const isKeeper = may(actor, 'support.answer');
  const isAsker = request.askerId === actor.user!.id;
  uphold(supportByItsKeepers, { step: kind, isKeeper, isAsker }, { status: 403 });
  refuseOutOfTurn(request, kind);
  if (kind !== 'close' && (text ?? '').length < 3) {
    throw new Refusal('values:text.reason', { status: 422, field: 'text' });
  }
  const act = record(tx, actor, {
    ...{ kind: `support.${kind}`, subject: `support/${id}`, before: { state: request.state } },
  });
  statements(tx).step.run(id, kind, text, actor.today, actor.user!.id, act.id);
  const { subject } = request;
  if (kind === 'answer') tellAsker(tx, actor, act, { id, subject, askerId: request.askerId });
  if (kind === 'ask') tellKeepers(tx, actor, act, { id, subject });
  return findRequest(tx, actor, id);
}

/** What may follow: an answer to what is asked, another question to what is answered. */
function refuseOutOfTurn({ state }: SupportRequest, kind: Step): void {
  const fits = { asked: ['answer', 'close'], answered: ['ask', 'close'], closed: [''] }[state];
  if (!fits.includes(kind)) throw new Refusal(`support:refusals.${state}`);
}

type About = { id: number; subject: string };

function tellKeepers(tx: Tx, actor: Actor, act: Recorded, { id, subject }: About): void {
  const to = [{ role: 'system-admin' as const }, { role: 'province-deputy' as const }];
  const said = { number: id, subject };
  tell(tx, actor, act, {
    ...{ key: 'support:notices.asked', said, href: `/support/${id}`, centreId: null, to },
  });
}

type Asker = { personId: number | null; role: 'county-head' | null; countyId: number | null };

/** A trustee is told as a person, an officer by his office. */
function tellAsker(tx: Tx, actor: Actor, act: Recorded, about: About & { askerId: number }): void {
  const { personId, role, countyId } = statements(tx).asker.get(about.askerId) as Asker;
  const office = role ? [{ role, ...(countyId === null ? {} : { countyId }) }] : [];
  const to = personId === null ? office : [{ personId }];
  const said = { number: about.id, subject: about.subject };
  const href = `/support/${about.id}`;
  tell(tx, actor, act, { key: 'support:notices.answered', said, href, centreId: null, to });
}
