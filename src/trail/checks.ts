/** Self-checks of the trail: the chain holds from its first act to its last. */
import type { Check } from '../provinces/check.ts';
import type { Db } from '../provinces/connection.ts';
import { type ChainRow, GENESIS, hashAct } from './acts.ts';

export const trailChecks: Check[] = [{ name: 'chain', run: chainComplaint }];

function chainComplaint(db: Db): string | null {
  const rows = db.$client
    .prepare(
      `SELECT id, at, user_id AS userId, capacity, kind, centre_id AS centreId, subject, before,
         after, previous_hash AS previousHash, hash FROM acts ORDER BY id`,
    )
    .iterate() as IterableIterator<ChainRow & { previousHash: Buffer; hash: Buffer }>;
  let previous: Buffer = GENESIS;
  let last = 0;
  for (const row of rows) {
    if (row.id !== last + 1) return `act ${last + 1} is missing`;
    if (!row.previousHash.equals(previous)) return `act ${row.id} does not follow act ${last}`;
    if (!hashAct(previous, row).equals(row.hash)) return `act ${row.id} was changed`;
    previous = row.hash;
    last = row.id;
  }
  return null;
}
