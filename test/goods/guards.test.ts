/** B-81: goods of the wrong fund, expired, foreign or unready, by page and by raw SQL. */
import { expect } from 'chai';
import { yearNeeds } from '../../src/books/year-needs.ts';
import { agreeValue, proposeValue } from '../../src/goods/appraisals.ts';
import { openCount } from '../../src/goods/counts.ts';
import { inspectLot } from '../../src/goods/inspections.ts';
import type { Lot } from '../../src/goods/lots.ts';
import { stockOfLot } from '../../src/goods/moves.ts';
import { answerTally, approveCount, lotsToCount, writeTally } from '../../src/goods/tallies.ts';
import { enter } from '../../src/provinces/enter.ts';
import { dropping } from '../support/dropping.ts';
import { buildWorld, type Json, TODAY, type World } from '../support/world.ts';
import { give, ready } from './goods.ts';

const HOME = '/centres/noor/goods';

describe('B-81, what goods may not do', () => {
  let world: World;
  let rice: Lot;
  let old: Lot;
  let storeId: number;
  before(async () => {
    world = await buildWorld();
    await enter(world.province, (tx) => {
      rice = ready(tx, world, give(tx, world)[0]!);
      old = ready(tx, world, give(tx, world, [{ name: 'شیر', expiresOn: TODAY }])[0]!);
      storeId = stockOfLot(tx, rice.id)[0]!.storeId;
    });
  });
  after(() => world.close());

  const raw = (sql: string) => () => dropping(world.province.db, sql);
  const move = (values: Record<string, string>) => {
    const columns = world.province.db.$client.pragma('table_info(stock_moves)') as Json[];
    const given: Record<string, string> = {
      ...{ id: '(SELECT max(id) + 1 FROM stock_moves)', lot_id: `${rice.id}`, kind: "'issued'" },
      ...{ quantity_milli: '-1000', value_rial: '-1', subject: "'deliveries/9'", entry_id: '999' },
      ...values,
    };
    const cells = columns.map(({ name }) => given[String(name)] ?? String(name));
    return `INSERT INTO stock_moves SELECT ${cells.join()} FROM stock_moves
      WHERE lot_id = ${rice.id} LIMIT 1`;
  };

  it('are bought with a fund that may be given to the needy, and no other', () => {
    const { $client: client } = world.province.db;
    const others = client
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'entries'
           AND sql LIKE '%BEFORE INSERT%' AND name <> 'b81_goods_of_fund'`,
      )
      .pluck()
      .all() as string[];
    const line = (at: number, account: string, fund: string, debit: number, credit: number) =>
      `INSERT INTO entry_lines VALUES (990, ${at}, ${world.noor.id}, 1405, '${account}', '${fund}',
        ${debit}, ${credit}, NULL)`;
    const bought = (fund: string) =>
      [
        ...others.map((name) => `DROP TRIGGER ${name}`),
        ...[line(1, '1301', fund, 10, 0), line(2, '1101', fund, 0, 10)],
        `INSERT INTO entries (id, centre_id, year, number, month, entry_on, description, source,
           drafted_by, posted_by, posted_at, act_id)
         SELECT 990, centre_id, year, 990, month, entry_on, 'x', 'payment', drafted_by, posted_by,
           posted_at, act_id FROM entries LIMIT 1`,
      ].join(';');
    for (const fund of ['endowment', 'running-costs', 'khums-imam']) {
      expect(raw(bought(fund)), fund).to.throw('b81_goods_of_fund');
    }
    expect(raw(bought('kaffara'))).not.to.throw();
  });

  it('do not leave once they have expired, nor before two have signed', async () => {
    world.clock.now = new Date('2026-11-23T06:00:00.000Z');
    const sale = { permission: 1, store: storeId, quantity: '1', price: '10', paid: 'cash' };
    const permitted = await world.visit('hadi', `POST ${HOME}/sales/permissions`, {
      ...{ number: '1405/7', decidedOn: '1405/08/30', untilOn: '1405/10/30', quantity: '9' },
      ...{ item: old.itemId, reason: 'بیش از نیاز' },
    });
    expect(permitted.status, permitted.text).to.equal(201);
    const sold = await world.visit('reza', `POST ${HOME}/lots/${old.number}/sales`, {
      ...{ ...sale, buyer: 'خریدار' },
    });
    expect(sold.status).to.equal(409);
    expect(sold.text).to.include('B-81');
    const changed = await world.visit('reza', `POST ${HOME}/lots/${old.number}/intentions`, {
      ...{ store: storeId, quantity: '1', toFund: 'purpose', way: 'consent', consent: 'speech' },
      ...{ consentedOn: '1405/08/30', reason: 'به خواست بخشندهٔ آن' },
    });
    expect(changed.status).to.equal(409);
    world.clock.now = new Date('2026-11-21T10:00:00.000Z');
    const late = {
      lot_id: `${old.id}`,
      moved_on: "'2026-11-22'",
      moved_at: "'2026-11-23T06:00:00Z'",
    };
    expect(raw(move(late))).to.throw('b81_only_ready_goods_leave');
    await enter(world.province, (tx) => {
      const [fresh] = give(tx, world, [{ name: 'عدس' }]);
      expect(raw(move({ lot_id: `${fresh!.id}` }))).to.throw('b81_only_ready_goods_leave');
      const maryam = world.actor('maryam', world.noor);
      inspectLot(tx, maryam, world.noor, { lot: fresh!, refusedMilli: 0, reason: null });
      const value = { valueRial: 5, basis: 'expert' as const, note: null };
      proposeValue(tx, maryam, world.noor, { lot: fresh!, ...value });
      expect(() => agreeValue(tx, maryam, world.noor, fresh!)).to.throw();
    });
  });

  it('are of their own centre, whoever asks', async () => {
    const [centre] = [world.sepid.id];
    expect(raw(move({ centre_id: `${centre}` }))).to.throw('move_of_own_lot');
    const store = `INSERT INTO stores SELECT 77, ${centre}, 'آنجا', NULL, NULL, opened_on, act_id
      FROM stores LIMIT 1`;
    expect(raw(`${store}; ${move({ store_id: '77' })}`)).to.throw(
      /move_of_own_lot|b81_promised_goods_stay/,
    );
    const lot = { store: storeId, quantity: '1', cause: 'lost' };
    const foreign = await world.visit('reza', `POST ${HOME}/lots/999/wastes`, lot);
    expect(foreign.status).to.equal(404);
    const there = `/centres/sepid/goods/lots/${rice.number}`;
    expect((await world.visit('karim', `GET ${there}`)).status).to.equal(404);
    expect((await world.visit('karim', `GET ${HOME}/lots/${rice.number}`)).status).to.equal(404);
  });

  it('are counted before the year ends, and the year end asks for it', async () => {
    const { db } = world.province;
    const asked = { centreId: world.noor.id, year: 1405, today: '2027-03-25' };
    const need = () => yearNeeds(db, asked).find(({ key }) => key === 'goods-counted');
    expect(need()).to.include({ state: 'should', count: 1, mend: '/goods/counts' });
    world.clock.now = new Date('2027-03-10T06:00:00.000Z');
    await enter(world.province, (tx) => {
      const who = (person: 'reza' | 'maryam' | 'zahra') => world.actor(person, world.noor);
      const { zahra, maryam } = world.users;
      const two = { surprise: false, firstBy: zahra, secondBy: maryam };
      const count = openCount(tx, who('reza'), world.noor, { storeId, ...two });
      const lines = new Map(
        lotsToCount(tx, count).map(({ lotId }) => [lotId, stockOfLot(tx, lotId)[0]!.quantityMilli]),
      );
      const written = writeTally(tx, who('zahra'), world.noor, { count, lines, found: [] });
      const agreed = answerTally(tx, who('maryam'), world.noor, { count: written, again: null });
      approveCount(tx, who('reza'), world.noor, agreed);
    });
    expect(need()).to.include({ state: 'done', count: 0 });
    const page = await world.visit('maryam', 'GET /centres/noor/books/year-end', undefined, {
      accept: 'text/html',
    });
    expect(page.text).to.include('شمارش انبارها');
  });
});
