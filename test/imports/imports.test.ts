/** Sheets of donors, gifts and opening balances: tried first, taken in whole or not at all, and once. */
import { expect } from 'chai';
import { importChecks } from '../../src/imports/checks.ts';
import { readWholeSheet } from '../../src/sheets/sheet-reading.ts';
import { xlsxOf } from '../sheets/workbooks.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { type Cell, counted, DONOR_HEADS, GIFT_HEADS, sender } from './sending.ts';

describe('an import', () => {
  let world: World;
  let hand: ReturnType<typeof sender>;
  before(async () => {
    world = await buildWorld();
    hand = sender(world);
  });
  after(() => world.close());

  const raw = (sql: string) => world.province.db.$client.prepare(sql).all();
  /** Tries rows, and answers the faults and what is said of the whole; nothing may have changed. */
  const refused = async (what: string, rows: Cell[][], query = '') => {
    const before = counted(world);
    const { faults, refusal, id } = await hand.trial(what, rows, query);
    const taken = await hand.take(id, Object.fromEntries(new URLSearchParams(query)));
    expect(taken.status, taken.text).to.equal(422);
    expect(counted(world)).to.deep.equal(before);
    return { refusal: refusal?.key, faults: faults.map((one) => [one.line, one.field, one.key]) };
  };

  it('of donors adds whom nobody knew, each once and with an act', async () => {
    const rows = [
      DONOR_HEADS,
      ['حسين نيكوكار', '0012345679', '٠٩١٢٣٤٥٦٧٨٩', 'بله'],
      ['زهرا نیکوکار', null, '09123456789', null],
      ['زهرا نيكوكار', null, 9123456789, null],
    ];
    const before = counted(world);
    const trial = await hand.trial('donors', rows);
    expect(trial).to.include({ rows: 3, sound: 3, faulty: 0, known: 1, refusal: null });
    expect(counted(world)).to.deep.equal(before);
    const done = await hand.take(trial.id);
    expect(done.status, done.text).to.equal(200);
    expect(done.json()).to.include({ state: 'done', rowCount: 3, added: 2 });
    expect(raw('SELECT name, national_id, mobile, may_be_named FROM donors')).to.deep.equal([
      { name: 'حسین نیکوکار', national_id: '0012345679', mobile: '09123456789', may_be_named: 0 },
      { name: 'زهرا نیکوکار', national_id: null, mobile: '09123456789', may_be_named: 1 },
    ]);
    expect(raw("SELECT 1 FROM acts WHERE kind = 'donor.added'")).to.have.length(2);
    expect(raw('SELECT bytes FROM imports WHERE added = 2')).to.deep.equal([{ bytes: null }]);
  });

  it('takes a file once, and a list of people who are known adds nobody', async () => {
    const rows = [DONOR_HEADS, ['زهرا نیکوکار', null, '09123456789', null]];
    const bytes = await xlsxOf(rows);
    const first = await hand.tried(await hand.send('maryam', 'donors', bytes));
    expect((await hand.take(first.id)).json()).to.include({ added: 0, rowCount: 1 });
    const again = await hand.send('maryam', 'donors', bytes);
    expect(again.status).to.equal(409);
    expect(again.text).to.contain('وارد شده است');
    expect((await hand.take(first.id)).status).to.equal(409);
  });

  it('of gifts enters each as a hand does: numbered, receipted, booked, and in the trail', async () => {
    const rows = [
      [...GIFT_HEADS, 'کد ملی نیکوکار', 'شمارهٔ پیگیری یا چک', 'بانک', 'بابت'],
      ['1405/08/01', 'نقدی', 5_000_000, 'صدقه', 'حسین نیکوکار', '0012345679', null, null, 'نان'],
      ['۱۴۰۵/۸/۲', 'حواله', '۷٬۵۰۰٬۰۰۰', 'sadaqa', null, null, '884421', 'ملی', null],
      ['2026-10-25', null, '1,000,000 ریال', 'صدقه', 'مینا تازه', null, null, null, null],
    ];
    const before = counted(world);
    const trial = await hand.trial('gifts', rows);
    expect(trial.faults).to.deep.equal([]);
    expect(trial).to.include({ rows: 3, sound: 3 });
    expect(trial.sums.rial).to.equal(13_500_000);
    const done = await hand.take(trial.id);
    expect(done.json(), done.text).to.include({ added: 3, amountRial: 13_500_000 });
    const now = counted(world);
    for (const table of ['donations', 'receipts', 'entries', 'papers'] as const) {
      expect(now[table], table).to.equal(before[table]! + 3);
    }
    expect(now.donors).to.equal(before.donors! + 1);
    expect(raw("SELECT 1 FROM acts WHERE kind = 'receipt.issued'")).to.have.length(3);
    const listed = await world.visit('maryam', 'GET /centres/noor/donations.json?sort=receipt');
    const gifts = listed.json<{ donations: Record<string, unknown>[] }>().donations;
    expect(gifts.map(({ kind, amount, receivedOn }) => [kind, amount, receivedOn])).to.deep.equal([
      ['cash', 5_000_000, '2026-10-23'],
      ['transfer', 7_500_000, '2026-10-24'],
      ['cash', 1_000_000, '2026-10-25'],
    ]);
  });

  it('warns of a gift that seems to be there, and waits until somebody has seen it', async () => {
    const gift = ['1405/08/01', 'نقدی', 5_000_000, 'صدقه', 'حسین نیکوکار'];
    const rows = [
      [...GIFT_HEADS, 'کد ملی نیکوکار'],
      [...gift, '0012345679'],
    ];
    const trial = await hand.trial('gifts', rows);
    expect(trial.warnings.map(({ key }) => key)).to.deep.equal(['imports:warnings.there']);
    expect((await hand.take(trial.id)).status).to.equal(422);
    expect((await hand.take(trial.id, { confirmed: true })).status).to.equal(200);
  });

  it('warns of what another sheet brought while this one was looked at', async () => {
    const rows = ['یک', 'دو'].map((who) => [
      '1405/08/03',
      'نقدی',
      3_000_000,
      'صدقه',
      `آقای ${who}`,
    ]);
    const before = counted(world);
    const sent = [rows, [...rows].reverse()].map((each) =>
      hand.sheet('maryam', 'gifts', [GIFT_HEADS, ...each], { take: true }),
    );
    const answers = await Promise.all(sent);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 422]);
    expect(counted(world).donations).to.equal(before.donations! + 2);
  });

  it('of opening balances becomes the draft that another posts', async () => {
    const heads = ['حساب', 'صندوق', 'بدهکار (ریال)', 'بستانکار (ریال)', 'شرح'];
    const day = '?entryOn=1405/01/01';
    const odd = [heads, ['1101', 'صدقه', 9_000_000, null, null], ['6101', 'صدقه', null, 9_000_000]];
    expect((await refused('opening', odd, day)).faults).to.deep.equal([
      [3, 'account', 'books:refusals.opening-account'],
    ]);
    const uneven = [heads, ['1101', 'صدقه', 9_000_000], ['2101', 'صدقه', null, 8_000_000]];
    expect((await refused('opening', uneven, day)).refusal).to.match(/unbalanced/);
    const even = [heads, ['1101', 'صدقه', 9_000_000], ['2101', 'صدقه', 0, '۹٬۰۰۰٬۰۰۰', 'قرض']];
    const trial = await hand.trial('opening', even, day);
    expect(trial.refusal, JSON.stringify(trial)).to.equal(null);
    const done = await hand.take(trial.id, { entryOn: '1405/01/01' });
    expect(done.json(), done.text).to.include({ added: 1, rowCount: 2 });
    expect(raw('SELECT kind, state, entry_on FROM entry_drafts')).to.deep.equal([
      { kind: 'opening', state: 'draft', entry_on: '2026-03-21' },
    ]);
  });

  it('names each faulty cell, and gives the file back with it marked and the reason beside', async () => {
    const rows = [
      ['فهرست کمک‌ها'],
      GIFT_HEADS,
      ['1405/08/01', 'نقدی', 1_000_000, 'صدقه', 'آقای الف'],
      ['1405/13/01', 'نقدی', -5, 'نذر ماه', 'آقای ب'],
      ['1405/12/01', 'پیامک', '12a000', 'صدقه', 'آقای پ'],
    ];
    const { faults } = await refused('gifts', rows);
    expect(faults).to.deep.equal([
      [4, 'receivedOn', 'values:day.month'],
      [4, 'amount', 'values:rial.negative'],
      [4, 'fund', 'imports:faults.no-such-fund'],
      [5, 'receivedOn', 'donations:refusals.future'],
      [5, 'kind', 'imports:faults.no-such-kind'],
      [5, 'amount', 'values:rial.words'],
    ]);
    const { id } = await hand.trial('gifts', rows);
    const file = await fetch(`${world.address}/toos${hand.root}/${id}/faults.xlsx`, {
      headers: { authorization: `Bearer ${world.tokens.maryam}` },
    });
    const bytes = Buffer.from(await file.arrayBuffer());
    const read = readWholeSheet(bytes);
    if ('fault' in read) throw new Error(read.fault);
    expect(read.value.rows[0]).to.deep.equal([...GIFT_HEADS, 'ایراد']);
    expect(read.value.rows[1]!.slice(0, 5)).to.deep.equal(rows[2]);
    expect(read.value.rows[2]!.slice(0, 3)).to.deep.equal(rows[3]!.slice(0, 3));
    expect(read.value.rows[2]![5]).to.match(/^تاریخ دریافت: .* • مبلغ .* • نیت/);
  });

  it('is what the doctor finds of it', () => {
    for (const { name, run } of importChecks) expect(run(world.province.db), name).to.equal(null);
    expect(TODAY).to.equal('2026-11-21');
  });
});
