/** The row that a template has as its example; whoever leaves it there has not given it. */

import type { Language } from '../values/language.ts';
import { LANGUAGES } from '../values/language.ts';
import { searchText } from '../values/persian-text.ts';
import { knownWord } from '../words.ts';
import { type Cells, textOf } from './cells.ts';
import { FIELDS, type ImportKind } from './kinds.ts';

/** The cells of the example; what has no word stays empty. */
export function exampleOf(what: ImportKind, language: Language): string[] {
  return FIELDS[what].map((field) => knownWord(language, `imports:example.${what}.${field}`) ?? '');
}

/** Whether a row is the example as it was given: its first words, whatever else was changed. */
export function isExample(what: ImportKind, cells: Cells): boolean {
  const field = MARKED_BY[what];
  const said = searchText(textOf(cells(field)));
  return LANGUAGES.some((language) => {
    const word = exampleOf(what, language)[FIELDS[what].indexOf(field)];
    return word !== '' && searchText(word!) === said;
  });
}

/** The cell by which an example is known for one. */
const MARKED_BY: Record<ImportKind, string> = {
  donors: 'name',
  gifts: 'donorName',
  opening: 'detail',
};
