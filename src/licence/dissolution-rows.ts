/** B-102: the assets of a centre that is dissolved, as they are read. */
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import type { ASSET_KINDS, DISPOSALS } from './schema.ts';

export type AssetKind = (typeof ASSET_KINDS)[number];
export type Disposal = (typeof DISPOSALS)[number];

export type Asset = {
  id: number;
  centreId: number;
  kind: AssetKind;
  description: string;
  number: string | null;
  quantity: number;
  /** Of the whole line. */
  valueRial: number;
  disposal: Disposal;
  /** To whom it goes. */
  recipient: string;
  listedOn: string;
  listedById: number;
  listedBy: string;
  countersignedOn: string | null;
  countersignedBy: string | null;
};

/** The lines since the centre last worked; those that were taken back are left out. */
const ASSET = `SELECT a.id, a.centre_id AS centreId, a.kind, a.description, a.number, a.quantity,
    a.value_rial AS valueRial, a.disposal, a.recipient, a.listed_on AS listedOn,
    a.listed_by AS listedById, l.name AS listedBy, c.countersigned_on AS countersignedOn,
    s.name AS countersignedBy
  FROM dissolution_assets a JOIN users l ON l.id = a.listed_by
  LEFT JOIN dissolution_countersignings c ON c.asset_id = a.id
  LEFT JOIN users s ON s.id = c.countersigned_by
  WHERE a.centre_id = @centre
    AND a.decision_id > coalesce((SELECT max(id) FROM licence_decisions
      WHERE centre_id = a.centre_id AND kind = 'reinstate'), 0)
    AND NOT EXISTS (SELECT 1 FROM dissolution_withdrawals WHERE asset_id = a.id)`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(`${ASSET} ORDER BY a.id`),
  byId: db.$client.prepare(`${ASSET} AND a.id = @id`),
  list: db.$client.prepare('SELECT paper_id FROM dissolution_lists WHERE decision_id = ?').pluck(),
}));

export function assetsOf(db: Db, centreId: number): Asset[] {
  return statements(db).ofCentre.all({ centre: centreId }) as Asset[];
}

export function findAsset(db: Db, centreId: number, id: number): Asset {
  const row = statements(db).byId.get({ centre: centreId, id }) as Asset | undefined;
  if (!row) throw new NotFound();
  return row;
}

/** The paper of the list of this dissolution; undefined while it is not printed. */
export function listOf(db: Db, decisionId: number): number | undefined {
  return statements(db).list.get(decisionId) as number | undefined;
}
