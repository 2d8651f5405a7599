/** What the compass asks of the licence's life: its state, decisions, monitoring, assets. */
import { type Db, prepared } from '../provinces/connection.ts';
import { assetsOf } from './dissolution-rows.ts';
import { monitoringsOf } from './monitoring-rows.ts';
import { standingOn } from './standing.ts';
import type { LicenceState } from './states.ts';

export type LifeFacts = {
  state: LicenceState;
  since: string | null;
  /** The decision behind the state, if its days did not bring it. */
  decided: { number: string; decidedOn: string } | null;
  /** Decisions made; the first of them that is not the deputy's or rests on no result of its kind. */
  decisions: { made: number; stray: string | null };
  /** The first day on which a gift was taken that a decision forbids. */
  forbiddenGiftOn: string | null;
  monitoring: {
    openSince: string | null;
    lastSignedOn: string | null;
    lastAgeDays: number | null;
    /** Sections that another office than their own has filled. */
    stray: number;
  };
  assets: { lines: number; open: number; listed: boolean };
};

const statements = prepared((db) => ({
  decisions: db.$client.prepare(
    `SELECT count(*) AS made, min(CASE WHEN u.role IS NOT 'province-deputy'
         OR (d.kind IN ('renew', 'suspend', 'revoke') AND NOT EXISTS (
           SELECT 1 FROM monitoring_results r JOIN monitorings m ON m.id = r.monitoring_id
           WHERE r.monitoring_id = d.monitoring_id AND m.centre_id = d.centre_id
             AND r.conclusion = d.kind AND r.signed_on <= d.decided_on))
       THEN d.number END) AS stray
     FROM licence_decisions d JOIN users u ON u.id = d.decided_by WHERE d.centre_id = ?`,
  ),
  forbidden: db.$client
    .prepare(
      `SELECT min(g.received_on) FROM donations g
       JOIN licence_decisions d ON d.centre_id = g.centre_id AND d.act_id < g.act_id
         AND d.id = (SELECT max(id) FROM licence_decisions WHERE centre_id = g.centre_id
           AND kind <> 'renew' AND act_id < g.act_id)
       WHERE g.centre_id = ? AND d.kind <> 'reinstate'`,
    )
    .pluck(),
  strays: db.$client
    .prepare(
      `SELECT count(*) FROM monitoring_sections s JOIN monitorings m ON m.id = s.monitoring_id
       JOIN users u ON u.id = s.filled_by WHERE m.centre_id = ? AND u.role IS NOT CASE s.office
         WHEN 'participation' THEN 'province-deputy' WHEN 'supervision' THEN 'inspector'
         ELSE s.office END`,
    )
    .pluck(),
  age: db.$client.prepare('SELECT CAST(julianday(?) - julianday(?) AS INTEGER)').pluck(),
  listed: db.$client
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM dissolution_lists WHERE centre_id = @centre
         AND decision_id > coalesce((SELECT max(id) FROM licence_decisions
           WHERE centre_id = @centre AND kind = 'reinstate'), 0))`,
    )
    .pluck(),
}));

export function lifeFactsOf(db: Db, centreId: number, today: string): LifeFacts {
  const read = statements(db);
  const { state, since, decision } = standingOn(db, centreId, today);
  const assets = assetsOf(db, centreId);
  return {
    ...{ state, since },
    decided: decision && { number: decision.number, decidedOn: decision.decidedOn },
    decisions: read.decisions.get(centreId) as LifeFacts['decisions'],
    forbiddenGiftOn: read.forbidden.get(centreId) as string | null,
    monitoring: monitoringFacts(db, centreId, today),
    assets: {
      lines: assets.length,
      open: assets.filter(({ countersignedOn }) => countersignedOn === null).length,
      listed: read.listed.get({ centre: centreId }) === 1,
    },
  };
}

function monitoringFacts(db: Db, centreId: number, today: string): LifeFacts['monitoring'] {
  const monitorings = monitoringsOf(db, centreId);
  const lastSignedOn = monitorings.find(({ result }) => result)?.result?.signedOn ?? null;
  return {
    openSince: monitorings.find(({ result }) => result === null)?.openedOn ?? null,
    lastSignedOn,
    lastAgeDays: lastSignedOn && (statements(db).age.get(today, lastSignedOn) as number),
    stray: statements(db).strays.get(centreId) as number,
  } as LifeFacts['monitoring'];
}
