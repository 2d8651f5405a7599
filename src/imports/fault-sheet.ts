/** The sheet that was sent, with what is wrong in it marked and said beside: to mend and send again. */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { SheetCell, WholeSheet } from '../sheets/sheet-reading.ts';
import type { Language } from '../values/language.ts';
import { showFor } from '../web/show.ts';
import { type MarkedCell, writeXlsx } from '../web/xlsx.ts';
import { wordsFor } from '../words.ts';
import { headsAt } from './columns.ts';
import type { Judged } from './judging.ts';
import { type Chosen, CODE_FIELDS, type ImportKind, type RowFault } from './kinds.ts';
import { said } from './said.ts';

type Asked = { what: ImportKind; chosen: Chosen; language: Language };

export async function faultSheet(
  { rows }: WholeSheet,
  { faults }: Judged,
  { what, chosen, language }: Asked,
): Promise<Buffer> {
  const t = wordsFor(language);
  const heads = headsAt(rows, chosen.head);
  const width = heads.length;
  const byLine = Map.groupBy(faults, ({ line }) => line);
  const reason = (one: RowFault) => {
    const field = one.field ? `${t(`imports:fields.${what}.${one.field}`)}: ` : '';
    return field + said(t, showFor(language), language, one);
  };
  const marked = rows.slice(chosen.head + 1).map((row, at): (SheetCell | MarkedCell)[] => {
    const wrong = byLine.get(chosen.head + 2 + at) ?? [];
    const places = new Set(wrong.map(({ field }) => chosen.columns[field]));
    const cells = Array.from({ length: width }, (_, place): SheetCell | MarkedCell => {
      const cell = row[place] ?? null;
      return places.has(place) ? { marked: cell } : cell;
    });
    const why = wrong.map(reason).join(' \u2022 ');
    return [...cells, why === '' ? null : { marked: why }];
  });
  const codes = CODE_FIELDS.map((field) => chosen.columns[field]).filter((at) => at !== undefined);
  const out = new PassThrough();
  const whole = buffer(out);
  await writeXlsx(
    {
      ...{ name: t(`imports:kinds.${what}`), rightToLeft: language === 'fa', texts: codes },
      heads: [...heads, t('imports:fault')],
      widths: [...heads.map(() => 18), 80],
      rows: marked,
    },
    out,
  );
  return whole;
}
