/** The page of the trial balance, in two, four, six or eight columns. */
import { type Request, type Response, Router } from 'express';
import type { Db } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { answer } from '../web/formats.ts';
import { type Column, type Listing, listForms, type Row, sendSpooled } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { accountName } from './accounts.ts';
import * as asked from './asked.ts';
import { sealingOf } from './sealing.ts';
import {
  COLUMNS,
  type Columns,
  PARTS,
  type TrialBalance,
  type TrialBalanceRow,
  trialBalance,
} from './trial-balance.ts';
import { balanceLines, trialBalancePdf } from './trial-balance-pdf.ts';

export const trialBalancePages = Router({ mergeParams: true });

type Asked = { balance: TrialBalance; columns: Columns; level: 'general' | 'subsidiary' };

trialBalancePages.get('/books/trial-balance', allow('books.read'), async (req, res) => {
  const { province, centre } = res.locals;
  const level = choiceAsked(req, 'level', ['subsidiary', 'general'] as const);
  const columns = Number(choiceAsked(req, 'columns', ['4', '2', '6', '8'] as const)) as Columns;
  const fund = asked.fundAsked(req, res);
  const period = asked.periodOf(req, res);
  const balanceIn = (db: Db) => trialBalance(db, centre.id, { ...period, level, fund });
  const found = { balance: balanceIn(province.db), columns, level };
  await answer(res, {
    ...listForms(req, res, listingOf(res, found)),
    html: () => sendBalance(req, res, found),
    pdf: () => sendPdf(res, columns, balanceIn),
  });
});

/** One of the choices of the query, the first unless another is asked for. */
function choiceAsked<T extends string>(req: Request, field: string, choices: readonly T[]): T {
  const typed = asked.textAsked(req, field);
  if (typed === '') return choices[0]!;
  const choice = choices.find((one) => one === typed);
  if (choice) return choice;
  throw new Refusal('common:refusals.unknown-choice', { status: 422, field });
}

function sendBalance(req: Request, res: Response, { balance, columns, level }: Asked): void {
  const { t, show } = res.locals;
  const option = (value: string | number, text: string) => ({ value: String(value), text });
  sendPage(req, res, 'books/trial-balance', {
    styles: asked.STYLES,
    title: t('books:trial-balance.title'),
    lead: t('books:trial-balance.lead', {
      from: show.day(balance.from),
      to: show.day(balance.to),
    }),
    filters: [
      ...asked.dayFilters(res, balance),
      {
        ...{ name: 'columns', label: t('books:trial-balance.columns'), kind: 'choice', value: '4' },
        options: COLUMNS.map((many) =>
          option(many, t('books:trial-balance.in-columns', { many: show.number(many) })),
        ),
      },
      {
        ...{ name: 'level', label: t('books:trial-balance.level'), kind: 'choice' },
        value: 'subsidiary',
        options: (['subsidiary', 'general'] as const).map((one) =>
          option(one, t(`books:levels.${one}`)),
        ),
      },
      asked.fundFilter(res),
    ],
    parts: PARTS[columns],
    columns,
    level,
    rows: balance.rows.map((row) => ({ ...row, name: nameOf(res, row) })),
    totals: balance.totals,
    sealing: sealingOf(res, { book: 'trial-balance', account: null, columns, level }, balance),
    isClosed: isClosed(balance),
    hasOpening: balance.totals.opening.debit + balance.totals.opening.credit > 0,
    root: centreRoot(res),
  });
}

/** Whether a year that was closed ends in these days, so that the last columns differ. */
function isClosed({ rows }: TrialBalance): boolean {
  return rows.some(({ balance, closing }) => {
    return balance.debit !== closing.debit || balance.credit !== closing.credit;
  });
}

function nameOf(res: Response, { account }: TrialBalanceRow): string {
  return accountName(account, res.locals.language);
}

function listingOf(res: Response, { balance, columns }: Asked): Listing {
  const { centre, t } = res.locals;
  const parts = PARTS[columns];
  const sides = ['debit', 'credit'] as const;
  const key = (part: string, side: string) => (part === 'turnover' ? side : `${part}-${side}`);
  const row = (told: (part: (typeof parts)[number], side: 'debit' | 'credit') => number) =>
    Object.fromEntries(
      parts.flatMap((part) => sides.map((side) => [key(part, side), told(part, side)] as const)),
    );
  const rows: Row[] = balance.rows.map((one) => ({
    ...{ code: one.account.code, name: nameOf(res, one) },
    ...row((part, side) => one[part][side]),
  }));
  const money: Column[] = parts.flatMap((part) =>
    sides.map((side) => ({
      ...{ key: key(part, side), kind: 'rial', width: 3 },
      title: t(`books:trial-balance.${part}-${side}`),
    })),
  );
  return {
    name: `trial-balance-${centre.code}-${balance.from}-${balance.to}`,
    title: t('books:trial-balance.title'),
    columns: [
      { key: 'code', title: t('books:columns.code'), kind: 'code', width: 1 },
      { key: 'name', title: t('books:columns.name'), kind: 'text', width: 5 },
      ...money,
    ],
    page: () => ({ rows, total: rows.length }),
    all: () => rows,
    totals: () => row((part, side) => balance.totals[part][side]),
    json: () => told(res, balance),
  };
}

/** Debit and credit are what moved in the period, the balance is what stands at its end. */
function told(res: Response, { from, to, rows, totals }: TrialBalance): object {
  return {
    ...{ from, to },
    accounts: rows.map((row) => ({
      ...{ code: row.account.code, name: nameOf(res, row) },
      ...{ debit: row.turnover.debit, credit: row.turnover.credit, balance: row.net },
      opening: row.opening.debit - row.opening.credit,
      afterClosing: row.closing.debit - row.closing.credit,
    })),
    totals: totals.turnover,
  };
}

/** The paper's rows, its last entry and its hash are all of one moment. */
async function sendPdf(
  res: Response,
  columns: Columns,
  balanceIn: (db: Db) => TrialBalance,
): Promise<void> {
  asked.namedAs(res, `trial-balance-${res.locals.centre.code}.pdf`, 'pdf');
  await sendSpooled(res, async (db, out) => {
    const balance = balanceIn(db);
    const head = { ...asked.bookHead(res, db, balance), columns };
    const lines = balanceLines(balance, (account) => accountName(account, res.locals.language));
    await trialBalancePdf(head, lines, out);
  });
}
