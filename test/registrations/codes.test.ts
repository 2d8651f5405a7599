/** B-112: the committee's codes beside our gifts: one by one, by a sheet, and asked for by the province. */
import { expect } from 'chai';
import { compassOf } from '../../src/bylaw/compass.ts';
import { registrationChecks } from '../../src/registrations/checks.ts';
import { give, signIn } from '../donations/gifts.ts';
import { layOutgoing } from '../payments/laid.ts';
import { as, deliver, help, itemCalled, run } from '../payments/paying.ts';
import { xlsxOf } from '../sheets/workbooks.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

describe('B-112, the code of the committee’s own system', () => {
  let world: World;
  let receipts: string[];
  before(async () => {
    world = await buildWorld();
    receipts = [];
    for (const amount of [100_000, 200_000, 300_000]) {
      const given = await world.visit('maryam', `POST /centres/noor/donations`, {
        ...{ kind: 'cash', amount, fund: 'sadaqa', receivedOn: '1405/08/30' },
      });
      receipts.push(given.json<{ receipt: string }>().receipt);
    }
  });
  after(() => world.close());

  const at = '/centres/noor/registrations';
  const codes = async () => {
    const told = await world.visit('maryam', `GET ${at}.json`);
    return told.json<{ rows: { code: string | null }[] }>().rows.map(({ code }) => code);
  };
  const sheet = async (rows: (string | number | null)[][], body: object = {}) => {
    const bytes = await xlsxOf([['شمارهٔ رسید', 'مبلغ', 'کد ثبت'], ...rows]);
    const sent = { name: 'codes.xlsx', file: bytes.toString('base64'), ...body };
    return world.visit('maryam', `POST ${at}/import`, sent);
  };
  const bearing = () =>
    compassOf(world.province.db, world.noor.id, TODAY).find(({ id }) => id === 'B-112')!;

  it('is written for one gift, changed by a later row, and never two gifts’', async () => {
    const { visit } = world;
    const first = await visit('maryam', `POST ${at}/${receipts[0]}`, { code: 'RN-۱۲۳' });
    expect(first.json(), first.text).to.include({ code: 'RN-123' });
    const taken = await visit('maryam', `POST ${at}/${receipts[1]}`, { code: 'RN-123' });
    expect(taken.json<{ clause: string }>().clause).to.equal('B-112');
    const spaced = await visit('maryam', `POST ${at}/${receipts[1]}`, { code: 'a b' });
    expect(spaced.status).to.equal(422);
    await visit('maryam', `POST ${at}/${receipts[0]}`, { code: 'RN-124' });
    expect(await codes()).to.deep.equal(['RN-124', null, null]);
    expect((await visit('hadi', `POST ${at}/${receipts[1]}`, { code: '9' })).status).to.equal(403);
    expect((await visit('karim', `GET ${at}`)).status).to.equal(404);
    expect((await visit('maryam', `POST ${at}/1405-999999`, { code: '9' })).status).to.equal(404);
    const { $client } = world.province.db;
    const raw = `INSERT INTO registration_codes (centre_id, subject, code, recorded_on, recorded_by,
      act_id) VALUES (${world.noor.id}, 'donations/2', 'RN-124', '${TODAY}', 1, 1)`;
    expect(() => $client.exec(raw)).to.throw('b112_code_once');
    expect(() => $client.exec('DELETE FROM registration_codes')).to.throw('codes_are_final');
  });

  it('comes in by a sheet: tried first, all or none, the faults marked in a file', async () => {
    const faulty = [
      [receipts[1]!, 200_000, 'RN-125'],
      [receipts[2]!, 300_000, 'RN-125'],
      ['1405-000099', 1, 'RN-126'],
      ['1405/000001', 1, 'RN-127'],
    ];
    const tried = await sheet(faulty, { try: true });
    expect(tried.json(), tried.text).to.include({ sound: 1, faults: 3 });
    const form = new FormData();
    const bytes = await xlsxOf([['شمارهٔ رسید', 'مبلغ', 'کد ثبت'], ...faulty]);
    form.set('file', new Blob([new Uint8Array(bytes)]), 'codes.xlsx');
    form.set('try', 'true');
    const page = await fetch(`${world.address}/toos${at}/import`, {
      ...{ method: 'POST', body: form },
      headers: { authorization: `Bearer ${world.tokens.maryam}`, accept: 'text/html' },
    });
    expect(page.status).to.equal(200);
    expect(await page.text()).to.include('۱۴۰۵-۰۰۰۰۹۹');
    const refused = await sheet(faulty);
    expect(refused.status).to.equal(422);
    expect(await codes()).to.deep.equal(['RN-124', null, null]);
    const sound = faulty.slice(0, 1).concat([[receipts[2]!, 300_000, '١٢٦']]);
    const done = await sheet(sound);
    expect(done.json(), done.text).to.deep.equal({ recorded: 2, rows: 2 });
    expect(await codes()).to.deep.equal(['RN-124', 'RN-125', '126']);
    expect((await sheet(sound)).json()).to.include({ recorded: 0 });
    const picture = Buffer.from('ffd8ffe000104a464946', 'hex').toString('base64');
    const none = { name: 'codes.xlsx', file: picture };
    expect((await world.visit('maryam', `POST ${at}/import`, none)).status).to.equal(422);
  });

  it('takes back the very list that it gives', async () => {
    const list = await world.visit('maryam', `GET ${at}.csv`);
    const file = Buffer.from(list.text).toString('base64');
    const again = await world.visit('maryam', `POST ${at}/import`, { name: 'list.csv', file });
    expect(again.json(), again.text).to.include({ recorded: 0, rows: 3 });
    for (const form of ['', '.xlsx', '.pdf', '?state=with', '?state=without']) {
      const shown = await world.visit('maryam', `GET ${at}${form}`);
      expect(shown.status, form + shown.text.slice(0, 300)).to.equal(200);
    }
  });

  it('is asked for only once the province says so, and then breaks the compass after the limit', async () => {
    const { visit, clock } = world;
    expect(bearing().state).to.equal('kept');
    const rule = { asked: true, days: 2, fromOn: '1405/08/30' };
    expect((await visit('hadi', 'POST /registration-rules', rule)).status).to.equal(403);
    const backwards = { ...rule, fromOn: '1405/08/29' };
    const refused = await visit('deputy', 'POST /registration-rules', backwards);
    expect(refused.json<{ clause: string }>().clause).to.equal('B-112');
    expect((await visit('deputy', 'POST /registration-rules', rule)).status).to.equal(200);
    expect((await visit('deputy', 'GET /registration-rules')).status).to.equal(200);
    await visit('maryam', `POST /centres/noor/donations`, {
      ...{ kind: 'cash', amount: 5000, fund: 'sadaqa', receivedOn: '1405/08/30' },
    });
    expect(bearing().state).to.equal('kept');
    const later = compassOf(world.province.db, world.noor.id, '2026-11-24');
    const broken = later.find(({ id }) => id === 'B-112')!;
    expect(broken).to.include({ state: 'broken', why: 'bylaw:why.B-112.codeless' });
    expect(broken.told.count).to.equal(1);
    const raw = `INSERT INTO registration_rules (asked, days, from_on, act_id)
      VALUES (0, 0, '2026-01-01', 1)`;
    expect(() => world.province.db.$client.exec(raw)).to.throw('b112_codes_not_backwards');
    expect(clock.now).to.be.a('date');
  });

  it('is kept for payments and deliveries too: listed without, exported, brought in, shown', async () => {
    await give(world, { amountRial: 9_000_000 });
    await run(world, (tx) =>
      layOutgoing(tx, world.noor, { finance: as(world, 'maryam'), chair: as(world, 'reza') }),
    );
    const recipient = await help(world);
    const itemId = itemCalled(world, 'برنج ایرانی');
    await deliver(world, recipient, [{ itemId, quantityMilli: 1000 }]);
    const list = async (query: string) =>
      (await world.visit('maryam', `GET ${at}.json?${query}`)).json<{
        rows: { number: string }[];
      }>().rows;
    const numbers = (await list('state=without')).map(({ number }) => number);
    expect(numbers).to.include('P-1405-0001').and.include('D-1405-0001');
    expect(await list('row=delivery')).to.have.length(1);
    const sent = [
      ['P-1405-0001', 3_000_000, 'CM-1'],
      ['d-۱۴۰۵-۰۰۰۱', 1, 'CM-2'],
    ];
    const done = await sheet(sent);
    expect(done.json(), done.text).to.include({ recorded: 2 });
    const maryam = await signIn(world, 'maryam');
    const root = '/toos/centres/noor';
    expect((await maryam.get(`${root}/payments/1`)).text).to.include('CM-1');
    expect((await maryam.get(`${root}/deliveries/2`)).text).to.include('CM-2');
    const typed = await maryam.fill(`${root}/payments/1`, `${root}/registrations/P-1405-0001`, {
      ...{ code: 'CM-3', back: 'page' },
    });
    expect(typed.to, typed.text).to.equal(`${root}/payments/1`);
    expect((await maryam.get(`${root}/registrations`)).text).to.include('CM-3');
    expect((await list('row=payment&state=without')).length).to.equal(0);
  });

  it('is found sound by the doctor', () => {
    expect(registrationChecks.map(({ run }) => run(world.province.db))).to.deep.equal([null]);
  });
});
