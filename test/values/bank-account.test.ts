import { expect } from 'chai';
import {
  formatIban,
  isCardNumber,
  readAccountNumber,
  readIban,
} from '../../src/values/bank-account.ts';

const card = '6221061106498670';

describe('an IBAN', () => {
  for (const iban of ['IR580540105180021273113007', 'IR062960000000100324200001'])
    it(`is read from ${iban}`, () => expect(readIban(iban)).to.deep.equal({ value: iban }));

  it('is read without its IR, in fours, and in any digits', () => {
    const value = 'IR580540105180021273113007';
    for (const typed of ['580540105180021273113007', 'ir58 0540 1051 8002 1273 1130 07'])
      expect(readIban(typed)).to.deep.equal({ value });
    expect(readIban('۵۸۰۵۴۰۱۰۵۱۸۰۰۲۱۲۷۳۱۱۳۰۰۷')).to.deep.equal({ value });
    expect(readIban(formatIban(value))).to.deep.equal({ value });
  });

  it('is refused with a wrong check', () => {
    for (const iban of ['IR062960000000100324200002', 'IR850540105180021273113007'])
      expect(readIban(iban)).to.deep.equal({ fault: 'values:iban.check' });
  });

  it('is refused where it is a card number, empty, or of another length', () => {
    expect(readIban(card)).to.deep.equal({ fault: 'values:iban.card' });
    expect(readIban(' ')).to.deep.equal({ fault: 'values:iban.empty' });
    for (const iban of [
      'IR5805401051800212731130',
      'DE89370400440532013000',
      `IR${'x'.repeat(24)}`,
    ])
      expect(readIban(iban)).to.deep.equal({ fault: 'values:iban.length' });
  });

  it('is shown in fours', () => {
    expect(formatIban('IR580540105180021273113007')).to.equal('IR58 0540 1051 8002 1273 1130 07');
  });
});

describe('an account number', () => {
  it('is read in any digits and keeps its marks', () => {
    expect(readAccountNumber(' ۱۲۳۴-۵۶۷.۸/۹ ')).to.deep.equal({ value: '1234-567.8/9' });
    expect(readAccountNumber('0123 456 789')).to.deep.equal({ value: '0123456789' });
  });

  it('is never a card', () => {
    for (const typed of [card, '6221-0611-0649-8670', '۶۲۲۱ ۰۶۱۱ ۰۶۴۹ ۸۶۷۰'])
      expect(readAccountNumber(typed)).to.deep.equal({ fault: 'values:account.card' });
    expect(readAccountNumber('6221061106498671')).to.deep.equal({ value: '6221061106498671' });
  });

  it('is not empty, of letters, too short or too long', () => {
    expect(readAccountNumber('')).to.deep.equal({ fault: 'values:account.empty' });
    for (const typed of ['شماره', '-12345', '12345x'])
      expect(readAccountNumber(typed)).to.deep.equal({ fault: 'values:account.digits' });
    for (const typed of ['1-2-3-4', '1'.repeat(25)])
      expect(readAccountNumber(typed)).to.deep.equal({ fault: 'values:account.length' });
  });
});

describe('a card number', () => {
  it('has sixteen digits that satisfy Luhn', () => {
    expect(isCardNumber(card)).to.equal(true);
    expect(isCardNumber('9999999999999995')).to.equal(true);
    for (const typed of ['6221061106498671', '622106110649867', 'x', '', 'abcdabcdabcdabcd'])
      expect(isCardNumber(typed), typed).to.equal(false);
  });
});
