/** B-123: whether a donor lives inside the area, as somebody of the centre knows it. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { placedByBoundary } from '../bylaw/bounds.ts';
import { uphold } from '../bylaw/clause.ts';
import type { Centre } from '../centres/centres.ts';
import { donorIdsOf, findDonor } from '../donations/donors.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchWords } from '../values/persian-text.ts';
import { boundaryOn } from './versions.ts';

export const SIDES = ['inside', 'outside', 'unknown'] as const;
export type Side = (typeof SIDES)[number];

export type DonorPlace = {
  side: Side;
  place: string | null;
  otherCentre: { code: string; name: string } | null;
  recordedOn: string;
};

// B-104: whoever asked not to be named stands after all others, in no alphabet, and no word finds him.
const OUTSIDE = `FROM donor_places p JOIN donors o ON o.id = p.donor_id
  WHERE p.donor_id BETWEEN @first AND @last AND p.side = 'outside'
    AND p.id = (SELECT max(id) FROM donor_places WHERE donor_id = p.donor_id)
    AND (@words = '[]' OR (o.may_be_named = 1 AND NOT EXISTS (SELECT 1 FROM json_each(@words) w
      WHERE instr(o.name_search, w.value) = 0)))`;

const statements = prepared((db) => ({
  last: db.$client.prepare(
    `SELECT p.side, p.place, p.recorded_on AS recordedOn, c.code, c.name FROM donor_places p
     LEFT JOIN centres c ON c.id = p.other_centre_id
     WHERE p.donor_id = ? ORDER BY p.id DESC LIMIT 1`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO donor_places (donor_id, side, place, other_centre_id, recorded_on, recorded_by,
       act_id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  counted: db.$client.prepare(
    `SELECT p.side, count(*) AS number FROM donor_places p
     WHERE p.donor_id BETWEEN ? AND ?
       AND p.id = (SELECT max(id) FROM donor_places WHERE donor_id = p.donor_id)
     GROUP BY p.side`,
  ),
  outside: db.$client.prepare(
    `SELECT o.id, o.name, o.may_be_named AS mayBeNamed ${OUTSIDE}
     ORDER BY o.may_be_named DESC, iif(o.may_be_named = 1, o.name_sort, ''), o.id
     LIMIT @limit OFFSET @offset`,
  ),
  oneOutside: db.$client.prepare(
    `SELECT o.id, o.name, o.may_be_named AS mayBeNamed ${OUTSIDE} AND o.id = @id`,
  ),
  countOutside: db.$client.prepare(`SELECT count(*) ${OUTSIDE}`).pluck(),
  donors: db.$client.prepare('SELECT count(*) FROM donors WHERE centre_id = ?').pluck(),
}));

/** What is known of a donor's place; undefined while nobody has said. */
export function placeOfDonor(db: Db, donorId: number): DonorPlace | undefined {
  const row = statements(db).last.get(donorId) as Row | undefined;
  if (!row) return undefined;
  const { code, name, ...known } = row;
  return { ...known, otherCentre: code !== null && name !== null ? { code, name } : null };
}

/** How many donors are where; `missing` are those of whom nobody has said it. */
export function donorsBySide(db: Db, centreId: number): Record<Side | 'missing', number> {
  const [first, last] = donorIdsOf(centreId);
  const rows = statements(db).counted.all(first, last) as { side: Side; number: number }[];
  const of = (side: Side) => rows.find((row) => row.side === side)?.number ?? 0;
  const [inside, outside, unknown] = [of('inside'), of('outside'), of('unknown')];
  const all = statements(db).donors.get(centreId) as number;
  return { inside, outside, unknown, missing: all - inside - outside - unknown };
}

type Outside = { id: number; name: string; mayBeNamed: number };
type OutsideAsked = { q?: string; limit: number; offset: number };

/** The donors known to be outside, a page of them, and how many there are. */
export function donorsOutside(db: Db, centreId: number, { q, limit, offset }: OutsideAsked) {
  const [first, last] = donorIdsOf(centreId);
  const asked = { first, last, words: JSON.stringify(searchWords(q ?? '')) };
  const rows = statements(db).outside.all({ ...asked, limit, offset });
  return {
    rows: rows as Outside[],
    total: statements(db).countOutside.get(asked) as number,
  };
}

/** This donor, if he is known to be outside. */
export function donorOutsideOrNone(db: Db, centreId: number, id: number): Outside | undefined {
  const [first, last] = donorIdsOf(centreId);
  return statements(db).oneOutside.get({ first, last, words: '[]', id }) as Outside | undefined;
}

export type Placed = { side: Side; place?: string | null; otherCentre?: Centre | null };

/** Says where a donor is; the trail tells that it was said, and the name of the quarter to nobody. */
export function placeDonor(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  donorId: number,
  { side, place = null, otherCentre = null }: Placed,
): DonorPlace {
  requirePower(actor, 'donors.edit', centre);
  const donor = findDonor(tx, centre.id, donorId);
  const other = side === 'outside' ? otherCentre : null;
  if (other?.id === centre.id) {
    const field = 'otherCentre';
    throw new Refusal('boundary:benefactors.refusals.own-centre', { status: 422, field });
  }
  const areaInForce = boundaryOn(tx, centre.id, actor.today) !== undefined;
  const facts = { side, areaInForce, named: Boolean(place || other) };
  uphold(placedByBoundary, facts, areaInForce ? { status: 422, field: 'place' } : {});
  const act = record(tx, actor, {
    ...{ kind: 'donor.placed', subject: `donors/${donor.id}`, centreId: centre.id },
    after: { side, otherCentre: other?.code ?? null },
  });
  statements(tx).insert.run(
    ...[donor.id, side, place, other?.id ?? null, actor.today, actor.user!.id, act.id],
  );
  return placeOfDonor(tx, donor.id)!;
}

type Row = Omit<DonorPlace, 'otherCentre'> & { code: string | null; name: string | null };
