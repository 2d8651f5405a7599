import { expect } from 'chai';
import { balanceSheet } from '../../src/books/balance-sheet.ts';
import { fundChanges } from '../../src/books/fund-changes.ts';
import { goodsStatement } from '../../src/books/goods-statement.ts';
import { incomeStatement } from '../../src/books/income-statement.ts';
import type { Period } from '../../src/books/period.ts';
import { receiptsAndPayments } from '../../src/books/receipts-payments.ts';
import { statementNotes } from '../../src/books/statement-notes.ts';
import type { Statement } from '../../src/books/statements.ts';
import { trialBalance } from '../../src/books/trial-balance.ts';
import { closeYear, closingsOf, reopenYear } from '../../src/books/year-end.ts';
import { enter } from '../../src/provinces/enter.ts';
import { addDays, fiscalYearDays } from '../../src/values/jalali-date.ts';
import { post, postAll } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';
import { dice, randomLedger } from './random-ledger.ts';

const YEAR = fiscalYearDays(1404);

describe('the statements of small books', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await post(
      world,
      `1403/11/10 alms of the year before
        1101 sadaqa 300
        5101 sadaqa -300
      1404/01/31 alms
        1101 sadaqa 1000
        5101 sadaqa -1000
      1404/02/05 banked
        1102 sadaqa 400
        1101 sadaqa -400
      1404/02/28 a vow
        1101 vow 70
        5105 vow -70
      1404/03/01 rice for the vow
        1301 vow 50
        1101 vow -50
      1404/03/02 given out
        6101 vow 20
        1301 vow -20
      1404/04/01 khums held
        1101 khums-imam 90
        3103 khums-imam -90
      1404/05/01 passed on
        3103 khums-imam 60
        1101 khums-imam -60
      1404/07/01 alms at the bank
        1102 sadaqa 200
        5101 sadaqa -200
      1404/08/01 medicine
        6102 sadaqa 250
        1102 sadaqa -250
      1404/09/01 an hour given
        6110 sadaqa 30
        5202 sadaqa -30`,
    );
  });
  after(() => world.close());

  const { of, all } = statementsOf(() => world);

  it('tell what the centre has, owes and holds, bound money apart', () => {
    const { rows, totals } = all.balanceSheet(YEAR);
    expect(totals).to.deep.equal({ assets: 1330, liabilities: 30, netAssets: 1300 });
    expect(of(rows, '1301')).to.deep.equal([0, 30, 0, 30, 0]);
    expect(of(rows, '3103')).to.deep.equal([0, 0, 30, 30, 0]);
    expect(of(rows, 'sadaqa')).to.deep.equal([1250, 0, 0, 1250, 300]);
    expect(of(rows, 'total-both')).to.deep.equal(of(rows, 'total-assets'));
  });

  it('tell what was given and spent, with the year before beside it', () => {
    const { rows, totals } = all.income(YEAR);
    expect(totals).to.include({ income: 1300, expense: 300, result: 1000, netAssetsBefore: 300 });
    expect(of(rows, '5101')).to.deep.equal([1200, 0, 0, 1200, 300]);
    expect(of(rows, '6101')).to.deep.equal([0, 20, 0, 20, 0]);
    expect(of(rows, 'net-assets-after')![3]).to.equal(1300);
  });

  it('tell the money that came, by intention, and went, by programme', () => {
    const { rows, totals } = all.receipts(YEAR);
    expect(totals).to.deep.equal({ opening: 300, receipts: 1360, payments: 360, closing: 1300 });
    expect(of(rows, 'sadaqa')).to.deep.equal([1200, 0, 0, 1200, 300]);
    expect(of(rows, '1301')).to.deep.equal([0, 50, 0, 50, 0]);
    expect(of(rows, '3103')).to.deep.equal([0, 0, 60, 60, 0]);
    const half = all.receipts({ from: YEAR.from, to: '2025-09-01' });
    expect(half.totals.receipts).to.equal(1160);
  });

  it('tell what became of each fund', () => {
    const { rows } = all.funds(YEAR);
    expect(of(rows, 'vow')).to.deep.equal([0, 70, 20, 0, 50, 0]);
    expect(of(rows, 'khums-imam')).to.deep.equal([0, 90, 60, 0, 30, 0]);
    expect(of(rows, 'sadaqa')).to.deep.equal([300, 1230, 280, 0, 1250, 300]);
  });

  it('tell the goods of each store', () => {
    const { rows, totals } = all.goods(YEAR);
    expect(totals).to.deep.equal({ opening: 0, in: 50, out: 20, closing: 30 });
    expect(of(rows, 'vow')).to.deep.equal([0, 50, 20, 30, 0]);
  });

  it('have notes in the words of the province, in the version in force on their day', async () => {
    const { province, noor } = world;
    const notes = (to: string) => statementNotes(province.db, noor.id, { from: YEAR.from, to }, to);
    const said = (to: string) =>
      notes(to).rows.flatMap(({ named }) => ('said' in named ? [named.said] : []));
    expect(said(YEAR.to)).to.have.length(8);
    expect(notes(YEAR.to).totals).to.include({ held: 30 });
    const typed = {
      ...{ title: 'یادداشت‌ها', fromOn: '1405/08/30' },
      paragraphs: 'دفترهای {{نام مرکز}} تا {{پایان روز}} به ریال است.',
    };
    const shown = await world.visit('deputy', 'POST /templates/statement-notes/preview', typed);
    expect(shown.status, shown.text).to.equal(200);
    const set = await world.visit('deputy', 'POST /templates/statement-notes', typed);
    expect(set.status, set.text).to.equal(200);
    expect(said(YEAR.to), 'of a year before').to.have.length(8);
    expect(said('2026-11-21')).to.deep.equal([
      'دفترهای مرکز نیکوکاری نور تا ۱۴۰۵/۰۸/۳۰ به ریال است.',
    ]);
    const page = await world.visit('maryam', `GET /centres/noor/books/statements/notes`);
    expect(page.text).to.contain('دفترهای مرکز نیکوکاری نور');
  });

  it('say the same once the year is closed, and opened again', async () => {
    const before = Object.values(all).map((make) => make(YEAR));
    await close(world, 1403);
    await close(world, 1404);
    expect(Object.values(all).map((make) => make(YEAR))).to.deep.equal(before);
    const [closing] = closingsOf(world.province.db, world.noor.id);
    await enter(world.province, (tx) =>
      reopenYear(tx, world.actor('hadi', world.noor), world.noor, {
        ...{ closing: closing!, reason: 'a forgotten bill' },
      }),
    );
    expect(Object.values(all).map((make) => make(YEAR))).to.deep.equal(before);
  });
});

for (const seed of [1404, 7, 99]) {
  describe(`the statements of random books (${seed})`, () => {
    let world: World;
    before(async () => {
      world = await buildWorld();
      await postAll(world, randomLedger(seed, 250));
    });
    after(() => world.close());

    const { of, all } = statementsOf(() => world);

    /** What must hold of any days of any lawful books. */
    const hold = (period: Period) => {
      const told = `${period.from} ${period.to}`;
      const { db } = world.province;
      const { rows } = trialBalance(db, world.noor.id, period);
      const net = (pattern: RegExp) =>
        rows.reduce((sum, one) => (pattern.test(one.account.code) ? sum + one.net : sum), 0);
      const sheet = all.balanceSheet(period);
      const { assets, liabilities, netAssets } = sheet.totals as Record<string, number>;
      expect(assets, told).to.equal(liabilities! + netAssets!);
      expect(assets, told).to.equal(net(/^[12]/));
      expect(liabilities, told).to.equal(-net(/^[39]/));
      expect(of(sheet.rows, 'total-both'), told).to.deep.equal(of(sheet.rows, 'total-assets'));
      const income = all.income(period);
      const moved = (pattern: RegExp) =>
        rows.reduce((sum, { account, turnover: { debit, credit } }) => {
          return pattern.test(account.code) ? sum + credit - debit : sum;
        }, 0);
      expect(income.totals.income, told).to.equal(moved(/^5/));
      expect(income.totals.expense, told).to.equal(-moved(/^[678]/));
      expect(income.totals.netAssets, told).to.equal(netAssets);
      const { opening, receipts, payments, closing } = all.receipts(period).totals;
      expect(opening! + receipts! - payments!, told).to.equal(closing);
      expect(closing, told).to.equal(net(/^110[1-4]/));
      const funds = all.funds(period);
      for (const { amounts } of funds.rows.filter(({ kind }) => kind !== 'head')) {
        const [first, come, used, transfers, last] = amounts as number[];
        expect(first! + come! - used! + transfers!, told).to.equal(last);
      }
      expect(funds.totals.closing, told).to.equal(-net(/^(?:[4-8]|310[2-5])/));
      const goods = all.goods(period).totals;
      expect(goods.opening! + goods.in! - goods.out!, told).to.equal(goods.closing);
      expect(goods.closing, told).to.equal(net(/^13/));
    };

    const holdOften = (from: string, days: number) => {
      const roll = dice(seed);
      for (let i = 0; i < 15; i += 1) {
        const [one, other] = [0, 1].map(() => Math.floor(roll() * days)).sort((a, b) => a - b);
        hold({ from: addDays(from, one!), to: addDays(from, other!) });
      }
      hold(fiscalYearDays(1404));
    };

    it('are even and those of the trial balance over any days', () => {
      holdOften('2025-05-20', 560);
      hold(fiscalYearDays(1405));
    });

    it('and so when the year is closed; its own days on either side of midnight', async () => {
      const days = fiscalYearDays(1404);
      const before = balanceSheet(world.province.db, world.noor.id, days);
      await close(world, 1404);
      expect(balanceSheet(world.province.db, world.noor.id, days)).to.deep.equal(before);
      holdOften('2025-05-20', 300);
      hold(fiscalYearDays(1405));
      hold({ from: '2026-03-21', to: '2026-03-21' });
      hold({ from: '2026-04-05', to: '2026-08-22' });
    });
  });
}

async function close(world: World, year: number): Promise<void> {
  await enter(world.province, (tx) =>
    closeYear(tx, world.actor('maryam', world.noor), world.noor, year),
  );
}

function statementsOf(world: () => World) {
  const make =
    (maker: (db: World['province']['db'], centreId: number, period: Period) => Statement) =>
    (period: Period) =>
      maker(world().province.db, world().noor.id, period);
  /** The amounts of the first row of this account, fund or word that has any. */
  const of = (rows: Statement['rows'], key: string) =>
    rows.find(
      ({ named, amounts }) => amounts.length > 0 && Object.values(named).some((one) => one === key),
    )?.amounts;
  const all = {
    ...{ balanceSheet: make(balanceSheet), income: make(incomeStatement) },
    ...{
      receipts: make(receiptsAndPayments),
      funds: make(fundChanges),
      goods: make(goodsStatement),
    },
  };
  return { of, all };
}
