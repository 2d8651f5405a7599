/** Sheets that cannot be taken: each is told why in a sentence, and nothing in the file changes. */
import { expect } from 'chai';
import { lockThrough } from '../../src/books/periods.ts';
import { enter, holdWriting } from '../../src/provinces/enter.ts';
import { wordsFor } from '../../src/words.ts';
import { workbookOf, xlsxOf } from '../sheets/workbooks.ts';
import { buildWorld, type World } from '../support/world.ts';
import { type Cell, counted, DONOR_HEADS, GIFT_HEADS, sender } from './sending.ts';

describe('a sheet that cannot be taken', () => {
  let world: World;
  let hand: ReturnType<typeof sender>;
  let atFirst: Record<string, number>;
  before(async () => {
    world = await buildWorld();
    hand = sender(world);
    atFirst = counted(world);
  });
  afterEach(() => expect(counted(world)).to.deep.equal(atFirst));
  after(() => world.close());

  const kept = () =>
    world.province.db.$client.prepare('SELECT count(*) FROM imports').pluck().get() as number;
  const gift = (cells: Partial<Record<number, Cell>>): Cell[] =>
    ['1405/08/01', 'نقدی', 1_000_000, 'صدقه', 'آقای الف'].map((cell, at) => cells[at] ?? cell);
  const cellFaults = async (rows: Cell[][], query = '') => {
    const { faults } = await hand.trial('gifts', [GIFT_HEADS, ...rows], query);
    for (const { message } of faults) expect(message).to.match(/[.؛»]/);
    return faults.map(({ line, field, key }) => `${line} ${field} ${key}`);
  };
  const sheetRefusal = async (what: string, rows: Cell[][], query = '') =>
    (await hand.trial(what, rows, query)).refusal?.key;

  it('by its bytes: a picture, nothing, a locked workbook, a bomb, rows without end', async () => {
    const zip = await xlsxOf([GIFT_HEADS]);
    const locked = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    const bomb = Buffer.from(zip);
    bomb.writeUInt32LE(900_000_000, bomb.indexOf(Buffer.from('504b0102', 'hex')) + 24);
    const endless = Buffer.from(`name\n${'a\n'.repeat(260_000)}`);
    const told: [Buffer, string][] = [
      [Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'no-sheet'],
      [Buffer.from('name\n').subarray(0, 0), 'none'],
      [await xlsxOf([]), 'empty'],
      [locked, 'encrypted'],
      [bomb, 'too-large'],
      [endless, 'too-many-rows'],
      [zip.subarray(0, zip.length / 2), 'broken'],
    ];
    for (const [bytes, fault] of told) {
      const answer = await hand.send('maryam', 'donors', bytes);
      expect(answer.status, fault).to.equal(422);
      const values = { limit: '250000', count: 0 };
      const said = wordsFor('fa')(`sheets:faults.${fault}`, values).slice(0, 12);
      expect(answer.text, fault).to.contain(said);
    }
    expect(kept()).to.equal(0);
  });

  it('as a whole: no such columns, one head twice, toman, too many, receipts, nothing', async () => {
    const rows = (heads: Cell[], ...more: Cell[][]) => [heads, ...more];
    const day = '1405/08/01';
    expect(await sheetRefusal('gifts', rows(['الف', 'ب'], [1, 2]))).to.equal(
      'imports:sheet.lacking',
    );
    const twice = rows(['تاریخ', 'مبلغ', 'مبلغ', 'نیت'], [day, 5000, 6000, 'صدقه']);
    expect(await sheetRefusal('gifts', twice)).to.equal('imports:sheet.doubled');
    const toman = rows(['تاریخ', 'مبلغ (تومان)', 'نیت'], [day, 500, 'صدقه']);
    expect(await sheetRefusal('gifts', toman)).to.equal('imports:sheet.toman');
    const chosen = '?head=0&columns.receivedOn=0&columns.amount=1&columns.fund=2&unit=toman';
    const inToman = await hand.trial('gifts', toman, chosen);
    expect(inToman.sums.rial).to.equal(5000);
    const many = rows(GIFT_HEADS, ...Array.from({ length: 5001 }, () => gift({})));
    expect(await sheetRefusal('gifts', many)).to.equal('imports:sheet.too-many');
    const issued = rows(['رسید', 'تاریخ', 'مبلغ', 'نیت'], ['1405-000007', day, 5000, 'صدقه']);
    expect(await sheetRefusal('gifts', issued)).to.equal('imports:sheet.other-receipts');
    expect(await sheetRefusal('gifts', rows(GIFT_HEADS))).to.equal('imports:sheet.nothing');
  });

  it('for cells made one, or calculated where nobody kept the sum', async () => {
    const text = (at: string, said: string) =>
      `<c r="${at}" t="inlineStr"><is><t>${said}</t></is></c>`;
    const head = `<row r="1">${text('A1', 'تاریخ')}${text('B1', 'مبلغ')}${text('C1', 'نیت')}</row>`;
    const row = (line: number, amount: string) =>
      `<row r="${line}">${text(`A${line}`, '1405/08/01')}<c r="B${line}">${amount}</c>${text(`C${line}`, 'صدقه')}</row>`;
    const merged = await workbookOf(
      head + row(2, '<v>5000</v>'),
      '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>',
    );
    const whole = await hand.tried(await hand.send('maryam', 'gifts', merged));
    expect(whole.refusal?.message).to.contain('A2:A3');
    const sums = row(2, '<f>2000+3000</f><v>5000</v>') + row(3, '<f>B2*2</f>');
    const trial = await hand.tried(
      await hand.send('maryam', 'gifts', await workbookOf(head + sums)),
    );
    expect(trial.faults.map(({ line, key }) => [line, key])).to.deep.equal([
      [3, 'imports:faults.formula'],
    ]);
    expect(trial.sums.rial).to.equal(5000);
    expect(trial.notes.map(({ key }) => key)).to.deep.equal(['imports:notes.formulas']);
  });

  it('row by row: days, amounts, funds, numbers of banks and of people', async () => {
    const rows = [
      gift({ 0: '1405/08/31' }),
      gift({ 0: '1405/09/20' }),
      gift({ 0: '1403/01/01' }),
      gift({ 0: 12, 2: -1 }),
      gift({ 2: '۱۲ میلیون' }),
      gift({ 3: 'unidentified' }),
      gift({ 1: 'واریز' }),
    ];
    expect(await cellFaults(rows)).to.deep.equal([
      '2 receivedOn values:day.length.8',
      '3 receivedOn donations:refusals.future',
      '4 receivedOn donations:refusals.before-area',
      '5 receivedOn values:day.unreadable',
      '5 amount values:rial.negative',
      '6 amount values:rial.words',
      '7 fund donations:refusals.takes-no-gifts',
      '8 reference common:refusals.needed',
    ]);
  });

  it('takes days as sheets have them: Jalali text, Gregorian cells, counts of days', async () => {
    const rows = [gift({ 0: 46_317 }), gift({ 0: '2026-10-23' }), gift({ 0: '۱۴۰۵/۸/۱', 2: 5 })];
    expect(await cellFaults(rows)).to.deep.equal([]);
    const day = await hand.trial('gifts', [GIFT_HEADS, gift({ 0: '14050801', 2: '1.000.000' })]);
    expect(day).to.include({ sound: 1, faulty: 0 });
  });

  it('for national IDs that lost a zero, until somebody says to put it back', async () => {
    const rows = [DONOR_HEADS, ['حسین نیکوکار', 12_345_679, null], ['مینا', 12_345_678, null]];
    const trial = await hand.trial('donors', rows);
    expect(trial).to.include({ short: 1, faulty: 2 });
    expect(trial.faults[0]!.message).to.contain('0012345679');
    const query = '?head=0&columns.name=0&columns.nationalId=1&padded=1';
    const [one] = (await hand.trial('donors', rows.slice(0, 2), query)).faults;
    expect(one).to.equal(undefined);
  });

  it('for what stands twice in it: a number of a bank, a person under two names', async () => {
    const heads = [...GIFT_HEADS, 'کد ملی', 'شمارهٔ پیگیری', 'بانک'];
    const transfer = (name: string, id: string | null, reference: string) => [
      ...['1405/08/01', 'واریز', 1_000_000, 'صدقه', name, id, reference, 'ملی'],
    ];
    const { faults } = await hand.trial('gifts', [
      heads,
      transfer('الف', '0012345679', '1001'),
      transfer('ب', '0012345679', '1002'),
      transfer('پ', null, '01001'),
    ]);
    expect(faults.map(({ line, key }) => [line, key])).to.deep.equal([
      [3, 'imports:faults.other-name-above'],
      [4, 'imports:faults.reference-above'],
    ]);
  });

  it('for a day of a closed month', async () => {
    await enter(world.province, (tx) =>
      lockThrough(tx, world.actor('maryam', world.noor), world.noor, '2026-04-20'),
    );
    expect(await cellFaults([gift({ 0: '1405/01/20' })])).to.deep.equal([
      '2 receivedOn books:refusals.period-closed',
    ]);
  });

  it('is refused to whoever may not enter it by hand, and shown to nobody else', async () => {
    const bytes = await xlsxOf([DONOR_HEADS, ['آقای الف', null, null, null]]);
    const statuses = async (line: string, body?: object) => {
      const people = ['maryam', 'zahra', 'hadi', 'karim', null] as const;
      const all = people.map(async (who) => (await world.visit(who, line, body)).status);
      return Promise.all(all);
    };
    const body = { what: 'donors', name: 'a.xlsx', file: bytes.toString('base64') };
    expect(await statuses(`POST ${hand.root}`, body)).to.deep.equal([201, 403, 403, 404, 401]);
    expect(await statuses(`GET ${hand.root}.json`)).to.deep.equal([200, 403, 200, 404, 401]);
    const [{ id }] = world.province.db.$client
      .prepare('SELECT max(id) AS id FROM imports')
      .all() as [{ id: number }];
    expect(await statuses(`GET ${hand.root}/${id}/faults.xlsx`)).to.deep.equal([
      200, 403, 404, 404, 401,
    ]);
    expect(await statuses(`POST ${hand.root}/${id}/withdraw`, {})).to.deep.equal([
      200, 403, 403, 404, 401,
    ]);
    const row = world.province.db.$client.prepare('SELECT bytes FROM imports WHERE id = ?');
    expect(row.pluck().get(id)).to.equal(null);
  });

  it('keeps nobody from reading while one is written, and what is entered waits', async () => {
    const release = holdWriting(world.province);
    let isWritten = false;
    const entered = enter(world.province, () => 7).then((seven) => {
      isWritten = true;
      return seven;
    });
    expect((await world.visit('maryam', 'GET /centres/noor/donations.json')).status).to.equal(200);
    expect(isWritten).to.equal(false);
    expect(() => holdWriting(world.province)).to.throw('written-now');
    release();
    expect(await entered).to.equal(7);
  });
});
