/** B-64: a member's file in his centre: his decrees, clearances, introduction, and his papers. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { type Standing, standingOf } from './clearances.ts';
import { type Decree, decreesOf } from './decree-rows.ts';
import { type Person, personById } from './persons.ts';
import { MEMBER_PAPERS } from './schema.ts';

export type MemberPaper = (typeof MEMBER_PAPERS)[number];

export type Member = {
  person: Person;
  decrees: Decree[];
  clearance: Standing;
  papers: { kind: MemberPaper; receivedOn: string | null; recordedBy: string | null }[];
};

const statements = prepared((db) => ({
  papers: db.$client.prepare(
    `SELECT m.kind, m.received_on AS receivedOn, u.name AS recordedBy
     FROM member_papers m JOIN users u ON u.id = m.recorded_by
     WHERE m.centre_id = ? AND m.person_id = ?`,
  ),
  insert: db.$client.prepare('INSERT INTO member_papers VALUES (?, ?, ?, ?, ?, ?)'),
}));

/** The file of a person whom this centre's decrees name; throws NotFound for anybody else. */
export function findMember(db: Db, centre: Centre, personId: number, today: string): Member {
  const decrees = decreesOf(db, centre.id, today).filter((one) => one.personId === personId);
  if (decrees.length === 0) throw new NotFound();
  const laid = statements(db).papers.all(centre.id, personId) as Member['papers'];
  return {
    person: personById(db, personId, centre.countyId),
    ...{ decrees, clearance: standingOf(db, personId, today) },
    papers: MEMBER_PAPERS.map(
      (kind) =>
        laid.find((paper) => paper.kind === kind) ?? { kind, receivedOn: null, recordedBy: null },
    ),
  };
}

/** A paper is laid in the file, once. */
export function layPaper(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { personId, kind }: { personId: number; kind: MemberPaper },
): Member {
  requirePower(actor, 'members.keep', centre);
  const { papers } = findMember(tx, centre, personId, actor.today);
  if (papers.some((paper) => paper.kind === kind && paper.receivedOn !== null)) {
    throw new Refusal('board:refusals.paper-there');
  }
  const act = record(tx, actor, {
    ...{ kind: 'member.paper-laid', subject: `members/${personId}`, centreId: centre.id },
    after: { kind, receivedOn: actor.today },
  });
  const by = actor.user!.id;
  statements(tx).insert.run(centre.id, personId, kind, actor.today, by, act.id);
  return findMember(tx, centre, personId, actor.today);
}
