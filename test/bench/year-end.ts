/** `year-end`: closing the year of a centre with 20 000 vouchers, and its statements on the last day. */
import { balanceSheet } from '../../src/books/balance-sheet.ts';
import { fundChanges } from '../../src/books/fund-changes.ts';
import { incomeStatement } from '../../src/books/income-statement.ts';
import { receiptsAndPayments } from '../../src/books/receipts-payments.ts';
import { closeYear, closingsOf, reopenYear } from '../../src/books/year-end.ts';
import { enter } from '../../src/provinces/enter.ts';
import { addDays, fiscalYearDays } from '../../src/values/jalali-date.ts';
import { postAll, type Written } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';
import { type Bench, type Context, judged, ms, plain, type Row, roundsOf, whole } from './bench.ts';
import { median } from './statistics.ts';

const CLOSING_MS = 2000;
const STATEMENTS_MS = 1000;
const VOUCHERS = 20_000;
const AT_ONCE = 500;
const YEAR = 1404;

const GIVEN: [string, string][] = [
  ...([
    ['sadaqa', '5101'],
    ['vow', '5105'],
    ['dowry', '5110'],
  ] as [string, string][]),
  ...([
    ['running-costs', '5111'],
    ['zakat-general', '5102'],
  ] as [string, string][]),
];
const SPENT: Record<string, string> = { dowry: '6103', 'running-costs': '7101' };

export const yearEnd: Bench = { name: 'year-end', measure };

async function measure(context: Context): Promise<Row[]> {
  const vouchers = context.short ? VOUCHERS / 20 : VOUCHERS;
  const world = await buildWorld();
  try {
    for (let from = 0; from < vouchers; from += AT_ONCE) {
      await postAll(
        world,
        Array.from({ length: AT_ONCE }, (_, at) => voucher(from + at)),
      );
    }
    const closings: number[] = [];
    const readings: number[] = [];
    for (const _ of roundsOf(context, 3, 5)) {
      closings.push(await timed(() => close(world)));
      readings.push(await timed(async () => readAll(world)));
      await reopen(world);
    }
    const size = vouchers < VOUCHERS ? `${whole(vouchers)} vouchers` : undefined;
    const row = (name: string, took: number, limit: number, note: string): Row =>
      judged({
        ...{ name, figure: ms(took), peer: ms(limit), ratio: plain(took / limit), size, note },
        ...{ target: `≤ ${ms(limit)}`, reached: took <= limit },
      });
    return [
      row('year-end', median(closings), CLOSING_MS, 'closing, in one transaction'),
      row('year-end statements', median(readings), STATEMENTS_MS, 'four, of the closed year'),
    ];
  } finally {
    await world.close();
  }
}

/** Three gifts, then something spent of them, day by day through the year. */
function voucher(at: number): Written {
  const [fund, income] = GIVEN[at % GIVEN.length]!;
  const spends = Math.floor(at / GIVEN.length) % 4 === 3;
  const [debit, credit] = spends ? [SPENT[fund] ?? '6101', '1101'] : ['1101', income];
  return {
    entryOn: addDays(fiscalYearDays(YEAR).from, at % 365),
    description: 'voucher',
    lines: [
      { account: debit, fund, debitRial: 1000, creditRial: 0 },
      { account: credit, fund, debitRial: 0, creditRial: 1000 },
    ],
  };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

const close = ({ province, noor, actor }: World) =>
  enter(province, (tx) => closeYear(tx, actor('maryam', noor), noor, YEAR));

const reopen = ({ province, noor, actor }: World) =>
  enter(province, (tx) => {
    const [closing] = closingsOf(tx, noor.id);
    reopenYear(tx, actor('hadi', noor), noor, { closing: closing!, reason: 'measured' });
  });

function readAll({ province, noor }: World): void {
  for (const make of [balanceSheet, incomeStatement, receiptsAndPayments, fundChanges]) {
    make(province.db, noor.id, fiscalYearDays(YEAR));
  }
}
