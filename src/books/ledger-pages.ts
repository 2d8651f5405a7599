/** The pages of the ledger: the chart with what stands on each account, and one account's lines. */
import { type Request, type Response, Router } from 'express';
import { fundNames } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import { answer } from '../web/formats.ts';
import { type Listing, listForms, pageAsked, ROWS_PER_PAGE, sendSpooled } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { type Account, accountName, accountsOf, findAccount } from './accounts.ts';
import * as asked from './asked.ts';
import { type Moved, movesOf, onSide, sideOf } from './balances.ts';
import { entryNumber } from './entries.ts';
import {
  type LedgerAsked,
  type LedgerPage,
  type LedgerRow,
  ledgerPage,
  ledgerRows,
} from './ledger.ts';
import { ledgerLines, ledgerPdf } from './ledger-pdf.ts';
import type { Period } from './period.ts';
import { sealingOf } from './sealing.ts';
import { accountMoves } from './statement-figures.ts';
import { gathered } from './trial-balance.ts';

export const ledgerPages = Router({ mergeParams: true });

ledgerPages.get('/books/ledger', allow('books.read'), async (req, res) => {
  const { t } = res.locals;
  const period = asked.periodOf(req, res);
  const fund = asked.fundAsked(req, res);
  const rows = chartRows(res, period, fund);
  await answer(res, {
    html: () =>
      sendPage(req, res, 'books/chart', {
        styles: asked.STYLES,
        title: t('common:sections.ledgers'),
        filters: [...asked.dayFilters(res, period), asked.fundFilter(res)],
        period,
        rows,
        root: centreRoot(res),
      }),
    ...listForms(req, res, chartListing(res, rows, period)),
  });
});

ledgerPages.get('/books/ledger/:account', allow('books.read'), async (req, res) => {
  const ledger = ledgerAsked(req, res);
  await answer(res, {
    ...listForms(req, res, listingOf(req, res, ledger)),
    html: () => sendLedger(req, res, ledger, pageOf(req, res, ledger)),
    pdf: () => sendPdf(res, ledger),
  });
});

type ChartRow = Account & { name: string; opening: number; debit: number; credit: number } & {
  balance: number;
};

/** Every account of the chart, with what moved on it and what stands there. */
function chartRows(res: Response, period: Period, fund: string | undefined): ChartRow[] {
  const { province, centre, language } = res.locals;
  const moves = accountMoves(province.db, centre.id, period, fund);
  const levels = [1, 2, 4].map((digits) => gathered(moves, digits));
  const sums = new Map<string, Moved>(levels.flatMap((level) => [...level]));
  return accountsOf(province.db, centre.id).map((account) => {
    const moved = sums.get(account.code);
    const opening = moved ? moved.opening.debit - moved.opening.credit : 0;
    const { debit, credit } = moved?.turnover ?? { debit: 0, credit: 0 };
    const name = accountName(account, language);
    return { ...account, name, opening, debit, credit, balance: opening + debit - credit };
  });
}

function chartListing(res: Response, rows: ChartRow[], period: Period): Listing {
  const { centre, t } = res.locals;
  const column = (key: string) => ({ key, title: t(`books:columns.${key}`) });
  const told = rows.map(({ code, level, name, nature, opening, debit, credit, balance }) => ({
    ...{ code, level, name, nature, opening, debit, credit, balance },
  }));
  return {
    name: `ledger-${centre.code}`,
    title: t('common:sections.ledgers'),
    columns: [
      { ...column('code'), kind: 'code', width: 1 },
      { ...column('name'), kind: 'text', width: 5 },
      { ...column('opening'), kind: 'rial', width: 3 },
      { ...column('debit'), kind: 'rial', width: 3 },
      { ...column('credit'), kind: 'rial', width: 3 },
      { ...column('balance'), kind: 'rial', width: 3 },
    ],
    page: () => ({ rows: told, total: told.length }),
    all: () => told,
    json: () => ({ ...period, accounts: told }),
  };
}

type Ledger = LedgerAsked & { name: string };

/** The account of the address: general or subsidiary; a group has too much for one ledger. */
function ledgerAsked(req: Request, res: Response): Ledger {
  const { province, centre, language } = res.locals;
  const code = String(req.params.account);
  const account = findAccount(province.db, centre.id, code);
  if (!account || account.level === 'group') throw new NotFound();
  const subsidiaries = accountsOf(province.db, centre.id)
    .filter((one) => one.level === 'subsidiary' && one.code.startsWith(code))
    .map((one) => one.code);
  const period = asked.periodOf(req, res);
  const fund = asked.fundAsked(req, res);
  return { ...period, account, subsidiaries, fund, name: accountName(account, language) };
}

function pageOf(req: Request, res: Response, ledger: Ledger): LedgerPage {
  const { province, centre } = res.locals;
  const order = asked.orderAsked(req);
  const place = { page: pageAsked(req), perPage: ROWS_PER_PAGE, order };
  return ledgerPage(province.db, centre.id, { ...ledger, ...place });
}

function sendLedger(req: Request, res: Response, ledger: Ledger, found: LedgerPage): void {
  const { province, centre, language, t, show } = res.locals;
  const { account, name, from, to } = ledger;
  const root = centreRoot(res);
  const general = findAccount(province.db, centre.id, account.code.slice(0, 2));
  const kind = account.level === 'general' ? 'general' : 'subsidiary';
  const days = { from: show.day(from), to: show.day(to) };
  sendPage(req, res, 'books/ledger', {
    styles: asked.STYLES,
    ...found,
    title: t(`books:ledger.${kind}`, { code: show.digits(account.code), name }),
    lead: t('books:ledger.lead', days),
    filters: [...asked.dayFilters(res, ledger), asked.fundFilter(res)],
    order: asked.orderAsked(req),
    at: pageAsked(req),
    of: Math.max(1, Math.ceil(found.total / ROWS_PER_PAGE)),
    kind,
    funds: fundNames(province.db, language),
    general: kind === 'subsidiary' && general ? accountName(general, language) : null,
    generalCode: account.code.slice(0, 2),
    subsidiaries: kind === 'general' ? subsidiariesOf(res, ledger) : [],
    numberOf: (row: LedgerRow) => entryNumber(row),
    said: (text: string) => asked.inLine(res, text),
    sealing: sealingOf(res, bookOf(ledger), ledger),
    root,
  });
}

/** The account as a book to be sealed. */
const bookOf = ({ account, name }: Ledger) => ({
  ...{ book: 'ledger' as const, account: { code: account.code, name } },
  ...{ columns: null, level: null },
});

function subsidiariesOf(res: Response, { subsidiaries }: Ledger) {
  const { province, centre, language } = res.locals;
  return accountsOf(province.db, centre.id)
    .filter(({ code }) => subsidiaries.includes(code))
    .map((account) => ({ code: account.code, name: accountName(account, language) }));
}

function listingOf(req: Request, res: Response, ledger: Ledger): Listing {
  const { centre, t } = res.locals;
  const { account, name } = ledger;
  const column = (key: string) => ({ key, title: t(`books:columns.${key}`) });
  return {
    name: `ledger-${centre.code}-${account.code}`,
    title: `${account.code} ${name}`,
    columns: [
      { ...column('entry'), kind: 'code' },
      { ...column('day'), kind: 'day' },
      { ...column('account'), kind: 'code' },
      { ...column('fund'), kind: 'code' },
      { ...column('description'), kind: 'text', width: 6 },
      { ...column('detail'), kind: 'text', width: 4 },
      { ...column('debit'), kind: 'rial', width: 3 },
      { ...column('credit'), kind: 'rial', width: 3 },
      { ...column('side'), kind: 'text', width: 1 },
      { ...column('balance'), kind: 'rial', width: 3 },
    ],
    page: () => ({ rows: [], total: 0 }),
    all: (db) => fileRows(res, db, ledger),
    json: () => told(req, res, ledger),
  };
}

function* fileRows(res: Response, db: Db, ledger: Ledger) {
  const { centre, t } = res.locals;
  for (const rows of ledgerRows(db, centre.id, ledger)) {
    for (const row of rows) {
      yield {
        ...{ entry: entryNumber(row), day: row.entryOn, account: row.account, fund: row.fund },
        ...{ description: row.description, detail: row.detail },
        ...{ debit: row.debitRial, credit: row.creditRial },
        ...{ side: t(`books:side.${sideOf(row.balance)}`), balance: Math.abs(row.balance) },
      };
    }
  }
}

function told(req: Request, res: Response, ledger: Ledger): object {
  const { account, name, from, to, fund } = ledger;
  const { opening, turnover, closing, rows, total } = pageOf(req, res, ledger);
  const { code, level, nature } = account;
  return {
    ...{ account: { code, name, level, nature }, from, to, fund: fund ?? null },
    ...{ opening, turnover, closing },
    rows: rows.map((row) => ({
      ...{ entry: entryNumber(row), on: row.entryOn, description: row.description },
      ...{ account: row.account, fund: row.fund, detail: row.detail },
      ...{ debit: row.debitRial, credit: row.creditRial, balance: row.balance },
    })),
    page: pageAsked(req),
    pages: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    total,
  };
}

async function sendPdf(res: Response, ledger: Ledger): Promise<void> {
  const { centre } = res.locals;
  const { account, name, fund } = ledger;
  asked.namedAs(res, `ledger-${centre.code}-${account.code}.pdf`, 'pdf');
  await sendSpooled(res, async (db, out) => {
    const moves = movesOf(db, centre.id, ledger, fund);
    const mine = ledger.subsidiaries.map((code) => moves.get(code)?.opening);
    const net = mine.reduce((sum, one) => sum + (one ? one.debit - one.credit : 0), 0);
    const head = {
      ...asked.bookHead(res, db, ledger),
      kind: account.level === 'general' ? ('ledger' as const) : ('subsidiary' as const),
      account: { code: account.code, name },
      opening: onSide(net),
    };
    await ledgerPdf(head, ledgerLines(ledgerRows(db, centre.id, ledger)), out);
  });
}
