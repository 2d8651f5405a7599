/** Vows of a centre: their day, what is left of them; and telling of one after its receipt. */
import { type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { vowFields, vowTyped } from './gift-fields.ts';
import { fundsOfReceipt, sendReceipt } from './receipt-pages.ts';
import { findReceipt } from './receipts.ts';
import { countVows, recordVow, refuseStrayVow, VOW_STATES, type VowRow, vowsOf } from './vows.ts';

export const vowPages = Router({ mergeParams: true });

const vowForm = (today: string) =>
  z.object(vowFields(today)).superRefine(({ vowObject }, context) => {
    if (vowObject !== undefined) return;
    context.addIssue({ code: 'custom', message: 'common:refusals.needed', path: ['vowObject'] });
  });
describeBody('POST /{province}/centres/{code}/donations/receipts/{number}/vow', vowForm(''));

vowPages.get('/donations/vows', allow('donations.read'), async (req, res) => {
  const { province, centre, actor, t, format } = res.locals;
  const { today } = actor!;
  const state = VOW_STATES.find((one) => one === req.query.state);
  const total = countVows(province.db, centre.id, today, state);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = vowsOf(province.db, centre.id, today, { state, limit: ROWS_PER_PAGE, offset });
  const title = t('donations:vows.title');
  const said = (row: VowRow) => {
    const listed = rowOf(res, row);
    const spoken = format === 'pdf' || format === 'xlsx';
    return spoken ? { ...listed, state: t(`donations:vows.states.${listed.state}`) } : listed;
  };
  await answer(res, {
    html: () =>
      sendPage(req, res, 'donations/vows', {
        ...{ title, total, at: pageAsked(req), states: VOW_STATES },
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        ...{ rows: rows.map((one) => rowOf(res, one)), root: `${centreRoot(res)}/donations` },
        isFiltered: state !== undefined,
        mayGive: may(actor!, 'donations.register', centre),
      }),
    ...listForms(req, res, {
      ...{ name: `vows-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows: rows.map((one) => rowOf(res, one)), total }),
      all: (db) =>
        everyRow((limit, from) =>
          vowsOf(db, centre.id, today, { state, limit, offset: from }).map(said),
        ),
    }),
  });
});

vowPages.post('/donations/receipts/:number/vow', allow('vows.record'), async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const number = String(req.params.number);
  const receipt = findReceipt(province.db, centre.id, number);
  try {
    const vow = vowTyped(readBody(req, vowForm(actor!.today)))!;
    const body = await enter(province, (tx) => {
      const now = findReceipt(tx, centre.id, number);
      refuseStrayVow(vow, fundsOfReceipt(tx, now));
      return recordVow(tx, actor!, centre, now, vow);
    });
    const to = `${centreRoot(res)}/donations/receipts/${number}`;
    sendChanged(req, res, { to, body }, t('donations:vows.recorded'));
  } catch (fault) {
    const values = req.body as Record<string, string>;
    sendRefusedForm(fault, req, res, (refused) => {
      sendReceipt(req, res, receipt, { ...refused, values });
    });
  }
});

/** B-104: a giver who is not to be named is not named here. */
function rowOf({ locals: { t } }: Response, row: VowRow) {
  const { year, number, receivedOn, object, people, dueOn, amountRial, leftRial, state } = row;
  const named = row.mayBeNamed === 0 ? t('donations:withheld') : row.donorName;
  return {
    ...{ receipt: writtenNumber(year, number, 6), receivedOn, donor: named },
    ...{ object, people, dueOn, amount: amountRial, left: leftRial, state },
  };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const column = (key: string, kind: Column['kind'], width: number): Column => {
    return { key, title: t(`donations:vows.columns.${key}`), kind, width };
  };
  return [
    ...[column('dueOn', 'day', 2), column('receipt', 'code', 2), column('donor', 'text', 3)],
    ...[column('object', 'text', 4), column('people', 'text', 3)],
    ...[column('amount', 'rial', 3), column('left', 'rial', 3), column('state', 'text', 2)],
  ];
}
