/** B-124: whoever gets his ground back finds on it those who were given some of it meanwhile. */
import { areaWithoutOverlap } from '../bylaw/territory.ts';
import type { Centre } from '../centres/centres.ts';
import { holdsGround } from '../licence/permission.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import type { Area } from './area.ts';
import { measure } from './boundaries.ts';
import { type Overlapping, overlapsOf } from './neighbours.ts';

const statements = prepared((db) => ({
  // What he would hold again: the version in force, and one that is approved for later.
  approved: db.$client.prepare(
    `SELECT v.id, v.version, b.area, max(v.from_on, @day) AS day
     FROM approved_boundaries v JOIN boundaries b ON b.id = v.id WHERE v.centre_id = @centre
       AND NOT EXISTS (SELECT 1 FROM approved_boundaries later WHERE later.centre_id = v.centre_id
         AND later.version > v.version AND later.from_on <= max(v.from_on, @day))`,
  ),
  coordinated: db.$client
    .prepare(
      `SELECT 1 FROM boundary_coordinations
       WHERE (boundary_id = @id AND other_boundary_id = @other)
         OR (boundary_id = @other AND other_boundary_id = @id)`,
    )
    .pluck(),
}));

type Approved = { id: number; version: number; area: string; day: string };

/** Measures every area of his anew; refuses while one lies over a neighbour's uncoordinated. */
export function refuseGroundTaken(tx: Tx, centre: Centre, day: string): void {
  for (const mine of approvedOf(tx, centre.id, day)) {
    const placed = { id: mine.id, area: JSON.parse(mine.area) as Area };
    const open = measure(tx, centre, placed, mine.day).filter((one) => isOpen(tx, mine.id, one));
    if (areaWithoutOverlap.holds({ uncoordinated: open.length })) continue;
    const [{ name, sharedSquareMetres }] = open as [Overlapping];
    throw new Refusal('boundary:refusals.ground-taken', {
      clause: areaWithoutOverlap.id,
      values: { name, squareMetres: sharedSquareMetres },
      mend: `/boundary/${mine.version}`,
    });
  }
}

/** What the page of a version tells of: a proposal's, and what a freed one would take back. */
export function overlapsShown(db: Db, centre: Centre, version: Shown, day: string): Overlapping[] {
  if (!version.approvedOn) return overlapsOf(db, centre, version, day);
  if (holdsGround(db, centre.id, day)) return [];
  const mine = approvedOf(db, centre.id, day).find(({ id }) => id === version.id);
  return mine ? overlapsOf(db, centre, version, mine.day) : [];
}

type Shown = { id: number; area: Area; approvedOn: string | null };

const approvedOf = (db: Db, centre: number, day: string): Approved[] =>
  statements(db).approved.all({ centre, day }) as Approved[];

/** A letter settles a pair, whichever of the two it was recorded for. */
const isOpen = (db: Db, id: number, { blocks, boundaryId }: Overlapping): boolean =>
  blocks && statements(db).coordinated.get({ id, other: boundaryId }) === undefined;
