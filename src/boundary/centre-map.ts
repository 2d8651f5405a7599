/** A centre's area as its pages show it: drawn, and with its sizes in words. */
import type { Centre } from '../centres/centres.ts';
import type { Db } from '../provinces/connection.ts';
import type { Show } from '../web/show.ts';
import type { Words } from '../words.ts';
import type { Point } from './area.ts';
import type { Comparison } from './comparison.ts';
import { around, neighboursIn, type Overlapping } from './neighbours.ts';
import { drawOutline } from './outline.ts';
import { attributionsOf, outlinesNear } from './outlines.ts';
import { boundaryOn, type Version } from './versions.ts';

/** How the reader is spoken to. */
export type Speech = { t: Words; show: Show };

type Sheet = {
  size: 'small' | 'large';
  shown?: Version;
  /** Nobody has proposed it yet, so it is no version. */
  unnamed?: boolean;
  past?: Version;
  overlaps?: Overlapping[];
  /** The neighbours are those in force on this day; the last approved, if it is not told. */
  day?: string;
  marks?: { text: string; at: Point }[];
};

/** The map of a centre: the version shown, the one it would replace, the neighbours, the mosque. */
export function drawCentre(db: Db, centre: Centre, sheet: Sheet, { t, show }: Speech): string {
  const { size, shown, past, overlaps = [], day, marks, unnamed } = sheet;
  const box = around(shown?.area, placeOf(centre));
  const clashes = overlaps.filter(({ blocks, coordination }) => blocks && !coordination);
  const version = shown ? show.number(shown.version) : '';
  return drawOutline({
    size,
    title: unnamed
      ? t('boundary:new.checked-map')
      : shown
        ? t('boundary:sheet.title', { version, name: centre.name })
        : t('boundary:sheet.title-none', { name: centre.name }),
    ours: shown ? { name: centre.place, area: shown.area } : null,
    past: past?.area,
    under: box ? outlinesNear(db, box, centre.id) : [],
    theirs: box ? neighboursIn(db, centre.id, box, day) : [],
    clashes: clashes.map(({ shape, sharedSquareMetres }) => ({
      name: t('boundary:sheet.shared', { size: sizeInWords(sharedSquareMetres, { t, show }) }),
      area: shape,
    })),
    mosque: pointOf(centre) && { name: centre.hostName, at: pointOf(centre)! },
    marks,
    label: shown && !unnamed ? t('boundary:version', { version }) : undefined,
    say: sayOnMap({ t, show }),
  });
}

type Compared = { centre: Centre; before?: Version; after: Version; comparison: Comparison };

/** Two versions on one map: green what came in, hatched red what went out. */
export function drawComparison(compared: Compared, { t, show }: Speech): string {
  const { centre, before, after, comparison } = compared;
  const { cameIn, wentOut } = comparison;
  return drawOutline({
    size: 'large',
    title: t('boundary:comparison.map', { name: centre.name }),
    ours: { name: centre.place, area: after.area },
    past: before?.area,
    came: cameIn.shape,
    clashes: wentOut.shape ? [{ name: t('boundary:comparison.wentOut'), area: wentOut.shape }] : [],
    mosque: pointOf(centre) && { name: centre.hostName, at: pointOf(centre)! },
    label: t('boundary:version', { version: show.number(after.version) }),
    say: sayOnMap({ t, show }),
  });
}

/** Whom the outlines under a centre's map are of, to be said beneath it. */
export function ownersUnder(db: Db, centre: Centre, shown: Version | undefined): string[] {
  const box = around(shown?.area, placeOf(centre));
  return box ? attributionsOf(outlinesNear(db, box, centre.id)) : [];
}

/** The small map of the centre's home page; undefined before there is an area in force. */
export function smallMap(db: Db, centre: Centre, day: string, speech: Speech): string | undefined {
  const shown = boundaryOn(db, centre.id, day);
  return shown && drawCentre(db, centre, { size: 'small', shown, day }, speech);
}

/** How a map says lengths and the north. */
export const sayOnMap = (speech: Speech) => ({
  metres: (metres: number) => lengthInWords(metres, speech),
  north: speech.t('boundary:sheet.north'),
});

export function sizeInWords(squareMetres: number, { t, show }: Speech): string {
  if (squareMetres < 1000) {
    return t('boundary:size.square-metres', { n: show.number(Math.round(squareMetres)) });
  }
  return squareMetres < 1e8
    ? t('boundary:size.hectares', { n: decimal(squareMetres / 1e4, show) })
    : t('boundary:size.square-kilometres', { n: decimal(squareMetres / 1e6, show) });
}

export const lengthInWords = (metres: number, { t, show }: Speech): string =>
  metres < 1000
    ? t('boundary:size.metres', { n: show.number(Math.round(metres)) })
    : t('boundary:size.kilometres', { n: decimal(metres / 1000, show) });

export const pointOf = ({ lon, lat }: Centre): Point | undefined =>
  lon === null || lat === null ? undefined : [lon, lat];

export function placeOf(centre: Centre): { lon: number; lat: number } | undefined {
  const point = pointOf(centre);
  return point && { lon: point[0], lat: point[1] };
}

/** One decimal, and none where it would be nought; the mark is the reader's. */
export function decimal(value: number, show: Show): string {
  const [whole, tenth] = value.toFixed(1).split('.');
  const mark = show.digits('1') === '1' ? '.' : '\u066B';
  const digits = show.number(Number(whole));
  return tenth === '0' ? digits : `${digits}${mark}${show.digits(tenth!)}`;
}
