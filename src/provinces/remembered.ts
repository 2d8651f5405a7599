/** What is remembered of a file for speed, until a restore puts another in its place. */
import { type Db, prepared } from './connection.ts';
import { setting } from './province.ts';

type Kept<T> = { restored: string | undefined; value: T };

/**
 * Begins what is remembered of a file once for each connection, and anew after a restore: ids and
 * numbers that were counted on may by then have been given to something else.
 */
export function remembered<T>(begin: () => T): (db: Db) => T {
  const kept = prepared((db): Kept<T> => ({ restored: setting(db, RESTORED), value: begin() }));
  return (db) => {
    const known = kept(db);
    const restored = setting(db, RESTORED);
    if (known.restored !== restored) Object.assign(known, { restored, value: begin() });
    return known.value;
  };
}

/** The setting that a restore writes: the moment of it. */
export const RESTORED = 'restored';
