/** The voucher of a payment on A4: what was paid to whom from which fund, and the two who signed. */
import { ltr, own } from '../paper/bidi.ts';
import { activityLine, contactLine, issuedTail } from '../paper/issued.ts';
import { Letter } from '../paper/letter.ts';
import { drawLetterTable } from '../paper/letter-table.ts';
import { drawWitnesses } from '../paper/letter-witnesses.ts';
import { Paper } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { formatDay } from '../values/jalali-date.ts';
import { formatRial } from '../values/rial.ts';
import { type Words, wordsFor } from '../words.ts';
import type { VoucherPaper } from './voucher-paper.ts';

export async function voucherPdf(voucher: VoucherPaper, print: PrintMark): Promise<Buffer> {
  const t = wordsFor(voucher.lang);
  const say = (key: string, values?: Record<string, string>) => t(`payments:paper.${key}`, values);
  const { centre, number } = voucher;
  const title = say('voucher-document', { number, centre: centre.name });
  const paper = new Paper({ lang: voucher.lang, title, author: centre.name, tagged: true });
  const head = {
    ...{ arch: true, name: own(centre.name), invocation: t('paper:invocation') },
    lines: [own(centre.place), activityLine(paper, centre, t)],
    facts: [
      { label: say('number'), value: ltr(paper.digits(number)) },
      { label: say('day'), value: ltr(formatDay(voucher.paidOn, voucher.lang, 'date')) },
      { label: say('entry'), value: ltr(paper.digits(voucher.entry)) },
    ],
  };
  const tail = issuedTail(voucher, print, t, contactLine(paper, centre, t));
  const letter = new Letter(paper, { head, tail, print, t });
  letter.title(say('voucher'));
  particulars(letter, voucher, say);
  drawTables(paper, letter, voucher, t);
  letter.line([{ text: say('in-words', { words: voucher.amountWords }), weight: 'bold' }]);
  for (const { fund, rule, reason } of voucher.passed) {
    letter.paragraph(say('passed', { fund: own(fund), rule: own(rule), reason: own(reason) }));
  }
  letter.space(2);
  letter.line(say('prepared-by', { name: own(voucher.preparedBy) }));
  const taker = { name: voucher.to, office: say('taker'), asks: say('taker-signs') };
  drawWitnesses(paper, letter, [...voucher.signers, taker], say('signs'));
  return paper.toBuffer();
}

type Say = (key: string, values?: Record<string, string>) => string;

function particulars(letter: Letter, voucher: VoucherPaper, say: Say): void {
  const { payment, from, to, purpose, reference, lang, amountRial } = voucher;
  const line = (key: string, value: string) =>
    letter.line([{ text: `${say(key)} ` }, { text: own(value), weight: 'bold' }]);
  line('paid-to', to);
  line('amount', say('rials', { amount: formatRial(amountRial, lang) }));
  line('kind', payment);
  line('from', from);
  line('purpose', purpose);
  if (reference) line('reference', reference);
  letter.space(2);
}

function drawTables(paper: Paper, letter: Letter, voucher: VoucherPaper, t: Words): void {
  const say = (key: string) => t(`payments:paper.${key}`);
  const { lines, goods, amountRial } = voucher;
  drawLetterTable(
    paper,
    letter,
    {
      columns: [
        { title: say('fund'), kind: 'text', width: 3 },
        { title: say('account'), kind: 'text', width: 3 },
        { title: say('gift'), kind: 'code', width: 2 },
        { title: say('rial'), kind: 'rial', width: 2 },
      ],
      rows: lines.map((one) => [one.fund, one.account, one.gift, one.amountRial]),
      total: [null, null, null, amountRial],
    },
    t('common:table.total'),
  );
  if (goods.length === 0) return;
  drawLetterTable(
    paper,
    letter,
    {
      title: say('goods'),
      columns: [
        { title: say('good'), kind: 'text', width: 4 },
        { title: say('quantity'), kind: 'text', width: 2 },
        { title: say('rial'), kind: 'rial', width: 2 },
      ],
      rows: goods.map((one) => [one.name, one.quantity, one.valueRial]),
    },
    t('common:table.total'),
  );
}
