/** Entering over HTTP and raw, turn about, on two copies of one file. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { connectForReading } from '../../src/provinces/connection.ts';
import { dayInTehran } from '../../src/values/jalali-date.ts';
import { type Context, roundsOf } from './bench.ts';
import { copyOf, type Kept, scratchFolder } from './data.ts';
import { giftCall } from './gifts.ts';
import { type Call, drive } from './load.ts';
import { giftsSince, newestActId, RawBooks } from './raw-gifts.ts';
import { startServer } from './server.ts';

/** Milliseconds of each gift of a round, and how many there were in a second. */
export type Side = { perSecond: number; times: number[] };

/** `cpu`: milliseconds of processor that the server took for a gift. */
export type Round = { http: Side; raw: Side; cpu: number };

/** What is sent, and what both files are given before. */
type Entering = {
  callsOf?: (kept: Kept, today: string) => (n: number) => Call;
  prepare?: (file: string) => void;
};

/**
 * Rounds of so many clients against a server of its own, each followed by the very rows it wrote,
 * one durable transaction a gift, on one connection.
 */
export async function enterInRounds(
  context: Context,
  clients: number,
  { callsOf = giftCall, prepare = () => {} }: Entering = {},
): Promise<Round[]> {
  const seconds = context.short ? 1 : 3;
  const few = await context.few();
  const scratch = scratchFolder();
  const copy = copyOf(few, join(scratch, 'http'));
  const rawCopy = copyOf(few, join(scratch, 'raw'));
  for (const { file } of [copy, rawCopy]) prepare(file);
  const raw = new RawBooks(rawCopy.file);
  const server = await startServer(copy.folder);
  const written = connectForReading(copy.file).$client;
  const callOf = callsOf(copy, dayInTehran(new Date()));
  let sent = 0;
  const round = async (bounds: { seconds: number }): Promise<Round> => {
    const since = newestActId(raw.client);
    const before = await server.use();
    const load = await drive(server.address, { clients, ...bounds }, (n) => callOf(sent + n), 201);
    const { cpu } = await server.use();
    sent += load.calls + clients;
    const times = raw.write(giftsSince(written, since), bounds.seconds);
    const rawSeconds = times.reduce((sum, time) => sum + time, 0) / 1000;
    return {
      http: { perSecond: load.calls / load.seconds, times: load.times },
      raw: { perSecond: times.length / rawSeconds, times },
      cpu: (cpu - before.cpu) / load.calls,
    };
  };
  try {
    await round({ seconds: 1 });
    const rounds: Round[] = [];
    for (const _ of roundsOf(context, 3, 5)) rounds.push(await round({ seconds }));
    return rounds;
  } finally {
    await server.stop();
    written.close();
    raw.client.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}
