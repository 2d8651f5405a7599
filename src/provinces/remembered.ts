/** What is remembered of a file for speed, until a restore puts another in its place. */
import { type Db, prepared } from './connection.ts';
import { setting } from './province.ts';

type Kept<T> = { restored: string | undefined; forgotten: number; value: T };

const forgettings = prepared(() => ({ times: 0 }));

/** Forgets all of it: what a verb wrote that counts for nothing may have been remembered. */
export function forget(db: Db): void {
  forgettings(db).times += 1;
}

/**
 * Begins what is remembered of a file once for each connection, and anew after a restore: ids and
 * numbers that were counted on may by then have been given to something else.
 */
export function remembered<T>(begin: () => T): (db: Db) => T {
  const kept = prepared(
    (db): Kept<T> => ({
      ...{ restored: setting(db, RESTORED), forgotten: forgettings(db).times },
      value: begin(),
    }),
  );
  return (db) => {
    const known = kept(db);
    const restored = setting(db, RESTORED);
    const forgotten = forgettings(db).times;
    if (known.restored !== restored || known.forgotten !== forgotten) {
      Object.assign(known, { restored, forgotten, value: begin() });
    }
    return known.value;
  };
}

/** The setting that a restore writes: the moment of it. */
export const RESTORED = 'restored';
