import { expect } from 'chai';
import {
  coordinatedBenefactor,
  mapOfVersionInForce,
  permitBeforeServing,
  placedByBoundary,
} from '../../src/bylaw/bounds.ts';

describe('B-123, where a donor lives', () => {
  const holds = (side: 'inside' | 'outside' | 'unknown', areaInForce: boolean, named: boolean) =>
    placedByBoundary.holds({ side, areaInForce, named });

  it('is inside or outside of an area in force', () => {
    expect(holds('inside', true, false)).to.equal(true);
    expect(holds('inside', false, false)).to.equal(false);
  });
  it('has a name outside', () => {
    expect(holds('outside', true, true)).to.equal(true);
    expect(holds('outside', true, false)).to.equal(false);
  });
  it('may be unknown at any time', () => {
    expect(holds('unknown', false, false)).to.equal(true);
  });
});

describe('B-125, the map on the wall', () => {
  it('is of the version in force, and of no other', () => {
    expect(mapOfVersionInForce.holds({ version: 2, inForce: 2 })).to.equal(true);
    expect(mapOfVersionInForce.holds({ version: 1, inForce: 2 })).to.equal(false);
    expect(mapOfVersionInForce.holds({ version: 1, inForce: undefined })).to.equal(false);
  });
});

describe('B-126, service beyond the boundary', () => {
  it('is coordinated, and every centre there is told', () => {
    expect(permitBeforeServing.holds({ coordinated: true, untold: 0 })).to.equal(true);
    expect(permitBeforeServing.holds({ coordinated: true, untold: 1 })).to.equal(false);
    expect(permitBeforeServing.holds({ coordinated: false, untold: 0 })).to.equal(false);
  });
});

describe('B-127, benefactors of elsewhere', () => {
  it('are linked after their coordination, or on its day', () => {
    const holds = (coordinatedOn: string) =>
      coordinatedBenefactor.holds({ coordinatedOn, linkedOn: '2026-11-21' });
    expect(holds('2026-11-21')).to.equal(true);
    expect(holds('2026-11-22')).to.equal(false);
  });
});
