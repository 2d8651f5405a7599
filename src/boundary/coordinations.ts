/** B-124: the committee's letters that settle overlaps, each for one pair of areas. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { subjectOf } from './boundaries.ts';
import { type Overlapping, overlapsOf } from './neighbours.ts';
import type { Version } from './versions.ts';

/** A coordination as both boards read it: `ours` and `theirs` are the two versions. */
export type CoordinationRow = {
  number: string;
  decidedOn: string;
  letter: string | null;
  recordedBy: string;
  version: number;
  other: string;
  otherName: string;
  otherVersion: number;
  squareMetres: number;
};

const pair = (mine: string, theirs: string) => `
  SELECT k.number, k.decided_on AS decidedOn, k.letter, coalesce(u.name, '') AS recordedBy,
    mine.version, c.code AS other, c.name AS otherName, theirs.version AS otherVersion,
    coalesce(o.square_metres, 0) AS squareMetres, k.act_id AS actId
  FROM boundary_coordinations k
  JOIN boundaries mine ON mine.id = k.${mine} JOIN boundaries theirs ON theirs.id = k.${theirs}
  JOIN centres c ON c.id = theirs.centre_id
  LEFT JOIN boundary_overlaps o ON o.boundary_id = k.boundary_id
    AND o.other_boundary_id = k.other_boundary_id
  JOIN acts a ON a.id = k.act_id LEFT JOIN users u ON u.id = a.user_id
  WHERE mine.centre_id = @centre`;

const statements = prepared((db) => ({
  coordinate: db.$client.prepare(
    `INSERT INTO boundary_coordinations (boundary_id, other_boundary_id, number, decided_on, act_id,
       letter) VALUES (?, ?, ?, ?, ?, ?)`,
  ),
  ofCentre: db.$client.prepare(
    `${pair('boundary_id', 'other_boundary_id')} UNION ALL
     ${pair('other_boundary_id', 'boundary_id')} ORDER BY actId DESC`,
  ),
}));

type Letter = { code: string; number: string; decidedOn: string; letter?: string | null };

/** Records the letter that settles one overlap of a version; both boards are told of it. */
export function coordinateOverlap(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  version: Version,
  { code, number, decidedOn, letter = null }: Letter,
): Overlapping {
  requirePower(actor, 'boundary.approve', centre);
  if (decidedOn > actor.today) {
    throw new Refusal('boundary:refusals.future', { status: 422, field: 'decidedOn' });
  }
  const shared = overlapWith(tx, actor, centre, version, code);
  const act = record(tx, actor, {
    ...{ kind: 'boundary.coordinated', subject: subjectOf(centre, version.version) },
    ...{ centreId: centre.id, after: { other: code, number, decidedOn, letter } },
  });
  statements(tx).coordinate.run(
    ...[version.id, shared.boundaryId, number, decidedOn, act.id, letter],
  );
  for (const [centreId, name] of [
    [centre.id, shared.name],
    [shared.centreId, centre.name],
  ] as const) {
    const said = { number, decidedOn, name };
    tell(tx, actor, act, {
      ...{ key: 'boundary:notices.coordinated', said, centreId },
      ...{ href: '/boundary/coordinations', to: [{ seat: 'chair' }, { seat: 'vice-chair' }] },
    });
  }
  return { ...shared, coordination: { number, decidedOn, letter } };
}

/** The letters of a centre's overlaps, whichever of the two areas came later; newest first. */
export const coordinationsOf = (db: Db, centreId: number): CoordinationRow[] =>
  (
    statements(db).ofCentre.all({ centre: centreId }) as (CoordinationRow & { actId: number })[]
  ).map(({ actId: _, ...row }) => row);

function overlapWith(tx: Tx, actor: Actor, centre: Centre, version: Version, code: string) {
  const withIt = overlapsOf(tx, centre, version, actor.today).filter(
    (other) => other.code === code,
  );
  // A neighbour whose next version has been approved already has two areas to settle.
  const shared = withIt.find(({ coordination }) => !coordination) ?? withIt[0];
  if (!shared) throw new Refusal('boundary:refusals.no-overlap', { status: 422, field: 'centre' });
  if (shared.coordination) {
    const { number } = shared.coordination;
    throw new Refusal('boundary:refusals.coordinated', { values: { number } });
  }
  return shared;
}
