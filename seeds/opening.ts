/** What a centre has before its first licence, through the verbs that the pages call. */
import type { Actor } from '../src/access/actor.ts';
import { CORE_SEATS, type CoreSeat } from '../src/access/powers.ts';
import { clearancesOf, giveClearance } from '../src/board/clearances.ts';
import { type Person, registerOrFindPerson } from '../src/board/persons.ts';
import type { Centre } from '../src/centres/centres.ts';
import { addPoint, approveSurvey, BOXES, type Box, draftSurvey } from '../src/network/surveys.ts';
import { registerUnit } from '../src/network/units.ts';
import { registerVolunteer } from '../src/network/volunteers.ts';
import { NEEDED_KINDS, receiveEquipment } from '../src/opening/equipment.ts';
import { recordPremises } from '../src/opening/premises.ts';
import { proposeForSeat } from '../src/opening/proposals.ts';
import type { Tx } from '../src/provinces/connection.ts';
import { inventedId } from './invented-id.ts';

/** The committee's users who decide about a centre. */
export type Officers = { head: number; security: number; selection: number };

/** When a step is done, and under whose user. */
export type Step = (userId: number) => Actor;

export type Candidate = {
  name: string;
  nationalId: string;
  gender: 'man' | 'woman';
  isCleric?: boolean;
};

/** Those proposed for the core seats; whoever is not told is invented. */
export type Proposals = Partial<Record<CoreSeat, Candidate>>;

/** Before the first licence, and before the area: the six seats, premises, equipment. */
export function prepareCentre(
  tx: Tx,
  as: Step,
  centre: Centre,
  { officers, board = {} }: { officers: Officers; board?: Proposals },
): void {
  // Whoever is told comes first, so that tests know him by his number.
  for (const told of [true, false]) {
    for (const seat of CORE_SEATS.filter((one) => one in board === told)) {
      const candidate = board[seat] ?? invented(centre, seat);
      const { id: personId } = clearedPerson(tx, as, officers, candidate, centre.countyId);
      proposeForSeat(tx, as(officers.head), centre, { seat, personId });
    }
  }
  const head = as(officers.head);
  const { host: kind, hostName: owner, address } = centre;
  const letter = { letterNumber: `${centre.code}/1`, letterOn: head.today };
  recordPremises(tx, head, centre, { kind, owner, address, ...letter, free: true });
  NEEDED_KINDS.forEach((piece, at) => {
    const assetNumber = String(101 + at);
    receiveEquipment(tx, head, centre, { assetNumber, kind: piece, receivedOn: head.today });
  });
}

/** Before the first licence, within the area: the survey, the first volunteers, a charity unit. */
export function surveyArea(tx: Tx, actor: Actor, centre: Centre): void {
  const { version } = draftSurvey(tx, actor, centre);
  for (const box of BOXES) {
    const point = { box, text: SURVEYED[box], weight: 3, seenOn: actor.today };
    addPoint(tx, actor, centre, version, point);
  }
  approveSurvey(tx, actor, centre, version);
  VOLUNTEERS.forEach(({ name, gender, field }) => {
    registerVolunteer(tx, actor, centre, {
      ...{ name, gender, fields: [field], sinceOn: actor.today, isHonorary: true },
      ...{ nationalId: null, mobile: null, otherField: null, skills: [], days: [] },
      ...{ weeklyHours: 4, part: null, introducedBy: null },
    });
  });
  registerUnit(tx, actor, centre, {
    ...{ name: `واحد نیکوکاری ${centre.hostName}`, kind: 'mosque', place: centre.hostName },
    ...{ lon: null, lat: null, headVolunteer: 1, headName: null, boxes: 0 },
    sinceOn: actor.today,
  });
}

const SURVEYED: Record<Box, string> = {
  strengths: 'همسایگان یکدیگر را می‌شناسند و به مسجد می‌آیند.',
  weaknesses: 'چند کارگاه محله بسته شده و کار کم است.',
  open: 'درمانگاه خیریه و مدرسه در محله هست.',
  hidden: 'استادکاران بازنشسته آمادهٔ آموزش جوانان‌اند.',
};

const VOLUNTEERS = [
  { name: 'حمید امدادیار', gender: 'man', field: 'social-work' },
  { name: 'نرگس امدادیار', gender: 'woman', field: 'social-work' },
  { name: 'یاسر امدادیار', gender: 'man', field: 'distribution' },
  { name: 'مرضیه امدادیار', gender: 'woman', field: 'employment' },
  { name: 'کاظم امدادیار', gender: 'man', field: 'participation' },
] as const;

/** A person both offices have approved; one known already is found by his national ID. */
export function clearedPerson(
  tx: Tx,
  as: Step,
  { head, security, selection }: Officers,
  { name, nationalId, gender, isCleric = false }: Candidate,
  countyId: number,
): Person {
  const typed = { name, nationalId, gender, isCleric, countyId };
  const person = registerOrFindPerson(tx, as(head), typed);
  if (clearancesOf(tx, person.id).length > 0) return person;
  for (const [userId, serial] of [
    [security, '1'],
    [selection, '2'],
  ] as const) {
    const number = `${person.id}-${serial}`;
    const decidedOn = as(userId).today;
    giveClearance(tx, as(userId), person, { state: 'approved', number, decidedOn });
  }
  return person;
}

/** Whoever nobody told of, under a number that no sample person has. */
function invented(centre: Centre, seat: CoreSeat): Candidate {
  const at = CORE_SEATS.indexOf(seat);
  const woman = seat === 'benefactors-women' || seat === 'admin-finance';
  const nationalId = inventedId(400_000 + centre.id * 10 + at);
  return { name: 'عضو نمونه', nationalId, gender: woman ? 'woman' : 'man' };
}
