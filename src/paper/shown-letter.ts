/** A letter as a page shows it: in the words and figures of its own language, whoever reads. */
import { type Show, showFor } from '../web/show.ts';
import { type Words, wordsFor } from '../words.ts';
import type { LetterTable, OfficialLetter } from './official-letter.ts';

export function shownLetter(says: OfficialLetter) {
  const written = { t: wordsFor(says.lang), show: showFor(says.lang) };
  return { says, written, tables: says.tables.map((table) => shownTable(written, table)) };
}

type Written = { t: Words; show: Show };

function shownTable({ t, show }: Written, { title, columns, rows, total }: LetterTable) {
  const cell = (value: string | number | null, at: number) => {
    const kind = columns[at]?.kind;
    if (value === null) return '';
    if (typeof value === 'number') return show.number(value);
    if (kind === 'day') return show.date(value);
    return kind === 'code' ? { text: show.digits(value), ltr: true } : show.digits(value);
  };
  const sum = total && [
    t('paper:letter.total'),
    ...total.slice(1).map((one, at) => cell(one, at + 1)),
  ];
  return {
    title: title ?? null,
    columns: columns.map(({ title: text, kind }) => ({
      ...{ text, num: kind === 'rial' || kind === 'count' },
    })),
    rows: [...rows.map((row) => ({ cells: row.map(cell) })), ...(sum ? [{ cells: sum }] : [])],
  };
}
