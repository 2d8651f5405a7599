/** The clauses of the network's places, as rules of facts alone. */
import { expect } from 'chai';
import {
  answeredInTime,
  surveyByBoard,
  surveyInFourBoxes,
  unnamedInReferral,
} from '../../src/bylaw/places.ts';

describe('B-139, the survey of the area', () => {
  it('holds with a point in each of the four boxes', () => {
    expect(surveyInFourBoxes.holds({ empty: 0 })).to.equal(true);
    expect(surveyInFourBoxes.holds({ empty: 1 })).to.equal(false);
  });

  it('is the chair’s to approve, and the committee’s while there is no chair', () => {
    expect(surveyByBoard.holds({ approver: 'chair', hasChair: true })).to.equal(true);
    expect(surveyByBoard.holds({ approver: 'committee', hasChair: false })).to.equal(true);
    expect(surveyByBoard.holds({ approver: 'committee', hasChair: true })).to.equal(false);
  });
});

describe('B-104, a referral', () => {
  it('carries no number as long as a national ID or a telephone', () => {
    expect(unnamedInReferral.holds({ longestRun: 9 })).to.equal(true);
    expect(unnamedInReferral.holds({ longestRun: 10 })).to.equal(false);
  });
});

describe('B-142, what is asked of a network', () => {
  it('is answered on its day at the latest', () => {
    const dueOn = '2026-11-21';
    expect(answeredInTime.holds({ answered: false, dueOn, today: '2026-11-21' })).to.equal(true);
    expect(answeredInTime.holds({ answered: false, dueOn, today: '2026-11-22' })).to.equal(false);
    expect(answeredInTime.holds({ answered: true, dueOn, today: '2026-11-22' })).to.equal(true);
  });
});
