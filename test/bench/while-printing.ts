/** `while-printing`: how long a gift waits while a journal of 20 000 lines prints. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dayInTehran } from '../../src/values/jalali-date.ts';
import { type Bench, judged, ms, plain, roundsOf, whole } from './bench.ts';
import { copyOf, scratchFolder } from './data.ts';
import { giftCall } from './gifts.ts';
import { drive } from './load.ts';
import { journalOf } from './printing.ts';
import { dataCall } from './reading.ts';
import { startServer } from './server.ts';
import { median, percentile } from './statistics.ts';

const CLIENTS = 16;
const LINES = 20_000;
const TARGET = 2;

export const whilePrinting: Bench = {
  name: 'while-printing',
  measure: async (context) => {
    const scratch = scratchFolder();
    const copy = copyOf(await context.few(), join(scratch, 'served'));
    const book = journalOf(copy, LINES);
    const server = await startServer(copy.folder);
    const callOf = giftCall(copy, dayInTehran(new Date()));
    let sent = 0;
    const enter = async (bounds: { seconds: number; until?: Promise<unknown> }) => {
      const asked = { clients: CLIENTS, ...bounds };
      const load = await drive(server.address, asked, (n) => callOf(sent + n), 201);
      sent += load.calls + CLIENTS;
      return percentile(load.times, 99);
    };
    const print = () => {
      const call = dataCall(copy, book.path);
      return drive(server.address, { clients: 1, calls: 1, seconds: 120 }, () => call, 200);
    };
    try {
      await enter({ seconds: 1, until: print() });
      const rounds: { rest: number; printing: number }[] = [];
      for (const _ of roundsOf(context, 3, 7)) {
        const rest = await enter({ seconds: context.short ? 1 : 3 });
        const printed = print();
        rounds.push({ rest, printing: await enter({ seconds: 60, until: printed }) });
        await printed;
      }
      const ratio = median(rounds.map(({ rest, printing }) => printing / rest));
      const rest = median(rounds.map((round) => round.rest));
      const printing = median(rounds.map((round) => round.printing));
      return [
        judged({
          ...{ name: 'while-printing', figure: `p99 ${ms(printing)}` },
          ...{ peer: `p99 ${ms(rest)} at rest`, ratio: plain(ratio) },
          ...{ target: `≤ ${TARGET}`, reached: ratio <= TARGET },
          note: `${CLIENTS} clients entering, ${whole(book.lines)} lines printed`,
        }),
      ];
    } finally {
      await server.stop();
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};
