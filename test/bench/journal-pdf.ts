/** `journal-pdf`: the journal on paper, by the program in a process of its own and by Chromium. */
import { type Bench, type Context, judged, plain, type Row, roundsOf, whole } from './bench.ts';
import { printByChromium } from './chromium.ts';
import type { Kept } from './data.ts';
import type { Printing } from './printer.ts';
import { journalOf, type Printed } from './printing.ts';
import { type Server, startChild } from './server.ts';
import { median } from './statistics.ts';

const LINES_PER_SECOND = 15_000;
const PEAK_MB = 200;
const BOOK = 100_000;

export const journalPdf: Bench = {
  name: 'journal-pdf',
  measure: async (context) => {
    const many = await context.many();
    const few = await context.few();
    return [
      ...(await printBook(context, many)),
      await besideChromium(context, few, { lines: 2000, target: 8 }),
      ...(context.options.has('chromium-20000')
        ? [await besideChromium(context, few, { lines: 20_000, target: 100 })]
        : []),
    ];
  },
};

/** A long journal, each time by a fresh process: lines a second, and the most memory it ever held. */
async function printBook(context: Context, kept: Kept): Promise<Row[]> {
  const book = journalOf(kept, context.short ? 20_000 : BOOK);
  const prints: Printing[] = [];
  for (const _ of roundsOf(context, 3, 5)) {
    const printer = await startPrinter(kept);
    prints.push(await print(printer, book));
    await printer.stop();
  }
  const perSecond = median(prints.map(({ ms, lines }) => lines / (ms / 1000)));
  const perCpu = median(prints.map(({ cpu, lines }) => lines / (cpu / 1000)));
  const peak = median(prints.map((printing) => printing.peak)) / 2 ** 20;
  const name = 'journal-pdf';
  return [
    judged({
      ...{ name, figure: `${whole(perSecond)} lines/s`, peer: `${whole(LINES_PER_SECOND)}/s` },
      ...{ ratio: plain(perSecond / LINES_PER_SECOND), target: `≥ ${whole(LINES_PER_SECOND)}/s` },
      reached: perSecond >= LINES_PER_SECOND,
      note: `${whole(book.lines)} lines by a fresh process; ${whole(perCpu)} a second of processor`,
    }),
    judged({
      ...{ name: `${name} memory`, figure: `peak ${whole(peak)} MB`, peer: `${PEAK_MB} MB` },
      ...{ ratio: plain(peak / PEAK_MB), target: `≤ ${PEAK_MB} MB`, reached: peak <= PEAK_MB },
      note: 'all of that process, the program loaded as far as printing needs it',
    }),
  ];
}

function startPrinter(kept: Kept): Promise<Server> {
  return startChild('printer.ts', [JSON.stringify(kept)]);
}

type Asked = { lines: number; target: number };

/** The same lines as a table in a browser that is open already, and by a process that is warm. */
async function besideChromium(context: Context, kept: Kept, asked: Asked): Promise<Row> {
  const book = journalOf(kept, asked.lines);
  const printer = await startPrinter(kept);
  const name = `journal-pdf beside Chromium, ${whole(asked.lines)}`;
  const target = `≥ ${asked.target}`;
  try {
    const times: number[] = [];
    for (const _ of roundsOf(context, 4, 8)) times.push((await print(printer, book)).ms);
    const ours = median(times);
    const rounds = asked.lines > 2000 ? 1 : roundsOf(context, 1, 3).length;
    const theirs = await printByChromium(kept, book, rounds);
    if (theirs === undefined) {
      const note = 'there is no Chromium here';
      return {
        ...{ name, figure: `${whole(ours)} ms`, peer: '-' },
        ratio: '-',
        target,
        state: 'short',
        note,
      };
    }
    const ratio = median(theirs) / ours;
    return judged({
      ...{ name, figure: `${whole(ours)} ms`, peer: `${whole(median(theirs))} ms` },
      ...{ ratio: plain(ratio), target, reached: ratio >= asked.target },
      note: `${whole(book.lines)} lines; laid out and printed by a browser already open`,
    });
  } finally {
    await printer.stop();
  }
}

/** Prints the book once; what was printed must be the whole of it. */
async function print(printer: Server, { from, to, lines }: Printed): Promise<Printing> {
  const printed = await printer.ask<Printing>({ from, to });
  if (printed.lines === lines) return printed;
  throw new Error(`${printed.lines} of ${lines} lines were printed`);
}
