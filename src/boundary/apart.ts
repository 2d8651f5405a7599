/** Work done beside the program: nobody waits while it is, and it is stopped if it takes too long. */
import { Worker } from 'node:worker_threads';
import type { Refusal } from '../refusal.ts';

/** More than this no county and no file of outlines needs. */
const mostMegabytes = 768;

type Limits = { longestMs: number; tooLong: Refusal };

/** What the script at `url` answers with its first message. */
export function doneApart<T>(url: URL, workerData: unknown, { longestMs, tooLong }: Limits) {
  return new Promise<T>((told, failed) => {
    const resourceLimits = { maxOldGenerationSizeMb: mostMegabytes };
    const worker = new Worker(url, { workerData, resourceLimits });
    const stop = setTimeout(() => {
      failed(tooLong);
      void worker.terminate();
    }, longestMs);
    worker.once('message', told);
    worker.once('error', (fault) => {
      const isFull = (fault as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      failed(isFull ? tooLong : fault);
    });
    // Whatever ended it, whoever waits is told; once answered this says nothing more.
    worker.once('exit', (code) => {
      clearTimeout(stop);
      failed(new Error(`the work apart ended with ${code} and no answer`));
    });
  });
}
