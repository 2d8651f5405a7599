/** The statement of a centre's funds, and of one fund with its accounts. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { accountName, accountsOf } from '../books/accounts.ts';
import { dayFilters, periodOf, STYLES } from '../books/asked.ts';
import type { Period } from '../books/period.ts';
import type { Db } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import { answer } from '../web/formats.ts';
import { type Column, type Listing, listForms } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, provinceRoot } from '../web/written.ts';
import { type Fund, findFund, fundName } from './funds.ts';
import { permissionsOf } from './permissions.ts';
import { fundShown } from './shown.ts';
import { accountsOfFund, type FundStatement, fundStatements } from './statement.ts';
import { fundWarnings } from './warnings.ts';

export const statementPages = Router({ mergeParams: true });

const SUMS = ['opening', 'in', 'out', 'closing'] as const;
const PLACES = ['cash', 'bank', 'underway', 'goods', 'other'] as const;
const COLUMNS = [...SUMS, ...PLACES] as const;

statementPages.get('/funds', allow('fund-statements.read'), async (req, res) => {
  const { province, centre } = res.locals;
  const period = periodOf(req, res);
  const all = fundStatements(province.db, centre.id, period);
  await answer(res, {
    html: () => sendStatement(req, res, period, all),
    ...listForms(req, res, listingOf(res, period, all)),
  });
});

/** One fund: its accounts over the period, its rules, its leaves. Its address is the last asked for. */
statementPages.get('/funds/:fund', allow('fund-statements.read'), async (req, res) => {
  const { province, centre, actor } = res.locals;
  const fund = findFund(province.db, String(req.params.fund), actor!.today);
  if (!fund) throw new NotFound();
  const period = periodOf(req, res);
  await answer(res, {
    html: () => sendFund(req, res, fund, period),
    ...listForms(req, res, fundListing(res, fund, period)),
    json: () =>
      res.json({
        ...{ ...fundShown(res, fund), from: period.from, to: period.to },
        accounts: accountRows(res, province.db, fund, period),
        permissions: permissionsOf(province.db, centre.id).filter((one) => one.fund === fund.code),
      }),
  });
});

function sendStatement(req: Request, res: Response, period: Period, all: FundStatement[]): void {
  const { province, centre, actor, t, show, language } = res.locals;
  sendPage(req, res, 'funds/statement', {
    styles: STYLES,
    title: t('funds:statement.title'),
    lead: t('funds:statement.lead', { from: show.day(period.from), to: show.day(period.to) }),
    filters: dayFilters(res, period),
    root: centreRoot(res),
    ...{ sums: SUMS, places: PLACES.filter((place) => all.some((one) => one[place] !== 0)) },
    rows: all.map((one) => ({ ...one, name: fundName(one.fund, language), code: one.fund.code })),
    totals: totalsOf(all),
    warnings: fundWarnings(province.db, centre.id, actor!.today).map((one) => ({
      ...{ ...one, name: fundName(one.fund, language) },
    })),
    mayChange: may(actor!, 'intentions.change', centre),
  });
}

function sendFund(req: Request, res: Response, fund: Fund, period: Period): void {
  const { province, centre, actor, t, show, language } = res.locals;
  const leaves = permissionsOf(province.db, centre.id).filter((one) => one.fund === fund.code);
  sendPage(req, res, 'funds/centre-fund', {
    styles: STYLES,
    title: t('funds:statement.of', { name: fundName(fund, language) }),
    lead: t('funds:statement.lead', { from: show.day(period.from), to: show.day(period.to) }),
    filters: dayFilters(res, period),
    ...{ root: centreRoot(res), ofProvince: provinceRoot(res), fund: fundShown(res, fund), period },
    rows: accountRows(res, province.db, fund, period),
    leaves: leaves.filter(({ endedOn, toOn }) => endedOn === null && toOn >= actor!.today),
  });
}

function accountRows(res: Response, db: Db, fund: Fund, period: Period) {
  const { centre, language } = res.locals;
  const names = new Map(accountsOf(db, centre.id).map((one) => [one.code, one]));
  return accountsOfFund(db, centre.id, { ...period, fund: fund.code }).map((row) => {
    const account = names.get(row.account);
    return { ...row, name: account ? accountName(account, language) : row.account };
  });
}

function fundListing(res: Response, fund: Fund, period: Period): Listing {
  const { province, centre, t, language } = res.locals;
  const say = (key: string) => t(`funds:statement.${key}`);
  const columns: Column[] = [
    { key: 'account', title: t('books:columns.code'), kind: 'code', width: 1 },
    { key: 'name', title: t('books:columns.name'), kind: 'text', width: 4 },
    { key: 'opening', title: say('opening'), kind: 'rial', width: 3 },
    { key: 'debit', title: t('common:table.debit'), kind: 'rial', width: 3 },
    { key: 'credit', title: t('common:table.credit'), kind: 'rial', width: 3 },
    { key: 'closing', title: say('closing'), kind: 'rial', width: 3 },
  ];
  const rows = () => accountRows(res, province.db, fund, period);
  return {
    name: `fund-${centre.code}-${fund.code}-${period.from}-${period.to}`,
    title: `${t('funds:statement.of', { name: fundName(fund, language) })}${t('funds:comma')}${daysSaid(res, period)}`,
    columns,
    page: () => ({ rows: rows(), total: rows().length }),
    all: (db) => accountRows(res, db, fund, period),
  };
}

function listingOf(res: Response, period: Period, shown: FundStatement[]): Listing {
  const { centre, t, language } = res.locals;
  const rowsOf = (all: FundStatement[]) =>
    all.map(({ fund, ...sums }) => ({
      ...{ code: fund.code, name: fundName(fund, language), ...sums },
    }));
  return {
    name: `funds-${centre.code}-${period.from}-${period.to}`,
    title: `${t('funds:statement.title')}${t('funds:comma')}${daysSaid(res, period)}`,
    columns: [
      { key: 'code', title: t('funds:columns.code'), kind: 'code', width: 2.6 },
      { key: 'name', title: t('funds:columns.name'), kind: 'text', width: 3 },
      ...COLUMNS.map(
        (key): Column => ({ key, title: t(`funds:statement.${key}`), kind: 'rial', width: 2 }),
      ),
    ],
    page: () => ({ rows: rowsOf(shown), total: shown.length }),
    all: (db) => rowsOf(fundStatements(db, centre.id, period)),
    totals: (from) => totalsOf(fundStatements(from, centre.id, period)),
    json: () => ({
      ...{ from: period.from, to: period.to, funds: rowsOf(shown) },
      totals: totalsOf(shown),
    }),
  };
}

const daysSaid = ({ locals: { t, show } }: Response, { from, to }: Period) =>
  t('funds:statement.lead', { from: show.day(from), to: show.day(to) });

function totalsOf(all: FundStatement[]): Record<(typeof COLUMNS)[number], number> {
  const sum = (key: (typeof COLUMNS)[number]) => all.reduce((total, one) => total + one[key], 0);
  return Object.fromEntries(COLUMNS.map((key) => [key, sum(key)])) as ReturnType<typeof totalsOf>;
}
