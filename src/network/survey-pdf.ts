/** B-139: the sheet of a survey: the map with its numbered points, and the four boxes beneath. */
import type { Point } from '../boundary/area.ts';
import { drawMap, mapScene } from '../boundary/sheet-map.ts';
import type { SheetMap } from '../boundary/sheet-paper.ts';
import { ltr, own } from '../paper/bidi.ts';
import { COLOURS, MM } from '../paper/ink.ts';
import { activityLine, contactLine, issuedTail } from '../paper/issued.ts';
import { Letter } from '../paper/letter.ts';
import { drawLetterTable } from '../paper/letter-table.ts';
import { Paper } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { STYLES } from '../paper/styles.ts';
import { formatDay } from '../values/jalali-date.ts';
import { type Words, wordsFor } from '../words.ts';
import type { SurveySheet } from './survey-content.ts';
import type { Box } from './surveys.ts';

type Drawing = { paper: Paper; letter: Letter; sheet: SurveySheet; t: Words };

/** The boxes that stand beside each other: what helps and what hinders; what is seen and what is not. */
const PAIRS: [Box, Box][] = [
  ['strengths', 'weaknesses'],
  ['open', 'hidden'],
];

export async function surveyPdf(sheet: SurveySheet, print: PrintMark): Promise<Buffer> {
  const { lang, centre, signer } = sheet;
  const t = wordsFor(lang);
  const title = t('network:sheet.title', { centre: centre.name });
  const paper = new Paper({ lang, title, author: centre.name, tagged: true });
  const tail = issuedTail(sheet, print, t, contactLine(paper, centre, t));
  const letter = new Letter(paper, { head: headOf(paper, sheet, t), tail, print, t });
  const drawing = { paper, letter, sheet, t };
  letter.title(t('network:sheet.title', { centre: own(centre.name) }));
  letter.paragraph(
    t('network:sheet.lead', { place: own(centre.place), county: own(sheet.committee.county) }),
  );
  if (sheet.area) figure(drawing, sheet.area.map);
  for (const pair of PAIRS) boxes(drawing, pair);
  letter.signature({ ...signer, seal: t(print.draft ? 'paper:no-seal' : 'paper:seal') });
  return paper.toBuffer();
}

function headOf(paper: Paper, { centre, issuedOn, lang, number }: SurveySheet, t: Words) {
  return {
    ...{ arch: true, name: own(centre.name), invocation: t('paper:invocation') },
    lines: [own(centre.place), activityLine(paper, centre, t)],
    facts: [
      { label: t('network:sheet.version'), value: paper.digits(number) },
      { label: t('network:sheet.approved'), value: ltr(formatDay(issuedOn, lang, 'date')) },
    ],
  };
}

/** The map as the centre's own sheet draws it, with a disc and its number at each point. */
function figure({ paper, letter, sheet, t }: Drawing, map: SheetMap): void {
  const height = 82 * MM;
  const { x, y, width } = letter.box;
  const part = { x, y, width, height };
  const marks = sheet.points.flatMap(({ lon, lat }, at) =>
    lon === null || lat === null ? [] : [{ number: at + 1, at: [lon, lat] as Point }],
  );
  const scene = mapScene(paper, { ...map, bounds: boundsWith(map, marks) }, part, SCALE);
  paper.tag(
    'Figure',
    t('network:sheet.map', { number: paper.digits(String(marks.length)) }),
    () => {
      drawMap(paper, scene, part, SCALE);
      for (const { number, at } of marks) disc(paper, number, scene.view.place(at), part);
    },
  );
  letter.goOn(y + height);
  letter.space(4);
}

const SCALE = 0.72;

type Spot = [x: number, y: number];

function disc(paper: Paper, number: number, [dx, dy]: Spot, { x, y }: { x: number; y: number }) {
  const at: Spot = [x + dx, y + dy];
  paper.ink.dot(at, 7, { fill: '#ffffff', stroke: COLOURS.ink, thickness: 0.9 });
  const style = { ...STYLES.tail, weight: 'bold', size: 8, colour: COLOURS.ink } as const;
  paper.ink.label(paper.set.line(paper.digits(String(number)), style), at);
}

/** The area, and every point that lies outside of it. */
function boundsWith(map: SheetMap, marks: { at: Point }[]): SheetMap['bounds'] {
  const { west, south, east, north } = map.bounds;
  const lons = marks.map(({ at }) => at[0]);
  const lats = marks.map(({ at }) => at[1]);
  return {
    ...{ west: Math.min(west, ...lons), east: Math.max(east, ...lons) },
    ...{ south: Math.min(south, ...lats), north: Math.max(north, ...lats) },
  };
}

function boxes({ paper, letter, sheet, t }: Drawing, pair: [Box, Box]): void {
  const [first, second] = pair.map((box) =>
    sheet.points.flatMap((point, at) => (point.box === box ? [said(point, at + 1)] : [])),
  ) as [string[], string[]];
  const rows = Array.from({ length: Math.max(first.length, second.length) }, (_, at) => [
    first[at] ?? null,
    second[at] ?? null,
  ]);
  const columns = pair.map((box) => ({
    ...{ title: t(`network:surveys.boxes.${box}`), kind: 'text' as const, width: 1 },
  }));
  drawLetterTable(paper, letter, { columns, rows }, '');

  function said({ text, weight, place, seenOn }: SurveySheet['points'][number], number: number) {
    const day = formatDay(seenOn, sheet.lang, 'date');
    const where = place ? t('network:sheet.at', { place: own(place) }) : '';
    const more = t('network:sheet.point', { weight: String(weight), where, day: ltr(day) });
    return `${number}. ${own(text)} ${paper.digits(more)}`;
  }
}
