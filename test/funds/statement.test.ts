import { expect } from 'chai';
import { accountsOfFund, fundStatements } from '../../src/funds/statement.ts';
import { dice, randomLedger } from '../books/random-ledger.ts';
import { post, postAll } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';

describe('the statement of funds', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  it('tells opening, in, out and closing, and where it lies', async () => {
    await post(
      world,
      `1404/11/10 last year
        1101 kaffara 300
        5106 kaffara -300
      1405/02/01 given
        1101 kaffara 1000
        5106 kaffara -1000
      1405/02/02 banked
        1102 kaffara 500
        1101 kaffara -500
      1405/02/03 flour
        1301 kaffara 400
        1102 kaffara -400
      1405/02/04 delivered
        6107 kaffara 150
        1301 kaffara -150
      1405/02/05 khums
        1101 khums-imam 90
        3103 khums-imam -90
      1405/02/06 to the office
        3103 khums-imam 40
        1101 khums-imam -40`,
    );
    const year = { from: '2026-03-21', to: '2027-03-20' };
    const told = fundStatements(world.province.db, world.noor.id, year).map(
      ({ fund, ...sums }) => ({
        ...{ code: fund.code, ...sums },
      }),
    );
    expect(told).to.deep.equal([
      {
        ...{ code: 'khums-imam', opening: 0, in: 90, out: 40, closing: 50 },
        ...{ cash: 50, bank: 0, underway: 0, goods: 0, other: 0 },
      },
      {
        ...{ code: 'kaffara', opening: 300, in: 1000, out: 150, closing: 1150 },
        ...{ cash: 800, bank: 100, underway: 0, goods: 250, other: 0 },
      },
    ]);
  });

  it('of any days adds up, fund by fund, to what lies in all places', async () => {
    await postAll(world, randomLedger(77, 300));
    const roll = dice(9);
    for (let at = 0; at < 20; at += 1) {
      const [from, to] = [0, 1]
        .map(() => new Date(Date.parse('2025-06-01') + Math.floor(roll() * 530) * 86_400_000))
        .sort((one, other) => one.getTime() - other.getTime())
        .map((day) => day.toISOString().slice(0, 10)) as [string, string];
      const all = fundStatements(world.province.db, world.noor.id, { from, to });
      for (const { fund, opening, in: came, out, closing, ...places } of all) {
        expect(opening + came - out, `${fund.code} ${from} ${to}`).to.equal(closing);
        const { cash, bank, underway, goods, other } = places;
        expect(cash + bank + underway + goods + other).to.equal(closing);
        const accounts = accountsOfFund(world.province.db, world.noor.id, {
          ...{ from, to, fund: fund.code },
        });
        const net = accounts.filter(({ account }) => /^[12]/.test(account));
        expect(net.reduce((sum, one) => sum + one.closing, 0)).to.equal(closing);
      }
    }
  });
});
