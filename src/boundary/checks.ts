/** Self-checks of boundaries: each area is the one that was proposed, and each approval was given. */
import { createHash } from 'node:crypto';
import { holdsArea } from '../licence/standing.ts';
import { asActsSay, type Check, either, first } from '../provinces/check.ts';
import type { Db } from '../provinces/connection.ts';
import type { Area } from './area.ts';
import { bounds } from './measure.ts';
import { overlap } from './overlap.ts';

const version = '(SELECT b.version FROM boundaries b WHERE b.id = t.boundary_id)';

/** Acts of before there were such days say none. */
const fromOn = `CASE WHEN a.after ->> '$.fromOn' IS NOT NULL THEN coalesce(
  (SELECT s.from_on FROM boundary_starts s WHERE s.boundary_id = t.boundary_id), t.approved_on) END`;

export const boundaryChecks: Check[] = [
  {
    name: 'boundary-acts',
    run: either(
      asActsSay(
        {
          ...{ table: 'boundaries', kind: 'boundary.proposed' },
          ...{ by: 'proposed_by', on: 'proposed_on' },
          says: { version: 't.version', squareMetres: 't.square_metres', note: 't.note' },
        },
        {
          ...{ table: 'boundary_approvals', kind: 'boundary.approved', by: 'approved_by' },
          says: { version, approvedOn: 't.approved_on', fromOn },
        },
        {
          ...{ table: 'boundary_refusals', kind: 'boundary.refused', by: 'refused_by' },
          ...{ on: 'refused_on', says: { version, reason: 't.reason' } },
        },
        {
          ...{ table: 'boundary_withdrawals', kind: 'boundary.withdrawn', by: 'withdrawn_by' },
          ...{ on: 'withdrawn_on', says: { version, reason: 't.reason' } },
        },
        {
          ...{ table: 'boundary_coordinations', kind: 'boundary.coordinated' },
          says: { number: 't.number', decidedOn: 't.decided_on', letter: 't.letter' },
        },
      ),
      areasComplaint,
    ),
  },
  { name: 'boundary-overlaps', run: either(overlapsComplaint, heldTwiceComplaint) },
  {
    name: 'outline-acts',
    run: either(
      asActsSay(
        {
          ...{ table: 'outline_sets', kind: 'outlines.imported', by: 'imported_by' },
          ...{ on: 'imported_on', subject: "'outlines/' || t.id" },
          says: {
            ...{ kind: 't.kind', name: 't.name', source: 't.source', outlines: 't.outlines' },
            ...{ attribution: 't.attribution', leftOut: 't.left_out', sha256: 't.sha256' },
          },
        },
        {
          ...{ table: 'outline_confirmations', kind: 'outlines.confirmed', by: 'confirmed_by' },
          ...{ on: 'confirmed_on', subject: "'outlines/' || t.set_id", says: {} },
        },
        {
          ...{ table: 'outline_withdrawals', kind: 'outlines.withdrawn', by: 'withdrawn_by' },
          ...{ on: 'withdrawn_on', subject: "'outlines/' || t.set_id" },
          says: { reason: 't.reason' },
        },
      ),
      first(
        `SELECT 'outlines of set ' || s.id || ' are missing' FROM outline_sets s
         JOIN outline_confirmations c ON c.set_id = s.id
         WHERE s.outlines <> (SELECT count(*) FROM outlines o JOIN outline_bounds b ON b.id = o.id
           WHERE o.set_id = s.id) LIMIT 1`,
      ),
    ),
  },
];

type Row = { id: number; area: string; told: string | null } & Box;
type Box = { west: number | null; east: number; south: number; north: number };

function areasComplaint(db: Db): string | null {
  const rows = db.$client
    .prepare(
      `SELECT b.id, b.area, a.after ->> '$.sha256' AS told, r.min_lon AS west, r.max_lon AS east,
         r.min_lat AS south, r.max_lat AS north
       FROM boundaries b LEFT JOIN acts a ON a.id = b.act_id
       LEFT JOIN boundary_bounds r ON r.id = b.id ORDER BY b.id`,
    )
    .iterate() as IterableIterator<Row>;
  for (const { id, area, told, ...box } of rows) {
    const sha256 = createHash('sha256').update(area).digest('hex');
    if (sha256 !== told) return `the area of boundary ${id} was changed`;
    if (!isWithin(area, box)) return `boundary ${id} is not found where it lies`;
  }
  return null;
}

/** A box that is too small would hide an area from its neighbours. */
function isWithin(written: string, box: Box): boolean {
  const { west, east, south, north } = bounds(JSON.parse(written) as Area);
  if (box.west === null) return false;
  return box.west <= west && box.east >= east && box.south <= south && box.north >= north;
}

type Measured = { id: number; other: number; told: number; mine: string; theirs: string };

/** B-124: what was measured between neighbourhood centres is what their areas share. */
function overlapsComplaint(db: Db): string | null {
  const rows = db.$client
    .prepare(
      `SELECT o.boundary_id AS id, o.other_boundary_id AS other, o.square_metres AS told,
         b.area AS mine, x.area AS theirs
       FROM boundary_overlaps o JOIN approved_boundaries v ON v.id = o.boundary_id
       JOIN boundaries b ON b.id = o.boundary_id JOIN boundaries x ON x.id = o.other_boundary_id
       JOIN centres c ON c.id = b.centre_id AND c.kind = 'neighbourhood'
       JOIN centres d ON d.id = x.centre_id AND d.kind = 'neighbourhood'`,
    )
    .iterate() as IterableIterator<Measured>;
  for (const { id, other, told, mine, theirs } of rows) {
    const { squareMetres } = overlap(JSON.parse(mine) as Area, JSON.parse(theirs) as Area);
    if (Math.abs(squareMetres - told) > 1 + squareMetres * 1e-6) {
      return `boundary ${id} shares other ground with ${other} than was measured`;
    }
  }
  return null;
}

/** Of whom holds which area today; a letter settles a pair whichever of the two it was recorded for. */
const HELD_BOTH = `held AS (
    SELECT v.id, v.centre_id, b.area FROM approved_boundaries v JOIN boundaries b ON b.id = v.id
    JOIN centres c ON c.id = v.centre_id AND c.kind = 'neighbourhood'
    WHERE v.from_on <= @today AND b.area ->> '$.type' IN ('Polygon', 'MultiPolygon')
      AND ${holdsArea('v.centre_id', '@today')}
      AND NOT EXISTS (SELECT 1 FROM approved_boundaries later WHERE later.centre_id = v.centre_id
        AND later.version > v.version AND later.from_on <= @today))
  SELECT one.id, two.id AS other, one.area AS mine, two.area AS theirs FROM held one
  CROSS JOIN boundary_bounds r ON r.id = one.id
  CROSS JOIN boundary_bounds s ON s.min_lon <= r.max_lon AND s.max_lon >= r.min_lon
    AND s.min_lat <= r.max_lat AND s.max_lat >= r.min_lat AND s.id > one.id
  CROSS JOIN held two ON two.id = s.id AND two.centre_id <> one.centre_id
  WHERE NOT EXISTS (SELECT 1 FROM boundary_coordinations k
      WHERE k.boundary_id = one.id AND k.other_boundary_id = two.id
        OR k.boundary_id = two.id AND k.other_boundary_id = one.id)
    -- What was measured as nothing has been measured again above.
    AND NOT EXISTS (SELECT 1 FROM boundary_overlaps o WHERE o.square_metres = 0
      AND (o.boundary_id = one.id AND o.other_boundary_id = two.id
        OR o.boundary_id = two.id AND o.other_boundary_id = one.id))`;

/** B-124: no ground is held by two neighbourhood centres without a letter, however it came about. */
function heldTwiceComplaint(db: Db): string | null {
  const today = db.$client
    .prepare("SELECT coalesce(max(date(at, '+210 minutes')), '') FROM acts")
    .pluck()
    .get();
  const rows = db.$client
    .prepare(`WITH ${HELD_BOTH}`)
    .iterate({ today }) as IterableIterator<Measured>;
  for (const { id, other, mine, theirs } of rows) {
    const { squareMetres } = overlap(JSON.parse(mine) as Area, JSON.parse(theirs) as Area);
    if (squareMetres > 0) {
      return `boundary ${id} shares ${Math.round(squareMetres)} square metres with ${other}`;
    }
  }
  return null;
}
