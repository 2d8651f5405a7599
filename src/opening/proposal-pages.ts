/** The six core seats before the licence: who is proposed, how his clearance stands, proposing. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { CORE_SEATS, may } from '../access/powers.ts';
import { GENDERS } from '../board/person-pages.ts';
import { findPerson, registerOrFindPerson } from '../board/persons.ts';
import { licencesOf } from '../licence/licences.ts';
import type { Tx } from '../provinces/connection.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { freshProposal, knownProposal } from './forms.ts';
import { type Proposed, proposalsOf, proposeForSeat } from './proposals.ts';
import { take } from './taking.ts';

export const proposalPages = Router({ mergeParams: true });

proposalPages.get('/opening/board', allow('opening.read'), async (req, res) => {
  await answer(res, {
    html: () => sendBoard(req, res),
    json: () => {
      const { province, actor, centre } = res.locals;
      const proposed = proposalsOf(province.db, centre.id, actor!.today).map(told);
      const seats = CORE_SEATS.map((seat) => {
        return { seat, proposed: proposed.find((one) => one.seat === seat) ?? null };
      });
      res.json({ seats });
    },
  });
});

proposalPages.post('/opening/board', allow('proposals.make'), (req, res) =>
  take(req, res, { page: sendBoard, said: 'proposed' }, () => {
    const { actor, centre } = res.locals;
    const personOf = readPerson(req, res);
    return enterOnce(req, res, (tx) => {
      const { seat, personId } = personOf(tx);
      const body = told(proposeForSeat(tx, actor!, centre, { seat, personId }));
      return { body, location: `${centreRoot(res)}/opening/board` };
    });
  }),
);

/** A person known by number, or typed whole: registered now if nobody has the national ID. */
function readPerson(req: Request, res: Response) {
  const { actor, centre } = res.locals;
  const { personId } = (req.body ?? {}) as { personId?: unknown };
  if (personId !== undefined && personId !== null && personId !== '') {
    const known = readBody(req, knownProposal);
    return (tx: Tx) => ({
      seat: known.seat,
      personId: findPerson(tx, actor!, known.personId).id,
    });
  }
  const { seat, ...person } = readBody(req, freshProposal);
  return (tx: Tx) => {
    const typed = { ...person, countyId: centre.countyId };
    return { seat, personId: registerOrFindPerson(tx, actor!, typed).id };
  };
}

/** As programs are told: of a clearance the state, number and day, which is all there is of it. */
function told({ security, selection, ...one }: Proposed) {
  const of = (clearance: Proposed['security']) =>
    clearance
      ? { state: clearance.state, number: clearance.number, decidedOn: clearance.decidedOn }
      : null;
  return { ...one, security: of(security), selection: of(selection) };
}

function sendBoard(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const proposed = proposalsOf(province.db, centre.id, actor!.today);
  const holds = (id: number) => proposed.filter(({ personId }) => personId === id).length;
  const licensed = licencesOf(province.db, centre.id).length > 0;
  sendPage(req, res, 'opening/board', {
    ...{ title: t('opening:board.title'), key: randomUUID(), genders: GENDERS, licensed },
    seats: CORE_SEATS.map((seat) => {
      return { seat, one: proposed.find((known) => known.seat === seat) ?? null };
    }),
    twice: [...new Set(proposed.filter((one) => holds(one.personId) > 1).map((one) => one.name))],
    mayPropose: !licensed && may(actor!, 'proposals.make', centre),
    mayReadPersons: may(actor!, 'persons.read', centre),
    values: { seat: String(req.query.seat ?? '') },
    ...refused,
  });
}
