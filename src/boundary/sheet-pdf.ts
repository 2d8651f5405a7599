/** B-125: the map sheet for the office wall, on A3 and A4, lying or standing as the area asks. */

import { ltr, own } from '../paper/bidi.ts';
import { committeeHead } from '../paper/committee-head.ts';
import { MM } from '../paper/ink.ts';
import { activityLine, issuedTail } from '../paper/issued.ts';
import { letterhead } from '../paper/letterhead.ts';
import { Paper } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { STYLES } from '../paper/styles.ts';
import { drawTail } from '../paper/tail.ts';
import { formatDay } from '../values/jalali-date.ts';
import { type Words, wordsFor } from '../words.ts';
import { type Layout, liesWide, type SheetForm, sheetLayout } from './sheet-layout.ts';
import { drawMap, mapScene } from './sheet-map.ts';
import { drawPanel } from './sheet-panel.ts';
import type { SheetPaper } from './sheet-paper.ts';

export async function sheetPdf(
  sheet: SheetPaper,
  print: PrintMark,
  form: SheetForm,
): Promise<Buffer> {
  const t = wordsFor(sheet.lang);
  const title = t('boundary:sheet.document-title', { centre: sheet.centre.name });
  const paper = new Paper({ lang: sheet.lang, title, author: sheet.centre.name, tagged: true });
  const layout = sheetLayout(form, liesWide(sheet.map.bounds), sheet.lang);
  paper.addPage(layout.page);
  head(paper, sheet, layout, t);
  const scene = mapScene(paper, sheet.map, layout.map, layout.scale);
  paper.tag('Figure', describedMap(sheet, t), () => {
    drawMap(paper, scene, layout.map, layout.scale);
  });
  drawPanel(paper, { sheet, print, scene, layout, t });
  foot(paper, sheet, print, layout, t);
  return paper.toBuffer();
}

function head(paper: Paper, sheet: SheetPaper, { head: part, page, scale }: Layout, t: Words) {
  const { centre, committee, lang } = sheet;
  const [province, county] = committeeHead(committee, t).lines;
  letterhead(
    paper,
    {
      ...{ arch: true, name: own(centre.name), invocation: t('paper:invocation') },
      lines: [
        [own(centre.place), county, province].join('\u060c '),
        activityLine(paper, centre, t),
      ],
      facts: [
        { label: t('paper:decree.number'), value: ltr(paper.digits(sheet.number)) },
        { label: t('paper:decree.day'), value: ltr(formatDay(sheet.issuedOn, lang, 'date')) },
        { label: t('boundary:sheet.version-label'), value: paper.digits(String(sheet.version)) },
      ],
      scale: scale * (page.width > page.height ? 1.25 : 1.05),
    },
    { x: part.x, y: part.y, width: part.width },
  );
}

/** What the figure shows, for who can't see it. */
function describedMap({ map, centre, version }: SheetPaper, t: Words): string {
  const names = map.theirs.map(({ name }) => name).join('\u060c ');
  return [
    t('boundary:sheet.title', { name: centre.name, version: String(version) }),
    names && t('boundary:sheet.described', { names }),
  ]
    .filter(Boolean)
    .join('. ');
}

/** The code to check it by where reading starts; beside it those who sign. */
function foot(paper: Paper, sheet: SheetPaper, print: PrintMark, layout: Layout, t: Words) {
  const { foot: part } = layout;
  const width = part.width * 0.44;
  drawTail(paper, issuedTail(sheet, print, t), {
    ...{ x: part.x, y: part.y + part.height, width },
  });
  signatures(paper, sheet, print, layout, t);
}

function signatures(
  paper: Paper,
  { signers }: SheetPaper,
  print: PrintMark,
  { foot: { x, y, width, height }, scale }: Layout,
  t: Words,
) {
  const start = x + width * 0.46;
  const place = (width * 0.54) / (signers.length + 0.6);
  const seal = Math.min(height - 3 * MM, 24 * MM);
  const round = { x: start + signers.length * place, y: y + 1 * MM, width: seal };
  paper.artifact(() => paper.ink.dashedCircle(round));
  const sealed = t(print.draft ? 'paper:no-seal' : 'paper:seal');
  paper.tag('P', sealed, () => {
    paper.write(sealed, STYLES.tail, { ...round, y: round.y + seal / 2 - 2 * MM }, 'centre');
  });
  signers.forEach(({ name, office }, at) => {
    const side = { x: start + at * place, width: place - 4 * MM };
    paper.tag('P', `${name} ${office}`, () => {
      const style = { ...STYLES.signer, size: 10.5 * Math.max(0.85, scale) };
      const below = paper.write(name ? own(name) : BLANK, style, { ...side, y }, 'centre');
      paper.write(office, { ...STYLES.copies, size: 9 }, { ...side, y: below }, 'centre');
    });
    const line = {
      ...side,
      x: side.x + 6 * MM,
      y: y + height - 1 * MM,
      width: side.width - 12 * MM,
    };
    paper.artifact(() => paper.ink.rule(line));
  });
}

/** A place to write a name by hand. */
const BLANK = '.'.repeat(26);
