/** `trial-balance` and `fund-statement`: as JSON at a million gifts, and beside it at ten thousand. */
import {
  type Bench,
  type Context,
  judged,
  ms,
  plain,
  type Row,
  roundsOf,
  sizeOf,
} from './bench.ts';
import { drive } from './load.ts';
import { dataCall } from './reading.ts';
import { startServer } from './server.ts';
import { median, percentile } from './statistics.ts';

const LIMIT_MS = 5;
const TIMES = 1.5;
const CALLS = 400;

export const trialBalance = balanceBench('trial-balance', '/books/trial-balance.json');
export const fundStatement = balanceBench('fund-statement', '/funds.json');

function balanceBench(name: string, page: string): Bench {
  return { name, measure: (context) => measureBalances(context, name, page) };
}

async function measureBalances(context: Context, name: string, page: string): Promise<Row[]> {
  const [many, few] = [await context.many(), await context.few()];
  const servers = [await startServer(many.folder), await startServer(few.folder)];
  const calls = [many, few].map((kept) => dataCall(kept, page));
  const p99 = async (i: number, count: number) => {
    const bounds = { clients: 1, calls: count };
    const load = await drive(servers[i]!.address, bounds, () => calls[i]!, 200);
    return percentile(load.times, 99);
  };
  try {
    for (const i of [0, 1]) await p99(i, CALLS);
    const rounds: [number, number][] = [];
    for (const _ of roundsOf(context, 3, 7))
      rounds.push([await p99(0, CALLS), await p99(1, CALLS)]);
    const [large, small] = [0, 1].map((i) => median(rounds.map((round) => round[i]!)));
    const ratio = median(rounds.map(([a, b]) => a / b));
    const size = sizeOf(many, 'gifts');
    return [
      judged({
        ...{ name, figure: `p99 ${ms(large!)}`, peer: `${LIMIT_MS} ms`, size },
        ...{ ratio: plain(large! / LIMIT_MS), target: `≤ ${LIMIT_MS} ms` },
        ...{ reached: large! <= LIMIT_MS, note: 'one client by token, as JSON' },
      }),
      judged({
        ...{ name: `${name} grown`, figure: `p99 ${ms(large!)}`, size },
        ...{ peer: `p99 ${ms(small!)} at 10 000`, ratio: plain(ratio), target: `≤ ${TIMES}` },
        ...{ reached: ratio <= TIMES, note: `median of ${rounds.length} rounds` },
      }),
    ];
  } finally {
    for (const server of servers) await server.stop();
  }
}
