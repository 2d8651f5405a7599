import { expect } from 'chai';
import { clearedBeforeDecree } from '../../src/bylaw/people.ts';

const issuedOn = '2026-03-21';
const approved = { state: 'approved', decidedOn: '2026-03-20' };

describe('B-14, both offices before a decree', () => {
  const holds = (facts: Partial<Parameters<typeof clearedBeforeDecree.holds>[0]>) =>
    clearedBeforeDecree.holds({ security: approved, selection: approved, issuedOn, ...facts });

  it('holds once security and selection have both approved', () => {
    expect(holds({})).to.equal(true);
    expect(holds({ security: { ...approved, decidedOn: issuedOn } })).to.equal(true);
  });
  it('fails while one of them has said nothing', () => {
    expect(holds({ security: undefined })).to.equal(false);
    expect(holds({ selection: undefined })).to.equal(false);
  });
  it('fails when one of them refused, or approved after the day of issue', () => {
    expect(holds({ selection: { ...approved, state: 'refused' } })).to.equal(false);
    expect(holds({ security: { ...approved, decidedOn: '2026-03-22' } })).to.equal(false);
  });
});
