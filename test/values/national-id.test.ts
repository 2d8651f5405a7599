import { expect } from 'chai';
import { maskNationalId, readLegalId, readNationalId } from '../../src/values/national-id.ts';

describe('a national ID', () => {
  for (const id of ['0013542419', '0010350829', '0077611616'])
    it(`is read from ${id}`, () => expect(readNationalId(id)).to.deep.equal({ value: id }));

  it('is read in any digits, with gaps and hyphens', () => {
    for (const typed of [
      '۰۰۱۳۵۴۲۴۱۹',
      '٠٠١٣٥٤٢٤١٩',
      ' 001-354241-9 ',
      '001 354 2419',
      '\u200e0013542419',
    ])
      expect(readNationalId(typed)).to.deep.equal({ value: '0013542419' });
  });

  it('has a check digit', () => {
    for (const id of ['1234567890', '0013542418', '0013542491'])
      expect(readNationalId(id)).to.deep.equal({ fault: 'values:national-id.check' });
  });

  it('finds every single wrong digit', () => {
    for (let at = 0; at < 10; at++)
      for (let digit = 0; digit < 10; digit++) {
        const id = `${'0013542419'.slice(0, at)}${digit}${'0013542419'.slice(at + 1)}`;
        if (id !== '0013542419') expect(readNationalId(id), id).to.have.property('fault');
      }
  });

  it('is not ten equal digits, though they pass the sum', () => {
    for (let digit = 0; digit < 10; digit++)
      expect(readNationalId(String(digit).repeat(10))).to.deep.equal({
        fault: 'values:national-id.check',
      });
  });

  it('is not completed without asking', () => {
    const values = { suggestion: '0013542419' };
    expect(readNationalId('13542419')).to.deep.equal({
      fault: 'values:national-id.padded',
      values,
    });
    expect(readNationalId('013542419')).to.deep.include({ values });
    for (const typed of ['13542418', '00000000', '354241'])
      expect(readNationalId(typed)).to.deep.equal({ fault: 'values:national-id.length' });
  });

  it('has ten digits and nothing else', () => {
    expect(readNationalId(' ')).to.deep.equal({ fault: 'values:national-id.empty' });
    expect(readNationalId('00135424191')).to.deep.equal({ fault: 'values:national-id.length' });
    expect(readNationalId('001354241x')).to.deep.equal({ fault: 'values:national-id.digits' });
  });

  it('shows its last four digits where others may look on', () => {
    expect(maskNationalId('0013542419')).to.equal('••••••2419');
    expect(maskNationalId('14002207985')).to.equal('•••••••7985');
  });
});

describe('the national ID of a legal person', () => {
  for (const id of ['14002207985', '14002467723', '10100260838', '10380284790'])
    it(`is read from ${id}`, () => expect(readLegalId(id)).to.deep.equal({ value: id }));

  it('is read in any digits', () => {
    expect(readLegalId('۱۴۰۰۲۲۰۷۹۸۵')).to.deep.equal({ value: '14002207985' });
  });

  it('has eleven digits and the last of them checks', () => {
    expect(readLegalId('')).to.deep.equal({ fault: 'values:legal-id.empty' });
    expect(readLegalId('1400220798۵ب')).to.deep.equal({ fault: 'values:legal-id.digits' });
    expect(readLegalId('1400220798')).to.deep.equal({ fault: 'values:legal-id.length' });
    for (const id of ['12300000000', '14002207986', '00000000000'])
      expect(readLegalId(id)).to.deep.equal({ fault: 'values:legal-id.check' });
  });
});
