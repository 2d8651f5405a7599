/** What gifts are held to beside their entry: one payment once, nothing paid back twice, batches. */
import { expect } from 'chai';
import { findReceipt } from '../../src/donations/receipts.ts';
import { type ChangeAsked, changeIntention, takeBackChange } from '../../src/funds/intentions.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';
import { cash, GIFTS, RECEIPTS, told } from './gifts.ts';

const CHEQUES = `${GIFTS}/cheques`;
const BATCHES = `${GIFTS}/batches`;

describe('a gift is held to what became of it', () => {
  let world: World;
  let given = 500;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const post = (address: string, body: object, key?: string, person: Person = 'reza') =>
    world.visit(person, `POST ${address}`, body, key ? { 'idempotency-key': key } : {});
  const wrong = () => examine(world.province.db).filter((one) => one.wrong);
  const raw = (sql: string) => () => world.province.db.$client.exec(sql);
  const field = async (answer: ReturnType<typeof post>) => {
    const { status, json } = await answer;
    const { errors } = json<{ errors?: { field: string }[] }>();
    return [status, errors?.[0]?.field];
  };
  async function receiptOf(more: object = {}): Promise<string> {
    const answer = await post(GIFTS, cash({ fund: 'dowry', amount: 1000, ...more }));
    expect(answer.status, answer.text).to.equal(201);
    return String(told(answer).receipt);
  }
  const cheque = () => {
    given += 1;
    const more = { kind: 'cheque', reference: `${given}`, bank: 'ملی', dueOn: '1405/08/30' };
    return receiptOf(more);
  };
  const step = (receipt: string, state: string, key?: string) =>
    post(`${CHEQUES}/${receipt}`, { state, happenedOn: '1405/08/30', note: 'کسری' }, key);
  const changed = (receipt: string, more: Partial<ChangeAsked> = {}) =>
    enter(world.province, (tx) =>
      changeIntention(tx, world.actor('reza', world.noor), world.noor, {
        receipt: findReceipt(tx, world.noor.id, receipt),
        asked: {
          ...{ fromFund: 'dowry', toFund: 'purpose', amountRial: 400, account: '1101' },
          ...{ way: 'consent', consent: 'writing', consentedOn: TODAY },
          ...{ reason: 'عروسی به هم خورد و نیکوکار خواست', ...more },
        },
      }),
    );
  const restored = (change: Awaited<ReturnType<typeof changed>>) =>
    enter(world.province, (tx) => {
      const actor = world.actor('maryam', world.noor);
      return takeBackChange(tx, actor, world.noor, { change, reason: 'اشتباه بود' });
    });
  const keyOf = async (promise: Promise<unknown>) =>
    ((await promise.catch((fault: unknown) => fault)) as Refusal).key;
  const cancel = (receipt: string) =>
    post(`${RECEIPTS}/${receipt}/cancel`, { reason: 'دوبار ثبت شد' });
  const cancelled = (receipt: string) => `INSERT INTO receipt_cancellations
    SELECT r.id, 'دوبار', '${TODAY}', r.issued_at, r.issued_by, r.entry_id, 1
    FROM receipts r WHERE printf('%d-%06d', r.year, r.number) = '${receipt}'`;

  it('is not cancelled while its money serves another purpose', async () => {
    const receipt = await receiptOf();
    const change = await changed(receipt);
    await receiptOf();
    const refused = await cancel(receipt);
    expect(refused.status).to.equal(409);
    expect(refused.json<{ mend: string }>().mend).to.include(`/funds/intentions/${change.id}`);
    expect(raw(cancelled(receipt))).to.throw('b81_changed_gift_stays');
    await restored(change);
    expect((await cancel(receipt)).status).to.equal(200);
  });

  it('a cheque changes its purpose once it is money, and is then not handed back', async () => {
    const receipt = await cheque();
    expect(await keyOf(changed(receipt))).to.equal('funds:refusals.cheque-waits');
    expect((await step(receipt, 'cleared')).status).to.equal(200);
    const change = await changed(receipt, { account: '1102' });
    const undo = () => post(`${CHEQUES}/${receipt}/undo`, { reason: 'اشتباه بود' }, '', 'maryam');
    expect((await undo()).status).to.equal(409);
    await restored(change);
    expect((await undo()).status).to.equal(200);
    expect(
      raw(`INSERT INTO intention_changes SELECT 99, centre_id, donation_id, from_fund, to_fund, 5,
        account, way, consent, consented_on, reason, changed_on, changed_by, 9999, paper_id, act_id
        FROM intention_changes WHERE id = ${change.id}`),
    ).to.throw('b81_change_of_money_only');
    expect((await step(receipt, 'returned')).status).to.equal(200);
    expect(wrong()).to.eql([]);
  });

  it('nobody agrees to a change before he gave', async () => {
    const receipt = await receiptOf();
    const early = changed(receipt, { consentedOn: '2020-01-01' });
    expect(await keyOf(early)).to.equal('funds:refusals.consent-before-gift');
    const { id } = await changed(receipt, { amountRial: 1 });
    expect(
      raw(`INSERT INTO intention_changes SELECT 99, centre_id, donation_id, from_fund, to_fund, 5,
        account, way, consent, '2020-01-01', reason, changed_on, changed_by, 9999, paper_id, act_id
        FROM intention_changes WHERE id = ${id}`),
    ).to.throw('b81_consent_after_gift');
  });

  it('a cheque at the bank is told of on its own page', async () => {
    const receipt = await cheque();
    await step(receipt, 'deposited');
    const refused = await cancel(receipt);
    expect(refused.status).to.equal(409);
    expect(refused.json<{ mend: string }>().mend).to.include(`/cheques/${receipt}`);
    expect((await step(receipt, 'bounced')).status).to.equal(200);
    expect(wrong()).to.eql([]);
  });

  it('the doctor finds a changed gift that was cancelled all the same', async () => {
    const receipt = await receiptOf();
    await changed(receipt);
    const { $client } = world.province.db;
    const guards = $client
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'receipt_cancellations'",
      )
      .pluck()
      .all() as string[];
    $client.exec('BEGIN; PRAGMA defer_foreign_keys = 1');
    for (const name of guards) {
      $client.exec(`DROP TRIGGER ${name}`);
    }
    $client.exec(cancelled(receipt));
    expect(wrong().map(({ name }) => name)).to.include('changed-gifts');
    $client.exec('ROLLBACK');
  });

  it('a step sent again under its key answers as the first time', async () => {
    const receipt = await cheque();
    const first = await step(receipt, 'cleared', 'step-1-of-cheque');
    const again = await step(receipt, 'cleared', 'step-1-of-cheque');
    expect([first.status, again.status]).to.eql([200, 200]);
    expect(again.text).to.equal(first.text);
  });

  it('one payment is one gift, with zeros or without, and with its bank or without', async () => {
    const gift = (kind: string, reference: string, bank?: string) =>
      post(
        GIFTS,
        cash({ kind, reference, bank, ...(kind === 'cheque' && { dueOn: '1405/08/30' }) }),
      );
    const statuses = async (...asked: ReturnType<typeof gift>[]) =>
      (await Promise.all(asked)).map(({ status }) => status);
    expect((await gift('transfer', '33001')).status).to.equal(201);
    expect(await statuses(gift('transfer', '33001', 'ملی'), gift('transfer', '033001'))).to.eql([
      ...[409, 409],
    ]);
    expect((await gift('transfer', '33002', 'ملی')).status).to.equal(201);
    expect(
      await statuses(gift('transfer', '33002', 'ملّی'), gift('transfer', '33002', 'صادرات')),
    ).to.eql([409, 201]);
    expect((await gift('cheque', '0001', 'ملی')).status).to.equal(201);
    expect(await statuses(gift('cheque', '1', 'ملّی'), gift('cheque', '1', 'ملت'))).to.eql([
      409, 201,
    ]);
    const deposit = (reference: string) =>
      post(`${GIFTS}/deposits`, { reference, depositedOn: '1405/08/30', amount: 5 });
    expect((await deposit('033001')).status).to.equal(409);
    expect((await deposit('071')).status).to.equal(201);
    expect((await deposit('71')).status).to.equal(409);
    expect((await gift('transfer', '71')).status).to.equal(409);
    const next = '(SELECT max(id) + 1 FROM donations)';
    expect(
      raw(`BEGIN; INSERT INTO gift_references VALUES (${next}, '0033001', 'ملّی', NULL);
        INSERT INTO donations SELECT ${next}, centre_id, kind, amount_rial, fund, donor_id, purpose,
          purpose_search, received_on, received_by, entered_at, entered_by, act_id
        FROM donations WHERE kind = 'transfer' LIMIT 1; COMMIT`),
    ).to.throw('gift_reference_once');
    world.province.db.$client.exec('ROLLBACK');
    expect(
      raw(`INSERT INTO deposits SELECT 99, centre_id, '00' || reference, deposited_on, amount_rial,
        words, 9999, recorded_at, recorded_by, act_id FROM deposits LIMIT 1`),
    ).to.throw('deposit_once');
  });

  it('parts that come to too much are named', async () => {
    const amount = 99_999_999_999_999;
    const funds = ['sadaqa', 'vow'].map((fund) => ({ fund, amount }));
    const answer = post(GIFTS, { kind: 'cash', receivedOn: '1405/08/30', funds });
    expect(await field(answer)).to.eql([422, 'funds']);
  });

  describe('in a batch', () => {
    const open = (count: unknown) =>
      post(BATCHES, { words: 'پاکت‌ها', receivedOn: '1405/08/29', count, total: 9 });
    const row = (more: object = {}) => ({ amount: 3, fund: 'sadaqa', ...more });

    it('the control count is digits, and no more than one deed can close', async () => {
      for (const count of ['-1', '1.5', '1e3', '1-2', '501', '0', -1, 1.5]) {
        expect(await field(open(count)), String(count)).to.eql([422, 'count']);
      }
      expect((await open('۱۲')).status).to.equal(201);
      expect(
        raw(`INSERT INTO gift_batches SELECT 99, centre_id, number + 1, words, received_on, 501,
          control_rial, opened_at, opened_by, act_id, 'open', NULL, NULL, NULL
          FROM gift_batches ORDER BY number DESC LIMIT 1`),
      ).to.throw('batch_count');
    });

    it('a row is held to all that its gift will be', async () => {
      const { number } = told(await open(3));
      const fill = (...rows: unknown[]) => field(post(`${BATCHES}/${number}/rows`, { rows }));
      await receiptOf({ kind: 'card', reference: '900' });
      const parts = [{ fund: 'sadaqa', amount: 3 }];
      expect(await fill(null)).to.eql([422, 'rows.0._']);
      expect(await fill(row(), 'x')).to.eql([422, 'rows.1._']);
      expect(await fill(row(), row({ kind: 'card', reference: '0900' }))).to.eql([
        ...[422, 'rows.1.reference'],
      ]);
      expect((await fill(row({ fund: undefined, funds: parts })))[0]).to.equal(422);
      expect((await fill(row({ purpose: 'تعمیر مسجد محل' })))[0]).to.equal(422);
      expect(await fill(row())).to.eql([201, undefined]);
    });
  });
});
