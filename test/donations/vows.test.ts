/** Conventions of a vow: told with its gift, reminded of near its day and after, kept as it was told. */
import { expect } from 'chai';
import { examine } from '../../src/provinces/doctor.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { help, line, pay } from '../payments/paying.ts';
import type { Reader } from '../support/reader.ts';
import { buildWorld, daysAgo, type Json, TODAY, type World } from '../support/world.ts';
import { GIFTS, give, signIn } from './gifts.ts';

const ROOT = '/toos/centres/noor';

describe('a vow', () => {
  let world: World;
  let reza: Reader;
  const vows = async (state = '') =>
    (await world.visit('reza', `GET ${GIFTS}/vows.json?state=${state}`)).json<{ rows: Json[] }>()
      .rows;
  const home = async () => (await reza.get(ROOT)).text;

  before(async () => {
    world = await buildWorld();
    reza = await signIn(world, 'reza');
  });
  after(() => world.close());

  it('is told with the gift on the form, and with the intention of a vow only', async () => {
    const gift = { kind: 'cash', amount: '2000000', receivedOn: TODAY };
    const vow = { vowObject: 'یک گوسفند قربانی', vowPeople: 'ایتام محله', vowOn: '۱۴۰۵/۰۹/۰۲' };
    const form = (more: object) =>
      reza.fill(`${ROOT}/donations/new`, `${ROOT}/donations`, { ...gift, ...vow, ...more });
    const stray = await form({ fund: 'sadaqa' });
    expect(stray.status).to.equal(422);
    expect(stray.text).to.include('یک گوسفند قربانی');
    expect((await form({ fund: 'vow', vowObject: '' })).status).to.equal(422);
    const made = await form({ fund: 'vow' });
    expect(made.status, made.text).to.equal(303);
    expect((await reza.get(made.to)).text)
      .to.include('یک گوسفند قربانی')
      .and.include('ایتام محله');
    expect((await vows())[0]).to.include({ state: 'near', left: 2_000_000 });
    expect(await home()).to.include('روز نذر نزدیک است');
    expect((await reza.get(`${ROOT}/funds`)).text).to.include('روز نذر نزدیک است');
  });

  it('is told later once, reminded of when its day has passed, and kept by what names it', async () => {
    const { id, receipt } = await give(world, { fund: 'vow', amountRial: 500_000 });
    const at = `POST ${GIFTS}/receipts/${receipt}/vow`;
    const late = { vowObject: 'اطعام ده نفر', vowOn: daysAgo(2) };
    expect((await world.visit('reza', at, late)).status).to.equal(200);
    expect((await world.visit('reza', at, late)).status).to.equal(409);
    expect((await world.visit('inspector', at, late)).status).to.equal(403);
    expect((await vows('late'))[0]).to.include({ object: 'اطعام ده نفر', left: 500_000 });
    expect(await home()).to.include('روز نذر گذشته است');
    const recipient = await help(world);
    await pay(world, { recipient, lines: [line('vow', '6107', 500_000, id)] });
    expect(await vows('late')).to.deep.equal([]);
    expect((await vows('kept'))[0]).to.include({ left: 0 });
    expect(await home()).to.not.include('روز نذر گذشته است');
    const sadaqa = await give(world);
    const other = `POST ${GIFTS}/receipts/${sadaqa.receipt}/vow`;
    expect((await world.visit('reza', other, late)).status).to.equal(422);
  });

  it('stays as it was told, and the doctor finds it in the trail', async () => {
    const json = { kind: 'cash', amount: 10, fund: 'vow', receivedOn: TODAY };
    const vow = { vowObject: 'نان', vowOn: addDays(TODAY, 60) };
    const sent = await world.visit('reza', `POST ${GIFTS}`, { ...json, ...vow });
    expect(sent.status, sent.text).to.equal(201);
    const { db } = world.province;
    expect(() => db.$client.exec("UPDATE vows SET object = 'دیگر'")).to.throw('vows_are_final');
    expect(() =>
      db.$client.exec(`INSERT INTO vows SELECT id, 'x', NULL, NULL, act_id FROM donations
        WHERE fund = 'sadaqa'`),
    ).to.throw('vows_are_final');
    for (const format of ['csv', 'xlsx', 'pdf']) {
      expect((await world.visit('inspector', `GET ${GIFTS}/vows.${format}`)).status).to.equal(200);
    }
    expect((await reza.get(`${ROOT}/donations/vows`)).text).to.include('نان');
    expect(examine(db).filter(({ wrong }) => wrong)).to.deep.equal([]);
  });
});
