/** B-80, whatever comes: the items of a reconciliation always come to the difference, on any day. */
import { expect } from 'chai';
import { columnsFor, keepFile } from '../../src/bank/files.ts';
import { entriesAlone, matchByHand, matchByRules, rowsAlone } from '../../src/bank/matches.ts';
import { reconciliationOn } from '../../src/bank/reconciliation.ts';
import { readStatement } from '../../src/bank/statement-reading.ts';
import { importStatement } from '../../src/bank/statements.ts';
import { enter } from '../../src/provinces/enter.ts';
import { MOST_ROWS, type SheetRows } from '../../src/sheets/sheet-reading.ts';
import { addDays, formatDay } from '../../src/values/jalali-date.ts';
import { dice } from '../books/random-ledger.ts';
import { postAll } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';

const HEADS = ['تاریخ', 'شرح', 'شماره پیگیری', 'بدهکار', 'بستانکار', 'مانده'];
const FIRST = '2026-05-01';

describe('the difference between books and bank', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  it('is explained to the rial after any run of entries, statements and matches', async () => {
    const { noor, province } = world;
    const roll = dice(1405);
    const maryam = world.actor('maryam', noor);
    let balance = 7_000;
    for (let round = 0; round < 6; round += 1) {
      const from = addDays(FIRST, round * 12);
      const days = Array.from({ length: 10 }, (_, at) => addDays(from, at));
      await postAll(
        world,
        days.map((day) => ({
          ...{ entryOn: day, description: 'x' },
          lines: lineUp(1000 * (1 + Math.floor(roll() * 6))),
        })),
      );
      // Now and then the bank's balance jumps, as if a statement were missing.
      if (round % 3 === 2) balance += 12_345;
      const rows = days.map((day, at): (string | number)[] => {
        const comes = 1000 * (1 + Math.floor(roll() * 6));
        const goes = roll() < 0.2;
        balance += goes ? -comes : comes;
        return [
          ...[formatDay(day, 'fa', 'date'), 'x', `${round}${at}`],
          ...[goes ? comes : 0, goes ? 0 : comes, balance],
        ];
      });
      const sheet: SheetRows = [HEADS, ...(round % 2 === 0 ? rows : rows.reverse())];
      await enter(province, (tx) => {
        const sha256 = Buffer.alloc(32, round + 1);
        const sent = { name: `${round}.csv`, bytes: Buffer.from('x'), sha256, rows: sheet };
        const file = keepFile(tx, maryam, noor, sent);
        const columns = columnsFor(tx, noor.id, sheet);
        importStatement(tx, maryam, noor, { fileId: file.id, columns });
        matchByRules(tx, maryam, noor);
        const [row] = rowsAlone(tx, noor.id);
        const pair = entriesAlone(tx, noor.id).find(({ rial }) => rial === row?.rial);
        // Days apart, so that on the days between one side of it stands open.
        if (row && pair) matchByHand(tx, maryam, noor, { rows: [row.id], entries: [pair.id] });
      });
      for (let at = -2; at < 14; at += 1) {
        const { bankRial, bookRial, items } = reconciliationOn(
          province.db,
          noor.id,
          addDays(from, at),
        );
        const told = items.reduce((sum, { rial }) => sum + rial, 0);
        if (bankRial !== null) expect(told).to.equal(bankRial - bookRial);
        expect(items.some(({ kind }) => kind === 'unexplained')).to.equal(false);
      }
    }
    const typed = reconciliationOn(province.db, noor.id, addDays(FIRST, 80), 1);
    expect(typed.items.at(-1)!.kind).to.equal('unexplained');
    expect(typed.items.reduce((sum, { rial }) => sum + rial, 0)).to.equal(1 - typed.bookRial);
  });

  // Two hundred thousand times two hundred thousand would not end before the test's own time is over.
  it('is looked for in two hundred thousand rows of one day, in any order', () => {
    const count = 200_000;
    let balance = 0;
    const rows = Array.from({ length: count }, (_, at): (string | number)[] => {
      balance += at + 1;
      return ['1405/08/30', 'x', String(at), 0, at + 1, balance];
    });
    // Halves changed over, so that neither direction fits.
    const mixed = [...rows.slice(count / 2), ...rows.slice(0, count / 2)];
    const columns = { head: 0, day: 0, words: 1, reference: 2, out: 3, in: 4, balance: 5 };
    const read = readStatement([HEADS, ...mixed], columns, '2026-11-21');
    expect(read.rows).to.have.length(count);
    expect(read.jumps).to.deep.equal([]);
    expect(read.openingRial).to.equal(0);
    expect(count).to.be.below(MOST_ROWS);
  });
});

const lineUp = (rial: number) => [
  { account: '1102', fund: 'sadaqa', debitRial: rial, creditRial: 0 },
  { account: '5101', fund: 'sadaqa', debitRial: 0, creditRial: rial },
];
