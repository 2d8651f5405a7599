import { expect } from 'chai';
import { examine } from '../../src/provinces/doctor.ts';
import { buildWorld, type World } from '../support/world.ts';
import { cash, GIFTS, RECEIPTS, told } from './gifts.ts';

const CHEQUES = `${GIFTS}/cheques`;

describe('cheques', () => {
  let world: World;
  let given = 0;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  /** Enters a cheque and answers the number of its receipt. */
  async function cheque(more: object = {}): Promise<string> {
    given += 1;
    const { receipt } = told(
      await world.visit(
        'maryam',
        `POST ${GIFTS}`,
        cash({
          ...{ kind: 'cheque', reference: `10${given}`, bank: 'ملی', dueOn: '1405/08/25' },
          ...{ receivedOn: '1405/08/20', ...more },
        }),
      ),
    );
    return String(receipt);
  }
  const step = (receipt: string, state: string, more: object = {}) =>
    world.visit('reza', `POST ${CHEQUES}/${receipt}`, { state, happenedOn: '1405/08/28', ...more });
  const balance = (account: string) =>
    world.province.db.$client
      .prepare('SELECT coalesce(sum(debit_rial - credit_rial), 0) FROM balances WHERE account = ?')
      .pluck()
      .get(account) as number;
  const state = async (receipt: string) =>
    told(await world.visit('reza', `GET ${CHEQUES}/${receipt}.json`)).state;
  const raw = (sql: string) => () => world.province.db.$client.exec(sql);

  it('wait until they are paid, and are money at the bank then', async () => {
    const receipt = await cheque();
    expect([balance('1105'), balance('1102')]).to.eql([12_500_000, 0]);
    expect((await step(receipt, 'deposited', { happenedOn: '1405/08/22' })).status).to.equal(200);
    expect([balance('1105'), balance('1102')]).to.eql([12_500_000, 0]);
    const cleared = await step(receipt, 'cleared');
    expect(cleared.status, cleared.text).to.equal(200);
    expect(told(cleared)).to.include({ state: 'cleared' });
    expect([balance('1105'), balance('1102')]).to.eql([0, 12_500_000]);
    expect((await step(receipt, 'cleared')).status).to.equal(409);
  });

  it('of several funds come to the bank fund by fund', async () => {
    const funds = [
      { fund: 'sadaqa', amount: 1_000_000 },
      { fund: 'vow', amount: 2_000_000 },
    ];
    const receipt = await cheque({ funds, amount: undefined, fund: undefined });
    expect((await step(receipt, 'cleared')).status).to.equal(200);
    const ofVow = world.province.db.$client
      .prepare(`SELECT debit_rial FROM balances WHERE account = '1102' AND fund = 'vow'`)
      .pluck()
      .get();
    expect(ofVow).to.equal(2_000_000);
  });

  it('are not paid before their day, before they were given, or tomorrow', async () => {
    const receipt = await cheque();
    for (const [kind, happenedOn] of [
      ...[['cleared', '1405/08/24'] as const, ['deposited', '1405/08/19'] as const],
      ['cleared', '1405/09/01'] as const,
    ]) {
      const answer = await step(receipt, kind, { happenedOn });
      expect(answer.status).to.equal(422);
      const { errors } = answer.json<{ errors: { field: string }[] }>();
      expect(errors[0]!.field).to.equal('happenedOn');
    }
    expect(await state(receipt)).to.equal('received');
  });

  it('that bounce take their receipt with them, for a reason, and are shown to be called about', async () => {
    const receipt = await cheque({ donor: { name: 'بتول نمونه', mobile: '09150000001' } });
    expect((await step(receipt, 'bounced')).status).to.equal(422);
    const bounced = await step(receipt, 'bounced', { note: 'کسری موجودی' });
    expect(bounced.status, bounced.text).to.equal(200);
    const paper = told(await world.visit('reza', `GET ${RECEIPTS}/${receipt}.json`));
    expect(paper.state).to.equal('cancelled');
    expect((paper.cancellation as { reason: string }).reason).to.include('کسری موجودی');
    const page = await world.visit('reza', `GET ${CHEQUES}/${receipt}`, undefined, {
      accept: 'text/html',
    });
    expect(page.text).to.include('۰۹۱۵۰۰۰۰۰۰۱');
    expect((await step(receipt, 'cleared')).status).to.equal(409);
  });

  it('that were paid keep their receipt until the clearing is taken back', async () => {
    const receipt = await cheque();
    await step(receipt, 'cleared');
    const cancel = () =>
      world.visit('maryam', `POST ${RECEIPTS}/${receipt}/cancel`, { reason: 'اشتباه' });
    expect((await cancel()).status).to.equal(409);
    const undo = (person: 'reza' | 'maryam') =>
      world.visit(person, `POST ${CHEQUES}/${receipt}/undo`, { reason: 'وصول نشده بود' });
    expect((await undo('reza')).status).to.equal(409);
    expect((await undo('maryam')).status).to.equal(200);
    expect((await undo('maryam')).status).to.equal(409);
    expect(await state(receipt)).to.equal('received');
    expect((await cancel()).status).to.equal(200);
    expect(await state(receipt)).to.equal('returned');
  });

  it('are listed by their day, by state, in every format', async () => {
    const all = await world.visit('reza', `GET ${CHEQUES}.json?state=cleared`);
    const { rows, total } = all.json<{ rows: { state: string }[]; total: number }>();
    expect(rows.map((row) => row.state)).to.eql(['cleared', 'cleared']);
    expect(total).to.equal(2);
    const csv = await world.visit('reza', `GET ${CHEQUES}.csv`);
    expect(csv.text).to.include('receipt,reference,bank,dueOn,amount,donor,receivedOn,state');
    for (const suffix of ['pdf', 'xlsx']) {
      expect((await world.visit('reza', `GET ${CHEQUES}.${suffix}`)).status).to.equal(200);
    }
    const page = await world.visit('reza', `GET ${CHEQUES}`, undefined, { accept: 'text/html' });
    expect(page.text).to.include('وصول‌شده');
  });

  it('stand on the home page before they are due', async () => {
    const page = await world.visit('reza', 'GET /centres/noor', undefined, { accept: 'text/html' });
    expect(page.text).to.include('به سررسید رسیده');
  });

  it('are no money for anything else, whoever writes', async () => {
    await cheque();
    const line = (account: string, debit: number, credit: number, n: number) =>
      `INSERT INTO entry_lines SELECT max(id) + 1, ${n}, centre_id, year, '${account}', 'sadaqa',
         ${debit}, ${credit}, NULL FROM entries;`;
    const entry = (source: string) =>
      `INSERT INTO entries SELECT max(id) + 1, centre_id, year, (SELECT max(number) + 1 FROM entries),
         month, entry_on, 'x', '${source}', NULL, NULL, NULL, drafted_by, posted_by + 1, posted_at,
         act_id FROM entries;`;
    const lines = line('6101', 5, 0, 1) + line('1105', 0, 5, 2);
    for (const [source, name] of [
      ['manual', 'cheque_is_no_money'] as const,
      ['payment', 'b132_payment_is_booked'] as const,
      ['cheque', 'cheque_entry_clears_it'] as const,
    ]) {
      expect(raw(`BEGIN; ${lines} ${entry(source)} COMMIT`)).to.throw(name);
      raw('ROLLBACK')();
    }
    expect(raw("UPDATE cheque_events SET note = 'x'")).to.throw('cheque_events_are_final');
    expect(raw('DELETE FROM cheque_events')).to.throw('cheque_events_are_final');
  });

  it('leave the doctor nothing to say', () => {
    expect(examine(world.province.db).filter(({ wrong }) => wrong !== null)).to.eql([]);
  });
});
