/** The map of a sheet as a picture on its page: the same scene that is printed. */
import type { Path } from '../paper/ink.ts';
import { escapeXml } from '../web/xml.ts';
import { liesWide, sheetLayout } from './sheet-layout.ts';
import type { SheetMap } from './sheet-paper.ts';
import {
  type LabelKind,
  type LayerKind,
  OFFICE_RADIUS,
  type Scene,
  sceneOf,
} from './sheet-scene.ts';

/** Colours are the page's own, so that the picture is legible in the dark too. */
const LAYERS: [LayerKind, string][] = [
  ['theirs', 'fill="var(--well)" stroke="var(--quiet)" stroke-dasharray="4 2.5"'],
  ['ours', 'fill="var(--green-soft)"'],
  ['street', 'fill="none" stroke="var(--edge)" stroke-width="1.4"'],
  ['other', 'fill="none" stroke="var(--edge)" stroke-width="0.6"'],
  ['landmark', 'fill="none" stroke="var(--amber)"'],
  ['county', 'fill="none" stroke="var(--brick)" stroke-width="1.1"'],
  ['ours', 'fill="none" stroke="var(--green)" stroke-width="2.4"'],
];

const WORDS: Record<LabelKind, string> = {
  ours: 'fill="var(--green)" font-weight="700"',
  office: 'fill="var(--ink)" font-weight="600"',
  theirs: 'fill="var(--quiet)"',
  landmark: 'fill="var(--amber)"',
  street: 'fill="var(--ink)"',
};

/** About how wide a text comes out; marks over and between letters take no room. */
const measure = (text: string, size: number) =>
  text.replace(/[\p{M}\p{Cf}]/gu, '').length * size * 0.52;

export function sheetSvg(map: SheetMap, title: string): string {
  const { width, height } = sheetLayout('a4', liesWide(map.bounds)).map;
  const scene = sceneOf(map, { width, height }, 1, measure);
  const label = escapeXml(title);
  const box = `0 0 ${short(width)} ${short(height)}`;
  return [
    `<svg class="sheet-map" viewBox="${box}" role="img" aria-label="${label}">`,
    `<rect width="${short(width)}" height="${short(height)}" fill="var(--sheet)" stroke="var(--edge)"/>`,
    // A picture of its own within the sheet, so that what lies beyond is cut at the sheet's edge.
    `<svg width="${short(width)}" height="${short(height)}">`,
    ...LAYERS.map(([kind, look]) => layer(scene.layers[kind], look)),
    ...scene.dots.map(
      ([x, y]) => `<circle cx="${short(x)}" cy="${short(y)}" r="2" fill="var(--amber)"/>`,
    ),
    office(scene),
    ...scene.labels.map(words),
    '</svg></svg>',
  ].join('');
}

const layer = (paths: Path[], look: string): string =>
  paths.length > 0 ? `<path d="${paths.map(drawn).join('')}" fill-rule="evenodd" ${look}/>` : '';

const drawn = ({ corners, closed }: Path): string =>
  `M${corners.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}${closed ? 'Z' : ''}`;

function office({ office: at }: Scene): string {
  if (!at) return '';
  const place = `translate(${short(at[0])} ${short(at[1])}) scale(${OFFICE_RADIUS / 14})`;
  const look = 'fill="var(--green)" stroke="var(--sheet)" stroke-width="2"';
  return `<path transform="${place}" d="M-13 16V-1c0-7 8-9 13-16 5 7 13 9 13 16v17Z" ${look}/>`;
}

function words({ label: { kind, text, size }, at: [x, y], turn }: Scene['labels'][number]): string {
  const degrees = short((turn * 180) / Math.PI);
  const place = `translate(${short(x)} ${short(y)}) rotate(${degrees})`;
  return (
    `<text transform="${place}" y="${short(size * 0.34)}" font-size="${short(size)}" ` +
    `text-anchor="middle" unicode-bidi="plaintext" paint-order="stroke" stroke="var(--sheet)" ` +
    `stroke-width="2.5" stroke-linejoin="round" ${WORDS[kind]}>${escapeXml(text)}</text>`
  );
}

const short = (points: number) => Math.round(points * 10) / 10;
