/** The compass as a file for renewal: the centre, its board, what is broken, every chapter, signatures. */
import { SEATS, type Seat } from '../access/powers.ts';
import type { LicenceState } from '../licence/states.ts';
import { ltr, own } from '../paper/bidi.ts';
import { MM } from '../paper/ink.ts';
import { activityLine } from '../paper/issued.ts';
import { Letter } from '../paper/letter.ts';
import { drawLetterTable } from '../paper/letter-table.ts';
import { drawWitnesses } from '../paper/letter-witnesses.ts';
import type { Letterhead } from '../paper/letterhead.ts';
import type { LetterTable, Witness } from '../paper/official-letter.ts';
import { Paper } from '../paper/paper.ts';
import type { CentreOnPaper } from '../paper/print-mark.ts';
import { formatDay } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import type { Words } from '../words.ts';
import { CHAPTERS } from './clauses.ts';
import { STATES } from './compass.ts';
import type { SaidBearing } from './said.ts';

export type BoardMember = {
  seat: Seat;
  name: string;
  number: string;
  fromOn: string;
  toOn: string;
};

export type ComplianceFile = {
  lang: Language;
  /** The words as this province speaks: it names its board. */
  t: Words;
  centre: CentreOnPaper & { code: string; county: string };
  licence: { number: string; fromOn: string; toOn: string } | null;
  state: LicenceState;
  left: number | null;
  board: BoardMember[];
  clauses: SaidBearing[];
  /** Who signs: the head of the county office by name, if he is known. */
  head: string | null;
  printedOn: string;
  hash: string;
  scan: string;
};

/** The height of two rows of signatures. */
const SIGNED = 85 * MM;

export async function compliancePdf(file: ComplianceFile): Promise<Buffer> {
  const { lang, centre, t } = file;
  const title = t('bylaw:file.title', { name: centre.name });
  const paper = new Paper({ lang, title, author: centre.name, tagged: true });
  const day = ltr(formatDay(file.printedOn, lang, 'date'));
  const tail = {
    ...{ scan: file.scan, hash: file.hash },
    sentences: [t('bylaw:file.printed', { day }), t('bylaw:file.judged')],
  };
  const print = { actHash: file.hash, draft: false, reprint: null, cancelled: null };
  const letter = new Letter(paper, { head: headOf(paper, file), tail, print, t });
  letter.title(t('bylaw:file.heading'));
  drawLicence(paper, letter, file);
  for (const table of [boardTable(file), tallyTable(file), ...brokenTable(file)]) {
    draw(paper, letter, file, table);
  }
  drawChapters(paper, letter, file);
  drawSigners(paper, letter, file);
  return paper.toBuffer();
}

const draw = (paper: Paper, letter: Letter, { t }: ComplianceFile, table: LetterTable): void =>
  drawLetterTable(paper, letter, table, t('bylaw:file.sum'));

function headOf(paper: Paper, { centre, printedOn, lang, t }: ComplianceFile): Letterhead {
  const facts = [
    { label: t('paper:letter.day'), value: ltr(formatDay(printedOn, lang, 'date')) },
    { label: t('bylaw:file.code'), value: ltr(paper.digits(centre.code)) },
  ];
  const lines = [own(centre.place), activityLine(paper, centre, t)];
  return { arch: true, name: own(centre.name), lines, invocation: t('paper:invocation'), facts };
}

/** The licence, its state and its days, in two lines. */
function drawLicence(paper: Paper, letter: Letter, file: ComplianceFile): void {
  const { licence, state, left, lang, t, centre } = file;
  const day = (iso: string) => ltr(formatDay(iso, lang, 'date'));
  const facts: [string, string][] = [
    [t('bylaw:file.county'), own(centre.county)],
    [t('bylaw:file.state'), t(`centres:states.${state}`)],
    [t('bylaw:file.licence'), licence ? ltr(paper.digits(licence.number)) : t('bylaw:file.none')],
  ];
  if (licence) {
    const days = { from: day(licence.fromOn), to: day(licence.toOn) };
    facts.push([t('bylaw:file.term'), t('bylaw:file.from-to', days)]);
  }
  if (left !== null) facts.push([t('bylaw:file.left'), paper.digits(String(left))]);
  for (let at = 0; at < facts.length; at += 3) {
    letter.line(
      facts
        .slice(at, at + 3)
        .flatMap(([term, said], nth, row) => [
          { text: `${term}: `, weight: 'bold' as const },
          { text: nth < row.length - 1 ? `${said} \u00b7 ` : said },
        ]),
    );
  }
  letter.space(2);
}

/** Every core seat, held or empty, and the optional ones that are held. */
function boardTable({ board, t }: ComplianceFile): LetterTable {
  const column = (key: string) => t(`bylaw:file.board.${key}`);
  const held = new Map(board.map((one) => [one.seat, one]));
  const rows = SEATS.filter((seat, at) => at < 6 || held.has(seat)).map((seat) => {
    const { name, number = null, fromOn = null, toOn = null } = held.get(seat) ?? {};
    return [t(`board:seats.${seat}`), name ?? column('empty'), number, fromOn, toOn];
  });
  return {
    title: column('title'),
    columns: [
      { title: column('seat'), kind: 'text', width: 4 },
      { title: column('name'), kind: 'text', width: 3 },
      { title: column('number'), kind: 'code', width: 1.6 },
      { title: column('from'), kind: 'day', width: 1.7 },
      { title: column('to'), kind: 'day', width: 1.7 },
    ],
    rows,
  };
}

function tallyTable({ clauses, t }: ComplianceFile): LetterTable {
  return {
    title: t('bylaw:file.tally'),
    columns: STATES.map((state) => ({ title: t(`bylaw:states.${state}.name`), kind: 'count' })),
    rows: [STATES.map((one) => clauses.filter(({ state }) => state === one).length)],
  };
}

/** What must be mended before anything else, and where; nothing where nothing is broken. */
function brokenTable({ clauses, t }: ComplianceFile): LetterTable[] {
  const broken = clauses.filter(({ state }) => state === 'broken');
  if (broken.length === 0) return [];
  return [
    {
      title: t('bylaw:file.broken'),
      columns: [
        { title: t('bylaw:list.id'), kind: 'clause', width: 1 },
        { title: t('bylaw:list.clause-title'), kind: 'text', width: 3 },
        { title: t('bylaw:compass.why'), kind: 'text', width: 5 },
        { title: t('bylaw:compass.page'), kind: 'text', width: 3 },
      ],
      rows: broken.map(({ id, title, why, mend }) => [
        ...[id, title, why],
        mend ? `${mend.text}. ${mend.by}` : '',
      ]),
    },
  ];
}

function drawChapters(paper: Paper, letter: Letter, file: ComplianceFile): void {
  const { clauses, t } = file;
  for (const chapter of CHAPTERS) {
    const own = clauses.filter((one) => one.chapter === chapter);
    draw(paper, letter, file, {
      title: t(`bylaw:chapters.${chapter}`),
      columns: [
        { title: t('bylaw:list.id'), kind: 'clause', width: 1 },
        { title: t('bylaw:list.clause-title'), kind: 'text', width: 3 },
        { title: t('bylaw:compass.state'), kind: 'text', width: 1.8 },
        { title: t('bylaw:compass.why'), kind: 'text', width: 6.2 },
      ],
      rows: own.map(({ id, title, state, why }) => [
        ...[id, title, t(`bylaw:states.${state}.name`)],
        state === 'not-upheld' ? '' : why,
      ]),
    });
  }
}

/** The four offices of B-20, two to a row and all on one page. */
function drawSigners(paper: Paper, letter: Letter, { head, t }: ComplianceFile): void {
  const offices = ['county-head', 'supervision', 'security', 'selection'];
  const signers = offices.map((office, at): Witness => {
    return { name: at === 0 ? head : null, office: t(`bylaw:file.signers.${office}`) };
  });
  letter.room(SIGNED);
  for (const at of [0, 2]) {
    drawWitnesses(paper, letter, signers.slice(at, at + 2), t('bylaw:file.sign-here'));
  }
}
