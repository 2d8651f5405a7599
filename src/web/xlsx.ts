/**
 * A spreadsheet written row by row, so that a list of a million rows is never held whole and other
 * requests are served meanwhile. One sheet, head frozen, right to left where the reader reads so.
 */

import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as giveWay } from 'node:timers/promises';
import { ZipFile } from 'yazl';
import { escapeXml } from './xml.ts';

export type SheetCell = string | number | null;

/** A cell that stands out, for what is wrong with it. */
export type MarkedCell = { marked: SheetCell };

export type Sheet = {
  name: string;
  rightToLeft: boolean;
  heads: string[];
  /** Widths in characters, one a column. */
  widths: number[];
  rows: Iterable<(SheetCell | MarkedCell)[]>;
  /** Columns whose figures are no amounts, from 0: what is typed there keeps its zeros. */
  texts?: number[];
  /** Columns of ISO days and of UTC moments; they are dates to the program that reads them. */
  times?: ('day' | 'moment' | null)[];
  /** What may be chosen in a column, from 0: cells of another sheet, as `Values!$A$2:$A$9`. */
  choices?: { column: number; cells: string }[];
};

/** What the format itself allows, the head among them. */
const ROWS_PER_SHEET = 1_048_576;
const ROWS_PER_CHUNK = 500;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Writes the sheet to `out` and ends it; a list of more rows than a sheet holds is a fault. */
export function writeXlsx(sheet: Sheet, out: Writable): Promise<void> {
  return writeWorkbook([sheet], out);
}

/** Several sheets in one file, the first of them the one that opens. */
export async function writeWorkbook(sheets: Sheet[], out: Writable): Promise<void> {
  const zip = new ZipFile();
  const add = (path: string, xml: string) => zip.addBuffer(Buffer.from(XML + xml), path);
  const paths = sheets.map((_, at) => `worksheets/sheet${at + 1}.xml`);
  add('[Content_Types].xml', contentTypes(paths));
  add('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]));
  add('xl/workbook.xml', workbook(sheets.map(({ name }) => name)));
  add(
    'xl/_rels/workbook.xml.rels',
    relations([...paths.map((path): Target => ['worksheet', path]), ['styles', 'styles.xml']]),
  );
  add('xl/styles.xml', styles());
  sheets.forEach((sheet, at) => {
    zip.addReadStream(Readable.from(sheetXml(sheet)), `xl/${paths[at]}`);
  });
  zip.end();
  await pipeline(zip.outputStream, out);
}

type Target = [kind: string, target: string];

async function* sheetXml(sheet: Sheet): AsyncGenerator<string> {
  const { rightToLeft, heads, widths } = sheet;
  const columns = widths.map((width, i) => {
    const style = sheet.texts?.includes(i) ? ` style="${STYLES.text}"` : '';
    return `<col min="${i + 1}" max="${i + 1}" width="${width}"${style} customWidth="1"/>`;
  });
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"${
    rightToLeft ? ' rightToLeft="1"' : ''
  }><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  yield `<cols>${columns.join('')}</cols><sheetData>${rowXml(heads, 1, {
    text: STYLES.bold,
  })}`;
  yield* rowsXml(sheet);
  yield `</sheetData>${choicesXml(sheet)}</worksheet>`;
}

async function* rowsXml({ rows, texts, times }: Sheet): AsyncGenerator<string> {
  let chunk = '';
  let count = 0;
  for (const row of rows) {
    count += 1;
    chunk += rowXml(row, count + 1, { text: STYLES.plain, texts, times });
    if (count >= ROWS_PER_SHEET) throw new Error('more rows than a sheet holds');
    if (count % ROWS_PER_CHUNK === 0) {
      yield chunk;
      chunk = '';
      await giveWay();
    }
  }
  yield chunk;
}

/** The places of the styles in the file; a number has its digits grouped. */
const STYLES = {
  plain: 0,
  bold: 1,
  number: 2,
  text: 3,
  marked: 4,
  markedNumber: 5,
  decimal: 6,
  day: 7,
  moment: 8,
} as const;

type RowStyle = { text: number; texts?: number[]; times?: Sheet['times'] };

/** Empty cells are left out, unless they are marked. */
function rowXml(
  cells: (SheetCell | MarkedCell)[],
  row: number,
  { text: style, texts, times }: RowStyle,
): string {
  const written = cells.map((cell, i) => {
    const at = `${letters(i)}${row}`;
    if (cell !== null && typeof cell === 'object') return markedXml(cell.marked, at);
    if (cell === null) return '';
    if (typeof cell === 'number') {
      const style = Number.isInteger(cell) ? STYLES.number : STYLES.decimal;
      return `<c r="${at}" s="${style}"><v>${cell}</v></c>`;
    }
    const time = times?.[i] ? serial(cell) : undefined;
    if (time !== undefined) return `<c r="${at}" s="${STYLES[times![i]!]}"><v>${time}</v></c>`;
    return textXml(cell, at, texts?.includes(i) ? STYLES.text : style);
  });
  return `<row r="${row}">${written.join('')}</row>`;
}

/** Days since the last but one of 1899, as every sheet counts them; a moment as clocks in Tehran had it. */
function serial(iso: string): number | undefined {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(iso);
  const ms = Date.parse(iso) + (isDay ? 0 : TEHRAN_MS);
  return Number.isNaN(ms) ? undefined : ms / 86_400_000 + DAYS_TO_1970;
}

const TEHRAN_MS = 12_600_000;
const DAYS_TO_1970 = 25_569;

function markedXml(cell: SheetCell, at: string): string {
  if (cell === null) return `<c r="${at}" s="${STYLES.marked}"/>`;
  if (typeof cell === 'number') return `<c r="${at}" s="${STYLES.markedNumber}"><v>${cell}</v></c>`;
  return textXml(cell, at, STYLES.marked);
}

function textXml(text: string, at: string, style: number): string {
  const inline = `<is><t xml:space="preserve">${escapeXml(text)}</t></is>`;
  return `<c r="${at}" s="${style}" t="inlineStr">${inline}</c>`;
}

/** So many rows below the heads may be chosen in. */
const LAST_CHOICE = 5001;

function choicesXml({ choices = [] }: Sheet): string {
  if (choices.length === 0) return '';
  const rules = choices.map(({ column, cells }) => {
    const place = `${letters(column)}2:${letters(column)}${LAST_CHOICE}`;
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${place}"><formula1>${escapeXml(cells)}</formula1></dataValidation>`;
  });
  return `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`;
}

/** A, B … Z, AA, AB …: the name of a column from 0. */
export function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

function contentTypes(sheets: string[]): string {
  const part = (path: string, kind: string) =>
    `<Override PartName="${path}" ContentType="${KIND}.${kind}+xml"/>`;
  const parts = sheets.map((path) => part(`/xl/${path}`, 'worksheet'));
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part(
    '/xl/workbook.xml',
    'sheet.main',
  )}${parts.join('')}${part('/xl/styles.xml', 'styles')}</Types>`;
}

function relations(targets: Target[]): string {
  const written = targets.map(
    ([kind, target], i) =>
      `<Relationship Id="r${i + 1}" Type="${RELATIONS}/${kind}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${written.join('')}</Relationships>`;
}

function workbook(names: string[]): string {
  const sheets = names.map((name, at) => {
    const id = at + 1;
    return `<sheet name="${escapeXml(sheetName(name))}" sheetId="${id}" r:id="r${id}"/>`;
  });
  return `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.join('')}</sheets></workbook>`;
}

/** As a sheet may be called. */
export function sheetName(name: string): string {
  return name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31);
}

function styles(): string {
  const font = '<font><sz val="11"/><name val="Calibri"/></font>';
  const bold = '<font><b/><sz val="11"/><name val="Calibri"/></font>';
  const none = ['none', 'gray125'].map(
    (kind) => `<fill><patternFill patternType="${kind}"/></fill>`,
  );
  const red = `<fill><patternFill patternType="solid"><fgColor rgb="FFF8D7D3"/><bgColor indexed="64"/></patternFill></fill>`;
  const cell = (fontId: number, format: number, fill = 0) =>
    `<xf numFmtId="${format}" fontId="${fontId}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"${fill ? ' applyFill="1"' : ''}/>`;
  const [grouped, decimals, text, day, moment] = [3, 4, 49, 164, 165];
  const cells = [cell(0, 0), cell(1, 0), cell(0, grouped), cell(0, text)];
  const all = [
    ...[...cells, cell(0, text, 2), cell(0, grouped, 2)],
    ...[cell(0, decimals), cell(0, day), cell(0, moment)],
  ];
  const format = (id: number, code: string) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`;
  const formats = format(day, 'yyyy-mm-dd') + format(moment, 'yyyy-mm-dd hh:mm');
  return `<styleSheet xmlns="${MAIN}"><numFmts count="2">${formats}</numFmts><fonts count="2">${font}${bold}</fonts><fills count="3">${none.join('')}${red}</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${all.length}">${all.join('')}</cellXfs></styleSheet>`;
}
