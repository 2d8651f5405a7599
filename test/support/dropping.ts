/** Runs a statement by hand and takes it back: what the file itself refuses is thrown. */
import type { Db } from '../../src/provinces/connection.ts';

export function dropping(db: Db, sql: string): void {
  const client = db.$client;
  client.exec('SAVEPOINT by_hand');
  try {
    client.exec(sql);
  } finally {
    client.exec('ROLLBACK TO by_hand; RELEASE by_hand');
  }
}
