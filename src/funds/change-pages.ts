/** Changes of intention: the list, a new one from a receipt, one with its paper, taking it back. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { findReceipt, type Receipt, receiptNumber } from '../donations/receipts.ts';
import { enter } from '../provinces/enter.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { latinDigits, readParagraph, readReason } from '../values/persian-text.ts';
import { type MoneyUnit, readRial } from '../values/rial.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import {
  everyRow,
  type Listing,
  listForms,
  mapped,
  pageAsked,
  ROWS_PER_PAGE,
} from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { fundName, fundNames, fundsOf } from './funds.ts';
import {
  changesOf,
  countChanges,
  findChange,
  fundsOfGift,
  type IntentionChange,
} from './intention-rows.ts';
import {
  allows,
  type ChangeAsked,
  changeIntention,
  mayReceive,
  takeBackChange,
} from './intentions.ts';
import { CONSENTS, WAYS } from './schema.ts';
import { useName } from './shown.ts';
import { balanceOfFund } from './spending.ts';

export const changePages = Router({ mergeParams: true });

const HERE = '/{province}/centres/{code}/funds/intentions';
const PLACES = ['1101', '1102', '1103', '1104'] as const;

const changeForm = (today: string, unit: MoneyUnit = 'rial') =>
  z.object({
    receipt: z.string(),
    fromFund: z.string().optional(),
    toFund: z.string(),
    amount: typed((text) => readRial(text, unit)),
    amountUnit: z.string().optional(),
    account: chosen(PLACES),
    way: chosen(WAYS),
    consent: typedOrNone((text) => {
      const value = CONSENTS.find((one) => one === text);
      return value ? { value } : { fault: 'common:refusals.unknown-choice' };
    }),
    consentedOn: typedOrNone((text) => readDay(text, { today })),
    reason: typed((text) => readParagraph(text, { max: 600 })),
  });
const restoreForm = z.object({ reason: typed(readReason) });

describeBody(`POST ${HERE}`, changeForm(''));
describeBody(`POST ${HERE}/{change}/restore`, restoreForm);

changePages.get('/funds/intentions', allow('fund-statements.read'), async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const total = countChanges(province.db, centre.id);
  const at = pageAsked(req);
  const rows = changesOf(province.db, centre.id, ROWS_PER_PAGE, (at - 1) * ROWS_PER_PAGE);
  const changes = rows.map((one) => shown(res, one));
  await answer(res, {
    html: () =>
      sendPage(req, res, 'funds/changes', {
        ...{ title: t('funds:changes.title'), changes, total, at },
        ...{ of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)), root: rootOf(res) },
        mayChange: may(actor!, 'intentions.change', centre),
      }),
    ...listForms(req, res, listingOf(res, changes, total)),
  });
});

changePages.get('/funds/intentions/new', allow('intentions.change'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, receiptAsked(req, res)) });
});

changePages.post('/funds/intentions', allow('intentions.change'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  let receipt: Receipt | undefined;
  try {
    const unit = (req.body as { amountUnit?: unknown })?.amountUnit === 'toman' ? 'toman' : 'rial';
    const {
      receipt: number,
      amount,
      amountUnit: _,
      ...form
    } = readBody(req, changeForm(actor!.today, unit));
    const found = findReceipt(province.db, centre.id, latinDigits(number));
    receipt = found;
    const fromFund = form.fromFund || found.fund;
    const asked: ChangeAsked = { ...form, fromFund, amountRial: amount };
    const created = await enterOnce(req, res, (tx) => {
      const change = changeIntention(tx, actor!, centre, { receipt: found, asked });
      return { location: `${rootOf(res)}/${change.id}`, body: told(change) };
    });
    sendCreated(req, res, created, t('funds:flash.changed'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, receipt ?? receiptAsked(req, res), {
        ...{ ...refused, values: req.body as object },
      }),
    );
  }
});

changePages.get('/funds/intentions/:change', allow('fund-statements.read'), async (req, res) => {
  const change = named(req, res);
  await answer(res, {
    html: () => sendOne(req, res, change),
    json: () => res.json(told(change)),
  });
});

changePages.post(
  '/funds/intentions/:change/restore',
  allow('intentions.change'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    const change = named(req, res);
    try {
      const { reason } = readBody(req, restoreForm);
      const body = await enter(province, (tx) =>
        takeBackChange(tx, actor!, centre, { change, reason }),
      );
      const done = { to: `${rootOf(res)}/${change.id}`, body: told(body) };
      sendChanged(req, res, done, t('funds:flash.restored'));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendOne(req, res, change, { ...refused, values: req.body as object }),
      );
    }
  },
);

const rootOf = (res: Response) => `${centreRoot(res)}/funds/intentions`;

function named(req: Request, res: Response): IntentionChange {
  const id = String(req.params.change);
  if (!/^[1-9]\d{0,9}$/.test(id)) throw new NotFound();
  return findChange(res.locals.province.db, res.locals.centre.id, Number(id));
}

/** The receipt named in the address or the form; undefined while none is. */
function receiptAsked(req: Request, res: Response): Receipt | undefined {
  const { province, centre } = res.locals;
  const body = (req.body ?? {}) as { receipt?: unknown };
  const number = latinDigits(String(req.query.receipt ?? body.receipt ?? '').trim());
  if (!/^\d{4}-\d{6,}$/.test(number)) return undefined;
  return findReceipt(province.db, centre.id, number);
}

const receiptOf = ({ receiptYear, receiptNumber: number }: IntentionChange) =>
  writtenNumber(receiptYear, number, 6);

/** As programs read it. */
function told(change: IntentionChange) {
  const { receiptYear, receiptNumber: _, donationId: __, changedById: ___, ...rest } = change;
  return {
    ...rest,
    receipt: receiptOf(change),
    entry: `${change.entryYear}-${change.entryNumber}`,
  };
}

function shown(res: Response, change: IntentionChange) {
  const { province, language, t } = res.locals;
  const names = fundNames(province.db, language);
  const receipt = receiptOf(change);
  return {
    ...{ ...told(change), receipt, href: `${rootOf(res)}/${change.id}` },
    from: names.get(change.fromFund) ?? '',
    to: names.get(change.toFund) ?? '',
    place: useName(change.account, language),
    waySaid: t(`funds:changes.ways.${change.consent ?? 'nearest'}`),
    state: change.restoredOn ? 'restored' : 'stands',
  };
}

function sendOne(req: Request, res: Response, change: IntentionChange, refused: object = {}): void {
  const { actor, centre, t, show } = res.locals;
  const mayRestore = may(actor!, 'intentions.change', centre) && change.restoredOn === null;
  sendPage(req, res, 'funds/change', {
    title: t('funds:changes.one', { number: show.digits(String(change.id)) }),
    ...{
      change: shown(res, change),
      root: centreRoot(res),
      address: `${rootOf(res)}/${change.id}`,
    },
    ...{ mayRestore, own: change.changedById === actor!.user?.id },
    ...{ faults: {}, refusal: null, ...refused },
  });
}

function sendForm(
  req: Request,
  res: Response,
  receipt: Receipt | undefined,
  refused: object = {},
): void {
  const { province, actor, centre, t, language } = res.locals;
  const funds = fundsOf(province.db, actor!.today);
  const parts = receipt ? fundsOfGift(province.db, receipt.donationId) : [];
  const open = parts.flatMap(({ fund: code, leftRial }) => {
    const fund = funds.find((one) => one.code === code);
    if (!fund || leftRial <= 0) return [];
    const ways = WAYS.filter((way) =>
      allows(fund, way === 'consent' ? 'change-by-consent' : 'change-to-nearest'),
    );
    return [{ value: code, text: fundName(fund, language), leftRial, ways }];
  });
  const places = PLACES.map((account) => ({
    value: account,
    text: useName(account, language),
    rial: open.reduce(
      (sum, { value }) => sum + balanceOfFund(province.db, centre.id, account, value),
      0,
    ),
  }));
  sendPage(req, res, 'funds/change-form', {
    ...{ title: t('funds:changes.new'), key: randomUUID(), root: rootOf(res) },
    ...{ receipt: receipt ? receiptNumber(receipt) : null, parts: open },
    mayNearest: may(actor!, 'overrides.make', centre),
    ways: WAYS.filter((way) => open.some(({ ways }) => ways.includes(way))),
    to: funds
      .filter(mayReceive)
      .map((fund) => ({ value: fund.code, text: fundName(fund, language) })),
    ...{
      places,
      likely: Math.min(open[0]?.leftRial ?? 0, places.find(({ rial }) => rial > 0)?.rial ?? 0),
    },
    ...refused,
  });
}

function listingOf(res: Response, rows: ReturnType<typeof shown>[], total: number): Listing {
  const { centre, t } = res.locals;
  const say = (key: string) => t(`funds:changes.${key}`);
  const inWords = (row: ReturnType<typeof shown>) => ({
    ...row,
    stateSaid: say(`states.${row.state}`),
  });
  return {
    ...{ name: `intentions-${centre.code}`, title: say('title') },
    columns: [
      { key: 'id', title: say('number'), kind: 'count', width: 1 },
      { key: 'changedOn', title: say('changedOn'), kind: 'day', width: 2 },
      { key: 'receipt', title: say('receipt'), kind: 'code', width: 2 },
      { key: 'from', title: say('from'), kind: 'text', width: 3 },
      { key: 'to', title: say('to'), kind: 'text', width: 3 },
      { key: 'amountRial', title: say('amount'), kind: 'rial', width: 3 },
      { key: 'waySaid', title: say('way'), kind: 'text', width: 3 },
      { key: 'reason', title: say('reason'), kind: 'text', width: 5 },
      { key: 'stateSaid', title: say('state'), kind: 'text', width: 2 },
    ],
    page: () => ({ rows: rows.map(inWords), total }),
    all: (db) =>
      mapped(
        everyRow((limit, from) => changesOf(db, centre.id, limit, from)),
        (one) => inWords(shown(res, one)),
      ),
  };
}
