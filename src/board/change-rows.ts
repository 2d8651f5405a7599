/** Requests to change who holds a seat, as they are read: with their answer and their state. */
import type { Seat } from '../access/powers.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import type { CHANGE_KINDS } from './schema.ts';

export type ChangeKind = (typeof CHANGE_KINDS)[number];
export type ChangeState = 'waiting' | 'agreed' | 'refused' | 'withdrawn';

export type Change = {
  id: number;
  centreId: number;
  countyId: number;
  kind: ChangeKind;
  /** The decree of whoever holds the seat, or held it last. */
  decreeId: number;
  seat: Seat;
  holder: string;
  /** Who is proposed for the seat; null when it is to stand empty. */
  personId: number | null;
  person: string | null;
  reason: string;
  requestedOn: string;
  requestedBy: string;
  requestPaperId: number;
  answer: 'agreed' | 'refused' | null;
  number: string | null;
  decidedOn: string | null;
  decidedBy: string | null;
  answerPaperId: number | null;
  withdrawnOn: string | null;
  withdrawal: string | null;
  state: ChangeState;
};

const SELECT = `SELECT r.id, r.centre_id AS centreId, c.county_id AS countyId, r.kind,
  r.decree_id AS decreeId, d.seat, coalesce(hk.name, h.name) AS holder, r.person_id AS personId,
  coalesce(pk.name, p.name) AS person, r.reason, r.requested_on AS requestedOn,
  ru.name AS requestedBy, r.paper_id AS requestPaperId, a.answer, a.number,
  a.decided_on AS decidedOn, au.name AS decidedBy, a.paper_id AS answerPaperId,
  w.withdrawn_on AS withdrawnOn, w.reason AS withdrawal,
  CASE WHEN w.request_id IS NOT NULL THEN 'withdrawn' ELSE coalesce(a.answer, 'waiting') END
    AS state
  FROM change_requests r JOIN centres c ON c.id = r.centre_id
  JOIN decrees d ON d.id = r.decree_id JOIN persons h ON h.id = d.person_id
  LEFT JOIN county_persons hk ON hk.person_id = h.id AND hk.county_id = c.county_id
  LEFT JOIN persons p ON p.id = r.person_id
  LEFT JOIN county_persons pk ON pk.person_id = p.id AND pk.county_id = c.county_id
  JOIN users ru ON ru.id = r.requested_by
  LEFT JOIN change_answers a ON a.request_id = r.id LEFT JOIN users au ON au.id = a.decided_by
  LEFT JOIN change_withdrawals w ON w.request_id = r.id`;

const statements = prepared((db) => ({
  list: db.$client.prepare(`${SELECT} WHERE r.centre_id = ? ORDER BY r.id DESC LIMIT ? OFFSET ?`),
  count: db.$client.prepare('SELECT count(*) FROM change_requests WHERE centre_id = ?').pluck(),
  // What was refused or withdrawn asks nobody for anything.
  pending: db.$client.prepare(
    `${SELECT} WHERE r.centre_id = ? AND w.request_id IS NULL
       AND (a.answer IS NULL OR a.answer = 'agreed') ORDER BY r.id DESC`,
  ),
  waiting: db.$client.prepare(
    `${SELECT} WHERE r.decree_id = ? AND w.request_id IS NULL AND a.request_id IS NULL
     ORDER BY r.id LIMIT 1`,
  ),
  proposed: db.$client
    .prepare('SELECT 1 FROM change_requests WHERE centre_id = ? AND person_id = ? LIMIT 1')
    .pluck(),
  byId: db.$client.prepare(`${SELECT} WHERE r.centre_id = ? AND r.id = ?`),
  last: db.$client.prepare(
    `SELECT d.id, d.person_id AS personId, p.name FROM decrees d
     JOIN decree_issues i ON i.decree_id = d.id JOIN decree_acceptances a ON a.decree_id = d.id
     JOIN persons p ON p.id = d.person_id
     WHERE d.centre_id = @centreId AND d.seat = @seat AND d.id <> @id
     ORDER BY d.from_on DESC, d.id DESC LIMIT 1`,
  ),
  agreed: db.$client
    .prepare(
      `SELECT 1 FROM change_requests r JOIN change_answers a ON a.request_id = r.id
       WHERE r.decree_id = @decreeId AND a.answer = 'agreed'
         AND iif(@personId IS NULL, r.kind IN ('replace', 'end'), r.person_id = @personId)`,
    )
    .pluck(),
}));

/** The requests of a centre, the latest first. */
export function changesOf(db: Db, centreId: number, limit: number, offset: number): Change[] {
  return statements(db).list.all(centreId, limit, offset) as Change[];
}

/** Every one of them, one after another. */
export function everyChange(db: Db, centreId: number): Iterable<Change> {
  return statements(db).list.iterate(centreId, -1, 0) as Iterable<Change>;
}

export function countChanges(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

/** Those that wait for an answer, and those that were agreed to, carried out or not. */
export function openChangesOf(db: Db, centreId: number): Change[] {
  return statements(db).pending.all(centreId) as Change[];
}

/** The request about this decree that waits for its answer. */
export function waitingChangeOrNone(db: Db, decreeId: number): Change | undefined {
  return statements(db).waiting.get(decreeId) as Change | undefined;
}

/** Whether this person was ever proposed for a seat by a request of the centre. */
export function isProposed(db: Db, centreId: number, personId: number): boolean {
  return statements(db).proposed.get(centreId, personId) !== undefined;
}

/** A request of this centre; throws NotFound. */
export function findChange(db: Db, centreId: number, id: number): Change {
  const change = statements(db).byId.get(centreId, id) as Change | undefined;
  if (!change) throw new NotFound();
  return change;
}

/** Whoever held the seat of this decree last by another decree; undefined if nobody did. */
export function lastHolder(
  db: Db,
  { centreId, seat, id = 0 }: { centreId: number; seat: Seat; id?: number },
): { id: number; personId: number; name: string } | undefined {
  return statements(db).last.get({ centreId, seat, id }) as ReturnType<typeof lastHolder>;
}

/** Whether the committee agreed that this person follows in the seat of that decree. */
export function agreementFor(db: Db, decreeId: number, personId: number): boolean {
  return statements(db).agreed.get({ decreeId, personId }) !== undefined;
}

/** Whether the committee agreed that this decree ends. */
export function agreesToEnd(db: Db, decreeId: number): boolean {
  return statements(db).agreed.get({ decreeId, personId: null }) !== undefined;
}
