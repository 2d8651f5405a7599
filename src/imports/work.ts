/** One sheet from its bytes to what came of it, as the thread beside the program does it. */
import { createHash } from 'node:crypto';
import { type Actor, inCentre } from '../access/actor.ts';
import { actorOf } from '../access/identify.ts';
import { type Centre, findCentre } from '../centres/centres.ts';
import { donorsMark } from '../donations/donors.ts';
import type { Db } from '../provinces/connection.ts';
import { enterAlone } from '../provinces/enter.ts';
import { Refusal, type RefusalDetails } from '../refusal.ts';
import { readWholeSheet, type WholeSheet } from '../sheets/sheet-reading.ts';
import type { Language } from '../values/language.ts';
import { columnsFound, headsAt, headsMark } from './columns.ts';
import { faultSheet } from './fault-sheet.ts';
import { giftsSince, newestGift } from './gifts-again.ts';
import { chosenBefore, type Import } from './imports.ts';
import { type Judged, judgeSheet } from './judging.ts';
import type { Chosen, ImportKind, RowFault, Said } from './kinds.ts';
import { RowRefused, takeIn } from './taking-in.ts';

export type Work = {
  /** The province's file. */
  file: string;
  bytes: Uint8Array;
  what: ImportKind;
  centreCode: string;
  userId: number;
  /** The moment it is. */
  at: string;
  /** Undefined while nobody chose: as the last sheet with such heads, or as the heads say. */
  chosen?: Chosen;
  /** What a program says beside, where it leaves the columns to their heads. */
  over?: Partial<Pick<Chosen, 'unit' | 'padded' | 'entryOn'>>;
  mode: 'try' | 'take' | 'mark';
  /** Somebody looked at the warnings. */
  confirmed?: boolean;
  language: Language;
};

/** What a sheet would bring, as pages and programs are told. */
export type Trial = {
  what: ImportKind;
  chosen: Chosen;
  heads: string[];
  sheetRows: number;
  rows: number;
  sound: number;
  faulty: number;
  faults: RowFault[];
  faultCount: number;
  warnings: RowFault[];
  warningCount: number;
  refusal: Said | null;
  notes: Said[];
  short: number;
  known: number;
  sums: Judged['sums'];
  /** The first faulty cells as they stand, by line and field. */
  cells: Record<string, string>;
};

export type Told =
  | { told: 'begun' }
  | { told: 'over' }
  | { told: 'read'; rows: number }
  | { told: 'progress'; phase: 'checking' | 'writing'; done: number; of: number }
  | { told: 'tried'; trial: Trial }
  | { told: 'marked'; bytes: Uint8Array }
  | { told: 'ready' }
  | { told: 'taken'; one: Import }
  | { told: 'refused'; key: string; details: RefusalDetails; line?: number };

type Hands = {
  /** The connection: one that cannot write unless it is taken in. */
  db: Db;
  tell: (told: Told) => void;
  /** Waits until nobody else writes; answers which import it is. */
  mayWrite: () => Promise<number>;
};

/** Faults that a page has room for; the file has all of them. */
const SHOWN = 200;

export async function doWork(work: Work, hands: Hands): Promise<void> {
  const { db, tell } = hands;
  try {
    const read = readWholeSheet(Buffer.from(work.bytes));
    if ('fault' in read) throw refusedFile(read.fault, read.values);
    tell({ told: 'read', rows: read.value.rows.length });
    const centre = findCentre(db, work.centreCode);
    const actor = inCentre(actorOf(db, work.userId, new Date(work.at))!, centre.id);
    const whole = { ...work, chosen: chosenFor(db, centre, work, read.value) };
    await judgeAndGoOn(whole, { ...hands, actor, centre, sheet: read.value });
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    const line = fault instanceof RowRefused ? fault.line : undefined;
    tell({ told: 'refused', key: fault.key, details: fault.details, line });
  }
}

const refusedFile = (key: string, values?: Record<string, string | number>) =>
  new Refusal(key, { status: 422, field: 'file', values });

function chosenFor(db: Db, centre: Centre, work: Work, { rows }: WholeSheet): Chosen {
  const { what, chosen, over = {} } = work;
  if (chosen) return chosen;
  const found = columnsFound(what, rows);
  const before = chosenBefore(db, centre.id, what, headsMark(rows, found.head));
  const fresh: Chosen = { ...found, unit: 'rial', padded: false };
  // The heads are the same, but titles above them may be more or fewer.
  const usual = before ? { ...before, head: found.head, padded: false, entryOn: undefined } : fresh;
  return { ...usual, ...over };
}

type Scene = Hands & { actor: Actor; centre: Centre; sheet: WholeSheet };

async function judgeAndGoOn(work: Work & { chosen: Chosen }, scene: Scene): Promise<void> {
  const { db, tell, actor, centre, sheet } = scene;
  const of = Math.max(0, sheet.rows.length - work.chosen.head - 1);
  const asked = {
    ...{ what: work.what, chosen: work.chosen },
    told: (done: number) => tell({ told: 'progress', phase: 'checking', done, of }),
  };
  const [donors, gifts] = [donorsMark(db, centre.id), newestGift(db)];
  const isStale = (tx: Db) =>
    work.what === 'donors'
      ? donorsMark(tx, centre.id) !== donors
      : work.what === 'gifts' && giftsSince(tx, centre.id, gifts);
  const judged = judgeSheet(db, actor, centre, sheet, asked);
  if (work.mode === 'mark') {
    const bytes = await faultSheet(sheet, judged, { ...work, chosen: work.chosen });
    return tell({ told: 'marked', bytes });
  }
  if (work.mode === 'try') return tell({ told: 'tried', trial: trialOf(work, sheet, judged) });
  refuseFaulty(judged, work.confirmed === true);
  tell({ told: 'ready' });
  const id = await scene.mayWrite();
  const told = (done: number) => tell({ told: 'progress', phase: 'writing', done, of });
  const heads = headsMark(sheet.rows, work.chosen.head);
  const one = enterAlone(db, (tx) => {
    // Judged once more where what it was held against came or changed between the two.
    const now = isStale(tx) ? judgeSheet(tx, actor, centre, sheet, asked) : judged;
    refuseFaulty(now, work.what !== 'gifts' || work.confirmed === true);
    return takeIn(tx, actor, centre, id, { judged: now, heads, chosen: work.chosen, told });
  });
  tell({ told: 'taken', one });
}

function refuseFaulty({ faults, refusal, warnings }: Judged, confirmed: boolean): void {
  if (refusal) throw new Refusal(refusal.key, { status: 422, values: refusal.values });
  const faulty = new Set(faults.map(({ line }) => line)).size;
  if (faulty > 0) throw new Refusal('imports:refusals.faulty', { status: 422, values: { faulty } });
  if (warnings.length === 0 || confirmed) return;
  const values = { warned: warnings.length };
  throw new Refusal('imports:refusals.unconfirmed', { status: 422, field: 'confirmed', values });
}

function trialOf(
  { what, chosen }: Work & { chosen: Chosen },
  sheet: WholeSheet,
  judged: Judged,
): Trial {
  const { rows, faults, warnings, refusal, notes, short, known, sums } = judged;
  const faulty = new Set(faults.map(({ line }) => line)).size;
  const shown = faults.slice(0, SHOWN);
  const cells = shown.map(({ line, field }) => {
    const at = chosen.columns[field];
    const cell = at === undefined ? null : sheet.rows[line - 1]?.[at];
    return [`${line} ${field}`, String(cell ?? '')] as const;
  });
  return {
    ...{ what, chosen, heads: headsAt(sheet.rows, chosen.head), sheetRows: sheet.rows.length },
    ...{ rows, sound: rows - faulty, faulty, faults: shown, faultCount: faults.length },
    ...{ warnings: warnings.slice(0, SHOWN), warningCount: warnings.length },
    ...{ refusal, notes, short, known, sums, cells: Object.fromEntries(cells) },
  };
}

export const sha256Of = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
