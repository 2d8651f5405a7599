import { expect } from 'chai';
import { examine } from '../../src/provinces/doctor.ts';
import { dropping } from '../support/dropping.ts';
import { buildWorld, type World } from '../support/world.ts';
import { cash, GIFTS, RECEIPTS, told } from './gifts.ts';

/** What stands beside a gift, and what became of it: the change, and the check that finds it. */
const TOLD: [table: string, change: string, check: string][] = [
  ['gift_funds', 'amount_rial = amount_rial + 1 WHERE position = 1', 'gift-parts'],
  ['gift_funds', "fund = 'dowry' WHERE position = 2", 'gift-acts'],
  ['gift_references', "reference = '1' || reference", 'gift-acts'],
  ['gift_items', 'quantity_milli = quantity_milli + 1', 'gift-acts'],
  ['gift_items', 'value_rial = value_rial + 1', 'gift-parts'],
  ['gift_services', "description = 'x'", 'gift-acts'],
  ['cheque_events', "happened_on = '2026-11-20'", 'cheques'],
  ['cheque_events', "state = 'deposited', entry_id = NULL", 'cheques'],
  ['deposits', 'amount_rial = amount_rial + 1', 'deposits'],
  ['deposit_matches', 'deposit_id = 2', 'gift-acts'],
  ['tributes', "named = 'x'", 'tributes'],
  ['gift_batches', 'control_rial = control_rial + 1', 'batches'],
  ['gift_batch_rows', 'amount_rial = amount_rial + 1', 'batches'],
];

describe('a hand in what stands beside a gift', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    const post = async (address: string, body: object) => {
      const answer = await world.visit('reza', `POST ${address}`, body);
      expect(answer.status, answer.text).to.be.below(300);
      return told(answer);
    };
    const parts = [
      { fund: 'sadaqa', amount: 3 },
      { fund: 'vow', amount: 4 },
    ];
    await post(GIFTS, { kind: 'cash', receivedOn: '1405/08/30', funds: parts });
    const cheque = { kind: 'cheque', reference: '5', bank: 'ملی', dueOn: '1405/08/30' };
    const { receipt } = await post(GIFTS, cash(cheque));
    const paid = { state: 'cleared', happenedOn: '1405/08/30' };
    await post(`${GIFTS}/cheques/${receipt}`, paid);
    const rice = { name: 'برنج', quantity: 2, unit: 'kg', value: 5 };
    const given = { receivedOn: '1405/08/30', fund: 'vow' };
    await post(GIFTS, { kind: 'goods', ...given, items: [rice] });
    const service = { description: 'تعمیر', hours: 2 };
    await post(GIFTS, { kind: 'service', ...given, amount: 5, service });
    const deposit = { depositedOn: '1405/08/30', amount: 5 };
    const { id } = await post(`${GIFTS}/deposits`, { ...deposit, reference: '61' });
    await post(`${GIFTS}/deposits`, { ...deposit, reference: '62' });
    await post(`${GIFTS}/deposits/${id}/match`, { fund: 'sadaqa' });
    const card = { tribute: 'memory', named: 'شادروان', addressee: 'خانواده' };
    await post(`${RECEIPTS}/${receipt}/tribute`, card);
    const declared = { words: 'پاکت', receivedOn: '1405/08/30', count: 1, total: 5 };
    const { number } = await post(`${GIFTS}/batches`, declared);
    await post(`${GIFTS}/batches/${number}/rows`, { amount: 5, fund: 'sadaqa' });
    await post(`${GIFTS}/batches/${number}/closing`, {});
  });
  after(() => world.close());

  const wrong = () =>
    examine(world.province.db)
      .filter((finding) => finding.wrong !== null)
      .map(({ name }) => name);

  it('is not needed: the untouched file is sound', () => {
    expect(wrong()).to.eql([]);
  });

  for (const [table, change, name] of TOLD) {
    it(`is refused in ${table}, and found by the doctor: ${change}`, () => {
      const { $client } = world.province.db;
      const hand = `UPDATE ${table} SET ${change}`;
      expect(() => dropping(world.province.db, hand)).to.throw(/final|declared|open|agree/);
      expect(() => dropping(world.province.db, `DELETE FROM ${table}`)).to.throw(
        /final|declared|open/,
      );
      const again = `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`;
      expect(() => dropping(world.province.db, again)).to.throw();
      const guards = $client
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
        .pluck()
        .all(table) as string[];
      $client.exec('SAVEPOINT by_hand');
      for (const guard of guards) $client.exec(`DROP TRIGGER ${guard}`);
      $client.exec(hand);
      const found = wrong();
      $client.exec('ROLLBACK TO by_hand; RELEASE by_hand');
      expect(found).to.include.members(['guards', name]);
    });
  }
});
