import { expect } from 'chai';
import { fundChecks } from '../../src/funds/checks.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';

describe('the doctor of the funds', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await post(
      world,
      `1405/02/01 alms
        1101 sadaqa 900
        5101 sadaqa -900
      1405/02/02 aid
        6101 sadaqa 900
        1101 sadaqa -900`,
    );
  });
  after(() => world.close());

  const complaints = () =>
    fundChecks.filter(({ run }) => run(world.province.db) !== null).map(({ name }) => name);

  it('finds nothing wrong with sound books', () => expect(complaints()).to.deep.equal([]));

  for (const [name, sql, found] of [
    [
      'a fund below zero, though it was filled up later',
      'UPDATE entry_lines SET credit_rial = 901 WHERE entry_id = 2 AND line = 2',
      'fund-balances',
    ],
    [
      'a fund spent on what it was not given for',
      "UPDATE entry_lines SET account = '7101' WHERE entry_id = 2 AND line = 1",
      'fund-uses',
    ],
  ] as const) {
    it(`finds ${name}`, () => {
      const { $client } = world.province.db;
      $client.exec('SAVEPOINT tampering; DROP TRIGGER lines_are_final_update');
      $client.exec(sql);
      expect(complaints()).to.deep.equal([found]);
      $client.exec("UPDATE settings SET value = '2' WHERE key = 'funds_guarded_after'");
      expect(complaints()).to.deep.equal([]);
      $client.exec('ROLLBACK TO tampering; RELEASE tampering');
    });
  }
});
