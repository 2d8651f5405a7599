/** A server in a process of its own, so that nothing of the bench runs on its thread. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a process holds, in bytes, and the milliseconds of processor it has used. */
export type Use = { rss: number; cpu: number };

export type Server = {
  address: string;
  /** Sends the child a message and waits for what it answers. */
  ask: <T>(message: object) => Promise<T>;
  use: () => Promise<Use>;
  stop: () => Promise<void>;
};

/** Starts the program on a data folder; it listens when this is kept. */
export function startServer(dataDir: string): Promise<Server> {
  return startChild('serving.ts', [dataDir]);
}

/** Starts a script of the benches that tells its address once it listens. */
export async function startChild(script: string, args: string[]): Promise<Server> {
  const child = fork(join(import.meta.dirname, script), args, { stdio: ['ignore', 2, 2, 'ipc'] });
  const { address } = await told<{ address: string }>(child, script);
  const ask = <T>(message: object) => {
    child.send(message);
    return told<T>(child, script);
  };
  return {
    address,
    ask,
    use: () => ask<Use>({}),
    stop: async () => {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

function told<T>(child: ChildProcess, script: string): Promise<T> {
  return new Promise((kept, failed) => {
    const ended = (code: number | null) => failed(new Error(`${script} ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      kept(message as T);
    });
  });
}
