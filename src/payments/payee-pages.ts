/** Payees: whom the centre pays for something; its own people are not among them (B-46). */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { readCode } from '../pledges/forms.ts';
import { enter } from '../provinces/enter.ts';
import { formatIban, readIban } from '../values/bank-account.ts';
import { readLegalId, readNationalId } from '../values/national-id.ts';
import { readName } from '../values/persian-text.ts';
import { typedNumber } from '../values/typed-number.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { numberIn, oneAsked } from './asked.ts';
import {
  countPayees,
  findPayee,
  nameChild,
  type Payee,
  payeesOf,
  registerPayee,
} from './payees.ts';
import { paymentsOf } from './payment-rows.ts';
import { numberOf } from './payment-words.ts';
import { REFUSED_CLAUSES, refuseKind } from './purposes.ts';
import { PAYEE_KINDS } from './schema.ts';

export const payeePages = Router({ mergeParams: true });

/** A person's ID has ten digits, a firm's eleven. */
const readId = (text: string) =>
  typedNumber(text).length > 10 ? readLegalId(text) : readNationalId(text);

const payeeForm = z
  .object({
    name: typed((text) => readName(text, { max: 120 })),
    kind: chosen(PAYEE_KINDS),
    ...{ nationalId: typedOrNone(readId), iban: typedOrNone(readIban) },
    childCode: typedOrNone(readCode),
  })
  .transform(({ nationalId = null, iban = null, childCode = null, ...payee }) => ({
    ...{ ...payee, nationalId, iban, childCode },
  }));
const childForm = z.object({ childCode: typed(readCode) });

describeBody('POST /{province}/centres/{code}/payees', payeeForm);
describeBody('POST /{province}/centres/{code}/payees/{payee}/child', childForm);

payeePages.get('/payees', allow('payments.read'), async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const asked = { q: wordAsked(req.query, 'q'), kind: oneAsked(req, 'kind', PAYEE_KINDS) };
  const total = countPayees(province.db, centre.id, asked);
  const from = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = payeesOf(province.db, centre.id, asked, { limit: ROWS_PER_PAGE, from });
  const title = t('common:sections.payees');
  const column = (key: string) => ({ key, title: t(`payments:columns.${key}`) });
  await answer(res, {
    html: () =>
      sendPage(req, res, 'payments/payees', {
        ...{ title, total, at: pageAsked(req), root: centreRoot(res), kinds: PAYEE_KINDS },
        rows: rows.map((one) => ({ ...one, ibanSaid: one.iban && formatIban(one.iban) })),
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        isFiltered: Object.values(asked).some((one) => one !== undefined),
        mayKeep: may(actor!, 'payees.keep', centre),
      }),
    ...listForms(req, res, {
      ...{ name: `payees-${centre.code}`, title },
      columns: [
        { ...column('name'), kind: 'text', width: 4 },
        { ...column('kind'), kind: 'text', width: 2 },
        { ...column('nationalId'), kind: 'code', width: 2 },
        { ...column('iban'), kind: 'code', width: 4 },
      ],
      page: () => ({ rows: rows.map(told), total }),
      all: (db) =>
        everyRow((limit, start) =>
          payeesOf(db, centre.id, asked, { limit, from: start }).map((one) => ({
            ...{ ...told(one), kind: t(`payments:payee-kinds.${one.kind}`) },
          })),
        ),
    }),
  });
});

payeePages.get('/payees/new', allow('payees.keep'), (req, res) =>
  answer(res, { html: () => sendForm(req, res) }),
);

payeePages.post('/payees', allow('payees.keep'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    refuseKind((req.body as { kind?: unknown } | undefined)?.kind);
    const payee = readBody(req, payeeForm);
    const created = await enterOnce(req, res, (tx) => {
      const one = registerPayee(tx, actor!, centre, payee);
      return { location: `${centreRoot(res)}/payees/${one.id}`, body: told(one) };
    });
    sendCreated(req, res, created, t('payments:flash.payee-registered'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

payeePages.get('/payees/:payee', allow('payments.read'), async (req, res) => {
  const one = payeeNamed(req, res);
  await answer(res, {
    html: () => sendPayee(req, res, one),
    json: () => res.json(told(one)),
  });
});

payeePages.post('/payees/:payee/child', allow('payees.keep'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const before = payeeNamed(req, res);
  try {
    const { childCode } = readBody(req, childForm);
    const one = await enter(province, (tx) => nameChild(tx, actor!, centre, before.id, childCode));
    const done = { to: `${centreRoot(res)}/payees/${one.id}`, body: told(one) };
    sendChanged(req, res, done, t('payments:flash.child-named'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendPayee(req, res, before, { ...refused, values: req.body as object }),
    );
  }
});

function payeeNamed(req: Request, res: Response): Payee {
  const { province, centre } = res.locals;
  return findPayee(province.db, centre.id, numberIn(req, 'payee'));
}

function sendPayee(req: Request, res: Response, one: Payee, refused: object = {}): void {
  const { province, actor, centre } = res.locals;
  const page = { limit: 50, skip: 0 };
  sendPage(req, res, 'payments/payee', {
    ...{ title: one.name, one, root: centreRoot(res) },
    ibanSaid: one.iban && formatIban(one.iban),
    payments: paymentsOf(province.db, centre.id, { payeeId: one.id }, page).map((row) => ({
      ...{ ...row, written: numberOf(row) },
    })),
    mayName:
      one.kind === 'child-account' && one.childCode === null && may(actor!, 'payees.keep', centre),
    ...{ faults: {}, refusal: null, ...refused },
  });
}

const told = ({ id, name, kind, nationalId, iban, childCode }: Payee) => ({
  ...{ id, name, kind, nationalId, iban, childCode },
});

function sendForm(req: Request, res: Response, refused: object = {}): void {
  sendPage(req, res, 'payments/payee-new', {
    ...{ title: res.locals.t('payments:payee-new'), kinds: PAYEE_KINDS, root: centreRoot(res) },
    ...{ never: REFUSED_CLAUSES, faults: {}, refusal: null, ...refused },
  });
}
