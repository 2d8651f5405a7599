/** Sheets as people send them: in any digits and page, merged, with formulas, or no sheet at all. */

import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { ZipFile } from 'yazl';
import { kindOfSheet } from '../../src/sheets/content.ts';
import { readSheetFile } from '../../src/sheets/sheet-reading.ts';
import { workbookOf, xlsxOf } from './workbooks.ts';

const rowsOf = async (bytes: Buffer) => {
  const read = await readSheetFile(bytes);
  if ('fault' in read) throw new Error(read.fault);
  return read.value;
};
const faultOf = async (bytes: Buffer) => {
  const read = await readSheetFile(bytes);
  return 'fault' in read ? read.fault : 'none';
};

describe('a sheet that was sent', () => {
  it('is read cell by cell from a workbook, days as days', async () => {
    const rows = await rowsOf(
      await xlsxOf([
        ['تاريخ', 'شرح'],
        ['1405/08/30', 'واريز ك'],
        [null, 7],
      ]),
    );
    expect(rows).to.deep.equal([
      ['تاریخ', 'شرح'],
      ['1405/08/30', 'واریز ک'],
      [null, 7],
    ]);
  });

  it('tells what a formula came to, and leaves empty what merging covered', async () => {
    const rows = await rowsOf(
      await workbookOf(
        `<row r="1"><c r="A1" t="inlineStr"><is><t>صورتحساب</t></is></c></row>
         <row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>A2*9</f></c><c r="C2"><v>5</v></c></row>`,
        '<mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells>',
      ),
    );
    expect(rows).to.deep.equal([['صورتحساب'], [2, null, 5]]);
  });

  it('is read from CSV in UTF-8, in Unicode as Excel has it, and in the old Arabic page', async () => {
    const text = 'تاریخ;شرح\r\n1405/08/30;"واریز; دستی"\r\n';
    const wanted = [
      ['تاریخ', 'شرح'],
      ['1405/08/30', 'واریز; دستی'],
    ];
    expect(await rowsOf(Buffer.from(`\uFEFF${text}`))).to.deep.equal(wanted);
    expect(await rowsOf(Buffer.from(`\uFEFF${text}`, 'utf16le'))).to.deep.equal(wanted);
    const arabic = Buffer.from('d4cdd32cdfe3df0d0a312c320d0a', 'hex');
    expect(await rowsOf(arabic)).to.deep.equal([
      ['شحس', 'کمک'],
      ['1', '2'],
    ]);
  });

  it('is known by its bytes: a renamed picture, an old workbook and a web page are none', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    expect(await faultOf(png)).to.equal('sheets:faults.no-sheet');
    expect(await faultOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).to.equal(
      'sheets:faults.old-workbook',
    );
    expect(await faultOf(Buffer.from('<html><table><tr><td>1'))).to.equal('sheets:faults.web-page');
    expect(await faultOf(Buffer.from('%PDF-1.7 ...'))).to.equal('sheets:faults.no-sheet');
    expect(await faultOf(Buffer.alloc(0))).to.equal('sheets:faults.empty');
    expect(await faultOf(Buffer.from('504b030400000000', 'hex'))).to.equal('sheets:faults.broken');
  });

  it('is refused as an archive of something else, or one that is cut short', async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from('x'), 'letter.txt');
    zip.end();
    const other = await buffer(zip.outputStream.pipe(new PassThrough()));
    expect(await faultOf(other)).to.equal('sheets:faults.no-sheet');
    const whole = await xlsxOf([['a']]);
    expect(await faultOf(whole.subarray(0, whole.length / 2))).to.equal('sheets:faults.broken');
  });

  it('is never unpacked beyond reason, whatever a part says of itself', async () => {
    const bomb = await bombOf(500_000_000);
    expect(kindOfSheet(bomb)).to.deep.equal({ fault: 'sheets:faults.too-large' });
    // The same bytes under a small number: no more is unpacked than was said.
    expect(await faultOf(await bombOf(1000))).to.equal('sheets:faults.broken');
  });
});

/** An archive whose sheet is blanks without end, and says of itself that it has so many bytes. */
async function bombOf(said: number): Promise<Buffer> {
  const blanks = deflateRawSync(Buffer.alloc(30_000_000, 32));
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(blanks.length, 18);
  local.writeUInt32LE(said, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(blanks.length, 20);
  central.writeUInt32LE(said, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + blanks.length, 16);
  return Buffer.concat([local, name, blanks, central, name, end]);
}
