/** What goes on at the sample's first centre these days, and what the committee has before it. */
import { createRequire } from 'node:module';
import type { Actor } from '../src/access/actor.ts';
import { inCentre } from '../src/access/actor.ts';
import {
  type ApplicationTyped,
  linkCentre,
  receiveApplication,
  takeStep,
} from '../src/applications/applications.ts';
import type { ApplicationState } from '../src/applications/states.ts';
import { assembliesOf } from '../src/assemblies/assemblies.ts';
import { holdMeeting, type Meeting, settleResolution } from '../src/assemblies/meetings.ts';
import { declareAbsence } from '../src/board/absences.ts';
import { requestChange } from '../src/board/changes.ts';
import { holdersOn } from '../src/board/decree-rows.ts';
import { draftEntry } from '../src/books/drafts.ts';
import { sealBook } from '../src/books/sealed-books.ts';
import { linkBenefactor } from '../src/boundary/benefactors.ts';
import { placeDonor, type Side } from '../src/boundary/donor-places.ts';
import { decidePermit, requestPermit } from '../src/boundary/permits.ts';
import type { Centre } from '../src/centres/centres.ts';
import {
  answerExperience,
  type ExperienceTyped,
  writeExperience,
} from '../src/experiences/experiences.ts';
import { fillSection, openMonitoring } from '../src/licence/monitorings.ts';
import { recordHours } from '../src/network/hours.ts';
import { reportUnit } from '../src/network/units.ts';
import { issueCards } from '../src/network/volunteer-cards.ts';
import { markRead, noticesOf } from '../src/notices/notices.ts';
import type { Tx } from '../src/provinces/connection.ts';
import { addDays } from '../src/values/jalali-date.ts';
import { fillHelp } from './first-help.ts';
import type { First } from './first-year.ts';
import { inventedId } from './invented-id.ts';
import { monitor, type Supervisors } from './lives.ts';
import { clearedPerson, type Officers, type Step } from './opening.ts';

type Asked = Pick<
  ApplicationTyped,
  'name' | 'asksFor' | 'place' | 'hostName' | 'speaksFor' | 'plan'
>;

const told = createRequire(import.meta.url)('./first-year.json') as {
  applications: (Asked & { state: ApplicationState; reason: string | null })[];
  meetings: (Pick<Meeting, 'kind' | 'subject' | 'present' | 'promotes'> & Held)[];
  hours: string;
  reports: { done: string; gifts: string };
  change: { name: string; gender: 'man' | 'woman'; reason: string };
  permits: { place: string; reason: string; number: string | null }[];
  benefactor: { name: string; place: string; number: string; note: string };
  experiences: (ExperienceTyped & { approved: boolean })[];
  outside: string[];
  absence: string;
  draft: string;
  monitoring: string;
};
type Held = {
  ago: number;
  resolutions: { resolution: string; owner: string; outcome: 'done' | null }[];
};

const CHANGED_ID = 390_002;
/** Of so many donors the first of each dozen lives elsewhere; of the rest nothing more is asked. */
const DOZEN = 12;

/** B-13: one application of each state; the approved one is the first centre's. */
export function fillRegister(tx: Tx, as: Step, head: number, centre: Centre): void {
  const actor = as(head);
  told.applications.forEach(({ state, reason, ...asked }, n) => {
    const { id } = receiveApplication(tx, actor, {
      ...{ ...asked, countyId: centre.countyId, receivedOn: addDays(actor.today, -n) },
      ...{ nationalId: null, mobile: `0900000050${n}`, goals: ['B-2', 'B-4'] },
      host: asked.hostName === null ? null : 'mosque',
    });
    if (state !== 'received') takeStep(tx, actor, id, { state: 'under-review' });
    if (state === 'received' || state === 'under-review') return;
    takeStep(tx, actor, id, { state, number: `${n}/${id}`, reason });
    if (state === 'approved') linkCentre(tx, actor, id, centre);
  });
}

/** The last months of the first centre, as of today. */
export function fillFirstMonths(tx: Tx, as: Step, first: First, officers: Supervisors): void {
  const { centre } = first;
  const actor = inCentre(as(first.chair), centre.id);
  for (const user of [actor, as(officers.head), as(officers.deputy)]) readNotices(tx, user);
  keepPeople(tx, actor, first);
  meet(tx, actor, centre);
  lookBeyond(tx, as, first);
  tellExperiences(tx, as, first, officers.head);
  placeDonors(tx, actor, centre);
  askForChange(tx, as, officers, first);
  keepBooks(tx, actor, centre);
  fillHelp(tx, as, first, officers.deputy);
  monitor(tx, as, officers, centre, { conclusion: 'none', scores: [88, 91] });
}

/** B-20: the licence is about to end; supervision has spoken, the other three offices are asked. */
export function beginMonitoring(tx: Tx, as: Step, inspector: number, centre: Centre): void {
  const { id } = openMonitoring(tx, as(inspector), centre);
  fillSection(tx, as(inspector), id, { score: 86, findings: told.monitoring });
}

/** Declared by the head of the county: a chair away for some days, from today or so many days on. */
export function declareAway(tx: Tx, as: Step, head: number, centre: Centre, inDays = 0): void {
  const { today } = as(head);
  const fromOn = addDays(today, inDays);
  const away = { fromOn, toOn: addDays(fromOn, 12), reason: told.absence };
  if (holdersOn(tx, centre.id, today).has('chair')) declareAbsence(tx, as(head), centre, away);
}

/** All that he was told until now he has read; what follows is new to him. */
function readNotices(tx: Tx, actor: Actor): void {
  const [newest] = noticesOf(tx, actor, 1);
  if (newest) markRead(tx, actor, newest.id);
}

function keepPeople(tx: Tx, actor: Actor, { centre, until }: First): void {
  const { today } = actor;
  for (const [n, volunteer] of [1, 2, 4, 6, 7, 9].entries()) {
    // Most is written down within a day or two; what two of them did last month came late (B-112).
    for (const ago of n < 2 ? [1, 3, 38] : [0, 1, 3]) {
      const workedOn = addDays(today, -ago);
      recordHours(tx, actor, centre, volunteer, {
        workedOn,
        minutes: 90 + 15 * n,
        what: told.hours,
      });
    }
  }
  const { done, gifts } = told.reports;
  for (const ago of [2, 36]) {
    reportUnit(tx, actor, centre, 1, { reportedOn: addDays(today, -ago), done, gifts, persons: 9 });
  }
  issueCards(tx, actor, centre, { volunteers: [1, 2, 6], toOn: until });
}

function meet(tx: Tx, actor: Actor, centre: Centre): void {
  const assemblies = assembliesOf(tx, centre.id).map(({ id }) => id);
  for (const { ago, resolutions, ...meeting } of told.meetings) {
    const metOn = addDays(actor.today, -ago);
    const { id: meetingId } = holdMeeting(tx, actor, centre, {
      ...{ ...meeting, metOn, assemblies, noPolitics: true, place: centre.hostName },
      resolutions: resolutions.map(({ resolution, owner }) => ({ resolution, owner })),
    });
    resolutions.forEach(({ outcome }, at) => {
      if (outcome) settleResolution(tx, actor, centre, { meetingId, nth: at + 1, outcome });
    });
  }
}

/** B-126, B-127: one place where it may serve, one that it has asked for, and a helper from afar. */
function lookBeyond(tx: Tx, as: Step, { centre, chair, officers }: First): void {
  const actor = inCentre(as(chair), centre.id);
  const { today } = actor;
  for (const { place, reason, number } of told.permits) {
    const days = { fromOn: today, toOn: addDays(today, 60) };
    const { id } = requestPermit(tx, actor, centre, { kind: 'place', place, reason, ...days });
    if (number === null) continue;
    const answered = { answer: 'granted' as const, number, decidedOn: today };
    decidePermit(tx, as(officers.head), centre, id, answered);
  }
  const linked = { kind: 'institution' as const, coordinatedOn: addDays(today, -20) };
  linkBenefactor(tx, actor, centre, { ...linked, ...told.benefactor });
}

/** B-108: one experience that the county approved, and one that waits for it. */
function tellExperiences(tx: Tx, as: Step, { centre, chair }: First, head: number): void {
  for (const { approved, ...sheet } of told.experiences) {
    const written = { ...sheet, namesNobody: true };
    const { id } = writeExperience(tx, inCentre(as(chair), centre.id), centre, written);
    const answered = { id, answer: 'approved' as const, reason: null };
    if (approved) answerExperience(tx, as(head), centre, answered);
  }
}

/** B-123: who lives in the area and who does not. */
function placeDonors(tx: Tx, actor: Actor, centre: Centre): void {
  const donors = tx.$client.prepare('SELECT id FROM donors WHERE centre_id = ? LIMIT 3000').pluck();
  (donors.all(centre.id) as number[]).forEach((id, n) => {
    const side: Side = n % DOZEN === 0 ? 'outside' : 'inside';
    const place = side === 'outside' ? told.outside[(n / DOZEN) % told.outside.length]! : null;
    placeDonor(tx, actor, centre, id, { side, place });
  });
}

/** B-131: a request that waits for the committee's answer. */
function askForChange(tx: Tx, as: Step, officers: Officers, { centre, chair }: First): void {
  const { name, gender, reason } = told.change;
  const candidate = { name, gender, nationalId: inventedId(CHANGED_ID) };
  const { id: personId } = clearedPerson(tx, as, officers, candidate, centre.countyId);
  const actor = inCentre(as(chair), centre.id);
  const { id: decreeId } = holdersOn(tx, centre.id, actor.today).get('benefactors-women')!;
  requestChange(tx, actor, centre, { kind: 'replace', decreeId, personId, reason });
}

/** A draft that waits for the chair, and the journal of a month, sealed. */
function keepBooks(tx: Tx, actor: Actor, centre: Centre): void {
  const line = { fund: 'sadaqa', debitRial: 0, creditRial: 0 };
  draftEntry(tx, actor, centre.id, {
    ...{ entryOn: actor.today, description: told.draft },
    lines: [
      { ...line, account: '1102', debitRial: 400_000 },
      { ...line, account: '1101', creditRial: 400_000 },
    ],
  });
  const days = { from: addDays(actor.today, -60), to: addDays(actor.today, -31) };
  if (hasEntries(tx, centre.id, days)) sealBook(tx, actor, centre, { book: 'journal', ...days });
}

function hasEntries(tx: Tx, centreId: number, { from, to }: { from: string; to: string }): boolean {
  const one = 'SELECT 1 FROM entries WHERE centre_id = ? AND entry_on BETWEEN ? AND ? LIMIT 1';
  return tx.$client.prepare(one).pluck().get(centreId, from, to) === 1;
}
