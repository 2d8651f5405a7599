/** Handovers as they are read: their two sides, their newest lines, and how far they have come. */
import type { Seat } from '../access/powers.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import type { HANDOVER_SIDES } from './schema.ts';

export type Side = (typeof HANDOVER_SIDES)[number];

export const LINE_KINDS = [
  'cash',
  'goods',
  'boxes',
  'receipt-books',
  'asset',
  'seal',
  'papers',
  'case',
  'other',
] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** What must be counted before anybody says that it is true. */
export const COUNTED: readonly LineKind[] = [
  'cash',
  'goods',
  'boxes',
  'receipt-books',
  'asset',
  'seal',
];

export type Line = {
  kind: LineKind;
  what: string;
  number: string | null;
  unit: 'rial' | 'count';
  /** What the program knows; null where it knows nothing. */
  recorded: number | null;
  counted: number | null;
  remark: string | null;
  /** Whether the program laid it out: then only its count and remark are written. */
  laid: boolean;
};

export type Acknowledgement = { side: Side; how: 'user' | 'paper'; on: string; by: string };
export type HandoverState = 'draft' | 'settled' | 'issued' | 'withdrawn';

export type Handover = {
  id: number;
  centreId: number;
  countyId: number;
  seat: Seat;
  giverDecreeId: number;
  giverId: number;
  giver: string;
  takerDecreeId: number | null;
  /** Null where the committee takes it. */
  takerId: number | null;
  taker: string | null;
  takerNumber: string | null;
  handoverOn: string;
  reason: string;
  draftedOn: string;
  draftedBy: string;
  version: number;
  lines: Line[];
  acknowledgements: Acknowledgement[];
  paperId: number | null;
  issuedOn: string | null;
  issuedBy: string | null;
  withdrawnOn: string | null;
  withdrawal: string | null;
  state: HandoverState;
};

type Raw = Omit<Handover, 'lines' | 'acknowledgements' | 'state'> & {
  lines: string;
  acknowledgements: string;
};

const SELECT = `SELECT h.id, h.centre_id AS centreId, c.county_id AS countyId, h.seat,
  h.giver_decree_id AS giverDecreeId, gp.id AS giverId, coalesce(gk.name, gp.name) AS giver,
  h.taker_decree_id AS takerDecreeId, tp.id AS takerId, coalesce(tk.name, tp.name) AS taker,
  ti.year || '-' || printf('%04d', ti.number) AS takerNumber,
  h.handover_on AS handoverOn, h.reason, h.drafted_on AS draftedOn, u.name AS draftedBy,
  w.version, w.lines,
  (SELECT json_group_array(json_object('side', a.side, 'how', a.how, 'on', a.acknowledged_on,
     'by', au.name)) FROM handover_acknowledgements a JOIN users au ON au.id = a.acknowledged_by
   WHERE a.handover_id = h.id AND a.version = w.version) AS acknowledgements,
  i.paper_id AS paperId, i.issued_on AS issuedOn, iu.name AS issuedBy,
  x.withdrawn_on AS withdrawnOn, x.reason AS withdrawal
  FROM handovers h JOIN centres c ON c.id = h.centre_id JOIN users u ON u.id = h.drafted_by
  JOIN decrees g ON g.id = h.giver_decree_id JOIN persons gp ON gp.id = g.person_id
  LEFT JOIN county_persons gk ON gk.person_id = gp.id AND gk.county_id = c.county_id
  LEFT JOIN decrees t ON t.id = h.taker_decree_id LEFT JOIN persons tp ON tp.id = t.person_id
  LEFT JOIN county_persons tk ON tk.person_id = tp.id AND tk.county_id = c.county_id
  LEFT JOIN decree_issues ti ON ti.decree_id = t.id
  JOIN handover_counts w ON w.handover_id = h.id AND w.version = (
    SELECT max(version) FROM handover_counts WHERE handover_id = h.id)
  LEFT JOIN handover_issues i ON i.handover_id = h.id LEFT JOIN users iu ON iu.id = i.issued_by
  LEFT JOIN handover_withdrawals x ON x.handover_id = h.id`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(`${SELECT} WHERE h.centre_id = ? ORDER BY h.id DESC`),
  byId: db.$client.prepare(`${SELECT} WHERE h.centre_id = ? AND h.id = ?`),
}));

/** Every handover of a centre, the latest first. */
export function handoversOf(db: Db, centreId: number): Handover[] {
  return (statements(db).ofCentre.all(centreId) as Raw[]).map(handoverOf);
}

/** A handover of this centre; throws NotFound. */
export function findHandover(db: Db, centreId: number, id: number): Handover {
  const raw = statements(db).byId.get(centreId, id) as Raw | undefined;
  if (!raw) throw new NotFound();
  return handoverOf(raw);
}

/** What was found beside what is recorded; null where one of the two is not known. */
export function differenceOf({ recorded, counted }: Line): number | null {
  return recorded === null || counted === null ? null : counted - recorded;
}

/** A thing has its count beside it: what must be counted, and what was. */
export function isThing({ unit, kind, counted }: Line): boolean {
  return unit === 'count' && (COUNTED.includes(kind) || counted !== null);
}

/** Lines that nobody can say yes to: not counted yet, or different without a word about it. */
export function unreadyLines(lines: Line[]): { uncounted: number; unexplained: number } {
  const uncounted = lines.filter((line) => COUNTED.includes(line.kind) && line.counted === null);
  const unexplained = lines.filter((line) => differenceOf(line) && !line.remark);
  return { uncounted: uncounted.length, unexplained: unexplained.length };
}

function handoverOf({ lines, acknowledgements, ...raw }: Raw): Handover {
  const said = JSON.parse(acknowledgements) as Acknowledgement[];
  return {
    ...raw,
    lines: JSON.parse(lines) as Line[],
    acknowledgements: said,
    state: stateOf(raw, said.length),
  };
}

function stateOf({ paperId, withdrawnOn }: Pick<Raw, 'paperId' | 'withdrawnOn'>, said: number) {
  if (withdrawnOn !== null) return 'withdrawn';
  if (paperId !== null) return 'issued';
  return said === 2 ? 'settled' : 'draft';
}
