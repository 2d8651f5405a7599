import { expect } from 'chai';
import {
  isUnlikelyPostalCode,
  readMobile,
  readPhone,
  readPostalCode,
} from '../../src/values/phone.ts';

describe('a mobile number', () => {
  it('is read however it is written', () => {
    for (const typed of [
      ...['09901464762', '9901464762', '+989901464762', '00989901464762', '989901464762'],
      ...['۰۹۹۰۱۴۶۴۷۶۲', '٠٩٩٠١٤٦٤٧٦٢', '0990 146 4762', '0990-146-47-62', '+98 (0) 990 1464762'],
      ...['\u200e09901464762', '+98\u00a0990\u00a0146\u00a04762', '＋989901464762'],
    ])
      expect(readMobile(typed), typed).to.deep.equal({ value: '09901464762' });
  });

  it('has eleven digits and begins with 09', () => {
    expect(readMobile(' ')).to.deep.equal({ fault: 'values:mobile.empty' });
    for (const typed of ['02188888888', '0990146476', '099014647621', '+19901464762', 'همراه'])
      expect(readMobile(typed), typed).to.deep.equal({ fault: 'values:mobile.shape' });
  });
});

describe('a phone number', () => {
  it('is a landline with its area code, or a mobile', () => {
    for (const typed of ['02188888888', '021-8888 8888', '+98 21 88888888', '(۰۲۱) ۸۸۸۸۸۸۸۸'])
      expect(readPhone(typed), typed).to.deep.equal({ value: '02188888888' });
    expect(readPhone('9901464762')).to.deep.equal({ value: '09901464762' });
  });

  it('is refused without its area code', () => {
    expect(readPhone('')).to.deep.equal({ fault: 'values:phone.empty' });
    for (const typed of ['88888888', '0218888888', '00218888888', 'x'])
      expect(readPhone(typed), typed).to.deep.equal({ fault: 'values:phone.shape' });
  });
});

describe('a postal code', () => {
  it('has ten digits', () => {
    expect(readPostalCode('۱۳۱۵۶-۷۳۹۶۱')).to.deep.equal({ value: '1315673961' });
    expect(readPostalCode('')).to.deep.equal({ fault: 'values:postal-code.empty' });
    for (const typed of ['131567396', '13156739611', '13156x3961'])
      expect(readPostalCode(typed)).to.deep.equal({ fault: 'values:postal-code.shape' });
  });

  it('is unlikely with a 0 or a 2 in its first half, and read all the same', () => {
    expect(['1315673961', '1315620202'].map(isUnlikelyPostalCode)).to.deep.equal([false, false]);
    expect(['1025673961', '1215673961'].map(isUnlikelyPostalCode)).to.deep.equal([true, true]);
    expect(readPostalCode('1025673961')).to.deep.equal({ value: '1025673961' });
  });
});
