/** What funds had, got and gave is told the same before, across and after the end of a year. */
import { expect } from 'chai';
import { fundChanges } from '../../src/books/fund-changes.ts';
import type { Period } from '../../src/books/period.ts';
import { closeYear, closingsOf, reopenYear } from '../../src/books/year-end.ts';
import { spentSince } from '../../src/funds/outcome.ts';
import { accountsOfFund, fundStatements } from '../../src/funds/statement.ts';
import { enter } from '../../src/provinces/enter.ts';
import { fiscalYearDays } from '../../src/values/jalali-date.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';

const CLOSED = fiscalYearDays(1404);
const NEXT = fiscalYearDays(1405);
const PERIODS: Record<string, Period> = {
  'the closed year': CLOSED,
  'its last month': { from: '2026-02-20', to: CLOSED.to },
  'days across the end': { from: '2025-10-01', to: '2026-06-01' },
  'the last day and the first': { from: CLOSED.to, to: NEXT.from },
  'the next year': NEXT,
};

describe('funds over the end of a year', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await post(
      world,
      `1404/02/01 alms
        1101 sadaqa 1000
        5101 sadaqa -1000
      1404/03/05 food
        6101 sadaqa 300
        1101 sadaqa -300
      1404/10/06 medicine
        6102 sadaqa 70
        1101 sadaqa -70
      1404/12/10 food of the last month
        6101 sadaqa 110
        1101 sadaqa -110
      1404/12/11 khums held
        1101 khums-imam 90
        3103 khums-imam -90
      1405/01/10 taken back of what was paid for medicine
        1101 sadaqa 20
        6102 sadaqa -20
      1405/02/01 alms of the next year
        1101 sadaqa 50
        5101 sadaqa -50
      1405/02/03 food of the next year
        6101 sadaqa 15
        1101 sadaqa -15`,
    );
  });
  after(() => world.close());

  const told = (period: Period) =>
    fundStatements(world.province.db, world.noor.id, period).map(({ fund, ...sums }) => ({
      ...{ code: fund.code, ...sums },
    }));
  const all = () =>
    Object.fromEntries(Object.entries(PERIODS).map(([name, period]) => [name, told(period)]));
  const spent = () => spentSince(world.province.db, world.noor.id, 'sadaqa', '2025-04-21');

  function agrees(): void {
    const { db } = world.province;
    for (const [name, period] of Object.entries(PERIODS)) {
      const { rows } = fundChanges(db, world.noor.id, period);
      for (const { code, opening, in: came, out, closing } of told(period)) {
        const row = rows.find(({ named }) => 'fund' in named && named.fund === code);
        const amounts = row?.amounts.slice(0, 5) ?? [0, 0, 0, 0, 0];
        expect(amounts, `${code}, ${name}`).to.deep.equal([opening, came, out, 0, closing]);
        expect(opening + came - out, `${code}, ${name}`).to.equal(closing);
        for (const one of accountsOfFund(db, world.noor.id, { ...period, fund: code })) {
          expect(one.opening + one.debit - one.credit).to.equal(one.closing);
        }
      }
    }
  }

  it('are told alike before a closing, after it and after a reopening', async () => {
    const before = all();
    const spentBefore = spent();
    expect(before['the closed year']![0]).to.deep.include({
      ...{ code: 'sadaqa', opening: 0, in: 1000, out: 480, closing: 520, cash: 520 },
    });
    expect(spentBefore).to.deep.equal([
      { year: 1404, month: 3, account: '6101', rial: 300 },
      { year: 1404, month: 10, account: '6102', rial: 70 },
      { year: 1404, month: 12, account: '6101', rial: 110 },
      { year: 1405, month: 1, account: '6102', rial: -20 },
      { year: 1405, month: 2, account: '6101', rial: 15 },
    ]);
    const { noor } = world;
    const maryam = world.actor('maryam', noor);
    for (const step of ['closed', 'reopened', 'closed again'] as const) {
      await enter(world.province, (tx) => {
        if (step !== 'reopened') return closeYear(tx, maryam, noor, 1404);
        const [closing] = closingsOf(tx, noor.id);
        const hadi = world.actor('hadi', noor);
        return reopenYear(tx, hadi, noor, { closing: closing!, reason: 'a forgotten bill' });
      });
      expect(all(), step).to.deep.equal(before);
      expect(spent(), step).to.deep.equal(spentBefore);
      agrees();
    }
  });
});
