/** A report in words: its rows for lists and its tables for the paper. */
import { fundNames } from '../funds/funds.ts';
import type { LetterTable } from '../paper/official-letter.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import type { Language } from '../values/language.ts';
import type { Words } from '../words.ts';
import type { Figure } from './section-figures.ts';
import type { Money } from './section-money.ts';
import type { Report } from './section-report.ts';

/** One row: what of which part; a count, an amount, or why the amount is left out. */
export type ReportRow = {
  part: string;
  what: string;
  count: number | null;
  amountRial: number | null;
  note: string | null;
};

const statements = prepared((db) => ({
  accounts: db.$client.prepare('SELECT DISTINCT code, name_fa, name_en FROM accounts'),
}));

type Said = { t: Words; language: Language };

/** Every row of a report, money first. */
export function reportRows(db: Db, { t, language }: Said, report: Report): ReportRow[] {
  const money = report.money ? moneyRows(db, { t, language }, report.money) : [];
  const figures = report.figures.map((figure) => ({
    ...{ part: t(`assemblies:reports.groups.${figure.group}`), what: figureSaid(t, figure) },
    ...{ count: figure.count, amountRial: null, note: null },
  }));
  return [...money, ...figures];
}

export function figureSaid(t: Words, { group, key, field }: Figure): string {
  const name = field ? t(`network:fields.${field}`) : '';
  return t(`assemblies:reports.figures.${group}.${key}`, { field: name });
}

function moneyRows(db: Db, { t, language }: Said, money: Money): ReportRow[] {
  const funds = fundNames(db, language);
  const accounts = accountNames(db, language);
  const say = (key: string) => t(`assemblies:reports.${key}`);
  const row = (part: string, what: string, amountRial: number | null, left: string): ReportRow => ({
    ...{ part: say(part), what, count: null, amountRial },
    note: amountRial === null ? say(left) : null,
  });
  return [
    ...money.income.map(({ fund, amountRial }) =>
      row('income', funds.get(fund) ?? fund, amountRial, 'few'),
    ),
    ...(money.income.length > 0 ? [row('income', say('total'), money.incomeTotal, 'untold')] : []),
    ...money.spending.map(({ fund, account, amountRial }) => {
      const what = t('assemblies:reports.spent-on', {
        ...{ account: accounts.get(account) ?? account, fund: funds.get(fund) ?? fund },
      });
      return row('spending', what, amountRial, 'untold');
    }),
    ...(money.spending.length > 0 || money.spendingTotal === null
      ? [row('spending', say('total'), money.spendingTotal, 'untold')]
      : []),
  ];
}

/** The paper has a table of what came in, one of what went out, and one of all that is counted. */
export function reportTables(db: Db, t: Words, report: Report): LetterTable[] {
  const rows = reportRows(db, { t, language: 'fa' }, report);
  const say = (key: string) => t(`assemblies:reports.${key}`);
  const money = ['income', 'spending'].flatMap((key) => {
    const own = rows.filter(({ part }) => part === say(key));
    return own.length > 0 ? [moneyTable(say, key, own)] : [];
  });
  const counted = rows.filter(({ count }) => count !== null);
  const counts: LetterTable = {
    title: say('counts'),
    columns: [
      { title: say('part'), kind: 'text', width: 3 },
      { title: say('what'), kind: 'text', width: 6 },
      { title: say('count'), kind: 'count', width: 1.6 },
    ],
    rows: counted.map(({ part, what, count }) => [part, what, count]),
  };
  return [...money, counts];
}

function moneyTable(say: (key: string) => string, key: string, own: ReportRow[]): LetterTable {
  return {
    title: say(key),
    columns: [
      { title: say('what'), kind: 'text', width: 6 },
      { title: say('amount'), kind: 'rial', width: 3 },
      { title: say('note'), kind: 'text', width: 4 },
    ],
    rows: own.map(({ what, amountRial, note }) => [what, amountRial, note]),
  };
}

function accountNames(db: Db, language: Language): Map<string, string> {
  const rows = statements(db).accounts.all() as Record<'code' | 'name_fa' | 'name_en', string>[];
  return new Map(rows.map((row) => [row.code, language === 'fa' ? row.name_fa : row.name_en]));
}
