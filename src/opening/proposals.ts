/** B-33: the persons whom the committee proposes for the six core seats before the first licence. */
import type { Actor } from '../access/actor.ts';
import { CORE_SEATS, type CoreSeat, requirePower } from '../access/powers.ts';
import {
  CLEARANCE_KINDS,
  type Clearance,
  type ClearanceKind,
  standingOf,
} from '../board/clearances.ts';
import { personById } from '../board/persons.ts';
import type { Centre } from '../centres/centres.ts';
import { licencesOf } from '../licence/licences.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

export type Proposed = {
  seat: CoreSeat;
  personId: number;
  name: string;
  proposedOn: string;
  proposedBy: string;
  security: Clearance | undefined;
  selection: Clearance | undefined;
};

const statements = prepared((db) => ({
  latest: db.$client.prepare(
    `SELECT p.seat, p.person_id AS personId, n.name, p.proposed_on AS proposedOn,
       u.name AS proposedBy
     FROM seat_proposals p JOIN persons n ON n.id = p.person_id
     JOIN users u ON u.id = p.proposed_by
     WHERE p.centre_id = @centre AND p.id = (SELECT max(x.id) FROM seat_proposals x
       WHERE x.centre_id = @centre AND x.seat = p.seat)`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO seat_proposals (centre_id, seat, person_id, proposed_on, proposed_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ),
}));

/** Who is proposed for each core seat, and how his clearance stands, in the seats' order. */
export function proposalsOf(db: Db, centreId: number, today: string): Proposed[] {
  const rows = statements(db).latest.all({ centre: centreId }) as Proposed[];
  const known = rows.map((row) => ({ ...row, ...standingOf(db, row.personId, today) }));
  return CORE_SEATS.flatMap((seat) => known.filter((one) => one.seat === seat));
}

/** The offices that have not yet approved this person. */
export function waitsFor(one: Pick<Proposed, ClearanceKind>): ClearanceKind[] {
  return CLEARANCE_KINDS.filter((kind) => one[kind]?.state !== 'approved');
}

/** Proposes a person for a core seat, and tells the offices that are to clear him. */
export function proposeForSeat(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { seat, personId }: { seat: CoreSeat; personId: number },
): Proposed {
  requirePower(actor, 'proposals.make', centre);
  if (licencesOf(tx, centre.id).length > 0) {
    throw new Refusal('opening:refusals.licensed', { clause: 'B-33', mend: '/board' });
  }
  const person = personById(tx, personId);
  const before = proposalsOf(tx, centre.id, actor.today).find((one) => one.seat === seat);
  if (before?.personId === personId) {
    const values = { name: person.name };
    throw new Refusal('opening:refusals.proposed', { field: 'seat', values });
  }
  const act = record(tx, actor, {
    ...{ kind: 'seat.proposed', subject: `centres/${centre.code}/seats/${seat}` },
    centreId: centre.id,
    before: before && { seat, name: before.name },
    after: { seat, person: personId, name: person.name },
  });
  statements(tx).insert.run(centre.id, seat, personId, actor.today, actor.user!.id, act.id);
  const one = proposalsOf(tx, centre.id, actor.today).find((known) => known.seat === seat)!;
  const to = CLEARANCE_KINDS.filter((kind) => one[kind] === undefined);
  if (to.length > 0) {
    // Security and selection see persons and clearances, and nothing of the centres.
    tell(tx, actor, act, {
      ...{ key: 'opening:notices.clearance', said: { name: person.name } },
      ...{ href: `/persons/${personId}`, centreId: null, to: to.map((role) => ({ role })) },
    });
  }
  return one;
}
