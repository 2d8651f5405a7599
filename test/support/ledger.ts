/**
 * Ledgers as text, for tests that read like books:
 *
 *     1405/02/01 banked the box
 *       1102 sadaqa 400
 *       1101 sadaqa -400
 *
 * A day and a description, then lines of account, fund and amount; what is below zero is credited.
 */
import type { Actor } from '../../src/access/actor.ts';
import { movesOf } from '../../src/books/balances.ts';
import {
  contentOf,
  type Line,
  nextEntry,
  type PostedEntry,
  postEntry,
  requireBalance,
} from '../../src/books/entries.ts';
import { requireOpenDay } from '../../src/books/periods.ts';
import type { Centre } from '../../src/centres/centres.ts';
import { bringIn } from '../../src/goods/lots.ts';
import { writeMove } from '../../src/goods/moves.ts';
import { licencesOf, recordLicence } from '../../src/licence/licences.ts';
import type { Db, Tx } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import { record } from '../../src/trail/acts.ts';
import { jalaliParts, readDay } from '../../src/values/jalali-date.ts';
import type { World } from './world.ts';

export type Written = { entryOn: string; description: string; lines: Line[] };

export function readLedger(text: string): Written[] {
  const written: Written[] = [];
  for (const row of text.split('\n').filter((one) => one.trim() !== '')) {
    if (/^\s*\d{4}\s/.test(row)) written.at(-1)!.lines.push(lineOf(row));
    else written.push(headOf(row));
  }
  return written;
}

function headOf(row: string): Written {
  const [, day, description] = /^\s*(\S+) (.+)$/.exec(row)!;
  const read = readDay(day!, { today: '2026-11-21' });
  if ('fault' in read) throw new Error(`${day}: ${read.fault}`);
  return { entryOn: read.value, description: description!, lines: [] };
}

function lineOf(row: string): Line {
  const [account, fund, amount] = row.trim().split(/\s+/) as [string, string, string];
  const rial = Number(amount);
  return { account, fund, debitRial: Math.max(rial, 0), creditRial: Math.max(-rial, 0) };
}

/** Posts the ledger to Noor: written by Maryam, posted by Reza. */
export function post(world: World, text: string): Promise<PostedEntry[]> {
  return postAll(world, readLedger(text));
}

export function postAll(world: World, written: Written[]): Promise<PostedEntry[]> {
  return enter(world.province, (tx) => {
    licenseYearsBefore(tx, world);
    const reza = world.actor('reza', world.noor);
    return written.map((one) => postOne(tx, reza, world, one));
  });
}

/** Ledgers reach back further than the world's licence; these years had one of their own. */
function licenseYearsBefore(tx: Tx, world: World): void {
  const days = { fromOn: '2020-03-20', toOn: '2026-03-20' };
  if (licencesOf(tx, world.noor.id).some(({ fromOn }) => fromOn === days.fromOn)) return;
  // No page gives such a licence any more; an older file may hold one.
  const then = { now: '2020-03-20T06:00:00.000Z', today: days.fromOn };
  recordLicence(tx, { ...world.actor('hadi', world.noor), ...then }, world.noor, {
    number: '1399/21/001',
    ...days,
  });
}

function postOne(tx: Tx, actor: Actor, { noor, users }: World, written: Written): PostedEntry {
  const draftedBy = users.maryam;
  moveGoods(tx, actor, noor, written);
  const entry = { ...written, centreId: noor.id, source: 'manual' as const, draftedBy };
  return written.lines.some(isIncome) ? layEntry(tx, actor, entry) : postEntry(tx, actor, entry);
}

/** What only a receipt, a count or a deed brings in today, and an older file holds as an entry. */
function isIncome({ account, creditRial }: Line): boolean {
  return creditRial > 0 && /^(?:4|5[1-3]|8|310[234])/.test(account);
}

/** The guards of what is written by hand, younger than the entries that ledgers tell of. */
const BY_HAND = ['b81_moved_by_deed_only', 'b81_no_gift_by_hand'];

/**
 * Lays an entry as it stands in a file older than those guards; every other guard judges it, and the
 * two stand again before anything else is written.
 */
export function layEntry(
  tx: Tx,
  actor: Actor,
  entry: Written & { centreId: number; source: 'manual'; draftedBy: number },
): PostedEntry {
  const { centreId, entryOn, description, source, draftedBy, lines } = entry;
  requireBalance(lines);
  requireOpenDay(tx, centreId, entryOn);
  const client = tx.$client;
  const posted = nextEntry(tx, centreId, entryOn);
  const { id, year, number } = posted;
  const act = record(tx, actor, {
    ...{ kind: 'entry.posted', subject: `entries/${id}`, centreId },
    after: contentOf(entry, posted),
  });
  client
    .prepare('INSERT OR IGNORE INTO fiscal_years VALUES (?, ?, ?)')
    .run(centreId, year, actor.now);
  const line = client.prepare('INSERT INTO entry_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const [at, { account, fund, debitRial, creditRial, detail }] of lines.entries()) {
    line.run(id, at + 1, centreId, year, account, fund, debitRial, creditRial, detail ?? null);
  }
  const sqlOf = client.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck();
  const guards = BY_HAND.map((name) => sqlOf.get(name) as string);
  for (const name of BY_HAND) client.exec(`DROP TRIGGER ${name}`);
  client
    .prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, ?, ?, ?, ?)')
    .run(
      ...[id, centreId, year, number, jalaliParts(entryOn).month, entryOn, description, source],
      ...[draftedBy, actor.user!.id, actor.now, act.id],
    );
  for (const guard of guards) client.exec(guard);
  return posted;
}

/** Goods move with what a ledger says of the stores: a debit is bought, a credit gone. */
function moveGoods(tx: Tx, actor: Actor, centre: Centre, { entryOn, lines }: Written): void {
  const stores = lines.filter(({ account }) => account.startsWith('13'));
  if (stores.length === 0) return;
  const { id: entryId } = nextEntry(tx, centre.id, entryOn);
  const act = record(tx, actor, { kind: 'goods.moved', subject: 'ledger', centreId: centre.id });
  const deed = { subject: `ledgers/${entryId}`, actId: act.id, entryId };
  for (const { account, fund, debitRial, creditRial } of stores) {
    if (debitRial > 0) {
      const bought = { name: `goods of ${account}`, unit: 'kg' as const, account };
      const much = { quantityMilli: debitRial, valueRial: debitRial };
      const line = { ...bought, ...much, condition: 'new' as const, expiresOn: null };
      bringIn(tx, actor, centre, [line], {
        ...{ ...deed, fund, receivedOn: entryOn, origin: 'purchase' },
      });
    } else giveOut(tx, actor, centre, { account, fund, rial: creditRial, entryOn, deed });
  }
}

type Out = {
  account: string;
  fund: string;
  rial: number;
  entryOn: string;
  deed: { subject: string; actId: number; entryId: number };
};

/** As much as there is; the entry is then refused for what there is not. */
function giveOut(tx: Tx, actor: Actor, centre: Centre, out: Out): void {
  const lots = tx.$client
    .prepare(
      `SELECT s.lot_id AS lotId, s.store_id AS storeId, s.value_rial AS rial FROM stock s
       JOIN lots l ON l.id = s.lot_id JOIN items i ON i.id = l.item_id
       WHERE s.centre_id = ? AND i.account = ? AND l.fund = ? AND s.value_rial > 0
         AND l.received_on <= ? ORDER BY l.id`,
    )
    .all(centre.id, out.account, out.fund, out.entryOn) as Record<string, number>[];
  let { rial: left } = out;
  for (const { lotId, storeId, rial } of lots) {
    const taken = Math.min(left, rial!);
    if (taken === 0) return;
    left -= taken;
    writeMove(tx, actor, {
      ...{ centreId: centre.id, lotId: lotId!, storeId: storeId!, kind: 'cancelled', ...out.deed },
      ...{ quantityMilli: -taken, valueRial: -taken, movedOn: out.entryOn },
    });
  }
}

/** What stands on each account at the end of a period, accounts with nothing left out. */
export function standing(db: Db, centreId: number, period: { from: string; to: string }) {
  const nets = [...movesOf(db, centreId, period)].map(([code, { opening, turnover }]) => [
    code,
    opening.debit - opening.credit + turnover.debit - turnover.credit,
  ]);
  return Object.fromEntries(nets.filter(([, net]) => net !== 0)) as Record<string, number>;
}
