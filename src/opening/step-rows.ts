/** The steps in the bylaw's order: what each needs first, whose turn it is, when it was done. */
import type { Role, Seat } from '../access/powers.ts';
import type { Application } from '../applications/applications.ts';
import type { Decree } from '../board/decree-rows.ts';
import { mosqueRecorded } from '../bylaw/opening.ts';
import type { Centre } from '../centres/centres.ts';
import { type Afterwards, holderOf } from './afterwards.ts';
import { waitsFor } from './proposals.ts';
import type { Ready } from './ready.ts';
import type { StepRow } from './steps.ts';

type Known = {
  centre: Centre;
  application: Application | undefined;
  ready: Ready;
  after: Afterwards;
};

const HEAD: Role[] = ['county-head'];
const BEFORE_LICENCE = [
  'particulars',
  'board',
  'premises',
  'equipment',
  'area',
  'survey',
  'people',
];
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
    step('equipment', 'B-115', '/equipment', equippedOn),
    step('area', 'B-124', '/boundary', areaOn, ready.areaProposedOn ? HEAD : own),
    { ...step('survey', 'B-139', '/network/surveys', surveyOn), needs: ['area'] },
    step('people', 'B-137', '/network', peopleOn),
    { ...step('licence', 'B-128', '/licence', after.licensedOn, HEAD), needs: BEFORE_LICENCE },
  ];
}

/** B-33, B-14: a licensed centre's seats are its decrees' matter, so this step lies behind it. */
function boardRow({ boardOn, emptySeats, uncleared }: Ready, after: Afterwards): StepRow {
  const waiting = new Set(uncleared.flatMap(waitsFor));
  const refused = uncleared.some(({ security, selection }) =>
    [security, selection].some((one) => one?.state === 'refused'),
  );
  const turn: Role[] = emptySeats.length > 0 || refused ? [...HEAD, ...waiting] : [...waiting];
  const doneOn = boardOn ?? after.licensedOn;
  return { key: 'board', clause: 'B-33', needs: [], turn, doneOn, to: '/opening/board' };
}

function decreeRows({ after }: Known): StepRow[] {
  const row = (key: string, clause: string, needs: string[], seats: Seat[], drawsUp: Turn) => ({
    ...{ key, clause, needs, to: '/board', doneOn: acceptedOn(after.decrees, seats) },
    turn: turnOf(after.decrees, seats, drawsUp),
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

function last({ after }: Known): StepRow[] {
  const { codedOn, sealedOn, introducedOn, accountOn, userOn, trainedOn } = after;
  // With a user he accepts his decree himself; so it may be opened as soon as that is issued.
  const chaired = holderOf(after.decrees, 'chair') ? 'licence' : 'committee-decrees';
  const keepers: Turn = ['chair', 'admin-finance'];
  return [
    row('activity-code', 'B-117', ['licence'], '/activity-code', codedOn, HEAD),
    row('seal', 'B-117', ['activity-code'], '/seal', sealedOn, [...HEAD, 'chair']),
    row('introduction', 'B-118', ['activity-code'], '/bank-account', introducedOn, HEAD),
    row('account', 'B-118', ['introduction'], '/bank-account', accountOn, keepers),
    row('user', 'B-119', [chaired], '/board/users', userOn, HEAD),
    row('training', 'B-121', ['user'], '/trainings', trainedOn, HEAD),
  ];
}

function row(
  ...[key, clause, needs, to, doneOn, turn]: [string, string, string[], string, string | null, Turn]
): StepRow {
  return { key, clause, needs, to, doneOn, turn };
}
