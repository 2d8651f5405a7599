import { expect } from 'chai';
import { setEidDay } from '../../src/funds/eid.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, PASSWORD, TODAY, type World } from '../support/world.ts';

const ROOT = '/toos/centres/noor/donations/eid';
const API = '/centres/noor/donations/eid';
const RATE = { lunarYear: 1448, staple: 'wheat', rate: 2_000_000, marja: 'مرجع نمونه' };
const SET = { ...RATE, source: 'اعلام دفتر، ۲۸ رمضان', fromOn: TODAY };

describe('the night of Eid', () => {
  let world: World;
  let maryam: Reader;
  before(async () => {
    world = await buildWorld();
    maryam = new Reader(world.address);
    await maryam.fill('/toos/login', '/toos/login', { username: 'maryam', password: PASSWORD });
  });
  after(async () => {
    expect(examine(world.province.db).filter(({ wrong }) => wrong)).to.deep.equal([]);
    await world.close();
  });

  const press = { persons: 4, fund: 'fitra-general', kind: 'cash' };
  const post = (body: object, key?: string) =>
    world.visit('maryam', `POST ${API}`, body, key ? { 'idempotency-key': key } : {});
  const receipts = () =>
    world.province.db.$client.prepare('SELECT count(*) FROM receipts').pluck().get();

  it('waits for the rate of the year, which the province sets with its source', async () => {
    expect((await maryam.get(ROOT)).text).to.include('نرخ امسال ثبت نشده است');
    expect((await post(press)).status).to.equal(422);
    expect((await world.visit('reza', 'POST /fitra-rates', SET)).status).to.equal(403);
    expect(
      (await world.visit('deputy', 'POST /fitra-rates', { ...SET, source: '' })).status,
    ).to.equal(422);
    expect((await world.visit('deputy', 'POST /fitra-rates', SET)).status).to.equal(201);
    expect((await world.visit('deputy', 'GET /fitra-rates')).text).to.include('گندم');
    expect((await world.visit('deputy', 'GET /fitra-rates.csv')).status).to.equal(200);
  });

  it('makes a whole gift of four keys, with persons times the rate', async () => {
    const entered = await post(press);
    expect(entered.status).to.equal(201);
    const told = entered.json();
    expect(told).to.include({ amount: 8_000_000, persons: 4, state: 'issued' });
    const receipt = await world.visit(
      'maryam',
      `GET /centres/noor/donations/receipts/${told.receipt}.json`,
    );
    expect(receipt.json()).to.include({ amount: 8_000_000, fund: 'fitra-general', kind: 'cash' });
    const page = await maryam.fill(ROOT, ROOT, { ...press, persons: '۲', fund: 'fitra-sadat' });
    expect(page.to).to.equal(ROOT);
    expect((await maryam.get(ROOT)).text).to.include('۴٬۰۰۰٬۰۰۰');
  });

  it('refuses what is no number of persons, no fund of fitra, and a card without its batch', async () => {
    for (const wrong of [
      { persons: 0 },
      { persons: 100 },
      { fund: 'sadaqa' },
      { kind: 'cheque' },
      { kind: 'card' },
    ]) {
      expect((await post({ ...press, ...wrong })).status, JSON.stringify(wrong)).to.equal(422);
    }
    const shown = await maryam.fill(ROOT, ROOT, { ...press, persons: 'x' });
    expect(shown.status).to.equal(422);
    expect(shown.text).to.include('از ۱ تا ۹۹');
  });

  it('takes many cards of one batch, each with a reference of its own', async () => {
    const card = { ...press, kind: 'card', batch: '۱۲۳' };
    const two = await Promise.all([post(card), post(card)]);
    expect(two.map(({ status }) => status)).to.deep.equal([201, 201]);
    const references = world.province.db.$client
      .prepare('SELECT reference FROM gift_references ORDER BY reference')
      .pluck()
      .all();
    expect(references).to.deep.equal(['12300001', '12300002']);
    const page = await maryam.fill(ROOT, ROOT, { ...card, persons: '4' });
    expect(page.to).to.include('batch=123');
  });

  it('enters a press once, however often it is sent', async () => {
    const before = Number(receipts());
    const again = await Promise.all([1, 2, 3].map(() => post(press, 'press-of-the-night')));
    expect(new Set(again.map((one) => one.json().receipt)).size).to.equal(1);
    expect(receipts()).to.equal(before + 1);
    expect((await post({ ...press, persons: 5 }, 'press-of-the-night')).status).to.equal(422);
  });

  it('sums up by clerk and for all, and tells who may receive which in the morning', async () => {
    const totals = (await world.visit('maryam', `GET ${API}/totals.json`)).json<{
      all: { persons: number };
      own: object;
    }>();
    expect(totals.all.persons).to.equal(4 + 2 + 4 + 4 + 4 + 4);
    await enter(world.province, (tx) =>
      setEidDay(tx, world.actor('deputy'), {
        lunarYear: 1448,
        eidOn: '2027-03-10',
        source: 'تقویم',
      }),
    );
    const page = await world.visit('reza', `GET ${API}/morning`);
    expect(page.text).to.include('به سید داده نمی‌شود').and.include('روز عید امسال');
    const told = (await world.visit('inspector', `GET ${API}/morning.json`)).json<{
      funds: { held: number; sayyids: string }[];
    }>();
    expect(told.funds.map(({ sayyids }) => sayyids)).to.deep.equal(['no', 'yes']);
    expect(told.funds.map(({ held }) => held)).to.deep.equal([40_000_000, 4_000_000]);
    for (const format of ['csv', 'xlsx', 'pdf']) {
      expect((await world.visit('reza', `GET ${API}/morning.${format}`)).status).to.equal(200);
    }
  });

  it('B-35: has each clerk’s cash counted by two', async () => {
    const cash = 8_000_000 + 4_000_000 + 8_000_000;
    const sheet = { 'note.1000000': '20', total: String(cash) };
    expect((await maryam.get(`${ROOT}/counts`)).status).to.equal(200);
    const short = { 'note.1000000': '19', total: '19000000' };
    const unsaid = await maryam.fill(`${ROOT}/counts`, `${ROOT}/counts`, short);
    expect(unsaid.status).to.equal(422);
    expect(unsaid.text).to.include('۲۰٬۰۰۰٬۰۰۰');
    const made = await maryam.fill(`${ROOT}/counts`, `${ROOT}/counts`, sheet);
    expect(made.to).to.equal(`${ROOT}/counts/1`);
    expect((await maryam.get(made.to)).text).to.include('۲۰٬۰۰۰٬۰۰۰');
    const own = await world.visit('maryam', `POST ${API}/counts/1/confirmation`, { total: cash });
    expect(own.status).to.equal(409);
    const hidden = (await world.visit('reza', `GET ${API}/counts/1.json`)).json();
    expect(hidden.totalRial).to.equal(null);
    expect(
      (await world.visit('reza', `POST ${API}/counts/1/confirmation`, { total: 5 })).status,
    ).to.equal(422);
    expect(
      (await world.visit('reza', `POST ${API}/counts/1/confirmation`, { total: cash })).status,
    ).to.equal(200);
    const empty = await world.visit('maryam', `POST ${API}/counts`, { total: 0, sheet: [] });
    expect(empty.json().detail).to.include('چیزی ثبت نشده');
    for (const format of ['json', 'csv', 'xlsx', 'pdf']) {
      expect((await world.visit('reza', `GET ${API}/counts.${format}`)).status).to.equal(200);
    }
  });

  it('books what a drawer lacks to 8101 with its explanation, once two have counted it', async () => {
    const press = { persons: 2, fund: 'fitra-sadat', kind: 'cash' };
    expect((await world.visit('maryam', `POST ${API}`, press)).status).to.equal(201);
    const short = { total: 3_000_000, difference: 'یک اسکناس افتاده بود' };
    const sheet = [{ form: 'note', faceRial: 1_000_000, pieces: 3 }];
    const made = await world.visit('maryam', `POST ${API}/counts`, { ...short, sheet });
    const { id, expectedRial } = made.json<{ id: number; expectedRial: number }>();
    const at = `POST ${API}/counts/${id}/confirmation`;
    const done = await world.visit('reza', at, { total: 3_000_000, fund: 'fitra-sadat' });
    expect(done.json(), done.text).to.include({ fund: 'fitra-sadat' });
    const lines = world.province.db.$client
      .prepare(
        `SELECT account, debit_rial - credit_rial AS rial, detail FROM entry_lines
         WHERE entry_id = (SELECT entry_id FROM fitra_count_confirmations WHERE count_id = ?)
         ORDER BY account`,
      )
      .all(id);
    const rial = expectedRial - 3_000_000;
    expect(lines).to.deep.equal([
      { account: '1101', rial: -rial, detail: short.difference },
      { account: '8101', rial, detail: short.difference },
    ]);
    expect(examine(world.province.db).filter(({ wrong }) => wrong)).to.deep.equal([]);
  });

  it('finds the number of a card by its figures, not among all gifts', () => {
    const plan = world.province.db.$client
      .prepare(
        `EXPLAIN QUERY PLAN SELECT 1 FROM gift_references g CROSS JOIN donations d
         ON d.id = g.donation_id WHERE ltrim(g.reference, '0') = ltrim(?, '0')`,
      )
      .all('1') as { detail: string }[];
    expect(plan.map(({ detail }) => detail).join()).to.include('gifts_by_figures');
  });

  it('B-132: is refused by the file where a gift is not persons times the rate', () => {
    const { $client: client } = world.province.db;
    const id = client.prepare('SELECT max(id) FROM donations').pluck().get();
    const forge = () =>
      client.prepare('INSERT INTO fitra_gifts VALUES (?, 1, 1, 1, 9, NULL)').run(id);
    expect(forge).to.throw('fitra_gift_is_persons_at_rate');
    expect(() => client.prepare('UPDATE fitra_gifts SET persons = 9').run()).to.throw(
      'fitra_gifts_are_final',
    );
    expect(() => client.prepare('DELETE FROM fitra_rates').run()).to.throw('fitra_rates_are_final');
  });
});
