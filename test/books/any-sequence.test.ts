/** B-81: no sequence of acts breaks a balance, a stock or a fund. */
import { expect } from 'chai';
import { examine } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { NotFound, Refusal } from '../../src/refusal.ts';
import { buildWorld, FOUNDED, type World } from '../support/world.ts';
import { begin, DEEDS, type Scene } from './any-deeds.ts';
import { dice } from './random-ledger.ts';

const { SEED = '', STEPS = '200' } = process.env;
const SEEDS = SEED === '' ? [1, 2] : SEED.split(',').map(Number);
const DAY_MS = 86_400_000;
/** So many deeds a day. */
const A_DAY = 3;

const net = 'sum(debit_rial - credit_rial)';
/** Each sum twice: as the books have it, and as the deeds themselves come to; what differs is told. */
const BROKEN = `
  SELECT 'entry ' || entry_id || ' is uneven in ' || fund FROM entry_lines
    GROUP BY entry_id, fund HAVING ${net} <> 0
  UNION ALL SELECT 'balance of ' || account || ' ' || fund FROM (
    SELECT account, fund, debit_rial, credit_rial FROM balances
    UNION ALL SELECT account, fund, -debit_rial, -credit_rial FROM entry_lines)
    GROUP BY account, fund HAVING sum(debit_rial) <> 0 OR sum(credit_rial) <> 0
  UNION ALL SELECT 'below zero: ' || account || ' ' || fund FROM balances
    WHERE account GLOB '1[13]*' GROUP BY centre_id, account, fund HAVING ${net} < 0
  UNION ALL SELECT 'stock of lot ' || lot_id FROM (
    SELECT lot_id, store_id, quantity_milli AS milli, value_rial AS rial FROM stock
    UNION ALL SELECT lot_id, store_id, -quantity_milli, -value_rial FROM stock_moves)
    GROUP BY lot_id, store_id HAVING sum(milli) <> 0 OR sum(rial) <> 0
  UNION ALL SELECT 'less than nothing of lot ' || lot_id FROM stock
    WHERE quantity_milli < 0 OR value_rial < 0
  UNION ALL SELECT 'store and books: ' || account || ' ' || fund FROM (
    SELECT account, fund, debit_rial - credit_rial AS rial FROM balances WHERE account GLOB '13*'
    UNION ALL SELECT i.account, l.fund, -s.value_rial FROM stock s
      JOIN lots l ON l.id = s.lot_id JOIN items i ON i.id = l.item_id)
    GROUP BY account, fund HAVING sum(rial) <> 0
  UNION ALL SELECT 'promised twice: lot ' || s.lot_id FROM stock s JOIN allocated a
    ON a.lot_id = s.lot_id AND a.store_id = s.store_id WHERE a.quantity_milli > s.quantity_milli
  UNION ALL SELECT 'cheques' WHERE (SELECT coalesce(${net}, 0) FROM balances WHERE account = '1105')
    <> (SELECT coalesce(sum(amount_rial), 0) FROM cheques
      WHERE state IN ('received', 'deposited') AND cancelled_on IS NULL)
  UNION ALL SELECT 'unidentified' WHERE
    (SELECT coalesce(-${net}, 0) FROM balances WHERE account = '3105')
    <> (SELECT coalesce(sum(d.amount_rial), 0) FROM deposits d
      WHERE NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id)
        AND NOT EXISTS (SELECT 1 FROM deposit_matches m JOIN receipts r ON r.donation_id = m.donation_id
          WHERE m.deposit_id = d.id AND NOT EXISTS (
            SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)))
  UNION ALL SELECT 'collectors' WHERE
    (SELECT coalesce(${net}, 0) FROM balances WHERE account = '1104')
    <> (SELECT coalesce(sum(o.total_rial), 0) FROM box_openings o
      JOIN box_confirmations c ON c.opening_id = o.id WHERE o.account = '1104')
    - (SELECT coalesce(sum(amount_rial + short_rial), 0) FROM box_remittances)
  UNION ALL SELECT 'children' WHERE
    (SELECT coalesce(-${net}, 0) FROM balances WHERE account = '3104')
    <> (SELECT coalesce(sum(d.amount_rial), 0) FROM pledge_gifts g
      JOIN pledges p ON p.id = g.pledge_id AND p.sponsored_code IS NOT NULL
      JOIN donations d ON d.id = g.donation_id JOIN receipts r ON r.donation_id = d.id
      WHERE NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id))
    - (SELECT coalesce(sum(l.amount_rial), 0) FROM payment_lines l
      JOIN payments_made m ON m.payment_id = l.payment_id WHERE l.account = '3104'
        AND NOT EXISTS (SELECT 1 FROM payment_reversals WHERE payment_id = l.payment_id))
    -- By hand a child's money may be handed over as well, never taken in.
    - (SELECT coalesce(sum(l.debit_rial - l.credit_rial), 0) FROM entry_lines l
      JOIN entries e ON e.id = l.entry_id LEFT JOIN entries o ON o.id = e.reverses_entry_id
      WHERE l.account = '3104' AND coalesce(o.source, e.source) = 'manual')
  UNION ALL SELECT 'money of children is spent' FROM balances
    WHERE fund = 'orphans' AND (account GLOB '11*' OR account = '3104')
    GROUP BY centre_id HAVING ${net} < 0
  UNION ALL SELECT 'gift ' || donation_id || ' is overspent' FROM gift_moves
    GROUP BY donation_id, fund HAVING sum(rial) < 0`;

describe('B-81: whatever a centre does with money and goods, in any order', () => {
  for (const seed of SEEDS) {
    it(`breaks no balance, no stock and no fund (SEED=${seed} STEPS=${STEPS})`, async function () {
      this.timeout(Number(STEPS) * 200);
      const world = await buildWorld();
      try {
        const { made, refused } = await live(world, seed, Number(STEPS));
        expect(made).to.be.greaterThan(Number(STEPS) / 10);
        expect(refused).to.be.greaterThan(Number(STEPS) / 10);
        const wrong = examine(world.province.db).filter((one) => one.wrong !== null);
        expect(wrong).to.deep.equal([]);
      } finally {
        await world.close();
      }
    });
  }
});

/** What the file refuses without the code having said so first would be a gap of the code. */
async function live(world: World, seed: number, steps: number) {
  const roll = dice(seed);
  const below = (limit: number) => Math.floor(roll() * limit);
  const one = <T>(list: readonly T[]): T => list[below(list.length)]!;
  let numbers = 0;
  const next = () => {
    numbers += 1;
    return numbers;
  };
  const first = Date.parse(`${FOUNDED}T08:00:00Z`) + 10 * DAY_MS;
  const act = (deed: (scene: Scene) => void) =>
    enter(world.province, (tx) => {
      const [maryam, reza] = [world.actor('maryam', world.noor), world.actor('reza', world.noor)];
      deed({ tx, world, below, one, next, maryam, reza });
    });
  world.clock.now = new Date(first);
  await act(begin);
  const broken = world.province.db.$client.prepare(BROKEN).pluck();
  const done = { made: 0, refused: 0 };
  for (let at = 0; at < steps; at += 1) {
    const day = Math.floor(at / A_DAY) % 235;
    world.clock.now = new Date(Math.max(world.clock.now.getTime(), first + day * DAY_MS));
    const which = below(DEEDS.length);
    try {
      await act(DEEDS[which]!);
      done.made += 1;
    } catch (fault) {
      const said = fault instanceof Refusal || fault instanceof NotFound;
      if (!said)
        throw new Error(`deed ${which} at step ${at}: ${(fault as Error).message}`, {
          cause: fault,
        });
      done.refused += 1;
    }
    expect(broken.all(), `SEED=${seed}, after deed ${which} at step ${at}`).to.deep.equal([]);
  }
  return done;
}
