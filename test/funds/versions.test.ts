/** Funds as the province has them: in versions, from a day on, within what rulings leave to choose. */
import { expect } from 'chai';
import { fundsOf as heldFor, lastReceipts } from '../../src/centres/position.ts';
import { ownReceipts } from '../../src/donations/own-receipts.ts';
import { fundChecks } from '../../src/funds/checks.ts';
import { eidBefore, setEidDay } from '../../src/funds/eid.ts';
import { findFund, fundNames, fundsOf } from '../../src/funds/funds.ts';
import { addFund, historyOf, type Revision, reviseFund } from '../../src/funds/versions.ts';
import { fundWarnings } from '../../src/funds/warnings.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { give } from '../donations/gifts.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

describe('a fund in versions', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const said = (code: string, more: Partial<Revision> = {}): Revision => {
    const { nameFa, nameEn, hintFa, hintEn, marja, takesGifts, uses } = findFund(
      world.province.db,
      code,
    )!;
    return {
      ...{ nameFa, nameEn, hintFa, hintEn, marja, takesGifts, uses, reactions: {} },
      ...{ fromOn: TODAY, reason: 'به نظر مرجع', ...more },
    };
  };
  const revise = (code: string, more: Partial<Revision> = {}, person: Person = 'deputy') =>
    enter(world.province, (tx) => reviseFund(tx, world.actor(person), code, said(code, more)));
  const keyOf = async (promise: Promise<unknown>) =>
    ((await promise.catch((fault: unknown) => fault)) as Refusal).key;

  it('is revised by the deputy, for a reason, and keeps what it was', async () => {
    await revise('vow', { marja: 'سیستانی', nameFa: 'نذر و نذورات' });
    expect(findFund(world.province.db, 'vow')).to.include({ version: 2, marja: 'سیستانی' });
    const [newest, first] = historyOf(world.province.db, 'vow');
    expect(newest).to.include({ version: 2, reason: 'به نظر مرجع', by: 'deputy' });
    expect(first).to.include({ version: 1, by: null });
    expect(await keyOf(revise('vow', {}, 'hadi'))).to.equal('common:refusals.not-yours');
  });

  it('is called as its version of the day has it, on pages, receipts and statements', async () => {
    const { province, noor } = world;
    const given = await give(world, { fund: 'vow' });
    await revise('vow', { nameFa: 'نذر و نذورات', fromOn: addDays(TODAY, 1) });
    const [today, later] = [TODAY, addDays(TODAY, 2)].map(
      (day) => heldFor(province.db, noor.id, day).find(({ code }) => code === 'vow')!.nameFa,
    );
    expect([today, later]).to.deep.equal(['نذر', 'نذر و نذورات']);
    expect(lastReceipts(province.db, noor.id)[0]).to.include({ fundFa: 'نذر' });
    const whose = { centreId: noor.id, userId: world.users.reza };
    const [own] = ownReceipts(province.db, whose, { limit: 1, offset: 0 });
    expect(own).to.include({ receipt: given.receipt, fundFa: 'نذر' });
    expect(fundNames(province.db, 'fa', TODAY).get('vow')).to.equal('نذر');
  });

  it('is judged by the version of the day, by page and by database', async () => {
    const tomorrow = addDays(TODAY, 1);
    await revise('dowry', { uses: ['6102'], fromOn: tomorrow });
    await give(world, { fund: 'dowry', amountRial: 900 });
    const dowry = (day: string, account: string) => `${day} aid
      ${account} dowry 100
      1101 dowry -100`;
    await post(world, dowry('1405/08/30', '6103'));
    expect(await keyOf(post(world, dowry('1405/08/30', '6102')))).to.equal(
      'funds:refusals.other-use',
    );
    world.clock.now = new Date('2026-11-22T10:00:00.000Z');
    await post(world, dowry('1405/09/01', '6102'));
    expect(await keyOf(post(world, dowry('1405/09/01', '6103')))).to.equal(
      'funds:refusals.other-use',
    );
    await post(world, dowry('1405/08/30', '6103'));
  });

  it('takes gifts from its day on, and no more when it is closed', async () => {
    await revise('csr', { takesGifts: false });
    expect(await keyOf(give(world, { fund: 'csr' }))).to.equal('donations:refusals.takes-no-gifts');
    await give(world, { fund: 'csr', receivedOn: addDays(TODAY, -1) });
  });

  it('is refused backwards, with another’s name, for the mosque, for running costs', async () => {
    const yesterday = addDays(TODAY, -1);
    expect(await keyOf(revise('vow', { fromOn: yesterday }))).to.equal('funds:refusals.from-past');
    expect(await keyOf(revise('vow', { nameFa: 'صدقه' }))).to.equal('funds:refusals.name-known');
    expect(await keyOf(revise('vow', { nameFa: 'تعمیر مسجد' }))).to.equal('bylaw:refusals.B-98');
    expect(await keyOf(revise('vow', { uses: ['6101', '7101'] }))).to.equal(
      'funds:refusals.running-costs-apart',
    );
  });

  it('holds within two years, and opens no account but programmes and running costs', async () => {
    const far = addDays(TODAY, 800);
    expect(await keyOf(revise('vow', { fromOn: far }))).to.equal('funds:refusals.from-far');
    for (const use of ['1201', '3102', '3103', '6999', '61', '1101']) {
      const asked = revise('vow', { uses: ['6101', use] });
      expect(await keyOf(asked), use).to.equal('funds:refusals.unknown-use');
    }
    await revise('orphans', { uses: ['6108', '3104', '6101'] });
    const { $client } = world.province.db;
    const version = (use: string, day: string) =>
      $client
        .transaction((sql: string) => $client.exec(sql))
        .bind(
          null,
          `DROP TRIGGER fund_version_by_its_act;
           INSERT INTO fund_uses VALUES (99, '${use}');
         INSERT INTO fund_versions SELECT 99, fund, 2, '${day}', name_fa, name_en, hint_fa,
           hint_en, NULL, 1, 'xxx', 1 FROM fund_versions WHERE fund = 'vow'`,
        );
    expect(version('3103', TODAY)).to.throw('b81_new_uses_are_programmes');
    expect(version('6101', '2099-01-01')).to.throw('fund_version_holds_soon');
  });

  it('changes what a rule does only where rulings differ', async () => {
    const strict = revise('zakat-general', { reactions: { 'not-to-sayyids': 'warn' } });
    expect(await keyOf(strict)).to.equal('funds:refusals.no-choice');
    const imam = revise('khums-imam', { reactions: { 'leave-of-the-marja': 'warn' } });
    expect(await keyOf(imam)).to.equal('funds:refusals.no-choice');
    await revise('radd-mazalim', { reactions: { 'leave-of-a-mujtahid': 'warn' } });
    await give(world, { fund: 'radd-mazalim', amountRial: 900 });
    await post(
      world,
      `1405/08/30 aid
        6101 radd-mazalim 100
        1101 radd-mazalim -100`,
    );
  });

  it('is added with a code of its own and the rules of a named purpose', async () => {
    const asked = { ...said('purpose'), code: 'winter', account: '5110', nameFa: 'پوشاک زمستانی' };
    const added = () =>
      enter(world.province, (tx) =>
        addFund(tx, world.actor('deputy'), { ...asked, uses: ['6101'] }),
      );
    await added();
    expect(fundsOf(world.province.db).at(-1)).to.include({ code: 'winter', version: 1 });
    expect(await keyOf(added())).to.equal('funds:refusals.fund-known');
    await give(world, { fund: 'winter', amountRial: 100 });
    const before = give(world, { fund: 'winter', receivedOn: addDays(TODAY, -1) });
    expect(await keyOf(before)).to.equal('donations:refusals.unknown-fund');
  });

  it('is final in the file', async () => {
    const { $client } = world.province.db;
    for (const sql of [
      "UPDATE fund_versions SET name_fa = 'x'",
      'DELETE FROM fund_rules',
      "UPDATE fund_rules SET reaction = 'allow'",
      "INSERT INTO fund_uses VALUES (1, '6110')",
      "UPDATE funds SET account = '5101'",
      'DELETE FROM funds',
    ]) {
      expect(() => $client.exec(sql), sql).to.throw(/final|stay/);
    }
    expect(() =>
      $client.transaction((sql: string) => $client.exec(sql))(`DROP TRIGGER fund_version_by_its_act;
        INSERT INTO fund_uses VALUES (99, '7101');
        INSERT INTO fund_versions SELECT 99, fund, 2, '2027-01-01', name_fa, name_en, hint_fa, hint_en,
          NULL, 1, 'xxx', 1 FROM fund_versions WHERE fund = 'vow'`),
    ).to.throw('b81_running_costs_apart');
  });

  it('stands in the file only under the act that tells of it', async () => {
    const { $client } = world.province.db;
    await revise('dowry', { reason: 'دیگر' });
    const write = (act: string) => `INSERT INTO fund_uses VALUES (99, '6101');
      INSERT INTO fund_versions SELECT 99, fund, 2, '2027-01-01', name_fa, name_en, hint_fa, hint_en,
        NULL, 1, 'xxx', ${act} FROM fund_versions WHERE fund = 'vow'`;
    const raw = (sql: string) => $client.transaction(() => $client.exec(sql))();
    expect(() => raw(write('1'))).to.throw('fund_version_by_its_act');
    const ofDowry = "(SELECT id FROM acts WHERE kind = 'fund.revised')";
    expect(() => raw(write(ofDowry))).to.throw('fund_version_by_its_act');
  });

  it('is held by the doctor to what its act says, uses, rules and all', async () => {
    const { $client } = world.province.db;
    await revise('vow', { marja: 'سیستانی' });
    await revise('radd-mazalim', { reactions: { 'leave-of-a-mujtahid': 'warn' } });
    const asked = { ...said('purpose'), code: 'winter', account: '5110', nameFa: 'پوشاک زمستانی' };
    await enter(world.province, (tx) =>
      addFund(tx, world.actor('deputy'), { ...asked, uses: ['6103', '6101'] }),
    );
    const complaints = () =>
      fundChecks.filter(({ run }) => run(world.province.db) !== null).map(({ name }) => name);
    expect(complaints()).to.deep.equal([]);
    const newest = (fund: string) =>
      `(SELECT id FROM fund_versions WHERE fund = '${fund}' ORDER BY version DESC LIMIT 1)`;
    for (const [sql, name] of [
      ["UPDATE fund_versions SET name_fa = 'x' WHERE fund = 'winter'", 'fund-acts'],
      ["UPDATE fund_versions SET marja = NULL WHERE marja = 'سیستانی'", 'fund-acts'],
      [`INSERT INTO fund_uses VALUES (${newest('winter')}, '6102')`, 'fund-acts'],
      [`DELETE FROM fund_uses WHERE version_id = ${newest('vow')}`, 'fund-acts'],
      [
        `UPDATE fund_rules SET reaction = 'allow' WHERE version_id = ${newest('radd-mazalim')}
         AND rule = 'leave-of-a-mujtahid'`,
        'fund-acts',
      ],
      [
        `UPDATE fund_rules SET may_override = 1 - may_override
         WHERE version_id = ${newest('radd-mazalim')}`,
        'fund-rules',
      ],
    ] as const) {
      $client.exec('SAVEPOINT tampering');
      for (const table of ['fund_versions', 'fund_rules', 'fund_uses']) {
        $client.exec(`DROP TRIGGER ${table}_are_final_update;
          DROP TRIGGER ${table}_are_final_delete`);
      }
      $client.exec(`DROP TRIGGER fund_uses_are_final_insert; ${sql}`);
      expect(complaints(), sql).to.deep.equal([name]);
      $client.exec('ROLLBACK TO tampering; RELEASE tampering');
    }
  });

  it('warns of fitra that lies three days after Eid', async () => {
    const set = (lunarYear: number, eidOn: string) =>
      enter(world.province, (tx) =>
        setEidDay(tx, world.actor('deputy'), { lunarYear, eidOn, source: 'دفتر رهبری' }),
      );
    await give(world, { fund: 'fitra-general', amountRial: 700 });
    const keys = (day: string) =>
      fundWarnings(world.province.db, world.noor.id, day).map(({ key }) => key);
    expect(keys(TODAY)).to.deep.equal(['eid-unset']);
    expect(await keyOf(set(1447, TODAY))).to.equal('funds:refusals.eid-year');
    await set(1447, '2026-03-20');
    await set(1447, '2026-03-21');
    expect(eidBefore(world.province.db, TODAY)?.eidOn).to.equal('2026-03-21');
    expect(keys('2026-11-21')).to.deep.equal(['fitra-lies']);
    expect(keys('2026-03-24')).to.deep.equal([]);
  });
});
