/** The spreadsheet is one that other programs read: cells, numbers, and letters XML cannot carry. */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import readXlsx from 'read-excel-file/node';
import { type SheetCell, writeXlsx } from '../../src/web/xlsx.ts';

async function written(rows: Iterable<SheetCell[]>): Promise<Buffer> {
  const out = new PassThrough();
  const sheet = { name: 'a/b', rightToLeft: true, heads: ['نام', 'مبلغ'], widths: [20, 14], rows };
  const [file] = await Promise.all([buffer(out), writeXlsx(sheet, out)]);
  return file;
}

describe('a spreadsheet', () => {
  it('is read back as it was written', async () => {
    const file = await written([
      ['رضایی‌نمونه', 12_500_000],
      ['<b> & "c"\u0001', 99_999_999_999_999],
      [null, 0],
    ]);
    const [{ data }] = (await readXlsx(file)) as unknown as [{ data: SheetCell[][] }];
    expect(data).to.deep.equal([
      ['نام', 'مبلغ'],
      ['رضایی‌نمونه', 12_500_000],
      ['<b> & "c"', 99_999_999_999_999],
      [null, 0],
    ]);
  });

  it('gives way to others while it is long', async () => {
    function* many() {
      for (let i = 0; i < 20_000; i++) yield [`row ${i}`, i] as SheetCell[];
    }
    let turns = 0;
    const counting = setInterval(() => turns++, 0);
    const file = await written(many());
    clearInterval(counting);
    expect(turns).to.be.greaterThan(3);
    expect(file.length).to.be.greaterThan(10_000);
  });
});
