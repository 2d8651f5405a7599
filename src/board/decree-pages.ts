/** The decrees of a centre: the list, proposing one, and the steps of each. */
import { randomUUID } from 'node:crypto';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { may, requirePower, SEATS } from '../access/powers.ts';
import { licencesOf } from '../licence/licences.ts';
import { proposalsOf } from '../opening/proposals.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { type Column, listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, provinceRoot, sendChanged, sendCreated } from '../web/written.ts';
import { isProposed } from './change-rows.ts';
import { coordinationForm, endingForm, readProposal, undertakingForm } from './decree-form.ts';
import { LOOKS, listedDecree, sendDecree, toldDecree } from './decree-page.ts';
import { printDecree } from './decree-print.ts';
import { type Decree, decreesOf, findDecree } from './decree-rows.ts';
import { powerFor, requireCoordinating } from './decree-sides.ts';
import { isCommittees, isOptional } from './decree-states.ts';
import { acceptDecree, draftDecree, endDecree, issueDecree } from './decrees.ts';
import { closedTo } from './fitness.ts';
import { GENDERS } from './person-pages.ts';
import { findPerson, personById, registerOrFindPerson } from './persons.ts';
import { coordinateDecree, requestCoordination } from './requests.ts';
import { otherSeatsOf } from './two-seats.ts';

export const decreePages = Router({ mergeParams: true });

decreePages.get('/board/decrees', allow('board.read'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const decrees = decreesOf(province.db, centre.id, actor!.today);
  const rows = decrees.map(listedDecree).map(({ inForce, ...row }) => row);
  const title = t('board:decrees.title');
  await answer(res, {
    html: () => sendPage(req, res, 'board/decrees', { title, decrees, looks: LOOKS }),
    ...listForms(req, res, {
      ...{ name: `decrees-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows, total: rows.length }),
      all: () => (res.locals.format === 'csv' ? rows : rows.map((row) => inWords(res, row))),
      json: () => ({ decrees: decrees.map(listedDecree) }),
    }),
  });
});

/** The committee proposes for its two seats, the chair for the others. */
function allowDrafting(_req: Request, res: Response, next: NextFunction): void {
  const { actor, centre } = res.locals;
  if (!may(actor!, 'decrees.draft-board', centre)) {
    requirePower(actor!, 'decrees.draft-committee', centre);
  }
  next();
}

decreePages.get('/board/decrees/new', allowDrafting, async (req, res) => {
  await answer(res, {
    html: () => sendForm(req, res, { values: askedFor(req, res) }),
  });
});

decreePages.post('/board/decrees', allowDrafting, async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const { person, ...draft } = readProposal(req, actor!.today);
    const created = await enterOnce(req, res, (tx) => {
      const personId =
        'id' in person ? knownPerson(tx, res, person.id) : registered(tx, res, person);
      const decree = draftDecree(tx, actor!, centre, { ...draft, personId });
      return { location: addressOf(res, decree), body: toldDecree(decree) };
    });
    const { state } = created.body as { state: string };
    const kept = state === 'draft' ? 'drafted' : 'requested';
    sendCreated(req, res, created, t(`board:flash.${kept}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

/** What a page that leads here has chosen already: the seat, and a person known by number. */
function askedFor(req: Request, res: Response): Record<string, string> {
  const { seat, person = proposedFor(res, seat) } = req.query;
  const values = { seat: String(seat ?? '') };
  return person === undefined ? values : { ...values, personId: String(person) };
}

/** B-33: the person who was proposed for this seat before the licence, until it has had a decree. */
function proposedFor({ locals }: Response, seat: unknown): string | undefined {
  const { province, actor, centre } = locals;
  const { today } = actor!;
  if (decreesOf(province.db, centre.id, today).some((one) => one.seat === seat)) return undefined;
  const proposed = proposalsOf(province.db, centre.id, today).find((one) => one.seat === seat);
  return proposed && String(proposed.personId);
}

/** A number may be given by whoever may look persons up; a chair names the person whole. */
function knownPerson(tx: Tx, res: Response, id: number): number {
  const { actor, centre } = res.locals;
  const isOurs =
    decreesOf(tx, centre.id, actor!.today).some(({ personId }) => personId === id) ||
    isProposed(tx, centre.id, id) ||
    proposalsOf(tx, centre.id, actor!.today).some(({ personId }) => personId === id);
  if (isOurs) return id;
  if (!may(actor!, 'persons.read', centre)) throw new NotFound();
  return findPerson(tx, actor!, id).id;
}

type Typed = Exclude<ReturnType<typeof readProposal>['person'], { id: number }>;

function registered(tx: Tx, res: Response, person: Typed): number {
  const { actor, centre } = res.locals;
  return registerOrFindPerson(tx, actor!, { ...person, countyId: centre.countyId }).id;
}

decreePages.get('/board/decrees/:decree', allow('board.read'), async (req, res) => {
  const decree = decreeNamed(req, res);
  await answer(res, {
    html: () => sendDecree(req, res, decree),
    json: () => res.json(toldDecree(decree)),
    pdf: () => printDecree(res, decree),
  });
});

decreePages.post('/board/decrees/:decree/request', allow('decrees.draft-board'), (req, res) =>
  step(req, res, 'requested', (decree) => {
    const { actor, centre } = res.locals;
    return (tx) => requestCoordination(tx, actor!, centre, decree);
  }),
);

/** The committee answers; whoever else reads the board is told by which clause he may not. */
function allowCoordinating(_req: Request, res: Response, next: NextFunction): void {
  requireCoordinating(res.locals.actor!, res.locals.centre);
  next();
}

decreePages.post('/board/decrees/:decree/coordination', allowCoordinating, (req, res) =>
  step(req, res, 'coordinated', (decree) => {
    const { actor } = res.locals;
    const form = readBody(req, coordinationForm(actor!.today));
    return (tx) => coordinateDecree(tx, actor!, decree, form);
  }),
);

decreePages.post(
  '/board/decrees/:decree/issue',
  allow('decrees.issue-committee', 'decrees.issue-board'),
  (req, res) =>
    step(req, res, 'issued', (decree) => {
      const { actor, centre } = res.locals;
      return (tx) => issueDecree(tx, actor!, centre, decree);
    }),
);

decreePages.post('/board/decrees/:decree/acceptance', allow('board.read'), (req, res) =>
  step(req, res, 'accepted', (decree) => {
    const { actor } = res.locals;
    const form = readBody(req, undertakingForm);
    return (tx) => acceptDecree(tx, actor!, decree, form);
  }),
);

decreePages.post(
  '/board/decrees/:decree/ending',
  allow('decrees.issue-committee', 'decrees.issue-board'),
  (req, res) =>
    step(req, res, 'ended', (decree) => {
      const { actor } = res.locals;
      const form = readBody(req, endingForm(actor!.today));
      return (tx) => endDecree(tx, actor!, decree, form);
    }),
);

/** Takes a step: refused, the decree's page is shown again with what was typed. */
async function step(
  req: Request,
  res: Response,
  said: string,
  read: (decree: Decree) => (tx: Tx) => Decree,
): Promise<void> {
  const decree = decreeNamed(req, res);
  try {
    const changed = await enter(res.locals.province, read(decree));
    const sentence = res.locals.t(`board:flash.${said}`, { name: changed.name });
    sendChanged(req, res, { to: addressOf(res, changed), body: toldDecree(changed) }, sentence);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendDecree(req, res, decreeNamed(req, res), {
        ...{ ...refused, values: req.body as object, refusedStep: said },
      }),
    );
  }
}

function decreeNamed(req: Request, res: Response): Decree {
  const { province, centre, actor } = res.locals;
  return findDecree(province.db, centre.id, String(req.params.decree), actor!.today);
}

const addressOf = (res: Response, { number, id }: Decree): string =>
  `${centreRoot(res)}/board/decrees/${number ?? id}`;

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`board:decrees.${key}`);
  return [
    { key: 'number', title: title('number'), kind: 'code', width: 2 },
    { key: 'seat', title: title('seat'), kind: 'text', width: 3 },
    { key: 'name', title: title('name'), kind: 'text', width: 3 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
    { key: 'from', title: title('from'), kind: 'day', width: 2 },
    { key: 'to', title: title('to'), kind: 'day', width: 2 },
  ];
}

function inWords(
  { locals: { t } }: Response,
  row: Omit<ReturnType<typeof listedDecree>, 'inForce'>,
) {
  return { ...row, seat: t(`board:seats.${row.seat}`), state: t(`board:states.${row.state}`) };
}

function sendForm(req: Request, res: Response, form: { values?: object }): void {
  const { actor, centre, province, t } = res.locals;
  const seats = SEATS.filter((seat) => may(actor!, powerFor(seat, 'draft'), centre));
  const today = actor!.today;
  const licence = licencesOf(province.db, centre.id).find(({ toOn }) => toOn >= today);
  const fromOn = licence && (licence.fromOn > today ? licence.fromOn : today);
  const known = knownPersonOf(res, form.values);
  sendPage(req, res, 'board/decree-new', {
    ...{ title: t('board:new.title'), key: randomUUID(), genders: GENDERS, known },
    coreSeats: seats.filter((seat) => !isOptional(seat)),
    optionalSeats: seats.filter(isOptional),
    twoSeats: known ? otherSeatsOf(province.db, actor!, centre, known.id) : [],
    search: may(actor!, 'persons.read', centre) ? `${provinceRoot(res)}/persons.json` : null,
    ...{ committees: seats.some(isCommittees), licence, fromOn },
    closed: closedTo(province.db, centre.id, today),
    ...form,
  });
}

/** The person whose number the form carries, if the reader may know of him. */
function knownPersonOf(res: Response, values: object = {}): { id: number; name: string } | null {
  const { province, actor, centre } = res.locals;
  const id = Number((values as { personId?: unknown }).personId);
  if (!Number.isInteger(id) || id <= 0) return null;
  try {
    const known = knownPerson(province.db, res, id);
    return personById(province.db, known, centre.countyId);
  } catch (fault) {
    if (fault instanceof NotFound && actor) return null;
    throw fault;
  }
}
