/** The decree on A4: the committee's for the chair, the chair's for the others; duties enclosed. */
import { ltr, own } from '../paper/bidi.ts';
import { committeeHead } from '../paper/committee-head.ts';
import { activityLine, contactLine, issuedTail } from '../paper/issued.ts';
import { Letter } from '../paper/letter.ts';
import { drawWords } from '../paper/letter-words.ts';
import type { Letterhead } from '../paper/letterhead.ts';
import { Paper } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { formatDay } from '../values/jalali-date.ts';
import { type Words, wordsFor } from '../words.ts';
import type { DecreePaper } from './decree-paper.ts';

export async function decreePdf(decree: DecreePaper, print: PrintMark): Promise<Buffer> {
  const t = wordsFor(decree.lang);
  const paper = new Paper({
    lang: decree.lang,
    title: t('paper:decree.document-title', {
      number: decree.number,
      centre: decree.centre.name,
    }),
    author: decree.form === 'committee' ? t('paper:committee.name') : decree.centre.name,
    tagged: true,
  });
  const contact = decree.form === 'centre' ? contactLine(paper, decree.centre, t) : '';
  const tail = issuedTail(decree, print, t, contact);
  const letter = new Letter(paper, { head: headOf(paper, decree, t), tail, print, t });
  if (decree.words) drawWords(letter, decree.words, addresseeOf(decree), t);
  else appointment(letter, paper, decree, t);
  letter.signature({ ...decree.signer, seal: t(print.draft ? 'paper:no-seal' : 'paper:seal') });
  letter.copies(t('paper:decree.copies'), copiesOf(decree, t));
  annex(letter, paper, decree, t);
  return paper.toBuffer();
}

function headOf(paper: Paper, decree: DecreePaper, t: Words): Letterhead {
  const { centre, committee } = decree;
  const facts = [
    { label: t('paper:decree.number'), value: ltr(paper.digits(decree.number)) },
    { label: t('paper:decree.day'), value: ltr(formatDay(decree.issuedOn, decree.lang, 'date')) },
    { label: t('paper:decree.enclosure'), value: t('paper:decree.has-enclosure') },
  ];
  const invocation = t('paper:invocation');
  if (decree.form === 'centre') {
    const lines = [own(centre.place), activityLine(paper, centre, t)];
    return { arch: true, name: own(centre.name), lines, invocation, facts };
  }
  return { ...committeeHead(committee, t), invocation, facts };
}

const addresseeOf = ({ person }: DecreePaper): string[] => [
  own(`${person.honorific} ${person.name}`.trim()),
];

/** As decrees were worded before the province worded them itself. */
function appointment(letter: Letter, paper: Paper, decree: DecreePaper, t: Words): void {
  const { predecessor } = decree;
  const subject = t('paper:decree.subject-text', {
    seat: own(decree.seat),
    centre: own(decree.centre.name),
  });
  letter.title(t('paper:decree.title'));
  for (const text of addresseeOf(decree)) letter.line([{ text, weight: 'bold' }]);
  letter.line([{ text: t('paper:decree.subject'), weight: 'bold' }, { text: subject }]);
  letter.line(t('paper:decree.greeting'));
  letter.space(1.5);
  const ending = predecessor ? ` ${t('paper:decree.predecessor', { name: own(predecessor) })}` : '';
  letter.paragraph(`${appointed(paper, decree, t)}${ending}`);
  letter.paragraph(t('paper:decree.hope'));
  letter.paragraph(t('paper:decree.honorary'));
}

function appointed(paper: Paper, decree: DecreePaper, t: Words): string {
  const { basis, lang } = decree;
  const form = basis ? `paper:decree.${decree.form}-body` : 'paper:decree.body-no-basis';
  return t(form, {
    basis: basis ? ltr(paper.digits(basis.number)) : '',
    basisDay: basis ? ltr(formatDay(basis.on, lang, 'date')) : '',
    from: ltr(formatDay(decree.from, lang, 'date')),
    to: ltr(formatDay(decree.to, lang, 'date')),
    seat: own(decree.seat),
    centre: own(decree.centre.name),
    county: own(decree.committee.county),
  });
}

function copiesOf(decree: DecreePaper, t: Words): string[] {
  return decree.copies ?? decree.words?.copies ?? usualCopies(decree, t);
}

function usualCopies(decree: DecreePaper, t: Words): string[] {
  return ['1', '2', '3'].map((place) =>
    t(`paper:decree.${decree.form}-copies.${place}`, {
      province: own(decree.committee.province),
      county: own(decree.committee.county),
      centre: own(decree.centre.name),
    }),
  );
}

/** The duties of the seat, which its holder signs for (B-101). */
function annex(letter: Letter, paper: Paper, decree: DecreePaper, t: Words): void {
  letter.addPage();
  letter.title(t('paper:decree.annex'), 'H2');
  letter.line([
    {
      text: t('paper:decree.annex-of', {
        seat: own(decree.seat),
        number: ltr(paper.digits(decree.number)),
      }),
      weight: 'medium',
    },
  ]);
  letter.space(2);
  letter.list(decree.duties);
  letter.space(6);
  letter.paragraph(t('paper:decree.accepted'));
  letter.signer(own(decree.person.name), t('paper:decree.accepted-by'));
}
