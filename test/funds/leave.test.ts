/** B-81: what needs the leave of a marja or mujtahid is spent under one, within its ceiling and days. */
import { expect } from 'chai';
import { reverseEntry } from '../../src/books/entries.ts';
import { findFund } from '../../src/funds/funds.ts';
import {
  endPermission,
  type PermissionAsked,
  permissionFor,
  permissionsOf,
  recordPermission,
} from '../../src/funds/permissions.ts';
import { examineFile } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

const LEAVE: PermissionAsked = {
  ...{ fund: 'khums-imam', givenBy: 'آیت‌الله نمونه', number: '118', ceilingRial: 1000 },
  ...{ fromOn: '2026-04-21', toOn: '2027-03-20', document: 'اجازه‌نامهٔ ۱۱۸' },
  uses: ['6101', '6102'],
};

describe('B-81, a leave', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
    await post(
      world,
      `1405/02/01 given
        1101 khums-imam 5000
        3103 khums-imam -5000
        1101 radd-mazalim 900
        5108 radd-mazalim -900`,
    );
  });
  afterEach(() => world.close());

  const recorded = (more: Partial<PermissionAsked> = {}, person: Person = 'reza') =>
    enter(world.province, (tx) =>
      recordPermission(tx, world.actor(person, world.noor), world.noor, { ...LEAVE, ...more }),
    );
  const aid = (fund: string, rial: number, { account = '6101', day = '1405/03/01' } = {}) =>
    post(
      world,
      `${day} aid
        ${account} ${fund} ${rial}
        1101 ${fund} -${rial}`,
    );
  const keyOf = async (promise: Promise<unknown>) =>
    ((await promise.catch((fault: unknown) => fault)) as Refusal).key;
  const left = () => {
    const [one] = permissionsOf(world.province.db, world.noor.id);
    return one!.ceilingRial - one!.spentRial;
  };

  for (const fund of ['khums-imam', 'radd-mazalim']) {
    it(`is asked for before ${fund} is spent`, async () => {
      expect(await keyOf(aid(fund, 10))).to.equal('funds:refusals.no-leave');
      await recorded({ fund });
      await aid(fund, 10);
      expect(left()).to.equal(990);
    });
  }

  it('is counted down to its last rial and not beyond', async () => {
    await recorded();
    await aid('khums-imam', 600);
    expect(await keyOf(aid('khums-imam', 401))).to.equal('funds:refusals.leave-spent');
    await aid('khums-imam', 400, { account: '6102' });
    expect(left()).to.equal(0);
  });

  it('is given back by a reversal', async () => {
    await recorded();
    const [posted] = await aid('khums-imam', 600);
    await enter(world.province, (tx) =>
      reverseEntry(tx, world.actor('maryam', world.noor), posted!.id, 'the wrong day'),
    );
    expect(left()).to.equal(1000);
    await aid('khums-imam', 1000);
  });

  it('is for the uses and days that it names', async () => {
    await recorded();
    const other = aid('khums-imam', 10, { account: '6105' });
    expect(await keyOf(other)).to.equal('funds:refusals.leave-use');
    const early = aid('khums-imam', 10, { day: '1405/01/31' });
    expect(await keyOf(early)).to.equal('funds:refusals.no-leave');
  });

  it('is over once it is ended', async () => {
    const { id } = await recorded();
    const reza = world.actor('reza', world.noor);
    await enter(world.province, (tx) =>
      endPermission(tx, reza, world.noor, { id, reason: 'دفتر پس گرفت' }),
    );
    const fund = findFund(world.province.db, 'khums-imam')!;
    const asked = { amountRial: 10, day: TODAY, accounts: ['6101'] };
    expect(() => permissionFor(world.province.db, world.noor.id, fund, asked)).to.throw('no-leave');
  });

  it('needs none to be passed on to its office', async () => {
    await post(
      world,
      `1405/02/02 to the office
        3103 khums-imam 800
        1101 khums-imam -800`,
    );
  });

  it('is recorded by the chair, for a fund that asks for one', async () => {
    expect(await keyOf(recorded({}, 'maryam'))).to.equal('common:refusals.not-yours');
    expect(await keyOf(recorded({ fund: 'sadaqa' }))).to.equal('funds:refusals.no-leave-needed');
    expect(await keyOf(recorded({ toOn: '2026-04-20' }))).to.equal('funds:refusals.ends-before');
    await recorded();
    expect(await keyOf(recorded())).to.equal('funds:refusals.permission-known');
  });

  describe('in the hands of raw SQL', () => {
    /** An entry of aid past the verb, under a leave for so much. */
    const written = (
      rial: number,
      under: number | null,
      { on = '2026-06-01', account = '6101' } = {},
    ) => {
      const { $client } = world.province.db;
      $client.transaction(() => {
        if (under !== null)
          $client.exec(`INSERT INTO permission_spendings VALUES (99, 1, ${under})`);
        $client.exec(
          `INSERT INTO entry_lines VALUES
             (99, 1, 1, 1405, '${account}', 'khums-imam', ${rial}, 0, NULL),
             (99, 2, 1, 1405, '1101', 'khums-imam', 0, ${rial}, NULL);
           INSERT INTO entries SELECT 99, 1, 1405, n.last_number + 1, m.month, '${on}', 'x', 'manual',
             NULL, NULL, NULL, ${world.users.maryam}, ${world.users.reza}, '2026-11-21T10:00:00.000Z', 1
           FROM numbers n JOIN calendar_months m ON '${on}' BETWEEN m.first_on AND m.last_on
           WHERE n.series = 'entry' AND n.year = 1405`,
        );
      })();
    };
    const tries: [string, () => void, string][] = [
      ['without a leave', () => written(10, null), 'b81_leave_before_spending'],
      ['beyond its ceiling', () => written(1001, 1001), 'b81_within_leave'],
      ['for more than the leave is told', () => written(20, 10), 'b81_leave_before_spending'],
      ['outside of its days', () => written(10, 10, { on: '2026-04-20' }), 'b81_within_leave'],
      ['on another use', () => written(10, 10, { account: '6105' }), 'b81_'],
    ];
    for (const [name, deed, guard] of tries) {
      it(`nothing is spent ${name}`, async () => {
        await recorded();
        expect(deed).to.throw(guard);
      });
    }

    it('a leave is final', async () => {
      await recorded();
      await aid('khums-imam', 10);
      for (const sql of [
        'UPDATE fund_permissions SET ceiling_rial = 99999',
        'DELETE FROM permission_spendings',
        'UPDATE permission_spendings SET amount_rial = 1',
        "INSERT INTO permission_uses VALUES (1, '6105')",
      ]) {
        expect(() => world.province.db.$client.exec(sql), sql).to.throw(/final/);
      }
    });
  });

  it('leaves the file sound', async () => {
    await recorded();
    await aid('khums-imam', 10);
    const wrong = examineFile(world.province.file).filter((one) => one.wrong !== null);
    expect(wrong).to.deep.equal([]);
  });
});
