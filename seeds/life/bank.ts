/** Cash to the bank, the box counted by two, the bank's statement taken in and explained. */
import { createHash } from 'node:crypto';
import { cashInBooks, countCash, DENOMINATIONS, signCount } from '../../src/bank/counts.ts';
import { bookFee } from '../../src/bank/fees.ts';
import { columnsFor, keepFile } from '../../src/bank/files.ts';
import { entriesAlone, matchByRules, rowsAlone } from '../../src/bank/matches.ts';
import { prepareReconciliation, signReconciliation } from '../../src/bank/reconciliations.ts';
import { importStatement, statementsOf } from '../../src/bank/statements.ts';
import { prepareTransfer, signTransfer } from '../../src/bank/transfers.ts';
import type { SheetRows } from '../../src/sheets/sheet-reading.ts';
import { formatDay, jalaliParts } from '../../src/values/jalali-date.ts';
import { holdings, purse, rounded, serial, type Turn, words } from './house.ts';

/** So much of the alms stays in the box. */
const LEFT = 2_000_000;
const FEE = 60_000;

/** Takes the cash of every fund to the bank, with the number of the slip. */
export function bankCash(turn: Turn): void {
  const { tx, centre, house, today, chair, finance } = turn;
  if (!house.banks) return;
  const funds = holdings(turn).flatMap(({ fund, cash }) => {
    const left = fund === 'sadaqa' && house.large ? LEFT : 0;
    const amountRial = rounded(cash - left, 1000);
    return amountRial > 0 ? [{ fund, amountRial }] : [];
  });
  if (funds.length === 0) return;
  const moved = {
    from: '1101',
    to: '1102',
    movedOn: today,
    slip: serial(turn),
    note: null,
  } as const;
  const { id } = prepareTransfer(tx, finance, centre, { ...moved, funds });
  signTransfer(tx, chair, centre, id);
}

/** Two count the box; now and then a note is missing. */
export function countBox(turn: Turn): void {
  const { tx, centre, chance, chair, finance } = turn;
  const book = cashInBooks(tx, centre.id);
  const short = chance.below(4) === 0 && purse(turn, 'sadaqa').rial > 100_000 ? 50_000 : 0;
  let left = Math.max(0, book - short);
  const notes = DENOMINATIONS.map((denomination) => {
    const pieces = Math.floor(left / denomination);
    left -= pieces * denomination;
    return { denomination, pieces };
  });
  const differs = left !== 0 || short !== 0;
  const cause = { fund: differs ? 'sadaqa' : null, reason: differs ? words.said.shortage : null };
  const { id } = countCash(tx, finance, centre, { notes, ...cause });
  signCount(tx, chair, centre, id);
}

const HEADS = ['تاریخ', 'شرح', 'شماره پیگیری', 'بدهکار', 'بستانکار', 'مانده'];

/**
 * The bank's sheet of all that was booked by a day, with a fee that nobody asked for; what was booked on
 * the last day reaches the bank later. Matched by rule, the rest explained, signed by two.
 */
export function reconcile(turn: Turn, through: string): void {
  const { tx, centre, house, chair, finance } = turn;
  if (!house.banks) return;
  const rows = sheetOf(turn, through);
  if (rows.length < 2) return;
  const bytes = Buffer.from(JSON.stringify(rows));
  const sha256 = createHash('sha256').update(bytes).digest();
  const { year, month } = jalaliParts(through);
  const name = `${year}-${String(month).padStart(2, '0')}.xlsx`;
  const file = keepFile(tx, finance, centre, { name, bytes, sha256, rows });
  const columns = columnsFor(tx, centre.id, rows);
  importStatement(tx, finance, centre, { fileId: file.id, columns });
  matchByRules(tx, finance, centre);
  for (const row of rowsAlone(tx, centre.id)) {
    if (row.words === words.said.fee) bookFee(tx, finance, centre, row.id);
  }
  const { id } = prepareReconciliation(tx, finance, centre, { throughOn: through });
  signReconciliation(tx, chair, centre, id);
}

function sheetOf(turn: Turn, through: string): SheetRows {
  const { tx, centre } = turn;
  const before = statementsOf(tx, centre.id).at(-1);
  let balance = before?.closingRial ?? openingAtBank(turn);
  const booked = entriesAlone(tx, centre.id).filter(({ on }) => on < through);
  const rows: SheetRows = [HEADS];
  const write = (on: string, said: string, reference: string, rial: number) => {
    balance += rial;
    rows.push([
      ...[formatDay(on, 'en', 'date'), said, reference],
      ...[Math.max(0, -rial), Math.max(0, rial), balance],
    ]);
  };
  const days = booked.toSorted((one, other) => (one.on < other.on ? -1 : 1));
  // The bank writes what happened before its last statement on the first day of this one.
  const first = before ? before.toOn : '';
  for (const { on, rial, reference } of days) {
    write(on < first ? first : on, words.said.bank, reference || serial(turn), rial);
  }
  if (purse(turn, 'running-costs').account === '1102' && feeIsThere(turn)) {
    write(through, words.said.fee, serial(turn), -FEE);
  }
  return rows;
}

const feeIsThere = (turn: Turn): boolean =>
  holdings(turn).some(({ fund, bank }) => fund === 'running-costs' && bank >= FEE);

/** What lay there when the books began. */
function openingAtBank({ tx, centre }: Turn): number {
  return tx.$client
    .prepare(
      `SELECT coalesce(sum(l.debit_rial), 0) FROM opening_balances o
       JOIN entry_lines l ON l.entry_id = o.entry_id WHERE o.centre_id = ? AND l.account = '1102'`,
    )
    .pluck()
    .get(centre.id) as number;
}
