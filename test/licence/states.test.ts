import { expect } from 'chai';
import {
  coveredUntil,
  LICENCE_STATES,
  LICENSED_DEEDS,
  type LicenceState,
  type LicensedDeed,
  leaveFor,
  permits,
  stateOn,
  WARNING_DAYS,
} from '../../src/licence/states.ts';
import { addDays } from '../../src/values/jalali-date.ts';

const year = { fromOn: '2026-03-21', toOn: '2027-03-20' };
const next = { fromOn: '2027-03-21', toOn: '2028-03-19' };

describe('the state of a licence', () => {
  it('is before, until the first licence begins', () => {
    expect(stateOn([], '2026-11-21')).to.equal('before');
    expect(stateOn([year], '2026-03-20')).to.equal('before');
  });

  it('is active on the first day, and warning on the last', () => {
    expect(stateOn([year], '2026-03-21')).to.equal('active');
    expect(stateOn([year], '2027-03-20')).to.equal('warning');
  });

  it('warns ninety days before the end, not ninety-one', () => {
    expect(stateOn([year], addDays(year.toOn, -WARNING_DAYS))).to.equal('warning');
    expect(stateOn([year], addDays(year.toOn, -WARNING_DAYS - 1))).to.equal('active');
  });

  it('is expired the day after the end, also while a later licence is still to come', () => {
    expect(stateOn([year], '2027-03-21')).to.equal('expired');
    const later = { fromOn: '2027-06-01', toOn: '2028-03-19' };
    expect(stateOn([year, later], '2027-04-01')).to.equal('expired');
  });

  it('stays active through a renewal without a gap, in whichever order they are known', () => {
    expect(stateOn([next, year], '2027-03-20')).to.equal('active');
    expect(coveredUntil([year, next], '2026-05-01')).to.equal(next.toOn);
    expect(coveredUntil([{ ...next, fromOn: '2027-03-22' }, year], '2026-05-01')).to.equal(
      year.toOn,
    );
  });

  /** Table 1.10 of the clauses, and what the program has beside it: one letter for each cell. */
  const TABLE = `
                    before active warning expired suspended revoked dissolving dissolved
    donations       n      y      y       n       n         n       n          n
    aid             n      y      y       c       c         n       n          n
    letterhead      d      y      y       n       n         n       n          n
    introductions   y      y      y       n       n         n       n          n
    decrees         n      y      y       n       n         n       n          n
    account         n      y      y       n       n         n       n          n
    goods           n      y      y       c       c         c       c          n
    asset-transfers n      n      n       n       n         c       c          n
    entries         n      y      y       y       y         y       y          y
    reading         y      y      y       y       y         y       y          y`;
  const LEAVES = { y: 'yes', n: 'no', c: 'countersigned', d: 'draft' } as const;
  const [states, ...rows] = TABLE.trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/)) as [LicenceState[], ...[LicensedDeed, ...string[]][]];

  for (const [deed, ...cells] of rows) {
    for (const [at, state] of states.entries()) {
      const leave = LEAVES[cells[at] as keyof typeof LEAVES];
      it(`says ${leave} to ${deed} while ${state}`, () => {
        expect(leaveFor(state, deed)).to.equal(leave);
        expect(permits(state, deed)).to.equal(leave === 'yes');
      });
    }
  }

  it('has a cell for every state and every deed', () => {
    expect(states).to.deep.equal([...LICENCE_STATES]);
    expect(rows.map(([deed]) => deed)).to.deep.equal([...LICENSED_DEEDS]);
  });
});
