/** The threads beside the program: begun for a sheet, kept a while for the next, and then let go. */
import { Worker } from 'node:worker_threads';
import { Unavailable } from '../provinces/enter.ts';
import { Refusal } from '../refusal.ts';
import type { Told, Work } from './work.ts';

export type Thread = {
  /** Does one work; what it tells on the way is heard, and it ends when the work is over. */
  run: (work: Work, hears: (told: Told) => void) => Promise<void>;
  /** Answers it which import it is. */
  say: (id: number) => void;
  giveUp: (fault: unknown) => void;
  /** Gives it back to whoever comes next. */
  leave: () => void;
};

/** Longer than the largest sheet takes on a slow machine. */
const LONGEST_MS = 120_000;
const MOST_MEGABYTES = 1024;
const KEPT_MS = 30_000;

/** So many sheets at once; the others wait for their turn, for there are not more processors. */
const MOST_AT_ONCE = 2;
let atWork = 0;
const inLine: (() => void)[] = [];

type Idle = { worker: Worker; letGo: NodeJS.Timeout; drop: () => void };
const idle: Idle[] = [];

export async function threadFor(): Promise<Thread> {
  if (atWork >= MOST_AT_ONCE) await new Promise<void>((mine) => inLine.push(mine));
  atWork += 1;
  const worker = takeIdle() ?? begun();
  let isSound = true;
  let giveUp: (fault: unknown) => void = () => {};
  return {
    run: (work, hears) =>
      new Promise<void>((ended, failed) => {
        const stop = setTimeout(() => giveUp(tooLarge()), LONGEST_MS);
        const broken = (fault: unknown) => {
          isSound = false;
          over(() => failed(fault));
        };
        const listeners = {
          message: (told: Told) => (told.told === 'over' ? over(ended) : hears(told)),
          error: (fault: unknown) => broken(faultOf(fault)),
          exit: () => broken(new Error('the thread of a sheet ended')),
        };
        const over = (end: () => void) => {
          clearTimeout(stop);
          for (const [name, listener] of Object.entries(listeners)) worker.off(name, listener);
          end();
        };
        // What it had begun to write is undone with its connection.
        giveUp = (fault) => {
          broken(fault);
          void worker.terminate();
        };
        for (const [name, listener] of Object.entries(listeners)) worker.on(name, listener);
        worker.postMessage({ work });
      }),
    say: (id) => worker.postMessage({ id }),
    giveUp: (fault) => giveUp(fault),
    leave: () => {
      if (isSound) keep(worker);
      atWork -= 1;
      inLine.shift()?.();
    },
  };
}

function begun(): Worker {
  return new Worker(new URL('./import-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
}

function takeIdle(): Worker | undefined {
  const one = idle.pop();
  if (!one) return undefined;
  clearTimeout(one.letGo);
  one.worker.off('error', one.drop).off('exit', one.drop).ref();
  return one.worker;
}

/** A thread takes half a second to begin, so it waits a while; it keeps no program from ending. */
function keep(worker: Worker): void {
  const drop = () => {
    const at = idle.findIndex((one) => one.worker === worker);
    if (at >= 0) idle.splice(at, 1);
    void worker.terminate();
  };
  const letGo = setTimeout(drop, KEPT_MS).unref();
  worker.on('error', drop).on('exit', drop).unref();
  idle.push({ worker, letGo, drop });
}

function faultOf(fault: unknown): unknown {
  const { code = '' } = fault as { code?: string };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return tooLarge();
  return /^SQLITE_/.test(code) ? new Unavailable(fault) : fault;
}

const tooLarge = () => new Refusal('sheets:faults.too-large', { status: 422, field: 'file' });
