/** Reading the facts of one centre: a few prepared questions to its file. */
import { reportFactsOf } from '../assemblies/section-report-facts.ts';
import type { Recorded } from '../board/decree-states.ts';
import { boardFacts } from '../board/facts.ts';
import { boundsFactsOf } from '../boundary/bounds-facts.ts';
import { oversightFactsOf } from '../centres/oversight-facts.ts';
import { onlineFactsOf } from '../channels/facts.ts';
import { experienceFactsOf } from '../experiences/facts.ts';
import { lateFactsOf } from '../lateness/facts.ts';
import { lifeFactsOf } from '../licence/life-facts.ts';
import { placeFactsOf } from '../network/place-facts.ts';
import { volunteerFactsOf } from '../network/volunteer-facts.ts';
import { openingFactsOf } from '../opening/opening-facts.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { templateFacts } from '../templates/facts.ts';
import type {
  Clearing,
  DecreeFacts,
  Facts,
  LicenceFacts,
  OpenedBy,
  Opening,
  SeriesFacts,
} from './facts.ts';
import { bodyFacts } from './facts-of-bodies.ts';

const COMMITTEE = "('county-head', 'province-deputy')";

const decision = (table: string) => `SELECT t.act_id FROM ${table} t WHERE t.centre_id = @centre`;
const decreeDecision = (table: string) =>
  `SELECT t.act_id FROM ${table} t JOIN decrees d ON d.id = t.decree_id WHERE d.centre_id = @centre`;
const boundaryDecision = (table: string) => `SELECT t.act_id FROM ${table} t
  JOIN boundaries b ON b.id = t.boundary_id WHERE b.centre_id = @centre`;

const clearing = (kind: string, by: string) => `(SELECT c.state || ' ' || c.decided_on
  FROM clearances c WHERE c.person_id = d.person_id AND c.kind = '${kind}' AND c.decided_on <= ${by}
  ORDER BY c.id DESC LIMIT 1)`;

const inForce = (boundary: string) => `${boundary}.id = (SELECT max(x.id) FROM approved_boundaries x
  WHERE x.centre_id = ${boundary}.centre_id AND x.from_on <= @today)`;

const found = (series: string, table: string) =>
  `WHEN '${series}' THEN (SELECT count(*) FROM ${table} t
     WHERE t.centre_id = n.centre_id AND t.year = n.year)`;

/** Two kinds of letters share one series. */
const LETTERS = `(SELECT centre_id, year FROM introductions
  UNION ALL SELECT centre_id, year FROM issued_letters)`;

/** Tables of what the committee decides on a centre itself. */
const DECIDED = ['licences', 'activity_codes', 'introductions', 'dissolution_lists'];

const statements = prepared(({ $client: client }) => ({
  centre: client.prepare(
    `SELECT c.name, n.name AS county FROM centres c JOIN counties n ON n.id = c.county_id
     WHERE c.id = @centre`,
  ),
  decisions: client.prepare(
    `SELECT count(*) AS made, coalesce(sum(u.county_id <> c.county_id), 0) AS "foreign"
     FROM (SELECT act_id FROM centres WHERE id = @centre
       UNION ALL ${DECIDED.map(decision).join(' UNION ALL ')}
       UNION ALL ${decreeDecision('decree_coordinations')}
       UNION ALL ${decreeDecision('decree_issues')}
       UNION ALL ${decreeDecision('decree_endings')}
       UNION ALL ${boundaryDecision('boundary_approvals')}
       UNION ALL SELECT t.act_id FROM permit_decisions t JOIN permits p ON p.id = t.permit_id
         WHERE p.centre_id = @centre
       UNION ALL ${boundaryDecision('boundary_refusals')}
       UNION ALL ${boundaryDecision('boundary_coordinations')}) taken
     JOIN acts a ON a.id = taken.act_id AND a.capacity = 'office:county-head'
     JOIN users u ON u.id = a.user_id JOIN centres c ON c.id = @centre`,
  ),
  application: client.prepare(
    `SELECT s.application_id AS id, s.state, s.number, s.taken_on AS day
     FROM application_centres l JOIN application_steps s ON s.application_id = l.application_id
     WHERE l.centre_id = ? ORDER BY s.id DESC LIMIT 1`,
  ),
  licences: client.prepare(
    `SELECT l.number, l.from_on AS fromOn, l.to_on AS toOn,
       coalesce(u.role IN ${COMMITTEE}, 0) AS byCommittee
     FROM licences l JOIN users u ON u.id = l.issued_by
     WHERE l.centre_id = @centre ORDER BY l.from_on`,
  ),
  decrees: client.prepare(
    `WITH opened AS (SELECT a.subject, o.person_id AS personId,
         o.role IS NOT NULL OR a.user_id IS NULL AS byCommittee
       FROM acts a LEFT JOIN users o ON o.id = a.user_id
       WHERE a.centre_id IS NULL AND a.kind = 'user.created')
     SELECT d.id, p.name, d.seat, d.from_on AS fromOn, d.to_on AS toOn, i.year, i.number AS serial,
       i.issued_on AS issuedOn, r.requested_on AS requestedOn, o.answer, o.decided_on AS coordinatedOn,
       i.issuer_decree_id IS NULL AND coalesce(iu.role IN ${COMMITTEE}, 0) AS byCommittee,
       coalesce(chair.centre_id = d.centre_id AND (chair.seat = 'chair'
         OR chair.seat = 'vice-chair' AND EXISTS (SELECT 1 FROM absences b
           LEFT JOIN absence_endings f ON f.absence_id = b.id
           WHERE b.centre_id = d.centre_id AND i.issued_on BETWEEN b.from_on AND b.to_on
             AND (f.ended_on IS NULL OR f.ended_on >= i.issued_on))), 0) AS byChair,
       a.accepted_on AS acceptedOn, coalesce(a.declares_no_politics, 0) AS noPolitics,
       coalesce(a.accepts_liability, 0) AS liability, e.ended_on AS endedOn,
       ${clearing('security', 'i.issued_on')} AS securityAtIssue,
       ${clearing('selection', 'i.issued_on')} AS selectionAtIssue,
       ${clearing('security', '@today')} AS securityToday,
       ${clearing('selection', '@today')} AS selectionToday,
       u.username, opened.byCommittee AS openedByCommittee,
       EXISTS (SELECT 1 FROM decrees x JOIN decree_issues y ON y.decree_id = x.id
         WHERE x.person_id = opened.personId AND x.seat = 'chair') AS openedByChair
     FROM decrees d JOIN persons p ON p.id = d.person_id
     LEFT JOIN decree_requests r ON r.decree_id = d.id
     LEFT JOIN decree_coordinations o ON o.decree_id = d.id
     LEFT JOIN decree_issues i ON i.decree_id = d.id LEFT JOIN users iu ON iu.id = i.issued_by
     LEFT JOIN decrees chair ON chair.id = i.issuer_decree_id
     LEFT JOIN decree_acceptances a ON a.decree_id = d.id AND a.accepted_on <= @today
     LEFT JOIN decree_endings e ON e.decree_id = d.id
     LEFT JOIN users u ON u.person_id = d.person_id AND u.ended_at IS NULL
     LEFT JOIN opened ON opened.subject = 'users/' || u.id
     WHERE d.centre_id = @centre ORDER BY d.id`,
  ),
  area: client.prepare(
    `SELECT min(b.from_on) AS firstOn,
       max(CASE WHEN ${inForce('b')} THEN b.from_on END) AS inForceOn
     FROM approved_boundaries b WHERE b.centre_id = @centre AND b.from_on <= @today`,
  ),
  uncoordinated: client
    .prepare(
      `SELECT count(*) FROM boundary_overlaps o
       JOIN boundaries mine ON mine.id = o.boundary_id
       JOIN centres mc ON mc.id = mine.centre_id AND mc.kind = 'neighbourhood'
       JOIN boundaries theirs ON theirs.id = o.other_boundary_id
       JOIN centres tc ON tc.id = theirs.centre_id AND tc.kind = 'neighbourhood'
       WHERE @centre IN (mine.centre_id, theirs.centre_id) AND o.square_metres > 0
         AND ${inForce('mine')} AND ${inForce('theirs')}
         AND NOT EXISTS (SELECT 1 FROM licence_decisions f WHERE f.kind = 'finish'
           AND f.centre_id IN (mine.centre_id, theirs.centre_id) AND f.decided_on <= @today)
         AND NOT EXISTS (SELECT 1 FROM boundary_coordinations c
           WHERE (c.boundary_id = o.boundary_id AND c.other_boundary_id = o.other_boundary_id)
             OR (c.boundary_id = o.other_boundary_id AND c.other_boundary_id = o.boundary_id))`,
    )
    .pluck(),
  gifts: client.prepare(
    `SELECT count(*) AS count, min(received_on) AS firstOn FROM donations
     WHERE centre_id = @centre`,
  ),
  unlicensed: client
    .prepare(
      `SELECT min(received_on) FROM
         (SELECT DISTINCT received_on FROM donations WHERE centre_id = @centre) given
       WHERE NOT EXISTS (SELECT 1 FROM licences l WHERE l.centre_id = @centre
         AND given.received_on BETWEEN l.from_on AND l.to_on)`,
    )
    .pluck(),
  forMosque: client
    .prepare(
      `WITH given AS (SELECT DISTINCT purpose_search AS purpose FROM donations
         WHERE centre_id = @centre AND purpose_search IS NOT NULL)
       SELECT EXISTS (SELECT 1 FROM given JOIN mosque_purposes m
         ON substr(given.purpose || '$', 1, length(m.beginning)) = m.beginning)`,
    )
    .pluck(),
  receipts: client.prepare(
    `SELECT count(*) AS count,
       (SELECT year || '-' || printf('%06d', number) FROM receipts WHERE centre_id = @centre
        ORDER BY year DESC, number DESC LIMIT 1) AS last
     FROM receipts WHERE centre_id = @centre`,
  ),
  activityCode: client.prepare('SELECT code FROM activity_codes WHERE centre_id = ?').pluck(),
  introduction: client.prepare(
    `SELECT year || '-' || printf('%04d', number) AS number, issued_on AS issuedOn
     FROM introductions WHERE centre_id = ? ORDER BY id DESC LIMIT 1`,
  ),
  account: client.prepare(
    `SELECT bank, owner_name AS ownerName, account_number AS accountNumber
     FROM bank_accounts WHERE centre_id = ?`,
  ),
  accounts: client.prepare(
    'SELECT name_fa AS nameFa, name_en AS nameEn FROM accounts WHERE centre_id = ?',
  ),
  funds: client.prepare("SELECT name_fa AS nameFa, name_en || ' ' || code AS nameEn FROM funds"),
  series: client.prepare(
    `SELECT n.series, n.year, n.last_number AS last,
       CASE n.series ${found('entry', 'entries')} ${found('receipt', 'receipts')}
         ${found('decree', 'decree_issues')} ${found('letter', LETTERS)}
         ${found('book', 'sealed_books')} ${found('referral', 'referrals')} END AS found,
       (SELECT coalesce(sum(l.to_number - l.from_number + 1), 0) FROM lost_numbers l
        WHERE l.series = n.series AND l.centre_id = n.centre_id AND l.year = n.year) AS lost
     FROM numbers n WHERE n.centre_id = ? ORDER BY n.year, n.series`,
  ),
  papers: client.prepare(
    `SELECT (SELECT count(*) FROM papers WHERE centre_id = @centre) AS kept,
       (SELECT count(*) FROM receipts WHERE centre_id = @centre)
       + (SELECT count(*) FROM decree_issues WHERE centre_id = @centre)
       + (SELECT count(*) FROM introductions WHERE centre_id = @centre)
       + (SELECT count(*) FROM issued_letters WHERE centre_id = @centre)
       + (SELECT count(*) FROM surveys s JOIN survey_approvals v ON v.survey_id = s.id
          WHERE s.centre_id = @centre)
       + (SELECT count(*) FROM map_sheets WHERE centre_id = @centre)
       + (SELECT count(*) FROM volunteer_cards c JOIN volunteers v ON v.id = c.volunteer_id
          WHERE v.centre_id = @centre)
       + (SELECT count(*) FROM sealed_books WHERE centre_id = @centre) AS issued`,
  ),
  donors: client.prepare(
    `SELECT EXISTS (SELECT 1 FROM donors WHERE centre_id = @centre AND may_be_named = 0)
       AS withheld,
       EXISTS (SELECT 1 FROM donors WHERE centre_id = @centre
         AND (mobile IS NOT NULL OR national_id IS NOT NULL)) AS reachable`,
  ),
  openings: client.prepare(
    `SELECT a.kind, d.seat, a.capacity LIKE 'office:%' AS byOffice,
       json_extract(a.after, '$.reason') AS reason
     FROM acts a LEFT JOIN decrees d
       ON d.id = iif(substr(a.capacity, 1, 7) IN ('decree:', 'acting:'), substr(a.capacity, 8), NULL)
     WHERE a.centre_id = ? AND a.kind IN ('donor.revealed', 'donor.edited')
       -- Whoever enters a gift may write that its giver asks not to be named, and sees nothing by it.
       AND json_extract(a.after, '$.changed') IS NOT '["mayBeNamed"]'`,
  ),
  looked: client.prepare('SELECT max(looked_on) FROM looks WHERE centre_id = ?').pluck(),
  officersEntries: client
    .prepare(
      `WITH officers AS (SELECT id FROM users WHERE role IS NOT NULL)
       SELECT count(*) FROM entries WHERE centre_id = ?
         AND (posted_by IN officers OR drafted_by IN officers)`,
    )
    .pluck(),
}));

/** Reads the facts of a centre as they stand on this day. */
export function factsOf(db: Db, centreId: number, today: string): Facts {
  const read = statements(db);
  const centre = { centre: centreId };
  const area = read.area.get({ ...centre, today }) as Omit<Facts['area'], 'uncoordinated'>;
  const gifts = read.gifts.get(centre) as Pick<Facts['gifts'], 'count' | 'firstOn'>;
  return {
    today,
    centre: read.centre.get(centre) as Facts['centre'],
    decisions: read.decisions.get(centre) as Facts['decisions'],
    application: (read.application.get(centreId) ?? null) as Facts['application'],
    bodies: bodyFacts(db, centreId, today),
    licences: (read.licences.all(centre) as Flagged<LicenceFacts, 'byCommittee'>[]).map((row) => ({
      ...row,
      byCommittee: row.byCommittee === 1,
    })),
    decrees: (read.decrees.all({ ...centre, today }) as DecreeRow[]).map(decreeFacts),
    board: boardFacts(db, centreId),
    area: { ...area, uncoordinated: read.uncoordinated.get({ ...centre, today }) as number },
    gifts: {
      ...gifts,
      unlicensedOn: read.unlicensed.get(centre) as string | null,
      forMosque: read.forMosque.get(centre) === 1,
    },
    receipts: read.receipts.get(centre) as Facts['receipts'],
    activityCode: (read.activityCode.get(centreId) ?? null) as string | null,
    introduction: (read.introduction.get(centreId) ?? null) as Facts['introduction'],
    account: (read.account.get(centreId) ?? null) as Facts['account'],
    accounts: read.accounts.all(centreId) as Facts['accounts'],
    funds: read.funds.all() as Facts['funds'],
    series: read.series.all(centreId) as SeriesFacts[],
    papers: read.papers.get(centre) as Facts['papers'],
    templates: templateFacts(db, today),
    donors: donorFacts(read.donors.get(centre) as Record<keyof Facts['donors'], number>),
    openings: (read.openings.all(centreId) as Flagged<Opening, 'byOffice'>[]).map((row) => ({
      ...row,
      byOffice: row.byOffice === 1,
    })),
    looks: { lastOn: read.looked.get(centreId) as string | null },
    opening: openingFactsOf(db, centreId, today),
    officersEntries: read.officersEntries.get(centreId) as number,
    bounds: boundsFactsOf(db, centreId, today),
    licence: lifeFactsOf(db, centreId, today),
    experience: experienceFactsOf(db, centreId),
    lateness: lateFactsOf(db, centreId, today),
    places: placeFactsOf(db, centreId, today),
    reports: reportFactsOf(db, centreId),
    oversight: oversightFactsOf(db, centreId),
    online: onlineFactsOf(db, centreId),
    volunteers: volunteerFactsOf(db, centreId, today),
  };
}

/** A row as SQLite gives it: yes and no are 1 and 0. */
type Flagged<T, Flags extends keyof T> = Omit<T, Flags> & Record<Flags, number>;

function donorFacts({ withheld, reachable }: Record<keyof Facts['donors'], number>) {
  return { withheld: withheld === 1, reachable: reachable === 1 };
}

type DecreeRow = Recorded & {
  id: number;
  name: string;
  year: number | null;
  serial: number | null;
  coordinatedOn: string | null;
  byCommittee: number;
  byChair: number;
  noPolitics: number;
  liability: number;
  securityAtIssue: string | null;
  selectionAtIssue: string | null;
  securityToday: string | null;
  selectionToday: string | null;
  username: string | null;
  openedByCommittee: number | null;
  openedByChair: number;
};

function decreeFacts(row: DecreeRow): DecreeFacts {
  const { id, name, seat, fromOn, toOn, answer, coordinatedOn, issuedOn, acceptedOn, endedOn } =
    row;
  const { year, serial, username, requestedOn } = row;
  return {
    ...{ id, name, seat, fromOn, toOn, answer, coordinatedOn, issuedOn, acceptedOn, endedOn },
    requestedOn,
    number: year === null || serial === null ? null : writtenNumber(year, serial, 4),
    byCommittee: row.byCommittee === 1,
    byChair: row.byChair === 1,
    noPolitics: row.noPolitics === 1,
    liability: row.liability === 1,
    atIssue: {
      security: clearingOf(row.securityAtIssue),
      selection: clearingOf(row.selectionAtIssue),
    },
    today: { security: clearingOf(row.securityToday), selection: clearingOf(row.selectionToday) },
    user: username === null ? null : { username, openedBy: openerOf(row) },
  };
}

function clearingOf(told: string | null): Clearing | undefined {
  const [state, decidedOn] = told?.split(' ') ?? [];
  return state && decidedOn ? { state, decidedOn } : undefined;
}

/** The installation itself is the committee's: its command line opens users too. */
function openerOf({ openedByCommittee, openedByChair }: DecreeRow): OpenedBy {
  if (openedByCommittee === 1) return 'committee';
  return openedByChair === 1 ? 'chair' : 'other';
}
