/** What the sample's first centre did in its first weeks: bodies, tasks, an optional seat, a sheet. */
import { createRequire } from 'node:module';
import { inCentre } from '../src/access/actor.ts';
import type { OPTIONAL_SEATS, Seat, Task } from '../src/access/powers.ts';
import { openTrusteeUser } from '../src/access/users.ts';
import {
  type AssemblyTyped,
  findAssembly,
  formAssembly,
  joinAssembly,
} from '../src/assemblies/assemblies.ts';
import { hangSheet, issueSheet } from '../src/boundary/map-sheets.ts';
import { confirmOutlines, importOutlines } from '../src/boundary/outline-sets.ts';
import type { Centre } from '../src/centres/centres.ts';
import { type Delegation, handOver } from '../src/institutions/delegations.ts';
import {
  agreeWith,
  enterInstitution,
  type InstitutionTyped,
  speakWith,
} from '../src/institutions/institutions.ts';
import { acceptAssignment, giveAssignment } from '../src/network/assignments.ts';
import type { VolunteerField } from '../src/network/kinds.ts';
import type { Gender } from '../src/network/volunteer-sides.ts';
import { registerVolunteer } from '../src/network/volunteers.ts';
import type { Tx } from '../src/provinces/connection.ts';
import { addDays } from '../src/values/jalali-date.ts';
import { nameGround } from './ground.ts';
import { inventedId } from './invented-id.ts';
import { seatTrustee, trainUsers } from './neighbourhood.ts';
import type { Officers, Step } from './opening.ts';

/** A user of a centre: of whoever holds a seat, or of a volunteer with a task. */
export type SampleUser = { username: string; seat?: Seat; task?: Task };

export type First = {
  centre: Centre;
  officers: Officers;
  chair: number;
  /** Until when its licence runs. */
  until: string;
  passwordHash: string;
};

type Told = {
  streets: { name: string; rise: number }[];
  outlines: { name: string; source: string; attribution: string };
  optional: { seat: (typeof OPTIONAL_SEATS)[number]; name: string; gender: Gender } & Need;
  institutions: (Pick<InstitutionTyped, 'name' | 'kind' | 'offers'> & Spoken)[];
  assemblies: (Omit<AssemblyTyped, 'formedOn'> & { head: string; secretary: string })[];
  delegation: Pick<Delegation, 'subject' | 'seat'> & { number: string };
  volunteers: Volunteer[];
};
type Need = { reason: string; field: string };
type Spoken = {
  contact: string;
  subject: string;
  outcome: string | null;
  agreement: string | null;
};
type Volunteer = { name: string; gender: Gender; field: VolunteerField; skill: string } & {
  part: string | null;
  task: Task | null;
  username: string | null;
};

const told = createRequire(import.meta.url)('./first-year.json') as Told;

/** Numbers of national IDs that nobody else in the sample has. */
const IDS = { optional: 390_001, volunteers: 390_010 };

/** Streets that are drawn under the first map; the committee laid them before any centre. */
export function layStreets(tx: Tx, as: Step, head: number, countyId: number): void {
  const { outlines: set, streets } = told;
  const [west, south] = [59.49, 36.28];
  const outlines = streets.map(({ name, rise }) => {
    const lat = Number((south + rise).toFixed(6));
    const coordinates = [
      [west, lat],
      [west + 0.03, lat],
    ];
    const geometry = JSON.stringify({ type: 'LineString', coordinates });
    return { name, geometry, box: { west, south: lat, east: west + 0.03, north: lat } };
  });
  const known = { kind: 'street' as const, countyId, sha256: 'streets of the sample', ...set };
  const leftOut = { 'other-shape': 0, 'nameless-point': 0, outside: 0, unreadable: 0 };
  confirmOutlines(tx, as(head), importOutlines(tx, as(head), known, { outlines, leftOut }));
}

/** Answers the users that the first centre has beside its core board. */
export function beginFirstYear(tx: Tx, as: Step, first: First): SampleUser[] {
  const { centre, chair, officers } = first;
  const actor = inCentre(as(chair), centre.id);
  formBodies(tx, as, first);
  const { subject, number: letterNumber, seat } = told.delegation;
  const matter = { subject, letterNumber, fromOn: actor.today, seat };
  handOver(tx, as(officers.head), centre, matter);
  const parts = nameGround(tx, actor, centre);
  const { number } = issueSheet(tx, actor, centre);
  hangSheet(tx, actor, centre, number, { hungOn: actor.today });
  return [
    seatOptional(tx, as, first),
    ...told.volunteers.flatMap((_, n) => engage(tx, as, first, n, parts[n % parts.length])),
  ];
}

function formBodies(tx: Tx, as: Step, { centre, chair }: First): void {
  const actor = inCentre(as(chair), centre.id);
  const { today } = actor;
  const entered = told.institutions.map(({ contact, subject, outcome, agreement, ...known }, n) => {
    const typed = { ...known, contactName: contact, phone: `0510000020${n}` };
    const { id } = enterInstitution(tx, actor, centre, { typed });
    const spoken = { spokeOn: today, subject, outcome, againOn: addDays(today, 30) };
    speakWith(tx, actor, centre, { id, typed: spoken });
    const signed = { number: `${centre.code}/${n + 1}`, subject: agreement!, signedOn: today };
    if (agreement) agreeWith(tx, actor, centre, { id, typed: signed });
    return id;
  });
  for (const { head, secretary, ...assembly } of told.assemblies) {
    const { id } = formAssembly(tx, actor, centre, { ...assembly, formedOn: today });
    const join = (name: string, role: 'head' | 'secretary' | 'member', institutionId?: number) =>
      joinAssembly(tx, actor, centre, { id, typed: { name, role, institutionId } });
    join(head, 'head');
    join(secretary, 'secretary');
    const [institution] = entered;
    if (assembly.kind === 'organisations')
      join(findAssembly(tx, centre.id, id).name, 'member', institution);
  }
}

/** B-34: one of the ten that a board may add. */
function seatOptional(tx: Tx, as: Step, first: First): SampleUser {
  const { centre, officers, chair, passwordHash, until: toOn } = first;
  const { seat, name, gender, reason, field } = told.optional;
  const person = { name, gender, nationalId: inventedId(IDS.optional) };
  const trustee = { ...person, seat, username: seat, need: { reason, field } };
  const days = { fromOn: as(chair).today, toOn };
  seatTrustee(tx, as, officers, centre, { trustee, days, passwordHash, chair });
  trainUsers(tx, as(officers.head), centre);
  return { username: seat, seat };
}

/** A volunteer, and where he has a task the letter for it, which he accepts with a user of his own. */
function engage(
  tx: Tx,
  as: Step,
  first: First,
  n: number,
  partId: number | undefined,
): SampleUser[] {
  const { centre, chair, until, passwordHash } = first;
  const { name, gender, field, skill, part, task, username } = told.volunteers[n]!;
  const actor = inCentre(as(chair), centre.id);
  const { number } = registerVolunteer(tx, actor, centre, {
    ...{ name, gender, fields: [field], skills: [skill], part, partId, isHonorary: true },
    ...{ nationalId: inventedId(IDS.volunteers + n), mobile: `0900000040${n}`, otherField: null },
    ...{ days: ['sat', 'mon'], weeklyHours: 6, introducedBy: null, sinceOn: actor.today },
  });
  if (task === null || username === null) return [];
  const days = { fromOn: actor.today, toOn: until };
  const letter = giveAssignment(tx, actor, centre, { volunteer: number, tasks: [task], ...days });
  const opening = { personId: letter.personId, username, name, passwordHash, mustChange: false };
  const userId = openTrusteeUser(tx, actor, opening);
  const undertaking = { honorary: true, liability: true, secrecy: true, noPolitics: true };
  acceptAssignment(tx, as(userId), letter, undertaking);
  return [{ username, task }];
}
