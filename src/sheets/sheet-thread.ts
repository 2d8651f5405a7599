/** A sheet read beside the program, so that nobody waits while a large one is. */
import { parentPort, workerData } from 'node:worker_threads';
import { readSheetFile } from './sheet-reading.ts';

const { bytes } = workerData as { bytes: Uint8Array };
const read = await readSheetFile(Buffer.from(bytes));
parentPort?.postMessage(read);
