/** A fee that the bank took by itself: booked from running costs on the bank's own row. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { nextEntry, type PostedEntry, postEntry } from '../books/entries.ts';
import type { Centre } from '../centres/centres.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { wordsFor } from '../words.ts';
import { write } from './matches.ts';
import { findRow } from './statements.ts';

const FEES = '7106';
const FUND = 'running-costs';

const statements = prepared(({ $client: client }) => ({
  insert: client.prepare('INSERT INTO bank_fees VALUES (?, ?, ?)'),
  booked: client.prepare('SELECT 1 FROM bank_fees WHERE row_id = ?'),
}));

/** Nobody chose to pay it, so the statement is its document; the row is matched at once. */
export function bookFee(tx: Tx, actor: Actor, centre: Centre, rowId: number): PostedEntry {
  requirePower(actor, 'bank.keep', centre);
  const row = findRow(tx, centre.id, rowId);
  if (row.matchId !== null || statements(tx).booked.get(rowId)) {
    throw new Refusal('bank:refusals.not-alone');
  }
  if (row.netRial >= 0) throw new Refusal('bank:refusals.fee-comes-in', { status: 422 });
  const amount = -row.netRial;
  const { id } = nextEntry(tx, centre.id, row.happenedOn);
  const act = record(tx, actor, {
    ...{ kind: 'bank-fee.booked', subject: `bank-rows/${rowId}`, centreId: centre.id },
    after: { entryId: id, amountRial: amount },
  });
  statements(tx).insert.run(id, rowId, act.id);
  const detail = row.reference || null;
  const posted = postEntry(tx, actor, {
    ...{ centreId: centre.id, entryOn: row.happenedOn, source: 'transfer', actId: act.id },
    description: wordsFor('fa')('bank:fees.entry'),
    lines: [
      { account: FEES, fund: FUND, debitRial: amount, creditRial: 0, detail },
      { account: '1102', fund: FUND, debitRial: 0, creditRial: amount, detail },
    ],
  });
  write(tx, actor, centre, { rule: 'fee', rows: [rowId], entries: [posted.id] });
  return posted;
}
