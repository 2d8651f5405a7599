/** B-66, B-67, B-70, B-71, B-76: the report of a section for some days, and its making as a paper. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { issueLetter } from '../paper/letters.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { type Days, type Figure, figuresOf } from './section-figures.ts';
import { type Money, moneyOf, seasonsWithin } from './section-money.ts';
import type { Section } from './section-report-kinds.ts';
import { reportTables } from './section-report-tables.ts';

/** `days` is undefined where no season of the days asked for has passed yet. */
export type Report = {
  section: Section;
  days: Days | undefined;
  figures: Figure[];
  money: Money | null;
};

export type IssuedReport = {
  section: Section;
  fromOn: string;
  toOn: string;
  issuedOn: string;
  issuedBy: string;
  paperId: number;
};

const statements = prepared(({ $client: client }) => ({
  last: client.prepare(
    `SELECT r.section, r.from_on AS fromOn, r.to_on AS toOn, r.issued_on AS issuedOn,
       u.name AS issuedBy, r.paper_id AS paperId
     FROM section_reports r JOIN users u ON u.id = r.issued_by
     WHERE r.centre_id = ? AND r.section = ? ORDER BY r.id DESC LIMIT 12`,
  ),
  insert: client.prepare(
    `INSERT INTO section_reports (centre_id, section, from_on, to_on, issued_on, issued_by,
       paper_id, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** Counts as they stand now; benefactors are told of whole seasons that have passed. */
export function reportOf(
  db: Db,
  centreId: number,
  { section, asked, today }: { section: Section; asked: Days; today: string },
): Report {
  if (section !== 'benefactors') {
    const days = { ...asked, to: asked.to < today ? asked.to : today };
    return { section, days, figures: figuresOf(db, centreId, section, days), money: null };
  }
  const days = seasonsWithin(asked, today);
  const figures = days ? figuresOf(db, centreId, section, days) : [];
  return { section, days, figures, money: days ? moneyOf(db, centreId, days) : null };
}

/** The last reports of a section that were issued, the newest first. */
export function reportsOf(db: Db, centreId: number, section: Section): IssuedReport[] {
  return statements(db).last.all(centreId, section) as IssuedReport[];
}

/** Issues the report as a paper, for the wall of the office and for those it is meant for. */
export function issueReport(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { section, asked }: { section: Section; asked: Days },
): IssuedReport {
  requirePower(actor, 'section-reports.issue', centre);
  const report = reportOf(tx, centre.id, { section, asked, today: actor.today });
  const { days } = report;
  if (!days || days.from > days.to) throw new Refusal('assemblies:refusals.no-season');
  const t = wordsOn(tx, actor.today);
  const { paperId, act } = issueLetter(tx, actor, {
    ...{ centre, kind: 'section-report', head: 'centre' },
    addressee: [t(`assemblies:reports.addressees.${section}`)],
    values: { section: t(`assemblies:reports.of.${section}`), fromOn: days.from, toOn: days.to },
    tables: reportTables(tx, t, report),
    deed: {
      ...{ kind: 'section-report.issued', subject: `section-reports/${section}` },
      after: { section, fromOn: days.from, toOn: days.to },
    },
  });
  statements(tx).insert.run(
    ...[centre.id, section, days.from, days.to, actor.today, actor.user!.id, paperId, act.id],
  );
  return reportsOf(tx, centre.id, section)[0]!;
}
