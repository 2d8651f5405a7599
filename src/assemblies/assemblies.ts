/** B-68, B-72, B-73, B-78: the assemblies of a centre, formed and dissolved; who sits in each. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { type AssemblyKind, FIXED_KINDS, type MemberRole } from './kinds.ts';

export type Assembly = {
  id: number;
  kind: AssemblyKind;
  name: string;
  purpose: string | null;
  formedOn: string;
  endedOn: string | null;
  reason: string | null;
  members: number;
  meetings: number;
  lastMetOn: string | null;
};

export type AssemblyTyped = {
  kind: AssemblyKind;
  name: string;
  purpose?: string | null;
  formedOn: string;
};

export type Member = {
  id: number;
  name: string;
  role: MemberRole;
  institution: { id: number; name: string } | null;
  /** null also where the reader may not see it (B-105). */
  mobile: string | null;
  since: string;
  leftOn: string | null;
};

export type MemberTyped = {
  name: string;
  role: MemberRole;
  institutionId?: number | null;
  mobile?: string | null;
};

const SELECT = `SELECT a.id, a.kind, a.name, a.purpose, a.formed_on AS formedOn,
  e.ended_on AS endedOn, e.reason,
  (SELECT count(*) FROM assembly_members m LEFT JOIN assembly_leavings l ON l.member_id = m.id
   WHERE m.assembly_id = a.id AND l.member_id IS NULL) AS members,
  (SELECT count(*) FROM assembly_meets x WHERE x.assembly_id = a.id) AS meetings,
  (SELECT max(g.met_on) FROM assembly_meets x JOIN assembly_meetings g ON g.id = x.meeting_id
   WHERE x.assembly_id = a.id) AS lastMetOn
  FROM assemblies a LEFT JOIN assembly_endings e ON e.assembly_id = a.id`;

const statements = prepared((db) => ({
  one: db.$client.prepare(`${SELECT} WHERE a.centre_id = ? AND a.id = ?`),
  all: db.$client.prepare(
    `${SELECT} WHERE a.centre_id = ? ORDER BY e.ended_on IS NOT NULL, a.formed_on DESC, a.id DESC
     LIMIT ? OFFSET ?`,
  ),
  count: db.$client.prepare('SELECT count(*) FROM assemblies WHERE centre_id = ?').pluck(),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM assemblies').pluck(),
  insert: db.$client.prepare('INSERT INTO assemblies VALUES (?, ?, ?, ?, ?, ?, ?)'),
  end: db.$client.prepare('INSERT INTO assembly_endings VALUES (?, ?, ?, ?)'),
  members: db.$client.prepare(
    `SELECT m.id, m.name, m.role, m.mobile, m.since, l.left_on AS leftOn, m.institution_id AS iId,
       (SELECT v.name FROM institution_versions v WHERE v.institution_id = m.institution_id
        ORDER BY v.version DESC LIMIT 1) AS iName
     FROM assembly_members m LEFT JOIN assembly_leavings l ON l.member_id = m.id
     WHERE m.assembly_id = ? ORDER BY l.left_on IS NOT NULL, m.role = 'member',
       m.role = 'secretary', m.id`,
  ),
  join: db.$client.prepare(
    `INSERT INTO assembly_members (assembly_id, name, role, institution_id, mobile, since, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  leave: db.$client.prepare('INSERT INTO assembly_leavings VALUES (?, ?, ?)'),
}));

/** An assembly of this centre; throws NotFound. */
export function findAssembly(db: Db, centreId: number, id: number): Assembly {
  const found = statements(db).one.get(centreId, id) as Assembly | undefined;
  if (!found) throw new NotFound();
  return found;
}

/** The centre's assemblies, those that stand first. */
export function assembliesOf(db: Db, centreId: number, limit = 1000, offset = 0): Assembly[] {
  return statements(db).all.all(centreId, limit, offset) as Assembly[];
}

export function countAssemblies(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

/** Forms an assembly; a second of the two fixed kinds is refused with its clause (B-73, B-78). */
export function formAssembly(tx: Tx, actor: Actor, centre: Centre, typed: AssemblyTyped): Assembly {
  requirePower(actor, 'assemblies.edit', centre);
  const { kind, name, purpose = null, formedOn } = typed;
  refuseFuture(actor, formedOn, 'formedOn');
  const standing = assembliesOf(tx, centre.id).find((one) => one.kind === kind && !one.endedOn);
  if (standing && FIXED_KINDS.includes(kind)) {
    const clause = kind === 'organisations' ? 'B-78' : 'B-73';
    throw new Refusal(`bylaw:refusals.${clause}`, {
      ...{ clause, field: 'kind', values: { name: standing.name } },
      mend: `/assemblies/${standing.id}`,
    });
  }
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'assembly.formed', subject: `assemblies/${id}`, centreId: centre.id },
    after: { kind, name, purpose, formedOn },
  });
  statements(tx).insert.run(id, centre.id, kind, name, purpose, formedOn, act.id);
  return findAssembly(tx, centre.id, id);
}

/** Dissolves an assembly; what it met about and resolved stays. */
export function endAssembly(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, reason }: { id: number; reason: string },
): Assembly {
  requirePower(actor, 'assemblies.edit', centre);
  const assembly = standingAssembly(tx, centre, id);
  const act = record(tx, actor, {
    ...{ kind: 'assembly.ended', subject: `assemblies/${id}`, centreId: centre.id },
    ...{ before: { name: assembly.name }, after: { reason } },
  });
  statements(tx).end.run(id, actor.today, reason, act.id);
  return findAssembly(tx, centre.id, id);
}

/** Who sits in the assembly, and who has left; telephones only for whom they are (B-105). */
export function membersOf(db: Db, assemblyId: number, seesContact: boolean): Member[] {
  const rows = statements(db).members.all(assemblyId) as (Omit<Member, 'institution'> & {
    iId: number | null;
    iName: string | null;
  })[];
  return rows.map(({ iId, iName, ...row }) => ({
    ...row,
    mobile: seesContact ? row.mobile : null,
    institution: iId !== null && iName !== null ? { id: iId, name: iName } : null,
  }));
}

/** Takes a person, or an institution's representative, into the assembly. */
export function joinAssembly(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, typed }: { id: number; typed: MemberTyped },
): Assembly {
  requirePower(actor, 'assemblies.edit', centre);
  standingAssembly(tx, centre, id);
  const { name, role, institutionId = null, mobile = null } = typed;
  const taken = membersOf(tx, id, false).find((one) => one.role === role && !one.leftOn);
  if (taken && role !== 'member') {
    const values = { name: taken.name };
    throw new Refusal(`assemblies:refusals.has-${role}`, { field: 'role', values });
  }
  const act = record(tx, actor, {
    ...{ kind: 'assembly.joined', subject: `assemblies/${id}`, centreId: centre.id },
    after: { name, role, institutionId },
  });
  statements(tx).join.run(id, name, role, institutionId, mobile, actor.today, act.id);
  return findAssembly(tx, centre.id, id);
}

/** A member leaves the assembly; he stays written among those who were in it. */
export function leaveAssembly(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, memberId }: { id: number; memberId: number },
): Assembly {
  requirePower(actor, 'assemblies.edit', centre);
  findAssembly(tx, centre.id, id);
  const member = membersOf(tx, id, false).find((one) => one.id === memberId);
  if (!member) throw new NotFound();
  if (member.leftOn) throw new Refusal('assemblies:refusals.has-left');
  const act = record(tx, actor, {
    ...{ kind: 'assembly.left', subject: `assemblies/${id}`, centreId: centre.id },
    after: { name: member.name },
  });
  statements(tx).leave.run(memberId, actor.today, act.id);
  return findAssembly(tx, centre.id, id);
}

function standingAssembly(tx: Tx, centre: Centre, id: number): Assembly {
  const assembly = findAssembly(tx, centre.id, id);
  if (assembly.endedOn === null) return assembly;
  throw new Refusal('assemblies:refusals.ended', { values: { name: assembly.name } });
}

export function refuseFuture(actor: Actor, day: string, field: string): void {
  if (day <= actor.today) return;
  throw new Refusal('assemblies:refusals.future-day', { status: 422, field });
}
