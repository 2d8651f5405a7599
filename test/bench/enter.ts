/** `enter`: gifts a second by sixteen clients, against the same rows in raw transactions. */
import { type Bench, judged, ms, plain, whole } from './bench.ts';
import { enterInRounds } from './entering.ts';
import { median } from './statistics.ts';

const CLIENTS = 16;
const TARGET = 1;

export const enterBench: Bench = {
  name: 'enter',
  measure: async (context) => {
    const rounds = await enterInRounds(context, CLIENTS);
    const ratio = median(rounds.map(({ http, raw }) => http.perSecond / raw.perSecond));
    const http = median(rounds.map((round) => round.http.perSecond));
    const raw = median(rounds.map((round) => round.raw.perSecond));
    const cpu = median(rounds.map((round) => round.cpu));
    return [
      judged({
        ...{ name: 'enter', figure: `${whole(http)} gifts/s`, peer: `${whole(raw)}/s raw` },
        ...{ ratio: plain(ratio), target: `≥ ${TARGET}`, reached: ratio >= TARGET },
        note: `${CLIENTS} clients by token; a gift takes ${ms(cpu)} of one processor, raw ${ms(1000 / raw)} with the disk`,
      }),
    ];
  },
};
