import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { type JournalLine, journalPdf } from '../../src/books/journal-pdf.ts';
import { ledgerPdf } from '../../src/books/ledger-pdf.ts';
import { type TrialBalanceHead, trialBalancePdf } from '../../src/books/trial-balance-pdf.ts';
import type { Written } from '../../src/paper/book.ts';
import { listPdf } from '../../src/paper/list-pdf.ts';
import { latinDigits } from '../../src/values/persian-text.ts';
import { head } from './papers.ts';
import { fontsOf, hasPoppler, infoOf, linesOf, pagesOf, textOf } from './read.ts';

describe('the journal on paper', () => {
  before(function () {
    if (!hasPoppler()) this.skip();
  });

  it('carries each page’s sums to the next, and they add up', async () => {
    const { pdf, pages } = await journal(100);
    expect(pages).to.equal(pagesOf(pdf)).and.above(2);
    let carried = 0;
    for (let page = 1; page <= pages; page++) {
      const lines = rows(pdf, page);
      if (page > 1) expect(sumOf(lines, 'نقل از صفحهٔ قبل')).to.equal(carried);
      carried += sumOf(lines, 'جمع صفحه');
      const last = page === pages;
      expect(sumOf(lines, last ? 'جمع کل' : 'نقل به صفحهٔ بعد')).to.equal(carried);
    }
    expect(carried).to.equal(total(journalLines(100)));
  });

  it('numbers its pages out of all of them and names its state', async () => {
    const { pdf, pages } = await journal(100);
    const text = textOf(pdf, '-f', '2', '-l', '2');
    expect(text).to.include('صفحهٔ ۲ از').and.to.include('آخرین سند: ۱٬۰۰۰');
    expect(latinDigits(text)).to.match(new RegExp(`از\\s*${pages}`));
    expect(text).to.include(head.newestHash).and.to.include('از ۱۴۰۵/۰۱/۰۱ تا ۱۴۰۵/۱۲/۲۹');
  });

  it('prints a line with its day, entry, account and description', async () => {
    const { pdf } = await journal(2);
    const [line] = linesOf(pdf, '-layout').filter((one) => one.includes('صندوق'));
    for (const cell of ['۱۴۰۵/۰۲/۱۱', '۱۱۰۱ صندوق', 'رسید ۱۴۰۵-۰۰۰۰۰۱', '۵۰۰٬۰۰۰']) {
      expect(line).to.include(cell);
    }
  });

  it('has an outline by month, a language and its fonts', async () => {
    const { pdf } = await journal(100);
    const raw = pdf.toString('latin1');
    expect(raw).to.include('/Lang (fa-IR)').and.to.include('/PageMode /UseOutlines');
    expect(raw.match(/\/Title \(\u00fe\u00ff/g)).to.have.length.above(3);
    expect(fontsOf(pdf)).to.match(/Vazirmatn-Regular +CID TrueType +Identity-H +yes/);
    expect(infoOf(pdf)).to.include('دفتر روزنامه');
  });

  it('is signed on its last page', async () => {
    const { pdf, pages } = await journal(100);
    const last = linesOf(pdf, '-f', String(pages)).join(' ');
    for (const office of ['تهیه‌کننده', 'مسئول امور اداری و مالی', 'رئیس هیئت امنا', 'ناظر']) {
      expect(last).to.include(office);
    }
    expect(textOf(pdf, '-l', '1')).not.to.include('ناظر');
  });

  it('says so when it is empty', async () => {
    const { pdf } = await journal(0);
    expect(textOf(pdf)).to.include('در این بازه چیزی ثبت نشده است.');
  });

  it('lets others go on while it is printed', async () => {
    let turns = 0;
    const clock = setInterval(() => turns++, 1);
    const { pages } = await journal(3000);
    clearInterval(clock);
    expect(turns).to.be.above(pages / 4);
  });

  it('stops when nobody waits for it any more', async () => {
    const out = new PassThrough();
    out.destroy();
    const { rows: written } = await journalPdf(head, batches(journalLines(5000)), out);
    expect(written).to.be.below(5000);
  });
});

describe('the ledger on paper', () => {
  before(function () {
    if (!hasPoppler()) this.skip();
  });

  const lines = Array.from({ length: 60 }, (_, index) => ({
    day: '2026-05-01',
    entry: index + 1,
    description: 'خرید و دریافت',
    debit: index % 3 === 0 ? 900 : 0,
    credit: index % 3 === 0 ? 0 : 700,
  }));
  const print = (kind: 'ledger' | 'subsidiary') =>
    written((out) => {
      const account = { code: '1101', name: 'صندوق' };
      const opening = { debit: 5000, credit: 0 };
      return ledgerPdf({ ...head, kind, account, opening }, [lines], out);
    });

  it('runs its balance from the opening one, and says on which side it stands', async () => {
    const { pdf } = await print('ledger');
    const page = rows(pdf, 1);
    expect(page.find((line) => line.includes('مانده از قبل')))
      .to.include('۵٬۰۰۰')
      .and.include('بد');
    expect(page.find((line) => line.includes('نقل به صفحهٔ بعد'))).to.match(/ب[دس]/);
    const all = rows(pdf, 2).find((line) => line.includes('جمع کل')) ?? '';
    const balance = 5000 + 20 * 900 - 40 * 700;
    expect(latinDigits(all).replaceAll('٬', '')).to.include(String(-balance));
    expect(all).to.include('بس').and.to.include('۱۸٬۰۰۰').and.to.include('۲۸٬۰۰۰');
  });

  it('names the account, and is the general or the subsidiary one', async () => {
    expect(textOf((await print('ledger')).pdf))
      .to.include('دفتر کل')
      .and.include('حساب ۱۱۰۱، صندوق');
    expect(textOf((await print('subsidiary')).pdf)).to.include('دفتر معین');
  });
});

describe('the trial balance on paper', () => {
  before(function () {
    if (!hasPoppler()) this.skip();
  });

  const line = {
    code: '1101',
    name: 'صندوق',
    opening: { debit: 1_000, credit: 0 },
    turnover: { debit: 20_000, credit: 3_000 },
    balance: { debit: 18_000, credit: 0 },
    closing: { debit: 99_999_999_999_999, credit: 0 },
  };

  for (const columns of [2, 4, 6, 8] as TrialBalanceHead['columns'][]) {
    it(`comes in ${columns} columns`, async () => {
      const { pdf } = await written((out) =>
        trialBalancePdf({ ...head, columns }, [line, { ...line, code: '1102' }], out),
      );
      const [width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(infoOf(pdf))?.slice(1) ?? [];
      expect(Number(width) > Number(height)).to.equal(columns > 4);
      const text = textOf(pdf);
      expect(text.split('بدهکار')).to.have.length(columns / 2 + 1);
      expect(text).to.include('۳۶٬۰۰۰');
      expect(text.includes('۴۰٬۰۰۰')).to.equal(columns > 2);
      expect(text.includes('۹۹٬۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹')).to.equal(columns === 8);
    });
  }
});

describe('a list on paper', () => {
  before(function () {
    if (!hasPoppler()) this.skip();
  });

  it('repeats its heads, and its totals stand once at the end', async () => {
    const columns = [
      { title: 'نام', width: 3, kind: 'text' as const },
      { title: 'مبلغ', width: 1, kind: 'amount' as const },
    ];
    const cells = Array.from({ length: 90 }, (_, index) => [`نیکوکار ${index}`, 1000]);
    const { pdf, pages } = await written((out) =>
      listPdf({ ...head, title: 'نیکوکاران' }, columns, [cells], out, [null, 90_000]),
    );
    const text = textOf(pdf);
    expect(text.split('مبلغ')).to.have.length(pages + 1);
    expect(text.split('جمع کل')).to.have.length(2);
    expect(text).to.include('۹۰٬۰۰۰').and.to.include('نیکوکار 89');
  });
});

type Printed = Written & { pdf: Buffer };

async function written(print: (out: PassThrough) => Promise<Written>): Promise<Printed> {
  const out = new PassThrough();
  const [pdf, counts] = await Promise.all([buffer(out), print(out)]);
  return { pdf, ...counts };
}

function journal(count: number): Promise<Printed> {
  return written((out) => journalPdf(head, batches(journalLines(count)), out));
}

function journalLines(count: number): JournalLine[] {
  return Array.from({ length: count }, (_, index) => ({
    row: index + 1,
    day: `2026-0${5 + (Math.floor(index / 30) % 5)}-01`,
    entry: Math.floor(index / 2) + 1,
    accountCode: index % 2 ? '5101' : '1101',
    accountName: index % 2 ? 'صدقات' : 'صندوق',
    description: `دریافت کمک نقدی، رسید ۱۴۰۵-۰۰۰۰۰${'۱۲۳'[index % 3]}`,
    reference: index % 2 ? '5101' : '1101',
    debit: index % 2 ? 0 : 500_000 + index,
    credit: index % 2 ? 500_000 + index - 1 : 0,
  }));
}

function* batches(lines: JournalLine[]): Generator<JournalLine[]> {
  for (let at = 0; at < lines.length; at += 100) yield lines.slice(at, at + 100);
}

function total(lines: JournalLine[]): number {
  return lines.reduce((sum, line) => sum + line.debit + line.credit, 0);
}

function rows(pdf: Buffer, page: number): string[] {
  return linesOf(pdf, '-layout', '-f', String(page), '-l', String(page));
}

/** Debits and credits of a row of sums, together. */
function sumOf(lines: string[], name: string): number {
  const row = latinDigits(lines.find((line) => line.includes(name)) ?? '').replaceAll('٬', '');
  return (row.match(/\d+/g) ?? []).reduce((sum, amount) => sum + Number(amount), 0);
}
