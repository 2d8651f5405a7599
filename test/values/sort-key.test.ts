import { expect } from 'chai';
import { sortKey } from '../../src/values/persian-text.ts';

// Sensitive to base letters only: what differs in a vowel mark may stand in either order.
const persianOrder = new Intl.Collator('fa', { sensitivity: 'base' });

/** SQLite compares the bytes, and so does this. */
function byKey(a: string, b: string): number {
  return Buffer.compare(Buffer.from(sortKey(a)), Buffer.from(sortKey(b)));
}

const names = [
  ...['آب', 'آرش', 'ابراهیم', 'اب', 'احمد', 'أحمد', 'إسماعیل', 'اکبر', 'اگر', 'بابک', 'پروین'],
  ...['تقی', 'ثریا', 'جواد', 'چنگیز', 'حسن', 'حسین', 'خدیجه', 'داود', 'داوود', 'ذبیح', 'رئیس'],
  ...['رئوف', 'رسول', 'ریحانه', 'رضا', 'رضایی', 'رضایی نژاد', 'رضایی‌نژاد', 'رضایینژاد', 'زهرا'],
  ...['ژاله', 'سعید', 'شهین', 'صادق', 'ضیاء', 'طاهره', 'ظریف', 'علی', 'علی رضا', 'علیا', 'علیرضا'],
  ...['غلام', 'فاطمه', 'فاطمة', 'قاسم', 'کاظم', 'كاظم', 'گلنار', 'لیلا', 'مؤمن', 'مومن', 'موسی'],
  ...['مریم', 'محمّد', 'محمد', 'نرگس', 'هادی', 'واحد', 'وحید', 'یاسر', 'يحيى', 'یگانه', 'جزء', 'جز'],
  ...[
    '۱۲ فروردین',
    '12 فروردین',
    '۲ خرداد',
    '',
    'Ali',
    'ali',
    'Zahra',
    'Élise',
    'a',
    'عـلی',
    '(نور)',
  ],
];

describe('the key that Persian text is sorted by', () => {
  it('puts every pair of names in the order of a Persian dictionary', () => {
    for (const a of names)
      for (const b of names)
        expect(Math.sign(byKey(a, b)), `${a} and ${b}`).to.equal(
          Math.sign(persianOrder.compare(a, b)),
        );
  });

  it('puts every pair of Persian letters in that order', () => {
    const letters = [...'آاءأإٱؤئبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهةی'];
    for (const a of letters)
      for (const b of letters)
        expect(Math.sign(byKey(`م${a}ن`, `م${b}ن`)), `${a} and ${b}`).to.equal(
          Math.sign(persianOrder.compare(`م${a}ن`, `م${b}ن`)),
        );
  });

  it('puts alef with its hat first and the Persian letters where they belong', () => {
    const shuffled = ['یاس', 'گل', 'کاه', 'ژرف', 'زر', 'چای', 'جام', 'پا', 'با', 'اب', 'آب'];
    expect(shuffled.sort(byKey).map((word) => word[0])).to.deep.equal([...'آابپجچزژکگی']);
  });

  it('puts numbers before letters and other scripts after them', () => {
    const mixed = ['Ali', 'Ζeus', 'یاسر', 'علی', '۲', '(علی)', '😀'];
    expect(mixed.sort(byKey).slice(-4)).to.deep.equal(['علی', 'یاسر', 'Ali', 'Ζeus']);
    expect(mixed[2]).to.equal('۲');
  });
});
