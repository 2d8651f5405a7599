/** The steps in the bylaw's order: what each needs first, whose turn it is, when it was done. */
import type { Role, Seat } from '../access/powers.ts';
import type { Application } from '../applications/applications.ts';
import type { Decree } from '../board/decree-rows.ts';
import { mosqueRecorded } from '../bylaw/opening.ts';
import type { Centre } from '../centres/centres.ts';
import { addDays } from '../values/jalali-date.ts';
import { type Afterwards, holderOf } from './afterwards.ts';
import { BEFORE_LICENCE } from './gate.ts';
import { type Proposed, waitsFor } from './proposals.ts';
import type { Ready } from './ready.ts';
import type { StepRow } from './steps.ts';

type Known = {
  centre: Centre;
  application: Application | undefined;
  ready: Ready;
  after: Afterwards;
};

const HEAD: Role[] = ['county-head'];
const COMMITTEES: Seat[] = ['chair', 'vice-chair'];
const BOARDS: Seat[] = ['admin-finance', 'benefactors-men', 'benefactors-women', 'assemblies'];

export function stepRows(known: Known): StepRow[] {
  return [...applicationRow(known), ...beforeLicence(known), ...decreeRows(known), ...last(known)];
}

/** B-13: only a centre that came of an application shows one. */
function applicationRow({ application, centre }: Known): StepRow[] {
  if (!application) return [];
  const to = `/applications/${application.id}`;
  return [
    {
      ...{ key: 'application', clause: 'B-13', needs: [], turn: HEAD, to, ofProvince: true },
      doneOn: centre.registeredOn,
    },
  ];
}

function beforeLicence({ centre, ready, after }: Known): StepRow[] {
  const { premisesOn, equippedOn, areaOn, surveyOn, peopleOn } = ready;
  const whole = mosqueRecorded.holds(centre) && (centre.host !== 'mosque' || centre.imamPhone);
  const doneOn = whole ? centre.registeredOn : null;
  const own = after.hasChair ? [...HEAD, 'chair' as const] : HEAD;
  const step = (key: string, clause: string, to: string, day: string | null, turn = own) => ({
    ...{ key, clause, to, doneOn: day, turn, needs: [] as string[] },
  });
  return [
    step('particulars', 'B-3', doneOn ? '/profile' : '/profile/edit', doneOn, HEAD),
    boardRow(ready, after),
    step('premises', 'B-114', '/premises', premisesOn),
    { ...step('equipment', 'B-115', '/equipment', equippedOn), turnedOn: ready.unequippedOn },
    {
      ...step('area', 'B-124', '/boundary', areaOn, ready.areaProposedOn ? HEAD : own),
      turnedOn: ready.areaProposedOn ?? ready.areaReturnedOn,
    },
    {
      ...step('survey', 'B-139', '/network/surveys', surveyOn),
      ...{ needs: ['area'], turnedOn: ready.surveyDraftedOn },
    },
    step('people', 'B-137', '/network', peopleOn),
    trainingRow(ready, after),
    { ...step('licence', 'B-128', '/licence', after.licensedOn, HEAD), needs: BEFORE_LICENCE },
  ];
}

/** B-33, B-14: a licensed centre's seats are its decrees' matter, so this step lies behind it. */
function boardRow({ boardOn, emptySeats, uncleared }: Ready, after: Afterwards): StepRow {
  const waiting = new Set(uncleared.flatMap(waitsFor));
  const days = uncleared.map(waitingSince);
  const head = emptySeats.length > 0 || uncleared.some(refusedOn);
  const turn: Role[] = head ? [...HEAD, ...waiting] : [...waiting];
  return {
    ...{ key: 'board', clause: 'B-33', needs: [], turn, to: '/opening/board' },
    doneOn: boardOn ?? after.licensedOn,
    // An empty seat has been waiting since the centre was registered.
    turnedOn: emptySeats.length > 0 ? null : earliest(days),
  };
}

const refusedOn = ({ security, selection }: Proposed): string | undefined =>
  [security, selection].find((one) => one?.state === 'refused')?.decidedOn;

/** Security and selection wait since he was proposed, the committee since he was refused. */
const waitingSince = (one: Proposed): string => refusedOn(one) ?? one.proposedOn;

const earliest = (days: (string | null)[]): string | null =>
  days.includes(null) ? null : (days.map(String).toSorted()[0] ?? null);

/** Those who will use the program: its chair and the keeper of its books, and whoever has a user. */
const USERS: Seat[] = ['chair', 'admin-finance'];

/** B-121: they are taught before the licence; whoever comes to the board later, when he comes. */
function trainingRow({ proposed }: Ready, { decrees, trainees }: Afterwards): StepRow {
  const issued = decrees.filter(({ state }) => state === 'issued' || state === 'accepted');
  const seated = USERS.map(
    (seat) => (holderOf(decrees, seat) ?? proposed.find((one) => one.seat === seat))?.personId,
  );
  const learners = trainees.filter(
    ({ personId, username }) =>
      seated.includes(personId) ||
      (username !== null && issued.some((one) => one.personId === personId)),
  );
  const cameOn = ({ personId }: { personId: number }) =>
    issued.find((one) => one.personId === personId)?.issuedOn ?? null;
  const untaught = learners.filter(({ trainedOn }) => trainedOn === null);
  const whole = seated[0] !== undefined && untaught.length === 0;
  const days = learners.map(({ trainedOn }) => trainedOn ?? '').toSorted();
  return {
    ...{ key: 'training', clause: 'B-121', needs: ['board'], turn: HEAD, to: '/trainings' },
    ...{ doneOn: whole ? days.at(-1)! : null, turnedOn: earliest(untaught.map(cameOn)) },
  };
}

function decreeRows({ after }: Known): StepRow[] {
  const row = (key: string, clause: string, needs: string[], seats: Seat[], drawsUp: Turn) => ({
    ...{ key, clause, needs, to: '/board', doneOn: acceptedOn(after.decrees, seats) },
    turn: turnOf(after.decrees, seats, drawsUp),
    turnedOn: earliest(
      seats.flatMap((seat) => {
        const isHeld = holderOf(after.decrees, seat)?.state === 'accepted';
        return isHeld ? [] : [seatTurnedOn(after.decrees, seat)];
      }),
    ),
  });
  return [
    row('committee-decrees', 'B-129', ['licence', 'board'], COMMITTEES, HEAD),
    row('board-decrees', 'B-130', ['committee-decrees'], BOARDS, ['chair']),
  ];
}

type Turn = (Role | Seat)[];

/** The day on which the last of these seats had its decree accepted. */
function acceptedOn(decrees: Decree[], seats: Seat[]): string | null {
  const days = seats.map((seat) => holderOf(decrees, seat)?.acceptedOn ?? null);
  return days.includes(null) ? null : days.map(String).toSorted().at(-1)!;
}

/** Who draws up what is missing, who coordinates what waits, who accepts what was issued. */
function turnOf(decrees: Decree[], seats: Seat[], drawsUp: Turn): Turn {
  const turns = seats.flatMap((seat): Turn => {
    const holder = holderOf(decrees, seat);
    if (holder) return holder.state === 'issued' ? [seat] : [];
    const waits = decrees.some((one) => {
      return one.seat === seat && one.state === 'awaiting-coordination';
    });
    return waits ? HEAD : drawsUp;
  });
  return [...new Set(turns)];
}

/** Since when this seat waits for whose turn it is; null since it can be filled at all. */
function seatTurnedOn(decrees: Decree[], seat: Seat): string | null {
  const [last] = decrees.filter((one) => one.seat === seat && one.state !== 'cancelled');
  if (last?.state === 'issued') return last.issuedOn;
  if (last?.state === 'awaiting-coordination') return last.requestedOn;
  if (last?.state === 'coordinated' || last?.state === 'refused') return last.coordinatedOn;
  if (last?.state !== 'ended') return null;
  return last.endedOn ?? addDays(last.toOn, 1);
}

function last({ after }: Known): StepRow[] {
  const { codedOn, sealedOn, unsealedOn, introducedOn, accountOn, userOn } = after;
  // With a user he accepts his decree himself; so it may be opened as soon as that is issued.
  const chair = holderOf(after.decrees, 'chair');
  const chaired = chair ? 'licence' : 'committee-decrees';
  const keepers: Turn = ['chair', 'admin-finance'];
  return [
    row('activity-code', 'B-117', ['licence'], '/activity-code', codedOn, HEAD),
    {
      ...row('seal', 'B-117', ['activity-code'], '/seal', sealedOn, [...HEAD, 'chair']),
      turnedOn: unsealedOn,
    },
    row('introduction', 'B-118', ['activity-code'], '/bank-account', introducedOn, HEAD),
    row('account', 'B-118', ['introduction'], '/bank-account', accountOn, keepers),
    {
      ...row('user', 'B-119', [chaired], '/board/users', userOn, HEAD),
      turnedOn: chair?.issuedOn ?? null,
    },
  ];
}

function row(
  ...[key, clause, needs, to, doneOn, turn]: [string, string, string[], string, string | null, Turn]
): StepRow {
  return { key, clause, needs, to, doneOn, turn };
}
