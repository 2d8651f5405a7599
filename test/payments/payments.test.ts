/** Payments: prepared by one, signed by two, made whole; refused, withdrawn, taken back. */
import { expect } from 'chai';
import { refusePayment, reversePayment, withdrawPayment } from '../../src/payments/ending.ts';
import { findPayment } from '../../src/payments/payment-rows.ts';
import { paymentMark } from '../../src/payments/signing.ts';
import { examine } from '../../src/provinces/doctor.ts';
import type { Refusal } from '../../src/refusal.ts';
import { buildWorld, type World } from '../support/world.ts';
import { as, balance, buy, gift, help, line, pay, prepare, run, shop, sign } from './paying.ts';

async function refused(promise: Promise<unknown>): Promise<Refusal> {
  const fault = await promise.then(
    () => undefined,
    (reason: unknown) => reason as Refusal,
  );
  if (!fault) throw new Error('nothing was refused');
  return fault;
}

describe('a payment', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
    await gift(world, { amountRial: 4_000_000, fund: 'sadaqa' });
  });
  afterEach(() => world.close());

  it('B-58: is made by the second signature, with number, entry, voucher and act', async () => {
    const recipient = await help(world);
    const prepared = await prepare(world, {
      recipient,
      lines: [line('sadaqa', '6101', 1_500_000)],
    });
    expect(prepared.state).to.equal('waiting');
    expect(balance(world, '1101', 'sadaqa')).to.equal(4_000_000);
    const once = await sign(world, prepared, 'maryam');
    expect(once).to.include({ state: 'waiting', signed: 1 });
    const made = await sign(world, prepared, 'reza');
    expect(made).to.include({ state: 'made', year: 1405, number: 1, paidOn: '2026-11-21' });
    expect(balance(world, '1101', 'sadaqa')).to.equal(2_500_000);
    expect(balance(world, '6101', 'sadaqa')).to.equal(1_500_000);
    const { $client: client } = world.province.db;
    const paper = client
      .prepare('SELECT content FROM papers WHERE id = ?')
      .pluck()
      .get(made.paperId);
    const said = JSON.parse(paper as string) as {
      to: string;
      amountWords: string;
      signers: object[];
    };
    expect(said.to).to.equal('گیرندهٔ کد ۱');
    expect(said.amountWords).to.equal('یک میلیون و پانصد هزار');
    expect(said.signers).to.have.length(2);
    expect(examine(world.province.db).filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
  });

  it('B-58: is not signed twice by one, nor by a trustee without such a seat', async () => {
    const recipient = await help(world);
    const prepared = await prepare(world, { recipient, lines: [line('sadaqa', '6101', 1000)] });
    await sign(world, prepared, 'maryam');
    const again = await refused(sign(world, prepared, 'maryam'));
    expect(again.key).to.equal('payments:refusals.signed-already');
    const zahra = await refused(sign(world, prepared, 'zahra'));
    expect(zahra.status).to.equal(403);
  });

  it('is signed only as it was read', async () => {
    const recipient = await help(world);
    const prepared = await prepare(world, { recipient, lines: [line('sadaqa', '6101', 1000)] });
    const seen = paymentMark(world.province.db, prepared, '2026-11-21');
    const other = await refused(sign(world, prepared, 'maryam', { seen: `${seen}x` }));
    expect(other.key).to.equal('payments:refusals.changed');
    expect((await sign(world, prepared, 'maryam', { seen })).signed).to.equal(1);
  });

  it('is withdrawn by who prepared it, and refused by who should sign, each with a reason', async () => {
    const recipient = await help(world);
    const lines = [line('sadaqa', '6101', 1000)];
    const one = await prepare(world, { recipient, lines });
    const other = await prepare(world, { recipient, lines });
    const ended = await run(world, (tx) => [
      withdrawPayment(tx, as(world, 'maryam'), world.noor, {
        payment: one,
        reason: 'دیگر لازم نیست',
      }),
      refusePayment(tx, as(world, 'reza'), world.noor, { payment: other, reason: 'بازدید نشده' }),
    ]);
    expect(ended.map(({ state }) => state)).to.deep.equal(['withdrawn', 'refused']);
    expect((await refused(sign(world, one, 'reza'))).key).to.equal(
      'payments:refusals.is-withdrawn',
    );
    expect(balance(world, '1101', 'sadaqa')).to.equal(4_000_000);
  });

  it('comes back by a reversal of its own day, and keeps its number', async () => {
    const recipient = await help(world);
    const made = await pay(world, { recipient, lines: [line('sadaqa', '6101', 1_000_000)] });
    world.clock.now = new Date('2026-11-25T10:00:00.000Z');
    const payment = findPayment(world.province.db, world.noor.id, made.id);
    const reversed = await run(world, (tx) =>
      reversePayment(tx, as(world, 'reza'), world.noor, { payment, reason: 'پول برگشت' }),
    );
    expect(reversed).to.include({ state: 'reversed', number: 1, endedOn: '2026-11-25' });
    expect(balance(world, '1101', 'sadaqa')).to.equal(4_000_000);
  });

  it('brings what it buys into the store in the fund of its line, and takes it out when it is reversed', async () => {
    await gift(world, { amountRial: 3_000_000, fund: 'fidya' });
    const payee = await shop(world);
    const bought = await buy(world, { fund: 'fidya', payee, goods: [['آرد', 40, 2_000_000]] });
    expect(bought.state).to.equal('made');
    expect(balance(world, '1301', 'fidya')).to.equal(2_000_000);
    await run(world, (tx) =>
      reversePayment(tx, as(world, 'reza'), world.noor, { payment: bought, reason: 'پس داده شد' }),
    );
    expect(balance(world, '1301', 'fidya')).to.equal(0);
    expect(balance(world, '1101', 'fidya')).to.equal(3_000_000);
  });

  it('B-46, B-136: is never made to a trustee of the centre, nor as a wage', async () => {
    const { $client: client } = world.province.db;
    const sql = "SELECT national_id FROM persons WHERE name = 'زهرا نمونه'";
    const nationalId = client.prepare(sql).pluck().get() as string;
    const trustee = await refused(shop(world, { nationalId }));
    expect(trustee.key).to.equal('payments:refusals.trustee-paid');
    expect(trustee.details.clause).to.equal('B-46');
    await gift(world, { amountRial: 1_000_000, fund: 'running-costs' });
    const payee = await shop(world);
    const lines = [line('running-costs', '7102', 1000)];
    for (const [purpose, clause] of [
      ['دستمزد مهرماه منشی', 'B-46'],
      ['حق‌الزحمهٔ خدمات', 'B-46'],
      ['اجارهٔ دفتر', 'B-114'],
      ['قبض برق مسجد', 'B-98'],
    ]) {
      const fault = await refused(prepare(world, { kind: 'running', payee, purpose, lines }));
      expect(fault.details.clause, purpose).to.equal(clause);
    }
    const made = await pay(world, { kind: 'running', payee, purpose: 'خرید کاغذ', lines });
    expect(made.state).to.equal('made');
  });
});
