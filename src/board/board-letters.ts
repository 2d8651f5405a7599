/** The board's letters: the chair asks, the committee answers; each is kept with its act. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { type IssuedLetter, issueLetter } from '../paper/letters.ts';
import { findPaper } from '../paper/papers.ts';
import type { Tx } from '../provinces/connection.ts';
import { nextNumber, writtenNumber } from '../provinces/numbering.ts';
import { wordsOn } from '../templates/board-name.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import type { Words } from '../words.ts';
import { isActing } from './acting.ts';
import { type Change, lastHolder } from './change-rows.ts';
import { standingOf } from './clearances.ts';
import type { Decree } from './decree-rows.ts';
import { deedOf } from './decree-sides.ts';

type Answer = { answer: 'agreed' | 'refused'; number?: string; decidedOn: string };
type Answered = IssuedLetter & { answered: string };

/** B-93: the committee ends the decree of a core seat by a decision of its own, on its paper. */
export function endingLetter(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  decree: Decree,
  { endedOn, reason }: { endedOn: string; reason: string },
): IssuedLetter {
  const t = wordsOn(tx, actor.today);
  const number = nextLetterNumber(tx, actor, centre);
  const seat = t(`board:seats.${decree.seat}`);
  return issueLetter(tx, actor, {
    ...{ centre, kind: 'decision', head: 'committee' },
    addressee: decree.seat === 'chair' ? [honoured(decree, t)] : toChair(centre, t),
    values: {
      ...{ decision: t('board:letter.ended', { seat, person: honoured(decree, t) }) },
      ...{ reason, fromOn: endedOn },
    },
    deed: deedOf(decree, 'ended', { endedOn, reason, number }),
  });
}

/** The centre asks the committee to coordinate the decree of a person for a seat. */
export function requestLetter(tx: Tx, actor: Actor, centre: Centre, decree: Decree): IssuedLetter {
  const t = wordsOn(tx, actor.today);
  const { seat, fromOn, toOn, nationalId, need } = decree;
  const { security, selection } = standingOf(tx, decree.personId, actor.today);
  const cleared = security?.state === 'approved' && selection?.state === 'approved';
  const last = lastHolder(tx, decree);
  const values = {
    ...{ person: honoured(decree, t), seat: t(`board:seats.${seat}`), fromOn, toOn, nationalId },
    ...(cleared ? { clearance: selection.number, clearedOn: selection.decidedOn } : {}),
    ...(last && last.personId !== decree.personId ? { predecessor: last.name } : {}),
    ...(need ? { reason: need.reason } : {}),
  };
  return issueLetter(tx, actor, {
    ...{ centre, kind: 'coordination-request', head: 'centre', values },
    ...{ addressee: toCommittee(centre, t), signer: chairSigns(actor, centre, t) },
    deed: deedOf(decree, 'requested', { requestedOn: actor.today }),
  });
}

/** The committee answers it; without a number of its own the answer bears the letter's. */
export function answerLetter(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  decree: Decree,
  { answer, number, decidedOn }: Answer,
): Answered {
  const t = wordsOn(tx, actor.today);
  const answered = number ?? nextLetterNumber(tx, actor, centre);
  const { seat, fromOn, toOn } = decree;
  const values = {
    ...{ person: honoured(decree, t), seat: t(`board:seats.${seat}`), fromOn, toOn },
    ...{ answer: t(`board:letter.${answer}`), ...asked(tx, decree.requestPaperId) },
  };
  const letter = issueLetter(tx, actor, {
    ...{ centre, kind: 'coordination-answer', head: 'committee', values },
    addressee: toChair(centre, t),
    deed: deedOf(decree, 'coordinated', { answer, number: answered, decidedOn }),
  });
  return { ...letter, answered };
}

/** What a letter about a change is told of it. */
type ChangeAsked = {
  id: number;
  kind: Change['kind'];
  decree: Decree;
  person: { name: string } | null;
  reason: string;
};

/** The centre asks for the committee's leave to change who holds a seat. */
export function changeLetter(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, kind, decree, person, reason }: ChangeAsked,
): IssuedLetter {
  const t = wordsOn(tx, actor.today);
  const values = {
    ...{ seat: t(`board:seats.${decree.seat}`), reason, predecessor: decree.name },
    change: t(`board:changes.kinds.${kind}`),
    ...(person ? { person: person.name } : {}),
  };
  return issueLetter(tx, actor, {
    ...{ centre, kind: 'change-request', head: 'centre', values },
    ...{ addressee: toCommittee(centre, t), signer: chairSigns(actor, centre, t) },
    deed: {
      ...{ kind: 'change.requested', subject: `changes/${id}` },
      after: { kind, decreeId: decree.id, seat: decree.seat, person: person?.name, reason },
    },
  });
}

/** The committee's opinion of it. */
export function changeAnswerLetter(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  change: Change,
  { answer, number, decidedOn }: Answer,
): Answered {
  const t = wordsOn(tx, actor.today);
  const answered = number ?? nextLetterNumber(tx, actor, centre);
  const values = {
    ...{ seat: t(`board:seats.${change.seat}`), answer: t(`board:letter.${answer}`) },
    ...(change.person ? { person: change.person } : {}),
    ...{ predecessor: change.holder, ...asked(tx, change.requestPaperId) },
    change: t(`board:changes.kinds.${change.kind}`),
  };
  const letter = issueLetter(tx, actor, {
    ...{ centre, kind: 'change-answer', head: 'committee', values },
    addressee: toChair(centre, t),
    deed: {
      ...{ kind: 'change.answered', subject: `changes/${change.id}` },
      after: { answer, number: answered, decidedOn, seat: change.seat },
    },
  });
  return { ...letter, answered };
}

/** The number that the centre's next letter takes. */
function nextLetterNumber(tx: Tx, actor: Actor, centre: Centre): string {
  const year = fiscalYear(actor.today);
  return writtenNumber(year, nextNumber(tx, 'letter', centre.id, year), 4);
}

/** The letter that is answered, by its number and day. */
function asked(tx: Tx, paperId: number | null) {
  if (paperId === null) return {};
  const { number, issuedOn } = findPaper(tx, paperId);
  return { request: number, requestedOn: issuedOn };
}

function honoured({ name, isCleric, gender }: Decree, t: Words): string {
  return `${t(`board:honorific.${isCleric ? 'cleric' : gender}`)} ${name}`;
}

const toCommittee = (centre: Centre, t: Words): string[] => [
  t('board:letter.to-committee', { county: centre.countyName }),
];

const toChair = (centre: Centre, t: Words): string[] => [
  t('board:letter.to-chair', { centre: centre.name }),
];

/** B-61: whoever acts for the chair signs as such. */
function chairSigns(actor: Actor, centre: Centre, t: Words) {
  const office = t(isActing(actor, centre.id) ? 'board:acting' : 'board:seats.chair');
  return { name: actor.user?.name ?? '', office };
}
