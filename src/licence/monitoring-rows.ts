/** Monitorings as they are read: each with its sections and its result. */

import type { Conclusion } from '../bylaw/licence.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';

export const OFFICES = ['participation', 'supervision', 'security', 'selection'] as const;
export type Office = (typeof OFFICES)[number];

/** Whether the office judges the work itself, and may say so in words. */
export const isSubstance = (office: Office): boolean =>
  office === 'participation' || office === 'supervision';

export type Section = {
  office: Office;
  score: number | null;
  findings: string | null;
  state: 'approved' | 'refused' | null;
  number: string | null;
  decidedOn: string | null;
  filledOn: string;
  filledBy: string;
};

export type Result = { conclusion: Conclusion; signedOn: string; signedBy: string };

export type Monitoring = {
  id: number;
  centreId: number;
  openedOn: string;
  openedBy: string;
  /** The newest of each office that has filled its own. */
  sections: Section[];
  result: Result | null;
};

type Row = Omit<Monitoring, 'sections' | 'result'> & {
  conclusion: Conclusion | null;
  signedOn: string | null;
  signedBy: string | null;
};

const MONITORING = `SELECT m.id, m.centre_id AS centreId, m.opened_on AS openedOn,
  o.name AS openedBy, r.conclusion, r.signed_on AS signedOn, s.name AS signedBy
  FROM monitorings m JOIN users o ON o.id = m.opened_by
  LEFT JOIN monitoring_results r ON r.monitoring_id = m.id LEFT JOIN users s ON s.id = r.signed_by`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(`${MONITORING} WHERE m.centre_id = ? ORDER BY m.id DESC`),
  byId: db.$client.prepare(`${MONITORING} WHERE m.id = ?`),
  sections: db.$client.prepare(
    `SELECT s.office, s.score, s.findings, s.state, s.number, s.decided_on AS decidedOn,
       s.filled_on AS filledOn, u.name AS filledBy
     FROM monitoring_sections s JOIN users u ON u.id = s.filled_by
     WHERE s.id IN (SELECT max(id) FROM monitoring_sections WHERE monitoring_id = ?
       GROUP BY office)`,
  ),
  waiting: db.$client.prepare(
    `SELECT m.id, c.name AS centre, n.name AS county, m.opened_on AS openedOn,
       (SELECT max(s.filled_on) FROM monitoring_sections s
        WHERE s.monitoring_id = m.id AND s.office = ?) AS filledOn
     FROM monitorings m JOIN centres c ON c.id = m.centre_id JOIN counties n ON n.id = c.county_id
     WHERE NOT EXISTS (SELECT 1 FROM monitoring_results WHERE monitoring_id = m.id)
     ORDER BY m.id`,
  ),
}));

/** A centre's monitorings, the latest first. */
export function monitoringsOf(db: Db, centreId: number): Monitoring[] {
  return (statements(db).ofCentre.all(centreId) as Row[]).map((row) => whole(db, row));
}

/** The monitoring of this number, of this centre if one is named. */
export function findMonitoring(db: Db, id: number, centreId?: number): Monitoring {
  const row = statements(db).byId.get(id) as Row | undefined;
  if (!row || (centreId !== undefined && row.centreId !== centreId)) throw new NotFound();
  return whole(db, row);
}

/** The last signed result, whatever it concluded. */
export function lastResult(
  db: Db,
  centreId: number,
): (Monitoring & { result: Result }) | undefined {
  return monitoringsOf(db, centreId).find(
    (one): one is Monitoring & { result: Result } => one.result !== null,
  );
}

export type WaitingMonitoring = {
  id: number;
  centre: string;
  county: string;
  openedOn: string;
  /** When this office last filled its section; null while it has not. */
  filledOn: string | null;
};

/** The monitorings not signed yet, and whether this office has spoken. */
export function openMonitorings(db: Db, office: Office): WaitingMonitoring[] {
  return statements(db).waiting.all(office) as WaitingMonitoring[];
}

function whole(db: Db, { conclusion, signedOn, signedBy, ...row }: Row): Monitoring {
  const sections = statements(db).sections.all(row.id) as Section[];
  sections.sort((one, other) => OFFICES.indexOf(one.office) - OFFICES.indexOf(other.office));
  const result = conclusion && { conclusion, signedOn: signedOn!, signedBy: signedBy! };
  return { ...row, sections, result };
}
