/**
 * What lay in the stores when the books began: a sheet that one of two wrote after counting, and that
 * comes in as lots, with an opening entry of its own, once the other has agreed to it.
 */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { contentOf, type EntryToPost, nextEntry, postEntry } from '../books/entries.ts';
import { openingOf } from '../books/opening.ts';
import { requireOpenDay } from '../books/periods.ts';
import { licenceBeforeEntry } from '../bylaw/rules.ts';
import type { Centre } from '../centres/centres.ts';
import { findFund } from '../funds/funds.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { type FieldFault, NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText } from '../values/persian-text.ts';
import { MAX_RIAL } from '../values/rial.ts';
import { wordsFor } from '../words.ts';
import { asKept, meetItem } from './items.ts';
import { addLotRow } from './lots.ts';
import { storeLines, writeMove } from './moves.ts';
import type { Condition, Unit } from './schema.ts';
import { storesOf, usualStore } from './stores.ts';

/** One thing that lay there: quantity in thousandths of its unit, rials for all of it. */
export type OpeningRow = {
  name: string;
  unit: Unit;
  /** The store account, 1301 to 1306. */
  account: string;
  quantityMilli: number;
  valueRial: number;
  fund: string;
  condition: Condition;
  expiresOn: string | null;
  /** The store it lay in, by its name; the usual one unless told. */
  store?: string | null;
};

export type SheetState = 'waiting' | 'agreed' | 'sent-back';

export type StockSheet = {
  id: number;
  centreId: number;
  openedOn: string;
  note: string | null;
  writtenOn: string;
  writtenBy: number;
  writtenByName: string;
  state: SheetState;
  reason: string | null;
  answeredOn: string | null;
  answeredByName: string | null;
  entryId: number | null;
  entryYear: number | null;
  entryNumber: number | null;
  lines: number;
  valueRial: number;
};

export type SheetLine = Omit<OpeningRow, 'store'> & {
  position: number;
  storeId: number;
  store: string;
};

export const MOST_ROWS = 5000;

const SHEET = `SELECT s.id, s.centre_id AS centreId, s.opened_on AS openedOn, s.note,
    s.written_on AS writtenOn, s.written_by AS writtenBy, w.name AS writtenByName,
    CASE a.agreed WHEN 1 THEN 'agreed' WHEN 0 THEN 'sent-back' ELSE 'waiting' END AS state,
    a.reason, a.answered_on AS answeredOn, u.name AS answeredByName, a.entry_id AS entryId,
    e.year AS entryYear, e.number AS entryNumber,
    (SELECT count(*) FROM stock_sheet_lines WHERE sheet_id = s.id) AS lines,
    (SELECT sum(value_rial) FROM stock_sheet_lines WHERE sheet_id = s.id) AS valueRial
  FROM stock_sheets s JOIN users w ON w.id = s.written_by
  LEFT JOIN stock_sheet_answers a ON a.sheet_id = s.id LEFT JOIN users u ON u.id = a.answered_by
  LEFT JOIN entries e ON e.id = a.entry_id WHERE s.centre_id = @centreId`;

const statements = prepared(({ $client: client }) => ({
  one: client.prepare(`${SHEET} AND s.id = @id`),
  list: client.prepare(`${SHEET} ORDER BY s.id DESC LIMIT @limit OFFSET @from`),
  count: client.prepare('SELECT count(*) FROM stock_sheets WHERE centre_id = ?').pluck(),
  waiting: client
    .prepare(
      `SELECT count(*) FROM stock_sheets s WHERE s.centre_id = ? AND s.written_by <> ?
         AND NOT EXISTS (SELECT 1 FROM stock_sheet_answers WHERE sheet_id = s.id)`,
    )
    .pluck(),
  lines: client.prepare(
    `SELECT l.position, l.store_id AS storeId, s.name AS store, l.name, l.unit, l.account,
       l.quantity_milli AS quantityMilli, l.value_rial AS valueRial, l.fund, l.condition,
       l.expires_on AS expiresOn
     FROM stock_sheet_lines l JOIN stores s ON s.id = l.store_id
     WHERE l.sheet_id = ? ORDER BY l.position`,
  ),
  // The day of the other opening balances, of a sheet before this one, or of the first entry.
  day: client
    .prepare(
      `SELECT coalesce(
         (SELECT opened_on FROM opening_balances WHERE centre_id = @centreId),
         (SELECT s.opened_on FROM stock_sheets s JOIN stock_sheet_answers a ON a.sheet_id = s.id
           WHERE s.centre_id = @centreId AND a.agreed = 1 LIMIT 1),
         (SELECT min(entry_on) FROM entries WHERE centre_id = @centreId))`,
    )
    .pluck(),
  earlier: client
    .prepare('SELECT min(entry_on) FROM entries WHERE centre_id = ? AND entry_on < ?')
    .pluck(),
  firstLicence: client
    .prepare('SELECT min(from_on) FROM current_licences WHERE centre_id = ?')
    .pluck(),
  nextId: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM stock_sheets').pluck(),
  insert: client.prepare('INSERT INTO stock_sheets VALUES (?, ?, ?, ?, ?, ?, ?)'),
  line: client.prepare('INSERT INTO stock_sheet_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  answer: client.prepare('INSERT INTO stock_sheet_answers VALUES (?, ?, ?, ?, ?, ?, ?)'),
}));

/** A sheet of the centre; throws NotFound. */
export function findSheet(db: Db, centreId: number, id: number): StockSheet {
  const sheet = statements(db).one.get({ centreId, id }) as StockSheet | undefined;
  if (!sheet) throw new NotFound();
  return sheet;
}

export function sheetsOf(db: Db, centreId: number, limit: number, from: number): StockSheet[] {
  return statements(db).list.all({ centreId, limit, from }) as StockSheet[];
}

export function countSheets(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

/** How many wait for another signature than this user's. */
export function countWaitingSheets(db: Db, centreId: number, userId: number): number {
  return statements(db).waiting.get(centreId, userId) as number;
}

export function linesOfSheet(db: Db, sheetId: number): SheetLine[] {
  return statements(db).lines.all(sheetId) as SheetLine[];
}

/** The day of which opening stock is: that of the books' beginning, where they have begun. */
export function openingDay(db: Db, centreId: number): string | undefined {
  return (statements(db).day.get({ centreId }) ?? undefined) as string | undefined;
}

/**
 * Writes the sheet of what lay in the stores; it counts for nothing until another has agreed to it.
 * The day is that of the other opening balances unless told.
 */
export function openStock(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  rows: OpeningRow[],
  { openedOn, note = null }: { openedOn?: string; note?: string | null } = {},
): StockSheet {
  requirePower(actor, 'goods.keep', centre);
  const day = openedOn ?? openingDay(tx, centre.id) ?? actor.today;
  requireBeginning(tx, actor, centre, day);
  const kept = asKept(tx, centre.id, rows);
  requireRows(tx, centre, kept, day);
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'stock-sheet.written', subject: `stock-sheets/${id}`, centreId: centre.id },
    after: { openedOn: day, note, rows: kept },
  });
  const stores = new Map(storesOf(tx, centre.id).map((one) => [searchText(one.name), one.id]));
  const usual = usualStore(tx, centre, actor.today, act.id).id;
  kept.forEach((row, at) => {
    const storeId = row.store ? stores.get(searchText(row.store))! : usual;
    const { name, unit, account, quantityMilli, valueRial, fund, condition, expiresOn } = row;
    statements(tx).line.run(
      ...[id, at + 1, storeId, name, unit, account, quantityMilli, valueRial, fund, condition],
      expiresOn,
    );
  });
  statements(tx).insert.run(id, centre.id, day, note, actor.today, actor.user!.id, act.id);
  return findSheet(tx, centre.id, id);
}

/** The other of the two agrees: every line becomes a lot, and the opening entry is posted. */
export function agreeSheet(tx: Tx, actor: Actor, centre: Centre, sheet: StockSheet): StockSheet {
  requirePower(actor, 'goods.approve', centre);
  requireWaiting(actor, sheet);
  requireBeginning(tx, actor, centre, sheet.openedOn);
  const lines = asKept(tx, centre.id, linesOfSheet(tx, sheet.id));
  const subject = `stock-sheets/${sheet.id}`;
  const entry: EntryToPost = {
    ...{ centreId: centre.id, entryOn: sheet.openedOn, source: 'opening' },
    description: wordsFor('fa')('goods:opening.entry'),
    draftedBy: sheet.writtenBy,
    lines: [...storeLines(lines), ...netAssets(tx, lines)],
  };
  const next = nextEntry(tx, centre.id, sheet.openedOn);
  const act = record(tx, actor, {
    ...{ kind: 'stock-sheet.agreed', subject, centreId: centre.id },
    after: { entry: { id: next.id, ...contentOf(entry, next) } },
  });
  statements(tx).answer.run(...[sheet.id, 1, null, actor.today, actor.user!.id, next.id, act.id]);
  for (const line of lines) {
    const item = meetItem(tx, centre, line, act.id);
    const { fund, condition, expiresOn, position, quantityMilli, valueRial, storeId } = line;
    const lot = addLotRow(tx, centre, item, {
      ...{ fund, condition, expiresOn, position, receivedOn: sheet.openedOn },
      ...{ origin: 'opening', actId: act.id },
    });
    writeMove(tx, actor, {
      ...{ centreId: centre.id, lotId: lot.id, storeId, kind: 'opening', quantityMilli, valueRial },
      ...{ movedOn: sheet.openedOn, subject, entryId: next.id, actId: act.id },
    });
  }
  postEntry(tx, actor, { ...entry, actId: act.id });
  return findSheet(tx, centre.id, sheet.id);
}

/** The other does not agree, or whoever wrote it takes it back; it stays to be seen. */
export function sendSheetBack(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { sheet, reason }: { sheet: StockSheet; reason: string },
): StockSheet {
  requirePower(actor, 'goods.keep', centre);
  if (sheet.state !== 'waiting') throw new Refusal('goods:refusals.sheet-answered');
  const act = record(tx, actor, {
    ...{ kind: 'stock-sheet.sent-back', subject: `stock-sheets/${sheet.id}`, centreId: centre.id },
    after: { reason },
  });
  statements(tx).answer.run(...[sheet.id, 0, reason, actor.today, actor.user!.id, null, act.id]);
  return findSheet(tx, centre.id, sheet.id);
}

function requireWaiting(actor: Actor, sheet: StockSheet): void {
  if (sheet.state !== 'waiting') throw new Refusal('goods:refusals.sheet-answered');
  if (sheet.writtenBy !== actor.user?.id) return;
  throw new Refusal('goods:refusals.sheet-two', { values: { name: sheet.writtenByName } });
}

/** As other opening balances: of a licensed and open day before which nothing was booked (B-128). */
function requireBeginning(tx: Tx, actor: Actor, { id: centreId }: Centre, day: string): void {
  const refuse = (key: string, values: Record<string, string>) => {
    throw new Refusal(key, { status: 422, field: 'openedOn', values });
  };
  if (day > actor.today) refuse('books:refusals.future', {});
  const first = (statements(tx).firstLicence.get(centreId) ?? undefined) as string | undefined;
  if (!licenceBeforeEntry.holds({ firstLicenceOn: first, entryOn: day })) {
    throw new Refusal('books:refusals.before-licence', {
      ...{ status: 422, clause: licenceBeforeEntry.id, field: 'openedOn', mend: '/licence' },
    });
  }
  requireOpenDay(tx, centreId, day);
  const firstOn = statements(tx).earlier.get(centreId, day) as string | null;
  if (firstOn !== null) refuse('books:refusals.opening-first', { firstOn });
  const opened = openingOf(tx, centreId);
  if (opened && opened.openedOn !== day) {
    refuse('goods:refusals.opening-day', { openedOn: opened.openedOn });
  }
}

/** Each row in a fund that takes gifts, in a store that is there, and still good. */
function requireRows(tx: Tx, centre: Centre, rows: OpeningRow[], day: string): void {
  if (rows.length === 0) {
    throw new Refusal('goods:refusals.no-items', { status: 422, field: 'lines.0.name' });
  }
  if (rows.length > MOST_ROWS) {
    const values = { max: MOST_ROWS };
    throw new Refusal('goods:refusals.too-many-rows', { status: 422, field: 'lines', values });
  }
  const open = storesOf(tx, centre.id).filter(({ closedOn }) => closedOn === null);
  const stores = new Set(open.map(({ name }) => searchText(name)));
  const fields = rows.flatMap(({ fund, store, expiresOn }, at): FieldFault[] => [
    ...fault(!findFund(tx, fund, day)?.takesGifts, `lines.${at}.fund`, 'fund'),
    ...fault(!!store && !stores.has(searchText(store)), `lines.${at}.store`, 'store-unknown'),
    ...fault(expiresOn !== null && expiresOn < day, `lines.${at}.expiresOn`, 'expired-before'),
  ]);
  if (fields.length > 0) {
    throw new Refusal('common:refusals.check-fields', { status: 422, fields });
  }
  const sum = rows.reduce((all, { valueRial }) => all + valueRial, 0);
  if (sum > MAX_RIAL) {
    throw new Refusal('goods:refusals.sum-too-large', { status: 422, field: 'lines' });
  }
}

const fault = (wrong: boolean, field: string, key: string): FieldFault[] =>
  wrong ? [{ field, key: `goods:refusals.${key}` }] : [];

/** What the goods of each fund are against: its net assets, free or restricted. */
function netAssets(db: Db, lines: SheetLine[]): EntryToPost['lines'] {
  const booked = lines.map(({ fund, valueRial }) => {
    const free = findFund(db, fund)?.restriction === 'free';
    return { account: free ? '4101' : '4102', fund, valueRial };
  });
  return storeLines(booked).map((line) => ({
    ...line,
    debitRial: line.creditRial,
    creditRial: line.debitRial,
  }));
}
