/** The template of each kind: heads, an example, and beside them what may be written in a column. */
import type { Writable } from 'node:stream';
import { accountsOf } from '../books/accounts.ts';
import { mayOpenWith } from '../books/opening.ts';
import { STORE_NAMES } from '../donations/gift-fields.ts';
import { CONDITIONS, DONATION_KINDS, UNITS } from '../donations/schema.ts';
import { fundName, fundsOf } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import type { Language } from '../values/language.ts';
import { letters, type Sheet, sheetName, writeWorkbook } from '../web/xlsx.ts';
import type { Words } from '../words.ts';
import { exampleOf } from './example.ts';
import { CODE_FIELDS, FIELDS, type ImportKind } from './kinds.ts';

type Asked = { what: ImportKind; centreId: number; language: Language; t: Words };

export function headsOf({ what, t }: Asked): string[] {
  return FIELDS[what].map((field) => t(`imports:fields.${what}.${field}`));
}

export async function writeTemplate(db: Db, asked: Asked, out: Writable): Promise<void> {
  const { what, language, t } = asked;
  const lists = allowed(db, asked);
  const name = t('imports:template.values');
  const fields = FIELDS[what];
  const values: Sheet = {
    ...{ name, rightToLeft: language === 'fa', heads: lists.map(({ title }) => title) },
    widths: lists.map(() => 28),
    rows: columnsAsRows(lists.map((list) => list.values)),
    texts: lists.map((_, at) => at),
  };
  const rows: Sheet = {
    ...{ name: t(`imports:kinds.${what}`), rightToLeft: language === 'fa' },
    heads: headsOf(asked),
    widths: fields.map((field) => (WIDE.has(field) ? 28 : 18)),
    rows: [exampleOf(what, language).map((cell) => (/^\d+0{4}$/.test(cell) ? Number(cell) : cell))],
    texts: fields.flatMap((field, at) => (CODE_FIELDS.includes(field) ? [at] : [])),
    choices: lists.flatMap(({ field, values: all }, at) => {
      const cells = `'${sheetName(name)}'!$${letters(at)}$2:$${letters(at)}$${all.length + 1}`;
      const columns = fields.flatMap((one, column) => (one === field ? [column] : []));
      return columns.map((column) => ({ column, cells }));
    }),
  };
  await writeWorkbook([rows, values], out);
}

const WIDE = new Set([
  'name',
  'donorName',
  'purpose',
  'fund',
  'item',
  'service',
  'account',
  'detail',
]);

type List = { field: string; title: string; values: string[] };

/** What may be chosen, column by column, as the reader calls it. */
export function allowed(db: Db, { what, centreId, language, t }: Asked): List[] {
  const named = (field: string, codes: readonly string[], path: string): List => ({
    ...{ field, title: t(`imports:fields.${what}.${field}`) },
    values: codes.map((code) => t(`${path}.${code}`)),
  });
  const funds = (taking: boolean): List => ({
    ...{ field: 'fund', title: t(`imports:fields.${what}.fund`) },
    values: fundsOf(db)
      .filter(({ takesGifts, code }) => (taking ? takesGifts : code !== 'unidentified'))
      .map((fund) => fundName(fund, language)),
  });
  const unnamed = { field: 'unnamed', title: t(`imports:fields.gifts.unnamed`) };
  const yesNo: List = { ...unnamed, values: [t('imports:yes'), t('imports:no')] };
  if (what === 'donors') return [yesNo];
  if (what === 'opening') {
    const accounts = accountsOf(db, centreId)
      .filter(({ code, level }) => level === 'subsidiary' && mayOpenWith(code))
      .filter(({ code }) => !code.startsWith('13'))
      .map(({ code, nameFa, nameEn }) => `${code} ${language === 'fa' ? nameFa : nameEn}`);
    return [
      { field: 'account', title: t('imports:fields.opening.account'), values: accounts },
      funds(false),
    ];
  }
  return [
    funds(true),
    named('kind', DONATION_KINDS, 'donations:kinds'),
    named('unit', UNITS, 'donations:units'),
    named('condition', CONDITIONS, 'donations:conditions'),
    named('store', STORE_NAMES, 'donations:stores'),
    yesNo,
  ];
}

function columnsAsRows(columns: string[][]): (string | null)[][] {
  const length = Math.max(0, ...columns.map((column) => column.length));
  return Array.from({ length }, (_, at) => columns.map((column) => column[at] ?? null));
}
