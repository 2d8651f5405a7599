/** Payees: whom the centre pays for something; its own people are not among them (B-46). */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
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
import { centreRoot, sendCreated } from '../web/written.ts';
import { numberIn, oneAsked } from './asked.ts';
import { countPayees, findPayee, type Payee, payeesOf, registerPayee } from './payees.ts';
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
  })
  .transform(({ nationalId = null, iban = null, ...payee }) => ({ ...payee, nationalId, iban }));

describeBody('POST /{province}/centres/{code}/payees', payeeForm);

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
  const { province, centre } = res.locals;
  const one = findPayee(province.db, centre.id, numberIn(req, 'payee'));
  const page = { limit: 50, skip: 0 };
  await answer(res, {
    html: () =>
      sendPage(req, res, 'payments/payee', {
        ...{ title: one.name, one, root: centreRoot(res) },
        ibanSaid: one.iban && formatIban(one.iban),
        payments: paymentsOf(province.db, centre.id, { payeeId: one.id }, page).map((row) => ({
          ...{ ...row, written: numberOf(row) },
        })),
      }),
    json: () => res.json(told(one)),
  });
});

const told = ({ id, name, kind, nationalId, iban }: Payee) => ({
  id,
  name,
  kind,
  nationalId,
  iban,
});

function sendForm(req: Request, res: Response, refused: object = {}): void {
  sendPage(req, res, 'payments/payee-new', {
    ...{ title: res.locals.t('payments:payee-new'), kinds: PAYEE_KINDS, root: centreRoot(res) },
    ...{ never: REFUSED_CLAUSES, faults: {}, refusal: null, ...refused },
  });
}
