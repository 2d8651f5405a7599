/** `search`: a donor by his name among a million, the page that shows whom it finds. */

import { connectForReading } from '../../src/provinces/connection.ts';
import { type Bench, judged, ms, plain, roundsOf, sizeOf } from './bench.ts';
import type { Kept } from './data.ts';
import { drive } from './load.ts';
import { signIn } from './reading.ts';
import { startServer } from './server.ts';
import { median, percentile } from './statistics.ts';

const LIMIT_MS = 10;
const CALLS = 300;

export const search: Bench = {
  name: 'search',
  measure: async (context) => {
    const many = await context.many();
    const server = await startServer(many.folder);
    try {
      const pageOf = await signIn(server.address, many);
      const calls = typedNames(many).map((q) =>
        pageOf(`/donations/donors?q=${encodeURIComponent(q)}`),
      );
      let sent = 0;
      const p99 = async () => {
        const bounds = { clients: 1, calls: CALLS };
        const callOf = (n: number) => calls[(sent + n) % calls.length]!;
        const load = await drive(server.address, bounds, callOf, 200);
        sent += CALLS;
        return { p50: median(load.times), p99: percentile(load.times, 99) };
      };
      await p99();
      const before = await server.use();
      const rounds: { p50: number; p99: number }[] = [];
      for (const _ of roundsOf(context, 3, 5)) rounds.push(await p99());
      const cpu = ((await server.use()).cpu - before.cpu) / (rounds.length * CALLS);
      const figure = median(rounds.map((round) => round.p99));
      const usual = median(rounds.map((round) => round.p50));
      return [
        judged({
          ...{ name: 'search', figure: `p99 ${ms(figure)}`, peer: `${LIMIT_MS} ms` },
          ...{ ratio: plain(figure / LIMIT_MS), target: `≤ ${LIMIT_MS} ms` },
          ...{ reached: figure <= LIMIT_MS, size: sizeOf(many, 'donors') },
          note: `the whole page, p50 ${ms(usual)}, ${ms(cpu)} of processor; beginnings, families, whole names`,
        }),
      ];
    } finally {
      await server.stop();
    }
  },
};

/** What people type: the beginning of a name, a family's name, two words, the whole name. */
function typedNames({ file }: Kept): string[] {
  const { $client } = connectForReading(file);
  const { first, last } = $client
    .prepare('SELECT min(id) AS first, max(id) AS last FROM donors')
    .get() as { first: number; last: number };
  const find = $client.prepare('SELECT name FROM donors WHERE id >= ? LIMIT 1').pluck();
  const typed = Array.from({ length: 400 }, (_, i) => {
    const name = find.get(first + Math.floor(((last - first) * i) / 400)) as string;
    const words = name.split(' ');
    const family = words.at(-1)!;
    const short = name.slice(0, Math.max(4, words[0]!.length + 3));
    return [short, family, `${words[0]} ${family}`, name][i % 4]!;
  });
  $client.close();
  return typed;
}
