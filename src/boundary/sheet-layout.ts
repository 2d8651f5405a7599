/** The parts of a map sheet on the page, in points from the left and the top. */
import { MM } from '../paper/ink.ts';
import { type PageSize, SIZES } from '../paper/paper.ts';
import type { Language } from '../values/language.ts';
import type { Bounds } from './measure.ts';
import { neededScale } from './sheet-ground.ts';

export const SHEET_FORMS = ['a3', 'a4'] as const;
export type SheetForm = (typeof SHEET_FORMS)[number];

export type Part = { x: number; y: number; width: number; height: number };

export type Layout = {
  page: PageSize;
  /** How large letters and lines are, against those of a sheet on A3. */
  scale: number;
  head: Part;
  map: Part;
  panel: Part;
  foot: Part;
};

const MEASURES = {
  a3: { ...{ scale: 1, margin: 12, head: 25, foot: 33, panel: 82, gap: 6 } },
  a4: { ...{ scale: 0.78, margin: 9, head: 20, foot: 27, panel: 59, gap: 4 } },
};

/** The head above, the foot below; between them the map, and the panel where reading starts. */
export function sheetLayout(form: SheetForm, wide: boolean, lang: Language = 'fa'): Layout {
  const { scale, ...told } = MEASURES[form];
  const page = SIZES[wide ? (`${form}Landscape` as const) : form];
  const [margin, headHigh, footHigh, panelWide, gap] = [
    ...[told.margin, told.head, told.foot, told.panel, told.gap].map((mm) => mm * MM),
  ] as [number, number, number, number, number];
  const [width, height] = [page.width * MM - 2 * margin, page.height * MM - 2 * margin];
  const y = margin + headHigh + gap;
  const high = height - headHigh - footHigh - 2 * gap;
  const mapWide = width - panelWide - gap;
  const fromRight = lang === 'fa';
  return {
    ...{ page, scale },
    head: { x: margin, y: margin, width, height: headHigh },
    map: { x: margin + (fromRight ? 0 : panelWide + gap), y, width: mapWide, height: high },
    panel: { x: margin + (fromRight ? mapWide + gap : 0), y, width: panelWide, height: high },
    foot: { x: margin, y: margin + height - footHigh, width, height: footHigh },
  };
}

/** Whether the box shows larger on a sheet that lies than on one that stands. */
export function liesWide(box: Bounds): boolean {
  const needed = (wide: boolean) => neededScale(box, sheetLayout('a3', wide).map);
  return needed(true) <= needed(false);
}
