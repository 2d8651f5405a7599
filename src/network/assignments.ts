/** B-45: the chair's letter gives a volunteer narrow tasks for some days; he accepts it himself. */
import type { Actor } from '../access/actor.ts';
import { requirePower, type Task } from '../access/powers.ts';
import { chairsDecreeOf, officeSaid, refuseOwnMatter } from '../board/acting.ts';
import { registerOrFindPerson } from '../board/persons.ts';
import { uphold } from '../bylaw/clause.ts';
import { liabilityAccepted, noPolitics } from '../bylaw/points.ts';
import { decreeWithinLicence } from '../bylaw/rules.ts';
import { secretsKept, serviceIsHonorary, tasksByLetter } from '../bylaw/volunteers.ts';
import type { Centre } from '../centres/centres.ts';
import { licencesOf, refuseTurnedDays } from '../licence/licences.ts';
import { standingOn } from '../licence/standing.ts';
import { permits } from '../licence/states.ts';
import { tell } from '../notices/notices.ts';
import { type IssuedLetter, issueLetter } from '../paper/letters.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { endNow } from './assignment-ends.ts';
import { type Assignment, assignmentsOfVolunteer, findAssignment } from './assignment-rows.ts';
import { findVolunteer, type Volunteer } from './volunteer-rows.ts';

export type AssignmentTyped = {
  /** The centre's number of the volunteer. */
  volunteer: number;
  tasks: Task[];
  fromOn: string;
  toOn: string;
};

export type VolunteersUndertaking = {
  honorary: boolean;
  liability: boolean;
  secrecy: boolean;
  noPolitics: boolean;
};

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM assignments').pluck(),
  insert: db.$client.prepare('INSERT INTO assignments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  task: db.$client.prepare('INSERT INTO assignment_tasks VALUES (?, ?)'),
  accept: db.$client.prepare('INSERT INTO assignment_acceptances VALUES (?, ?, 1, 1, 1, 1, ?, ?)'),
}));

/** Gives tasks by letter, within the licence; nobody has their powers before he has accepted. */
export function giveAssignment(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  typed: AssignmentTyped,
): Assignment {
  requirePower(actor, 'assignments.give', centre);
  const { fromOn, toOn, tasks } = typed;
  const volunteer = findVolunteer(tx, centre.id, typed.volunteer);
  const { state, nationalId } = volunteer;
  const mend = `/network/volunteers/${volunteer.number}`;
  uphold(tasksByLetter, { active: state === 'active', nationalId }, { mend });
  refuseTurnedDays(fromOn, toOn);
  if (toOn < actor.today) {
    throw new Refusal('network:refusals.past-term', { status: 422, field: 'to' });
  }
  refuseUnlicensed(tx, actor, centre, { fromOn, toOn });
  refuseSecond(tx, actor, volunteer, { fromOn, toOn });
  const person = registerOrFindPerson(tx, actor, {
    // B-105: his telephone stays in the register of the centre.
    ...{ name: volunteer.name, nationalId: nationalId!, gender: volunteer.gender },
    countyId: centre.countyId,
  });
  refuseOwnMatter(actor, centre.id, person.id);
  const id = statements(tx).nextId.get() as number;
  const letter = assignmentLetter(tx, actor, centre, { id, volunteer, tasks, fromOn, toOn });
  statements(tx).insert.run(
    ...[id, centre.id, volunteer.id, person.id, fromOn, toOn, letter.number, actor.today],
    ...[actor.user!.id, chairsDecreeOf(actor, centre.id), letter.paperId, letter.act.id],
  );
  for (const task of tasks) statements(tx).task.run(id, task);
  tell(tx, actor, letter.act, {
    ...{ key: 'network:notices.assigned', said: { centre: centre.name, fromOn, toOn } },
    ...{ href: '/my-assignments', centreId: null, to: [{ personId: person.id }] },
  });
  return findAssignment(tx, centre.id, id, actor.today);
}

/** B-46, B-101, B-105, B-100: the volunteer's own undertaking; from its first day on it has force. */
export function acceptAssignment(
  tx: Tx,
  actor: Actor,
  assignment: Assignment,
  typed: VolunteersUndertaking,
): Assignment {
  const fresh = again(tx, actor, assignment);
  if (fresh.personId !== actor.user?.personId) {
    throw new Refusal('common:refusals.not-yours', { status: 403 });
  }
  if (fresh.state !== 'waiting') throw new Refusal('network:refusals.not-to-accept');
  const told = { status: 422 as const };
  uphold(serviceIsHonorary, { said: typed.honorary }, { ...told, field: 'honorary' });
  uphold(liabilityAccepted, { accepted: typed.liability }, { ...told, field: 'liability' });
  uphold(secretsKept, { undertaken: typed.secrecy }, { ...told, field: 'secrecy' });
  uphold(noPolitics, { declared: typed.noPolitics }, { ...told, field: 'noPolitics' });
  const act = record(tx, actor, {
    ...{ kind: 'assignment.accepted', subject: `assignments/${fresh.number}` },
    ...{ centreId: fresh.centreId, after: { tasks: fresh.tasks, name: fresh.name } },
  });
  statements(tx).accept.run(fresh.id, actor.today, actor.user!.id, act.id);
  tell(tx, actor, act, {
    ...{ key: 'network:notices.accepted', said: { name: fresh.name } },
    ...{ href: `/network/assignments/${fresh.id}`, centreId: fresh.centreId },
    to: [{ seat: 'chair' }],
  });
  return again(tx, actor, fresh);
}

/** Ends it with a reason: from this moment on it gives no power. */
export function endAssignment(
  tx: Tx,
  actor: Actor,
  assignment: Assignment,
  reason: string,
): Assignment {
  const { centreId: id, countyId } = assignment;
  requirePower(actor, 'assignments.end', { id, countyId });
  const fresh = again(tx, actor, assignment);
  if (fresh.state === 'ended' || fresh.state === 'over') {
    throw new Refusal('network:refusals.assignment-over');
  }
  const act = endNow(tx, actor, fresh, reason);
  tell(tx, actor, act, {
    ...{ key: 'network:notices.ended', said: { number: fresh.number } },
    ...{ href: '/my-assignments', centreId: null, to: [{ personId: fresh.personId }] },
  });
  return again(tx, actor, fresh);
}

type Lettered = Pick<AssignmentTyped, 'tasks' | 'fromOn' | 'toOn'> & {
  id: number;
  volunteer: Volunteer;
};

/** On the centre's paper; it carries no national ID, for others read the register of papers. */
function assignmentLetter(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, volunteer, tasks, fromOn, toOn }: Lettered,
): IssuedLetter {
  const t = wordsOn(tx, actor.today);
  const { name, gender, weeklyHours, part } = volunteer;
  const said = tasks.map((task) => t(`network:tasks.${task}`));
  const person = `${t(`board:honorific.${gender}`)} ${name}`;
  const office = officeSaid(actor, centre.id, t);
  const undertaking = ['honorary', 'liability', 'secrecy', 'noPolitics'];
  return issueLetter(tx, actor, {
    ...{ centre, kind: 'assignment', head: 'centre', addressee: [person] },
    values: {
      ...{ person, task: said.join(t('network:comma')), fromOn, toOn },
      ...{ part, supervisor: t('board:seats.chair') },
      hours: weeklyHours && t('network:letter.hours', { number: persianDigits(`${weeklyHours}`) }),
    },
    annexes: [
      {
        ...{ title: t('network:letter.undertaking'), acceptedBy: name },
        lead: tasks.map((task) => t(`network:task-allows.${task}`)).join(' '),
        items: undertaking.map((one) => t(`network:undertaking.${one}`)),
      },
    ],
    signer: { name: actor.user?.name ?? '', office },
    deed: {
      ...{ kind: 'assignment.issued', subject: `assignments/${id}` },
      after: { volunteer: volunteer.number, name, tasks, fromOn, toOn },
    },
  });
}

/** B-128: a licence that lets the centre issue letters today, and one that covers the whole term. */
function refuseUnlicensed(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  term: { fromOn: string; toOn: string },
): void {
  const clause = decreeWithinLicence.id;
  if (!permits(standingOn(tx, centre.id, actor.today).state, 'decrees')) {
    throw new Refusal('network:refusals.no-licence', { clause, mend: '/licence' });
  }
  if (decreeWithinLicence.holds({ licences: licencesOf(tx, centre.id), term })) return;
  throw new Refusal('network:refusals.beyond-licence', { clause, field: 'to', mend: '/licence' });
}

/** One letter at a time says what a volunteer may do. */
function refuseSecond(
  tx: Tx,
  actor: Actor,
  volunteer: Volunteer,
  { fromOn, toOn }: { fromOn: string; toOn: string },
): void {
  const known = assignmentsOfVolunteer(tx, volunteer.id, actor.today);
  const clash = known.find(
    (other) => other.endedOn === null && other.fromOn <= toOn && other.toOn >= fromOn,
  );
  if (!clash) return;
  throw new Refusal('network:refusals.has-assignment', {
    ...{ field: 'from', values: { number: clash.number } },
    mend: `/network/assignments/${clash.id}`,
  });
}

function again(tx: Tx, actor: Actor, { centreId, id }: Assignment): Assignment {
  return findAssignment(tx, centreId, id, actor.today);
}
