/** Finding a donor by three letters of the name, by mobile or by national ID. */
import { type Db, prepared } from '../provinces/connection.ts';
import { searchText, searchWords } from '../values/persian-text.ts';
import { typedNumber } from '../values/typed-number.ts';
import { donorIdsOf } from './donors.ts';

/** Beyond these a search is to be written more closely. */
const FOUND = 12;
const LEAST = 3;
/** So many of those that may fit are looked at; a name of three letters fits a tenth of a city. */
const TRIED = 1000;

// Whoever asks not to be named is found by a whole number only: a name that finds him would name him.
const statements = prepared((db) => ({
  byName: db.$client
    .prepare(
      `SELECT id FROM donors WHERE centre_id = ? AND name_search >= ? AND name_search < ?
         AND may_be_named = 1 ORDER BY name_search, id LIMIT ?`,
    )
    .pluck(),
  byMobile: db.$client
    .prepare(
      `SELECT id FROM donors WHERE centre_id = ? AND mobile >= ? AND mobile < ?
         AND (may_be_named = 1 OR length(?) = 11) ORDER BY mobile, id LIMIT ?`,
    )
    .pluck(),
  byNationalId: db.$client
    .prepare(
      `SELECT id FROM donors WHERE centre_id = ? AND national_id >= ? AND national_id < ?
         AND (may_be_named = 1 OR length(?) = 10) ORDER BY national_id LIMIT ?`,
    )
    .pluck(),
  within: db.$client
    .prepare(
      `SELECT d.id, d.name_search, coalesce(d.national_id, ''), coalesce(d.mobile, '')
       FROM (SELECT rowid FROM donor_search
         WHERE donor_search MATCH @match AND rowid BETWEEN @first AND @last LIMIT @tried) s
       CROSS JOIN donors d ON d.id = s.rowid WHERE d.may_be_named = 1`,
    )
    .raw(),
}));

/**
 * Ids of the donors of a centre that a typed text finds, the likeliest first.
 *
 * The beginning of the whole name goes through the index; only where that finds too few are the
 * words looked for inside names.
 */
export function searchDonors(db: Db, centreId: number, typed: string, many = FOUND): number[] {
  const digits = typedNumber(typed);
  if (/^\d+$/.test(digits)) return searchNumbers(db, centreId, digits, many);
  const name = searchText(typed);
  if ([...name].length < LEAST) return [];
  const first = statements(db).byName.all(centreId, name, after(name), many) as number[];
  if (first.length >= many) return first;
  return together(first, inside(db, centreId, 'name_search', searchWords(typed), many), many);
}

/** Whether a text is digits that are no whole mobile number and no whole national ID. */
export function isPartOfNumber(typed: string): boolean {
  const digits = typedNumber(typed);
  return /^\d+$/.test(digits) && digits.length !== 10 && digits.length !== 11;
}

function searchNumbers(db: Db, centreId: number, digits: string, many: number): number[] {
  if (digits.length < LEAST) return [];
  const range = [centreId, digits, after(digits), digits, many];
  const mobiles = statements(db).byMobile.all(...range) as number[];
  const nationalIds = statements(db).byNationalId.all(...range) as number[];
  const first = together(mobiles, nationalIds, many);
  if (first.length >= many) return first;
  return together(first, inside(db, centreId, '{national_id mobile}', [digits], many), many);
}

/**
 * Donors in whose columns all of the words stand, wherever in them. Of each word three letters are
 * looked up and the whole is compared after, for long words are no rarer and take much longer.
 */
function inside(
  db: Db,
  centreId: number,
  columns: string,
  words: string[],
  many: number,
): number[] {
  const sought = words.filter((word) => [...word].length >= LEAST);
  if (sought.length === 0) return [];
  const beginnings = sought.map((word) => `"${[...word].slice(0, LEAST).join('')}"`);
  const [first, last] = donorIdsOf(centreId);
  const match = `${columns} : (${beginnings.join(' AND ')})`;
  const tried = Math.max(TRIED, many);
  const rows = statements(db).within.all({ match, first, last, tried }) as Candidate[];
  const fits = ([, ...texts]: Candidate) =>
    words.every((word) => texts.some((text) => text.includes(word)));
  return rows.filter(fits).map(([id]) => id);
}

type Candidate = [id: number, name: string, nationalId: string, mobile: string];

/** The first text after all that begin with this one. */
function after(beginning: string): string {
  return `${beginning}\u{10ffff}`;
}

function together(first: number[], more: number[], many: number): number[] {
  return [...new Set([...first, ...more])].slice(0, many);
}
