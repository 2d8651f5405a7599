/** A little of everything that the bank, the box and the plan have, for suites that look at pages. */
import { createHash } from 'node:crypto';
import { countCash } from '../../src/bank/counts.ts';
import { columnsFor, keepFile } from '../../src/bank/files.ts';
import { matchByRules } from '../../src/bank/matches.ts';
import { prepareReconciliation } from '../../src/bank/reconciliations.ts';
import { importStatement } from '../../src/bank/statements.ts';
import { prepareTransfer, signTransfer } from '../../src/bank/transfers.ts';
import { preparePlan } from '../../src/budget/plans.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import type { SheetRows } from '../../src/sheets/sheet-reading.ts';
import { TODAY, type World } from '../support/world.ts';

const ROWS: SheetRows = [
  ['تاریخ', 'شرح', 'شماره پیگیری', 'بدهکار', 'بستانکار', 'مانده'],
  ['1405/08/29', 'انتقال ماهانه', '7007', 0, 350_000, 350_000],
  ['1405/08/30', 'واریز صندوق', '4417', 0, 1_000_000, 1_350_000],
  ['1405/08/30', 'کارمزد', '4418', 1500, 0, 1_348_500],
];

/** Needs a million of alms in the box. */
export function workBank(tx: Tx, world: World): void {
  const { noor } = world;
  const [maryam, reza] = [world.actor('maryam', noor), world.actor('reza', noor)];
  const transfer = prepareTransfer(tx, maryam, noor, {
    ...{ from: '1101', to: '1102', movedOn: TODAY, slip: '4417', note: null },
    funds: [{ fund: 'sadaqa', amountRial: 1_000_000 }],
  });
  signTransfer(tx, reza, noor, transfer.id);
  countCash(tx, maryam, noor, {
    ...{ notes: [{ denomination: 100_000, pieces: 110 }], fund: 'sadaqa', reason: 'نامعلوم' },
  });
  const bytes = Buffer.from(JSON.stringify(ROWS));
  const sha256 = createHash('sha256').update(bytes).digest();
  const file = keepFile(tx, maryam, noor, { name: 'aban.xlsx', bytes, sha256, rows: ROWS });
  const columns = columnsFor(tx, noor.id, ROWS);
  importStatement(tx, maryam, noor, { fileId: file.id, columns });
  matchByRules(tx, maryam, noor);
  prepareReconciliation(tx, maryam, noor, { throughOn: TODAY });
  preparePlan(tx, maryam, noor, {
    ...{ year: 1405, reason: null },
    lines: [
      { account: '5101', fund: 'sadaqa', goal: null, words: '', amountRial: 20_000_000 },
      { account: '6101', fund: 'sadaqa', goal: 'B-5', words: 'سبد ماهانه', amountRial: 9_000_000 },
      { account: '7101', fund: 'running-costs', goal: null, words: '', amountRial: 900_000 },
    ],
  });
}
