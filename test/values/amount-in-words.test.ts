import { expect } from 'chai';
import { amountInWords } from '../../src/values/persian-text.ts';

const said: [number, string, string][] = [
  [0, 'صفر', 'zero'],
  [1, 'یک', 'one'],
  [9, 'نه', 'nine'],
  [10, 'ده', 'ten'],
  [11, 'یازده', 'eleven'],
  [16, 'شانزده', 'sixteen'],
  [18, 'هجده', 'eighteen'],
  [20, 'بیست', 'twenty'],
  [21, 'بیست و یک', 'twenty-one'],
  [40, 'چهل', 'forty'],
  [99, 'نود و نه', 'ninety-nine'],
  [100, 'یکصد', 'one hundred'],
  [101, 'یکصد و یک', 'one hundred one'],
  [110, 'یکصد و ده', 'one hundred ten'],
  [119, 'یکصد و نوزده', 'one hundred nineteen'],
  [342, 'سیصد و چهل و دو', 'three hundred forty-two'],
  [400, 'چهارصد', 'four hundred'],
  [999, 'نهصد و نود و نه', 'nine hundred ninety-nine'],
  [1_000, 'یک هزار', 'one thousand'],
  [1_001, 'یک هزار و یک', 'one thousand one'],
  [1_405, 'یک هزار و چهارصد و پنج', 'one thousand four hundred five'],
  [20_000, 'بیست هزار', 'twenty thousand'],
  [100_000, 'یکصد هزار', 'one hundred thousand'],
  [200_000, 'دویست هزار', 'two hundred thousand'],
  [1_000_000, 'یک میلیون', 'one million'],
  [1_000_001, 'یک میلیون و یک', 'one million one'],
  [12_500_000, 'دوازده میلیون و پانصد هزار', 'twelve million five hundred thousand'],
  [1_000_000_000, 'یک میلیارد', 'one billion'],
  [1_250_000_000, 'یک میلیارد و دویست و پنجاه میلیون', 'one billion two hundred fifty million'],
  [30_000_000_000_000, 'سی تریلیون', 'thirty trillion'],
  [1_000_000_000_000_007, 'یک کوادریلیون و هفت', 'one quadrillion seven'],
  [-15, 'منفی پانزده', 'minus fifteen'],
];

describe('an amount in words', () => {
  for (const [amount, fa, en] of said)
    it(`says ${amount} as ${en}`, () => {
      expect(amountInWords(amount, 'fa')).to.equal(fa);
      expect(amountInWords(amount, 'en')).to.equal(en);
    });

  it('says the largest amount there is', () => {
    const most = 'نود و نه تریلیون و نهصد و نود و نه میلیارد و نهصد و نود و نه میلیون';
    expect(amountInWords(99_999_999_999_999, 'fa')).to.equal(
      `${most} و نهصد و نود و نه هزار و نهصد و نود و نه`,
    );
  });

  it('says no two amounts alike, and each so that it can be counted again', () => {
    const amounts = [
      ...Array(1100).keys(),
      ...Array.from({ length: 500 }, (_, i) => 7919 ** 2 * i),
    ];
    for (const language of ['fa', 'en'] as const)
      for (const amount of amounts)
        expect(counted(amountInWords(amount, language), language)).to.equal(amount);
  });

  it('has no words for a fraction or what a number cannot hold', () => {
    for (const amount of [1.5, Number.NaN, Infinity, 2 ** 53])
      expect(() => amountInWords(amount, 'fa')).to.throw(RangeError);
  });
});

const worth = new Map<string, number>();
for (let n = 0; n < 1000; n += n < 20 ? 1 : n < 100 ? 10 : 100)
  for (const language of ['fa', 'en'] as const) worth.set(amountInWords(n, language), n);
const scales = { fa: ['هزار', 'میلیون', 'میلیارد'], en: ['thousand', 'million', 'billion'] };

/** Adds the words up again, as somebody reads them. */
function counted(words: string, language: 'fa' | 'en'): number {
  let [sum, group] = [0, 0];
  for (const word of words.replace(/(\w+) hundred/g, '$1_hundred').split(/ و | |-/)) {
    const scale = scales[language].indexOf(word);
    if (scale < 0) group += worth.get(word.replace('_', ' '))!;
    else [sum, group] = [sum + group * 1000 ** (scale + 1), 0];
  }
  return sum + group;
}
