/** The Eid screen, its sums, the morning after, and each clerk's cash. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { sheetTyped } from '../boxes/forms.ts';
import { formOf } from '../boxes/opening-pages.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { flash } from '../web/flash.ts';
import { answer, wantsJson } from '../web/formats.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  type ClerkCount,
  clerkCounts,
  clerkSheet,
  confirmClerk,
  countClerk,
  countClerkCounts,
  findClerkCount,
  hides,
} from './counts.ts';
import { readClerk, readPress, readSecond } from './forms.ts';
import { enterFitra, FITRA_FUNDS, FITRA_KINDS, lastPresses } from './gifts.ts';
import { type Rate, ratesOn } from './rates.ts';
import { byClerk, morningOf, nightOf, sumsSince, totalOf } from './sums.ts';

export const eidScreenPages = Router({ mergeParams: true });

const ROOT = '/donations/eid';
const MAY_ENTER = allow('donations.register');

eidScreenPages.get(ROOT, MAY_ENTER, async (req, res) => {
  await answer(res, { html: () => sendScreen(req, res), json: () => res.json(toldScreen(res)) });
});

eidScreenPages.post(ROOT, MAY_ENTER, async (req, res) => {
  const { actor, centre } = res.locals;
  try {
    const press = readPress(req);
    const created = await enterOnce(req, res, (tx) => {
      const { rate, ...pressed } = enterFitra(tx, actor!, centre, press);
      const { amountRial: amount, ...issued } = pressed;
      const told = { ...issued, amount, ...press, rate: rate.rateRial, state: 'issued' };
      return { location: `${centreRoot(res)}/donations/receipts/${pressed.receipt}`, body: told };
    });
    if (wantsJson(req, res)) res.status(201).location(created.location).json(created.body);
    else goOn(req, res, created.body as Told);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendScreen(req, res, { ...refused, values: req.body as object }),
    );
  }
});

type Told = { receipt: string; amount: number; batch?: string; fund: string; kind: string };

/** Back to an empty screen that keeps the batch of the reader and the rate. */
function goOn(req: Request, res: Response, { receipt, amount, batch }: Told): void {
  const { t, show } = res.locals;
  const values = {
    ...{ number: show.digits(receipt), amount: show.money(amount), toman: show.toman(amount) },
  };
  const pdf = `${centreRoot(res)}/donations/receipts/${receipt}.pdf`;
  flash(res, 'ok', t('fitra:screen.entered', values), [
    { href: pdf, text: t('fitra:screen.print') },
  ]);
  const { rate } = req.body as { rate?: string };
  const kept = new URLSearchParams({ ...(batch && { batch }), ...(rate && { rate }) });
  res.redirect(303, `${centreRoot(res)}${ROOT}${kept.size > 0 ? `?${kept}` : ''}`);
}

eidScreenPages.get(`${ROOT}/totals`, MAY_ENTER, async (_req, res) => {
  await answer(res, { json: () => res.json(toldTotals(res)) });
});

/** A volunteer at the desk is told of his own; a trustee of all (B-45). */
function toldTotals({ locals: { province, centre, actor } }: Response) {
  const since = nightOf(actor!.today);
  const sums = sumsSince(province.db, centre.id, since);
  const clerks = byClerk(sums);
  const own = clerks.find(({ clerkId }) => clerkId === actor!.user!.id) ?? null;
  const sees = may(actor!, 'donations.read', centre);
  return { since, own, ...(sees && { clerks, all: totalOf(sums) }) };
}

function toldScreen(res: Response) {
  const { province, actor } = res.locals;
  return {
    rates: ratesOn(province.db, actor!.today),
    ...{ funds: FITRA_FUNDS, kinds: FITRA_KINDS, ...toldTotals(res) },
    last: lastPresses(province.db, res.locals.centre.id, actor!.user!.id),
  };
}

function sendScreen(req: Request, res: Response, refused: object = {}): void {
  const { actor, centre, t, show } = res.locals;
  const screen = toldScreen(res);
  const { batch, rate } = req.query as { batch?: unknown; rate?: unknown };
  sendPage(req, res, 'fitra/screen', {
    ...{ title: t('fitra:screen.title'), key: randomUUID(), root: `${centreRoot(res)}${ROOT}` },
    ...screen,
    clerks: screen.clerks ?? null,
    all: screen.all ?? null,
    rates: screen.rates.map((one) => ({
      ...{ value: one.id, rial: one.rateRial, text: rateSaid(res, one) },
    })),
    receipts: `${centreRoot(res)}/donations/receipts`,
    scripts: ['/assets/eid.js'],
    styles: ['/assets/eid.css'],
    asked: {
      batch: typeof batch === 'string' ? show.digits(batch.replace(/\D/g, '').slice(0, 20)) : '',
      rate: typeof rate === 'string' ? rate : String(screen.rates[0]?.id ?? ''),
    },
    maySee: may(actor!, 'fitra.read', centre),
    mayRate: may(actor!, 'fitra.rates'),
    values: {},
    ...refused,
  });
}

export function rateSaid({ locals: { t, show } }: Response, rate: Rate): string {
  const { staple, rateRial, marja } = rate;
  const values = { staple: t(`fitra:staples.${staple}`), amount: show.toman(rateRial), marja };
  return t('fitra:rate-said', values);
}

eidScreenPages.get(`${ROOT}/morning`, allow('fitra.read'), async (req, res) => {
  const { province, centre, actor, t, language } = res.locals;
  const morning = morningOf(province.db, centre.id, actor!.today, language);
  const title = t('fitra:morning.title');
  const rows = byClerk(sumsSince(province.db, centre.id, morning.since));
  const column = (key: string) => t(`fitra:columns.${key}`);
  await answer(res, {
    html: () =>
      sendPage(req, res, 'fitra/morning', {
        ...{ title, morning, clerks: rows, root: `${centreRoot(res)}${ROOT}` },
      }),
    ...listForms(req, res, {
      ...{ name: `fitra-${centre.code}`, title },
      columns: [
        { key: 'clerk', title: column('clerk'), kind: 'text', width: 4 },
        { key: 'gifts', title: column('gifts'), kind: 'count', width: 1 },
        { key: 'persons', title: column('persons'), kind: 'count', width: 1 },
        { key: 'cash', title: column('cash'), kind: 'rial', width: 3 },
        { key: 'card', title: column('card'), kind: 'rial', width: 3 },
        { key: 'rial', title: column('rial'), kind: 'rial', width: 3 },
      ],
      page: () => ({ rows, total: rows.length }),
      all: (db) => byClerk(sumsSince(db, centre.id, morning.since)),
      totals: (db) => totalOf(sumsSince(db, centre.id, morning.since)),
      json: () => ({ ...morning, clerks: rows }),
    }),
  });
});

eidScreenPages.get(`${ROOT}/counts`, MAY_ENTER, async (req, res) => {
  const { province, centre, t } = res.locals;
  const total = countClerkCounts(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = clerkCounts(province.db, centre.id, ROWS_PER_PAGE, offset).filter(readable(res));
  await answer(res, {
    html: () => sendCounts(req, res, { rows, total }),
    ...listForms(req, res, {
      ...{ name: `fitra-cash-${centre.code}`, title: t('fitra:counts.title') },
      columns: columnsOf(res),
      page: () => ({ rows: rows.map((one) => told(res, one)), total: rows.length }),
      all: (db) =>
        clerkCounts(db, centre.id, 100_000)
          .filter(readable(res))
          .map((one) => told(res, one)),
    }),
  });
});

eidScreenPages.post(`${ROOT}/counts`, MAY_ENTER, async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  try {
    const { clerk, total, difference } = readClerk(req);
    const typed = { clerk, totalRial: total, difference };
    const sheet = sheetTyped(req, province.db, actor!.today);
    const created = await enterOnce(req, res, (tx) => {
      const count = countClerk(tx, actor!, centre, { ...typed, sheet });
      return { location: placeOf(res, count), body: { ...told(res, count), sheet } };
    });
    sendCreated(req, res, created, t('fitra:flash.counted'));
  } catch (fault) {
    const rows = clerkCounts(province.db, centre.id, ROWS_PER_PAGE).filter(readable(res));
    const shown = { rows, total: countClerkCounts(province.db, centre.id) };
    sendRefusedForm(fault, req, res, (refused) =>
      sendCounts(req, res, shown, { ...refused, values: req.body as object }),
    );
  }
});

eidScreenPages.get(`${ROOT}/counts/:count`, MAY_ENTER, async (req, res) => {
  const count = countNamed(req, res);
  await answer(res, {
    html: () => sendCount(req, res, count),
    json: () => res.json(toldWhole(res, count)),
  });
});

eidScreenPages.post(
  `${ROOT}/counts/:count/confirmation`,
  allow('fitra.confirm'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    const count = countNamed(req, res);
    try {
      const { total, difference, fund } = readSecond(req);
      const asked = { totalRial: total, difference, fund };
      const done = await enter(province, (tx) => {
        return confirmClerk(tx, actor!, centre, count.id, asked);
      });
      const to = placeOf(res, done);
      sendChanged(req, res, { to, body: toldWhole(res, done) }, t('fitra:flash.confirmed'));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendCount(req, res, countNamed(req, res), { ...refused, values: req.body as object }),
      );
    }
  },
);

const placeOf = (res: Response, { id }: ClerkCount) => `${centreRoot(res)}${ROOT}/counts/${id}`;

/** A clerk sees the counts of his own drawer; the rest is for those who read the night's sums. */
const readable =
  ({ locals: { actor, centre } }: Response) =>
  ({ clerkId }: ClerkCount): boolean =>
    clerkId === actor!.user!.id || may(actor!, 'fitra.read', centre);

function countNamed(req: Request, res: Response): ClerkCount {
  const named = String(req.params.count);
  if (!/^\d{1,10}$/.test(named)) throw new NotFound();
  const count = findClerkCount(res.locals.province.db, res.locals.centre.id, Number(named));
  if (!readable(res)(count)) throw new NotFound();
  return count;
}

function told(res: Response, count: ClerkCount) {
  const { actor, centre } = res.locals;
  const hidden = hides(actor!, centre, count);
  const { id, clerk, countedOn, countedBy, confirmedBy, difference, secondDifference } = count;
  const { expectedRial, totalRial, secondRial } = count;
  return {
    ...{ id, clerk, countedOn, countedBy, confirmedBy },
    expectedRial: hidden ? null : expectedRial,
    totalRial: hidden ? null : totalRial,
    ...{ secondRial, difference, secondDifference, fund: count.fund, entry: count.entry },
  };
}

function toldWhole(res: Response, count: ClerkCount) {
  const hidden = hides(res.locals.actor!, res.locals.centre, count);
  const sheet = hidden ? null : clerkSheet(res.locals.province.db, count.id);
  return { ...told(res, count), sheet };
}

type Listed = { rows: ClerkCount[]; total: number };

function sendCounts(req: Request, res: Response, listed: Listed, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const clerks = byClerk(sumsSince(province.db, centre.id, nightOf(actor!.today)));
  const others = may(actor!, 'fitra.confirm', centre) ? clerks : [];
  const self = { value: actor!.user!.id, text: actor!.user!.name };
  sendPage(req, res, 'fitra/counts', {
    ...{ title: t('fitra:counts.title'), total: listed.total, at: pageAsked(req) },
    of: Math.max(1, Math.ceil(listed.total / ROWS_PER_PAGE)),
    rows: listed.rows.map((one) => ({ ...told(res, one), id: one.id })),
    root: `${centreRoot(res)}${ROOT}`,
    ...{ ...formOf(res), values: {}, ...refused },
    clerks: [
      self,
      ...others
        .filter(({ clerkId }) => clerkId !== self.value)
        .map(({ clerkId, clerk }) => ({ value: clerkId, text: clerk })),
    ],
  });
}

function sendCount(req: Request, res: Response, count: ClerkCount, refused: object = {}): void {
  const { actor, centre, province, t } = res.locals;
  const hidden = hides(actor!, centre, count);
  const by = actor!.user!.id;
  sendPage(req, res, 'fitra/count', {
    ...{ title: t('fitra:counts.one', { name: count.clerk }), count, hidden },
    ...{
      root: `${centreRoot(res)}${ROOT}`,
      sheet: hidden ? [] : clerkSheet(province.db, count.id),
    },
    books: `${centreRoot(res)}/books/journal`,
    funds: FITRA_FUNDS,
    mayConfirm:
      count.secondRial === null &&
      may(actor!, 'fitra.confirm', centre) &&
      by !== count.countedById &&
      by !== count.clerkId,
    ...{ values: {}, ...refused },
  });
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`fitra:columns.${key}`);
  return [
    { key: 'clerk', title: title('clerk'), kind: 'text', width: 3 },
    { key: 'countedOn', title: title('counted-on'), kind: 'day', width: 2 },
    { key: 'expectedRial', title: title('expected'), kind: 'rial', width: 3 },
    { key: 'totalRial', title: title('total'), kind: 'rial', width: 3 },
    { key: 'secondRial', title: title('second'), kind: 'rial', width: 3 },
    { key: 'entry', title: title('entry'), kind: 'code', width: 2 },
    { key: 'countedBy', title: title('counted-by'), kind: 'text', width: 3 },
    { key: 'confirmedBy', title: title('confirmed-by'), kind: 'text', width: 3 },
  ];
}
