/** A county surveyed beside the program: no request waits while its areas are held together. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Surveyed, surveyOf } from './survey.ts';

parentPort?.postMessage(surveyOf(workerData as Surveyed[]));
