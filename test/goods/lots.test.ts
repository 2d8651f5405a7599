/** From the receipt to the empty shelf: lots, the two signatures, and the books beside them. */
import { expect } from 'chai';
import { cancelReceipt, findReceipt } from '../../src/donations/receipts.ts';
import { balanceOfFund } from '../../src/funds/spending.ts';
import { agreeValue, appraisalsOf, proposeValue } from '../../src/goods/appraisals.ts';
import { goodsChecks } from '../../src/goods/checks.ts';
import { openCount } from '../../src/goods/counts.ts';
import { inspectLot } from '../../src/goods/inspections.ts';
import type { Lot } from '../../src/goods/lots.ts';
import { stockOfLot } from '../../src/goods/moves.ts';
import { permitSale, sellLot } from '../../src/goods/sales.ts';
import { goodsStatement, totalsOf } from '../../src/goods/statement.ts';
import { openStore } from '../../src/goods/stores.ts';
import { answerTally, approveCount, writeTally } from '../../src/goods/tallies.ts';
import { sendLot } from '../../src/goods/transfers.ts';
import { agreeWaste, proposeWaste } from '../../src/goods/wastes.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { give, ready } from './goods.ts';

describe('lots of goods', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const act = <T>(verb: (tx: Tx) => T) => enter(world.province, verb);
  const who = (person: 'maryam' | 'reza' | 'zahra' | 'hadi') => world.actor(person, world.noor);
  const there = (lot: Lot) => {
    const [here] = stockOfLot(world.province.db, lot.id);
    return here ? [here.quantityMilli, here.valueRial] : [0, 0];
  };
  const booked = (account: string, fund = 'sadaqa') =>
    balanceOfFund(world.province.db, world.noor.id, account, fund);
  const refused = async (doing: Promise<unknown>) => {
    try {
      await doing;
    } catch (fault) {
      return (fault as { key?: string }).key ?? (fault as Error).message;
    }
    return 'done';
  };
  const sound = () =>
    goodsChecks.map(({ name, run }) => [name, run(world.province.db)]).filter(([, wrong]) => wrong);

  afterEach(() => expect(sound()).to.deep.equal([]));

  it('come in with the receipt and wait for two signatures', async () => {
    const [lot] = await act((tx) => give(tx, world));
    expect(there(lot!)).to.deep.equal([10_000, 1_000_000]);
    expect(booked('1301')).to.equal(1_000_000);
    const store = stockOfLot(world.province.db, lot!.id)[0]!.storeId;
    const other = await act((tx) =>
      openStore(tx, who('maryam'), world.noor, { name: 'انبار دوم', place: null, keeper: null }),
    );
    const transfer = { lot: lot!, fromId: store, toId: other.id, quantityMilli: 1000 };
    const sending = () => act((tx) => sendLot(tx, who('maryam'), world.noor, transfer));
    expect(await refused(sending())).to.equal('goods:refusals.not-ready');
    const noted = { refusedMilli: 2_500, reason: 'خیس شده بود' };
    await act((tx) => inspectLot(tx, who('maryam'), world.noor, { lot: lot!, ...noted }));
    expect(there(lot!)).to.deep.equal([7_500, 750_000]);
    const proposal = { lot: lot!, valueRial: 900_000, basis: 'expert' as const, note: null };
    await act((tx) => proposeValue(tx, who('maryam'), world.noor, proposal));
    const agreeing = (person: 'maryam' | 'reza') =>
      act((tx) => agreeValue(tx, who(person), world.noor, lot!));
    expect(await refused(agreeing('maryam'))).to.equal('goods:refusals.appraisal-two');
    await agreeing('reza');
    expect(there(lot!)).to.deep.equal([7_500, 900_000]);
    expect(booked('1301')).to.equal(900_000);
    expect(booked('5201')).to.equal(-900_000);
    expect(appraisalsOf(world.province.db, lot!.id)[0]).to.include({ agreed: true });
    expect(appraisalsOf(world.province.db, lot!.id)[0]!.paperId).to.be.a('number');
    await sending();
    expect(stockOfLot(world.province.db, lot!.id).map((one) => one.valueRial)).to.deep.equal([
      780_000, 120_000,
    ]);
  });

  it('go out again with a cancelled receipt, but not when a part has moved', async () => {
    const [lot] = await act((tx) => give(tx, world));
    const before = booked('1301');
    const receipt = () => findReceipt(world.province.db, world.noor.id, '1405-000002');
    await act((tx) => cancelReceipt(tx, who('maryam'), world.noor, receipt(), 'اشتباه'));
    expect(there(lot!)).to.deep.equal([0, 0]);
    expect(booked('1301')).to.equal(before - 1_000_000);
    const cancelling = act((tx) =>
      cancelReceipt(
        ...[tx, who('maryam'), world.noor],
        findReceipt(tx, world.noor.id, '1405-000001'),
        'اشتباه',
      ),
    );
    expect(await refused(cancelling)).to.equal('goods:refusals.gift-moved');
  });

  it('are written off by one up to the limit, by two above it', async () => {
    const lot = await act((tx) => ready(tx, world, give(tx, world)[0]!, 30_000_000));
    const storeId = stockOfLot(world.province.db, lot.id)[0]!.storeId;
    const waste = { lot, storeId, cause: 'spoiled' as const, words: null };
    const small = { ...waste, quantityMilli: 5_000 };
    const off = await act((tx) => proposeWaste(tx, who('maryam'), world.noor, small));
    expect(off.valueRial).to.equal(15_000_000);
    const more = { ...waste, quantityMilli: 4_000 };
    const asked = await act((tx) => proposeWaste(tx, who('maryam'), world.noor, more));
    expect(asked.valueRial).to.equal(null);
    expect(there(lot)).to.deep.equal([5_000, 15_000_000]);
    const alone = act((tx) => agreeWaste(tx, who('maryam'), world.noor, asked));
    expect(await refused(alone)).to.equal('goods:refusals.waste-two');
    const done = await act((tx) => agreeWaste(tx, who('reza'), world.noor, asked));
    expect(done.valueRial).to.equal(12_000_000);
    expect(booked('8103')).to.equal(27_000_000);
  });

  it('are sold with leave only, and the money stays in their fund', async () => {
    const lot = await act((tx) => ready(tx, world, give(tx, world, [{}], 'kaffara')[0]!));
    const storeId = stockOfLot(world.province.db, lot.id)[0]!.storeId;
    const permission = await act((tx) =>
      permitSale(tx, who('hadi'), world.noor, {
        ...{ number: '1405/71', decidedOn: TODAY, untilOn: '2026-12-21', itemId: lot.itemId },
        ...{ quantityMilli: 6_000, reason: 'بیش از نیاز محله' },
      }),
    );
    const sale = { lot, permission, storeId, account: '1101' as const, buyer: 'فروشگاه نمونه' };
    const selling = (quantityMilli: number) =>
      act((tx) =>
        sellLot(tx, who('reza'), world.noor, { ...sale, quantityMilli, priceRial: 700_000 }),
      );
    expect(await refused(selling(7_000))).to.equal('goods:refusals.permission-left');
    await selling(6_000);
    expect(booked('1101', 'kaffara')).to.equal(700_000);
    expect(booked('5401', 'kaffara')).to.equal(-100_000);
    expect(booked('1301', 'kaffara')).to.equal(400_000);
  });

  it('are counted blind by two, approved by a third, and stand still meanwhile', async () => {
    const { db } = world.province;
    const store = await act((tx) =>
      openStore(tx, who('maryam'), world.noor, { name: 'انبار سوم', place: null, keeper: null }),
    );
    const lot = await act((tx) => ready(tx, world, give(tx, world)[0]!));
    const from = stockOfLot(db, lot.id)[0]!.storeId;
    const send = { lot, fromId: from, toId: store.id, quantityMilli: 10_000 };
    await act((tx) => sendLot(tx, who('maryam'), world.noor, send));
    const asked = { storeId: store.id, surprise: true };
    const two = { firstBy: world.users.zahra, secondBy: world.users.maryam };
    let count = await act((tx) => openCount(tx, who('reza'), world.noor, { ...asked, ...two }));
    const back = { lot, fromId: store.id, toId: from, quantityMilli: 1000 };
    const moving = act((tx) => sendLot(tx, who('reza'), world.noor, back));
    expect(await refused(moving)).to.equal('goods:refusals.counting');
    const lines = new Map([[lot.id, 9_000]]);
    const found = [
      {
        itemId: lot.itemId,
        quantityMilli: 500,
        valueRial: 40_000,
        fund: 'sadaqa',
        expiresOn: null,
      },
    ];
    count = await act((tx) => writeTally(tx, who('zahra'), world.noor, { count, lines, found }));
    count = await act((tx) => answerTally(tx, who('maryam'), world.noor, { count, again: null }));
    const own = act((tx) => approveCount(tx, who('maryam'), world.noor, count));
    expect(await refused(own)).to.equal('goods:refusals.count-third');
    const shortage = booked('8102');
    count = await act((tx) => approveCount(tx, who('reza'), world.noor, count));
    expect(count.state).to.equal('approved');
    expect(there(lot)).to.deep.equal([9_000, 900_000]);
    expect(booked('8102') - shortage).to.equal(60_000);
  });

  it('add up to a statement that opens, moves and closes', () => {
    const rows = goodsStatement(world.province.db, world.noor.id, { from: TODAY, to: TODAY });
    const { openingRial, inRial, outRial, closingRial } = totalsOf(rows);
    expect(openingRial + inRial - outRial).to.equal(closingRial);
    const books = booked('1301') + booked('1301', 'kaffara');
    expect(closingRial).to.equal(books);
  });
});
