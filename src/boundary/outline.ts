/** The map of an area, drawn here: no network, no script, legible on a home page and on paper. */
import { escapeXml } from '../web/xml.ts';
import { type Area, type Point, partsOf } from './area.ts';
import {
  clashShape,
  fitted,
  gridLines,
  northArrow,
  scaleBar,
  shape,
  short,
  sizes,
  type View,
  widthOf,
  words,
} from './drawing.ts';
import { bounds, insidePoint } from './measure.ts';
import { overlap } from './overlap.ts';
import { type UnderMap, underlay } from './underlay.ts';

export type Outline = {
  size: 'small' | 'large';
  /** What the picture shows, for who can't see it. */
  title: string;
  ours?: { name: string; area: Area } | null;
  /** The version in force, while a proposed one is `ours`. */
  past?: Area | null;
  theirs?: { name: string; area: Area }[];
  /** Named parts of `ours`. */
  parts?: { name: string; area: Area }[];
  /** Ground that a later version took in. */
  came?: Area | null;
  clashes?: { name: string; area: Area }[];
  mosque?: { name: string; at: Point } | null;
  /** Streets, counties and landmarks beneath it all. */
  under?: UnderMap[];
  /** Places with a number or letter of their own, that a list beside the map explains. */
  marks?: { text: string; at: Point }[];
  /** Which version this is, in the corner. */
  label?: string;
  /** How a length and the north are said. */
  say: { metres: (metres: number) => string; north: string };
};

export function drawOutline(outline: Outline): string {
  const view = viewOf(outline);
  const { width, height } = sizes[outline.size];
  const label = escapeXml(outline.title);
  const open = `<svg class="map" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">`;
  const ground = `<rect class="block" width="${width}" height="${height}" fill="var(--well)"/>`;
  return [open, ground, ...(view ? layers(outline, view) : []), '</svg>'].join('');
}

function layers(outline: Outline, view: View): string[] {
  const { ours, past, came, theirs = [], clashes = [], mosque, label, say, parts = [] } = outline;
  const taken = [...clashes.map(({ area }) => insidePoint(area)), ...(mosque ? [mosque.at] : [])];
  return [
    gridLines(view),
    underlay(outline.under ?? [], view),
    ...theirs.map(({ area }) => shape('theirs', area, view)),
    past ? shape('past', past, view) : '',
    ours ? shape('ours', ours.area, view) : '',
    ...parts.map(({ area }) => shape('part', area, view)),
    came ? shape('came', came, view) : '',
    ...clashes.map(({ area }) => clashShape(area, view)),
    ...(outline.size === 'large'
      ? theirs.flatMap((their) => (their.name ? name('quiet', their, taken, view) : []))
      : []),
    ...parts.map((part) => name('', part, taken, view)),
    ours?.name ? ourName(ours, mosque?.at, view) : '',
    mosque ? mosqueMark(mosque, outline.size, view) : '',
    ...(outline.size === 'large' ? clashes.map((clash) => clashName(clash, view)) : []),
    ...(outline.marks ?? []).map((mark) => numberedMark(mark, view)),
    scaleBar(say.metres, view),
    northArrow(say.north, view),
    label ? cornerLabel(label, view) : '',
  ];
}

/** Our area with a margin around it; without one, the mosque's surroundings or the neighbours. */
function viewOf(outline: Outline): View | undefined {
  const { ours, past, clashes = [], theirs = [], mosque } = outline;
  const own = [ours?.area, past, ...clashes.map(({ area }) => area)].filter(isThere);
  const around = own.length || mosque ? own : theirs.map(({ area }) => area);
  const marked = (outline.marks ?? []).map(({ at }) => at);
  const points = [...around.flatMap(corners), ...marked, ...(mosque ? [mosque.at] : [])];
  const least = around.length ? 300 : 1500;
  return points.length ? fitted(points, sizes[outline.size], least) : undefined;
}

type Named = { name: string; area: Area };

/** A name stands in the middle of what can be seen of its area, if there is room for it. */
function name(kind: string, { name: text, area }: Named, taken: Point[], view: View) {
  const seen = overlap(area, view.frame).shape;
  if (!seen) return '';
  const { west, east } = bounds(seen);
  const room = view.place([east, 0])[0] - view.place([west, 0])[0];
  const width = widthOf(text);
  if (room < width * 0.8) return '';
  const [middle, y] = view.place(insidePoint(seen));
  const x = Math.min(Math.max(middle, width / 2), view.width - width / 2);
  return words(kind, x, takenNear(taken, [x, y], view) ? y + 48 : y, text);
}

/** The mosque or the tag of an overlap would hide a name that stands where it stands. */
const takenNear = (taken: Point[], [x, y]: [number, number], { place }: View) =>
  taken.map(place).some(([atX, atY]) => Math.abs(atX - x) < 130 && Math.abs(atY - y) < 40);

/** Above the mosque, if that would stand in its way. */
function ourName(ours: Named, mosque: Point | undefined, view: View) {
  const [x, y] = view.place(insidePoint(ours.area));
  if (!mosque) return words('name', x, y, ours.name);
  const [mosqueX, mosqueY] = view.place(mosque);
  const near = Math.abs(mosqueX - x) < 90 && y > mosqueY - 34 && y < mosqueY + 36;
  return near ? words('name', mosqueX, mosqueY - 34, ours.name) : words('name', x, y, ours.name);
}

function mosqueMark(mosque: { name: string; at: Point }, size: Outline['size'], { place }: View) {
  const [x, y] = place(mosque.at).map(short);
  const scale = size === 'large' ? 1 : 0.75;
  const mark = 'M-13 13V-5c0-7 8-9 13-16 5 7 13 9 13 16v18Z';
  const path = `<path class="mosque" transform="translate(${x} ${y}) scale(${scale})" d="${mark}"/>`;
  return size === 'large' ? path + words('', x!, y! + 33, mosque.name) : path;
}

function numberedMark({ text, at }: { text: string; at: Point }, { place }: View): string {
  const [x, y] = place(at).map(short);
  const disc = '<circle r="13" fill="var(--sheet)" stroke="var(--ink)" stroke-width="1.5"/>';
  return `<g class="mark" transform="translate(${x} ${y})">${disc}${words('', 0, 5, text)}</g>`;
}

function clashName({ name: text, area }: Named, view: View): string {
  const [x, y] = view.place(insidePoint(area)).map(short);
  const width = widthOf(text) + 24;
  const colours = 'fill="var(--sheet)" stroke="var(--brick)"';
  const tag = `<rect class="tag" x="${-width / 2}" y="-19" width="${width}" height="30" ${colours}/>`;
  return `<g transform="translate(${x} ${y})">${tag}${words('alarm', 0, 2, text)}</g>`;
}

function cornerLabel(text: string, { width, height }: View): string {
  return words('quiet', width - 10 - widthOf(text) / 2, height - 14, text);
}

const corners = (area: Area): Point[] => partsOf(area).flat();
const isThere = <T>(thing: T | null | undefined): thing is T =>
  thing !== null && thing !== undefined;
