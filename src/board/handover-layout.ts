/** The first lines of a handover, laid out from what the program knows on its day. */
import { SEATS, type Seat } from '../access/powers.ts';
import { versionOn } from '../funds/funds.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { wordsOn } from '../templates/board-name.ts';
import type { Words } from '../words.ts';
import type { Line, LineKind } from './handover-rows.ts';

type Asked = { centreId: number; seat: Seat; day: string; today: string };

const statements = prepared(({ $client: client }) => ({
  cash: client.prepare(
    `SELECT a.code, a.name_fa AS account, v.name_fa AS fund,
       sum(l.debit_rial - l.credit_rial) AS balance
     FROM accounts a LEFT JOIN entry_lines l ON l.centre_id = a.centre_id AND l.account = a.code
       AND l.entry_id IN (SELECT id FROM entries WHERE centre_id = a.centre_id AND entry_on <= @day)
     LEFT JOIN funds f ON f.code = l.fund
     LEFT JOIN fund_versions v ON v.id = ${versionOn('l.fund', '@day')}
     WHERE a.centre_id = @centreId AND a.level = 'subsidiary' AND a.code LIKE '11%'
     GROUP BY a.code, f.code HAVING balance <> 0 OR (f.code IS NULL AND a.code IN ('1101', '1102'))
     ORDER BY a.code, f.position`,
  ),
  boxes: client.prepare(
    `SELECT count(*) AS units, coalesce(sum(v.boxes), 0) AS boxes FROM units u
     JOIN unit_versions v ON v.unit_id = u.id AND v.version = (
       SELECT max(version) FROM unit_versions WHERE unit_id = u.id)
     WHERE u.centre_id = @centreId AND coalesce((SELECT s.state FROM unit_states s
       WHERE s.unit_id = u.id ORDER BY s.id DESC LIMIT 1), 'active') <> 'closed'`,
  ),
  // What the centre itself put up; a box of a unit that is listed among its own is one box.
  centreBoxes: client
    .prepare(
      `SELECT count(*) FROM boxes x WHERE x.centre_id = @centreId AND 'withdrawn' <> (
         SELECT event FROM box_events WHERE box_id = x.id ORDER BY id DESC LIMIT 1)`,
    )
    .pluck(),
  books: client.prepare(
    `SELECT b.series, b.from_number AS fromNumber, b.to_number AS toNumber,
       (SELECT i.holder_name FROM receipt_book_issues i WHERE i.book_id = b.id
         AND i.id NOT IN (SELECT issue_id FROM receipt_book_returns)) AS holder
     FROM receipt_books b WHERE b.centre_id = @centreId
       AND b.id NOT IN (SELECT book_id FROM receipt_book_closings) ORDER BY b.id`,
  ),
  equipment: client.prepare(
    `SELECT e.kind, e.name, e.asset_number AS number FROM equipment e
     WHERE e.centre_id = @centreId AND NOT EXISTS (SELECT 1 FROM equipment_states s
       WHERE s.equipment_id = e.id AND s.state = 'retired') ORDER BY e.id`,
  ),
  seal: client.prepare(
    `SELECT s.pattern_number AS number, s.keeper_seat AS keeper FROM seals s
     WHERE s.centre_id = @centreId AND NOT EXISTS (SELECT 1 FROM seal_endings WHERE seal_id = s.id)`,
  ),
  series: client.prepare(
    `SELECT series, year, last_number AS last FROM numbers n WHERE centre_id = @centreId
       AND year = (SELECT max(year) FROM numbers m
         WHERE m.centre_id = n.centre_id AND m.series = n.series) ORDER BY series`,
  ),
  drafts: client.prepare(
    `SELECT id FROM entry_drafts WHERE centre_id = @centreId AND state = 'draft' ORDER BY id`,
  ),
  referrals: client.prepare(
    `SELECT r.network, r.year, r.number FROM referrals r WHERE r.centre_id = @centreId
       AND NOT EXISTS (SELECT 1 FROM referral_steps s WHERE s.referral_id = r.id
         AND s.state IN ('answered', 'closed', 'declined')) ORDER BY r.id`,
  ),
  changes: client.prepare(
    `SELECT r.id, d.seat FROM change_requests r JOIN decrees d ON d.id = r.decree_id
     WHERE r.centre_id = @centreId
       AND NOT EXISTS (SELECT 1 FROM change_answers WHERE request_id = r.id)
       AND NOT EXISTS (SELECT 1 FROM change_withdrawals WHERE request_id = r.id) ORDER BY r.id`,
  ),
  resolutions: client.prepare(
    `SELECT r.resolution, g.subject FROM assembly_resolutions r
     JOIN assembly_meetings g ON g.id = r.meeting_id
     LEFT JOIN resolution_outcomes o ON o.meeting_id = r.meeting_id AND o.nth = r.nth
     WHERE g.centre_id = @centreId AND o.nth IS NULL ORDER BY r.meeting_id, r.nth`,
  ),
  decrees: client.prepare(
    `SELECT d.id, d.seat FROM decrees d LEFT JOIN decree_acceptances a ON a.decree_id = d.id
     LEFT JOIN decree_endings e ON e.decree_id = d.id
     LEFT JOIN decree_coordinations o ON o.decree_id = d.id
     WHERE d.centre_id = @centreId AND a.decree_id IS NULL AND e.decree_id IS NULL
       AND o.answer IS NOT 'refused' AND d.to_on >= @today ORDER BY d.id`,
  ),
}));

const MONEY: readonly Seat[] = ['chair', 'vice-chair', 'admin-finance'];
const HEADS: readonly Seat[] = ['chair', 'vice-chair'];

/** Beyond so many open matters of one kind their number is enough. */
const CASES_MAX = 30;

/** What each part lays out, and the seats in whose hands it is. */
const PARTS: { of: readonly Seat[]; lay: (db: Db, asked: Asked, t: Words) => Line[] }[] = [
  { of: MONEY, lay: cashLines },
  { of: SEATS, lay: boxLines },
  { of: MONEY, lay: receiptBookLines },
  { of: MONEY, lay: assetLines },
  { of: MONEY, lay: sealLines },
  { of: MONEY, lay: seriesLines },
  { of: MONEY, lay: draftLines },
  { of: SEATS, lay: referralLines },
  { of: HEADS, lay: boardLines },
  { of: SEATS, lay: resolutionLines },
];

/** In Persian, as the minutes are kept. */
export function layOut(db: Db, asked: Asked): Line[] {
  const t = wordsOn(db, asked.today);
  return PARTS.filter(({ of }) => of.includes(asked.seat)).flatMap(({ lay }) => lay(db, asked, t));
}

type Known = Pick<Line, 'kind' | 'what'> & Partial<Line>;

const line = ({ kind, what, number = null, unit = 'count', recorded = null }: Known): Line => ({
  ...{ kind, what, number, unit, recorded, counted: null, remark: null, laid: true },
});

type Cash = { code: string; account: string; fund: string | null; balance: number | null };

/** As recorded in the books at the end of the day. */
function cashLines(db: Db, asked: Asked): Line[] {
  const { centreId, day } = asked;
  const rows = statements(db).cash.all({ centreId, day }) as Cash[];
  return rows.map(({ code, account, fund, balance }) =>
    line({
      ...{ kind: 'cash', what: fund ? `${account}، ${fund}` : account, number: code },
      ...{ unit: 'rial', recorded: balance ?? 0 },
    }),
  );
}

/** Boxes that the centre put up, and those that its units keep. */
function boxLines(db: Db, { centreId }: Asked, t: Words): Line[] {
  const { units, boxes } = statements(db).boxes.get({ centreId }) as Record<string, number>;
  const own = statements(db).centreBoxes.get({ centreId }) as number;
  const said = (key: string, number = 0) => t(`board:handover.laid.${key}`, { number });
  return [
    ...(own ? [line({ kind: 'boxes', what: said('centre-boxes'), recorded: own })] : []),
    ...(boxes ? [line({ kind: 'boxes', what: said('boxes', units), recorded: boxes })] : []),
  ];
}

type Book = { series: string; fromNumber: number; toNumber: number; holder: string | null };

/** Books of paper receipts that are not closed: in the safe, or in somebody's hands. */
function receiptBookLines(db: Db, { centreId }: Asked, t: Words): Line[] {
  const rows = statements(db).books.all({ centreId }) as Book[];
  return rows.map(({ series, fromNumber, toNumber, holder }) => {
    const key = holder ? 'book-held' : 'book-safe';
    const what = t(`board:handover.laid.${key}`, { holder: holder ?? '' });
    const number = `${series ? `${series} ` : ''}${fromNumber}-${toNumber}`;
    return line({ kind: 'receipt-books', what, number, recorded: 1 });
  });
}

function assetLines(db: Db, { centreId }: Asked, t: Words): Line[] {
  const rows = statements(db).equipment.all({ centreId }) as Record<string, string>[];
  return rows.map(({ kind, name, number }) => {
    const what = name || t(`opening:kinds.${kind}`);
    return line({ kind: 'asset', what, number, recorded: 1 });
  });
}

function sealLines(db: Db, { centreId }: Asked, t: Words): Line[] {
  const rows = statements(db).seal.all({ centreId }) as { number: string; keeper: Seat }[];
  return rows.map(({ number, keeper }) => {
    const what = t('board:handover.laid.seal', { keeper: t(`board:seats.${keeper}`) });
    return line({ kind: 'seal', what, number, recorded: 1 });
  });
}

/** The last number of each series: what was issued, and what comes next. */
function seriesLines(db: Db, { centreId }: Asked, t: Words): Line[] {
  const rows = statements(db).series.all({ centreId }) as Series[];
  return rows.map(({ series, year, last }) =>
    line({
      ...{ kind: 'papers', what: t(`board:handover.series.${series}`) },
      number: writtenNumber(year, last, series === 'receipt' ? 6 : 4),
    }),
  );
}

type Series = { series: string; year: number; last: number };

function draftLines(db: Db, { centreId }: Asked, t: Words): Line[] {
  const rows = statements(db).drafts.all({ centreId }) as { id: number }[];
  return cases(
    rows.map(({ id }) => ({ what: t('board:handover.laid.draft'), number: String(id) })),
    t('board:handover.laid.drafts'),
  );
}

function referralLines(db: Db, { centreId }: Asked, t: Words): Line[] {
  const rows = statements(db).referrals.all({ centreId }) as Referral[];
  return cases(
    rows.map(({ network, year, number }) => ({
      what: t('board:handover.laid.referral', { network: t(`network:networks.kinds.${network}`) }),
      number: writtenNumber(year, number, 4),
    })),
    t('board:handover.laid.referrals'),
  );
}

type Referral = { network: string; year: number; number: number };

/** Changes that wait for the committee, and decrees on their way. */
function boardLines(db: Db, { centreId, today }: Asked, t: Words): Line[] {
  const { changes, decrees } = statements(db);
  const said = (key: string, rows: unknown[]) =>
    (rows as { id: number; seat: Seat }[]).map(({ id, seat }) => ({
      what: t(`board:handover.laid.${key}`, { seat: t(`board:seats.${seat}`) }),
      number: String(id),
    }));
  return [
    ...cases(said('change', changes.all({ centreId })), t('board:handover.laid.changes')),
    ...cases(said('decree', decrees.all({ centreId, today })), t('board:handover.laid.decrees')),
  ];
}

function resolutionLines(db: Db, { centreId }: Asked, t: Words): Line[] {
  const rows = statements(db).resolutions.all({ centreId }) as Record<string, string>[];
  return cases(
    rows.map(({ resolution, subject }) => ({
      what: t('board:handover.laid.resolution', { resolution, subject }),
      number: null,
    })),
    t('board:handover.laid.resolutions'),
  );
}

type Case = { what: string; number: string | null };

/** Open matters one by one, or how many they are. */
function cases(found: Case[], all: string): Line[] {
  const kind: LineKind = 'case';
  if (found.length > CASES_MAX) return [line({ kind, what: all, recorded: found.length })];
  return found.map((one) => line({ kind, ...one }));
}
