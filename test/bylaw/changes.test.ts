import { expect } from 'chai';
import { needOfOptionalSeat } from '../../src/bylaw/board.ts';
import { agreedEnding, agreedSuccession } from '../../src/bylaw/changes.ts';
import { declaredByOthers, nobodyForHimself } from '../../src/bylaw/duties.ts';
import { voluntaryService, withPlan } from '../../src/bylaw/people.ts';

describe('B-93 and B-131, changes by the committee’s leave', () => {
  it('are asked of core seats and of the optional ones', () => {
    expect(agreedEnding('assemblies').id).to.equal('B-93');
    expect(agreedEnding('loans').id).to.equal('B-131');
    expect(agreedSuccession('admin-finance').id).to.equal('B-93');
    expect(agreedSuccession('health').id).to.equal('B-131');
  });

  it('hold for the committee’s own ending, and for one that it agreed to', () => {
    for (const seat of ['assemblies', 'loans'] as const) {
      const ending = agreedEnding(seat);
      expect(ending.holds({ by: 'committee', agreed: false })).to.equal(true);
      expect(ending.holds({ by: 'chair', agreed: true })).to.equal(true);
      expect(ending.holds({ by: 'chair', agreed: false })).to.equal(false);
    }
  });

  it('hold for the first holder, and for another only once agreed', () => {
    for (const seat of ['assemblies', 'loans'] as const) {
      const following = agreedSuccession(seat);
      expect(following.holds({ followsAnother: false, agreed: false })).to.equal(true);
      expect(following.holds({ followsAnother: true, agreed: true })).to.equal(true);
      expect(following.holds({ followsAnother: true, agreed: false })).to.equal(false);
    }
  });
});

describe('B-34, an optional seat by need', () => {
  it('asks for reason and field of the optional seats only', () => {
    const bare = { reason: '', field: '' };
    expect(needOfOptionalSeat.holds({ isOptional: false, ...bare })).to.equal(true);
    expect(needOfOptionalSeat.holds({ isOptional: true, ...bare })).to.equal(false);
    const half = { reason: 'نیاز', field: '' };
    expect(needOfOptionalSeat.holds({ isOptional: true, ...half })).to.equal(false);
    const whole = { reason: 'نیاز', field: 'وام' };
    expect(needOfOptionalSeat.holds({ isOptional: true, ...whole })).to.equal(true);
  });
});

describe('B-61, acting for the chair', () => {
  it('decides on everybody but himself', () => {
    expect(nobodyForHimself.holds({ isActing: true, isOwn: false })).to.equal(true);
    expect(nobodyForHimself.holds({ isActing: false, isOwn: true })).to.equal(true);
    expect(nobodyForHimself.holds({ isActing: true, isOwn: true })).to.equal(false);
  });

  it('is declared by the chair or the committee', () => {
    expect(declaredByOthers.holds({ by: 'chair' })).to.equal(true);
    expect(declaredByOthers.holds({ by: 'committee' })).to.equal(true);
    expect(declaredByOthers.holds({ by: 'other' })).to.equal(false);
  });
});

describe('B-27 and B-83, the introduction', () => {
  it('needs the statement of voluntary service, and a plan', () => {
    expect(voluntaryService.holds({ declared: true })).to.equal(true);
    expect(voluntaryService.holds({ declared: false })).to.equal(false);
    expect(withPlan.holds({ hasPlan: true })).to.equal(true);
    expect(withPlan.holds({ hasPlan: false })).to.equal(false);
  });
});
