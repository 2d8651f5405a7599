/** The fast form of a gift, and where programs send theirs. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { type Fund, fundName } from '../funds/funds.ts';
import { nextNumber } from '../provinces/numbering.ts';
import { useLeaf } from '../receiptbooks/books.ts';
import { paperNamed } from '../receiptbooks/paper-number.ts';
import { Refusal } from '../refusal.ts';
import { addDays, fiscalYear, readDay } from '../values/jalali-date.ts';
import { typedNumber } from '../values/typed-number.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { flash } from '../web/flash.ts';
import { answer, wantsJson } from '../web/formats.ts';
import { type Created, enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { giftRows, sumOfDay } from './donations.ts';
import { findDonor } from './donors.ts';
import { fundsByUse } from './funds.ts';
import { asFields } from './gift-fields.ts';
import { readGift } from './gift-form.ts';
import { fieldsOfKind } from './gift-kind-form.ts';
import { giftIds } from './gift-query.ts';
import { toldParts } from './gift-told.ts';
import { giftLine } from './gift-words.ts';
import { type Gift, type IssuedReceipt, issueReceipt, receiptNumber } from './receipts.ts';
import { takersOf } from './takers.ts';
import { UnusualAmount, type Usual } from './usual.ts';

export const giftPages = Router({ mergeParams: true });

giftPages.get('/donations/new', allow('donations.register'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, { values: filledIn(req, res) }) });
});

giftPages.post('/donations', allow('donations.register'), async (req, res) => {
  if (asksForMore(req, res)) {
    sendForm(req, res, { values: req.body as Record<string, string>, more: true });
    return;
  }
  try {
    const gift = readGift(req, res);
    refuseUnnamed(res, gift);
    const created = await enterOnce(req, res, (tx) => {
      const { actor, centre } = res.locals;
      const issued = issueReceipt(tx, actor!, centre, gift);
      const paper = paperNamed(req);
      if (paper) useLeaf(tx, actor!, centre, paper, issued.id);
      return createdOf(res, gift, issued);
    });
    if (wantsJson(req, res)) res.status(201).location(created.location).json(created.body);
    else goOn(req, res, created.body as Told, created.location);
  } catch (fault) {
    sendRefused(req, res, fault);
  }
});

/** Without scripts a form comes back with one more line, and nothing is entered. */
function asksForMore(req: Request, res: Response): boolean {
  const { more } = (req.body ?? {}) as { more?: unknown };
  return more !== undefined && !wantsJson(req, res);
}

/**
 * B-105: whoever may not look donors up names the giver himself. By a number alone he would learn
 * from the receipt whose it is.
 */
function refuseUnnamed({ locals: { actor, centre } }: Response, { donor }: Gift): void {
  if (!donor || donor.name || may(actor!, 'donors.read', centre)) return;
  throw new Refusal('donations:refusals.donor-name', { status: 422, field: 'donor' });
}

/** What a program is told of the gift it entered. */
type Told = ReturnType<typeof toldOf>;

function createdOf(res: Response, gift: Gift, issued: IssuedReceipt): Created {
  const location = `${centreRoot(res)}/donations/receipts/${issued.receipt}`;
  return { location, body: toldOf(res, gift, issued) };
}

function toldOf(res: Response, gift: Gift, issued: IssuedReceipt) {
  const { id, receipt, verifyCode, entry, donor, taker, unusual } = issued;
  const { kind = 'cash', amountRial: amount, fund, receivedOn } = gift;
  return {
    ...{ id, receipt, verifyCode, entry, kind, amount, fund, receivedOn, ...toldParts(gift) },
    ...{ donor: donor?.id ?? null, purpose: gift.purpose ?? null, receivedBy: taker.userId },
    ...(gift.pledge !== undefined && { pledge: gift.pledge }),
    state: 'issued',
    ...(unusual && { warning: warningOf(res, unusual, gift.amountRial) }),
  };
}

function warningOf({ locals: { t, show } }: Response, usual: Usual, amountRial: number): string {
  const values = { amount: show.money(amountRial), usual: show.money(usual.amountRial) };
  return t(`donations:unusual.${usual.whose}`, values);
}

/** To the receipt, or back to an empty form that keeps the fund, the day and the unit. */
function goOn(req: Request, res: Response, told: Told, receipt: string): void {
  const { t, show } = res.locals;
  const values = { number: show.digits(told.receipt), amount: show.money(told.amount) };
  const { next, amountUnit } = req.body as { next?: string; amountUnit?: string };
  const pdf = { href: `${receipt}.pdf`, text: t('donations:new.print-last') };
  flash(res, 'ok', t('donations:new.issued', values), next ? [pdf] : undefined);
  const kept = new URLSearchParams({ fund: told.fund, on: told.receivedOn });
  if (amountUnit === 'toman') kept.set('unit', amountUnit);
  if (told.kind !== 'cash') kept.set('kind', told.kind);
  res.redirect(303, next ? `${centreRoot(res)}/donations/new?${kept}` : receipt);
}

function sendRefused(req: Request, res: Response, fault: unknown): void {
  const values = req.body as Record<string, string>;
  if (fault instanceof UnusualAmount && !wantsJson(req, res)) {
    res.status(422);
    sendForm(req, res, { values, warning: askAbout(res, fault) });
    return;
  }
  sendRefusedForm(fault, req, res, ({ faults, refusal }) => {
    const told = fault instanceof Refusal && fault.details.fields ? null : refusal;
    sendForm(req, res, { values, faults, refusal: told });
  });
}

/** The question, and two answers that spell out both amounts. */
function askAbout(res: Response, { usual, amountRial }: UnusualAmount) {
  const { t, show } = res.locals;
  const less = Math.round(amountRial / 10);
  const both = (rial: number) => ({ rial: show.money(rial), toman: show.toman(rial) });
  return {
    text: t(`donations:unusual.ask-${usual.whose}`),
    more: t('donations:unusual.perhaps', both(usual.amountRial)),
    instead: { value: less, text: t('donations:unusual.instead', both(less)) },
    confirmed: { value: amountRial, text: t('donations:unusual.right', both(amountRial)) },
  };
}

type Shown = {
  values?: Record<string, string>;
  faults?: Record<string, string>;
  refusal?: object | null;
  warning?: object;
  /** Whether one more line was asked for. */
  more?: boolean;
};

function sendForm(req: Request, res: Response, { more, ...told }: Shown): void {
  const { province, centre, t, actor } = res.locals;
  const shown = { ...told, values: told.values && asFields(told.values) };
  const root = `${centreRoot(res)}/donations`;
  sendPage(req, res, 'donations/new', {
    title: t('donations:new.title'),
    ...fieldsOfKind(req, res, shown.values, more === true),
    path: `${root}/new`,
    root,
    scripts: ['/assets/gift.js'],
    key: randomUUID(),
    ...{ faults: {}, refusal: null, warning: null, ...shown },
    ...fundChoices(req, res, shown.values?.fund),
    ...{ receivedOn: dayKept(req, res), unit: req.query.unit === 'toman' ? 'toman' : 'rial' },
    nextReceipt: nextReceipt(res),
    takers: takersOf(province.db, centre.id, actor!.today).map((taker) => ({
      value: taker.userId,
      text: t('donations:new.taker', { name: taker.name, seat: t(`board:seats.${taker.seat}`) }),
    })),
    self: actor!.user!.id,
    mayFind: may(actor!, 'donors.read', centre),
    ...lastOf(res),
    chosen: chosenDonor(res, shown.values?.donorId),
    pledge: pledgeAsked(req, res, shown.values?.pledge),
  });
}

/** Nine for the digits, by what the centre used in the last quarter of a year; the rest fold away. */
function fundChoices(req: Request, res: Response, typed: string | undefined) {
  const { province, centre, actor, language } = res.locals;
  const since = addDays(actor!.today, -90);
  const { first, rest } = fundsByUse(province.db, centre.id, since, 9);
  const option = (fund: Fund) => ({
    ...{ value: fund.code, text: fundName(fund, language) },
    hint: language === 'fa' ? fund.hintFa : fund.hintEn,
  });
  const asked = String(typed ?? req.query.fund ?? '');
  const all = [...first, ...rest];
  const fund = all.some(({ code }) => code === asked) ? asked : (first[0]?.code ?? '');
  return { funds: first.map(option), otherFunds: rest.map(option), fund };
}

/** What a link to the form tells of a gift already: the amount, the bank's number, what it is for. */
function filledIn({ query }: Request, { locals: { show } }: Response) {
  const word = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  const amount = typedNumber(word('amount'));
  const reference = typedNumber(word('reference'));
  const values = {
    ...(/^\d{1,14}$/.test(amount) && { amount: show.rial(Number(amount)), amountUnit: 'rial' }),
    ...(/^\d{1,30}$/.test(reference) && { reference: show.digits(reference) }),
    ...(word('bank') && { bank: word('bank').slice(0, 60) }),
    ...(word('purpose') && { purpose: word('purpose').slice(0, 300) }),
  };
  return Object.keys(values).length > 0 ? (values as Record<string, string>) : undefined;
}

function dayKept(req: Request, res: Response): string {
  const { today } = res.locals.actor!;
  const asked = readDay(String(req.query.on ?? ''), { today });
  return 'value' in asked && asked.value <= today ? asked.value : today;
}

function nextReceipt({ locals: { province, centre, actor } }: Response): string {
  const year = fiscalYear(actor!.today);
  return receiptNumber({ year, number: nextNumber(province.db, 'receipt', centre.id, year) });
}

/** The last receipts beside the form, and what came in today. */
function lastOf(res: Response) {
  const { province, centre, actor } = res.locals;
  const { db } = province;
  // B-45: the desk of a volunteer shows no gifts but the one he enters.
  if (!may(actor!, 'donations.read', centre)) return { last: null, todaySum: null };
  const ids = giftIds(db, centre.id, {}, { by: 'receipt', down: true }, { limit: 5 });
  const last = giftRows(db, ids).map((row) => giftLine(res, row));
  return { last, todaySum: sumOfDay(db, centre.id, actor!.today) };
}

/** The promise that this gift is to keep, shown to whoever may read promises (B-105). */
function pledgeAsked(req: Request, res: Response, typed: string | undefined): string {
  const { actor, centre } = res.locals;
  const asked = String(typed ?? req.query.pledge ?? '');
  return /^\d{1,9}$/.test(asked) && may(actor!, 'pledges.read', centre) ? asked : '';
}

/** A donor chosen before the form came back keeps his name in the field. */
function chosenDonor(res: Response, typedId: string | undefined): string {
  const { province, centre, actor } = res.locals;
  if (!typedId || !/^\d{1,15}$/.test(typedId) || !may(actor!, 'donors.read', centre)) return '';
  try {
    const donor = findDonor(province.db, centre.id, Number(typedId));
    return donor.mayBeNamed ? donor.name : res.locals.t('donations:withheld');
  } catch {
    return '';
  }
}
