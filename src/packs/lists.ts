/** The two lists of a pack as pages and files tell them: what was received, and what was given. */
import { accountsOf } from '../books/accounts.ts';
import { fundNames } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import type { Language } from '../values/language.ts';
import type { Column, Row, Rows } from '../web/lists.ts';
import { showFor } from '../web/show.ts';
import { type Words, wordsFor } from '../words.ts';
import type { Documented } from './documented.ts';

export const PARTS = ['receipts', 'services'] as const;
export type Part = (typeof PARTS)[number];

/** Gifts are what was received; money and goods that left are what was given. */
export const ofPart = (rows: Documented[], part: Part): Documented[] =>
  rows.filter(({ list }) => (list === 'receipts') === (part === 'receipts'));

export type Told = { db: Db; centreId: number; lang: Language };

/** The rows of a part in the reader's language; a code in none. */
export function listOf(told: Told, part: Part, rows: Documented[], inWords = true): Rows {
  const t = wordsFor(told.lang);
  const of = ofPart(rows, part);
  return {
    title: t(`packs:lists.${part}`),
    columns: columnsOf(part, t),
    all: () => rowsOf(told, part, of, inWords),
    totals: () => ({ amountRial: of.reduce((sum, { amountRial }) => sum + amountRial, 0) }),
  };
}

function columnsOf(part: Part, t: Words): Column[] {
  const title = (key: string) => t(`packs:columns.${key}`);
  const amount: Column[] = [
    { key: 'funds', title: title('funds'), kind: 'text', width: 3 },
    { key: 'amountRial', title: title('amount'), kind: 'rial', width: 3 },
    { key: 'entry', title: title('entry'), kind: 'code', width: 2 },
  ];
  const first: Column[] = [
    { key: 'number', title: title(`number-${part}`), kind: 'code', width: 2.4 },
    { key: 'on', title: title('day'), kind: 'day', width: 2 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 2.6 },
  ];
  const own: Column[] =
    part === 'receipts'
      ? []
      : [
          { key: 'recipient', title: title('recipient'), kind: 'code', width: 1.6 },
          { key: 'accounts', title: title('accounts'), kind: 'text', width: 4 },
        ];
  const code: Column = { key: 'code', title: title('code'), kind: 'code', width: 2 };
  const last: Column = { key: 'state', title: title('state'), kind: 'text', width: 3 };
  return [...first, ...own, code, ...amount, last];
}

function rowsOf(
  { db, centreId, lang }: Told,
  part: Part,
  rows: Documented[],
  inWords: boolean,
): Row[] {
  const t = wordsFor(lang);
  const show = showFor(lang);
  const funds = fundNames(db, lang);
  const accounts = new Map(
    accountsOf(db, centreId).map((one) => [one.code, lang === 'fa' ? one.nameFa : one.nameEn]),
  );
  const listed = (codes: string[], names: Map<string, string>) =>
    codes
      .map((code) => (inWords ? (names.get(code) ?? code) : code))
      .join(inWords ? t('packs:and') : ' ');
  const stateOf = ({ takenBackOn, takesBackOn }: Documented): string => {
    if (takesBackOn)
      return inWords ? t('packs:states.takes-back', { day: show.date(takesBackOn) }) : takesBackOn;
    if (!takenBackOn) return '';
    return inWords ? t('packs:states.taken-back', { day: show.date(takenBackOn) }) : takenBackOn;
  };
  return rows.map((row) => ({
    ...{ number: row.number, on: row.on, kind: inWords ? t(`packs:kinds.${row.kind}`) : row.kind },
    ...(part === 'receipts'
      ? {}
      : {
          recipient: row.recipient === null ? null : String(row.recipient),
          accounts: listed(row.accounts, accounts),
        }),
    code: row.code,
    ...{ funds: listed(row.funds, funds), amountRial: row.amountRial, entry: row.entry },
    state: stateOf(row),
  }));
}
