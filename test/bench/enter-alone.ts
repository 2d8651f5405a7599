/** `enter-alone`: how long one client waits for a gift, against the raw transaction. */
import { type Bench, judged, ms, plain } from './bench.ts';
import { enterInRounds } from './entering.ts';
import { median } from './statistics.ts';

const TARGET = 8;

export const enterAlone: Bench = {
  name: 'enter-alone',
  measure: async (context) => {
    const rounds = await enterInRounds(context, 1);
    const ratio = median(rounds.map(({ http, raw }) => median(http.times) / median(raw.times)));
    const http = median(rounds.map((round) => median(round.http.times)));
    const raw = median(rounds.map((round) => median(round.raw.times)));
    return [
      judged({
        ...{ name: 'enter-alone', figure: `p50 ${ms(http)}`, peer: `p50 ${ms(raw)} raw` },
        ...{ ratio: plain(ratio), target: `≤ ${TARGET}`, reached: ratio <= TARGET },
        note: 'one client by token',
      }),
    ];
  },
};
