/** What every page asks of a file, remembered for exactly as long as nobody writes in it. */
import { type Db, prepared } from './connection.ts';

const KEYS_MAX = 500;

const stamps = prepared((db) => ({
  byOthers: db.$client.prepare('PRAGMA data_version').pluck(),
  byUs: db.$client.prepare('SELECT total_changes()').pluck(),
}));

/**
 * Remembers what was read by its key until the file changes: by an act of this program or a row
 * written without one, by another process, by a restore. What also hangs on the day or the reader
 * has them in its key. Inside a turn of writing nothing is remembered: it may yet be undone.
 */
export function untilChanged<T>(): (db: Db, key: string, read: () => T) => T {
  const kept = prepared(() => ({ byOthers: -1, byUs: -1, known: new Map<string, T>() }));
  return (db, key, read) => {
    if (db.$client.inTransaction) return read();
    const { known } = current(db, kept(db));
    if (known.has(key)) return known.get(key) as T;
    const value = read();
    if (known.size >= KEYS_MAX) known.clear();
    known.set(key, value);
    return value;
  };
}

type Kept<T> = { byOthers: number; byUs: number; known: Map<string, T> };

function current<T>(db: Db, kept: Kept<T>): Kept<T> {
  const { byOthers, byUs } = stamps(db);
  const [others, ours] = [byOthers.get() as number, byUs.get() as number];
  if (kept.byOthers === others && kept.byUs === ours) return kept;
  kept.known.clear();
  return Object.assign(kept, { byOthers: others, byUs: ours });
}
