/** A sheet of codes from the committee's system: our number, their code; tried first, then all or none. */
import type { Db } from '../provinces/connection.ts';
import type { SheetCell, SheetRows } from '../sheets/sheet-reading.ts';
import { typedFigures } from '../values/persian-text.ts';
import { holderOfCode, OUR_NUMBER, subjectOfNumber } from './codes.ts';

export type CodeFault = 'number' | 'unknown' | 'code' | 'twice' | 'taken';

export type CodeRow = {
  /** The row of the sheet as people count it, from 1. */
  line: number;
  number: string;
  code: string;
  subject: string | null;
  fault: CodeFault | null;
};

/** Rows of the first two columns that say anything; a head of words is none. */
export function codeRows(db: Db, centreId: number, cells: SheetRows): CodeRow[] {
  const [numberAt, codeAt] = columnsOf(cells);
  const seen = new Map<string, string>();
  return cells.flatMap((row, at) => {
    const [number, code] = [told(row[numberAt]), told(row[codeAt])];
    if (number === '' && code === '') return [];
    // The heads have no figure in either column.
    if (at < HEADS_WITHIN && !/\d/.test(number) && !/\d/.test(code)) return [];
    // A list that was sent out for codes comes back with some rows still without.
    if (code === '') return [];
    return [judged(db, centreId, { line: at + 1, number, code }, seen)];
  });
}

const HEADS_WITHIN = 10;

/** Our number is what a receipt's looks like; their code is named so in the heads, or the last column. */
function columnsOf(cells: SheetRows): [number, number] {
  const sample = cells.find((row) => row.some((cell) => OUR_NUMBER.test(told(cell))));
  const numberAt = Math.max(0, sample?.findIndex((cell) => OUR_NUMBER.test(told(cell))) ?? 0);
  const width = Math.max(...cells.map((row) => row.length), 2);
  const last = width - 1;
  return [numberAt, last === numberAt ? numberAt + 1 : last];
}

function judged(
  db: Db,
  centreId: number,
  { line, number, code }: { line: number; number: string; code: string },
  seen: Map<string, string>,
): CodeRow {
  const subject = subjectOfNumber(db, centreId, number) ?? null;
  const row = { line, number, code, subject };
  if (!OUR_NUMBER.test(number)) return { ...row, fault: 'number' };
  if (subject === null) return { ...row, fault: 'unknown' };
  if (!/^[\p{L}\p{N}./-]{1,40}$/u.test(code)) return { ...row, fault: 'code' };
  if (seen.has(`n ${number}`) || seen.has(`c ${code}`)) return { ...row, fault: 'twice' };
  seen.set(`n ${number}`, code);
  seen.set(`c ${code}`, number);
  const holder = holderOfCode(db, centreId, code);
  const taken = holder !== undefined && holder !== subject;
  return { ...row, fault: taken ? 'taken' : null };
}

const told = (cell: SheetCell | undefined): string => typedFigures(String(cell ?? '')).trim();
