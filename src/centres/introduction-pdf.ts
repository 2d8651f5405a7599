/** B-118: the committee introduces the centre to the one bank where it may hold an account. */
import { committeeHead } from '../board/decree-pdf.ts';
import { ltr, own } from '../paper/bidi.ts';
import { issuedTail } from '../paper/issued.ts';
import { Letter } from '../paper/letter.ts';
import { Paper } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { formatDay } from '../values/jalali-date.ts';
import { type Words, wordsFor } from '../words.ts';
import type { IntroductionPaper } from './introduction-paper.ts';

export async function introductionPdf(
  letterPaper: IntroductionPaper,
  print: PrintMark,
): Promise<Buffer> {
  const { lang, centre, signer } = letterPaper;
  const t = wordsFor(lang);
  const title = t('paper:introduction.document-title', { centre: centre.name });
  const paper = new Paper({ lang, title, author: t('paper:committee.name'), tagged: true });
  const head = {
    ...committeeHead(letterPaper.committee, t),
    invocation: t('paper:invocation'),
    facts: [
      { label: t('paper:decree.number'), value: ltr(paper.digits(letterPaper.number)) },
      { label: t('paper:decree.day'), value: ltr(formatDay(letterPaper.issuedOn, lang, 'date')) },
    ],
  };
  const letter = new Letter(paper, { head, tail: issuedTail(letterPaper, print, t), print, t });
  opening(letter, letterPaper, t);
  body(letter, paper, letterPaper, t);
  letter.signature({ ...signer, seal: t(print.draft ? 'paper:no-seal' : 'paper:seal') });
  letter.copies(t('paper:decree.copies'), letterPaper.copies ?? usualCopies(letterPaper, t));
  return paper.toBuffer();
}

function opening(letter: Letter, { branch, centre }: IntroductionPaper, t: Words): void {
  const subject = t('paper:introduction.subject-text', { centre: own(centre.name) });
  letter.title(t('paper:introduction.title'));
  const addressee = t('paper:introduction.addressee', { branch: own(branch) });
  letter.line([{ text: addressee.trim(), weight: 'bold' }]);
  letter.line([{ text: t('paper:introduction.subject'), weight: 'bold' }, { text: subject }]);
  letter.line(t('paper:introduction.greeting'));
  letter.space(1.5);
}

function body(letter: Letter, paper: Paper, data: IntroductionPaper, t: Words): void {
  const { centre, lang, licence } = data;
  const code = centre.activityCode;
  letter.paragraph(
    t('paper:introduction.body', {
      centre: own(centre.name),
      place: own(centre.place),
      licence: ltr(paper.digits(licence.number)),
      from: ltr(formatDay(licence.from, lang, 'date')),
      to: ltr(formatDay(licence.to, lang, 'date')),
      code: code ? t('paper:introduction.with-code', { code: ltr(paper.digits(code)) }) : '',
    }),
  );
  letter.paragraph(t('paper:introduction.account', { centre: own(centre.name) }));
  letter.list(data.signatories.map((person) => signatory(paper, person, t)));
  letter.space(2);
  letter.paragraph(t('paper:introduction.only'));
  letter.paragraph(t('paper:introduction.thanks'));
}

function signatory(
  paper: Paper,
  { name, office, nationalId }: IntroductionPaper['signatories'][number],
  t: Words,
): string {
  const values = { name: own(name), office: own(office) };
  if (!nationalId) return t('paper:introduction.signatory', values);
  const id = ltr(paper.digits(nationalId));
  return t('paper:introduction.signatory-with-id', { ...values, id });
}

function usualCopies({ committee, centre }: IntroductionPaper, t: Words): string[] {
  return ['1', '2', '3'].map((place) =>
    t(`paper:introduction.copies-list.${place}`, {
      province: own(committee.province),
      centre: own(centre.name),
    }),
  );
}
