import { expect } from 'chai';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, NOW, TODAY, type World } from '../support/world.ts';
import { BATOOL, DONORS, GIFTS, give, RECEIPTS, signIn, told } from './gifts.ts';

const HIDDEN = { name: 'گمنام پنهانی', mobile: '09157654321', nationalId: '0010350829' };

describe('the pages of donors', () => {
  let world: World;
  let open: number;
  let hidden: number;
  before(async () => {
    world = await buildWorld();
    open = (await give(world, { donor: BATOOL })).donor!.id;
    hidden = (await give(world, { donor: HIDDEN })).donor!.id;
    await give(world, { donor: { id: hidden, mayBeNamed: false } });
  });
  after(() => world.close());

  it('show contact data to chair, vice-chair and finance, masked to others (B-105)', async () => {
    const whole = told(await world.visit('maryam', `GET ${DONORS}/${open}.json`));
    expect(whole).to.include({ mobile: BATOOL.mobile, nationalId: BATOOL.nationalId });
    const masked = told(await world.visit('inspector', `GET ${DONORS}/${open}.json`));
    expect(masked).to.include({ name: BATOOL.name, mobile: '•••••••0001' });
    const { text } = await world.visit('inspector', `GET ${DONORS}/${open}`);
    expect(text).not.to.include(BATOOL.mobile).and.not.to.include('۰۹۱۵۰۰۰۰۰۰۱');
  });

  it('name whoever asked not to be named nowhere, once he has asked (B-104)', async () => {
    for (const person of ['reza', 'inspector'] as const) {
      for (const path of [
        ...[GIFTS, `${GIFTS}.json`, `${GIFTS}.csv`, RECEIPTS, `${RECEIPTS}/1405-000002`],
        ...[`${RECEIPTS}/1405-000002.json`, `${RECEIPTS}/1405-000003`, DONORS, `${DONORS}.csv`],
        ...[`${DONORS}.json`, `${DONORS}/${hidden}`, `${DONORS}/${hidden}.json`],
        ...[`${DONORS}/search.json?q=09157654321`, `${GIFTS}?donor=${hidden}`],
      ]) {
        const { status, text } = await world.visit(person, `GET ${path}`);
        expect(status, path).to.equal(200);
        expect(text, path).not.to.include('پنهانی').and.not.to.include('0010350829');
      }
    }
    const { found } = told(
      await world.visit('reza', `GET ${DONORS}/search.json?q=09157654321`),
    ) as { found: object[] };
    expect(found[0]).to.include({ id: hidden, hint: '' });
    const form = await world.visit('reza', `GET ${DONORS}/${hidden}/edit`);
    expect(form.text).not.to.include('پنهانی');
  });

  it('find by a part of a number only for whoever is shown the whole (B-105)', async () => {
    const found = async (person: 'maryam' | 'inspector', q: string) => {
      const search = told(await world.visit(person, `GET ${DONORS}/search.json?q=${q}`));
      const list = told(await world.visit(person, `GET ${DONORS}.json?q=${q}`));
      const gifts = told(await world.visit(person, `GET ${GIFTS}.json?q=${q}`));
      return [search.found, list.donors, gifts.donations].map((all) => (all as []).length);
    };
    const part = BATOOL.mobile.slice(0, 10 - 1);
    expect(await found('maryam', part)).to.eql([1, 1, 0]);
    expect(await found('inspector', part)).to.eql([0, 0, 0]);
    expect(await found('inspector', BATOOL.mobile)).to.eql([1, 1, 1]);
  });

  it('tell nothing of a withheld name by the alphabet either', async () => {
    const given: string[] = [];
    for (const name of ['یکتا پنهانی', 'آرش پنهانی', 'میترا پنهانی']) {
      given.push((await give(world, { donor: { name, mayBeNamed: false } })).receipt);
    }
    for (const sort of ['donor', '-donor']) {
      const { text } = await world.visit('inspector', `GET ${GIFTS}.json?sort=${sort}`);
      const { donations } = JSON.parse(text) as { donations: { receipt: string }[] };
      const receipts = donations.map(({ receipt }) => receipt);
      const listed = receipts.filter((receipt) => given.includes(receipt));
      expect(listed).to.eql(sort === 'donor' ? given : given.toReversed());
    }
  });

  it('reveal the name for a reason, which the trail keeps', async () => {
    const line = `POST ${DONORS}/${hidden}/reveal`;
    expect((await world.visit('maryam', line, { reason: ' ' })).status).to.equal(422);
    const revealed = told(await world.visit('maryam', line, { reason: 'رسید را خودش خواست' }));
    expect(revealed).to.include({ name: HIDDEN.name, mobile: HIDDEN.mobile });
    const seen = told(await world.visit('inspector', line, { reason: 'رسیدگی به شکایت' }));
    expect(seen).to.include({ name: HIDDEN.name, mobile: '•••••••4321' });
    const acts = world.province.db.$client
      .prepare("SELECT subject FROM acts WHERE kind = 'donor.revealed'")
      .pluck()
      .all();
    expect(acts).to.eql([`donors/${hidden}`, `donors/${hidden}`]);
    const browser = await signIn(world, 'reza');
    await browser.get(`/toos${DONORS}/${hidden}`);
    const page = await browser.post(`/toos${line.slice(5)}`, { reason: 'پرسش خود او' });
    expect(page.text).to.include('پنهانی').and.include('B-104');
    const refused = await browser.post(`/toos${line.slice(5)}`, { reason: '' });
    expect(refused.status).to.equal(422);
    expect(refused.text).not.to.include('پنهانی');
  });

  it('keep what a withheld donor’s form leaves empty', async () => {
    const line = `POST ${DONORS}/${hidden}`;
    const kept = await world.visit('maryam', line, { mobile: '09150009999', unnamed: true });
    expect(kept.status).to.equal(200);
    const row = world.province.db.$client
      .prepare('SELECT name, national_id, mobile, may_be_named FROM donors WHERE id = ?')
      .get(hidden);
    const { name, nationalId: national_id } = HIDDEN;
    expect(row).to.eql({ name, national_id, mobile: '09150009999', may_be_named: 0 });
  });

  it('leave as it is what a program leaves out, the wish not to be named above all', async () => {
    const rowOf = (id: number) =>
      world.province.db.$client
        .prepare('SELECT mobile, national_id, may_be_named FROM donors WHERE id = ?')
        .get(id);
    for (const id of [hidden, open]) {
      const before = rowOf(id);
      expect((await world.visit('maryam', `POST ${DONORS}/${id}`, {})).status).to.equal(200);
      expect(rowOf(id)).to.eql(before);
    }
  });

  it('add and edit donors through their forms, and keep what was typed when refused', async () => {
    const browser = await signIn(world, 'maryam');
    await browser.get(`/toos${DONORS}/new`);
    const fields = { name: 'پروین نمونه', mobile: '0915', nationalId: '' };
    const refused = await browser.post(`/toos${DONORS}`, { ...fields, _key: 'a-new-donor-1' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('value="پروین نمونه"').and.include('value="0915"');
    const right = { ...fields, mobile: '09150003333', _key: 'a-new-donor-1' };
    const added = await browser.post(`/toos${DONORS}`, right);
    expect(added.status).to.equal(303);
    await browser.get(`${added.to}/edit`);
    const edited = await browser.post(added.to, { ...right, mobile: '' });
    expect(edited.to).to.equal(added.to);
    expect((await browser.get(added.to)).text).to.include('به‌روز شد');
    const taken = await browser.post(added.to, { ...right, nationalId: BATOOL.nationalId });
    expect(taken.status).to.equal(409);
  });

  it('cancel a receipt from its page, with a reason, by the right person', async () => {
    const { receipt } = await give(world, { receivedOn: addDays(TODAY, -2) });
    const browser = await signIn(world, 'reza');
    const page = `/toos${RECEIPTS}/${receipt}`;
    expect((await browser.get(page)).text).to.include(`${page}/cancel`);
    const refused = await browser.post(`${page}/cancel`, { reason: 'x' });
    expect(refused.status).to.equal(422);
    const done = await browser.post(`${page}/cancel`, { reason: 'مبلغ به تومان گفته شده بود' });
    expect([done.status, done.to]).to.eql([303, page]);
    const after = await browser.get(page);
    expect(after.text).to.include('مبلغ به تومان گفته شده بود').and.include('باطل شد');
    expect(after.text).not.to.include(`${page}/cancel"`);
    const twice = await world.visit('reza', `POST ${RECEIPTS}/${receipt}/cancel`, {
      reason: 'باز هم',
    });
    expect([twice.status, told(twice).clause]).to.eql([409, 'B-132']);
    const { receipt: later } = await give(world);
    world.clock.now = new Date(NOW.getTime() + 86_400_000);
    const own = await world.visit('reza', `GET ${RECEIPTS}/${later}`);
    expect(own.text).not.to.include('/cancel"');
    world.clock.now = NOW;
  });
});
