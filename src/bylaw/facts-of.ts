/** Reading the facts of one centre: a few prepared questions to its file. */
import { reportFactsOf } from '../assemblies/section-report-facts.ts';
import { bankFactsOf } from '../bank/facts.ts';
import { boardFacts } from '../board/facts.ts';
import { bookFactsOf } from '../books/facts.ts';
import { boundsFactsOf } from '../boundary/bounds-facts.ts';
import { budgetFactsOf } from '../budget/facts.ts';
import { oversightFactsOf } from '../centres/oversight-facts.ts';
import { onlineFactsOf } from '../channels/facts.ts';
import { experienceFactsOf } from '../experiences/facts.ts';
import { spendingFactsOf } from '../funds/facts.ts';
import { lateFactsOf } from '../lateness/facts.ts';
import { lifeFactsOf } from '../licence/life-facts.ts';
import { placeFactsOf } from '../network/place-facts.ts';
import { volunteerFactsOf } from '../network/volunteer-facts.ts';
import { openingFactsOf } from '../opening/opening-facts.ts';
import { packFactsOf } from '../packs/facts.ts';
import { outgoingFactsOf } from '../payments/facts.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { paperBookFactsOf } from '../receiptbooks/facts.ts';
import { registrationFactsOf } from '../registrations/facts.ts';
import { supervisionFactsOf, visitFactsOf } from '../supervision/facts.ts';
import { templateFacts } from '../templates/facts.ts';
import type { Facts, LicenceFacts, Opening, SeriesFacts } from './facts.ts';
import { areaFactsOf } from './facts-of-area.ts';
import { bodyFacts } from './facts-of-bodies.ts';
import { decreeFactsOf } from './facts-of-decrees.ts';

const COMMITTEE = "('county-head', 'province-deputy')";

const decision = (table: string) => `SELECT t.act_id FROM ${table} t WHERE t.centre_id = @centre`;
const decreeDecision = (table: string) =>
  `SELECT t.act_id FROM ${table} t JOIN decrees d ON d.id = t.decree_id WHERE d.centre_id = @centre`;
const boundaryDecision = (table: string) => `SELECT t.act_id FROM ${table} t
  JOIN boundaries b ON b.id = t.boundary_id WHERE b.centre_id = @centre`;

/** Two kinds of letters share one series. */
const found = (series: string, ...tables: string[]) =>
  `WHEN '${series}' THEN ${tables
    .map(
      (table) => `(SELECT count(*) FROM ${table} t
       WHERE t.centre_id = n.centre_id AND t.year = n.year)`,
    )
    .join(' + ')}`;

/** Tables of what the committee decides on a centre itself. */
const DECIDED = [
  ...['licences', 'activity_codes', 'activity_code_corrections', 'introductions'],
  ...['bank_account_corrections', 'dissolution_lists'],
];

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
     -- The decisions are few and the trail is long: left to itself, the whole of it would be read.
     CROSS JOIN acts a ON a.id = taken.act_id AND a.capacity = 'office:county-head'
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
     FROM current_licences l JOIN users u ON u.id = l.issued_by
     WHERE l.centre_id = @centre ORDER BY l.from_on`,
  ),
  gifts: client.prepare(
    `SELECT count(*) AS count, min(received_on) AS firstOn FROM donations
     WHERE centre_id = @centre`,
  ),
  unlicensed: client
    .prepare(
      `SELECT min(received_on) FROM
         (SELECT DISTINCT received_on FROM donations WHERE centre_id = @centre) given
       WHERE NOT EXISTS (SELECT 1 FROM current_licences l WHERE l.centre_id = @centre
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
  activityCode: client
    .prepare('SELECT code FROM current_activity_codes WHERE centre_id = ?')
    .pluck(),
  introduction: client.prepare(
    `SELECT year || '-' || printf('%04d', number) AS number, issued_on AS issuedOn
     FROM introductions WHERE centre_id = ? ORDER BY id DESC LIMIT 1`,
  ),
  account: client.prepare(
    `SELECT bank, owner_name AS ownerName, account_number AS accountNumber
     FROM current_bank_accounts WHERE centre_id = ?`,
  ),
  accounts: client.prepare(
    'SELECT name_fa AS nameFa, name_en AS nameEn FROM accounts WHERE centre_id = ?',
  ),
  funds: client.prepare("SELECT name_fa AS nameFa, name_en || ' ' || code AS nameEn FROM funds"),
  series: client.prepare(
    `SELECT n.series, n.year, n.last_number AS last,
       CASE n.series ${found('entry', 'entries')} ${found('receipt', 'receipts')}
         ${found('decree', 'decree_issues')} ${found('letter', 'introductions', 'issued_letters')}
         ${found('book', 'sealed_books')} ${found('referral', 'referrals')}
         ${found('payment', 'payments_made')} ${found('delivery', 'deliveries_made')} END AS found,
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
       + (SELECT count(*) FROM payments_made WHERE centre_id = @centre)
       + (SELECT count(*) FROM deliveries_made WHERE centre_id = @centre)
       + (SELECT count(*) FROM map_sheets WHERE centre_id = @centre)
       + (SELECT count(*) FROM volunteer_cards c JOIN volunteers v ON v.id = c.volunteer_id
          WHERE v.centre_id = @centre)
       + (SELECT count(*) FROM tributes t JOIN donations d ON d.id = t.donation_id
          WHERE d.centre_id = @centre)
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
    decrees: decreeFactsOf(db, centreId, today),
    board: boardFacts(db, centreId),
    area: areaFactsOf(db, centreId, today),
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
    spending: spendingFactsOf(db, centreId),
    bank: bankFactsOf(db, centreId),
    budget: budgetFactsOf(db, centreId, today),
    registrations: registrationFactsOf(db, centreId, today),
    outgoing: outgoingFactsOf(db, centreId),
    books: bookFactsOf(db, centreId, today),
    paperBooks: paperBookFactsOf(db, centreId, today),
    packs: packFactsOf(db, centreId, today),
    visits: visitFactsOf(db, centreId, today),
    supervision: supervisionFactsOf(db, centreId, today),
    online: onlineFactsOf(db, centreId),
    volunteers: volunteerFactsOf(db, centreId, today),
  };
}

/** A row as SQLite gives it: yes and no are 1 and 0. */
type Flagged<T, Flags extends keyof T> = Omit<T, Flags> & Record<Flags, number>;

function donorFacts({ withheld, reachable }: Record<keyof Facts['donors'], number>) {
  return { withheld: withheld === 1, reachable: reachable === 1 };
}
