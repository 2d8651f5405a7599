import { expect } from 'chai';
import { formatRial, formatToman, MAX_RIAL, readRial, tomanOf } from '../../src/values/rial.ts';

describe('a typed amount', () => {
  const reads = (amount: number, ...typed: (string | number)[]) => {
    for (const text of typed) expect(readRial(text), String(text)).to.deep.equal({ value: amount });
  };
  const refuses = (fault: string, ...typed: (string | number)[]) => {
    for (const text of typed)
      expect(readRial(text), JSON.stringify(text)).to.deep.equal({ fault: `values:rial.${fault}` });
  };

  it('is read in any digits', () => {
    reads(
      12_500_000,
      12_500_000,
      '12500000',
      '۱۲۵۰۰۰۰۰',
      '١٢٥٠٠٠٠٠',
      '１２５０００００',
      '012500000',
    );
  });

  it('is read in any grouping by thousands', () => {
    reads(12_500_000, '۱۲٬۵۰۰٬۰۰۰', '12,500,000', '۱۲،۵۰۰،۰۰۰', '12’500’000', "12'500'000");
    reads(12_500_000, '12 500 000', '12\u00a0500\u00a0000', '12\u202f500\u202f000', '12.500.000');
    reads(1_000, '1,000', '1.000', '۱٬۰۰۰');
  });

  it('is read with its unit, and without what is not seen', () => {
    reads(200_000, '۲۰۰٬۰۰۰ ریال', '200000ريال', '200,000 Rials', '200000 IRR', '200000 ﷼');
    reads(200_000, '\u200f۲۰۰٬۰۰۰\u200e', ' 200000\n', '\ufeff200000');
  });

  it('is read in toman as ten times as many rials', () => {
    for (const text of ['۲۰٬۰۰۰', '20000 تومان', '20,000 toman', 20_000])
      expect(readRial(text, 'toman')).to.deep.equal({ value: 200_000 });
  });

  it('is refused where its own unit is another than the one chosen', () => {
    refuses('in-toman', '۲۰٬۰۰۰ تومان', '20000 tomans');
    expect(readRial('200000 ریال', 'toman')).to.deep.equal({ fault: 'values:rial.in-rial' });
  });

  it('is not left empty', () => {
    refuses('empty', '', '   ', '\u200f', 'ریال');
  });

  it('is not in words', () => {
    refuses(
      'words',
      'ده هزار',
      'ten',
      '۵۰۰ هزار',
      '12x',
      '-',
      '()',
      '.',
      '/',
      '+5',
      '1e',
      Number.NaN,
    );
    refuses('words', '0x10', '1_000', '۵۰۰\n۳ الف', '1405/08/30');
  });

  it('is not zero', () => {
    refuses('telephone', '09151234567', '۰۹۱۵۱۲۳۴۵۶۷', '05130000127');
    refuses('zero', '0', '۰', '000', 0, -0, '-0', '(0)', '۰ ریال');
  });

  it('is not negative', () => {
    refuses('negative', '-5', '−5', '–5', '- 5', '5-', '5 −', '(5)', '(۱٬۰۰۰)', -5, -0.5, -1e20);
  });

  it('is not fractional', () => {
    refuses(
      'fractional',
      '1.5',
      '۱٫۵',
      '1/5',
      '.5',
      '5.',
      '0.500',
      '1,250.50',
      '12500.000',
      '-1.5',
    );
    refuses('fractional', '1e3', '1.5E+3', '1e-3', 1.5, 0.1, '1,250.500 ریال', '12٬500٫0');
  });

  it('is not grouped otherwise than by thousands', () => {
    refuses('grouping', '12,50', '1,0000', '1,25,000', '1,250.000,5', '1 2', '0,500', '12,500 000');
    refuses('grouping', '12,,500', '1,250,');
  });

  it('is at most 99 999 999 999 999 rials', () => {
    reads(MAX_RIAL, MAX_RIAL, '99999999999999', '۹۹٬۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹');
    refuses('too-large', MAX_RIAL + 1, '100000000000000', '1'.repeat(400), 1e300, Infinity);
    expect(readRial('9,999,999,999,999', 'toman')).to.deep.equal({ value: 99_999_999_999_990 });
    const tooLarge = { fault: 'values:rial.too-large' };
    expect(readRial('10000000000000', 'toman')).to.deep.equal(tooLarge);
    expect(readRial(MAX_RIAL, 'toman')).to.deep.equal(tooLarge);
  });

  it('is read back from however it is shown', () => {
    for (let amount = 1; amount < MAX_RIAL; amount = amount * 3 + 7)
      for (const language of ['fa', 'en'] as const)
        expect(readRial(formatRial(amount, language))).to.deep.equal({ value: amount });
  });
});

describe('an amount shown', () => {
  it('has grouped digits of the language', () => {
    expect(formatRial(12_500_000, 'fa')).to.equal('۱۲٬۵۰۰٬۰۰۰');
    expect(formatRial(12_500_000, 'en')).to.equal('12,500,000');
    expect([0, 7, 100, 1000].map((n) => formatRial(n, 'en'))).to.have.ordered.members([
      ...['0', '7', '100', '1,000'],
    ]);
    expect(formatRial(MAX_RIAL, 'fa')).to.equal('۹۹٬۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹');
  });

  it('is as ICU has it', () => {
    const icu = new Intl.NumberFormat('fa');
    for (let amount = 1; amount < MAX_RIAL; amount = amount * 2 + 1)
      expect(formatRial(amount, 'fa')).to.equal(icu.format(amount));
  });

  it('stands in parentheses below zero', () => {
    expect(formatRial(-12_500, 'fa')).to.equal('(۱۲٬۵۰۰)');
    expect(formatRial(-12_500, 'en')).to.equal('(12,500)');
  });

  it('keeps the odd rial in toman', () => {
    expect(formatToman(12_505, 'fa')).to.equal('۱٬۲۵۰٫۵');
    expect(formatToman(12_505, 'en')).to.equal('1,250.5');
    expect(formatToman(200_000, 'fa')).to.equal('۲۰٬۰۰۰');
    expect(formatToman(-5, 'en')).to.equal('(0.5)');
    expect(tomanOf(12_505)).to.deep.equal({ toman: 1_250, rial: 5 });
  });
});
