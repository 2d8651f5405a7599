/** What people search by, told to SQLite for texts that have no column of their own for it. */
import { searchText } from '../values/persian-text.ts';
import type { Db } from './connection.ts';

/** The same connection, on which `search_text` may be said in a query; never in a trigger. */
export function withSearch(db: Db): Db {
  db.$client.function('search_text', { deterministic: true, directOnly: true }, (text) =>
    searchText(String(text ?? '')),
  );
  return db;
}
