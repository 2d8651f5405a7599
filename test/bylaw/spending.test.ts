import { expect } from 'chai';
import {
  chairAgreed,
  documented,
  inKind,
  onItsUse,
  ruleOfFund,
  withinBalance,
  withinFloat,
  withinGift,
} from '../../src/bylaw/spending.ts';

describe('B-81, what a fund has', () => {
  it('is taken to the last rial and not beyond', () => {
    expect(withinBalance.holds({ balanceRial: 100, takenRial: 100 })).to.equal(true);
    expect(withinBalance.holds({ balanceRial: 100, takenRial: 101 })).to.equal(false);
  });
});

describe('B-81, what a fund was given for', () => {
  it('is what its rules name', () => {
    expect(onItsUse.holds({ uses: ['6101', '6107'], account: '6107' })).to.equal(true);
    expect(onItsUse.holds({ uses: ['6101', '6107'], account: '7101' })).to.equal(false);
    expect(onItsUse.holds({ uses: [], account: '6101' })).to.equal(false);
  });
});

describe('B-81, food or clothing that is due', () => {
  const holds = (inKindOnly: boolean, paidInMoney: boolean, overridden = false) =>
    inKind.holds({ inKindOnly, paidInMoney, overridden });

  it('does not leave as money', () => {
    expect(holds(true, true)).to.equal(false);
    expect(holds(true, false)).to.equal(true);
    expect(holds(false, true)).to.equal(true);
  });
  it('but where the chair let the case pass', () => {
    expect(holds(true, true, true)).to.equal(true);
  });
});

describe('B-58, what leaves the centre', () => {
  it('is agreed by its chair and signed by another who keeps the books', () => {
    expect(chairAgreed.holds({ signedAs: ['finance', 'chair'], signers: 2 })).to.equal(true);
    expect(chairAgreed.holds({ signedAs: ['finance'], signers: 1 })).to.equal(false);
    expect(chairAgreed.holds({ signedAs: ['finance', 'chair'], signers: 1 })).to.equal(false);
  });
});

describe('B-81, a rule of a fund', () => {
  it('refuses unless the chair let this case pass, and a warning never does', () => {
    expect(ruleOfFund.holds({ reaction: 'block', overridden: false })).to.equal(false);
    expect(ruleOfFund.holds({ reaction: 'block', overridden: true })).to.equal(true);
    expect(ruleOfFund.holds({ reaction: 'warn', overridden: false })).to.equal(true);
  });

  it('takes no more of a gift than is left of it, nor petty cash above its float', () => {
    expect(withinGift.holds({ leftRial: 10, amountRial: 10 })).to.equal(true);
    expect(withinGift.holds({ leftRial: 10, amountRial: 11 })).to.equal(false);
    expect(withinFloat.holds({ floatRial: 10, heldRial: 11 })).to.equal(false);
  });

  it('has a document above the limit, or the chair’s reason', () => {
    const paid = { amountRial: 11, limitRial: 10, documents: 0, allowed: false };
    expect(documented.holds(paid)).to.equal(false);
    expect(documented.holds({ ...paid, amountRial: 10 })).to.equal(true);
    expect(documented.holds({ ...paid, documents: 1 })).to.equal(true);
    expect(documented.holds({ ...paid, allowed: true })).to.equal(true);
  });
});
