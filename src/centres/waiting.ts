/** What waits for the committee: each open question of a centre or an applicant, since when. */
import type { Actor } from '../access/actor.ts';
import { may, type Power } from '../access/powers.ts';
import { WARNING_DAYS } from '../licence/states.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays } from '../values/jalali-date.ts';
import type { Supervised } from './supervision.ts';

/** Whose decision each kind asks for. */
export const DECIDED_BY = {
  application: 'applications.register',
  boundary: 'boundary.approve',
  coordination: 'decrees.coordinate',
  change: 'changes.answer',
  permit: 'permits.decide',
  monitoring: 'monitorings.sign',
  renewal: 'licences.decide',
} as const satisfies Record<string, Power>;

export type WaitingKind = keyof typeof DECIDED_BY;

export type Waiting = {
  kind: WaitingKind;
  centreId: number | null;
  countyId: number;
  /** What it is about: a person, a place, a version. */
  about: string;
  since: string;
  /** The page on which it is decided, below the centre or, without one, below the province. */
  to: string;
};

const open = (table: string, key: string, ...answers: string[]) =>
  answers.map((one) => `NOT EXISTS (SELECT 1 FROM ${one} x WHERE x.${key} = ${table}.id)`);

/** One row for each open question, with the columns of `Waiting`. */
export const WAITING = `SELECT 'application' AS kind, NULL AS centreId, a.county_id AS countyId, a.name AS about,
       a.received_on AS since, '/applications/' || a.id AS "to"
     FROM applications a WHERE coalesce((SELECT s.state FROM application_steps s
       WHERE s.application_id = a.id ORDER BY s.id DESC LIMIT 1), 'under-review') = 'under-review'
     UNION ALL SELECT 'boundary', b.centre_id, c.county_id, CAST(b.version AS TEXT), b.proposed_on,
       '/boundary/' || b.version
     FROM boundaries b JOIN centres c ON c.id = b.centre_id
     WHERE ${open('b', 'boundary_id', 'boundary_approvals', 'boundary_refusals', 'boundary_withdrawals').join(' AND ')}
     UNION ALL SELECT 'coordination', d.centre_id, c.county_id, p.name, r.requested_on,
       '/board/decrees/' || d.id
     FROM decree_requests r JOIN decrees d ON d.id = r.decree_id
     JOIN centres c ON c.id = d.centre_id JOIN persons p ON p.id = d.person_id
     WHERE ${open('d', 'decree_id', 'decree_coordinations', 'decree_endings').join(' AND ')}
     UNION ALL SELECT 'change', q.centre_id, c.county_id, p.name, q.requested_on,
       '/board/changes/' || q.id
     FROM change_requests q JOIN centres c ON c.id = q.centre_id
     JOIN decrees d ON d.id = q.decree_id JOIN persons p ON p.id = d.person_id
     WHERE ${open('q', 'request_id', 'change_answers', 'change_withdrawals').join(' AND ')}
     UNION ALL SELECT 'permit', m.centre_id, c.county_id, m.place, m.requested_on,
       '/boundary/permits/' || m.id
     FROM permits m JOIN centres c ON c.id = m.centre_id
     WHERE ${open('m', 'permit_id', 'permit_decisions', 'permit_endings').join(' AND ')}
     UNION ALL SELECT 'monitoring', o.centre_id, c.county_id, '', o.opened_on,
       '/licence/monitoring/' || o.id
     FROM monitorings o JOIN centres c ON c.id = o.centre_id
     WHERE ${open('o', 'monitoring_id', 'monitoring_results').join(' AND ')}`;

const statements = prepared((db) => ({ all: db.$client.prepare(WAITING) }));

/** Everything that waits in these centres and counties, the oldest first. */
export function waitingFor(db: Db, actor: Actor, centres: Supervised[]): Waiting[] {
  const known = new Set(centres.map(({ id }) => id));
  const counties = actor.office?.countyId ?? null;
  const found = (statements(db).all.all() as Waiting[]).filter(({ centreId, countyId }) =>
    centreId === null ? counties === null || countyId === counties : known.has(centreId),
  );
  return [...found, ...centres.flatMap(renewal)].sort((one, other) =>
    one.since < other.since ? -1 : one.since > other.since ? 1 : 0,
  );
}

/** A licence that ends, or has ended, waits for the decision about its renewal (B-109). */
function renewal({ id, countyId, state, until }: Supervised): Waiting[] {
  if (until === null || (state !== 'warning' && state !== 'expired')) return [];
  const since = addDays(until, state === 'warning' ? -WARNING_DAYS : 1);
  return [{ kind: 'renewal', centreId: id, countyId, about: '', since, to: '/licence/renewal' }];
}

/** Whether the decision is this actor's to take. */
export function isMine(actor: Actor, { kind, centreId, countyId }: Waiting): boolean {
  return may(actor, DECIDED_BY[kind], { countyId, id: centreId ?? undefined });
}
