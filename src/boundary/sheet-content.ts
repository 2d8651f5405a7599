/** What a map sheet says at the moment it is issued: the area, and what is known around it. */
import type { Position } from 'geojson';
import type { Actor } from '../access/actor.ts';
import { holdersOn } from '../board/decree-rows.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import type { Centre } from '../centres/centres.ts';
import type { Db } from '../provinces/connection.ts';
import { setting } from '../provinces/province.ts';
import { wordsFor } from '../words.ts';
import { type Area, type Point, partsOf, type Ring } from './area.ts';
import { pointOf } from './centre-map.ts';
import { type Bounds, bounds, containsPoint, insidePoint } from './measure.ts';
import { neighboursIn } from './neighbours.ts';
import { attributionsOf, type Outline, outlinesNear } from './outlines.ts';
import {
  areaOfBounds,
  partOn,
  piecesIn,
  simplified,
  type View,
  viewOf,
  wider,
} from './sheet-ground.ts';
import { liesWide, SHEET_FORMS, sheetLayout } from './sheet-layout.ts';
import type { SheetMap, SheetPaper } from './sheet-paper.ts';
import type { InForce } from './versions.ts';

export type Carried = { number: string; code: string; verifyAddress: string };

export function sheetContent(
  db: Db,
  actor: Actor,
  { centre, version }: { centre: Centre; version: InForce },
  carried: Carried,
): SheetPaper {
  const { map, outlines } = sheetMap(db, subjectOf(centre), version.area, actor.today);
  return {
    ...{ kind: 'map-sheet', lang: 'fa', ...carried, issuedOn: actor.today },
    ...{ version: version.version, squareMetres: version.squareMetres },
    approval: { on: version.approvedOn, by: version.approvedBy, inForceOn: version.fromOn },
    committee: { province: setting(db, 'name') ?? '', county: centre.countyName },
    centre: centreOnPaper(db, centre),
    ...{ map, attributions: attributionsOf(outlines), signers: signersOf(db, actor, centre) },
  };
}

/** Whoever chairs the centre, and the head of the county's office, whose name is written by hand. */
function signersOf(db: Db, actor: Actor, centre: Centre): SheetPaper['signers'] {
  const t = wordsFor('fa');
  const chair = holdersOn(db, centre.id, actor.today).get('chair');
  const isHead = actor.office?.role === 'county-head';
  return [
    { name: chair?.name ?? '', office: t('board:seats.chair') },
    {
      name: isHead ? actor.user!.name : '',
      office: t('boundary:sheet.head-of-county', { county: centre.countyName }),
    },
  ];
}

/** Whose map it is: the name on the area, the office in it; the centre that is no neighbour of it. */
export type MapSubject = { centreId: number; name: string; office: SheetMap['office'] };

export function subjectOf(centre: Centre): MapSubject {
  const at = pointOf(centre);
  const office = at ? { name: centre.hostName, at } : null;
  return { centreId: centre.id, name: centre.place, office };
}

/** The map of an area as of today, and the imported outlines that it shows. */
export function sheetMap(
  db: Db,
  { centreId, name, office }: MapSubject,
  area: Area,
  day: string,
): { map: SheetMap; outlines: Outline[] } {
  const box = boundsWith(area, office?.at);
  const wide = liesWide(box);
  const views = SHEET_FORMS.map((form) => viewOf(box, sheetLayout(form, wide).map));
  const seen = wider(union(views.map((view) => view.bounds)), 0.03);
  const fine = toleranceOf(views);
  const outlines = outlinesNear(db, seen, centreId);
  const shown = outlines.map((outline) => shownOutline(outline, seen, fine));
  return {
    outlines: outlines.filter((_, at) => shown[at]!.pieces.length + shown[at]!.points.length > 0),
    map: {
      bounds: box,
      ours: { name, rings: partsOf(area) },
      office,
      theirs: theirsOn(db, centreId, seen, fine, day),
      lines: shown.filter(({ pieces }) => pieces.length > 0).map(({ points: _, ...line }) => line),
      points: shown.flatMap(({ kind, name, points }) => points.map((at) => ({ kind, name, at }))),
      locator: locatorOf(db, centreId, { area, seen, day }),
    },
  };
}

/** The office may lie a little outside of the area; the sheet shows it all the same. */
function boundsWith(area: Area, office: Point | undefined): Bounds {
  const box = bounds(area);
  const reach = wider(box, 0.5);
  if (!office || !containsPoint(areaOfBounds(reach), office)) return box;
  return union([box, { west: office[0], east: office[0], south: office[1], north: office[1] }]);
}

const union = (boxes: Bounds[]): Bounds => ({
  west: Math.min(...boxes.map(({ west }) => west)),
  south: Math.min(...boxes.map(({ south }) => south)),
  east: Math.max(...boxes.map(({ east }) => east)),
  north: Math.max(...boxes.map(({ north }) => north)),
});

/** A fifth of a point at the larger form, in degrees: nobody sees what is left out. */
const toleranceOf = (views: View[]) =>
  (Math.min(...views.map(({ metresPerPoint }) => metresPerPoint)) * 0.2) / 111_000;

function theirsOn(db: Db, centreId: number, seen: Bounds, fine: number, day: string) {
  const ground = areaOfBounds(seen);
  return neighboursIn(db, centreId, seen, day).flatMap(({ name, area }) => {
    const part = partOn(simpleArea(area, fine), ground);
    return part ? [{ name, rings: partsOf(part) }] : [];
  });
}

const simpleArea = (area: Area, fine: number): Area => ({
  type: 'MultiPolygon',
  coordinates: partsOf(area)
    .map((ring) => simplified(ring, fine))
    .filter((ring) => ring.length > 3)
    .map((ring) => [ring]),
});

type Shown = {
  kind: Outline['kind'];
  name: string | null;
  pieces: Point[][];
  points: Point[];
};

/** An outline as lines cut to the ground; a polygon is drawn by its edge and named in its middle. */
function shownOutline({ kind, name, geometry }: Outline, seen: Bounds, fine: number): Shown {
  const { lines, points } = partsOfGeometry(geometry);
  const pieces = lines.flatMap((line) => piecesIn(simplified(line, fine), seen));
  const ground = areaOfBounds(seen);
  const named = name && kind === 'landmark' ? middlesOf(geometry) : [];
  const inside = [...points, ...named].filter((point) => containsPoint(ground, point));
  return { kind, name, pieces, points: inside };
}

const pointIn = ([lon, lat]: Position): Point => [lon!, lat!];

function partsOfGeometry(geometry: Outline['geometry']): { lines: Point[][]; points: Point[] } {
  const lineOf = (positions: Position[]) => positions.map(pointIn);
  switch (geometry.type) {
    case 'Point':
      return { lines: [], points: [pointIn(geometry.coordinates)] };
    case 'MultiPoint':
      return { lines: [], points: lineOf(geometry.coordinates) };
    case 'LineString':
      return { lines: [lineOf(geometry.coordinates)], points: [] };
    case 'MultiLineString':
    case 'Polygon':
      return { lines: geometry.coordinates.map(lineOf), points: [] };
    case 'MultiPolygon':
      return { lines: geometry.coordinates.flat().map(lineOf), points: [] };
  }
}

const middlesOf = (geometry: Outline['geometry']): Point[] =>
  outerRings(geometry).map((ring) => insidePoint({ type: 'Polygon', coordinates: [ring] }));

function outerRings(geometry: Outline['geometry']): Ring[] {
  if (geometry.type === 'Polygon') return [geometry.coordinates[0]!.map(pointIn)];
  if (geometry.type !== 'MultiPolygon') return [];
  return geometry.coordinates.map((polygon) => polygon[0]!.map(pointIn));
}

/** The county in which the area lies, if its outline is there; else the areas far about. */
function locatorOf(
  db: Db,
  centreId: number,
  { area, seen, day }: { area: Area; seen: Bounds; day: string },
): SheetMap['locator'] {
  const middle = insidePoint(area);
  const county = outlinesNear(db, seen)
    .filter(({ kind }) => kind === 'county')
    .map(({ geometry }) => outerRings(geometry))
    .find((rings) =>
      rings.some((ring) => containsPoint({ type: 'Polygon', coordinates: [ring] }, middle)),
    );
  if (county) return { county: true, rings: [county.map((ring) => coarse(ring))] };
  const far = neighboursIn(db, centreId, wider(seen, 3), day);
  return { county: false, rings: far.map((one) => partsOf(one.area).map((ring) => coarse(ring))) };
}

/** A locator is as large as a stamp. */
function coarse(ring: Ring): Ring {
  const { west, south, east, north } = bounds({ type: 'Polygon', coordinates: [ring] });
  return simplified(ring, Math.max(east - west, north - south) / 300);
}
