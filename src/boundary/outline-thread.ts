/** A file of outlines read beside the program, so that nobody waits while a large one is. */
import { parentPort, workerData } from 'node:worker_threads';
import { readOutlines } from './outline-reading.ts';
import type { OutlineKind } from './outlines.ts';

const { text, kind } = workerData as { text: string; kind: OutlineKind };
parentPort?.postMessage(readOutlines(text, kind));
