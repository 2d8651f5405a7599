/** `start`: how much longer it takes with a province file for each province, and what it holds. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addProvince, closeCatalogue, openCatalogue } from '../../src/provinces/catalogue.ts';
import { type Bench, judged, ms, plain, roundsOf, whole } from './bench.ts';
import { scratchFolder } from './data.ts';
import { startServer } from './server.ts';
import { median } from './statistics.ts';

const PROVINCES = 31;
const LIMIT_MS = 250;
const LIMIT_MB = 120;

export const start: Bench = {
  name: 'start',
  measure: async (context) => {
    const scratch = scratchFolder();
    const [full, none] = [join(scratch, 'provinces'), join(scratch, 'none')];
    makeProvinces(full);
    mkdirSync(none);
    try {
      await startOnce(full);
      await startOnce(none);
      const rounds: { full: number; none: number; rss: number; bare: number }[] = [];
      for (const _ of roundsOf(context, 3, 7)) {
        const withNone = await startOnce(none);
        const withAll = await startOnce(full);
        rounds.push({
          ...{ full: withAll.took, none: withNone.took },
          ...{ rss: withAll.rss, bare: withNone.rss },
        });
      }
      const beyond = median(rounds.map((round) => round.full - round.none));
      const alone = median(rounds.map((round) => round.none));
      const rss = median(rounds.map((round) => round.rss)) / 2 ** 20;
      const bare = median(rounds.map((round) => round.bare)) / 2 ** 20;
      return [
        judged({
          ...{ name: 'start', figure: `${ms(beyond)} more`, peer: `${LIMIT_MS} ms` },
          ...{ ratio: plain(beyond / LIMIT_MS), target: `≤ ${LIMIT_MS} ms` },
          reached: beyond <= LIMIT_MS,
          note: `${PROVINCES} files; ${ms(alone)} with none`,
        }),
        judged({
          ...{ name: 'start memory', figure: `${whole(rss)} MB idle`, peer: `${LIMIT_MB} MB` },
          ...{ ratio: plain(rss / LIMIT_MB), target: `≤ ${LIMIT_MB} MB`, reached: rss <= LIMIT_MB },
          note: `${PROVINCES} files, closed until asked for; ${whole(bare)} MB with none: Node, libraries and our own modules`,
        }),
      ];
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

function makeProvinces(folder: string): void {
  const catalogue = openCatalogue(folder);
  for (let n = 1; n <= PROVINCES; n++) addProvince(catalogue, `province-${n}`, `Province ${n}`);
  closeCatalogue(catalogue);
}

/** From the start of the process until it listens, and what it holds a moment later. */
async function startOnce(folder: string): Promise<{ took: number; rss: number }> {
  const began = performance.now();
  const server = await startServer(folder);
  const took = performance.now() - began;
  await new Promise((done) => setTimeout(done, 1000));
  const { rss } = await server.use();
  await server.stop();
  return { took, rss };
}
