/** B-118: the committee introduces the centre to the one bank where it may hold an account. */
import { ltr, own } from '../paper/bidi.ts';
import { committeeHead } from '../paper/committee-head.ts';
import { issuedTail } from '../paper/issued.ts';
import { Letter } from '../paper/letter.ts';
import { drawWords } from '../paper/letter-words.ts';
import { Paper } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { formatDay } from '../values/jalali-date.ts';
import { persianDigits } from '../values/persian-text.ts';
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
  const { words, branch } = letterPaper;
  if (words) drawWords(letter, words, [addresseeOf(branch, t)], t);
  else asBefore(letter, paper, letterPaper, t);
  letter.signature({ ...signer, seal: t(print.draft ? 'paper:no-seal' : 'paper:seal') });
  letter.copies(t('paper:decree.copies'), copiesOf(letterPaper, t));
  return paper.toBuffer();
}

const addresseeOf = (branch: string, t: Words): string =>
  t('paper:introduction.addressee', { branch: own(branch) }).trim();

/** As the letter was worded before the province worded it itself. */
function asBefore(letter: Letter, paper: Paper, says: IntroductionPaper, t: Words): void {
  opening(letter, says, t);
  body(letter, paper, says, t);
}

function opening(letter: Letter, { branch, centre }: IntroductionPaper, t: Words): void {
  const subject = t('paper:introduction.subject-text', { centre: own(centre.name) });
  letter.title(t('paper:introduction.title'));
  letter.line([{ text: addresseeOf(branch, t), weight: 'bold' }]);
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
  letter.list(data.signatories.map((person) => signatory(person, t)));
  letter.space(2);
  letter.paragraph(t('paper:introduction.only'));
  letter.paragraph(t('paper:introduction.thanks'));
}

/** One who signs for the account, as the letter names him. */
export function signatory(
  { name, office, nationalId }: IntroductionPaper['signatories'][number],
  t: Words,
): string {
  const values = { name: own(name), office: own(office) };
  if (!nationalId) return t('paper:introduction.signatory', values);
  const id = ltr(persianDigits(nationalId));
  return t('paper:introduction.signatory-with-id', { ...values, id });
}

function copiesOf(says: IntroductionPaper, t: Words): string[] {
  return says.copies ?? says.words?.copies ?? usualCopies(says, t);
}

function usualCopies({ committee, centre }: IntroductionPaper, t: Words): string[] {
  return ['1', '2', '3'].map((place) =>
    t(`paper:introduction.copies-list.${place}`, {
      province: own(committee.province),
      centre: own(centre.name),
    }),
  );
}
