/** Deposits of unknown givers: the list, a new one, and the gift that one was found to be. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { fundName, fundsOf } from '../funds/funds.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readReason } from '../values/persian-text.ts';
import { typedNumber } from '../values/typed-number.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { dayAsked, wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
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
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  DEPOSIT_STATES,
  type Deposit,
  type DepositFilter,
  depositSums,
  depositsOf,
  findDeposit,
  matchDeposit,
  recordDeposit,
  reverseDeposit,
} from './deposits.ts';
import { money, readReference } from './gift-fields.ts';
import { matchBody, readMatch } from './gift-form.ts';

export const depositPages = Router({ mergeParams: true });

const LIST = '/donations/deposits';
const ONE = `${LIST}/:id`;
const ADDRESS = '/{province}/centres/{code}/donations/deposits';

const depositForm = (today: string, unit: 'rial' | 'toman') =>
  z.object({
    reference: typed(readReference),
    depositedOn: typed((text) => readDay(text, { today })),
    amount: money(unit),
    words: typedOrNone(readLine),
  });
describeBody(`POST ${ADDRESS}`, depositForm('', 'rial'));
const reversalForm = z.object({ reason: typed(readReason) });
describeBody(`POST ${ADDRESS}/{id}/match`, matchBody(''));
describeBody(`POST ${ADDRESS}/{id}/reversal`, reversalForm);

depositPages.get(LIST, allow('deposits.read'), async (req, res) => {
  await answer(res, {
    html: () => sendList(req, res),
    ...listForms(req, res, listingOf(req, res)),
  });
});

depositPages.post(LIST, allow('deposits.record'), async (req, res) => {
  const { actor, centre, t, show } = res.locals;
  try {
    const unit = (req.body as { amountUnit?: unknown })?.amountUnit === 'toman' ? 'toman' : 'rial';
    const { amount, ...told } = readBody(req, depositForm(actor!.today, unit));
    const created = await enterOnce(req, res, (tx) => {
      const deposit = recordDeposit(tx, actor!, centre, { ...told, amountRial: amount });
      return { location: addressOf(res, deposit), body: toldOf(deposit) };
    });
    const values = { number: show.digits(told.reference) };
    sendCreated(req, res, created, t('donations:deposits.recorded', values));
  } catch (fault) {
    const values = req.body as Record<string, string>;
    sendRefusedForm(fault, req, res, (refused) => sendList(req, res, { ...refused, values }));
  }
});

depositPages.get(ONE, allow('deposits.read'), async (req, res) => {
  const deposit = depositOf(req, res);
  await answer(res, {
    html: () => sendDeposit(req, res, deposit),
    json: () => res.json(toldOf(deposit)),
  });
});

depositPages.post(`${ONE}/match`, allow('deposits.match'), async (req, res) => {
  const { actor, centre, t, show } = res.locals;
  const before = depositOf(req, res);
  try {
    const gift = readMatch(req, before.amountRial, actor!.today);
    const created = await enterOnce(req, res, (tx) => {
      const deposit = findDeposit(tx, centre.id, before.id);
      const issued = matchDeposit(tx, actor!, centre, deposit, gift);
      const location = `${centreRoot(res)}/donations/receipts/${issued.receipt}`;
      const { id, receipt, verifyCode, entry } = issued;
      return { location, body: { id, receipt, verifyCode, entry, deposit: before.id } };
    });
    const { receipt } = created.body as { receipt: string };
    const values = { number: show.digits(receipt) };
    sendCreated(req, res, created, t('donations:deposits.matched-now', values));
  } catch (fault) {
    const values = req.body as Record<string, string>;
    sendRefusedForm(fault, req, res, (refused) => {
      sendDeposit(req, res, depositOf(req, res), { ...refused, values });
    });
  }
});

depositPages.post(`${ONE}/reversal`, allow('deposits.record'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const { id } = depositOf(req, res);
  try {
    const { reason } = readBody(req, reversalForm);
    const deposit = await enter(province, (tx) =>
      reverseDeposit(tx, actor!, centre, findDeposit(tx, centre.id, id), reason),
    );
    const body = toldOf(deposit);
    sendChanged(
      req,
      res,
      { to: addressOf(res, deposit), body },
      t('donations:deposits.taken-back'),
    );
  } catch (fault) {
    const values = req.body as Record<string, string>;
    sendRefusedForm(fault, req, res, (refused) => {
      sendDeposit(req, res, depositOf(req, res), { ...refused, values });
    });
  }
});

function depositOf(req: Request, res: Response): Deposit {
  const id = Number(req.params.id);
  if (!Number.isSafeInteger(id)) throw new NotFound();
  return findDeposit(res.locals.province.db, res.locals.centre.id, id);
}

const addressOf = (res: Response, { id }: Deposit) => `${centreRoot(res)}/donations/deposits/${id}`;

function filterOf({ query }: Request, res: Response): DepositFilter {
  const { today } = res.locals.actor!;
  return {
    state: DEPOSIT_STATES.find((state) => state === query.state),
    from: dayAsked(query, 'from', today),
    to: dayAsked(query, 'to', today),
    q: wordAsked(query, 'q'),
  };
}

function toldOf(deposit: Deposit) {
  const { id, reference, depositedOn, amountRial: amount, words, state, receipt } = deposit;
  const entry = `${deposit.entryYear}-${deposit.entryNumber}`;
  return { id, reference, depositedOn, amount, words, state, receipt, entry };
}

function sendList(req: Request, res: Response, form: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const filter = filterOf(req, res);
  const { count: total, rial } = depositSums(province.db, centre.id, filter);
  const of = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
  const at = Math.min(pageAsked(req), of);
  const place = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE };
  const waiting = depositSums(province.db, centre.id, { state: 'waiting' });
  sendPage(req, res, 'donations/deposits', {
    title: t('donations:deposits.title'),
    path: `${centreRoot(res)}/donations/deposits`,
    root: `${centreRoot(res)}/donations`,
    rows: depositsOf(province.db, centre.id, filter, place).map((row) => ({
      ...{ ...toldOf(row), recordedBy: row.recordedBy, href: addressOf(res, row) },
    })),
    ...{ total, rial, waiting, at, of, states: DEPOSIT_STATES, key: randomUUID() },
    filtered: Object.values(filter).some((asked) => asked !== undefined),
    mayRecord: may(actor!, 'deposits.record', centre),
    ...{ faults: {}, refusal: null, ...filledIn(req, res), ...form },
  });
}

/** What a row of the bank tells of a deposit, where its link was followed. */
function filledIn({ query }: Request, { locals: { show, actor } }: Response) {
  if (query.record === undefined) return {};
  const word = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  const amount = typedNumber(word('amount'));
  const on = readDay(word('depositedOn'), { today: actor!.today });
  return {
    values: {
      ...{ reference: word('reference'), words: word('words').slice(0, 300) },
      amount: /^\d{1,14}$/.test(amount) ? show.rial(Number(amount)) : '',
      depositedOn: 'value' in on ? show.date(on.value) : '',
    },
  };
}

function sendDeposit(req: Request, res: Response, deposit: Deposit, form: object = {}): void {
  const { province, centre, actor, language, t, show } = res.locals;
  const root = centreRoot(res);
  sendPage(req, res, 'donations/deposit', {
    title: t('donations:deposits.one', { number: show.digits(deposit.reference) }),
    path: addressOf(res, deposit),
    ...{ root, deposit, key: randomUUID(), partRows: 3, partsOpen: false },
    everyFund: fundsOf(province.db)
      .filter(({ takesGifts }) => takesGifts)
      .map((fund) => ({ value: fund.code, text: fundName(fund, language) })),
    mayMatch: deposit.state === 'waiting' && may(actor!, 'deposits.match', centre),
    mayReverse: deposit.state === 'waiting' && may(actor!, 'deposits.record', centre),
    mayBooks: may(actor!, 'books.read', centre),
    mayFind: may(actor!, 'donors.read', centre),
    ...{ faults: {}, refusal: null, ...form },
  });
}

function listingOf(req: Request, res: Response): Listing {
  const { province, centre, t, format } = res.locals;
  const filter = filterOf(req, res);
  const column = (key: string, kind: Column['kind'], width: number): Column => {
    return { key, title: t(`donations:deposits.columns.${key}`), kind, width };
  };
  const spoken = format === 'pdf' || format === 'xlsx';
  const rowOf = (deposit: Deposit) => {
    const told = toldOf(deposit);
    return spoken ? { ...told, state: t(`donations:deposits.states.${told.state}`) } : told;
  };
  const rowsFrom = (limit: number, offset: number, db = province.db) =>
    depositsOf(db, centre.id, filter, { limit, offset }).map(rowOf);
  return {
    ...{ name: `deposits-${centre.code}`, title: t('donations:deposits.title') },
    columns: [
      column('depositedOn', 'day', 2.2),
      column('reference', 'code', 3.4),
      column('amount', 'rial', 3.4),
      column('words', 'text', 5),
      column('state', 'text', 2),
      column('receipt', 'code', 2.5),
    ],
    page: () => ({
      rows: rowsFrom(ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE),
      total: depositSums(province.db, centre.id, filter).count,
    }),
    all: (db) => everyRow((limit, from) => rowsFrom(limit, from, db)),
    totals: (db) => ({ amount: depositSums(db, centre.id, filter).rial }),
  };
}
