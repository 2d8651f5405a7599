import { expect } from 'chai';
import { donationChecks } from '../../src/donations/checks.ts';
import { cancelReceipt, findReceipt } from '../../src/donations/receipts.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, NOW, type World } from '../support/world.ts';
import { BATOOL, give } from './gifts.ts';

describe('gifts and receipts in the hands of raw SQL', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await give(world, { donor: BATOOL });
    const { receipt } = await give(world);
    await enter(world.province, (tx) => {
      const known = findReceipt(tx, world.noor.id, receipt);
      return cancelReceipt(tx, world.actor('reza', world.noor), world.noor, known, 'نادرست');
    });
  });
  after(() => world.close());

  const tries: [string, string][] = [
    ['UPDATE donations SET amount_rial = 1', 'donations_are_final'],
    ['DELETE FROM donations', 'donations_are_final'],
    ['REPLACE INTO donations SELECT * FROM donations', 'donations_are_final'],
    ['UPDATE receipts SET number = 9', 'receipts_are_final'],
    ['DELETE FROM receipts', 'receipts_are_final'],
    ['REPLACE INTO receipts SELECT * FROM receipts WHERE id = 1', 'receipts_are_final'],
    ["UPDATE receipt_cancellations SET reason = 'other'", 'cancellations_are_final'],
    ['DELETE FROM receipt_cancellations', 'cancellations_are_final'],
    [
      'REPLACE INTO receipt_cancellations SELECT * FROM receipt_cancellations',
      'cancellation_reverses',
    ],
    ['DELETE FROM donors', 'b134_donors_stay'],
    ['UPDATE donors SET id = id + 5', 'donor_id_stays'],
  ];
  const copied = (changes: Record<string, string>) => {
    const columns =
      'id centre_id kind amount_rial fund donor_id purpose purpose_search received_on \
received_by entered_at entered_by act_id'.split(/\s+/);
    const values = columns.map((name) => changes[name] ?? (name === 'id' ? '99' : name));
    return `INSERT INTO donations SELECT ${values.join(', ')} FROM donations WHERE id = 1`;
  };
  tries.push(
    // Both guards refuse a day before the centre's first; which speaks is the database's choice.
    [copied({ received_on: "'2026-03-01'" }), '_before_donation'],
    [copied({ received_on: "'2027-03-30'", entered_at: "'2027-03-30'" }), 'b128_licence'],
    [copied({ purpose_search: "'برایمسجد'" }), 'b98_not_for_the_mosque'],
    [copied({ received_on: "'2026-11-22'" }), 'donation_not_in_future'],
    [copied({ amount_rial: '0' }), 'donation_amount'],
    [copied({ donor_id: '2 << 32' }), 'donor_of_the_centre'],
  );

  for (const foreignKeys of ['ON', 'OFF']) {
    for (const [sql, guard] of tries) {
      it(`refuses “${sql.slice(0, 70)}” with foreign keys ${foreignKeys}`, () => {
        const client = world.province.db.$client;
        client.pragma(`foreign_keys = ${foreignKeys}`);
        expect(() => client.exec(sql)).to.throw(guard);
        client.pragma('foreign_keys = ON');
      });
    }
  }

  it('refuses a cancellation by the issuer on a later day', () => {
    const later = new Date(NOW.getTime() + 86_400_000).toISOString();
    const sql = `INSERT INTO receipt_cancellations SELECT 1, 'reason', date('${later}'), '${later}',
      r.issued_by, e.id, e.act_id FROM receipts r, entries e WHERE r.id = 1 LIMIT 1`;
    expect(() => world.province.db.$client.exec(sql)).to.throw(
      /cancellation_(reverses|by_another)/,
    );
  });

  it('passes its own checks', () => {
    for (const { name, run } of donationChecks) expect(run(world.province.db), name).to.equal(null);
  });

  const broken: [check: string, triggers: string[], sql: string][] = [
    [
      'gift-acts',
      ['donations_are_final_update'],
      "UPDATE donations SET purpose = 'x' WHERE id = 1",
    ],
    ['gift-acts', ['receipts_are_final_update'], 'UPDATE receipts SET issued_by = 1 WHERE id = 1'],
    ['gift-sums', [], 'UPDATE donation_days SET given_rial = given_rial + 1'],
    ['donor-search', [], "UPDATE donors SET name_search = 'xyz'"],
    [
      'receipt-numbers',
      ['receipts_are_final_update'],
      'UPDATE receipts SET number = 7 WHERE id = 2',
    ],
    ['receipt-papers', ['papers_are_final_update'], "UPDATE papers SET number = 'x'"],
    [
      'gifts-and-receipts',
      ['receipts_are_final_delete'],
      'PRAGMA foreign_keys = OFF; DELETE FROM receipts WHERE id = 2',
    ],
  ];
  for (const [check, triggers, sql] of broken) {
    it(`finds by ${check} what was changed behind a dropped trigger: ${sql.slice(0, 60)}`, () => {
      const client = world.province.db.$client;
      client.exec('SAVEPOINT tampering');
      for (const trigger of triggers) client.exec(`DROP TRIGGER ${trigger}`);
      client.exec(sql.replace('PRAGMA foreign_keys = OFF;', 'PRAGMA defer_foreign_keys = ON;'));
      const found = donationChecks.find(({ name }) => name === check)?.run(world.province.db);
      client.exec('ROLLBACK TO tampering; RELEASE tampering');
      expect(found).to.be.a('string');
    });
  }
});
