import { expect } from 'chai';
import { linesOf } from '../../src/books/entries.ts';
import { trialBalance } from '../../src/books/trial-balance.ts';
import { fiscalYearDays } from '../../src/values/jalali-date.ts';
import { post, postAll, type Written } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';
import { dice, randomLedger } from './random-ledger.ts';

const YEAR = fiscalYearDays(1405);

describe('the trial balance', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await post(
      world,
      `1404/11/10 alms of last year
        1101 sadaqa 300
        5101 sadaqa -300
      1405/01/31 alms
        1101 sadaqa 1000
        5101 sadaqa -1000
      1405/02/05 banked
        1102 sadaqa 400
        1101 sadaqa -400
      1405/02/28 vow
        1101 vow 70
        5105 vow -70`,
    );
  });
  after(() => world.close());

  const told = (asked: Partial<Parameters<typeof trialBalance>[2]> = {}) => {
    const { rows } = trialBalance(world.province.db, world.noor.id, { ...YEAR, ...asked });
    return rows.map(({ account, opening, turnover, net }) => [
      ...[account.code, opening.debit - opening.credit],
      ...[turnover.debit, turnover.credit, net],
    ]);
  };

  it('tells what was there before, what moved and what stands', () => {
    expect(told()).to.deep.equal([
      ['1101', 300, 1070, 400, 970],
      ['1102', 0, 400, 0, 400],
      ['5101', -300, 0, 1000, -1300],
      ['5105', 0, 0, 70, -70],
    ]);
  });

  it('counts the days of a month of which only a part is asked for, early or late', () => {
    expect(told({ from: '2026-04-25', to: '2026-04-26' })).to.deep.equal([
      ['1101', 1300, 0, 400, 900],
      ['1102', 0, 400, 0, 400],
      ['5101', -1300, 0, 0, -1300],
    ]);
    const late = told({ from: '2026-05-18', to: '2026-05-18' });
    expect(late.find(([code]) => code === '5105')).to.deep.equal(['5105', 0, 0, 70, -70]);
  });

  it('of one fund leaves the others out', () => {
    expect(told({ fund: 'vow' })).to.deep.equal([
      ['1101', 0, 70, 0, 70],
      ['5105', 0, 0, 70, -70],
    ]);
  });

  it('of general accounts adds up their subsidiaries', () => {
    expect(told({ level: 'general' })).to.deep.equal([
      ['11', 300, 1470, 400, 1370],
      ['51', -300, 0, 1070, -1370],
    ]);
  });

  it('is even in every pair of columns', () => {
    const { totals } = trialBalance(world.province.db, world.noor.id, YEAR);
    for (const { debit, credit } of Object.values(totals)) expect(debit).to.equal(credit);
  });
});

describe('the trial balance of random books', () => {
  let world: World;
  let ledger: Written[];
  before(async () => {
    world = await buildWorld();
    ledger = randomLedger(1405, 300);
    await postAll(world, ledger);
  });
  after(() => world.close());

  it('is even, and is the sum of the lines, over any days', () => {
    const roll = dice(7);
    const { db } = world.province;
    for (let i = 0; i < 40; i += 1) {
      const days = [0, 1].map(() => Math.floor(roll() * 530));
      const [from, to] = days.sort((a, b) => a - b).map((day) => dayAfter(day)) as [string, string];
      const { rows, totals } = trialBalance(db, world.noor.id, { from, to });
      expect(totals.turnover.debit).to.equal(totals.turnover.credit);
      expect(totals.balance.debit).to.equal(totals.balance.credit);
      for (const { account, turnover, net } of rows) {
        expect(turnover, `${account.code} ${from} ${to}`).to.deep.equal(
          added(ledger, account.code, from, to),
        );
        const { debit, credit } = added(ledger, account.code, '2000-01-01', to);
        expect(net).to.equal(debit - credit);
      }
    }
  });

  it('has no account that the lines do not have', () => {
    const { rows } = trialBalance(world.province.db, world.noor.id, {
      ...{ from: '2020-01-01', to: '2027-03-20' },
    });
    const used = new Set(ledger.flatMap(({ lines }) => lines.map(({ account }) => account)));
    expect(new Set(rows.map(({ account }) => account.code))).to.deep.equal(used);
    expect(linesOf(world.province.db, 1)).to.have.length(ledger[0]!.lines.length);
  });
});

function dayAfter(days: number): string {
  return new Date(Date.parse('2025-06-01') + days * 86_400_000).toISOString().slice(0, 10);
}

function added(ledger: Written[], code: string, from: string, to: string) {
  const lines = ledger
    .filter(({ entryOn }) => from <= entryOn && entryOn <= to)
    .flatMap((entry) => entry.lines.filter(({ account }) => account === code));
  return {
    debit: lines.reduce((sum, { debitRial }) => sum + debitRial, 0),
    credit: lines.reduce((sum, { creditRial }) => sum + creditRial, 0),
  };
}
