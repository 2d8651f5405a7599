/** B-139: the sheet of a survey: the map with its numbered points, and the four boxes beneath. */
import type { Point } from '../boundary/area.ts';
import { drawMap, mapScene } from '../boundary/sheet-map.ts';
import type { SheetMap } from '../boundary/sheet-paper.ts';
import { COLOURS, MM } from '../paper/ink.ts';
import type { Letter } from '../paper/letter.ts';
import { officialLetterPdf } from '../paper/official-letter-pdf.ts';
import type { Paper } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { STYLES } from '../paper/styles.ts';
import { wordsFor } from '../words.ts';
import type { SurveySheet } from './survey-content.ts';

export const surveyPdf = (sheet: SurveySheet, print: PrintMark): Promise<Buffer> =>
  officialLetterPdf(sheet, print, (paper, letter) => figure(paper, letter, sheet));

const HEIGHT = 54 * MM;
/** The sheet for the wall is drawn larger. */
const SCALE = 0.72;

/** The map as the centre's own sheet draws it, with a disc and its number at each point. */
function figure(paper: Paper, letter: Letter, { map, marks, lang }: SurveySheet): void {
  if (!map) return;
  letter.room(HEIGHT);
  const { x, y, width } = letter.box;
  const part = { x, y, width, height: HEIGHT };
  const scene = mapScene(paper, { ...map, bounds: boundsWith(map, marks) }, part, SCALE);
  const number = paper.digits(String(marks.length));
  paper.tag('Figure', wordsFor(lang)('network:sheet.map', { number }), () => {
    drawMap(paper, scene, part, SCALE);
    for (const mark of marks) {
      const [dx, dy] = scene.view.place(mark.at);
      disc(paper, mark.number, [x + dx, y + dy]);
    }
  });
  letter.goOn(y + HEIGHT);
  letter.space(4);
}

function disc(paper: Paper, number: number, [x, y]: [x: number, y: number]): void {
  paper.ink.dot([x, y], 7, { fill: '#ffffff', stroke: COLOURS.ink, thickness: 0.9 });
  const style = { ...STYLES.tail, weight: 'bold', colour: COLOURS.ink } as const;
  // A figure stands on its baseline; its middle is the disc's.
  const baseline = y + style.size / 3;
  paper.ink.label(paper.set.line(paper.digits(String(number)), style), [x, baseline]);
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
