import { expect } from 'chai';
import { quarter, readyCentre, stepsAt } from '../../seeds/neighbourhood.ts';
import { recordActivityCode } from '../../src/centres/activity-codes.ts';
import {
  bankAccountOrNone,
  introduceToBank,
  introductionOrNone,
  introductionsOf,
  recordBankAccount,
} from '../../src/centres/bank-accounts.ts';
import { findCentre } from '../../src/centres/centres.ts';
import type { IntroductionPaper } from '../../src/centres/introduction-paper.ts';
import { tasksOf } from '../../src/centres/tasks.ts';
import { licencesOf } from '../../src/licence/licences.ts';
import { issueLicence } from '../../src/licence/licensing.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { verifiedOf } from '../../src/paper/verify.ts';
import { buildWorld, FOUNDED, NOW, TODAY, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

const sepid = () => findCentre(world.province.db, 'sepid');
const karim = () => world.actor('karim', sepid());
const sql = (text: string) => () => world.province.db.$client.exec(text);
const keys = (who: Parameters<World['actor']>[0], code: string) => {
  const centre = findCentre(world.province.db, code);
  return tasksOf(world.province.db, world.actor(who, centre), centre).map(({ key }) => key);
};
const year = { fromOn: TODAY, toOn: '2027-11-20' };

describe('a centre on its way to work', () => {
  it('is told first what stands before its licence', () => {
    expect(keys('karim', 'sepid')).to.deep.equal([
      ...['opening-board', 'opening-premises', 'opening-equipment', 'opening-people'],
      ...['propose-area', 'write-survey'],
    ]);
  });

  it('gets no activity code before its licence (B-117), from raw SQL neither', () => {
    expect(() => recordActivityCode(world.province.db, karim(), sepid(), '09-2000'))
      .to.throw('bylaw:refusals.B-117')
      .with.nested.property('details.mend', '/licence');
    const insert = `INSERT INTO activity_codes VALUES (${sepid().id}, '09-2000', '${TODAY}', 1)`;
    expect(sql(insert)).to.throw('b117_activity_code_after_licence');
  });

  it('is licensed for days that no other licence covers (B-128)', () => {
    const { db } = world.province;
    const officers = { ...world.users, head: world.users.karim };
    readyCentre(db, stepsAt(db, NOW), sepid(), { officers, area: quarter(9) });
    const reason = 'مرکز آماده است';
    issueLicence(db, karim(), sepid(), { number: '1405/1', ...year, reason });
    const again = { reason, number: '1405/2', fromOn: '2027-11-20', toOn: '2028-01-01' };
    expect(() => issueLicence(db, karim(), sepid(), again))
      .to.throw('licence-overlaps')
      .with.nested.property('details.clause', 'B-128');
    expect(() => issueLicence(db, karim(), sepid(), { ...again, number: '1405/1' })).to.throw(
      'licence-number-taken',
    );
    const turned = { reason, number: '1405/3', fromOn: '2028-01-02', toOn: '2028-01-01' };
    expect(() => issueLicence(db, karim(), sepid(), turned)).to.throw('days-turned');
    expect(licencesOf(db, sepid().id)).to.have.lengthOf(1);
  });

  it('has no licence but the committee’s, and none that changes, even from raw SQL', () => {
    const { reza, karim: head } = world.users;
    const insert = (by: number, from: string, to: string) =>
      `INSERT INTO licences (centre_id, number, from_on, to_on, issued_by, act_id)
       VALUES (${sepid().id}, 'x', '${from}', '${to}', ${by}, -1)`;
    expect(sql(insert(reza, '2020-01-01', '2020-12-31'))).to.throw('b128_committee_licenses');
    expect(sql(insert(head, TODAY, '2029-01-01'))).to.throw('b128_one_licence_a_day');
    expect(sql("UPDATE licences SET to_on = '2030-01-01'")).to.throw('licences_are_final');
    expect(sql('DELETE FROM licences')).to.throw('licences_are_final');
  });

  it('gets its code once, and a code that no other centre has', () => {
    const { db } = world.province;
    expect(() => recordActivityCode(db, karim(), sepid(), '09-1274')).to.throw('code-taken');
    expect(() => introduceToBank(db, karim(), sepid()))
      .to.throw('introduce-after-code')
      .with.nested.property('details.clause', 'B-118');
    recordActivityCode(db, karim(), sepid(), '09-2000');
    expect(() => recordActivityCode(db, karim(), sepid(), '09-2001')).to.throw('code-recorded');
  });

  it('has no account without the committee’s introduction (B-118), from raw SQL neither', () => {
    const { db } = world.province;
    const account = { accountNumber: '3000100002', openedOn: TODAY };
    expect(() => recordBankAccount(db, karim(), sepid(), account))
      .to.throw('no-introduction')
      .with.nested.property('details.clause', 'B-118');
    expect(sql(accountRow(1, sepid().name, '3000100002'))).to.throw('b118_owner_is_the_centre');
  });

  it('is introduced by letter, which names those who sign', () => {
    const { db } = world.province;
    const introduction = introduceToBank(db, karim(), sepid());
    expect(introduction.number).to.equal('1405-0001');
    const paper = findPaper(db, introduction.paperId);
    const letter = JSON.parse(paper.content) as IntroductionPaper;
    expect(letter.licence.number).to.equal('1405/1');
    expect(letter.centre.activityCode).to.equal('09-2000');
    expect(letter.signatories).to.have.lengthOf(2);
    expect(letter.verifyAddress).to.match(/\/verify$/);
  });

  it('is introduced anew where the letter was lost, and the letter before is void (B-118)', () => {
    const { db } = world.province;
    const [first] = introductionsOf(db, sepid().id);
    expect(() => introduceToBank(db, karim(), sepid()))
      .to.throw('centres:refusals.introduced')
      .with.nested.property('details.field', 'reason');
    const second = introduceToBank(db, karim(), sepid(), { reason: 'lost' });
    expect(second).to.include({ number: '1405-0002', reason: 'lost', replacedOn: null });
    const before = introductionsOf(db, sepid().id)[1]!;
    expect(before).to.include({ id: first!.id, replacedOn: TODAY, replacedFor: 'lost' });
    const told = (id: number) => verifiedOf(db, findPaper(db, id), 'Toos', NOW);
    expect(told(before.paperId)).to.include({ state: 'replaced', since: TODAY });
    expect(told(second.paperId).state).to.equal('valid');
    const insert = `INSERT INTO introductions (centre_id, year, number, issued_on, issued_by,
       paper_id, act_id, replaces_id, reason)
      SELECT centre_id, year, 3, issued_on, issued_by, paper_id, act_id, `;
    const from = `FROM introductions WHERE id = ${first!.id}`;
    expect(sql(`${insert} NULL, NULL ${from}`)).to.throw('b118_letter_replaces_the_last');
    expect(sql(`${insert} id, 'lost' ${from}`)).to.throw('b118_letter_replaces_the_last');
  });

  it('may have no other bank, no other owner and no card (B-118)', () => {
    const { db } = world.province;
    const account = { accountNumber: '3000100002', openedOn: TODAY };
    const tries = {
      'other-bank': { ...account, bank: 'melli' },
      'other-owner': { ...account, ownerName: 'علی نمونه' },
      'card-number': { ...account, accountNumber: '6037997551234560' },
      'iban-of-other-bank': { ...account, iban: 'IR580540105180021273113007' },
    };
    for (const [key, tried] of Object.entries(tries)) {
      expect(() => recordBankAccount(db, karim(), sepid(), tried), key)
        .to.throw(`centres:refusals.${key}`)
        .with.nested.property('details.clause', 'B-118');
    }
  });

  it('may have none of them from raw SQL', () => {
    const introduction = introductionOrNone(world.province.db, sepid().id)!.id;
    const { name } = sepid();
    const melli = accountRow(introduction, name, '3000100002').replace('velayat', 'melli');
    expect(sql(melli)).to.throw('b118_only_velayat');
    expect(sql(accountRow(introduction, 'علی', '3000100002'))).to.throw('b118_owner_is_the_centre');
    expect(sql(accountRow(introduction, name, '6037997551234560'))).to.throw('b118_no_card_number');
    const parsian = accountRow(introduction, name, '3000100002').replace(
      'NULL',
      "'IR580540105180021273113007'",
    );
    expect(sql(parsian)).to.throw('b118_iban_of_no_other_bank');
  });

  it('records its account once, opened after the letter and not in the future', () => {
    const { db } = world.province;
    const record = (openedOn: string) =>
      recordBankAccount(db, karim(), sepid(), { accountNumber: '3000-100-002', openedOn });
    expect(() => record('2026-11-22')).to.throw('future-day');
    expect(() => record(FOUNDED)).to.throw('opened-before-letter');
    record(TODAY);
    expect(() => record(TODAY)).to.throw('account-recorded');
    expect(bankAccountOrNone(db, sepid().id)).to.include({ introduction: '1405-0002' });
    expect(sql('DELETE FROM bank_accounts')).to.throw('bank_accounts_are_final');
  });

  it('is reminded of its licence as the end comes near, and urgently within thirty days', () => {
    const { clock } = world;
    const was = clock.now;
    clock.now = new Date('2027-01-20T10:00:00.000Z');
    expect(keys('reza', 'noor')).to.include('licence-ending');
    expect(keys('hadi', 'noor')).to.include('licence-ending');
    expect(keys('deputy', 'noor')).to.include('renew-licence');
    const told = (who: 'deputy' | 'hadi', day: string) => {
      clock.now = new Date(`${day}T10:00:00.000Z`);
      const centre = findCentre(world.province.db, 'noor');
      return tasksOf(world.province.db, world.actor(who, centre), centre)[0];
    };
    expect(told('deputy', '2027-03-01')).to.include({ key: 'renew-licence', state: 'bad' });
    expect(told('hadi', '2027-03-15')).to.include({ key: 'licence-ending-now', state: 'bad' });
    expect(told('hadi', '2027-03-25')).to.include({ key: 'licence-expired', state: 'bad' });
    clock.now = was;
  });
});

function accountRow(introduction: number, owner: string, number: string): string {
  const { karim: head } = world.users;
  return `INSERT INTO bank_accounts VALUES (${sepid().id}, 'velayat', '${owner}', '${number}', NULL,
    ${introduction}, '${TODAY}', ${head}, 1)`;
}
