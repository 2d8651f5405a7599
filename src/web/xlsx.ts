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

export type Sheet = {
  name: string;
  rightToLeft: boolean;
  heads: string[];
  /** Widths in characters, one a column. */
  widths: number[];
  rows: Iterable<SheetCell[]>;
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
export async function writeXlsx(sheet: Sheet, out: Writable): Promise<void> {
  const zip = new ZipFile();
  const add = (path: string, xml: string) => zip.addBuffer(Buffer.from(XML + xml), path);
  add('[Content_Types].xml', contentTypes());
  add('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]));
  add('xl/workbook.xml', workbook(sheet.name));
  add(
    'xl/_rels/workbook.xml.rels',
    relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
  );
  add('xl/styles.xml', styles());
  zip.addReadStream(Readable.from(sheetXml(sheet)), 'xl/worksheets/sheet1.xml');
  zip.end();
  await pipeline(zip.outputStream, out);
}

async function* sheetXml(sheet: Sheet): AsyncGenerator<string> {
  const { rightToLeft, heads, widths } = sheet;
  const columns = widths.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  );
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"${
    rightToLeft ? ' rightToLeft="1"' : ''
  }><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  yield `<cols>${columns.join('')}</cols><sheetData>${rowXml(heads, 1, 1)}`;
  yield* rowsXml(sheet.rows);
  yield '</sheetData></worksheet>';
}

async function* rowsXml(rows: Iterable<SheetCell[]>): AsyncGenerator<string> {
  let chunk = '';
  let count = 0;
  for (const row of rows) {
    count += 1;
    chunk += rowXml(row, count + 1, 0);
    if (count >= ROWS_PER_SHEET) throw new Error('more rows than a sheet holds');
    if (count % ROWS_PER_CHUNK === 0) {
      yield chunk;
      chunk = '';
      await giveWay();
    }
  }
  yield chunk;
}

/** Style 1 is bold, for heads; 2 groups the digits of a number. Empty cells are left out. */
function rowXml(cells: SheetCell[], row: number, style: 0 | 1): string {
  const written = cells.map((cell, i) => {
    if (cell === null) return '';
    const at = `${letters(i)}${row}`;
    if (typeof cell === 'number') return `<c r="${at}" s="2"><v>${cell}</v></c>`;
    const text = `<is><t xml:space="preserve">${escapeXml(cell)}</t></is>`;
    return `<c r="${at}" s="${style}" t="inlineStr">${text}</c>`;
  });
  return `<row r="${row}">${written.join('')}</row>`;
}

/** A, B … Z, AA, AB …: the name of a column from 0. */
function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

function contentTypes(): string {
  const part = (path: string, kind: string) =>
    `<Override PartName="${path}" ContentType="${KIND}.${kind}+xml"/>`;
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part(
    '/xl/workbook.xml',
    'sheet.main',
  )}${part('/xl/worksheets/sheet1.xml', 'worksheet')}${part('/xl/styles.xml', 'styles')}</Types>`;
}

function relations(targets: [kind: string, target: string][]): string {
  const written = targets.map(
    ([kind, target], i) =>
      `<Relationship Id="r${i + 1}" Type="${RELATIONS}/${kind}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${written.join('')}</Relationships>`;
}

function workbook(name: string): string {
  const safe = escapeXml(name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31));
  return `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${safe}" sheetId="1" r:id="r1"/></sheets></workbook>`;
}

function styles(): string {
  const font = '<font><sz val="11"/><name val="Calibri"/></font>';
  const bold = '<font><b/><sz val="11"/><name val="Calibri"/></font>';
  const fills =
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>';
  const cell = (font: number, format: number) =>
    `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
  return `<styleSheet xmlns="${MAIN}"><fonts count="2">${font}${bold}</fonts>${fills}<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">${cell(0, 0)}${cell(1, 0)}${cell(0, 3)}</cellXfs></styleSheet>`;
}
