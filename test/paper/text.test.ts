import { expect } from 'chai';
import { inVisualOrder, isolateNumbers, ltr, own } from '../../src/paper/bidi.ts';
import { MM } from '../../src/paper/ink.ts';
import { Paper, SIZES } from '../../src/paper/paper.ts';
import type { Content, Style } from '../../src/paper/text.ts';
import { hasPoppler, linesOf } from './read.ts';

const style: Style = { size: 11, weight: 'regular', leading: 1.9 };

describe('a line set from right to left', () => {
  before(function () {
    if (!hasPoppler()) this.skip();
  });

  const sentences = [
    'کمک‌های نیکوکاران می‌شود بی‌نیاز پیش‌نویس',
    'لا اله الا الله، طولانی، اسلامی، کالا، الآن',
    'نسخهٔ تهیهٔ خیّرین مؤسسه هیئت رئیس قرآن',
    'کمیته امداد امام خمینی(ره) شهرستان مشهد',
    '«الف (ب) ج»؛ [آری] و {نه}؟',
    'شمارهٔ ۱۴۰۵/۰۳/۰۲ و ۱۴۰۵-۰۰۰۳۵۰، مورخ ۱۴۰۵/۰۲/۲۸.',
    'کارت ۶۰۳۷-۹۹۷۵-۱۲۳۴-۰۰۰۱ و تلفن ۰۵۱-۳۰۰۰۰۱۲۷ است',
    'مانده -۱۲٬۵۰۰ ریال (۲۰) و ۳٫۵ کیلو، ۱۰٪ آن',
    'شبا IR580540105180021273113007 در Nikukari 2.0 ثبت شد.',
  ];
  for (const sentence of sentences) {
    it(`is read back as it was written: ${sentence}`, async () => {
      expect(linesOf(await printed(sentence))).to.deep.equal([sentence]);
    });
  }

  it('keeps what a user typed from disturbing the sentence around it', async () => {
    const [line] = linesOf(await printed(`نام ${own('John (Smith) Ltd.')} در فهرست است`));
    expect(line).to.equal('نام John (Smith) Ltd. در فهرست است');
  });

  it('keeps a code in one piece', async () => {
    const [line] = linesOf(await printed(`کد ملی ${ltr('••••••۵۶۱۶')} است`));
    expect(line).to.equal('کد ملی ••••••۵۶۱۶ است');
  });

  it('sets a heavier word within a line', async () => {
    const spans = [{ text: 'موضوع: ', weight: 'bold' as const }, { text: 'مسئولیت (خیّرین)' }];
    expect(linesOf(await printed(spans))).to.deep.equal(['موضوع: مسئولیت (خیّرین)']);
  });

  it('reads the same in a second paper, where letters came in another order', async () => {
    await printed('کمک حکم احترام');
    expect(linesOf(await printed('احترام و حکم و کمک'))).to.deep.equal(['احترام و حکم و کمک']);
  });

  it('prints a word wider than the page whole', async () => {
    const long = 'Abcdefghij'.repeat(40);
    expect(linesOf(await printed(long)).join('')).to.equal(long);
  });
});

describe('the direction of pieces', () => {
  it('isolates numbers with signs and separators, and leaves plain ones', () => {
    expect(isolateNumbers('از -۵ تا ۱۲-۱۳ و ۷')).to.equal(
      'از \u2066-۵\u2069 تا \u2066۱۲-۱۳\u2069 و ۷',
    );
  });

  it('leaves an isolate as it is', () => {
    expect(isolateNumbers(ltr('۱۲-۱۳'))).to.equal('\u2066۱۲-۱۳\u2069');
  });

  it('reorders by rule L2', () => {
    const levels = [1, 2, 2, 1, 3, 2];
    const pieces = levels.map((level, index) => ({ level, name: 'abcdef'[index] }));
    expect(
      inVisualOrder(pieces)
        .map((piece) => piece.name)
        .join(''),
    ).to.equal('efdbca');
  });
});

describe('a paragraph', () => {
  it('ends flush on both sides, with its first line indented by eight millimetres', () => {
    const paper = new Paper({ lang: 'fa', title: 'آزمون' });
    const text = 'با احترام و با توجه به تعهد و امانت‌داری شما در خدمت به مردم محله '.repeat(4);
    const lines = paper.set.lines(text, style, 100 * MM, 8 * MM);
    expect(lines.length).to.be.greaterThan(3);
    expect(lines[0]?.width).to.be.at.most(92 * MM);
    for (const line of lines) expect(line.width).to.be.at.most(100 * MM);
  });
});

async function printed(content: Content): Promise<Buffer> {
  const paper = new Paper({ lang: 'fa', title: 'آزمون' });
  paper.addPage(SIZES.a4);
  paper.write(content, style, { x: 20 * MM, y: 20 * MM, width: 170 * MM });
  return paper.toBuffer();
}
