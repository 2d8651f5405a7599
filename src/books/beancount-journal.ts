/** The journal as plain text that beancount reads: English account names, one sub-account a fund. */
import type { Db } from '../provinces/connection.ts';
import { addDays, formatDay } from '../values/jalali-date.ts';
import { accountsOf } from './accounts.ts';
import { entryNumber } from './entries.ts';
import { type JournalRow, journalRows } from './journal.ts';
import type { Period } from './period.ts';
import { bookedThrough, type Net } from './statement-figures.ts';

export type BeancountAsked = Period & {
  centre: { id: number; code: string; name: string };
  /** Only entries whose description says it; nothing is then said of what stands on the accounts. */
  text?: string;
};

/** Beancount knows five roots; what only reminds, and counts for nothing, is apart in equity. */
const ROOTS: Record<string, string> = {
  ...{ 1: 'Assets', 2: 'Assets', 3: 'Liabilities', 4: 'Equity', 5: 'Income' },
  ...{ 6: 'Expenses', 7: 'Expenses', 8: 'Expenses', 9: 'Equity:Memorandum' },
};

/**
 * The whole text, part by part; it passes `bean-check`. An entry balances within each fund, and at the
 * end every account is asserted to stand where the books have it.
 */
export function* beancountJournal(db: Db, asked: BeancountAsked): Generator<string> {
  const { centre, from, to, text } = asked;
  const names = new Map(accountsOf(db, centre.id).map(({ code, nameEn }) => [code, nameEn]));
  const used = new Set<string>();
  const named = (account: string, fund: string): string => {
    const name = `${ROOTS[account[0]!]}:${account}-${word(names.get(account)!)}:${word(fund)}`;
    used.add(name);
    return name;
  };
  yield headOf(asked);
  if (text === undefined)
    yield openingOf(asked, bookedThrough(db, centre.id, addDays(from, -1)), named);
  for (const rows of journalRows(db, centre.id, { from, to }, text))
    yield transactions(rows, named);
  if (text === undefined) yield assertions(asked, bookedThrough(db, centre.id, to), named);
  // Directives are read in the order of their days; those that open an account come first of a day.
  yield [...used]
    .sort()
    .map((name) => `${from} open ${name} IRR\n`)
    .join('');
}

type Naming = (account: string, fund: string) => string;

function headOf({ centre, from, to }: BeancountAsked): string {
  return [
    `; ${from} .. ${to}`,
    `option "title" ${quoted(`${centre.name} (${centre.code})`)}`,
    'option "operating_currency" "IRR"',
    `${from} commodity IRR`,
    '',
    '',
  ].join('\n');
}

/** What stood on the accounts before: even in each fund, as every entry is. */
function openingOf({ from }: BeancountAsked, nets: Net[], named: Naming): string {
  const standing = nets.filter(({ net }) => net !== 0);
  if (standing.length === 0) return '';
  const postings = standing.map(
    ({ account, fund, net }) => `  ${named(account, fund)}  ${net} IRR\n`,
  );
  return `${from} * "Opening balances" #opening\n${postings.join('')}\n`;
}

function transactions(rows: JournalRow[], named: Naming): string {
  let text = '';
  for (const row of rows) {
    if (row.line === 1) text += transactionHead(row);
    text += `  ${named(row.account, row.fund)}  ${row.debitRial - row.creditRial} IRR\n`;
    if (row.detail) text += `    detail: ${quoted(row.detail)}\n`;
  }
  return text;
}

function transactionHead(row: JournalRow): string {
  const tag = row.yearEnd ? ` #${row.yearEnd}` : '';
  const facts = {
    ...{ entry: entryNumber(row), jalali: formatDay(row.entryOn, 'en', 'date') },
    ...{ receipt: row.receipt, reverses: row.reverses },
  };
  const said = Object.entries(facts).filter(([, value]) => value !== null);
  const metadata = said.map(([key, value]) => `  ${key}: ${quoted(String(value))}\n`);
  return `\n${row.entryOn} * ${quoted(row.description)}${tag}\n${metadata.join('')}`;
}

function assertions({ to }: BeancountAsked, nets: Net[], named: Naming): string {
  const day = addDays(to, 1);
  const lines = nets.map(({ account, fund, net }) => {
    return `${day} balance ${named(account, fund)}  ${net} IRR\n`;
  });
  return `\n${lines.join('')}\n`;
}

/** A part of an account's name: letters, digits and dashes, beginning with a capital or a digit. */
function word(text: string): string {
  const dashed = text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return `${dashed.charAt(0).toUpperCase()}${dashed.slice(1)}`;
}

function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `"${line.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
