/** Yield by month, what collectors hand in, and the province's notes and coins. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, provinceRoot, sendCreated } from '../web/written.ts';
import { fundsByCode } from './box-pages.ts';
import { denominationRows, denominationsOn, setDenomination } from './denominations.ts';
import { denominationForm, remittanceForm, unitOf } from './forms.ts';
import {
  countRemittances,
  heldByCollectors,
  type Remittance,
  remitBoxMoney,
  remittancesOf,
} from './remittances.ts';
import { FORMS } from './schema.ts';
import { countMonthYields, type MonthYield, yieldByMonth } from './yield.ts';

export const boxMoneyPages = Router({ mergeParams: true });
export const denominationPages = Router({ mergeParams: true });

const ROOT = '/donations/boxes';

boxMoneyPages.get(`${ROOT}/yield`, allow('boxes.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const total = countMonthYields(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = yieldByMonth(province.db, centre.id, { limit: ROWS_PER_PAGE, offset });
  const title = t('boxes:yield.title');
  const told = ({ year, month, ...row }: MonthYield) => ({
    ...row,
    month: `${year}-${String(month).padStart(2, '0')}`,
  });
  const column = (key: string) => t(`boxes:columns.${key}`);
  await answer(res, {
    html: () =>
      sendPage(req, res, 'boxes/yield', {
        ...{ title, rows, total, at: pageAsked(req), root: `${centreRoot(res)}${ROOT}` },
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
      }),
    ...listForms(req, res, {
      ...{ name: `box-yield-${centre.code}`, title },
      columns: [
        { key: 'month', title: column('month'), kind: 'code', width: 2 },
        { key: 'box', title: column('number'), kind: 'count', width: 1 },
        { key: 'openings', title: column('openings'), kind: 'count', width: 1 },
        { key: 'rial', title: column('yield'), kind: 'rial', width: 3 },
      ],
      page: () => ({ rows: rows.map(told), total }),
      all: (db) => yieldByMonth(db, centre.id, { limit: 100_000 }).map(told),
    }),
  });
});

boxMoneyPages.get(`${ROOT}/remittances`, allow('boxes.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const total = countRemittances(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = remittancesOf(province.db, centre.id, ROWS_PER_PAGE, offset);
  await answer(res, {
    html: () => sendRemittances(req, res, { rows, total }),
    ...listForms(req, res, {
      ...{ name: `box-remittances-${centre.code}`, title: t('boxes:remittances.title') },
      columns: remittanceColumns(res),
      page: () => ({ rows: rows.map(toldRow), total }),
      all: (db) => remittancesOf(db, centre.id, 100_000).map(toldRow),
    }),
  });
});

boxMoneyPages.post(`${ROOT}/remittances`, allow('boxes.remit'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  try {
    const { amount, short, ...form } = readBody(
      req,
      remittanceForm(actor!.today, unitOf(req, 'amount')),
    );
    const created = await enterOnce(req, res, (tx) => ({
      location: `${centreRoot(res)}${ROOT}/remittances`,
      body: remitBoxMoney(tx, actor!, centre, {
        ...{ ...form, amountRial: amount, shortRial: short ?? 0 },
      }),
    }));
    sendCreated(req, res, created, t('boxes:flash.remitted'));
  } catch (fault) {
    const rows = remittancesOf(province.db, centre.id, ROWS_PER_PAGE);
    const total = countRemittances(province.db, centre.id);
    sendRefusedForm(fault, req, res, (refused) =>
      sendRemittances(req, res, { rows, total }, { ...refused, values: req.body as object }),
    );
  }
});

type Listed = { rows: Remittance[]; total: number };

function sendRemittances(req: Request, res: Response, listed: Listed, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  sendPage(req, res, 'boxes/remittances', {
    ...{ title: t('boxes:remittances.title'), ...listed, at: pageAsked(req), key: randomUUID() },
    of: Math.max(1, Math.ceil(listed.total / ROWS_PER_PAGE)),
    ...{ root: `${centreRoot(res)}${ROOT}`, funds: Object.fromEntries(fundsByCode(res)) },
    held: heldByCollectors(province.db, centre.id),
    mayRemit: may(actor!, 'boxes.remit', centre),
    ...{ values: {}, ...refused },
  });
}

const toldRow = (row: Remittance) => ({ ...row });

function remittanceColumns({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`boxes:columns.${key}`);
  return [
    { key: 'remittedOn', title: title('remitted-on'), kind: 'day', width: 2 },
    { key: 'account', title: title('account'), kind: 'code', width: 1 },
    { key: 'fund', title: title('fund'), kind: 'text', width: 2 },
    { key: 'amountRial', title: title('amount'), kind: 'rial', width: 3 },
    { key: 'shortRial', title: title('short'), kind: 'rial', width: 2 },
    { key: 'explanation', title: title('explanation'), kind: 'text', width: 3 },
    { key: 'reference', title: title('reference'), kind: 'code', width: 2 },
    { key: 'entry', title: title('entry'), kind: 'code', width: 2 },
    { key: 'by', title: title('by'), kind: 'text', width: 3 },
  ];
}

denominationPages.get('/denominations', allow('denominations.edit'), async (req, res) => {
  const { province, t } = res.locals;
  const rows = denominationRows(province.db);
  const title = t('boxes:denominations.title');
  const column = (key: string) => t(`boxes:columns.${key}`);
  await answer(res, {
    html: () => sendDenominations(req, res),
    ...listForms(req, res, {
      ...{ name: 'denominations', title },
      columns: [
        { key: 'faceRial', title: column('face'), kind: 'rial', width: 2 },
        { key: 'form', title: column('form'), kind: 'text', width: 2 },
        { key: 'fromOn', title: column('from-on'), kind: 'day', width: 2 },
        { key: 'counts', title: column('counts'), kind: 'count', width: 1 },
      ],
      page: () => ({ rows, total: rows.length }),
      all: (db) => denominationRows(db),
    }),
  });
});

denominationPages.post('/denominations', allow('denominations.edit'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const form = readBody(req, denominationForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => ({
      location: `${provinceRoot(res)}/denominations`,
      body: setDenomination(tx, actor!, form),
    }));
    sendCreated(req, res, created, t('boxes:flash.denomination'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendDenominations(req, res, { ...refused, values: req.body as object }),
    );
  }
});

function sendDenominations(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, t } = res.locals;
  sendPage(req, res, 'boxes/denominations', {
    ...{ title: t('boxes:denominations.title'), rows: denominationRows(province.db) },
    ...{ now: denominationsOn(province.db, actor!.today), forms: FORMS, key: randomUUID() },
    ...{ values: {}, ...refused },
  });
}
