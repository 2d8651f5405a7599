/** A letter's own table, as a page shows one. */
import type { Response } from 'express';
import type { LetterTable } from './official-letter.ts';

export function shownTable(res: Response, { title, columns, rows, total }: LetterTable) {
  const { show, t } = res.locals;
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
