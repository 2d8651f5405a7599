/** Promises: the list and what falls due, a new one, one with the gifts that keep it, its end. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { donorShownTo } from '../donations/donor-words.ts';
import { findDonor } from '../donations/donors.ts';
import { findReceipt } from '../donations/receipts.ts';
import { fundName, fundsOf } from '../funds/funds.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { readEnd, readPledge, readReceipt } from './forms.ts';
import { findPledge, giftsOf, type PledgeShown, pledgesOf } from './pledge-rows.ts';
import { endPledge, keepByReceipt, makePledge } from './pledges.ts';
import { remindersOf, reminderWords } from './reminders.ts';
import { REMINDER_WAYS, REPEATS } from './schema.ts';

export const promisePages = Router({ mergeParams: true });

const ROOT = '/donations/pledges';
const STATES = ['due', 'late', 'coming', 'kept', 'ended'] as const;
const KINDS = ['pledge', 'sponsor'] as const;

promisePages.get(ROOT, allow('pledges.read'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  const asked = { state: wordAsked(req.query, 'state'), kind: wordAsked(req.query, 'kind') };
  const title = t(asked.state === 'due' ? 'pledges:due-title' : 'pledges:title');
  const found = (db: typeof res.locals.province.db) =>
    pledgesOf(db, centre.id, actor!.today).filter((one) => isAsked(one, asked));
  const all = found(res.locals.province.db);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = all.slice(offset, offset + ROWS_PER_PAGE);
  await answer(res, {
    html: () =>
      sendPage(req, res, 'pledges/list', {
        ...{ title, total: all.length, at: pageAsked(req), states: STATES, kinds: KINDS },
        of: Math.max(1, Math.ceil(all.length / ROWS_PER_PAGE)),
        rows: rows.map((one) => ({ ...one, row: toldRow(res, one) })),
        root: `${centreRoot(res)}${ROOT}`,
        funds: namesOf(res),
        isFiltered: Object.values(asked).some((word) => word !== undefined),
        isDueList: asked.state === 'due',
        mayKeep: may(actor!, 'pledges.keep', centre),
      }),
    ...listForms(req, res, {
      ...{ name: `pledges-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows: rows.map((one) => toldRow(res, one)), total: all.length }),
      all: (db) => found(db).map((one) => saidRow(res, one)),
    }),
  });
});

promisePages.get(`${ROOT}/new`, allow('pledges.keep'), async (req, res) => {
  await answer(res, { html: () => sendNew(req, res) });
});

promisePages.post(ROOT, allow('pledges.keep'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const typed = readPledge(req, actor!.today);
    const created = await enterOnce(req, res, (tx) => {
      const pledge = makePledge(tx, actor!, centre, typed);
      return { location: addressOf(res, pledge.number), body: told(res, pledge) };
    });
    sendCreated(req, res, created, t('pledges:flash.made'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendNew(req, res, { ...refused, values: req.body as object }),
    );
  }
});

promisePages.get(`${ROOT}/:pledge`, allow('pledges.read'), async (req, res) => {
  const pledge = pledgeNamed(req, res);
  await answer(res, {
    html: () => sendPledge(req, res, pledge),
    json: () => res.json(told(res, pledge)),
  });
});

promisePages.post(`${ROOT}/:pledge/end`, allow('pledges.keep'), async (req, res) => {
  const { number } = pledgeNamed(req, res);
  await change(req, res, 'ended', () => {
    const { reason } = readEnd(req);
    return (tx, actor, centre) => endPledge(tx, actor, centre, number, reason);
  });
});

promisePages.post(`${ROOT}/:pledge/gifts`, allow('pledges.keep'), async (req, res) => {
  const { number } = pledgeNamed(req, res);
  await change(req, res, 'kept', () => {
    const receipt = receiptTyped(req, res);
    return (tx, actor, centre) => keepByReceipt(tx, actor, centre, number, receipt);
  });
});

type Verb = (
  tx: Parameters<typeof endPledge>[0],
  actor: Parameters<typeof endPledge>[1],
  centre: Parameters<typeof endPledge>[2],
) => PledgeShown;

async function change(req: Request, res: Response, word: string, read: () => Verb) {
  const { province, actor, centre, t } = res.locals;
  const before = pledgeNamed(req, res);
  try {
    const verb = read();
    const pledge = await enter(province, (tx) => verb(tx, actor!, centre));
    const done = { to: addressOf(res, pledge.number), body: told(res, pledge) };
    sendChanged(req, res, done, t(`pledges:flash.${word}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendPledge(req, res, before, { ...refused, values: req.body as object }),
    );
  }
}

function receiptTyped(req: Request, res: Response) {
  try {
    return findReceipt(res.locals.province.db, res.locals.centre.id, readReceipt(req));
  } catch (fault) {
    if (!(fault instanceof NotFound)) throw fault;
    throw new Refusal('pledges:refusals.no-receipt', { status: 422, field: 'receipt' });
  }
}

const addressOf = (res: Response, number: number) => `${centreRoot(res)}${ROOT}/${number}`;

function pledgeNamed(req: Request, res: Response): PledgeShown {
  const { province, centre, actor } = res.locals;
  const named = String(req.params.pledge);
  if (!/^\d{1,9}$/.test(named)) throw new NotFound();
  return findPledge(province.db, centre.id, Number(named), actor!.today);
}

type Asked = { state: string | undefined; kind: string | undefined };

function isAsked({ standing, sponsoredCode }: PledgeShown, { state, kind }: Asked): boolean {
  const due = standing.state === 'week' || standing.state === 'late';
  if (state !== undefined && !(state === 'due' ? due : standing.state === state)) return false;
  return kind === undefined || (kind === 'sponsor') === (sponsoredCode !== null);
}

function namesOf({ locals: { province, language } }: Response): Record<string, string> {
  return Object.fromEntries(
    fundsOf(province.db).map((fund) => [fund.code, fundName(fund, language)]),
  );
}

/** B-104, B-105: a donor who is not to be named is not named here either. */
function toldRow({ locals: { t } }: Response, pledge: PledgeShown) {
  const { number, donorName, mayBeNamed, fund, amountRial, goods, repeats } = pledge;
  const { firstOn, lastOn, sponsoredCode, gifts, givenRial, standing } = pledge;
  const { state, nextOn, late, missingRial } = standing;
  const donor = mayBeNamed ? donorName : t('donations:withheld');
  return {
    ...{ number, donor, fund, amountRial, goods, repeats, firstOn, lastOn, sponsoredCode },
    ...{ gifts, givenRial, nextOn, late, missingRial, remindedOn: pledge.remindedOn, state },
  };
}

function saidRow(res: Response, pledge: PledgeShown) {
  const row = toldRow(res, pledge);
  const { t, format } = res.locals;
  if (format === 'csv') return row;
  const fund = namesOf(res)[row.fund] ?? row.fund;
  const [state, repeats] = [t(`pledges:states.${row.state}`), t(`pledges:repeats.${row.repeats}`)];
  return { ...row, fund, state, repeats };
}

function told(res: Response, pledge: PledgeShown) {
  const { donorId, madeOn, endedOn, reason } = pledge;
  return {
    ...{ ...toldRow(res, pledge), donorId, madeOn, endedOn, reason },
    kept: giftsOf(res.locals.province.db, pledge.id).map(({ isCancelled, ...gift }) => ({
      ...{ ...gift, state: isCancelled ? 'cancelled' : 'issued' },
    })),
  };
}

function sendNew(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, centre, t, language } = res.locals;
  const funds = fundsOf(province.db, actor!.today).filter(({ takesGifts }) => takesGifts);
  sendPage(req, res, 'pledges/new', {
    ...{ title: t('pledges:new.title'), key: randomUUID(), values: {}, repeats: REPEATS },
    root: `${centreRoot(res)}${ROOT}`,
    search: `${centreRoot(res)}/donations/donors/search.json`,
    mayFind: may(actor!, 'donors.read', centre),
    funds: funds.map((fund) => ({ value: fund.code, text: fundName(fund, language) })),
    ...refused,
  });
}

export function sendPledge(
  req: Request,
  res: Response,
  pledge: PledgeShown,
  refused: object = {},
): void {
  const { province, actor, centre, t, show } = res.locals;
  sendPage(req, res, 'pledges/show', {
    ...{ title: t('pledges:one', { number: show.number(pledge.number) }), pledge },
    root: `${centreRoot(res)}${ROOT}`,
    donations: `${centreRoot(res)}/donations`,
    fund: namesOf(res)[pledge.fund] ?? pledge.fund,
    donor: donorShownTo(res, findDonor(province.db, centre.id, pledge.donorId)),
    gifts: giftsOf(province.db, pledge.id),
    ways: REMINDER_WAYS,
    ...remindersShown(res, pledge),
    mayKeep: may(actor!, 'pledges.keep', centre) && pledge.endedOn === null,
    mayGive: may(actor!, 'donations.register', centre) && pledge.endedOn === null,
    ...refused,
  });
}

/** What was said and what would be said today, and whether it may be said. */
function remindersShown({ locals: { province, actor, centre } }: Response, pledge: PledgeShown) {
  const { number, remindedOn, endedOn } = pledge;
  return {
    reminders: remindersOf(province.db, centre.id, { pledge: number }, { limit: 24 }),
    words: endedOn === null ? reminderWords(province.db, actor!, centre, pledge) : null,
    mayRemind: may(actor!, 'pledges.keep', centre) && remindedOn !== actor!.today,
  };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`pledges:columns.${key}`);
  return [
    { key: 'number', title: title('number'), kind: 'count', width: 1 },
    { key: 'donor', title: title('donor'), kind: 'text', width: 3 },
    { key: 'fund', title: title('fund'), kind: 'text', width: 2 },
    { key: 'sponsoredCode', title: title('code'), kind: 'code', width: 2 },
    { key: 'amountRial', title: title('amount'), kind: 'rial', width: 2 },
    { key: 'goods', title: title('goods'), kind: 'text', width: 2 },
    { key: 'repeats', title: title('repeats'), kind: 'text', width: 1 },
    { key: 'nextOn', title: title('next-on'), kind: 'day', width: 2 },
    { key: 'givenRial', title: title('given'), kind: 'rial', width: 2 },
    { key: 'missingRial', title: title('missing'), kind: 'rial', width: 2 },
    { key: 'late', title: title('late'), kind: 'count', width: 1 },
    { key: 'remindedOn', title: title('reminded-on'), kind: 'day', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
  ];
}
