/** The first visible sheet of a workbook: its cells, and what of them was merged or calculated. */

import { type Part, textOf } from './archive.ts';
import { cellsOf, type SheetCells } from './sheet-xml.ts';
import { attribute, plainText, stringItems, tags } from './xml-text.ts';

/** Throws where the archive holds no workbook that can be read. */
export function readWorkbook(bytes: Buffer, parts: Part[], mostRows: number): SheetCells {
  const text = (name: string): string => {
    const part = parts.find((one) => one.name.toLowerCase() === name.toLowerCase());
    return part ? textOf(bytes, part) : '';
  };
  const book = text('xl/workbook.xml');
  const sheet = text(sheetName(book, text('xl/_rels/workbook.xml.rels'), parts));
  if (!/<(?:\w+:)?worksheet\b/.test(sheet.slice(0, 4000))) throw new Error('no sheet');
  return cellsOf(sheet, {
    texts: stringItems(text('xl/sharedStrings.xml')),
    isDay: dayStyles(text('xl/styles.xml')),
    epoch: /date1904="(1|true)"/.test(book) ? EPOCH_OF_1904 : EPOCH,
    mostRows,
  });
}

/** Day 0 of the two calendars that spreadsheets count by. */
const EPOCH = Date.UTC(1899, 11, 30);
const EPOCH_OF_1904 = Date.UTC(1904, 0, 1);

function sheetName(book: string, relations: string, parts: Part[]): string {
  const sheets = tags(book, 'sheet');
  const visible = sheets.find((tag) => !/hidden/i.test(attribute(tag, 'state') ?? '')) ?? sheets[0];
  const id = visible === undefined ? undefined : /\b[\w-]+:id="([^"]*)"/.exec(visible)?.[1];
  const relation = tags(relations, 'Relationship').find((tag) => attribute(tag, 'Id') === id);
  const target = relation && plainText(attribute(relation, 'Target') ?? '');
  if (target) return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  return parts.find(({ name }) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))?.name ?? '';
}

/** For each style of a cell whether it shows a number as a day. */
function dayStyles(styles: string): boolean[] {
  const own = new Map(
    tags(styles, 'numFmt').map((tag) => [
      Number(attribute(tag, 'numFmtId')),
      plainText(attribute(tag, 'formatCode') ?? ''),
    ]),
  );
  const [, cells = ''] =
    /<(?:\w+:)?cellXfs\b[^>]*>([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(styles) ?? [];
  return tags(cells, 'xf').map((tag) => {
    const id = Number(attribute(tag, 'numFmtId') ?? 0);
    const code = own.get(id);
    return code === undefined ? isBuiltInDay(id) : isDayCode(code);
  });
}

const isBuiltInDay = (id: number) =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** What stands in quotes, in brackets or after a backslash is no part of the pattern. */
function isDayCode(code: string): boolean {
  const pattern = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_./g, '');
  return /[yd]/i.test(pattern) || (/m/i.test(pattern) && !/[hs0#?]/i.test(pattern));
}
