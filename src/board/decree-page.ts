/** What the page of one decree says, and what a program is told of it. */
import type { Request, Response } from 'express';
import { may, type Power } from '../access/powers.ts';
import type { Db } from '../provinces/connection.ts';
import { sendPage } from '../web/views.ts';
import { agreesToEnd } from './change-rows.ts';
import { CLEARANCE_KINDS, type Standing, standingOf } from './clearances.ts';
import { dutiesOf } from './decree-content.ts';
import { type Decree, decreesOf } from './decree-rows.ts';
import { endersOf, placeOf, powerFor } from './decree-sides.ts';
import { type DecreeState, isCommittees, isOpen } from './decree-states.ts';
import { isKept } from './kept.ts';
import { nominationOrNone } from './nominations.ts';
import { otherSeatsOf } from './two-seats.ts';

/** A decree as a program is told of it. */
export function toldDecree(decree: Decree) {
  const { id, number, seat, name, personId, state, inForce, fromOn, toOn } = decree;
  const { draftedOn, need, requestedOn, answer, coordinationNumber, coordinatedOn } = decree;
  const coordination =
    answer === null ? null : { answer, number: coordinationNumber, decidedOn: coordinatedOn };
  const { issuedOn, issuedBy, acceptedOn, endedOn, endingReason } = decree;
  return {
    ...{ id, number, seat, name, personId, state, inForce, from: fromOn, to: toOn },
    ...{
      draftedOn,
      need,
      requestedOn,
      coordination,
      issuedOn,
      issuedBy,
      acceptedOn,
      endedOn,
      endingReason,
    },
  };
}

/** A row of the list that programs read. */
export function listedDecree({ id, number, seat, name, state, inForce, fromOn, toOn }: Decree) {
  return { id, number, seat, name, state, inForce, from: fromOn, to: toOn };
}

export const LOOKS: Record<DecreeState, string> = {
  draft: 'wait',
  'awaiting-coordination': 'wait',
  coordinated: 'wait',
  refused: 'void',
  issued: 'wait',
  accepted: 'ok',
  ended: 'none',
  cancelled: 'void',
};

/** The one step this reader may take now; null when it is another's turn. */
type Turn = 'send' | 'coordinate' | 'issue' | 'accept' | null;

export function sendDecree(
  req: Request,
  res: Response,
  decree: Decree,
  refused: object = {},
): void {
  const { province, actor, centre, t } = res.locals;
  const clearance = standingOf(province.db, decree.personId, actor!.today);
  const can = (power: Power) => may(actor!, power, placeOf(decree));
  sendPage(req, res, 'board/decree', {
    title: t('board:decree.title', { seat: t(`board:seats.${decree.seat}`), name: decree.name }),
    ...{ decree, look: LOOKS[decree.state], steps: stepsOf(decree, clearance) },
    ...{ turn: turnOf(decree, can, actor!.user?.personId ?? null), whose: whoseTurn(decree) },
    clearance: CLEARANCE_KINDS.map((kind) => ({ kind, given: clearance[kind] ?? null })),
    ...endingOf(province.db, decree, can, actor!.today),
    twoSeats: otherSeatsOf(province.db, actor!, centre, decree.personId, decree.id),
    nominated: nominationOrNone(province.db, decree.id) !== undefined,
    seesMember: can('members.read'),
    mayNominate: can(powerFor(decree.seat, 'draft')),
    seesPersons: can('persons.read'),
    seesPapers: can('papers.read'),
    ...{ duties: dutiesOf(decree.seat, t), odd: oddGender(decree) },
    holder: holderInTheWay(res, decree),
    isHolder: actor!.user?.personId === decree.personId,
    ...refused,
  });
}

/** B-93, B-131: who may end the decree now, and who has to ask for it first. */
function endingOf(db: Db, decree: Decree, can: (power: Power) => boolean, today: string) {
  const over = ['ended', 'cancelled'].includes(decree.state) && !isKept(db, decree.id, today);
  const ends = endersOf(decree).some(can) && !over;
  const needsLeave = decree.issuedOn !== null && !can('decrees.issue-committee');
  const asks = ends && needsLeave && !agreesToEnd(db, decree.id);
  return { mayEnd: ends && !asks, mustAsk: asks };
}

/** B-31 and B-32 name men and women; the program asks again and leaves the decision to people. */
function oddGender({ seat, gender }: Decree): string | null {
  if (seat === 'benefactors-men' && gender === 'woman') return 'B-31';
  return seat === 'benefactors-women' && gender === 'man' ? 'B-32' : null;
}

/** Whoever holds the seat on days of this term: his decree is ended before this one is issued. */
function holderInTheWay({ locals: { province, actor } }: Response, decree: Decree): Decree | null {
  if (decree.issuedOn !== null || !isOpen(decree.state)) return null;
  const others = decreesOf(province.db, decree.centreId, actor!.today);
  const inTheWay = others.find(
    (other) =>
      other.id !== decree.id &&
      other.seat === decree.seat &&
      other.issuedOn !== null &&
      other.state !== 'ended' &&
      other.fromOn <= decree.toOn &&
      other.toOn >= decree.fromOn,
  );
  return inTheWay ?? null;
}

function turnOf(decree: Decree, can: (power: Power) => boolean, personId: number | null): Turn {
  const { state, seat } = decree;
  if (state === 'awaiting-coordination') return can('decrees.coordinate') ? 'coordinate' : null;
  if (state === 'draft' && !isCommittees(seat)) return can('decrees.draft-board') ? 'send' : null;
  const issues = can(powerFor(seat, 'issue'));
  if (state === 'draft' || state === 'coordinated') return issues ? 'issue' : null;
  if (state !== 'issued') return null;
  return issues || personId === decree.personId ? 'accept' : null;
}

/** Whose turn it is, said to everybody else. */
export function whoseTurn({ state, seat }: Decree): string | null {
  if (state === 'awaiting-coordination') return 'committee';
  if (state === 'draft' || state === 'coordinated') {
    return isCommittees(seat) ? 'committee' : 'chair';
  }
  return state === 'issued' ? 'holder' : null;
}

/** The way of a decree, each step with its day once it is done. */
function stepsOf(decree: Decree, { security, selection }: Standing) {
  const cleared = security?.state === 'approved' && selection?.state === 'approved';
  const clearedOn = cleared ? [security.decidedOn, selection.decidedOn].sort()[1]! : null;
  const coordination = {
    step: 'coordinated',
    on: decree.coordinatedOn,
    number: decree.coordinationNumber,
    paper: decree.answerPaperId,
  };
  const requested = { step: 'requested', on: decree.requestedOn, paper: decree.requestPaperId };
  return [
    { step: 'drafted', on: decree.draftedOn, by: decree.draftedBy },
    { step: 'cleared', on: clearedOn },
    ...(isCommittees(decree.seat) ? [] : [requested, coordination]),
    { step: 'issued', on: decree.issuedOn, by: decree.issuedBy, number: decree.number },
    { step: 'accepted', on: decree.acceptedOn },
    ...(decree.endedOn ? [{ step: 'ended', on: decree.endedOn }] : []),
  ];
}
