/** The register of cheques, one cheque with its steps, and what becomes of it. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { attachedTo, layAttachments } from '../attachments/attachment-pages.ts';
import type { Db } from '../provinces/connection.ts';
import { daysBetween, readDay } from '../values/jalali-date.ts';
import { readLine, readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { dayAsked, wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import {
  type Column,
  everyRow,
  type Listing,
  listForms,
  pageAsked,
  ROWS_PER_PAGE,
} from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import {
  CHEQUE_STATES,
  type Cheque,
  type ChequeFilter,
  chequeNumber,
  chequeSums,
  chequesOf,
  findCheque,
  NEXT,
  recordStep,
  stepsOf,
  undoClearing,
} from './cheques.ts';
import { contactShown } from './donor-words.ts';
import { findDonor } from './donors.ts';
import { donorShown } from './gift-words.ts';
import { CHEQUE_EVENTS } from './schema.ts';

export const chequePages = Router({ mergeParams: true });

const ONE = '/donations/cheques/:number';

const stepForm = (today: string) =>
  z.object({
    state: chosen(CHEQUE_EVENTS),
    happenedOn: typed((text) => readDay(text, { today })),
    note: typedOrNone((text) => readLine(text, { max: 200 })),
  });
const undoForm = z.object({ reason: typed(readReason) });
describeBody('POST /{province}/centres/{code}/donations/cheques/{number}', stepForm(''));
describeBody('POST /{province}/centres/{code}/donations/cheques/{number}/undo', undoForm);

chequePages.get('/donations/cheques', allow('cheques.read'), async (req, res) => {
  await answer(res, {
    html: () => sendRegister(req, res),
    ...listForms(req, res, listingOf(req, res)),
  });
});

chequePages.get(ONE, allow('cheques.read'), async (req, res) => {
  const cheque = chequeOf(req, res);
  await answer(res, {
    html: () => sendCheque(req, res, cheque),
    json: () => res.json(toldOf(res, cheque)),
  });
});

chequePages.post(ONE, allow('cheques.record'), async (req, res) => {
  const { centre, actor, t, show } = res.locals;
  const before = chequeOf(req, res);
  try {
    const step = readBody(req, stepForm(actor!.today));
    const { location: to, body } = await enterOnce(req, res, (tx) => {
      const waiting = findCheque(tx, centre.id, chequeNumber(before));
      return changedTo(res, tx, recordStep(tx, actor!, centre, waiting, step));
    });
    const values = { number: show.digits(before.reference) };
    const sentence = t(`donations:cheques.done.${step.state}`, values);
    sendChanged(req, res, { to, body }, sentence);
  } catch (fault) {
    const values = req.body as Record<string, string>;
    sendRefusedForm(fault, req, res, ({ faults, refusal }) => {
      sendCheque(req, res, chequeOf(req, res), { values, faults, refusal });
    });
  }
});

chequePages.post(`${ONE}/undo`, allow('cheques.record'), async (req, res) => {
  const { centre, actor, t } = res.locals;
  const before = chequeOf(req, res);
  try {
    const { reason } = readBody(req, undoForm);
    const { location: to, body } = await enterOnce(req, res, (tx) => {
      const cleared = findCheque(tx, centre.id, chequeNumber(before));
      return changedTo(res, tx, undoClearing(tx, actor!, centre, cleared, reason));
    });
    sendChanged(req, res, { to, body }, t('donations:cheques.undone-now'));
  } catch (fault) {
    const values = req.body as Record<string, string>;
    sendRefusedForm(fault, req, res, ({ faults, refusal }) => {
      sendCheque(req, res, chequeOf(req, res), { values, faults, refusal });
    });
  }
});

layAttachments(chequePages, {
  ...{ at: ONE, told: '/{province}/centres/{code}/donations/cheques/{number}' },
  ...{ see: 'cheques.read', add: 'gift-files.add' },
  held: (req, res) => {
    const cheque = chequeOf(req, res);
    return { ...heldBy(res, cheque), again: (refused) => sendCheque(req, res, cheque, refused) };
  },
});

/** The scan of a cheque is one of its gift's files. */
function heldBy(res: Response, cheque: Cheque) {
  const address = addressOf(res, cheque);
  const { centre } = res.locals;
  return { subject: `donations/${cheque.donationId}`, centre, address, page: address };
}

/** A step sent again under its key answers as the first time. */
function changedTo(res: Response, tx: Db, cheque: Cheque) {
  return { location: addressOf(res, cheque), body: toldOf(res, cheque, tx) };
}

function chequeOf(req: Request, res: Response): Cheque {
  const { province, centre } = res.locals;
  return findCheque(province.db, centre.id, String(req.params.number));
}

const addressOf = (res: Response, cheque: Cheque) =>
  `${centreRoot(res)}/donations/cheques/${chequeNumber(cheque)}`;

function filterOf({ query }: Request, res: Response): ChequeFilter {
  const { today } = res.locals.actor!;
  const states = [...CHEQUE_STATES, 'open'] as const;
  return {
    state: states.find((state) => state === query.state),
    from: dayAsked(query, 'from', today),
    to: dayAsked(query, 'to', today),
    q: wordAsked(query, 'q'),
  };
}

function lineOf(res: Response, cheque: Cheque) {
  const { today } = res.locals.actor!;
  const { reference, bank, dueOn, amountRial: amount, receivedOn, state } = cheque;
  const isOpen = state === 'received' || state === 'deposited';
  return {
    ...{ receipt: chequeNumber(cheque), reference, bank, dueOn, amount, receivedOn, state },
    donor: donorShown(res, cheque),
    /** How many days until it is due; below zero it is overdue. */
    left: isOpen ? daysBetween(today, dueOn) : null,
    href: addressOf(res, cheque),
  };
}

function sendRegister(req: Request, res: Response): void {
  const { province, centre, t } = res.locals;
  const filter = filterOf(req, res);
  const sums = chequeSums(province.db, centre.id, filter);
  const total = sums.reduce((sum, { count }) => sum + count, 0);
  const of = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
  const at = Math.min(pageAsked(req), of);
  const place = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE };
  const rows = chequesOf(province.db, centre.id, filter, place);
  sendPage(req, res, 'donations/cheques', {
    title: t('donations:cheques.title'),
    path: `${centreRoot(res)}/donations/cheques`,
    root: `${centreRoot(res)}/donations`,
    ...{ lines: rows.map((row) => lineOf(res, row)), sums, total, at, of },
    states: CHEQUE_STATES,
    mayGive: may(res.locals.actor!, 'donations.register', centre),
    filtered: Object.values(filter).some((asked) => asked !== undefined),
  });
}

type Shown = { values?: Record<string, string>; faults?: object; refusal?: object | null };

function sendCheque(req: Request, res: Response, cheque: Cheque, shown: Shown = {}): void {
  const { province, centre, actor, t, show } = res.locals;
  const mayRecord = may(actor!, 'cheques.record', centre);
  sendPage(req, res, 'donations/cheque', {
    title: t('donations:cheques.one', { number: show.digits(cheque.reference) }),
    path: addressOf(res, cheque),
    root: centreRoot(res),
    ...{ cheque, line: lineOf(res, cheque), steps: stepsOf(province.db, cheque) },
    contact: giverOf(res, cheque),
    ...attachedTo(res, { ...heldBy(res, cheque), add: 'gift-files.add' }),
    key: randomUUID(),
    next: mayRecord ? NEXT[cheque.state] : [],
    mayUndo: mayRecord && cheque.state === 'cleared',
    mayBooks: may(actor!, 'books.read', centre),
    ...{ faults: {}, refusal: null, ...shown },
  });
}

/** The giver of a cheque that was lost is called; his number is shown as far as the reader may see it. */
function giverOf(res: Response, { donorId, mayBeNamed }: Cheque): string | null {
  const { province, centre } = res.locals;
  if (donorId === null || mayBeNamed !== 1) return null;
  return contactShown(res, findDonor(province.db, centre.id, donorId)).mobile;
}

function toldOf(res: Response, cheque: Cheque, db: Db = res.locals.province.db) {
  const { href, left, ...told } = lineOf(res, cheque);
  const steps = stepsOf(db, cheque).map(({ undone, ...step }) => ({
    ...{ state: step.state, happenedOn: step.happenedOn, note: step.note },
    ...{ recordedBy: step.recordedBy, undone: undone === 1 },
    entry: step.entryNumber === null ? null : `${step.entryYear}-${step.entryNumber}`,
  }));
  return { ...told, steps };
}

function listingOf(req: Request, res: Response): Listing {
  const { province, centre, t, format } = res.locals;
  const filter = filterOf(req, res);
  const column = (key: string, kind: Column['kind'], width: number): Column => {
    return { key, title: t(`donations:cheques.columns.${key}`), kind, width };
  };
  const spoken = format === 'pdf' || format === 'xlsx';
  const rowOf = (cheque: Cheque) => {
    const { href, left, ...told } = lineOf(res, cheque);
    return spoken ? { ...told, state: t(`donations:cheques.states.${told.state}`) } : told;
  };
  const rowsFrom = (limit: number, offset: number, db = province.db) =>
    chequesOf(db, centre.id, filter, { limit, offset }).map(rowOf);
  const sum = (name: 'count' | 'rial', db = province.db) =>
    chequeSums(db, centre.id, filter).reduce((all, one) => all + one[name], 0);
  return {
    ...{ name: `cheques-${centre.code}`, title: t('donations:cheques.title') },
    columns: [
      column('receipt', 'code', 2.5),
      column('reference', 'code', 3),
      column('bank', 'text', 2.4),
      column('dueOn', 'day', 2.2),
      column('amount', 'rial', 3.4),
      column('donor', 'text', 3.4),
      column('receivedOn', 'day', 2.2),
      column('state', 'text', 2),
    ],
    page: () => ({
      rows: rowsFrom(ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE),
      total: sum('count'),
    }),
    all: (db) => everyRow((limit, from) => rowsFrom(limit, from, db)),
    totals: (db) => ({ amount: sum('rial', db) }),
  };
}
