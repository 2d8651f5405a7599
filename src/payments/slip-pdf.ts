/** The slip of a delivery on A4: a code and goods, no name; two who signed, and who took them. */
import { ltr, own } from '../paper/bidi.ts';
import { activityLine, contactLine, issuedTail } from '../paper/issued.ts';
import { Letter } from '../paper/letter.ts';
import { drawLetterTable } from '../paper/letter-table.ts';
import { drawWitnesses } from '../paper/letter-witnesses.ts';
import { Paper } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { formatDay } from '../values/jalali-date.ts';
import { formatRial } from '../values/rial.ts';
import { wordsFor } from '../words.ts';
import type { SlipPaper } from './slip-paper.ts';

export async function slipPdf(slip: SlipPaper, print: PrintMark): Promise<Buffer> {
  const t = wordsFor(slip.lang);
  const say = (key: string, values?: Record<string, string>) => t(`payments:paper.${key}`, values);
  const { centre, number } = slip;
  const title = say('slip-document', { number, centre: centre.name });
  const paper = new Paper({ lang: slip.lang, title, author: centre.name, tagged: true });
  const head = {
    ...{ arch: true, name: own(centre.name), invocation: t('paper:invocation') },
    lines: [own(centre.place), activityLine(paper, centre, t)],
    facts: [
      { label: say('number'), value: ltr(paper.digits(number)) },
      { label: say('day'), value: ltr(formatDay(slip.deliveredOn, slip.lang, 'date')) },
    ],
  };
  const tail = issuedTail(slip, print, t, contactLine(paper, centre, t));
  const letter = new Letter(paper, { head, tail, print, t });
  letter.title(say('slip'));
  const line = (key: string, value: string) =>
    letter.line([{ text: `${say(key)} ` }, { text: own(value), weight: 'bold' }]);
  line('delivered-to', slip.recipient);
  line('store', slip.store);
  line('purpose', slip.purpose);
  letter.space(2);
  const table = {
    columns: [
      { title: say('good'), kind: 'text' as const, width: 4 },
      { title: say('quantity'), kind: 'text' as const, width: 2 },
      { title: say('lot'), kind: 'code' as const, width: 1 },
      { title: say('expires'), kind: 'day' as const, width: 2 },
    ],
    rows: slip.items.map((one) => [one.name, one.quantity, one.lot, one.expiresOn]),
  };
  drawLetterTable(paper, letter, table, t('common:table.total'));
  if (slip.valueRial !== null) {
    line('worth', say('rials', { amount: formatRial(slip.valueRial, slip.lang) }));
  }
  letter.line(say('prepared-by', { name: own(slip.preparedBy) }));
  const taker = { name: slip.recipient, office: say('recipient'), asks: say('recipient-signs') };
  drawWitnesses(paper, letter, [...slip.signers, taker], say('signs'));
  return paper.toBuffer();
}
