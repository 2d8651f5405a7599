import { expect } from 'chai';
import {
  latinDigits,
  normaliseText,
  persianDigits,
  readPaperNumber,
  searchText,
  searchWords,
  typedFigures,
} from '../../src/values/persian-text.ts';
import { normalised } from '../support/normalised.ts';

const half = '\u200c';

describe('Persian text', () => {
  it('keeps one spelling for each letter', () => {
    expect(normaliseText('علي اكبر')).to.equal('علی اکبر');
    expect(normaliseText('موسى')).to.equal('موسی');
    expect(normaliseText('ﻋﻠﯽ')).to.equal('علی');
    expect(normaliseText('\u06c1\u06d5\u06be')).to.equal('ههه');
  });

  it('keeps the hamza over heh apart and over ye together', () => {
    for (const heh of ['\u06c0', '\u06c2', '\u06d5\u0654', '\u06c1\u0654', '\u0647\u0654'])
      expect(normaliseText(`خان${heh}`)).to.equal('خان\u0647\u0654');
    for (const ye of ['\u0626', '\u064a\u0654', '\u06cc\u0654'])
      expect(normaliseText(`ر${ye}یس`)).to.equal('ر\u0626یس');
  });

  it('composes what was typed in parts', () => {
    expect(normaliseText('\u0627\u0653ب')).to.equal('\u0622ب');
  });

  it('puts no more than a few marks of a letter in order, however many stand on it', async () => {
    for (const marks of ['\u0654\u0655', '\uff9e\u0301']) {
      const endless = `ب${marks.repeat(40_000)}`;
      for (const read of [normaliseText, searchText, typedFigures]) {
        const handed = await normalised(() => read(endless));
        for (const text of handed) expect(text).to.have.length.below(30);
        if (read !== typedFigures) expect(handed).to.not.be.empty;
      }
    }
    const vowelled = 'مُحَمَّد '.repeat(30).trim();
    expect(normaliseText(vowelled)).to.equal(vowelled);
  });

  it('keeps vowel marks, te marbuta, tatweel and digits as they were typed', () => {
    for (const text of ['مُحَمَّد', 'دایرة‌المعارف', 'عـلی', '۱۲ ٣٤ 56'])
      expect(normaliseText(text)).to.equal(text);
  });

  it('leaves single spaces inside and none outside', () => {
    expect(normaliseText('  مریم \t\u00a0 رضایی\n')).to.equal('مریم رضایی');
  });

  it('keeps one half-space inside a word and none at its ends', () => {
    expect(normaliseText(`می${half}${half}شود`)).to.equal(`می${half}شود`);
    expect(normaliseText(`${half}خانه${half} ها${half}`)).to.equal('خانه ها');
    expect(normaliseText(` ${half} خانه ${half} ها ${half} `)).to.equal('خانه ها');
    expect(normaliseText(half)).to.equal('');
  });

  it('is settled after once', () => {
    for (const text of ['ي\u0654', `a ${half}  b`, '\u06c0ك', `${half} \u0627\u0653`, 'ﻻ ﷼'])
      expect(normaliseText(normaliseText(text))).to.equal(normaliseText(text));
  });

  it('turns both kinds of digits into Latin ones and back', () => {
    expect(latinDigits('۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩')).to.equal('0123456789 0123456789');
    expect(persianDigits('0123456789 ٠١٢٣٤٥٦٧٨٩')).to.equal('۰۱۲۳۴۵۶۷۸۹ ۰۱۲۳۴۵۶۷۸۹');
    expect(persianDigits('کد A-7')).to.equal('کد A-۷');
  });

  it('clears figures of what is not seen', () => {
    expect(typedFigures('\u200e۱۲\u200f\ufeff٣ \u0007')).to.equal('123');
    expect(typedFigures(' １２\n3 ')).to.equal('12 3');
  });
});

describe('the search for Persian text', () => {
  const same = (...texts: string[]) =>
    expect(new Set(texts.map(searchText))).to.have.property('size', 1);

  it('finds a name however its words are joined', () => {
    same('رضایی نژاد', `رضایی${half}نژاد`, 'رضایینژاد', '  رضایی   نژاد ');
    same('می شود', `می${half}شود`, 'میشود');
  });

  it('finds a name however its letters are typed', () => {
    same('علي اكبر', 'علی‌اکبر');
    same('آسیه', 'اسیه', 'أسیه', 'إسيه', 'ٱسیه');
    same('فاطمة', 'فاطمه', 'فاطمۀ', 'فاطمهٔ');
    same('رئیس', 'رييس');
    same('مؤمنی', 'مومنی');
    same('علاءالدین', 'علاالدین');
    same('مُحَمَّد', 'محمد', 'محـــمد');
  });

  it('finds numbers in any digits and Latin letters in any case', () => {
    same('خیابان ۱۲', 'خیابان ١٢', 'خیابان 12');
    same('CAFÉ', 'cafe');
  });

  it('passes over punctuation and invisible marks', () => {
    same('(موسسهٔ) «نور»', 'موسسه نور', 'موسسه\u200f\u202e نور');
    expect(searchText(' -_.، \u200c')).to.equal('');
  });

  it('does not take two names for one', () => {
    expect(searchText('رضا')).not.to.equal(searchText('رضی'));
    expect(searchText('حسن')).not.to.equal(searchText('حسین'));
  });

  it('takes what is searched for word by word', () => {
    expect(searchWords(' مريم  رضایی‌نژاد - ')).to.deep.equal(['مریم', 'رضایینژاد']);
    expect(searchWords('  ')).to.deep.equal([]);
    const kept = searchText('مریم رضایی نژاد');
    expect(searchWords('نژاد مریم').every((word) => kept.includes(word))).to.equal(true);
  });
});

describe('the number of a paper', () => {
  for (const typed of [
    '09-1274',
    '۰۹-۱۲۷۴',
    '٠٩ - ١٢٧٤',
    ' ۰۹-۱۲٧٤ ',
    '09\u200c-1274',
    '09\u20131274',
    '\uff10\uff19\uff0d1274',
  ]) {
    it(`is one however it is typed: ${typed}`, () => {
      expect(readPaperNumber(typed)).to.deep.equal({ value: '09-1274' });
    });
  }
  it('is not nothing', () => {
    expect(readPaperNumber(' / ')).to.deep.equal({ fault: 'values:name.blank' });
  });
});
