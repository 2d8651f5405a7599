/** Sheets at work beside the program: how far each is, and what came of it. */
import { holdWriting } from '../provinces/enter.ts';
import type { Province } from '../provinces/province.ts';
import { Refusal } from '../refusal.ts';
import type { Import } from './imports.ts';
import { RowRefused } from './taking-in.ts';
import { threadFor } from './threads.ts';
import type { Told, Trial, Work } from './work.ts';

export type Phase = 'waiting' | 'reading' | 'checking' | 'writing' | 'over';

export type Job = {
  phase: Phase;
  done: number;
  of: number;
  /** How many rows the sheet has, once it is read. */
  read: Promise<number>;
  /** What came of it; of a trial the trial, of a marked sheet its bytes, else the import. */
  outcome: Promise<Outcome>;
};

export type Outcome = { trial: Trial } | { bytes: Buffer } | { one: Import };

/** Puts a sheet to work; `nameIt` answers which import it is, before anything is written. */
export function putToWork(
  province: Province,
  work: Omit<Work, 'file'>,
  nameIt: () => Promise<number> = () => Promise.reject(new Error('a trial writes nothing')),
): Job {
  const read = Promise.withResolvers<number>();
  const outcome = Promise.withResolvers<Outcome>();
  // Whoever waits for one of the two is told; nobody has to wait for both.
  read.promise.catch(() => {});
  outcome.promise.catch(() => {});
  const job: Job = {
    ...{ phase: 'waiting', done: 0, of: 0, read: read.promise, outcome: outcome.promise },
  };
  const failed = (fault: unknown) => {
    read.reject(fault);
    outcome.reject(fault);
  };
  const ears = { read: read.resolve, outcome: outcome.resolve, failed };
  void run(province, { ...work, file: province.file }, nameIt, (told) => hear(job, told, ears))
    .catch(failed)
    .finally(() => {
      job.phase = 'over';
      failed(new Error('the work on a sheet ended with no answer'));
    });
  return job;
}

type Ears = {
  read: (rows: number) => void;
  outcome: (outcome: Outcome) => void;
  failed: (fault: unknown) => void;
};

function hear(job: Job, told: Told, ears: Ears): void {
  if (told.told === 'begun') job.phase = 'reading';
  else if (told.told === 'read') {
    job.phase = 'checking';
    job.of = told.rows;
    ears.read(told.rows);
  } else if (told.told === 'progress') {
    Object.assign(job, { phase: told.phase, done: told.done, of: told.of });
  } else if (told.told !== 'ready' && told.told !== 'over') {
    // What the thread still tidies up behind itself is nobody's concern.
    job.phase = 'over';
    settle(told, ears);
  }
}

type End = Extract<Told, { told: 'tried' | 'marked' | 'taken' | 'refused' }>;

function settle(told: End, ears: Ears): void {
  if (told.told === 'tried') ears.outcome({ trial: told.trial });
  else if (told.told === 'marked') ears.outcome({ bytes: Buffer.from(told.bytes) });
  else if (told.told === 'taken') ears.outcome({ one: told.one });
  else ears.failed(refusalOf(told));
}

function refusalOf({ key, details, line }: Extract<Told, { told: 'refused' }>): Refusal {
  const refusal = new Refusal(key, details);
  return line === undefined ? refusal : new RowRefused(line, refusal);
}

/** Runs one work to its end. While it writes nobody else does: what is entered then waits. */
async function run(
  province: Province,
  work: Work,
  nameIt: () => Promise<number>,
  hears: (told: Told) => void,
): Promise<void> {
  const thread = await threadFor();
  province.answering += 1;
  let release = () => {};
  try {
    await thread.run(work, (told) => {
      if (told.told === 'taken' || told.told === 'refused') release();
      hears(told);
      if (told.told !== 'ready') return;
      nameIt()
        .then((id) => {
          release = held(province);
          thread.say(id);
        })
        .catch(thread.giveUp);
    });
  } finally {
    release();
    province.answering -= 1;
    thread.leave();
  }
}

/** The way out of holding, which may be taken more than once. */
function held(province: Province): () => void {
  const release = holdWriting(province);
  let isHeld = true;
  return () => {
    if (isHeld) release();
    isHeld = false;
  };
}
