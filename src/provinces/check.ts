/** One self-check: its name, and what is wrong; null when all is well. */
import type { Db } from './connection.ts';

export type Check = { name: string; run: (db: Db) => string | null };
