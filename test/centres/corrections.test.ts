/** Each step has a way back: a correction is a new row, and what was printed before stays. */
import { expect } from 'chai';
import { quarter, readyCentre, stepsAt } from '../../seeds/neighbourhood.ts';
import { correctBankAccount } from '../../src/centres/account-corrections.ts';
import { activityCodeOrNone, recordActivityCode } from '../../src/centres/activity-codes.ts';
import { bankAccountOrNone, introduceToBank } from '../../src/centres/bank-accounts.ts';
import { findCentre } from '../../src/centres/centres.ts';
import { codeCorrectionsOf, correctActivityCode } from '../../src/centres/code-corrections.ts';
import { issueReceipt } from '../../src/donations/receipts.ts';
import { issueLicence } from '../../src/licence/licensing.ts';
import { noticesOf } from '../../src/notices/notices.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, FOUNDED, NOW, type Person, TODAY, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await buildWorld();
});
afterEach(() => world.close());

const NOOR = '/centres/noor';
const reason = 'رقم آخر اشتباه نوشته شد';
const noor = () => findCentre(world.province.db, 'noor');
const hadi = () => world.actor('hadi', noor());
const sql = (text: string) => () => world.province.db.$client.exec(text);
const wrong = () => examine(world.province.db).filter((finding) => finding.wrong !== null);

/** Sepid too with its code, to have another centre's. */
function licenseSepid(): void {
  const { db } = world.province;
  const sepid = findCentre(db, 'sepid');
  const officers = { ...world.users, head: world.users.karim };
  readyCentre(db, stepsAt(db, NOW), sepid, { officers, area: quarter(9) });
  issueLicence(db, world.actor('karim', sepid), sepid, {
    ...{ number: '1405/1', fromOn: TODAY, toOn: '2027-11-20', reason },
  });
}

describe('an activity code that was written wrong (B-117)', () => {
  it('is corrected by the committee with a reason, and both stay to be read', async () => {
    const body = { code: '09-1247', reason };
    const { status, headers } = await world.visit(
      'hadi',
      `POST ${NOOR}/activity-code/corrections`,
      body,
    );
    expect([status, headers.get('location')]).to.deep.equal([
      201,
      '/toos/centres/noor/activity-code',
    ]);
    const told = await world.visit('reza', `GET ${NOOR}/activity-code.json`);
    expect(told.json()).to.deep.equal({
      activityCode: { code: '09-1247', recordedOn: FOUNDED },
      corrections: [
        { was: '09-1274', code: '09-1247', reason, correctedOn: TODAY, correctedBy: 'hadi' },
      ],
    });
    expect(noor().activityCode).to.equal('09-1247');
    const said = noticesOf(world.province.db, world.actor('reza'), 1, 0)[0];
    expect(said?.key).to.equal('centres:notices.code-corrected');
    expect((await world.visit('hadi', `GET ${NOOR}/activity-code`)).text).to.include(reason);
    expect(wrong()).to.deep.equal([]);
  });

  it('leaves a receipt as it was printed; the next carries the right code', async () => {
    const { db } = world.province;
    const give = async () => {
      const gift = { amountRial: 500_000, fund: 'sadaqa', receivedOn: TODAY };
      await enter(world.province, (tx) =>
        issueReceipt(tx, world.actor('maryam', noor()), noor(), gift),
      );
      return db.$client.prepare('SELECT max(id) FROM papers').pluck().get() as number;
    };
    const first = await give();
    const { content } = findPaper(db, first);
    correctActivityCode(db, hadi(), noor(), { code: '09-1247', reason });
    expect(findPaper(db, first).content).to.equal(content);
    expect(content).to.include('09-1274').and.not.include('09-1247');
    expect(findPaper(db, await give()).content)
      .to.include('09-1247')
      .and.not.include('09-1274');
  });

  it('is no other centre’s, here and in the file; a code that was given up may be another’s', () => {
    licenseSepid();
    const { db } = world.province;
    const sepid = findCentre(db, 'sepid');
    const karim = world.actor('karim', sepid);
    expect(() => recordActivityCode(db, karim, sepid, '09-1274')).to.throw('activity-code-taken');
    recordActivityCode(db, karim, sepid, '09-2000');
    expect(() => correctActivityCode(db, hadi(), noor(), { code: '09-2000', reason }))
      .to.throw('activity-code-taken')
      .with.nested.property('details.field', 'code');
    const row = (code: string, by: number, act = 'max(id)') =>
      sql(`INSERT INTO activity_code_corrections (centre_id, code, reason, corrected_on,
        corrected_by, act_id) SELECT ${noor().id}, '${code}', 'xxx',
        date(max(at), '+210 minutes'), ${by}, ${act} FROM acts WHERE id = (SELECT max(id) FROM acts)`);
    const { users } = world;
    expect(row('09-2000', users.hadi)).to.throw('b117_code_of_one_centre');
    expect(row('09-3000', users.reza)).to.throw('b117_committee_corrects_code');
    expect(row('09-3000', users.karim)).to.throw('b17_own_county');
    correctActivityCode(db, hadi(), noor(), { code: '09-1275', reason });
    correctActivityCode(db, karim, sepid, { code: '09-1274', reason });
    expect(activityCodeOrNone(db, sepid.id)?.code).to.equal('09-1274');
    expect(sql('DELETE FROM activity_code_corrections')).to.throw('are_final');
    expect(sql("UPDATE activity_code_corrections SET code = 'x'")).to.throw('are_final');
  });

  it('is refused without a code, without a change, without a reason', async () => {
    const { db } = world.province;
    const sepid = findCentre(db, 'sepid');
    const karim = world.actor('karim', sepid);
    expect(() => correctActivityCode(db, karim, sepid, { code: '1', reason }))
      .to.throw('centres:refusals.no-code')
      .with.nested.property('details.clause', 'B-117');
    const post = (body: object) =>
      world.visit('hadi', `POST ${NOOR}/activity-code/corrections`, body);
    expect((await post({ code: '09-1274', reason })).status).to.equal(409);
    expect((await post({ code: '09-1', reason: '' })).status).to.equal(422);
    expect(codeCorrectionsOf(db, noor().id)).to.deep.equal([]);
  });
});

describe('an account that was written wrong (B-118)', () => {
  const right = { accountNumber: '3000100010', iban: null, openedOn: FOUNDED, reason };

  it('is corrected by the committee, and is still the one account', async () => {
    const { status } = await world.visit('hadi', `POST ${NOOR}/bank-account/corrections`, right);
    expect(status).to.equal(201);
    const told = (await world.visit('reza', `GET ${NOOR}/bank-account.json`)).json<{
      account: object;
      corrections: { was: object }[];
    }>();
    expect(told.account).to.include({ accountNumber: '3000100010', bank: 'velayat' });
    expect(told.account).to.include({ ownerName: noor().name });
    expect(told.corrections[0]!.was).to.include({ accountNumber: '3000100001' });
    expect((await world.visit('hadi', `GET ${NOOR}/bank-account`)).text).to.include(reason);
    expect(wrong()).to.deep.equal([]);
  });

  const REFUSED: [string, Partial<typeof right>, string][] = [
    ['a card number', { accountNumber: '6037997551234560' }, 'card-number'],
    [
      'the IBAN of another bank',
      { iban: 'IR580540105180021273113007' } as never,
      'iban-of-other-bank',
    ],
    ['an account opened after this one was recorded', { openedOn: TODAY }, 'second-account'],
    ['one opened before the letter', { openedOn: '2026-03-01' }, 'opened-before-letter'],
    ['what is written already', { accountNumber: '3000100001' }, 'nothing-new'],
  ];
  for (const [what, part, key] of REFUSED) {
    it(`is not corrected to ${what}`, () => {
      const { db } = world.province;
      expect(() => correctBankAccount(db, hadi(), noor(), { ...right, ...part })).to.throw(
        `centres:refusals.${key}`,
      );
      expect(bankAccountOrNone(db, noor().id)?.accountNumber).to.equal('3000100001');
    });
  }

  it('is not the account of another centre, and none of its board’s to change', async () => {
    licenseSepid();
    const { db } = world.province;
    const sepid = findCentre(db, 'sepid');
    const karim = world.actor('karim', sepid);
    recordActivityCode(db, karim, sepid, '09-2000');
    introduceToBank(db, karim, sepid);
    const account = { accountNumber: '3000-100-001', openedOn: TODAY };
    const send = (body: object) => world.visit('karim', 'POST /centres/sepid/bank-account', body);
    expect((await send(account)).json().clause).to.equal('B-118');
    expect((await send({ ...account, accountNumber: '3000100002' })).status).to.equal(201);
    expect(() =>
      correctBankAccount(db, hadi(), noor(), { ...right, accountNumber: '3000.100.002' }),
    ).to.throw('others-account');
    const row = (by: number, number: string, day: string) =>
      sql(`INSERT INTO bank_account_corrections (centre_id, account_number, opened_on, reason,
        corrected_on, corrected_by, act_id) SELECT ${noor().id}, '${number}', '${day}', 'xxx',
        date(at, '+210 minutes'), ${by}, id FROM acts ORDER BY id DESC LIMIT 1`);
    const { users } = world;
    expect(row(users.hadi, '3000100002', FOUNDED)).to.throw('b118_account_of_one_centre');
    expect(row(users.hadi, '6037997551234560', FOUNDED)).to.throw('b118_no_card_number');
    expect(row(users.hadi, '300', TODAY)).to.throw('b118_no_second_account');
    expect(row(users.reza, '300', FOUNDED)).to.throw('b118_committee_corrects_account');
    expect(row(users.karim, '300', FOUNDED)).to.throw('b17_own_county');
  });
});

/** Who may correct what of Noor; a correction asked with nothing in it is 422 for those who may. */
const MATRIX: [string, Partial<Record<Person, number>>][] = [
  [
    'activity-code/corrections',
    { hadi: 422, deputy: 422, reza: 403, maryam: 403, karim: 404, inspector: 403 },
  ],
  [
    'bank-account/corrections',
    { hadi: 422, deputy: 422, reza: 403, maryam: 403, karim: 404, inspector: 403 },
  ],
  [
    'licence/licences/1/corrections',
    { hadi: 422, deputy: 422, reza: 403, maryam: 403, karim: 404, inspector: 403 },
  ],
  [
    'trainings/1/corrections',
    { hadi: 422, deputy: 422, reza: 403, maryam: 403, karim: 404, inspector: 403 },
  ],
];

describe('corrections', () => {
  for (const [path, allowed] of MATRIX) {
    it(`are the committee’s: POST ${path}`, async () => {
      for (const [person, status] of Object.entries(allowed)) {
        const visit = await world.visit(person as Person, `POST ${NOOR}/${path}`, {});
        expect(visit.status, person).to.equal(status);
      }
      expect((await world.visit(null, `POST ${NOOR}/${path}`, {})).status).to.equal(401);
    });
  }
});
