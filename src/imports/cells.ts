/** What a cell says, put as a person would have typed it: a day, a code, yes or no, one of a list. */
import type { SheetCell } from '../sheets/sheet-reading.ts';
import { addDays } from '../values/jalali-date.ts';
import { LANGUAGES } from '../values/language.ts';
import { searchText, typedFigures } from '../values/persian-text.ts';
import { wordsFor } from '../words.ts';

/** The cells of a row by the field that each is. */
export type Cells = (field: string) => SheetCell;

export const textOf = (cell: SheetCell): string => (cell === null ? '' : String(cell));

/** Days from the beginning of 1955 to that of 2091, as spreadsheets count them. */
const [FIRST_SERIAL, LAST_SERIAL] = [20_090, 69_764];
const DAY_ZERO = '1899-12-30';

/**
 * A day as it is typed. A spreadsheet that forgot that a number was a day leaves its count of days;
 * an hour behind the day, and a day in eight figures, are as other programs write it.
 */
export function dayText(cell: SheetCell): string {
  if (typeof cell === 'number') {
    const isSerial = cell >= FIRST_SERIAL && cell <= LAST_SERIAL;
    if (isSerial) return addDays(DAY_ZERO, Math.floor(cell));
  }
  const text = textOf(cell).replace(/[ T]+\d{1,2}:\d{2}.*$/u, '');
  const joined = /^(1[34]\d{2})(\d{2})(\d{2})$/.exec(typedFigures(text));
  return joined ? joined.slice(1).join('/') : text;
}

/** The code of a word that is in a list, in either language or as the code itself. */
export class Choices {
  readonly #codes = new Map<string, string>();

  add(code: string, ...words: string[]): this {
    for (const word of [code, ...words]) this.#codes.set(searchText(word), code);
    return this;
  }

  /** Undefined for what is in no list. */
  codeOf(cell: SheetCell): string | undefined {
    return this.#codes.get(searchText(textOf(cell)));
  }
}

/** A list whose words stand under `path` in the locales. */
export function choicesOf(codes: readonly string[], path: string): Choices {
  const choices = new Choices();
  for (const code of codes) {
    choices.add(code, ...LANGUAGES.map((language) => wordsFor(language)(`${path}.${code}`)));
  }
  return choices;
}

/** Yes and no in the words of both languages; what is neither is told so. */
export function yesOrNo(): (cell: SheetCell) => boolean | undefined {
  const choices = new Choices().add('yes', 'true', '1', 'x').add('no', 'false', '0');
  for (const language of LANGUAGES) {
    const t = wordsFor(language);
    choices.add('yes', t('imports:yes')).add('no', t('imports:no'));
  }
  return (cell) => {
    if (cell === null) return false;
    const code = choices.codeOf(cell);
    return code === undefined ? undefined : code === 'yes';
  };
}
