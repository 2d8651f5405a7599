/** Preparing a payment: first its kind, then its form. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { accountName, accountsOf } from '../books/accounts.ts';
import { fundName, fundsOf } from '../funds/funds.ts';
import { CONDITIONS, UNITS } from '../goods/schema.ts';
import { storesOf } from '../goods/stores.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { oneAsked, rowsShown } from './asked.ts';
import { payeesOf } from './payees.ts';
import { paymentForm, readPayment } from './payment-form.ts';
import { toldPayment } from './payment-words.ts';
import { ACCOUNTS, preparePayment } from './payments.ts';
import { floatOn } from './petty-cash.ts';
import { REFUSED_CLAUSES } from './purposes.ts';
import { PAYMENT_KINDS, type PaymentKind, SOURCES_OF_MONEY } from './schema.ts';

export const paymentFormPages = Router({ mergeParams: true });

describeBody('POST /{province}/centres/{code}/payments', paymentForm);

paymentFormPages.get('/payments/new', allow('payments.prepare'), (req, res) => {
  const kind = oneAsked(req, 'kind', PAYMENT_KINDS);
  const recipient = typeof req.query.recipient === 'string' ? req.query.recipient : '';
  const values = { recipient: recipient.slice(0, 12) };
  return answer(res, {
    html: () => (kind ? sendForm(req, res, kind, { values }) : sendKinds(req, res)),
  });
});

paymentFormPages.post('/payments', allow('payments.prepare'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  const body = (req.body ?? {}) as Record<string, string>;
  const kind = PAYMENT_KINDS.find((one) => one === body.kind);
  if (kind && body.more !== undefined && !req.is('json'))
    return sendForm(req, res, kind, { values: body });
  try {
    const asked = readPayment(req, res);
    const created = await enterOnce(req, res, (tx) => {
      const payment = preparePayment(tx, actor!, centre, asked);
      const location = `${centreRoot(res)}/payments/${payment.id}`;
      return { location, body: toldPayment(res, payment) };
    });
    sendCreated(req, res, created, t('payments:flash.prepared'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => {
      if (kind) sendForm(req, res, kind, { ...refused, values: body });
      else sendKinds(req, res, refused);
    });
  }
});

/** The kinds of payments, and what is none of them. */
function sendKinds(req: Request, res: Response, refused: object = {}): void {
  const { t } = res.locals;
  sendPage(req, res, 'payments/kinds', {
    ...{ title: t('payments:new'), kinds: PAYMENT_KINDS, never: REFUSED_CLAUSES },
    ...{ root: centreRoot(res), faults: {}, refusal: null, ...refused },
  });
}

type Form = { values: Record<string, string>; faults?: Record<string, string>; refusal?: object };

const ROWS = 3;

function sendForm(req: Request, res: Response, kind: PaymentKind, form: Form): void {
  const { province, centre, actor, language, t, show } = res.locals;
  const { db } = province;
  const list = kind === 'purchase' ? 'goods' : 'lines';
  const root = centreRoot(res);
  const asked = String(form.values._key ?? '');
  const choice = (values: readonly string[], word: string) =>
    values.map((value) => ({ value, text: t(`payments:${word}.${value}`) }));
  const float = floatOn(db, centre.id, actor!.today);
  sendPage(req, res, 'payments/new', {
    ...{ faults: {}, refusal: null, ...form },
    ...{ title: t(`payments:new-kind.${kind}`), kindAsked: kind, root },
    key: /^[\w-]{10,60}$/.test(asked) ? asked : randomUUID(),
    rows: rowsShown(form.values, list, kind === 'petty' ? 1 : ROWS),
    sources: choice(
      SOURCES_OF_MONEY.filter((one) => allowsFrom(kind, one, Boolean(float))),
      'accounts',
    ),
    funds: fundsOf(db).map((fund) => ({ value: fund.code, text: fundName(fund, language) })),
    accounts: accountsOf(db, centre.id)
      .filter(({ level, code }) => level === 'subsidiary' && ACCOUNTS[kind].test(code))
      .map((one) => ({
        value: one.code,
        text: `${show.digits(one.code)} ${accountName(one, language)}`,
      })),
    payees: payeesOf(db, centre.id, {}, { limit: 1000, from: 0 }).map(({ id, name, kind: of }) => ({
      ...{ value: String(id), text: `${name} (${t(`payments:payee-kinds.${of}`)})` },
    })),
    stores: storesOf(db, centre.id)
      .filter(({ closedOn }) => closedOn === null)
      .map(({ id, name }) => ({ value: String(id), text: name })),
    ...{ units: choice(UNITS, 'units'), conditions: choice(CONDITIONS, 'conditions') },
    storeAccounts: choice(['1301', '1302', '1303', '1304', '1305', '1306'], 'stores'),
    ...{ float: float ?? null, never: REFUSED_CLAUSES },
  });
}

const allowsFrom = (kind: PaymentKind, from: string, keepsPetty: boolean): boolean =>
  from !== '1103' || (keepsPetty && kind !== 'petty' && kind !== 'pass-on');
