import { expect } from 'chai';
import { inKind, onItsUse, withinBalance } from '../../src/bylaw/spending.ts';

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
