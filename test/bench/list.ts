/** `list`: a whole page of fifty gifts, against the same page with its rows in memory. */
import { type Bench, judged, plain, roundsOf, sizeOf, whole } from './bench.ts';
import { drive, send } from './load.ts';
import { signIn } from './reading.ts';
import { startChild, startServer } from './server.ts';
import { median } from './statistics.ts';

const CLIENTS = 8;
const TARGET = 0.7;

export const list: Bench = {
  name: 'list',
  measure: async (context) => {
    const many = await context.many();
    const ours = await startServer(many.folder);
    const peer = await startChild('list-peer.ts', [JSON.stringify(many)]);
    const seconds = context.short ? 1 : 3;
    try {
      const call = (await signIn(ours.address, many))('/donations');
      const perSecond = async (address: string) => {
        const load = await drive(address, { clients: CLIENTS, seconds }, () => call, 200);
        return load.calls / load.seconds;
      };
      await requireSamePage(
        (await send(ours.address, call)).body,
        (await send(peer.address, call)).body,
      );
      await perSecond(ours.address);
      await perSecond(peer.address);
      const rounds: [number, number][] = [];
      for (const _ of roundsOf(context, 3, 5)) {
        rounds.push([await perSecond(ours.address), await perSecond(peer.address)]);
      }
      const [page, bare] = [0, 1].map((i) => median(rounds.map((round) => round[i]!)));
      const ratio = median(rounds.map(([a, b]) => a / b));
      return [
        judged({
          ...{ name: 'list', figure: `${whole(page!)} pages/s`, peer: `${whole(bare!)}/s bare` },
          ...{ ratio: plain(ratio), target: `≥ ${TARGET}`, reached: ratio >= TARGET },
          size: sizeOf(many, 'gifts'),
          note: `${CLIENTS} clients, signed in; Express, compiled EJS and the rows in memory`,
        }),
      ];
    } finally {
      await ours.stop();
      await peer.stop();
    }
  },
};

/** Two pages of one length but for tokens and moments in them: the peer draws what we draw. */
async function requireSamePage(ours: Buffer, peers: Buffer): Promise<void> {
  if (Math.abs(ours.length - peers.length) > ours.length / 100) {
    throw new Error(`the peer's page has ${peers.length} bytes, ours ${ours.length}`);
  }
}
