/** The stores' accounts say what the moves of goods say; the file holds entries to it as well. */
import type { Source } from '../books/schema.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';

type Booking = {
  source: Source;
  reversesEntryId?: number | null;
  lines: { account: string; fund: string; debitRial: number; creditRial: number }[];
};

const STORES = /^13/;
/** What closes a year, opens the next or converts the currency only carries goods over. */
const CARRIES: readonly Source[] = ['opening', 'closing', 'conversion'];

const statements = prepared(({ $client: client }) => ({
  moved: client.prepare(
    `SELECT i.account, o.fund, sum(m.value_rial) AS rial FROM stock_moves m
     JOIN lots o ON o.id = m.lot_id JOIN items i ON i.id = o.item_id
     WHERE m.entry_id = ? GROUP BY i.account, o.fund`,
  ),
  source: client.prepare('SELECT source FROM entries WHERE id = ?').pluck(),
}));

/** Refuses an entry that would book goods which do not move with it; `id` is the entry's own. */
export function requireMoves(db: Db, id: number, entry: Booking): void {
  const stores = entry.lines.filter(({ account }) => STORES.test(account));
  if (stores.length === 0 || CARRIES.includes(sourceOf(db, entry))) return;
  const left = new Map<string, number>();
  for (const { account, fund, debitRial, creditRial } of stores) {
    const key = `${account} ${fund}`;
    left.set(key, (left.get(key) ?? 0) + debitRial - creditRial);
  }
  const moved = statements(db).moved.all(id) as { account: string; fund: string; rial: number }[];
  for (const { account, fund, rial } of moved) {
    const key = `${account} ${fund}`;
    left.set(key, (left.get(key) ?? 0) - rial);
  }
  if ([...left.values()].every((rial) => rial === 0)) return;
  throw new Refusal('goods:refusals.by-hand', { clause: 'B-81', mend: '/goods' });
}

/** What takes an entry back moves goods where that one did. */
function sourceOf(db: Db, { source, reversesEntryId }: Booking): Source {
  if (source !== 'reversal') return source;
  return statements(db).source.get(reversesEntryId) as Source;
}
