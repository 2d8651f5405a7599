/** `stock`: what lies in a centre's stores and what its funds have, beside all the moves there were. */
import { balanceOfFund } from '../../src/funds/spending.ts';
import { stockRows, stockSums } from '../../src/goods/stock-rows.ts';
import { connect, type Db } from '../../src/provinces/connection.ts';
import { migrate } from '../../src/provinces/migrate.ts';
import { type Bench, judged, ms, whole } from './bench.ts';
import { percentile } from './statistics.ts';

const LIMIT_MS = 5;
const TODAY = '2026-11-21';
const LOTS = 500;

/** One centre with so many moves of five hundred lots, and as many lines in ten years of its books. */
export const stock: Bench = {
  name: 'stock',
  measure: async ({ short }) => {
    const moves = short ? 50_000 : 5_000_000;
    const db = laid(moves);
    const times: number[] = [];
    for (let at = 0; at < 220; at += 1) {
      const began = performance.now();
      stockSums(db, 1, 'item', { today: TODAY });
      stockRows(db, 1, 'item', { today: TODAY, page: { limit: 50, offset: 0 } });
      balanceOfFund(db, 1, '1301', 'fund 7');
      if (at >= 20) times.push(performance.now() - began);
    }
    db.$client.close();
    const p99 = percentile(times, 99);
    return [
      judged({
        ...{ name: 'stock', figure: `p99 ${ms(p99)}`, peer: `limit ${LIMIT_MS} ms` },
        ...{ ratio: (p99 / LIMIT_MS).toFixed(2), target: `${LIMIT_MS} ms at 5 000 000 moves` },
        ...{ reached: p99 <= LIMIT_MS, size: short ? `${whole(moves)} moves` : undefined },
        note: `the page of a centre's stock by item, ${LOTS} lots, and a fund's balance of as many lines`,
      }),
    ];
  },
};

/** Rows as the triggers would leave them; the guards themselves are tried elsewhere. */
function laid(moves: number): Db {
  const db = connect(':memory:');
  migrate(db);
  const { $client: client } = db;
  client.pragma('foreign_keys = OFF');
  const triggers = client
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .pluck()
    .all() as string[];
  for (const name of triggers) client.exec(`DROP TRIGGER "${name}"`);
  const numbers = (n: number) =>
    `WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ${n})`;
  client.exec(`
    INSERT INTO items ${numbers(100)} SELECT value, 1, 'item ' || value, 'item ' || value, 'kg',
      '1301', NULL, 1 FROM n;
    INSERT INTO lots ${numbers(LOTS)} SELECT value, 1, value, 1 + value % 100, 'sadaqa', 'purchase',
      NULL, NULL, 'new', NULL, '2026-03-21', 1 FROM n;
    INSERT INTO stock_moves ${numbers(moves)} SELECT value, 1, 1 + value % ${LOTS}, 1, 'bought', 1000,
      1000, '2026-03-21', 'payments/1', NULL, NULL, 1, '2026-03-21T06:00:00.000Z', 1 FROM n;
    INSERT INTO stock SELECT lot_id, store_id, 1, sum(quantity_milli), sum(value_rial)
    FROM stock_moves GROUP BY lot_id, store_id;
    INSERT INTO stock_sums SELECT 1, l.item_id, 1, l.fund, sum(s.quantity_milli), sum(s.value_rial)
    FROM stock s JOIN lots l ON l.id = s.lot_id GROUP BY l.item_id, l.fund;
    INSERT INTO entry_lines ${numbers(moves)} SELECT value / 2, 1 + value % 2, 1, 1396 + value % 10,
      1301 + value / 10 % 20, 'fund ' || value / 200 % 20, 1000, 0, NULL FROM n;
    INSERT INTO balances
    SELECT 1, year, entry_id % 12 + 1, account, fund, sum(debit_rial), 0 FROM entry_lines
    GROUP BY year, entry_id % 12 + 1, account, fund;`);
  return db;
}
