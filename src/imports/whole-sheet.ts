/** What a sheet as a whole is refused for, before any of its rows is looked at. */
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import type { SheetCell, WholeSheet } from '../sheets/sheet-reading.ts';
import { latinDigits } from '../values/persian-text.ts';
import { wordsFor } from '../words.ts';
import { textOf } from './cells.ts';
import { doubledHeads, headsAt, receiptColumn, saysToman } from './columns.ts';
import { type Chosen, type ImportKind, MONEY_FIELDS, MOST, NEEDED, type Said } from './kinds.ts';

const statements = prepared((db) => ({
  ours: db.$client
    .prepare('SELECT 1 FROM receipts WHERE centre_id = ? AND year = ? AND number = ?')
    .pluck(),
}));

type Asked = { what: ImportKind; chosen: Chosen; rows: number };

export function refusalOf(db: Db, centre: Centre, sheet: WholeSheet, asked: Asked): Said | null {
  const { what, chosen, rows } = asked;
  const heads = headsAt(sheet.rows, chosen.head);
  const missing = NEEDED[what].filter((field) => chosen.columns[field] === undefined);
  if (missing.length > 0) return lacking(what, missing);
  const doubled = doubledHeads(sheet.rows, chosen);
  if (doubled.length > 0) return { key: 'imports:sheet.doubled', values: { head: doubled[0]! } };
  const toman = MONEY_FIELDS.map((field) => heads[chosen.columns[field] ?? -1]).find(
    (head) => head !== undefined && saysToman(head),
  );
  if (toman !== undefined && chosen.unit === 'rial') {
    return { key: 'imports:sheet.toman', values: { head: toman } };
  }
  const merged = sheet.merged.find((range) => lastRowOf(range) > chosen.head + 1);
  if (merged) return { key: 'imports:sheet.merged', values: { range: merged } };
  const limit = MOST[what];
  if (rows > limit) return { key: 'imports:sheet.too-many', values: { rows, limit } };
  if (rows === 0) return { key: 'imports:sheet.nothing' };
  return what === 'gifts' ? receipted(db, centre, sheet, chosen) : null;
}

function lacking(what: ImportKind, missing: string[]): Said {
  const t = wordsFor('fa');
  const en = wordsFor('en');
  const named = (words: typeof t) =>
    missing.map((field) => words(`imports:fields.${what}.${field}`)).join('\u060c ');
  return {
    key: 'imports:sheet.lacking',
    values: { fieldsFa: named(t), fieldsEn: named(en).replaceAll('\u060c', ',') },
  };
}

/** The row in which a range ends, from 1. */
const lastRowOf = (range: string): number => Number(/(\d+)$/.exec(range)?.[1] ?? 0);

const NUMBER = /^(1[34]\d{2})-(\d{1,6})$/;
const LOOKED_AT = 50;

/** A list of receipts is no list of gifts to come: ours are here, and another centre's are there. */
function receipted(db: Db, centre: Centre, { rows }: WholeSheet, { head }: Chosen): Said | null {
  const column = receiptColumn(rows, head);
  if (column === undefined) return null;
  const cells = rows.slice(head + 1, head + 1 + LOOKED_AT).map((row) => row[column] ?? null);
  const numbers = cells.flatMap((cell: SheetCell) => {
    const [, year, number] = NUMBER.exec(latinDigits(textOf(cell))) ?? [];
    return year ? [[Number(year), Number(number)] as const] : [];
  });
  if (numbers.length === 0) return null;
  const isOurs = ([year, number]: readonly [number, number]) =>
    statements(db).ours.get(centre.id, year, number) === 1;
  const key = numbers.some(isOurs) ? 'own-receipts' : 'other-receipts';
  const [year, number] = numbers[0]!;
  return { key: `imports:sheet.${key}`, values: { receipt: `${year}-${number}` } };
}
