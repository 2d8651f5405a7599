/** The official letter on A4, of whatever kind: one hand draws them all. */
import { formatDay } from '../values/jalali-date.ts';
import { type Words, wordsFor } from '../words.ts';
import { ltr, own } from './bidi.ts';
import { committeeHead } from './committee-head.ts';
import { activityLine, contactLine, issuedTail } from './issued.ts';
import { Letter } from './letter.ts';
import { drawLetterTable } from './letter-table.ts';
import { drawWitnesses } from './letter-witnesses.ts';
import { drawBlocks, drawOpening } from './letter-words.ts';
import type { Letterhead } from './letterhead.ts';
import type { Annex, OfficialLetter } from './official-letter.ts';
import { Paper } from './paper.ts';
import type { PrintMark } from './print-mark.ts';

/** `figure` draws what only one kind of letter has, between its words and its tables. */
export async function officialLetterPdf(
  says: OfficialLetter,
  print: PrintMark,
  figure?: (paper: Paper, letter: Letter) => void,
): Promise<Buffer> {
  const { lang, centre, number, signer } = says;
  const t = wordsFor(lang);
  const title = t('paper:letter.document-title', {
    title: says.title,
    number,
    centre: centre.name,
  });
  const author = says.head === 'committee' ? t('paper:committee.name') : centre.name;
  const paper = new Paper({ lang, title, author, tagged: true });
  const contact = says.head === 'centre' ? contactLine(paper, centre, t) : '';
  const tail = issuedTail(says, print, t, contact);
  const letter = new Letter(paper, { head: headOf(paper, says, t), tail, print, t });
  drawOpening(letter, says, says.addressee.map(own), t);
  drawBlocks(letter, says);
  figure?.(paper, letter);
  for (const table of says.tables) {
    drawLetterTable(paper, letter, table, t('paper:letter.total'));
  }
  if (says.closing) letter.paragraph(says.closing);
  letter.signature({ ...signer, seal: t(print.draft ? 'paper:no-seal' : 'paper:seal') });
  if (says.witnesses.length > 0) {
    drawWitnesses(paper, letter, says.witnesses, t('paper:letter.sign-here'));
  }
  if (says.copies.length > 0) letter.copies(t('paper:letter.copies'), says.copies);
  for (const annex of says.annexes) drawAnnex(paper, letter, annex, t);
  return paper.toBuffer();
}

function headOf(paper: Paper, says: OfficialLetter, t: Words): Letterhead {
  const { centre, committee } = says;
  const enclosed = says.annexes.length > 0 ? 'has-enclosure' : 'no-enclosure';
  const facts = [
    { label: t('paper:letter.number'), value: ltr(paper.digits(says.number)) },
    { label: t('paper:letter.day'), value: ltr(formatDay(says.issuedOn, says.lang, 'date')) },
    { label: t('paper:letter.enclosure'), value: t(`paper:letter.${enclosed}`) },
  ];
  const invocation = t('paper:invocation');
  if (says.head === 'committee') return { ...committeeHead(committee, t), invocation, facts };
  const lines = [own(centre.place), activityLine(paper, centre, t)];
  return { arch: true, name: own(centre.name), lines, invocation, facts };
}

/** An enclosure begins its own page; one that is accepted has the place of that signature. */
function drawAnnex(paper: Paper, letter: Letter, annex: Annex, t: Words): void {
  letter.addPage();
  letter.title(annex.title, 'H2');
  if (annex.lead) letter.line([{ text: annex.lead, weight: 'medium' }]);
  letter.space(2);
  letter.list(annex.items.map((item) => paper.digits(item)));
  if (!annex.acceptedBy) return;
  letter.space(6);
  letter.paragraph(t('paper:letter.accepted'));
  letter.signer(own(annex.acceptedBy), t('paper:letter.sign-here'));
}
