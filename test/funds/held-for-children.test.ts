/** B-81: what is held in a child's name is spent on nobody else; and the doctor counts such sums again. */
import { expect } from 'chai';
import { quarter } from '../../seeds/neighbourhood.ts';
import { insidePoint } from '../../src/boundary/measure.ts';
import { installBox } from '../../src/boxes/boxes.ts';
import { boxChecks } from '../../src/boxes/checks.ts';
import { confirmCount, countBox } from '../../src/boxes/openings.ts';
import { peopleOf } from '../../src/boxes/people.ts';
import { remitBoxMoney } from '../../src/boxes/remittances.ts';
import { fundChecks } from '../../src/funds/checks.ts';
import { paymentChecks } from '../../src/payments/checks.ts';
import { makePledge } from '../../src/pledges/pledges.ts';
import { examine } from '../../src/provinces/doctor.ts';
import type { Refusal } from '../../src/refusal.ts';
import { as, gift, help, line, pay, run } from '../payments/paying.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

const checks = [...fundChecks, ...boxChecks, ...paymentChecks];

describe('money held in the names of children, of boxes, of payments', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    const { noor } = world;
    await run(world, (tx) =>
      makePledge(tx, as(world, 'reza'), noor, {
        ...{ donor: { name: 'محسن نمونه', mobile: '09150000001' }, fund: 'orphans' },
        ...{ amountRial: 700_000, repeats: 'monthly', firstOn: TODAY, sponsoredCode: 'F-12' },
      }),
    );
    await gift(world, { fund: 'orphans', amountRial: 700_000, pledge: 1 });
    await gift(world, { fund: 'orphans', amountRial: 300_000 });
    await run(world, (tx) => {
      const reza = as(world, 'reza');
      const [first, second] = peopleOf(tx, noor.id, TODAY);
      const keeper = { kind: 'shop' as const, name: 'نانوایی', mobile: null };
      installBox(tx, reza, noor, {
        ...{ kind: 'shop', fund: 'sadaqa', place: 'میدان', keeper, installedOn: TODAY },
        at: insidePoint(quarter(0)),
      });
      const sheet = [{ form: 'note' as const, faceRial: 100_000, pieces: 5 }];
      const { id } = countBox(tx, reza, noor, 1, {
        ...{ openedOn: TODAY, first: first!.key, second: second!.key, account: '1104' },
        ...{ sheet, totalRial: 500_000 },
      });
      confirmCount(tx, as(world, 'maryam'), noor, id, 500_000);
      const remitted = { remittedOn: TODAY, account: '1101' as const, fund: 'sadaqa' };
      remitBoxMoney(tx, as(world, 'maryam'), noor, { ...remitted, amountRial: 200_000 });
    });
  });
  after(() => world.close());

  const spend = async (rial: number) =>
    pay(world, { recipient: await help(world), lines: [line('orphans', '6108', rial)] });

  it('is refused to others by the verb and by the file, and what is free is not', async () => {
    const fault = await spend(300_001).catch((one: unknown) => one as Refusal);
    expect((fault as Refusal).key).to.equal('funds:refusals.held-for-children');
    await spend(300_000);
    const { $client: client } = world.province.db;
    const raw = () =>
      client.exec(`SAVEPOINT raw; PRAGMA defer_foreign_keys = ON;
        INSERT INTO entry_lines SELECT 999, line, centre_id, year, account, fund,
          debit_rial, credit_rial, detail FROM entry_lines
          WHERE entry_id = (SELECT entry_id FROM payments_made);
        INSERT INTO entries SELECT 999, centre_id, year, number + 1, month, entry_on, 'raw', 'manual',
          NULL, NULL, NULL, drafted_by, posted_by, posted_at, act_id
          FROM entries WHERE id = (SELECT entry_id FROM payments_made)`);
    expect(raw).to.throw('b81_held_for_children_stays');
    client.exec('ROLLBACK TO raw; RELEASE raw');
    expect(examine(world.province.db).filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
  });

  for (const [name, trigger, sql, found] of [
    [
      'a child’s money that was spent on others',
      'lines_are_final_update',
      `UPDATE entry_lines SET debit_rial = debit_rial + 1 WHERE debit_rial > 0 AND account = '6108';
       UPDATE entry_lines SET credit_rial = credit_rial + 1
       WHERE credit_rial = 300000 AND account = '1101'`,
      'held-for-children',
    ],
    [
      'money with collectors that no count tells of',
      'box_remittances_are_final_update',
      'UPDATE box_remittances SET amount_rial = amount_rial - 1',
      'box-money',
    ],
    [
      'a payment that is booked to another account than was signed',
      'payment_lines_are_final_update',
      "UPDATE payment_lines SET account = '6101'",
      'payments-booked',
    ],
  ] as const) {
    it(`the doctor finds ${name}`, () => {
      const { db } = world.province;
      db.$client.exec(`SAVEPOINT tampering; DROP TRIGGER ${trigger}; ${sql}`);
      const wrong = checks.filter(({ run: look }) => look(db) !== null).map((one) => one.name);
      db.$client.exec('ROLLBACK TO tampering; RELEASE tampering');
      expect(wrong).to.include(found);
    });
  }
});
