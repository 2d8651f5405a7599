import { expect } from 'chai';
import { decreePdf } from '../../src/board/decree-pdf.ts';
import { introductionPdf } from '../../src/centres/introduction-pdf.ts';
import { receiptPdf } from '../../src/donations/receipt-pdf.ts';
import { receiptSlipPdf } from '../../src/donations/receipt-slip-pdf.ts';
import { decree, introduction, print, receipt } from './papers.ts';
import { fontsOf, hasPoppler, infoOf, linesOf, pagesOf, textOf } from './read.ts';

describe('the receipt on paper', () => {
  before(function () {
    if (!hasPoppler()) this.skip();
  });

  it('says the same on its two copies', async () => {
    const pdf = await receiptPdf(receipt, print);
    expect(pagesOf(pdf)).to.equal(2);
    const [first, second] = ['1', '2'].map((page) => linesOf(pdf, '-f', page, '-l', page));
    expect(first).to.include('نسخهٔ نیکوکار');
    expect(second).to.include('نسخهٔ حسابداری');
    const same = (line: string) => !line.startsWith('نسخهٔ');
    expect(first?.filter(same)).to.deep.equal(second?.filter(same));
  });

  it('says who gave what, to whom, for what, in figures, words and toman', async () => {
    const lines = linesOf(await receiptPdf(receipt, print));
    expect(lines).to.include.members([
      'شمارهٔ رسید: ۱۴۰۵-۰۰۰۳۵۰',
      'تاریخ دریافت: ۱۴۰۵/۰۸/۳۰',
      'نیکوکار: غلامحسین رضایی',
      'کد ملی: ••••••۵۶۱۶',
      'نیت: صدقه',
      'بابت: سلامتی خانواده',
      '۱۲٬۵۰۰٬۰۰۰ ریال',
      'دوازده میلیون و پانصد هزار ریال',
      'برابر ۱٬۲۵۰٬۰۰۰ تومان',
      'زهرا صادقی‌پور',
      'کد فعالیت: ۰۹-۱۲۷۴',
      print.actHash,
    ]);
  });

  it('prints the address to type and the code', async () => {
    const text = textOf(await receiptPdf(receipt, print));
    expect(text).to.include('nikukari.example/verify').and.to.include('9-7K4M-92QD-AB3F');
  });

  it('does not name a donor who asked not to be named, B-104', async () => {
    const donor = { ...receipt.donor, withheld: true };
    const text = textOf(await receiptPdf({ ...receipt, donor }, print));
    expect(text).to.include('نام به درخواست نیکوکار درج نشد');
    expect(text).not.to.include('غلامحسین').and.not.to.include('۵۶۱۶');
  });

  it('says that it is a draft without a seal while there is no activity code, B-117', async () => {
    const centre = { ...receipt.centre, activityCode: null };
    const text = textOf(await receiptPdf({ ...receipt, centre }, { ...print, draft: true }));
    expect(text).to.include('پیش‌نویس، فاقد مهر').and.not.to.include('جای مهر');
  });

  it('says when it was cancelled and why, and that it is a reprint', async () => {
    const mark = {
      ...print,
      cancelled: { on: '2026-11-22', reason: 'مبلغ اشتباه بود' },
      reprint: { number: 2, at: '2026-12-01T10:00:00Z', of: '1405-000350' },
    };
    const text = textOf(await receiptPdf(receipt, mark));
    expect(text).to.include('باطل شد در ۱ آذر ۱۴۰۵؛ دلیل: مبلغ اشتباه بود');
    expect(text).to.include('چاپ مجدد شمارهٔ ۲ از ۱۴۰۵-۰۰۰۳۵۰، ۱۰ آذر ۱۴۰۵');
  });

  it('is tagged, titled, in Persian, with its fonts embedded', async () => {
    const pdf = await receiptPdf(receipt, print);
    expect(infoOf(pdf))
      .to.match(/Tagged:\s+yes/)
      .and.to.include('رسید 1405-000350');
    expect(infoOf(pdf, '-struct')).to.match(/Document\n {2}P[\s\S]*H1/);
    expect(pdf.toString('latin1')).to.include('/Lang (fa-IR)').and.to.include('/Direction /R2L');
    const fonts = fontsOf(pdf).trim().split('\n').slice(2);
    expect(fonts).to.have.length.above(1);
    for (const font of fonts) expect(font).to.match(/Vazirmatn.+Identity-H +yes +yes +yes/);
  });

  it('speaks English from left to right', async () => {
    const english = { ...receipt, lang: 'en' as const, amountWords: 'twelve million' };
    const lines = linesOf(await receiptPdf(english, print));
    expect(lines).to.include('12,500,000 rials').and.to.include('Receipt no.: 1405-000350');
  });

  it('comes as a slip of 80 mm, as long as what it says', async () => {
    const short = infoOf(await receiptSlipPdf({ ...receipt, purpose: null }, print));
    const long = infoOf(await receiptSlipPdf({ ...receipt, purpose: 'درمان '.repeat(60) }, print));
    const size = (info: string) =>
      /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info)?.slice(1).map(Number);
    expect(size(short)?.[0]).to.be.closeTo((80 * 72) / 25.4, 0.1);
    expect(size(long)?.[1]).to.be.above(size(short)?.[1] ?? 0);
    expect(textOf(await receiptSlipPdf(receipt, print))).to.include('۱۲٬۵۰۰٬۰۰۰ ریال');
  });
});

describe('the decree on paper', () => {
  before(function () {
    if (!hasPoppler()) this.skip();
  });

  const whole = async (changed: Partial<typeof decree> = {}) => {
    const lines = linesOf(await decreePdf({ ...decree, ...changed }, print));
    return lines.join(' ');
  };

  it('is the chair’s on the centre’s letterhead, following the committee’s answer, B-130', async () => {
    const text = await whole();
    expect(text).to.match(/^مرکز نیکوکاری نورالهدی/);
    expect(text).to.include('هماهنگی انجام‌شده با کمیته امداد امام خمینی(ره) شهرستان مشهد');
    expect(text).to.include('به شمارهٔ ۱۴۰۵/۴۱/۰۳۶ مورخ ۱۴۰۵/۰۲/۲۸');
    expect(text).to.include('مسئولیت سرکار خانم ناهید شریفی در این سمت');
    expect(text).to.include('رونوشت: – ریاست محترم کمیته امداد امام خمینی(ره) شهرستان مشهد');
  });

  it('is the committee’s on its own letterhead for the chair, B-129', async () => {
    const text = await whole({ form: 'committee', predecessor: null });
    expect(text).to.match(/^کمیته امداد امام خمینی\(ره\)/);
    expect(text).to.include('پیرو تأیید صلاحیت به شمارهٔ ۱۴۰۵/۴۱/۰۳۶');
    expect(text).to.include('استان خراسان رضوی').and.not.to.include('ناهید شریفی');
  });

  it('is honorary and makes its holder answerable, B-46 and B-101', async () => {
    const text = await whole();
    expect(text).to.include('افتخاری است و هیچ رابطهٔ استخدامی');
    expect(text).to.include('مسئولیت کیفری، مدنی و انتظامی');
  });

  it('encloses the duties on their own page, however many they are', async () => {
    const pdf = await decreePdf(decree, print);
    expect(pagesOf(pdf)).to.equal(2);
    expect(linesOf(pdf, '-f', '2')).to.include('۱. شناسایی و نگهداشت خیّرین؛');
    expect(linesOf(pdf, '-f', '2')).to.include('صفحهٔ ۲ از ۲');
    const duties = Array.from({ length: 60 }, () => 'تهیهٔ مستندات و گزارش‌های مرتبط؛');
    const long = await decreePdf({ ...decree, duties }, print);
    expect(pagesOf(long)).to.equal(4);
    expect(textOf(long)).to.include('۶۰. تهیهٔ');
  });

  it('introduces the centre to the one bank it may use, B-118', async () => {
    const pdf = await introductionPdf(introduction, print);
    const text = linesOf(pdf).join(' ');
    expect(pagesOf(pdf)).to.equal(1);
    expect(text).to.include('ریاست محترم صندوق امداد ولایت شعبهٔ مشهد');
    expect(text).to.include('حسابی تنها به نام «مرکز نیکوکاری نورالهدی» گشوده شود');
    expect(text).to.include('۱. محمدرضا یوسفی‌نیا، رئیس هیئت امنا، کد ملی ۰۰۱۳۵۴۲۴۱۹');
    expect(infoOf(pdf)).to.match(/Tagged:\s+yes/);
  });

  it('and the introduction speak English', async () => {
    const text = await whole({ lang: 'en' });
    expect(text).to.include('you are hereby appointed');
    const english = await introductionPdf({ ...introduction, lang: 'en' }, print);
    expect(linesOf(english).join(' ')).to.include('licence number 1405-118');
  });
});
