/** The panel beside the map: what the sheet is, how its lines are read, how long they are, and where. */
import { ltr, own } from '../paper/bidi.ts';
import { COLOURS, MM, type Path } from '../paper/ink.ts';
import { notices } from '../paper/notices.ts';
import { leadingOf, type Paper } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { STYLES } from '../paper/styles.ts';
import { type Content, plainText, type Style } from '../paper/text.ts';
import { formatDay } from '../values/jalali-date.ts';
import { showFor } from '../web/show.ts';
import type { Words } from '../words.ts';
import { lengthInWords, sizeInWords } from './centre-map.ts';
import { bounds as boundsOfArea } from './measure.ts';
import { barMetres, type Spot, viewOf } from './sheet-ground.ts';
import type { Layout, Part } from './sheet-layout.ts';
import { frameOf, officeMark, pensOf, scaledPen } from './sheet-map.ts';
import type { SheetPaper } from './sheet-paper.ts';
import type { LayerKind, Scene } from './sheet-scene.ts';

type Panel = { sheet: SheetPaper; print: PrintMark; scene: Scene; layout: Layout; t: Words };

/** Draws block under block; the locator takes the room that is left, if it is enough to see by. */
export function drawPanel(paper: Paper, panel: Panel): void {
  const { layout, print, t, sheet } = panel;
  const { panel: part } = layout;
  let y = notices(paper, print, t, boxAt(panel, part.y));
  y = title(paper, panel, y);
  y = facts(paper, panel, y);
  y = legend(paper, panel, y);
  y = scaleBar(paper, panel, y);
  const bottom = credits(paper, panel);
  if (bottom - y > 20 * MM && sheet.map.locator.rings.length > 0) {
    locator(paper, panel, { top: y, bottom });
  }
}

/** The panel stands where reading starts, so its boxes begin at the same margin in both directions. */
const boxAt = ({ layout: { foot, panel } }: Panel, y: number) => ({
  ...{ x: foot.x, y, width: panel.width },
});

const sized = ({ layout }: Panel, style: Style): Style => ({
  ...style,
  size: Math.max(7.4, style.size * layout.scale),
});

const TEXT: Style = { size: 10, weight: 'regular', leading: 1.65 };
const HEADING: Style = { size: 10.5, weight: 'bold', leading: 1.9, colour: COLOURS.green };

function title(paper: Paper, panel: Panel, y: number): number {
  const text = panel.t('boundary:sheet.heading');
  let end = y;
  paper.tag('H1', text, () => {
    end = paper.write(text, sized(panel, { ...STYLES.title, size: 17 }), boxAt(panel, y));
  });
  return end + 1 * MM;
}

function facts(paper: Paper, panel: Panel, top: number): number {
  const style = sized(panel, TEXT);
  let y = top;
  for (const { term, text } of factsOf(panel)) {
    const content: Content = [
      { text: `${term} `, colour: COLOURS.quiet },
      { text, weight: 'medium' },
    ];
    paper.tag('P', plainText(content), () => {
      y = paper.write(content, style, boxAt(panel, y));
    });
  }
  return y + 2 * MM;
}

function factsOf({ sheet, t }: Panel): { term: string; text: string }[] {
  const show = showFor(sheet.lang);
  const { approval, squareMetres, centre, version, map } = sheet;
  const metres = t('boundary:size.square-metres', { n: show.number(squareMetres) });
  const size = sizeInWords(squareMetres, { t, show });
  const day = (iso: string) => formatDay(iso, sheet.lang, 'day');
  const term = (key: string) => t(`boundary:sheet.facts.${key}`);
  return [
    { term: term('version'), text: show.number(version) },
    { term: term('size'), text: size === metres ? size : `${size} (${metres})` },
    {
      term: term('approved'),
      text: t('boundary:sheet.approved-by', { day: day(approval.on), name: own(approval.by) }),
    },
    ...(approval.inForceOn === approval.on
      ? []
      : [{ term: term('in-force'), text: day(approval.inForceOn) }]),
    ...(map.office ? [{ term: term('office'), text: own(map.office.name) }] : []),
    { term: term('address'), text: own(centre.address) },
  ];
}

/** Only what the map shows is explained. */
function legend(paper: Paper, panel: Panel, top: number): number {
  const { scene, sheet, t } = panel;
  let y = heading(paper, panel, t('boundary:sheet.legend.title'), top);
  const kinds = (['ours', 'theirs', 'street', 'landmark', 'other', 'county'] as const).filter(
    (kind) => scene.layers[kind].length > 0 || (kind === 'landmark' && scene.dots.length > 0),
  );
  for (const kind of kinds) {
    y = legendRow(paper, panel, y, t(`boundary:sheet.legend.${kind}`), (swatch) =>
      drawSwatch(paper, panel, kind, swatch),
    );
  }
  if (!sheet.map.office) return y + 2 * MM;
  const row = legendRow(paper, panel, y, t('boundary:sheet.legend.office'), (swatch) => {
    const middle: Spot = [swatch.x + swatch.width / 2, swatch.y + swatch.height / 2];
    officeMark(paper.ink, middle, swatch.height * 0.62);
  });
  return row + 2 * MM;
}

function legendRow(
  paper: Paper,
  panel: Panel,
  y: number,
  text: string,
  draw: (swatch: Part) => void,
): number {
  const style = sized(panel, TEXT);
  const wide = 9 * MM * panel.layout.scale + 4;
  const box = boxAt(panel, y);
  const high = leadingOf(style) * 0.55;
  const left = paper.base === 'rtl' ? paper.ink.width - box.x - wide : box.x;
  const swatch = { x: left, y: y + (leadingOf(style) - high) / 2, width: wide, height: high };
  paper.artifact(() => draw(swatch));
  let end = y;
  paper.tag('P', text, () => {
    const rest = { ...box, x: box.x + wide + 2.5 * MM, width: box.width - wide - 2.5 * MM };
    end = paper.write(text, style, rest);
  });
  return end;
}

function drawSwatch(paper: Paper, { scene, layout }: Panel, kind: LayerKind, swatch: Part): void {
  const middle = swatch.y + swatch.height / 2;
  const isArea = kind === 'ours' || kind === 'theirs';
  const onlyDots = kind === 'landmark' && scene.layers.landmark.length === 0;
  const line: Path = {
    corners: [
      [swatch.x, middle],
      [swatch.x + swatch.width, middle],
    ],
    closed: false,
  };
  for (const pen of onlyDots ? [] : pensOf(kind)) {
    paper.ink.paths([isArea ? frameOf(swatch) : line], scaledPen(pen, layout.scale));
  }
  const [pen] = pensOf('landmark');
  if (onlyDots) paper.ink.dot([swatch.x + swatch.width / 2, middle], 2, { fill: pen!.stroke });
}

/** The bar is a round number of metres long, and the arrow beside it points up, as the map does. */
function scaleBar(paper: Paper, panel: Panel, top: number): number {
  const { scene, t, sheet, layout } = panel;
  const show = showFor(sheet.lang);
  const y = heading(paper, panel, t('boundary:sheet.scale'), top);
  const box = boxAt(panel, y);
  const { metresPerPoint, scale } = scene.view;
  const metres = barMetres(metresPerPoint, box.width * 0.62);
  const length = metres / metresPerPoint;
  const left = paper.base === 'rtl' ? paper.ink.width - box.x - length : box.x;
  const style = sized(panel, { ...TEXT, size: 9 });
  paper.artifact(() => bar(paper, [left, y + 2 * MM], length));
  const said = t('boundary:sheet.bar', {
    length: lengthInWords(metres, { t, show }),
    ratio: ltr(`${show.number(1)}:${show.number(scale)}`),
  });
  paper.tag('P', plainText(said), () => {
    paper.write(said, style, { ...box, y: y + 4.4 * MM });
  });
  const wide = 9 * MM * layout.scale;
  north(paper, panel, { ...box, x: box.x + box.width - wide, width: wide });
  return y + 6 * MM + leadingOf(style);
}

function bar(paper: Paper, [x, y]: Spot, length: number): void {
  const part = (at: number): Part => ({
    ...{ x: x + (at * length) / 4, y, width: length / 4, height: 1.5 * MM },
  });
  for (const at of [0, 1, 2, 3]) {
    const fill = at % 2 === 0 ? COLOURS.ink : '#ffffff';
    paper.ink.paths([frameOf(part(at))], { fill, stroke: COLOURS.ink, thickness: 0.6 });
  }
}

function north(paper: Paper, panel: Panel, box: { x: number; y: number; width: number }): void {
  const { layout, t } = panel;
  const left = paper.base === 'rtl' ? paper.ink.width - box.x - box.width : box.x;
  const [x, y, r] = [left + box.width / 2, box.y + 2.2 * MM, 3.4 * MM * layout.scale];
  const arrow: Spot[] = [
    [x, y - r],
    [x + r * 0.62, y + r],
    [x, y + r * 0.55],
    [x - r * 0.62, y + r],
  ];
  paper.artifact(() => paper.ink.paths([{ corners: arrow, closed: true }], { fill: COLOURS.ink }));
  const text = t('boundary:sheet.north');
  paper.tag('P', text, () => {
    const style = sized(panel, { ...TEXT, size: 8.5 });
    paper.write(text, style, { ...box, y: y + r }, 'centre');
  });
}

function heading(paper: Paper, panel: Panel, text: string, y: number): number {
  let end = y;
  paper.tag('H2', text, () => {
    end = paper.write(text, sized(panel, HEADING), boxAt(panel, y));
  });
  return end;
}

/** Whom the imported lines are of, at the foot of the panel; answers where it begins. */
function credits(paper: Paper, panel: Panel): number {
  const { sheet, layout, t } = panel;
  const bottom = layout.panel.y + layout.panel.height;
  if (sheet.attributions.length === 0) return bottom;
  const names = sheet.attributions.map((name) => own(name)).join(' \u00b7 ');
  const text = t('boundary:sheet.attribution', { names });
  const style = sized(panel, { ...STYLES.tail, size: 8 });
  const lines = paper.set.lines(text, style, layout.panel.width);
  const top = bottom - lines.length * leadingOf(style);
  paper.tag('P', text, () => paper.lines(lines, boxAt(panel, top), 'start'));
  return top - 2 * MM;
}

/** Where the sheet's ground lies in its county, or among the areas about it. */
function locator(paper: Paper, panel: Panel, { top, bottom }: { top: number; bottom: number }) {
  const { sheet, scene, layout, t } = panel;
  const { locator: found, ours } = sheet.map;
  const y = heading(
    paper,
    panel,
    t(`boundary:sheet.locator.${found.county ? 'county' : 'around'}`),
    top,
  );
  const { x, width } = layout.panel;
  const part = { x, y, width, height: Math.min(bottom - y, width * 0.85) };
  const rings = [...found.rings.flat(), ...ours.rings];
  const view = viewOf(boundsOfArea({ type: 'Polygon', coordinates: [rings.flat()] }), part);
  const place = (ring: [number, number][]): Path => ({
    corners: ring.map(view.place).map(([dx, dy]): Spot => [x + dx, y + dy]),
    closed: true,
  });
  paper.artifact(() => {
    paper.ink.within(part, () => {
      for (const area of found.rings) {
        const pen = { fill: '#efeadd', stroke: '#6f6a5d', thickness: 0.6 };
        paper.ink.paths(area.map(place), pen);
      }
      paper.ink.paths(ours.rings.map(place), { fill: COLOURS.green });
      const seen = scene.view.ground.coordinates[0] as [number, number][];
      const frame = place(seen);
      paper.ink.paths([frame], { stroke: COLOURS.brick, thickness: 1.2 });
      if (isSmall(frame)) ringAbout(paper, frame);
    });
    paper.ink.paths([frameOf(part)], { stroke: COLOURS.rule, thickness: 0.6 });
  });
}

/** Less than so many points wide nobody would find it without a ring about it. */
const isSmall = ({ corners }: Path) => Math.abs(corners[1]![0] - corners[0]![0]) < 14;

function ringAbout(paper: Paper, { corners }: Path): void {
  const [[west, south], , [east, north]] = corners as [Spot, Spot, Spot];
  const middle: Spot = [(west + east) / 2, (south + north) / 2];
  paper.ink.dot(middle, 10, { stroke: COLOURS.brick, thickness: 0.9 });
}
