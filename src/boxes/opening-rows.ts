/** Openings of boxes as they are read: who opened, what was counted, and whether two signed it. */
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import type { Sheet } from './denominations.ts';

/** `waiting` for the second count; `corrected` where a later count took its place. */
export const OPENING_STATES = ['waiting', 'confirmed', 'corrected', 'withdrawn'] as const;
export type OpeningState = (typeof OPENING_STATES)[number];

export type Opening = {
  id: number;
  boxId: number;
  box: number;
  place: string;
  round: number | null;
  openedOn: string;
  firstKey: string;
  firstName: string;
  secondKey: string;
  secondName: string;
  bagNumber: string | null;
  bagRial: number | null;
  account: '1101' | '1104';
  fund: string;
  totalRial: number;
  /** What was missing of what the slip says. */
  shortRial: number;
  difference: string | null;
  replacesId: number | null;
  reason: string | null;
  countedOn: string;
  countedById: number;
  countedBy: string;
  confirmedOn: string | null;
  confirmedById: number | null;
  confirmedBy: string | null;
  entryId: number | null;
  entry: string | null;
  paperId: number | null;
  minutes: string | null;
  correctedBy: number | null;
  withdrawnOn: string | null;
  withdrawal: string | null;
  state: OpeningState;
};

const CORRECTED = `(SELECT n.id FROM box_openings n JOIN box_confirmations k ON k.opening_id = n.id
  WHERE n.replaces_id = o.id)`;

const SELECT = `SELECT o.id, o.box_id AS boxId, x.number AS box,
    (SELECT place FROM box_events WHERE box_id = x.id AND event <> 'withdrawn'
      AND happened_on <= o.opened_on ORDER BY id DESC LIMIT 1) AS place, r.number AS round,
    o.opened_on AS openedOn, o.first_key AS firstKey, o.first_name AS firstName,
    o.second_key AS secondKey, o.second_name AS secondName, o.bag_number AS bagNumber,
    o.bag_rial AS bagRial, o.account, o.fund, o.total_rial AS totalRial,
    o.short_rial AS shortRial, o.difference,
    o.replaces_id AS replacesId, o.reason, o.counted_on AS countedOn,
    o.counted_by AS countedById, u.name AS countedBy, c.confirmed_on AS confirmedOn,
    c.confirmed_by AS confirmedById, cu.name AS confirmedBy, c.entry_id AS entryId,
    e.year || '-' || e.number AS entry, c.paper_id AS paperId, p.number AS minutes,
    ${CORRECTED} AS correctedBy, w.withdrawn_on AS withdrawnOn, w.reason AS withdrawal,
    CASE WHEN w.opening_id IS NOT NULL THEN 'withdrawn' WHEN c.opening_id IS NULL THEN 'waiting'
      WHEN ${CORRECTED} IS NOT NULL THEN 'corrected' ELSE 'confirmed' END AS state
  FROM box_openings o JOIN boxes x ON x.id = o.box_id JOIN users u ON u.id = o.counted_by
  LEFT JOIN box_rounds r ON r.id = o.round_id
  LEFT JOIN box_confirmations c ON c.opening_id = o.id LEFT JOIN users cu ON cu.id = c.confirmed_by
  LEFT JOIN entries e ON e.id = c.entry_id LEFT JOIN papers p ON p.id = c.paper_id
  LEFT JOIN box_count_withdrawals w ON w.opening_id = o.id`;

const FILTERED = `WHERE centreId = @centreId AND (@state IS NULL OR state = @state)
  AND (@box IS NULL OR box = @box) AND (@from IS NULL OR openedOn >= @from)
  AND (@to IS NULL OR openedOn <= @to)`;
const ALL = `(${SELECT.replace('SELECT o.id,', 'SELECT o.id, o.centre_id AS centreId,')})`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(
    `SELECT * FROM ${ALL} ${FILTERED} ORDER BY id DESC LIMIT @limit OFFSET @offset`,
  ),
  count: client.prepare(
    `SELECT count(*) AS count, coalesce(sum(iif(state = 'confirmed', totalRial, 0)), 0) AS rial
     FROM ${ALL} ${FILTERED}`,
  ),
  one: client.prepare(`${SELECT} WHERE o.centre_id = ? AND o.id = ?`),
  sheet: client.prepare(
    `SELECT face_rial AS faceRial, form, pieces FROM box_count_rows WHERE opening_id = ?
     ORDER BY form DESC, face_rial DESC`,
  ),
}));

export type OpeningFilter = { state?: string; box?: number; from?: string; to?: string };

const asked = (centreId: number, { state, box, from, to }: OpeningFilter) => ({
  ...{ centreId, state: state ?? null, box: box ?? null, from: from ?? null, to: to ?? null },
});

/** Openings of a centre, the latest first. */
export function openingsOf(
  db: Db,
  centreId: number,
  filter: OpeningFilter,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Opening[] {
  return statements(db).list.all({ ...asked(centreId, filter), limit, offset }) as Opening[];
}

/** How many there are, and the rials of those that stand. */
export const countOpenings = (db: Db, centreId: number, filter: OpeningFilter) =>
  statements(db).count.get(asked(centreId, filter)) as { count: number; rial: number };

/** An opening of this centre; throws NotFound. */
export function findOpening(db: Db, centreId: number, id: number): Opening {
  const opening = statements(db).one.get(centreId, id) as Opening | undefined;
  if (!opening) throw new NotFound();
  return opening;
}

export const sheetOf = (db: Db, openingId: number): Sheet =>
  statements(db).sheet.all(openingId) as Sheet;
