/** The doctor at work beside the program: examines the file it was given and tells what it found. */
import { parentPort, workerData } from 'node:worker_threads';
import { examineFile } from './doctor.ts';

parentPort?.postMessage(examineFile(workerData as string));
