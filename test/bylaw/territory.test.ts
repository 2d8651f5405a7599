import { expect } from 'chai';
import { areaBeforeActivity, areaWithoutOverlap } from '../../src/bylaw/territory.ts';

describe('B-124, the area before any activity', () => {
  const holds = (approvedOn: string | undefined) =>
    areaBeforeActivity.holds({ approvedOn, actOn: '2026-11-21' });

  it('holds from the day the committee approved the boundary', () => {
    expect(holds('2026-11-21')).to.equal(true);
    expect(holds('2026-03-21')).to.equal(true);
  });
  it('fails the day before', () => expect(holds('2026-11-22')).to.equal(false));
  it('fails while there is no approved boundary', () => {
    expect(holds(undefined)).to.equal(false);
  });
});

describe('B-124, an area over nobody else', () => {
  it('fails while one overlap is not coordinated', () => {
    expect(areaWithoutOverlap.holds({ uncoordinated: 0 })).to.equal(true);
    expect(areaWithoutOverlap.holds({ uncoordinated: 1 })).to.equal(false);
  });
});
