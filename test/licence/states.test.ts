import { expect } from 'chai';
import {
  coveredUntil,
  LICENCE_STATES,
  PERMITS,
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

  it('permits gifts, decrees and the letterhead under a licence in force only', () => {
    for (const state of LICENCE_STATES) {
      const inForce = state === 'active' || state === 'warning';
      for (const deed of ['donations', 'decrees', 'letterhead'] as const) {
        expect(permits(state, deed), `${state} ${deed}`).to.equal(inForce);
        expect(PERMITS[state][deed]).to.equal(inForce);
      }
    }
  });
});
