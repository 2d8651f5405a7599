/** Pages of the committee's codes (B-112): the list, typing one, sending a sheet, and the rule. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { changing } from '../bank/asked.ts';
import * as books from '../books/asked.ts';
import { fundNames } from '../funds/funds.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { sheetForm, sheetSent } from '../sheets/sent-sheet.ts';
import { readDay } from '../values/jalali-date.ts';
import { typedFigures } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { typedCount } from '../values/typed-number.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, ticked, typed } from '../web/forms.ts';
import { type Column, listForms, mapped, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, provinceRoot, sendChanged } from '../web/written.ts';
import { type CodeRow, codeRows } from './code-sheet.ts';
import {
  CODE_STATES,
  CODED_ROWS,
  type CodeFilter,
  countRegistrables,
  everyRegistrable,
  type Registrable,
  recordCode,
  recordCodes,
  registrables,
  subjectOfNumber,
} from './codes.ts';
import { registrationRules, ruleOn, setRegistrationRule } from './rules.ts';

export const registrationPages = Router({ mergeParams: true });
export const registrationRulePages = Router({ mergeParams: true });

const TOLD = '/{province}/centres/{code}/registrations';

const readCode = (text: string): Reading<string> => {
  const code = typedFigures(text).trim();
  return /^[\p{L}\p{N}./-]{1,40}$/u.test(code)
    ? { value: code }
    : { fault: 'registrations:faults.code' };
};
const readDays = (text: string): Reading<number> => {
  const days = typedCount(text, 365);
  return days === undefined ? { fault: 'registrations:faults.days' } : { value: days };
};
const codeForm = z.object({ code: typed(readCode) });
const importForm = sheetForm.extend({ try: ticked });
const ruleForm = (today: string) =>
  z.object({
    asked: ticked,
    days: typed(readDays),
    fromOn: typed((text) => readDay(text, { today })),
  });
describeBody(`POST ${TOLD}/import`, importForm);
describeBody(`POST ${TOLD}/{number}`, codeForm);
describeBody('POST /{province}/registration-rules', ruleForm(''));

registrationPages.get('/registrations', allow('registrations.read'), (req, res) => {
  const { province, centre, t } = res.locals;
  const filter = filterAsked(req, res);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const total = countRegistrables(province.db, centre.id, filter);
  const rows = registrables(province.db, centre.id, filter, ROWS_PER_PAGE, offset);
  return answer(res, {
    html: () => sendList(req, res, {}),
    ...listForms(req, res, {
      ...{ name: `registrations-${centre.code}`, title: t('registrations:title') },
      columns: columnsOf(res),
      page: () => ({ rows: rows.map(told), total }),
      all: (db) => mapped(everyRegistrable(db, centre.id, filter), (row) => inWords(res, row)),
    }),
  });
});

registrationPages.post('/registrations/import', allow('registrations.record'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  try {
    const sheet = await sheetSent(req);
    const isTrial = ticked.parse((req.body as { try?: string } | undefined)?.try);
    const rows = codeRows(province.db, centre.id, sheet.rows);
    const faults = rows.filter(({ fault }) => fault !== null);
    if (rows.length === 0) {
      throw new Refusal('registrations:refusals.no-codes', { status: 422, field: 'file' });
    }
    if (isTrial || faults.length > 0) return await sendTrial(req, res, { rows, isTrial });
    const recorded = await enter(province, (tx) => {
      // Judged once more where it is written: another may have been quicker.
      const again = codeRows(tx, centre.id, sheet.rows);
      if (again.some(({ fault }) => fault !== null)) {
        throw new Refusal('registrations:refusals.overtaken');
      }
      const codes = again.map(({ subject, code }) => ({ subject: subject!, code }));
      return recordCodes(tx, actor!, centre, codes);
    });
    const to = `${centreRoot(res)}/registrations`;
    const said = t('registrations:flash.imported', { number: res.locals.show.number(recorded) });
    sendChanged(req, res, { to, body: { recorded, rows: rows.length } }, said);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendList(req, res, refused));
  }
});

registrationPages.post('/registrations/:number', allow('registrations.record'), (req, res) => {
  const number = String(req.params.number);
  const again = (refused: object) => sendList(req, res, { ...refused, refusedNumber: number });
  return changing(req, res, { said: 'registrations:flash.recorded', again }, (tx) => {
    const { actor, centre } = res.locals;
    const subject = subjectOfNumber(tx, centre.id, number);
    if (!subject) throw new NotFound();
    const { code } = readBody(req, codeForm);
    const body = { number, ...recordCode(tx, actor!, centre, { subject, code }) };
    const to = String((req.body as { back?: string }).back ?? '');
    const list = `${centreRoot(res)}/registrations`;
    // Back to where it was typed: the list, or the row's own page.
    return {
      to: to === 'page' ? centreRoot(res) + pageOf(number, subject) : list,
      body,
    };
  });
});

registrationRulePages.get('/registration-rules', allow('registrations.rules'), (req, res) =>
  answer(res, {
    html: () => sendRules(req, res),
    json: () => res.json({ rules: registrationRules(res.locals.province.db) }),
  }),
);

registrationRulePages.post('/registration-rules', allow('registrations.rules'), (req, res) => {
  const again = (refused: object) => sendRules(req, res, refused);
  return changing(req, res, { said: 'registrations:flash.rule', again }, (tx) => {
    const { actor } = res.locals;
    const form = readBody(req, ruleForm(actor!.today));
    const body = setRegistrationRule(tx, actor!, form);
    return { to: `${provinceRoot(res)}/registration-rules`, body };
  });
});

function filterAsked(req: Request, res: Response): CodeFilter {
  const state = wordAsked(req.query, 'state');
  return {
    ...books.periodOf(req, res),
    state: CODE_STATES.find((one) => one === state),
    row: CODED_ROWS.find((one) => one === req.query.row),
  };
}

/** What the sheet would do: as JSON, as a page, or the same rows marked as a file to mend. */
async function sendTrial(
  req: Request,
  res: Response,
  { rows, isTrial }: { rows: CodeRow[]; isTrial: boolean },
): Promise<void> {
  const { t, centre } = res.locals;
  const faults = rows.filter(({ fault }) => fault !== null);
  const listed = rows.map((row) => ({
    ...{ line: row.line, number: row.number, code: row.code },
    fault: row.fault === null ? null : t(`registrations:sheet.${row.fault}`),
  }));
  if (faults.length > 0 && !isTrial) res.status(422);
  const title = (key: string) => t(`registrations:sheet.${key}`);
  const forms = listForms(req, res, {
    ...{ name: `codes-${centre.code}`, title: t('registrations:sheet.title') },
    columns: [
      { key: 'number', title: title('our-number'), kind: 'code', width: 2 },
      { key: 'fault', title: title('fault'), kind: 'text', width: 4 },
      { key: 'line', title: title('line'), kind: 'count', width: 1 },
      { key: 'code', title: title('their-code'), kind: 'code', width: 2 },
    ],
    page: () => ({ rows: listed, total: listed.length }),
    all: () => listed,
    json: () => ({ rows: listed, sound: rows.length - faults.length, faults: faults.length }),
  });
  await answer(res, {
    html: () =>
      sendPage(req, res, 'registrations/trial', {
        ...{ title: t('registrations:sheet.title'), rows: listed.filter(({ fault }) => fault) },
        ...{ sound: rows.length - faults.length, faults: faults.length, isTrial },
        root: centreRoot(res),
      }),
    ...forms,
  });
}

function sendList(req: Request, res: Response, refused: object): void {
  const { province, centre, actor, language, t } = res.locals;
  const filter = filterAsked(req, res);
  const total = countRegistrables(province.db, centre.id, filter);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const without = countRegistrables(province.db, centre.id, { ...filter, state: 'without' });
  sendPage(req, res, 'registrations/list', {
    ...{ title: t('registrations:title'), total, without, at: pageAsked(req) },
    rows: registrables(province.db, centre.id, filter, ROWS_PER_PAGE, offset).map((one) => ({
      ...{ ...one, place: pageOf(one.number, one.subject), what: kindSaid(res, one) },
    })),
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    ...{ funds: fundNames(province.db, language), root: centreRoot(res) },
    ...{ rule: ruleOn(province.db, actor!.today), key: randomUUID() },
    mayRecord: may(actor!, 'registrations.record', centre),
    filters: [
      ...books.dayFilters(res, filter),
      {
        ...{ name: 'state', label: t('common:filters.state'), kind: 'choice' },
        options: CODE_STATES.map((value) => ({ value, text: t(`registrations:states.${value}`) })),
      },
      {
        ...{ name: 'row', label: t('registrations:columns.row'), kind: 'choice' },
        options: CODED_ROWS.map((value) => ({ value, text: t(`registrations:rows.${value}`) })),
      },
    ],
    ...refused,
  });
}

function sendRules(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, t, show } = res.locals;
  const rule = ruleOn(province.db, actor!.today);
  sendPage(req, res, 'registrations/rules', {
    ...{ title: t('registrations:rules.title'), rule, rules: registrationRules(province.db) },
    values: { days: show.number(rule.days), fromOn: show.date(actor!.today) },
    ...refused,
  });
}

/** The page of a row by what it is. */
function pageOf(number: string, subject: string): string {
  if (subject.startsWith('donations/')) return `/donations/receipts/${number}`;
  return subject.startsWith('box-') ? `/donations/boxes/${subject.slice(4)}` : `/${subject}`;
}

function kindSaid({ locals: { t } }: Response, { row, kind }: Registrable): string {
  if (row === 'gift') return t(`donations:kinds.${kind}`);
  return row === 'payment' ? t(`payments:kinds.${kind}`) : t(`registrations:rows.${row}`);
}

function told({ number, row, receivedOn, kind, amountRial, fund, code }: Registrable) {
  return { number, row, receivedOn, kind, amountRial, fund, code };
}

/** The same for people; a list to type from names nobody. */
function inWords(res: Response, row: Registrable) {
  const { province, language, t, format } = res.locals;
  const listed = told(row);
  if (format === 'csv') return listed;
  const fund = fundNames(province.db, language).get(row.fund) ?? row.fund;
  const named = t(`registrations:rows.${row.row}`);
  return { ...listed, row: named, kind: kindSaid(res, row), fund };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`registrations:columns.${key}`);
  return [
    { key: 'number', title: title('number'), kind: 'code', width: 2 },
    { key: 'row', title: title('row'), kind: 'text', width: 2 },
    { key: 'receivedOn', title: title('day'), kind: 'day', width: 2 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'amountRial', title: title('amount'), kind: 'rial', width: 3 },
    { key: 'fund', title: title('fund'), kind: 'text', width: 3 },
    { key: 'code', title: title('code'), kind: 'code', width: 3 },
  ];
}
