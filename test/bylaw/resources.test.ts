import { expect } from 'chai';
import { codeAfterLicence, oneBankAccount } from '../../src/bylaw/resources.ts';

describe('B-117, the activity code after the licence', () => {
  it('fails before the licence', () => {
    expect(codeAfterLicence.holds({ licensed: true })).to.equal(true);
    expect(codeAfterLicence.holds({ licensed: false })).to.equal(false);
  });
});

describe('B-118, one account at the one bank', () => {
  const sound = {
    ...{ bank: 'velayat', ownerName: 'Noor', centreName: 'Noor' },
    ...{ introduced: true, isCardNumber: false },
  };
  it('holds at the fund, in the name of the centre, on an introduction', () => {
    expect(oneBankAccount.holds(sound)).to.equal(true);
  });
  const wrongs = {
    'at another bank': { bank: 'melli' },
    "in a person's name": { ownerName: 'Reza' },
    'without an introduction': { introduced: false },
    'for a card number': { isCardNumber: true },
  };
  for (const [how, wrong] of Object.entries(wrongs)) {
    it(`fails ${how}`, () => {
      expect(oneBankAccount.holds({ ...sound, ...wrong })).to.equal(false);
    });
  }
});
