/** B-81: goods go to another purpose as money does, and what may not change stays till delivered. */
import { expect } from 'chai';
import { balanceOfFund } from '../../src/funds/spending.ts';
import { goodsChecks } from '../../src/goods/checks.ts';
import type { Asked, GoodsIntention } from '../../src/goods/intention-rows.ts';
import { changeGoodsIntention, takeBackGoodsIntention } from '../../src/goods/intentions.ts';
import { findLot, type Lot, lotById } from '../../src/goods/lots.ts';
import { stockOfLot } from '../../src/goods/moves.ts';
import { openStore } from '../../src/goods/stores.ts';
import { sendLot } from '../../src/goods/transfers.ts';
import { examineFile } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';
import { give, ready } from './goods.ts';

const HERE = '/centres/noor/goods';

describe('B-81, a change of intention of goods', () => {
  let world: World;
  let rice: Lot;
  let flour: Lot;
  let storeId: number;
  before(async () => {
    world = await buildWorld();
    await enter(world.province, (tx) => {
      rice = ready(tx, world, give(tx, world, [{}], 'dowry')[0]!);
      flour = ready(tx, world, give(tx, world, [{ name: 'آرد' }], 'kaffara')[0]!);
      storeId = stockOfLot(tx, rice.id)[0]!.storeId;
    });
  });
  after(() => world.close());

  const changed = (more: Partial<Asked> = {}, lot = rice, person: Person = 'reza') =>
    enter(world.province, (tx) => {
      const asked: Asked = {
        ...{ storeId, quantityMilli: 2_500, toFund: 'purpose', way: 'consent' },
        ...{ consent: 'writing', consentedOn: TODAY, reason: 'عروسی به هم خورد و بخشنده خواست' },
        ...more,
      };
      return changeGoodsIntention(tx, world.actor(person, world.noor), world.noor, { lot, asked });
    });
  const keyOf = async (promise: Promise<unknown>) => {
    const fault = (await promise.catch((thrown: unknown) => thrown)) as Refusal & Error;
    return fault.key ?? fault.message;
  };
  const held = (fund: string) => balanceOfFund(world.province.db, world.noor.id, '1301', fund);
  const lies = (lotId: number) => stockOfLot(world.province.db, lotId)[0]?.quantityMilli ?? 0;
  const sound = () =>
    goodsChecks.map(({ name, run }) => [name, run(world.province.db)]).filter(([, wrong]) => wrong);
  const raw = (sql: string) => () => world.province.db.$client.exec(sql);
  let change: GoodsIntention;

  it('makes a part of a lot a lot of the other fund, on paper, in store and in the books', async () => {
    change = await changed();
    expect([held('dowry'), held('purpose')]).to.deep.equal([750_000, 250_000]);
    expect([lies(rice.id), lies(change.toLotId)]).to.deep.equal([7_500, 2_500]);
    expect(lotById(world.province.db, change.toLotId)).to.include({
      ...{ fund: 'purpose', origin: 'intention', itemId: rice.itemId, expiresOn: rice.expiresOn },
    });
    const { text } = await world.visit('maryam', `GET /centres/noor/papers/${change.paperId}.json`);
    expect(text).to.include('جهیزیه').and.include('برنج').and.include('۲٫۵');
    expect(sound()).to.deep.equal([]);
  });

  it('asks the rules of both funds, and the giver himself', async () => {
    expect(await keyOf(changed({}, flour))).to.equal('funds:refusals.may-not-leave');
    expect((await changed({ toFund: 'sadaqa' })).toFund).to.equal('sadaqa');
    expect(await keyOf(changed({ toFund: 'kaffara' }))).to.equal('funds:refusals.may-not-take');
    const running = changed({ toFund: 'running-costs' });
    expect(await keyOf(running)).to.equal('funds:refusals.may-not-take');
    expect(await keyOf(changed({ consentedOn: undefined }))).to.equal(
      'funds:refusals.no-consent-day',
    );
    const nearest = { way: 'nearest', consent: undefined, consentedOn: undefined } as const;
    expect(await keyOf(changed(nearest, rice, 'maryam'))).to.equal('common:refusals.not-yours');
    const became = findLot(world.province.db, world.noor.id, change.toLotNumber);
    expect(await keyOf(changed({}, became))).to.equal('goods:refusals.nobody-agrees');
    expect(await keyOf(changed({ quantityMilli: 900_000 }))).to.equal(
      'goods:refusals.only-so-much',
    );
    expect(sound()).to.deep.equal([]);
  });

  it('is taken back by another while all of it lies there, and not after', async () => {
    const back = (one: GoodsIntention, person: Person) =>
      enter(world.province, (tx) =>
        takeBackGoodsIntention(tx, world.actor(person, world.noor), world.noor, {
          ...{ change: one, reason: 'نیکوکار پشیمان شد' },
        }),
      );
    expect(await keyOf(back(change, 'reza'))).to.equal('funds:refusals.own-change');
    const restored = await back(change, 'maryam');
    expect(restored.restoredOn).to.equal(TODAY);
    expect([lies(rice.id), lies(change.toLotId)]).to.deep.equal([7_500, 0]);
    const second = await changed({}, rice, 'maryam');
    await enter(world.province, (tx) => {
      const maryam = world.actor('maryam', world.noor);
      const place = { name: 'انبار سوم', place: null, keeper: null };
      const to = openStore(tx, maryam, world.noor, place);
      const lot = lotById(tx, second.toLotId);
      const part = { fromId: storeId, toId: to.id, quantityMilli: 500 };
      sendLot(tx, maryam, world.noor, { lot, ...part });
    });
    expect(await keyOf(back(second, 'reza'))).to.equal('goods:refusals.changed-moved');
    expect(sound()).to.deep.equal([]);
  });

  it('is asked for on the lot’s page, listed, and refused with a sentence', async () => {
    const asked = { store: storeId, quantity: '1', toFund: 'purpose', way: 'consent' };
    const agreed = { consent: 'speech', consentedOn: '1405/08/30', reason: 'به خواست بخشندهٔ آن' };
    const at = `POST ${HERE}/lots/${rice.number}/intentions`;
    const done = await world.visit('reza', at, { ...asked, ...agreed });
    expect(done.status, done.text).to.equal(200);
    const kaffara = `POST ${HERE}/lots/${flour.number}/intentions`;
    const refused = await world.visit('reza', kaffara, { ...asked, ...agreed });
    expect(refused.status).to.equal(409);
    expect(refused.text).to.include('B-81');
    const page = await world.visit('reza', `GET ${HERE}/lots/${rice.number}`, undefined, {
      accept: 'text/html',
    });
    expect(page.text).to.include('/intentions"').and.include('تغییر نیت');
    for (const form of ['', '.csv', '.pdf', '.xlsx', '/1', '/1.json']) {
      expect((await world.visit('hadi', `GET ${HERE}/intentions${form}`)).status, form).to.equal(
        200,
      );
    }
    expect((await world.visit('karim', `GET ${HERE}/intentions/1`)).status).to.equal(404);
    expect((await world.visit('zahra', at, { ...asked, ...agreed })).status).to.equal(403);
  });

  it('is held to all of it by the file, whoever writes', () => {
    const row = (more: Record<string, string>) => {
      const columns = world.province.db.$client.pragma('table_info(goods_intentions)') as {
        name: string;
      }[];
      const next = { id: '99', to_lot_id: `${flour.id}`, entry_id: '990', ...more };
      const values = columns.map(({ name }) => next[name as keyof typeof next] ?? name);
      return `INSERT INTO goods_intentions SELECT ${values.join()} FROM goods_intentions WHERE id = 1`;
    };
    const kaffara = row({ lot_id: `${flour.id}`, from_fund: "'kaffara'" });
    const changes = /b81_goods_change_(where_allowed|of_what_lies)/;
    for (const one of [kaffara, row({ to_fund: "'kaffara'" }), row({})]) {
      expect(raw(one)).to.throw(changes);
    }
    expect(raw(row({ consented_on: "'2020-01-01'" }))).to.throw('b81_goods_change_of_what_lies');
    const own = { to_lot_id: `${change.toLotId}`, id: '1' };
    expect(raw(row(own))).to.throw('goods_intentions_are_final');
    const move = `INSERT INTO stock_moves SELECT (SELECT max(id) + 1 FROM stock_moves), centre_id,
      lot_id, store_id, 'reassigned', -1000, -1, moved_on, 'goods-intentions/9', 'بی سند', 991,
      moved_by, moved_at, act_id FROM stock_moves WHERE kind = 'reassigned' LIMIT 1`;
    expect(raw(move)).to.throw('moved_as_changed');
    const wrong = examineFile(world.province.file).filter((one) => one.wrong !== null);
    expect(wrong).to.deep.equal([]);
  });
});
