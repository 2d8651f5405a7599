/** Payments: the list, one with its signatures, and what is done with it. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { attachedTo, layAttachments } from '../attachments/attachment-pages.ts';
import { entryNumber } from '../books/entries.ts';
import { fundName, fundsOf } from '../funds/funds.ts';
import { findPaper } from '../paper/papers.ts';
import { sendPrint } from '../paper/prints.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { codeOf } from '../registrations/codes.ts';
import { readDay } from '../values/jalali-date.ts';
import { readPaperNumber, readReason } from '../values/persian-text.ts';
import { formatQuantity } from '../values/quantity.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { dayAsked, wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { everyRow, type Listing, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { numberIn, oneAsked } from './asked.ts';
import {
  passOnReceipt,
  recordPassOn,
  refusePayment,
  reversePayment,
  withdrawPayment,
} from './ending.ts';
import {
  countPayments,
  findPayment,
  PAYMENT_STATES,
  type Payment,
  type PaymentFilter,
  type PaymentRow,
  paymentsOf,
  subjectOf,
  sumOfPayments,
} from './payment-rows.ts';
import { linesShown, numberOf, signingOf, toldPayment, toldRow, toWhom } from './payment-words.ts';
import { PAYMENT_KINDS } from './schema.ts';
import { waitsFor } from './signatures.ts';
import { signPayment, undocumentedReason } from './signing.ts';
import { passesAsked, signingForm } from './signing-form.ts';
import type { VoucherPaper } from './voucher-paper.ts';
import { voucherPdf } from './voucher-pdf.ts';

export const paymentPages = Router({ mergeParams: true });

const reasonForm = z.object({ reason: typed(readReason) });
const receiptForm = (today: string) =>
  z.object({
    number: typed(readPaperNumber),
    receivedOn: typed((text) => readDay(text, { today })),
  });

const HERE = '/{province}/centres/{code}/payments';
describeBody(`POST ${HERE}/{payment}/signature`, signingForm);
for (const step of ['withdrawal', 'refusal', 'reversal'] as const) {
  describeBody(`POST ${HERE}/{payment}/${step}`, reasonForm);
}
describeBody(`POST ${HERE}/{payment}/receipt`, receiptForm(''));

paymentPages.get('/payments', allow('payments.read'), async (req, res) => {
  const { province, centre, actor, t, language } = res.locals;
  const asked = filterOf(req, res);
  const listing = listingOf(req, res, asked);
  await answer(res, {
    ...listForms(req, res, listing),
    html: () => {
      const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
      const page = { limit: ROWS_PER_PAGE, skip: offset };
      const total = countPayments(province.db, centre.id, asked);
      sendPage(req, res, 'payments/list', {
        ...{ title: listing.title, total, root: centreRoot(res) },
        rows: paymentsOf(province.db, centre.id, asked, page).map((row) => ({
          ...{ ...row, written: numberOf(row), to: toWhom(res, row) },
        })),
        ...{ at: pageAsked(req), of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)) },
        ...{ sums: sumOfPayments(province.db, centre.id, asked), isFiltered: isFiltered(asked) },
        kinds: PAYMENT_KINDS.map((value) => ({ value, text: t(`payments:kinds.${value}`) })),
        states: PAYMENT_STATES.map((value) => ({ value, text: t(`payments:states.${value}`) })),
        funds: fundsOf(province.db).map((fund) => ({
          ...{ value: fund.code, text: fundName(fund, language) },
        })),
        mayPrepare: may(actor!, 'payments.prepare', centre),
      });
    },
  });
});

paymentPages.get('/payments/:payment', allow('payments.read'), async (req, res) => {
  const payment = named(req, res);
  await answer(res, {
    html: () => sendOne(req, res, payment),
    json: () => res.json(toldPayment(res, payment)),
    pdf: () => sendVoucher(res, payment),
  });
});

paymentPages.post('/payments/:payment/signature', allow('payments.sign'), (req, res) =>
  change(req, res, 'signed', (tx, payment) => {
    const { actor, centre } = res.locals;
    const { seen, undocumented } = readBody(req, signingForm);
    const signed = { seen, undocumented, passes: passesAsked(req) };
    return signPayment(tx, actor!, centre, { payment, signed });
  }),
);

paymentPages.post('/payments/:payment/withdrawal', allow('payments.prepare'), (req, res) =>
  change(req, res, 'withdrawn', (tx, payment) => {
    const { reason } = readBody(req, reasonForm);
    return withdrawPayment(tx, res.locals.actor!, res.locals.centre, { payment, reason });
  }),
);

paymentPages.post('/payments/:payment/refusal', allow('payments.sign'), (req, res) =>
  change(req, res, 'refused', (tx, payment) => {
    const { reason } = readBody(req, reasonForm);
    return refusePayment(tx, res.locals.actor!, res.locals.centre, { payment, reason });
  }),
);

paymentPages.post('/payments/:payment/reversal', allow('payments.reverse'), (req, res) =>
  change(req, res, 'reversed', (tx, payment) => {
    const { reason } = readBody(req, reasonForm);
    return reversePayment(tx, res.locals.actor!, res.locals.centre, { payment, reason });
  }),
);

paymentPages.post('/payments/:payment/receipt', allow('payments.prepare'), (req, res) =>
  change(req, res, 'receipted', (tx, payment) => {
    const { actor, centre } = res.locals;
    const receipt = readBody(req, receiptForm(actor!.today));
    return recordPassOn(tx, actor!, centre, { payment, receipt });
  }),
);

layAttachments(paymentPages, {
  ...{ at: '/payments/:payment', told: `${HERE}/{payment}` },
  ...{ see: 'payments.read', add: 'payments.prepare' },
  held: (req, res) => {
    const payment = named(req, res);
    return { ...held(res, payment), again: (refused) => sendOne(req, res, payment, refused) };
  },
});

function held(res: Response, payment: Payment) {
  const address = `${centreRoot(res)}/payments/${payment.id}`;
  return { subject: subjectOf(payment), centre: res.locals.centre, address, page: address };
}

type Step = 'signed' | 'withdrawn' | 'refused' | 'reversed' | 'receipted';

/** Runs the verb on the payment as it is now; refused, its page is shown again. */
async function change(
  req: Request,
  res: Response,
  step: Step,
  verb: (tx: Tx, payment: Payment) => Payment,
): Promise<void> {
  const { province, centre, t, show } = res.locals;
  const { id } = named(req, res);
  try {
    const changed = await enter(province, (tx) => verb(tx, findPayment(tx, centre.id, id)));
    const word = step === 'signed' && changed.state === 'made' ? 'made' : step;
    const number = show.digits(numberOf(changed) ?? '');
    const to = `${centreRoot(res)}/payments/${id}`;
    sendChanged(
      req,
      res,
      { to, body: toldPayment(res, changed) },
      t(`payments:flash.${word}`, { number }),
    );
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendOne(req, res, named(req, res), { ...refused, values: req.body as object }),
    );
  }
}

function named(req: Request, res: Response): Payment {
  return findPayment(res.locals.province.db, res.locals.centre.id, numberIn(req, 'payment'));
}

function sendOne(req: Request, res: Response, payment: Payment, refused: object = {}): void {
  const { province, actor, centre, t, show, language } = res.locals;
  const written = numberOf(payment);
  const signing = signingOf(res, payment);
  const isOpen = payment.state === 'waiting';
  const can = (power: Parameters<typeof may>[1]) => may(actor!, power, centre);
  const { entryYear: year, entryNumber: number } = payment;
  const root = centreRoot(res);
  const title = written
    ? t('payments:title', { number: show.digits(written) })
    : t('payments:title-waiting', { number: show.digits(String(payment.id)) });
  sendPage(req, res, 'payments/show', {
    ...{ title, payment, written, root, place: `${root}/payments/${payment.id}` },
    ...{ ...signing, lines: linesShown(res, payment), to: toWhom(res, payment), isOpen },
    goods: payment.goods.map((good) => ({
      ...{ name: good.name, valueRial: good.valueRial, expiresOn: good.expiresOn },
      quantity: `${formatQuantity(good.quantityMilli, language)} ${t(`payments:units.${good.unit}`)}`,
    })),
    entry: year === null || number === null ? null : entryNumber({ year, number }),
    mayBooks: can('books.read'),
    maySign: isOpen && waitsFor(actor!, centre.id, signing.signatures),
    isChair: actor!.seats.some((one) => one.centreId === centre.id && one.seat === 'chair'),
    mayWithdraw: isOpen && payment.preparedBy === actor!.user?.id,
    mayReverse: payment.state === 'made' && can('payments.reverse'),
    undocumented: undocumentedReason(province.db, payment.id) ?? null,
    receipt: passOnReceipt(province.db, payment.id) ?? null,
    mayReceipt: payment.kind === 'pass-on' && payment.state === 'made' && can('payments.prepare'),
    ...attachedTo(res, { ...held(res, payment), add: 'payments.prepare' }),
    registered: codeOf(province.db, subjectOf(payment))?.code ?? null,
    mayCode: payment.state === 'made' && can('registrations.record'),
    ...{ faults: {}, refusal: null, ...refused },
  });
}

async function sendVoucher(res: Response, payment: Payment): Promise<void> {
  if (payment.paperId === null) throw new NotFound();
  const issued = findPaper(res.locals.province.db, payment.paperId);
  const sheet = JSON.parse(issued.content) as VoucherPaper;
  const isReversed = payment.state === 'reversed';
  const cancelled = isReversed ? { on: payment.endedOn!, reason: payment.endReason! } : null;
  const standing = { draft: res.locals.centre.activityCode === null, cancelled };
  await sendPrint(res, issued, 'a4', standing, (mark) => voucherPdf(sheet, mark));
}

function filterOf(req: Request, res: Response): PaymentFilter {
  const { today } = res.locals.actor!;
  return {
    state: oneAsked(req, 'state', PAYMENT_STATES),
    kind: oneAsked(req, 'kind', PAYMENT_KINDS),
    ...{ fund: wordAsked(req.query, 'fund'), q: wordAsked(req.query, 'q') },
    ...{ from: dayAsked(req.query, 'from', today), to: dayAsked(req.query, 'to', today) },
  };
}

const isFiltered = (asked: PaymentFilter) => Object.values(asked).some((one) => one !== undefined);

function listingOf(req: Request, res: Response, asked: PaymentFilter): Listing {
  const { province, centre, t } = res.locals;
  const rowsFrom = (limit: number, skip: number, db = province.db) =>
    paymentsOf(db, centre.id, asked, { limit, skip }).map((row) => listed(res, row));
  const column = (key: string, word: string) => ({ key, title: t(word) });
  return {
    ...{ name: `payments-${centre.code}`, title: t('common:sections.payments') },
    columns: [
      { ...column('number', 'common:table.number'), kind: 'code' },
      { ...column('day', 'common:table.day'), kind: 'day' },
      { ...column('kind', 'payments:columns.kind'), kind: 'text', width: 2 },
      { ...column('to', 'payments:columns.to'), kind: 'text', width: 3 },
      { ...column('purpose', 'payments:columns.purpose'), kind: 'text', width: 4 },
      { ...column('funds', 'payments:columns.fund'), kind: 'text', width: 2 },
      { ...column('amount', 'common:table.amount-rial'), kind: 'rial', width: 3 },
      { ...column('state', 'common:table.state'), kind: 'text', width: 2 },
    ],
    page: () => ({
      rows: paymentsOf(province.db, centre.id, asked, {
        ...{ limit: ROWS_PER_PAGE, skip: (pageAsked(req) - 1) * ROWS_PER_PAGE },
      }).map(toldRow),
      total: countPayments(province.db, centre.id, asked),
    }),
    all: (db) => everyRow((limit, from) => rowsFrom(limit, from, db)),
    totals: (db) => ({ amount: sumOfPayments(db, centre.id, asked).rial }),
    totalsTitle: t('payments:sum-made'),
  };
}

function listed(res: Response, row: PaymentRow) {
  const { t } = res.locals;
  return {
    ...{ number: numberOf(row) ?? '', day: row.paidOn ?? row.preparedOn, to: toWhom(res, row) },
    ...{ kind: t(`payments:kinds.${row.kind}`), purpose: row.purpose, funds: row.funds },
    ...{ amount: row.amountRial, state: t(`payments:states.${row.state}`) },
  };
}
