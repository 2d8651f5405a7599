/** The sheet of a successful experience on A4, to be read in another centre (B-108). */
import { ltr, own } from '../paper/bidi.ts';
import { activityLine } from '../paper/issued.ts';
import { Letter } from '../paper/letter.ts';
import { Paper } from '../paper/paper.ts';
import type { CentreOnPaper } from '../paper/print-mark.ts';
import { formatDay } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import { formatRial } from '../values/rial.ts';
import { wordsFor } from '../words.ts';
import type { Experience } from './experiences.ts';

export type ExperienceSheet = {
  lang: Language;
  one: Experience;
  centre: CentreOnPaper;
  printedOn: string;
  hash: string;
  /** The address of the sheet itself. */
  scan: string;
};

export async function experiencePdf(sheet: ExperienceSheet): Promise<Buffer> {
  const { lang, one, centre } = sheet;
  const t = wordsFor(lang);
  const say = (key: string, values?: Record<string, string>) => t(`experiences:${key}`, values);
  const paper = new Paper({ lang, title: one.title, author: centre.name, tagged: true });
  const day = (iso: string) => ltr(formatDay(iso, lang, 'date'));
  const head = {
    ...{ arch: true, name: own(centre.name), invocation: t('paper:invocation') },
    lines: [own(centre.place), activityLine(paper, centre, t)],
    facts: [{ label: t('paper:letter.day'), value: day(one.answeredOn!) }],
  };
  const tail = {
    ...{ scan: sheet.scan, hash: sheet.hash },
    sentences: [say('printed', { day: day(sheet.printedOn) })],
  };
  const print = { actHash: sheet.hash, draft: false, reprint: null, cancelled: null };
  const letter = new Letter(paper, { head, tail, print, t });
  letter.title(say('sheet'));
  const cost = one.costRial === null ? null : `${formatRial(one.costRial, lang)}`;
  const asked = [t(`board:seats.${one.askedSeat}`), own(one.centre)].join(' \u00b7 ');
  const phone = one.phone ? ` \u00b7 ${ltr(paper.digits(one.phone))}` : '';
  const lines: [string, string][] = [
    ['title', own(one.title)],
    ['field', t(`network:networks.short.${one.field}`)],
    ...(cost ? [['costRial', cost] as [string, string]] : []),
    ['askedSeat', `${asked}${phone}`],
  ];
  for (const [key, text] of lines) {
    letter.line([{ text: `${say(`columns.${key}`)}: `, weight: 'bold' }, { text }]);
  }
  for (const key of ['deed', 'result'] as const) {
    letter.space(3);
    letter.line([{ text: say(`columns.${key}`), weight: 'bold' }]);
    for (const part of one[key].split(/\n+/)) letter.paragraph(own(part));
  }
  letter.space(3);
  letter.line(say('approved-by', { day: day(one.answeredOn!), name: own(one.answeredBy!) }));
  return paper.toBuffer();
}
