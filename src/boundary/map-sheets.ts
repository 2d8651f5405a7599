/** Map sheets: issued of the version in force, hung in the office, unhung by the next version. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { mapOfVersionInForce } from '../bylaw/bounds.ts';
import { uphold } from '../bylaw/clause.ts';
import type { Centre } from '../centres/centres.ts';
import { refuseClosed } from '../licence/permission.ts';
import { tell } from '../notices/notices.ts';
import { issuePaper } from '../paper/papers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { sheetContent } from './sheet-content.ts';
import { boundaryOn } from './versions.ts';

export type MapSheet = {
  id: number;
  /** As `3-1`: the first sheet of version 3. */
  number: string;
  version: number;
  issuedOn: string;
  issuedBy: string;
  paperId: number;
  /** Null until it hangs, and again once it was taken down. */
  hanging: { id: number; hungOn: string; recordedBy: string } | null;
};

const select = `SELECT s.id, s.version || '-' || s.nth AS number, s.version,
    s.issued_on AS issuedOn, u.name AS issuedBy, s.paper_id AS paperId,
    h.id AS hangingId, h.hung_on AS hungOn, hu.name AS recordedBy
  FROM map_sheets s JOIN users u ON u.id = s.issued_by
  LEFT JOIN sheet_hangings h ON h.sheet_id = s.id
    AND NOT EXISTS (SELECT 1 FROM sheet_removals r WHERE r.hanging_id = h.id)
  LEFT JOIN users hu ON hu.id = h.recorded_by`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(
    `${select} WHERE s.centre_id = ? ORDER BY s.version DESC, s.nth DESC LIMIT ? OFFSET ?`,
  ),
  ofVersion: db.$client.prepare(
    `${select} WHERE s.centre_id = ? AND s.version = ? ORDER BY h.id IS NULL, s.nth DESC LIMIT 1`,
  ),
  one: db.$client.prepare(`${select} WHERE s.centre_id = ? AND s.version || '-' || s.nth = ?`),
  nth: db.$client
    .prepare('SELECT 1 + count(*) FROM map_sheets WHERE centre_id = ? AND version = ?')
    .pluck(),
  insert: db.$client.prepare(
    `INSERT INTO map_sheets (centre_id, boundary_id, version, nth, issued_on, issued_by, paper_id,
       act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  hang: db.$client.prepare(
    `INSERT INTO sheet_hangings (sheet_id, hung_on, recorded_on, recorded_by, act_id)
     VALUES (?, ?, ?, ?, ?)`,
  ),
  remove: db.$client.prepare('INSERT INTO sheet_removals VALUES (?, ?, ?, ?, ?)'),
}));

export function sheetsOf(db: Db, centreId: number, limit: number, offset = 0): MapSheet[] {
  return (statements(db).ofCentre.all(centreId, limit, offset) as Row[]).map(sheetOf);
}

/** The sheet of this centre with this number; throws NotFound. */
export function findSheet(db: Db, centreId: number, number: string): MapSheet {
  const row = statements(db).one.get(centreId, number) as Row | undefined;
  if (!row) throw new NotFound();
  return sheetOf(row);
}

/** Of the sheets of a version the one that hangs, else the newest; undefined before the first. */
export function sheetOfVersion(db: Db, centreId: number, version: number): MapSheet | undefined {
  const row = statements(db).ofVersion.get(centreId, version) as Row | undefined;
  return row && sheetOf(row);
}

/** Issues a sheet of the version in force: what is known around it today is drawn, and stays so. */
export function issueSheet(tx: Tx, actor: Actor, centre: Centre): MapSheet {
  requirePower(actor, 'map-sheets.issue', centre);
  refuseClosed(tx, centre.id, actor.today, 'letterhead');
  const version = boundaryOn(tx, centre.id, actor.today);
  if (!version) {
    const told = { clause: mapOfVersionInForce.id, mend: '/boundary' };
    throw new Refusal('boundary:sheet.refusals.no-area', told);
  }
  const nth = statements(tx).nth.get(centre.id, version.version) as number;
  const number = `${version.version}-${nth}`;
  const paper = issuePaper(tx, actor, {
    ...{ centreId: centre.id, kind: 'map-sheet', number, issuedOn: actor.today },
    content: (code, verifyAddress) =>
      sheetContent(tx, actor, { centre, version }, { number, code, verifyAddress }),
    deed: { kind: 'map-sheet.issued', subject: subjectOf(centre, number), after: { number } },
  });
  statements(tx).insert.run(
    ...[centre.id, version.id, version.version, nth, actor.today, actor.user!.id],
    ...[paper.id, paper.act.id],
  );
  return findSheet(tx, centre.id, number);
}

/** B-125: records that the sheet hangs in the office, since a day; only one of the version in force. */
export function hangSheet(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: string,
  { hungOn }: { hungOn: string },
): MapSheet {
  requirePower(actor, 'map-sheets.hang', centre);
  const sheet = findSheet(tx, centre.id, number);
  const inForce = boundaryOn(tx, centre.id, actor.today)?.version;
  uphold(mapOfVersionInForce, { version: sheet.version, inForce }, { mend: '/boundary/sheet' });
  if (sheet.hanging) {
    const values = { dayOn: sheet.hanging.hungOn };
    throw new Refusal('boundary:sheet.refusals.hangs-already', { values });
  }
  refuseDay(actor, sheet.issuedOn, hungOn);
  const act = record(tx, actor, {
    ...{ kind: 'map-sheet.hung', subject: subjectOf(centre, number), centreId: centre.id },
    after: { number, hungOn },
  });
  statements(tx).hang.run(sheet.id, hungOn, actor.today, actor.user!.id, act.id);
  return findSheet(tx, centre.id, number);
}

/** The sheet was taken down, or never hung there: the tick no longer counts. */
export function removeSheet(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: string,
  { reason }: { reason: string },
): MapSheet {
  requirePower(actor, 'map-sheets.hang', centre);
  const { hanging } = findSheet(tx, centre.id, number);
  if (!hanging) throw new Refusal('boundary:sheet.refusals.hangs-not');
  const act = record(tx, actor, {
    ...{ kind: 'map-sheet.removed', subject: subjectOf(centre, number), centreId: centre.id },
    after: { number, reason, removedOn: actor.today },
  });
  statements(tx).remove.run(hanging.id, actor.today, reason, actor.user!.id, act.id);
  if (actor.office) {
    const said = { number, reason };
    const notice = { key: 'boundary:sheet.notices.removed', said, href: '/boundary/sheet' };
    tell(tx, actor, act, { ...notice, centreId: centre.id, to: [{ seat: 'chair' }] });
  }
  return findSheet(tx, centre.id, number);
}

type Row = Omit<MapSheet, 'hanging'> & {
  hangingId: number | null;
  hungOn: string;
  recordedBy: string;
};

const sheetOf = ({ hangingId, hungOn, recordedBy, ...sheet }: Row): MapSheet => ({
  ...sheet,
  hanging: hangingId === null ? null : { id: hangingId, hungOn, recordedBy },
});

const subjectOf = (centre: Centre, number: string) => `map-sheets/${centre.code}/${number}`;

function refuseDay(actor: Actor, issuedOn: string, hungOn: string): void {
  const told = { status: 422, field: 'hungOn' } as const;
  if (hungOn > actor.today) throw new Refusal('boundary:sheet.refusals.future', told);
  if (hungOn < issuedOn) throw new Refusal('boundary:sheet.refusals.before-issue', told);
}
