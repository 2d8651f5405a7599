/** The doctor: every self-check of a province file, each named; nothing is repaired, only told. */
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { sectionReportChecks } from '../assemblies/section-report-checks.ts';
import { attachmentChecks } from '../attachments/checks.ts';
import { bankChecks } from '../bank/checks.ts';
import { boardChecks } from '../board/checks.ts';
import { handoverChecks } from '../board/handover-checks.ts';
import { bookChecks } from '../books/checks.ts';
import { boundaryChecks } from '../boundary/checks.ts';
import { sheetChecks } from '../boundary/sheet-checks.ts';
import { boxChecks } from '../boxes/checks.ts';
import { budgetChecks } from '../budget/checks.ts';
import { centreChecks } from '../centres/checks.ts';
import { donationChecks } from '../donations/checks.ts';
import { fitraChecks } from '../fitra/checks.ts';
import { fundChecks } from '../funds/checks.ts';
import { goodsChecks } from '../goods/checks.ts';
import { importChecks } from '../imports/checks.ts';
import { licenceChecks } from '../licence/checks.ts';
import { placeChecks } from '../network/place-checks.ts';
import { openingChecks } from '../opening/checks.ts';
import { packChecks } from '../packs/checks.ts';
import { paperChecks } from '../paper/checks.ts';
import { paymentChecks } from '../payments/checks.ts';
import { pledgeChecks } from '../pledges/checks.ts';
import { receiptBookChecks } from '../receiptbooks/checks.ts';
import { registrationChecks } from '../registrations/checks.ts';
import { supervisionChecks } from '../supervision/checks.ts';
import { templateChecks } from '../templates/checks.ts';
import { thanksChecks } from '../thanks/checks.ts';
import { trailChecks } from '../trail/checks.ts';
import type { Check } from './check.ts';
import { connect, connectForReading, type Db } from './connection.ts';
import { currentVersion, migrate } from './migrate.ts';

const fileChecks: Check[] = [
  {
    name: 'integrity',
    run: (db) => {
      const found = db.$client.pragma('integrity_check', { simple: true });
      return found === 'ok' ? null : String(found);
    },
  },
  {
    name: 'foreign-keys',
    run: (db) => {
      const broken = db.$client.pragma('foreign_key_check') as { table: string }[];
      return broken.length === 0 ? null : `${broken.length}, first in ${broken[0]!.table}`;
    },
  },
  { name: 'version', run: (db) => versionComplaint(db) },
  { name: 'guards', run: (db) => guardsComplaint(db) },
];

export const checks: Check[] = [
  ...fileChecks,
  ...trailChecks,
  ...paperChecks,
  ...templateChecks,
  ...bookChecks,
  ...fundChecks,
  ...donationChecks,
  ...goodsChecks,
  ...boardChecks,
  ...handoverChecks,
  ...sectionReportChecks,
  ...centreChecks,
  ...openingChecks,
  ...licenceChecks,
  ...boundaryChecks,
  ...sheetChecks,
  ...placeChecks,
  ...attachmentChecks,
  ...boxChecks,
  ...fitraChecks,
  ...bankChecks,
  ...budgetChecks,
  ...registrationChecks,
  ...packChecks,
  ...importChecks,
  ...supervisionChecks,
  ...receiptBookChecks,
  ...pledgeChecks,
  ...thanksChecks,
  ...paymentChecks,
];

export type Finding = { name: string; wrong: string | null };

/** Runs every check; a check that cannot even run is itself a finding. */
export function examine(db: Db): Finding[] {
  return checks.map(({ name, run }) => {
    try {
      return { name, wrong: run(db) };
    } catch (fault) {
      if (fault instanceof Database.SqliteError) return { name, wrong: fault.message };
      throw fault;
    }
  });
}

/** The same in a thread of its own, so that nobody waits while a large file is examined. */
export function examineApart(file: string): Promise<Finding[]> {
  return new Promise((told, failed) => {
    const worker = new Worker(new URL('./doctor-thread.ts', import.meta.url), { workerData: file });
    worker.once('message', told);
    worker.once('error', failed);
  });
}

/** The same on a file, as it stands at one moment; it is not changed, not even migrated. */
export function examineFile(file: string): Finding[] {
  try {
    return examineSnapshot(file);
  } catch (fault) {
    // What cannot even be opened is a finding of the first check.
    if (fault instanceof Database.SqliteError) return [{ name: 'integrity', wrong: fault.message }];
    throw fault;
  }
}

function examineSnapshot(file: string): Finding[] {
  const db = connectForReading(file);
  try {
    db.$client.exec('BEGIN');
    return examine(db);
  } finally {
    db.$client.close();
  }
}

function versionComplaint(db: Db): string | null {
  const version = db.$client.pragma('user_version', { simple: true }) as number;
  return version === currentVersion
    ? null
    : `version ${version}, this program has ${currentVersion}`;
}

/** Every table, trigger and index is the one that the migrations make, to the letter. */
function guardsComplaint(db: Db): string | null {
  expectedSchema ??= freshSchema();
  const expected = expectedSchema;
  const found = schemaOf(db);
  const wrong = [...expected].find(([name, sql]) => found.get(name) !== sql);
  if (wrong) return `${wrong[0]} is ${found.has(wrong[0]) ? 'changed' : 'missing'}`;
  const alien = [...found.keys()].find((name) => !expected.has(name));
  return alien ? `${alien} is not ours` : null;
}

/** What the migrations make, worked out once for all the files that are looked at. */
let expectedSchema: Map<string, string> | undefined;

function freshSchema(): Map<string, string> {
  const fresh = connect(':memory:');
  try {
    migrate(fresh);
    return schemaOf(fresh);
  } finally {
    fresh.$client.close();
  }
}

function schemaOf(db: Db): Map<string, string> {
  const rows = db.$client
    .prepare("SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    .raw()
    .all() as [string, string][];
  return new Map(rows);
}
