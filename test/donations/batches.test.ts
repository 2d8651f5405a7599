import { expect } from 'chai';
import { examine } from '../../src/provinces/doctor.ts';
import { buildWorld, type World } from '../support/world.ts';
import { counted, GIFTS, told } from './gifts.ts';

const BATCHES = `${GIFTS}/batches`;

describe('a batch of gifts', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const open = async (count: number, total: number) => {
    const answer = await world.visit('reza', `POST ${BATCHES}`, {
      ...{ words: 'پاکت‌های شب قدر', receivedOn: '1405/08/29', count, total },
    });
    expect(answer.status, answer.text).to.equal(201);
    return `${BATCHES}/${told(answer).number}`;
  };
  const fill = (batch: string, rows: object[]) =>
    world.visit('maryam', `POST ${batch}/rows`, { rows });
  const close = (batch: string) => world.visit('reza', `POST ${batch}/closing`, {});
  const row = (amount: number, more: object = {}) => ({ amount, fund: 'sadaqa', ...more });
  const gifts = () => counted(world)[0]!;

  it('is closed when both sums agree, and is all receipts in its order then', async () => {
    const batch = await open(3, 6_000_000);
    await fill(batch, [row(1_000_000, { donor: { name: 'اول نمونه' } }), row(2_000_000)]);
    expect((await close(batch)).status).to.equal(409);
    await fill(batch, [row(3_000_000, { kind: 'card', reference: '123' })]);
    const closed = await close(batch);
    expect(closed.status, closed.text).to.equal(200);
    const { rows, state } = (await world.visit('reza', `GET ${batch}.json`)).json<{
      state: string;
      rows: { receipt: string; amount: number }[];
    }>();
    expect(state).to.equal('closed');
    expect(rows.map(({ receipt, amount }) => [receipt, amount])).to.eql([
      ['1405-000001', 1_000_000],
      ['1405-000002', 2_000_000],
      ['1405-000003', 3_000_000],
    ]);
  });

  it('is not closed with another total, nor filled beyond its count', async () => {
    const batch = await open(1, 5);
    await fill(batch, [row(6)]);
    const answer = await close(batch);
    expect(answer.status).to.equal(409);
    expect((await fill(batch, [row(1)])).status).to.equal(409);
    await world.visit('reza', `POST ${batch}/rows/1/removal`, {});
    await fill(batch, [row(5)]);
    expect((await close(batch)).status).to.equal(200);
  });

  it('names the row that cannot be a gift, and issues none', async () => {
    const batch = await open(3, 9);
    const again = { kind: 'card', reference: '777' };
    await fill(batch, [row(3), row(3, again), row(3, again)]);
    const before = counted(world);
    const answer = await close(batch);
    expect(answer.status).to.equal(409);
    expect(answer.json<{ detail: string }>().detail).to.match(/^ردیف ۳:/);
    expect(counted(world)).to.eql(before);
  });

  it('is closed once, by whoever comes first', async () => {
    const batch = await open(2, 4);
    await fill(batch, [row(2), row(2)]);
    const before = gifts();
    const answers = await Promise.all([close(batch), close(batch), close(batch)]);
    expect(answers.map(({ status }) => status).toSorted()).to.eql([200, 409, 409]);
    expect(gifts()).to.equal(before + 2);
  });

  it('reads every row beside its fields', async () => {
    const batch = await open(3, 9);
    const bad = [row(0), row(3, { fund: '' }), row(3, { kind: 'goods' })];
    const answer = await fill(batch, bad);
    expect(answer.status).to.equal(422);
    const { errors } = answer.json<{ errors: { field: string }[] }>();
    expect(errors.map(({ field }) => field)).to.eql([
      ...['rows.0.amount', 'rows.1.fund', 'rows.2.kind'],
    ]);
    expect((await fill(batch, [row(3, { fund: 'nothing' })])).status).to.equal(422);
  });

  it('may be put aside, with a reason', async () => {
    const batch = await open(1, 1);
    expect((await world.visit('reza', `POST ${batch}/withdrawal`, {})).status).to.equal(422);
    const reason = 'دوباره شمرده می‌شود';
    const aside = await world.visit('reza', `POST ${batch}/withdrawal`, { reason });
    expect(told(aside).state).to.equal('withdrawn');
    expect((await fill(batch, [row(1)])).status).to.equal(409);
    expect((await close(batch)).status).to.equal(409);
  });

  it('has five hundred rows, and not one more is lost or added', async () => {
    const batch = await open(500, 500 * 1_500_000);
    const many = Array.from({ length: 500 }, (_, at) => {
      return row(1_500_000, { donor: { name: `نیکوکار نمونهٔ ${at}` } });
    });
    const gifts = () =>
      world.province.db.$client.prepare('SELECT count(*) FROM donations').pluck().get() as number;
    const before = gifts();
    expect((await fill(batch, many)).status).to.equal(201);
    expect((await close(batch)).status).to.equal(200);
    expect(gifts() - before).to.equal(500);
  });

  it('is held to its sums by the file', () => {
    const { db } = world.province;
    const raw = (sql: string) => () => db.$client.exec(sql);
    expect(raw("UPDATE gift_batches SET control_rial = 1 WHERE state = 'open'")).to.throw(
      'batch_stays_as_declared',
    );
    expect(
      raw(`UPDATE gift_batches SET state = 'closed', settled_at = opened_at,
        settled_by = opened_by, settled_act_id = act_id WHERE state = 'open'`),
    ).to.throw('batch_closes_when_both_agree');
    expect(raw('DELETE FROM gift_batches')).to.throw('batch_stays_as_declared');
    expect(raw('DELETE FROM gift_batch_rows WHERE donation_id IS NOT NULL')).to.throw(
      'batch_rows_while_open',
    );
  });

  it('is listed and shown, with its rows, in every format', async () => {
    for (const suffix of ['', '.json', '.csv', '.pdf', '.xlsx']) {
      for (const address of [BATCHES, `${BATCHES}/1`, `${BATCHES}/3`]) {
        const answer = await world.visit('reza', `GET ${address}${suffix}`, undefined, {
          ...(suffix === '' && { accept: 'text/html' }),
        });
        expect(answer.status, `${address}${suffix}`).to.equal(200);
      }
    }
  });

  it('leaves the doctor nothing to say', () => {
    expect(examine(world.province.db).filter(({ wrong }) => wrong !== null)).to.eql([]);
  });
});
