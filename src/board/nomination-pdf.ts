/** The introduction form on A4: who is proposed, by whom, the lines ticked, the plan, signatures. */
import { ltr, own } from '../paper/bidi.ts';
import { activityLine } from '../paper/issued.ts';
import { Letter } from '../paper/letter.ts';
import { drawWitnesses } from '../paper/letter-witnesses.ts';
import type { Letterhead } from '../paper/letterhead.ts';
import { Paper } from '../paper/paper.ts';
import type { CentreOnPaper } from '../paper/print-mark.ts';
import { STYLES } from '../paper/styles.ts';
import { formatDay } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import { type Words, wordsFor } from '../words.ts';
import type { Decree } from './decree-rows.ts';
import { NOMINATION_LINES, type Nomination } from './nominations.ts';

export type NominationPaper = {
  lang: Language;
  decree: Decree;
  /** null prints the form empty, to be filled in by hand. */
  nomination: Nomination | null;
  centre: CentreOnPaper;
  county: string;
  printedOn: string;
  hash: string;
  /** The address of the form itself. */
  scan: string;
};

/** What a hand fills in. */
const BLANK = '\u2026'.repeat(16);
const BOX = '(\u2026\u2026\u2026)';

export async function nominationPdf(form: NominationPaper): Promise<Buffer> {
  const { lang, decree, centre } = form;
  const t = wordsFor(lang);
  const title = t('board:nomination.paper-title', { name: decree.name });
  const paper = new Paper({ lang, title, author: centre.name, tagged: true });
  const day = ltr(formatDay(form.printedOn, lang, 'date'));
  const tail = {
    scan: form.scan,
    sentences: [t('board:nomination.printed', { day })],
    hash: form.hash,
  };
  const print = { actHash: form.hash, draft: false, reprint: null, cancelled: null };
  const letter = new Letter(paper, { head: headOf(paper, form, t), tail, print, t });
  letter.title(t('board:nomination.form'));
  drawPerson(letter, paper, form, t);
  drawLines(letter, form, t);
  drawSignatures(letter, paper, form, t);
  return paper.toBuffer();
}

function headOf(paper: Paper, { centre, printedOn, lang }: NominationPaper, t: Words): Letterhead {
  const day = { label: t('paper:letter.day'), value: ltr(formatDay(printedOn, lang, 'date')) };
  const lines = [own(centre.place), activityLine(paper, centre, t)];
  const invocation = t('paper:invocation');
  return { arch: true, name: own(centre.name), lines, invocation, facts: [day] };
}

function drawPerson(letter: Letter, paper: Paper, form: NominationPaper, t: Words): void {
  const { decree, nomination } = form;
  const say = (key: string) => t(`board:nomination.${key}`);
  const year = nomination?.birthYear;
  const text = (typed: string | null | undefined) => own(typed ?? BLANK);
  const rows: [string, string][][] = [
    [
      [t('board:fields.name'), own(decree.name)],
      [t('board:fields.national-id'), ltr(paper.digits(decree.nationalId))],
      ...(year ? [[say('birth-year'), paper.digits(String(year))] as [string, string]] : []),
    ],
    [[say('seat'), t(`board:seats.${decree.seat}`)]],
    ...(decree.seat === 'assemblies'
      ? [[[say('represents'), text(nomination?.represents)] as [string, string]]]
      : []),
    [[say('standing'), text(nomination?.standing)]],
    [[say('introducer'), text(nomination?.introducer)]],
    [
      [say('referee-one'), text(nomination?.refereeOne)],
      [say('referee-two'), text(nomination?.refereeTwo)],
    ],
  ];
  for (const row of rows) {
    letter.line(
      row.flatMap(([term, said], at) => [
        { text: `${term}: `, weight: 'bold' as const },
        { text: at < row.length - 1 ? `${said} \u00b7 ` : said },
      ]),
    );
  }
  letter.space(2);
  letter.line([{ text: say('plan'), weight: 'bold' }]);
  letter.paragraph(own((nomination?.plan ?? BLANK.repeat(3)).replaceAll('\n', ' ')));
}

/** The conditions, each ticked by the introducer; no opinion is written beside any of them. */
function drawLines(letter: Letter, { nomination }: NominationPaper, t: Words): void {
  letter.line([{ text: t('board:nomination.conditions'), weight: 'bold' }]);
  const items = NOMINATION_LINES.map((line) => {
    const isTicked = nomination?.lines.includes(line) ?? false;
    const mark = isTicked ? `(${t('board:nomination.ticked')})` : BOX;
    return `${t(`board:nomination.lines.${line}`)} ${mark}`;
  });
  letter.list(items, STYLES.copies);
}

function drawSignatures(
  letter: Letter,
  paper: Paper,
  { decree, nomination }: NominationPaper,
  t: Words,
): void {
  letter.paragraph(t('board:nomination.voluntary-said'));
  const signers = [
    { name: decree.name, office: t('board:nomination.sign-candidate') },
    { name: nomination?.introducer ?? null, office: t('board:nomination.sign-introducer') },
  ];
  drawWitnesses(paper, letter, signers, t('board:nomination.sign-here'));
}
