/** The sheets that are at work now, so that whoever comes back finds what he set going. */
import type { Province } from '../provinces/province.ts';
import type { Import } from './imports.ts';
import { bytesOf } from './imports.ts';
import type { Job, Outcome } from './jobs.ts';
import { putToWork } from './jobs.ts';
import type { Work } from './work.ts';

type Kept = { job: Job; asked: string; writes: boolean };

/** The last work on each import, by its file and number. */
const desk = new Map<string, Kept>();
const MOST_KEPT = 40;

const keyOf = (province: Province, id: number) => `${province.file} ${id}`;

/** Puts what is known of an import's work where the next visitor finds it. */
export function remember(province: Province, id: number, kept: Kept): void {
  desk.delete(keyOf(province, id));
  desk.set(keyOf(province, id), kept);
  for (const [key, { job }] of desk) {
    if (desk.size <= MOST_KEPT) break;
    if (job.phase === 'over') desk.delete(key);
  }
}

export function forgetWork(province: Province, id: number): void {
  desk.delete(keyOf(province, id));
}

/** The writing of this import that is under way; undefined while there is none. */
export function writingOf(province: Province, id: number): Job | undefined {
  const kept = desk.get(keyOf(province, id));
  return kept?.writes && kept.job.phase !== 'over' ? kept.job : undefined;
}

/** The last work on it whatever it was, finished or not. */
export function lastWorkOf(province: Province, id: number): Kept | undefined {
  return desk.get(keyOf(province, id));
}

type Trying = Omit<Work, 'file' | 'bytes' | 'mode' | 'what'>;

/** What came of looking at an import as asked: looked at once, until something is written. */
export function trialOf(province: Province, one: Import, work: Trying, stamp: string): Job {
  const asked = JSON.stringify([work.chosen ?? null, work.over ?? null, stamp]);
  const kept = desk.get(keyOf(province, one.id));
  if (kept && !kept.writes && kept.asked === asked) return kept.job;
  const bytes = bytesOf(province.db, one);
  const job = putToWork(province, { ...work, what: one.what, bytes, mode: 'try' });
  remember(province, one.id, { job, asked, writes: false });
  return job;
}

/** What came of it within so many milliseconds; undefined if it takes longer. */
export async function soon(job: Job, milliseconds: number): Promise<Outcome | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((over) => {
    timer = setTimeout(() => over(undefined), milliseconds);
  });
  try {
    return await Promise.race([job.outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
