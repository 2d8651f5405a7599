/** The benches: `npm run bench` for all, `-- NAME` for one, `-- --short` for a quick form. */
import { parseArgs } from 'node:util';
import type { Bench, Context, Row } from './bench.ts';
import { boundary, outline, point } from './boundary.ts';
import { keptSample } from './data.ts';
import { eid } from './eid.ts';
import { enterBench } from './enter.ts';
import { enterAlone } from './enter-alone.ts';
import { importBench } from './import.ts';
import { journalPdf } from './journal-pdf.ts';
import { list } from './list.ts';
import { search } from './search.ts';
import { start } from './start.ts';
import { stock } from './stock.ts';
import { tableOf } from './table.ts';
import { fundStatement, trialBalance } from './trial-balance.ts';
import { whilePrinting } from './while-printing.ts';
import { yearEnd } from './year-end.ts';

const BENCHES: Bench[] = [
  ...[enterBench, enterAlone, eid, trialBalance, fundStatement, list],
  ...[
    journalPdf,
    whilePrinting,
    search,
    boundary,
    point,
    outline,
    yearEnd,
    stock,
    importBench,
    start,
  ],
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, 'chromium-20000': { type: 'boolean' } },
});

const short = values.short === true;
const context: Context = {
  short,
  options: new Set(Object.keys(values)),
  many: () => keptSample(short ? { gifts: 20_000, donors: 20_000 } : { gifts: 1e6, donors: 1e6 }),
  few: () => keptSample({ gifts: 10_000, donors: 10_000 }),
};

const unknown = positionals.filter((asked) => !BENCHES.some(({ name }) => name === asked));
if (unknown.length > 0) {
  process.stderr.write(`one of: ${BENCHES.map(({ name }) => name).join(', ')}\n`);
  process.exit(1);
}

const rows: Row[] = [];
for (const { name, measure } of BENCHES) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await measure(context)));
}
process.stdout.write(`${tableOf(rows)}\n`);
