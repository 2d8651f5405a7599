/** The journal as plain text that hledger reads: declared accounts, one transaction for each entry. */
import type { Db } from '../provinces/connection.ts';
import { formatDay } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import { wordsFor } from '../words.ts';
import { type Account, accountName, accountsOf } from './accounts.ts';
import { movesOf } from './balances.ts';
import { entryNumber } from './entries.ts';
import { type JournalRow, journalRows } from './journal.ts';
import type { Period } from './period.ts';

export type HledgerAsked = Period & {
  centre: { id: number; code: string; name: string };
  language: Language;
  /** Only entries whose description says it; the balances then are of these entries alone. */
  text?: string;
};

/** What each group of accounts is to hledger; memorandum accounts are nothing to it. */
const TYPES: Record<string, string> = {
  ...{ 1: 'A', 2: 'A', 3: 'L', 4: 'E', 5: 'R', 6: 'X', 7: 'X', 8: 'X' },
};

/** The whole text, part by part; it passes `hledger check --strict`. */
export function* hledgerJournal(db: Db, asked: HledgerAsked): Generator<string> {
  const { centre, from, to, language } = asked;
  const subsidiaries = accountsOf(db, centre.id).filter(({ level }) => level === 'subsidiary');
  const names = new Map(
    subsidiaries.map((account) => [account.code, hledgerName(account, language)]),
  );
  yield headOf(asked, subsidiaries);
  if (asked.text === undefined) yield openingOf(db, asked, names);
  for (const rows of journalRows(db, centre.id, { from, to }, asked.text)) {
    yield transactionsOf(rows, centre.code, names);
  }
}

function headOf({ centre, from, to, language }: HledgerAsked, accounts: Account[]): string {
  const t = wordsFor(language);
  const period = { from: formatDay(from, language, 'date'), to: formatDay(to, language, 'date') };
  const declared = accounts.map((account) => {
    const type = TYPES[account.code[0]!];
    return `account ${hledgerName(account, language)}${type ? `  ; type: ${type}` : ''}`;
  });
  return [
    `; ${t('books:hledger.title', { name: plain(centre.name), code: centre.code })}`,
    `; ${t('books:hledger.period', period)}`,
    `; ${from} .. ${to}`,
    '',
    'commodity 1000. IRR',
    ...TAGS.map((tag) => `tag ${tag}`),
    ...declared,
    '',
    '',
  ].join('\n');
}

const TAGS = ['type', 'jalali', 'center', 'entry', 'reverses', 'yearend', 'fund', 'detail'];

/** What was on the accounts before the period, so that balances are those of the books. */
function openingOf(db: Db, asked: HledgerAsked, names: Map<string, string>): string {
  const { centre, from, to, language } = asked;
  const postings = [...movesOf(db, centre.id, { from, to })]
    .map(([code, { opening }]) => ({ code, net: opening.debit - opening.credit }))
    .filter(({ net }) => net !== 0)
    .map(({ code, net }) => `    ${names.get(code)}  ${net} IRR\n`);
  if (postings.length === 0) return '';
  const title = wordsFor(language)('books:hledger.opening');
  const head = `${from} * ${title}  ; jalali: ${jalali(from)}, center: ${centre.code}\n`;
  return `${head}${postings.join('')}\n`;
}

function transactionsOf(rows: JournalRow[], centre: string, names: Map<string, string>): string {
  let text = '';
  rows.forEach((row, at) => {
    if (row.line === 1) text += `${at > 0 ? '\n' : ''}${transactionHead(row, centre)}`;
    const detail = row.detail ? `, detail: ${plain(row.detail)}` : '';
    const amount = row.debitRial - row.creditRial;
    text += `    ${names.get(row.account)}  ${amount} IRR  ; fund: ${row.fund}${detail}\n`;
  });
  return `${text}\n`;
}

/** The code is the receipt's number where there is one, else the entry's. */
function transactionHead(row: JournalRow, centre: string): string {
  const number = entryNumber(row);
  const tags = [`jalali: ${jalali(row.entryOn)}`, `center: ${centre}`, `entry: ${number}`];
  if (row.reverses) tags.push(`reverses: ${row.reverses}`);
  // `not:tag:yearend=closing` leaves out what empties the accounts of a closed year.
  if (row.yearEnd) tags.push(`yearend: ${row.yearEnd}`);
  const code = row.receipt ?? number;
  return `${row.entryOn} * (${code}) ${plain(row.description)}  ; ${tags.join(', ')}\n`;
}

export function hledgerName(account: Account, language: Language): string {
  return `${account.code} ${plain(accountName(account, language))}`;
}

function jalali(day: string): string {
  return formatDay(day, 'en', 'date');
}

/** Text without what hledger would take for a comment, a tag, a payee or the end of a name. */
function plain(text: string): string {
  return text
    .replaceAll(/[;|:,]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
