/** Workbooks made in code, for tests that send them. */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { type SheetCell, writeXlsx } from '../../src/web/xlsx.ts';

/** A sheet from right to left with these rows, the first of them its heads. */
export async function xlsxOf(rows: Iterable<SheetCell[]>): Promise<Buffer> {
  const [heads = [], ...rest] = rows;
  const out = new PassThrough();
  const whole = buffer(out);
  await writeXlsx(
    {
      ...{ name: 'Sheet', rightToLeft: true, heads: heads.map((head) => String(head ?? '')) },
      ...{ widths: heads.map(() => 12), rows: rest },
    },
    out,
  );
  return whole;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** A workbook of one sheet whose rows are written as XML, with what may follow them. */
export async function workbookOf(rows: string, after = ''): Promise<Buffer> {
  const zip = new ZipFile();
  const add = (path: string, xml: string) => zip.addBuffer(Buffer.from(xml), path);
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  add(
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/></Types>`,
  );
  const link = (type: string, target: string) =>
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELATIONS}/${type}" Target="${target}"/></Relationships>`;
  add('_rels/.rels', link('officeDocument', 'xl/workbook.xml'));
  add('xl/_rels/workbook.xml.rels', link('worksheet', 'worksheets/sheet1.xml'));
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
  );
  add(
    'xl/worksheets/sheet1.xml',
    `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${after}</worksheet>`,
  );
  zip.end();
  return buffer(zip.outputStream.pipe(new PassThrough()));
}
