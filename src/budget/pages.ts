/** Pages of the yearly plan (B-79): budget against actual, the versions, preparing and approving. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { GOALS } from '../applications/states.ts';
import { changing, creating, idAsked } from '../bank/asked.ts';
import { accountName } from '../books/accounts.ts';
import { fundName, fundNames, fundsOf } from '../funds/funds.ts';
import { type FieldFault, Refusal } from '../refusal.ts';
import { fiscalYear, monthName, readDay } from '../values/jalali-date.ts';
import { readLine, readPaperNumber, readReason } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { readRial } from '../values/rial.ts';
import { typedNumber } from '../values/typed-number.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, listForms } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { type Compared, type Comparison, comparisonOf } from './actuals.ts';
import {
  approvePlan,
  findPlan,
  type Goal,
  linesOfPlan,
  type Plan,
  type PlanLine,
  plannable,
  plansOfYear,
  preparePlan,
  proposePlan,
  returnPlan,
} from './plans.ts';

export const budgetPages = Router({ mergeParams: true });

const HERE = '/books/budget';
const PLANS = '/books/budget/plans';
const TOLD = '/{province}/centres/{code}/books/budget/plans';
/** Lines that a fresh form has; «more» adds as many. */
const ROWS = 12;
const MOST_ROWS = 120;

const year = typed((text): Reading<number> => {
  const digits = typedNumber(text);
  return /^1[34]\d{2}$/.test(digits) ? { value: Number(digits) } : { fault: 'budget:faults.year' };
});
const goal = z.enum(GOALS).nullable().optional();
const planForm = z.object({
  year,
  reason: typedOrNone(readReason),
  /** A form sends `lines.0.account` and so on instead. */
  lines: z
    .array(
      z.object({
        ...{ account: z.string(), fund: z.string(), goal, amount: typed(readRial) },
        words: typedOrNone((text) => readLine(text, { max: 200 })),
      }),
    )
    .optional(),
});
const returnForm = z.object({ reason: typed(readReason) });
const approvalForm = (today: string) =>
  z.object({
    minutesNumber: typed(readPaperNumber),
    minutesOn: typed((text) => readDay(text, { today })),
  });
describeBody(`POST ${TOLD}`, planForm);
describeBody(`POST ${TOLD}/{plan}/return`, returnForm);
describeBody(`POST ${TOLD}/{plan}/approval`, approvalForm(''));
describeWishes(`POST ${TOLD}/{plan}/proposal`);

budgetPages.get(HERE, allow('plans.read'), (req, res) => {
  const { province, centre, actor, t, show } = res.locals;
  const asked = yearAsked(req, res);
  const month = monthAsked(req);
  const comparison = comparisonOf(province.db, centre.id, { year: asked, month });
  const rows = () => rowsOf(res, comparison);
  return answer(res, {
    html: () =>
      sendPage(req, res, 'budget/home', {
        title: t('budget:title', { year: show.digits(String(asked)) }),
        ...{ year: asked, month, comparison, parts: partsOf(res, comparison) },
        plans: plansOfYear(province.db, centre.id, asked),
        ...{ root: centreRoot(res), mayPrepare: may(actor!, 'plans.prepare', centre) },
        months: Array.from({ length: 12 }, (_, at) => ({
          ...{ value: String(at + 1), text: monthName(at + 1, res.locals.language) },
        })),
        years: [asked - 1, asked, asked + 1].map(String),
      }),
    ...listForms(req, res, {
      ...{
        name: `budget-${centre.code}-${asked}`,
        title: t('budget:title', { year: show.digits(String(asked)) }),
      },
      columns: columnsOf(res),
      page: () => ({ rows: rows(), total: comparison.rows.length }),
      all: rows,
      json: () => ({ ...comparison, plan: comparison.plan && toldPlan(comparison.plan) }),
    }),
  });
});

budgetPages.get(`${PLANS}/new`, allow('plans.prepare'), (req, res) =>
  answer(res, { html: () => sendForm(req, res) }),
);

budgetPages.post(PLANS, allow('plans.prepare'), async (req, res) => {
  if ((req.body as { more?: string } | undefined)?.more === '1') {
    return sendForm(req, res, { values: req.body as object });
  }
  return creating(
    req,
    res,
    { said: 'budget:flash.prepared', again: (refused) => sendForm(req, res, refused) },
    (tx) => {
      const { lines, reason = null, ...form } = readBody(req, planForm);
      const sent = lines?.map(({ amount, words = '', goal: served = null, ...line }) => ({
        ...{ ...line, words, goal: served as Goal | null, amountRial: amount },
      }));
      const { actor, centre } = res.locals;
      const typedLines = sent ?? linesTyped(req);
      const plan = preparePlan(tx, actor!, centre, { ...form, reason, lines: typedLines });
      return { location: addressOf(res, plan.id), body: toldPlan(plan) };
    },
  );
});

budgetPages.get(`${PLANS}/:plan`, allow('plans.read'), (req, res) => {
  const plan = named(req, res);
  return answer(res, {
    html: () => sendPlan(req, res, plan),
    json: () =>
      res.json({ ...toldPlan(plan), lines: linesOfPlan(res.locals.province.db, plan.id) }),
  });
});

budgetPages.post(`${PLANS}/:plan/proposal`, allow('plans.prepare'), (req, res) =>
  change(req, res, 'proposed', (tx, plan) =>
    proposePlan(tx, res.locals.actor!, res.locals.centre, plan.id),
  ),
);

budgetPages.post(`${PLANS}/:plan/return`, allow('plans.approve'), (req, res) =>
  change(req, res, 'returned', (tx, plan) => {
    const { reason } = readBody(req, returnForm);
    return returnPlan(tx, res.locals.actor!, res.locals.centre, { id: plan.id, reason });
  }),
);

budgetPages.post(`${PLANS}/:plan/approval`, allow('plans.approve'), (req, res) =>
  change(req, res, 'approved', (tx, plan) => {
    const { actor, centre } = res.locals;
    const minutes = readBody(req, approvalForm(actor!.today));
    return approvePlan(tx, actor!, centre, { id: plan.id, ...minutes });
  }),
);

type Verb = (tx: Parameters<typeof proposePlan>[0], plan: Plan) => Plan;

function change(req: Request, res: Response, said: string, verb: Verb): Promise<void> {
  const plan = named(req, res);
  const again = (refused: object) => sendPlan(req, res, plan, refused);
  return changing(req, res, { said: `budget:flash.${said}`, again }, (tx) => {
    return { to: addressOf(res, plan.id), body: toldPlan(verb(tx, plan)) };
  });
}

const addressOf = (res: Response, id: number) => `${centreRoot(res)}${PLANS}/${id}`;

const named = (req: Request, res: Response): Plan =>
  findPlan(res.locals.province.db, res.locals.centre.id, idAsked(req, 'plan'));

function yearAsked(req: Request, res: Response): number {
  const digits = typedNumber(String(req.query.year ?? ''));
  return /^1[34]\d{2}$/.test(digits) ? Number(digits) : fiscalYear(res.locals.actor!.today);
}

function monthAsked(req: Request): number | null {
  const month = Number(typedNumber(String(req.query.month ?? '')));
  return Number.isInteger(month) && month >= 1 && month <= 12 ? month : null;
}

/** The lines of a form; a row in which nothing was typed is none. */
function linesTyped(req: Request): PlanLine[] {
  const body = (req.body ?? {}) as Record<string, string | undefined>;
  const fields: FieldFault[] = [];
  const lines: PlanLine[] = [];
  for (let at = 0; at < MOST_ROWS; at += 1) {
    const cell = (name: string) => String(body[`lines.${at}.${name}`] ?? '').trim();
    if (!cell('account') && !cell('amount')) continue;
    const amount = readRial(cell('amount'));
    const words = readLine(cell('words'), { max: 200 });
    if ('fault' in amount) {
      fields.push({ field: `lines.${at}.amount`, key: amount.fault, values: amount.values });
    }
    if ('fault' in words) fields.push({ field: `lines.${at}.words`, key: words.fault });
    const served = GOALS.find((one) => one === cell('goal')) ?? null;
    if ('value' in amount && 'value' in words) {
      const line = { account: cell('account'), fund: cell('fund'), goal: served };
      lines.push({ ...line, words: words.value, amountRial: amount.value });
    }
  }
  if (fields.length > 0) throw new Refusal('common:refusals.check-fields', { status: 422, fields });
  return lines;
}

function sendForm(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, actor, language, t, show } = res.locals;
  const from = Number(req.query.from);
  const before =
    Number.isSafeInteger(from) && from > 0 ? findPlan(province.db, centre.id, from) : null;
  const asked = before?.year ?? yearAsked(req, res);
  const lines = before ? linesOfPlan(province.db, before.id) : [];
  const typedRows = Object.keys((req.body ?? {}) as object).filter((key) =>
    /^lines\.\d+\.account$/.test(key),
  ).length;
  const known = plansOfYear(province.db, centre.id, asked);
  sendPage(req, res, 'budget/form', {
    title: t(known.length > 0 ? 'budget:anew' : 'budget:new', { year: show.digits(String(asked)) }),
    ...{ year: asked, root: centreRoot(res), key: randomUUID(), goals: GOALS },
    rows: Math.min(MOST_ROWS, Math.max(lines.length + 4, typedRows === 0 ? ROWS : typedRows + 6)),
    needsReason: known.some(({ state }) => state === 'approved'),
    accounts: plannable(province.db, centre.id).map((account) => ({
      ...{ value: account.code, text: `${account.code} ${accountName(account, language)}` },
    })),
    funds: fundsOf(province.db, actor!.today).map((fund) => ({
      ...{ value: fund.code, text: fundName(fund, language) },
    })),
    values: Object.fromEntries(
      lines.flatMap((line, at) => [
        [`lines.${at}.account`, line.account],
        [`lines.${at}.fund`, line.fund],
        [`lines.${at}.goal`, line.goal ?? ''],
        [`lines.${at}.words`, line.words],
        [`lines.${at}.amount`, show.rial(line.amountRial)],
      ]),
    ),
    ...refused,
  });
}

function sendPlan(req: Request, res: Response, plan: Plan, refused: object = {}): void {
  const { province, actor, centre, t, show } = res.locals;
  const can = (power: 'plans.prepare' | 'plans.approve') =>
    plan.isNewest && may(actor!, power, centre);
  sendPage(req, res, 'budget/plan', {
    title: t('budget:one', {
      year: show.digits(String(plan.year)),
      version: show.number(plan.version),
    }),
    ...{ plan, root: centreRoot(res), address: addressOf(res, plan.id) },
    lines: inWords(res, linesOfPlan(province.db, plan.id)),
    mayPropose: plan.state === 'prepared' && can('plans.prepare'),
    mayChange: plan.state !== 'proposed' && can('plans.prepare'),
    mayDecide:
      plan.state === 'proposed' && can('plans.approve') && plan.preparedById !== actor!.user!.id,
    ...refused,
  });
}

function toldPlan(plan: Plan) {
  const { id, year: of, version, reason, state, preparedOn, preparedBy, approvedOn } = plan;
  const { minutesNumber, minutesOn, paperId } = plan;
  return {
    ...{ id, year: of, version, reason, state, preparedOn, preparedBy, approvedOn },
    ...{ minutesNumber, minutesOn, paperId },
  };
}

/** Accounts, funds and goals by their names. */
function inWords<T extends { account: string; fund: string; goal: string | null }>(
  { locals: { province, centre, language, t } }: Response,
  lines: T[],
) {
  const funds = fundNames(province.db, language);
  const accounts = new Map(
    plannable(province.db, centre.id).map((one) => [one.code, accountName(one, language)]),
  );
  return lines.map((line) => ({
    ...line,
    accountName: accounts.get(line.account) ?? line.account,
    fundName: funds.get(line.fund) ?? line.fund,
    goalName: line.goal ? t(`bylaw:clauses.${line.goal}.title`) : null,
  }));
}

/** Income, programmes and running costs apart, each with its sums. */
function partsOf(res: Response, { rows }: Comparison) {
  return (['5', '6', '7'] as const).map((group) => {
    const of = inWords(
      res,
      rows.filter(({ account }) => account.startsWith(group)),
    );
    const sum = (key: 'plannedRial' | 'actualRial') => of.reduce((all, row) => all + row[key], 0);
    const [plannedRial, actualRial] = [sum('plannedRial'), sum('actualRial')];
    const part = { 5: 'income', 6: 'programmes', 7: 'running' }[group];
    return { part, rows: of, plannedRial, actualRial };
  });
}

function rowsOf(res: Response, { rows }: Comparison) {
  const isCsv = res.locals.format === 'csv';
  return inWords<Compared>(res, rows).map((row) => ({
    account: isCsv ? row.account : `${row.account} ${row.accountName}`,
    fund: isCsv ? row.fund : row.fundName,
    goal: isCsv ? row.goal : row.goalName,
    ...{ words: row.words, plannedRial: row.plannedRial, actualRial: row.actualRial },
    leftRial: row.plannedRial - row.actualRial,
    share: row.share === null ? null : Math.round(row.share * 100),
  }));
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`budget:columns.${key}`);
  return [
    { key: 'account', title: title('account'), kind: 'text', width: 3 },
    { key: 'fund', title: title('fund'), kind: 'text', width: 3 },
    { key: 'goal', title: title('goal'), kind: 'text', width: 3 },
    { key: 'words', title: title('words'), kind: 'text', width: 3 },
    { key: 'plannedRial', title: title('planned'), kind: 'rial', width: 3 },
    { key: 'actualRial', title: title('actual'), kind: 'rial', width: 3 },
    { key: 'leftRial', title: title('left'), kind: 'rial', width: 3 },
    { key: 'share', title: title('share'), kind: 'count', width: 1 },
  ];
}
