import { expect } from 'chai';
import { compassOf } from '../../src/bylaw/compass.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { BATOOL, give, RECEIPTS, told } from './gifts.ts';

const CARD = {
  ...{ tribute: 'wreath', named: 'شادروان علی نمونه', occasion: 'درگذشت آن شادروان' },
  ...{ addressee: 'خانوادهٔ محترم نمونه', showsGiver: true },
};

describe('a card in memory or on behalf of somebody', () => {
  let world: World;
  let receipt: string;
  before(async () => {
    world = await buildWorld();
    ({ receipt } = await give(world, { donor: BATOOL, amountRial: 7_770_000 }));
  });
  after(() => world.close());

  const address = (of = receipt) => `${RECEIPTS}/${of}/tribute`;
  const issue = (more: object = {}, of = receipt) =>
    world.visit('reza', `POST ${address(of)}`, { ...CARD, ...more });
  const content = () =>
    world.province.db.$client
      .prepare("SELECT content FROM papers WHERE kind = 'tribute' ORDER BY id DESC")
      .pluck()
      .get() as string;
  const verify = async (code: unknown) => {
    const answer = await fetch(`${world.address}/verify/${code}.json`);
    return (await answer.json()) as { state: string };
  };

  it('says whom it remembers and who gave, and nothing of the amount', async () => {
    const answer = await issue();
    expect(answer.status, answer.text).to.equal(201);
    expect(told(answer)).to.include({ tribute: 'wreath', state: 'valid', number: `${receipt}-1` });
    for (const part of ['شادروان علی نمونه', 'خانوادهٔ محترم نمونه', BATOOL.name]) {
      expect(content()).to.include(part);
    }
    expect(content()).not.to.match(/۷٬۷۷۰٬۰۰۰|7770000/);
    expect((await verify(told(answer).verifyCode)).state).to.equal('valid');
  });

  it('says the amount where it is asked for', async () => {
    await issue({ showsAmount: true });
    expect(content()).to.include('۷٬۷۷۰٬۰۰۰');
  });

  it('is replaced by a later one', async () => {
    const { tributes } = (await world.visit('reza', `GET ${address()}.json`)).json<{
      tributes: { state: string; verifyCode: string }[];
    }>();
    expect(tributes.map(({ state }) => state)).to.eql(['valid', 'replaced']);
    expect((await verify(tributes[1]!.verifyCode)).state).to.equal('replaced');
  });

  it('is printed on A5, the second time as a reprint', async () => {
    for (const times of [1, 2]) {
      const pdf = await world.visit('reza', `GET ${address()}.pdf`);
      expect(pdf.status, String(times)).to.equal(200);
    }
  });

  it('names nobody who is anonymous or asked not to be named', async () => {
    const anonymous = await give(world);
    expect((await issue({}, anonymous.receipt)).status).to.equal(422);
    expect((await issue({ showsGiver: false }, anonymous.receipt)).status).to.equal(201);
    const unnamed = await give(world, { donor: { name: 'پنهان نمونه', mayBeNamed: false } });
    const refused = await issue({}, unnamed.receipt);
    expect(refused.json()).to.include({ clause: 'B-104' });
    await give(world, { donor: { ...BATOOL, mayBeNamed: false } });
    expect((await world.visit('reza', `GET ${address()}.pdf`)).status).to.equal(409);
  });

  it('falls with its receipt, and is not issued for one that was cancelled', async () => {
    const { receipt: taken } = await give(world);
    const card = told(await issue({ showsGiver: false }, taken));
    await world.visit('reza', `POST ${RECEIPTS}/${taken}/cancel`, { reason: 'اشتباه' });
    expect((await verify(card.verifyCode)).state).to.equal('over');
    expect((await issue({ showsGiver: false }, taken)).status).to.equal(409);
  });

  it('wants to know of whom, and for whom', async () => {
    const answer = await issue({ named: '', addressee: undefined, tribute: 'x' });
    const { errors } = answer.json<{ errors: { field: string }[] }>();
    expect(errors.map(({ field }) => field).toSorted()).to.eql(['addressee', 'named', 'tribute']);
  });

  it('is final in the file, and leaves the doctor nothing to say', () => {
    const { db } = world.province;
    expect(() => db.$client.exec("UPDATE tributes SET named = 'x'")).to.throw('tributes_are_final');
    expect(() => db.$client.exec('DELETE FROM tributes')).to.throw('tributes_are_final');
    expect(examine(db).filter(({ wrong }) => wrong !== null)).to.eql([]);
  });

  it('B-134: counts among the papers that were given out', () => {
    const { province, noor } = world;
    const bearing = compassOf(province.db, noor.id, TODAY).find(({ id }) => id === 'B-134');
    expect(bearing!.state).to.equal('kept');
  });
});
