import { expect } from 'chai';
import { liabilityAccepted, mosqueApart, noPolitics } from '../../src/bylaw/points.ts';

describe('B-98, the mosque apart', () => {
  it('fails for a gift that is meant for the mosque itself', () => {
    expect(mosqueApart.holds({ meantForMosque: false })).to.equal(true);
    expect(mosqueApart.holds({ meantForMosque: true })).to.equal(false);
  });
});

describe('B-100, no politics in the name of a centre', () => {
  it('holds once it was declared', () => {
    expect(noPolitics.holds({ declared: true })).to.equal(true);
    expect(noPolitics.holds({ declared: false })).to.equal(false);
  });
});

describe('B-101, a trustee answers for what he does', () => {
  it('holds once it was accepted', () => {
    expect(liabilityAccepted.holds({ accepted: true })).to.equal(true);
    expect(liabilityAccepted.holds({ accepted: false })).to.equal(false);
  });
});
