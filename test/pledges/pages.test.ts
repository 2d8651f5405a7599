import { expect } from 'chai';
import { makePledge } from '../../src/pledges/pledges.ts';
import { enter } from '../../src/provinces/enter.ts';
import { give, signIn } from '../donations/gifts.ts';
import type { Reader } from '../support/reader.ts';
import { buildWorld, daysAgo, TODAY, type World } from '../support/world.ts';

const ROOT = '/toos/centres/noor/donations/pledges';
const API = '/centres/noor/donations';

describe('the pages of promises', () => {
  let world: World;
  let reza: Reader;
  before(async () => {
    world = await buildWorld();
    reza = await signIn(world, 'reza');
  });
  after(() => world.close());

  const form = {
    ...{ donor: 'بتول نمونه', donorMobile: '۰۹۱۵۰۰۰۰۰۰۱', fund: 'orphans', amount: '۵۰۰٬۰۰۰' },
    ...{ amountUnit: 'toman', repeats: 'monthly', firstOn: daysAgo(3), sponsoredCode: 'f-۱۲' },
  };

  it('take a promise, keep what was typed where it is refused, and remind of it', async () => {
    expect((await reza.get(ROOT)).text).to.include('هنوز تعهدی ثبت نشده است');
    const both = await reza.fill(`${ROOT}/new`, ROOT, { ...form, goods: 'برنج' });
    expect(both.status).to.equal(422);
    expect(both.text).to.include('value="برنج"');
    const named = await reza.fill(`${ROOT}/new`, ROOT, { ...form, sponsoredCode: 'علی' });
    expect(named.status).to.equal(422);
    const made = await reza.fill(`${ROOT}/new`, ROOT, form);
    expect(made.to).to.equal(`${ROOT}/1`);
    const page = await reza.get(made.to);
    expect(page.text).to.include('F-۱۲').and.include('۵٬۰۰۰٬۰۰۰').and.include('گذشته');
    expect((await reza.get(`${ROOT}?state=due`)).text).to.include('بتول نمونه');
    expect((await reza.get('/toos/centres/noor')).text).to.include(
      '۱ تعهد به موعد رسیده یا نزدیک آن',
    );
  });

  it('enter its gift from the form of gifts, and show what is held by code only', async () => {
    const asked = '/toos/centres/noor/donations/new?pledge=1&fund=orphans';
    const fresh = await reza.get(asked);
    expect(fresh.text).to.include('بابت تعهد شمارهٔ ۱');
    const gift = { kind: 'cash', fund: 'orphans', amount: '5000000', receivedOn: TODAY };
    const given = await reza.fill(asked, '/toos/centres/noor/donations', { ...gift, pledge: '1' });
    expect(given.status).to.equal(303);
    expect((await reza.get(`${ROOT}/1`)).text).to.include('1405-000001');
    const json = (await world.visit('reza', `GET ${API}/sponsored.json`)).json<{
      rows: object[];
    }>();
    expect(json.rows[0]).to.include({ code: 'F-12', sponsors: 1, heldRial: 5_000_000 });
    const page = await reza.get('/toos/centres/noor/donations/sponsored');
    expect(page.text).to.include('F-۱۲').and.not.include('بتول');
  });

  it('count a gift by its receipt, end a promise, and give every list in every format', async () => {
    await reza.fill(`${ROOT}/new`, ROOT, { ...form, fund: 'sadaqa', sponsoredCode: '' });
    const donor = { name: 'بتول نمونه', mobile: '09150000001' };
    const { receipt } = await give(world, { donor });
    const by = `${ROOT}/2/gifts`;
    expect((await reza.fill(`${ROOT}/2`, by, { receipt: '1405-999999' })).status).to.equal(422);
    expect((await reza.fill(`${ROOT}/2`, by, { receipt })).status).to.equal(303);
    expect((await reza.fill(`${ROOT}/2`, `${ROOT}/2/end`, { reason: '' })).status).to.equal(422);
    const end = { reason: 'به شهر دیگری رفت' };
    expect((await reza.fill(`${ROOT}/2`, `${ROOT}/2/end`, end)).status).to.equal(303);
    expect((await reza.get(`${ROOT}/2`)).text).to.include('به شهر دیگری رفت');
    for (const list of ['/pledges', '/sponsored', '/committee-share']) {
      for (const format of ['json', 'csv', 'xlsx', 'pdf']) {
        const { status } = await world.visit('inspector', `GET ${API}${list}.${format}`);
        expect(status, `${list}.${format}`).to.equal(200);
      }
      expect((await reza.get(`/toos${API}${list}`)).status).to.equal(200);
    }
  });

  it('remind of what is due in kept words, by slip or message, never twice a day', async () => {
    const page = await reza.get(`${ROOT}/1`);
    expect(page.text).to.include('متن یادآوری').and.include('بتول نمونه، سلام علیکم');
    await reza.fill(`${ROOT}/new`, ROOT, { ...form, fund: 'sadaqa', sponsoredCode: '' });
    const at = `${ROOT}/3/reminders`;
    const sent = await reza.fill(`${ROOT}/3`, at, { way: 'sms' });
    expect(sent.status, sent.text).to.equal(303);
    const again = await world.visit('reza', `POST ${API}/pledges/3/reminders`, { way: 'call' });
    expect(again.status).to.equal(409);
    const { db } = world.province;
    expect(() =>
      db.$client.exec(`INSERT INTO pledge_reminders SELECT 9, pledge_id, due_on, reminded_on, 'call',
        words, reminded_by, act_id FROM pledge_reminders`),
    ).to.throw('reminded_once_a_day');
    await reza.fill(`${ROOT}/new`, ROOT, { ...form, fund: 'sadaqa', sponsoredCode: '' });
    const all = await reza.fill(`${ROOT}?state=due`, `${ROOT}/reminders`, { way: 'slip' });
    expect(all.status, all.text).to.equal(303);
    const none = await world.visit('reza', `POST ${API}/pledges/reminders`, { way: 'slip' });
    expect(none.status).to.equal(409);
    const slips = await world.visit('reza', `GET ${API}/pledges/reminders/slips.pdf`);
    expect(slips.headers.get('content-type')).to.include('application/pdf');
    const list = await world.visit('inspector', `GET ${API}/pledges/reminders.json`);
    const [one] = list.json<{ rows: Record<string, string>[] }>().rows;
    expect(one).to.include({ pledge: 4, way: 'slip', remindedBy: 'رضا نمونه' });
    expect(one!.words)
      .to.include('۵٬۰۰۰٬۰۰۰ ریال')
      .and.not.match(/[\u2066-\u2069]/);
    expect((await reza.get(`${ROOT}/reminders`)).text).to.include('بتول نمونه');
    for (const number of [3, 4]) {
      await reza.fill(`${ROOT}/${number}`, `${ROOT}/${number}/end`, { reason: 'پایان آزمون' });
    }
  });

  it('B-104: name nobody who is not to be named', async () => {
    await enter(world.province, (tx) =>
      makePledge(tx, world.actor('reza', world.noor), world.noor, {
        ...{ donor: { name: 'ناشناس نمونه', mayBeNamed: false }, fund: 'sadaqa', repeats: 'once' },
        ...{ goods: 'دو کیسه برنج', firstOn: TODAY },
      }),
    );
    expect((await reza.get(ROOT)).text).to.not.include('ناشناس نمونه');
    expect((await reza.get(`${ROOT}/5`)).text)
      .to.include('دو کیسه برنج')
      .and.not.include('ناشناس نمونه');
  });

  it('are closed to those who may not read donors', async () => {
    const pledge = { donor: 'کسی', fund: 'sadaqa', amount: 5, repeats: 'once', firstOn: TODAY };
    for (const [line, zahra, karim, inspector] of [
      [`GET ${API}/pledges`, 403, 404, 200],
      [`GET ${API}/pledges/1`, 403, 404, 200],
      [`GET ${API}/sponsored`, 403, 404, 200],
      [`GET ${API}/committee-share`, 403, 404, 200],
      [`POST ${API}/pledges`, 403, 404, 403],
      [`POST ${API}/pledges/1/end`, 403, 404, 403],
      [`POST ${API}/pledges/1/gifts`, 403, 404, 403],
      [`POST ${API}/committee-share`, 403, 404, 403],
    ] as const) {
      const ask = async (person: 'zahra' | 'karim' | 'inspector') =>
        (await world.visit(person, line, line.startsWith('POST') ? pledge : undefined)).status;
      expect([await ask('zahra'), await ask('karim'), await ask('inspector')], line).to.deep.equal([
        zahra,
        karim,
        inspector,
      ]);
    }
  });

  it('reckon the committee’s share from what was receipted, by the rate of the day', async () => {
    const share = `${API}/committee-share.json`;
    type Share = { baseRial: number; shareRial: number; receivedRial: number; coded: object };
    const told = async () => (await world.visit('reza', `GET ${share}`)).json<Share>();
    const before = await told();
    expect(before.baseRial).to.equal(6_000_000);
    expect(before).to.include({ shareRial: 600_000, receivedRial: 0 });
    world.province.db.$client.exec(`INSERT INTO registration_codes
      (centre_id, subject, code, recorded_on, recorded_by, act_id)
      SELECT centre_id, 'donations/' || id, 'K-1', received_on, entered_by, act_id
      FROM donations WHERE id = 1`);
    expect((await told()).coded).to.deep.equal({ gifts: 1, rial: 5_000_000 });
    const paid = {
      ...{ amount: 400_000, receivedOn: TODAY, reference: '12345' },
      ...{ letterNumber: '۴۰/۱۲۳', letterOn: daysAgo(2) },
    };
    const page = '/toos/centres/noor/donations/committee-share';
    const late = await reza.fill(page, page, { ...paid, amount: '400000', letterOn: '' });
    expect(late.status).to.equal(422);
    const made = await world.visit('reza', `POST ${API}/committee-share`, paid);
    expect(made.status, made.text).to.equal(201);
    expect(await told()).to.include({
      ...{ baseRial: 6_000_000, shareRial: 600_000, receivedRial: 400_000 },
      differenceRial: 200_000,
    });
    expect((await reza.get(page)).text).to.include('۴۰/۱۲۳');
    const rate = { fromOn: TODAY, rate: '۷٫۵', source: 'بخشنامهٔ نمونه' };
    expect((await world.visit('reza', 'POST /committee-rates', rate)).status).to.equal(403);
    const wrong = { ...rate, rate: '101' };
    expect((await world.visit('deputy', 'POST /committee-rates', wrong)).status).to.equal(422);
    expect((await world.visit('deputy', 'POST /committee-rates', rate)).status).to.equal(201);
    expect((await world.visit('deputy', 'GET /committee-rates')).text).to.include('بخشنامهٔ نمونه');
    expect(await told()).to.include({ shareRial: 450_000 });
    expect(() => world.province.db.$client.exec('DELETE FROM committee_rates')).to.throw(
      'committee_rates_are_final',
    );
  });
});
