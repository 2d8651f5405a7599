import { expect } from 'chai';
import { examine } from '../../src/provinces/doctor.ts';
import { buildWorld, type World } from '../support/world.ts';
import { BATOOL, cash, GIFTS, RECEIPTS, told } from './gifts.ts';

const DEPOSITS = `${GIFTS}/deposits`;

describe('deposits of unknown givers', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const post = (more: object = {}) =>
    world.visit('maryam', `POST ${DEPOSITS}`, {
      ...{ reference: '۱۴۰۵۰۸۱', depositedOn: '1405/08/20', amount: '۷٬۰۰۰٬۰۰۰' },
      ...{ words: 'پایانهٔ شعبهٔ بهار', ...more },
    });
  const match = (id: unknown, more: object = {}) =>
    world.visit('reza', `POST ${DEPOSITS}/${id}/match`, { fund: 'vow', donor: BATOOL, ...more });
  const balance = (account: string, fund: string) =>
    world.province.db.$client
      .prepare(
        `SELECT coalesce(sum(debit_rial - credit_rial), 0) FROM balances
         WHERE account = ? AND fund = ?`,
      )
      .pluck()
      .get(account, fund) as number;
  const of = async (id: unknown) =>
    told(await world.visit('reza', `GET ${DEPOSITS}/${id}.json`)) as { state: string };

  let id: unknown;

  it('are held in a fund of their own', async () => {
    const answer = await post();
    expect(answer.status, answer.text).to.equal(201);
    ({ id } = told(answer));
    expect(told(answer)).to.include({ reference: '1405081', state: 'waiting', receipt: null });
    expect(balance('1102', 'unidentified')).to.equal(7_000_000);
    expect(balance('3105', 'unidentified')).to.equal(-7_000_000);
  });

  it('are recorded once, and not as a transfer beside', async () => {
    expect((await post()).status).to.equal(409);
    const transfer = await world.visit(
      'reza',
      `POST ${GIFTS}`,
      cash({ kind: 'transfer', reference: '1405081' }),
    );
    expect(transfer.status).to.equal(409);
    expect(transfer.json()).to.include({ mend: `/donations/deposits/${id}` });
    await world.visit('reza', `POST ${GIFTS}`, cash({ kind: 'transfer', reference: '55' }));
    expect((await post({ reference: '55' })).status).to.equal(409);
  });

  it('become the gift they were, of the day of the deposit', async () => {
    const answer = await match(id);
    expect(answer.status, answer.text).to.equal(201);
    const { receipt } = told(answer);
    const gift = told(await world.visit('reza', `GET ${RECEIPTS}/${receipt}.json`));
    expect(gift).to.include({ kind: 'transfer', amount: 7_000_000, receivedOn: '2026-11-11' });
    expect(gift).to.include({ reference: '1405081', donor: BATOOL.name });
    // B-112: the deposit was in the books on time, or was not; its gift is no later than it.
    expect(gift.lateDays).to.equal(10);
    expect(balance('1102', 'unidentified')).to.equal(0);
    expect(balance('3105', 'unidentified')).to.equal(0);
    expect(balance('1102', 'vow')).to.equal(7_000_000);
    expect(await of(id)).to.include({ state: 'matched', receipt });
    expect((await match(id)).status).to.equal(409);
  });

  it('wait again when that receipt is cancelled, and may be divided over funds', async () => {
    const { receipt } = (await of(id)) as unknown as { receipt: string };
    await world.visit('reza', `POST ${RECEIPTS}/${receipt}/cancel`, { reason: 'کس دیگری بود' });
    expect((await of(id)).state).to.equal('waiting');
    expect(balance('1102', 'unidentified')).to.equal(7_000_000);
    const parts = [
      { fund: 'sadaqa', amount: 3_000_000 },
      { fund: 'vow', amount: 4_000_000 },
    ];
    expect((await match(id, { funds: [parts[0]], fund: undefined })).status).to.equal(422);
    expect((await match(id, { funds: parts, fund: undefined })).status).to.equal(201);
    expect(balance('1102', 'unidentified')).to.equal(0);
  });

  it('are no money of anybody until then, whoever writes', async () => {
    const { id: other } = told(await post({ reference: '99' }));
    const { db } = world.province;
    const spend = (source: string) => () =>
      db.$client.exec(`BEGIN;
        INSERT INTO entry_lines SELECT max(id) + 1, 1, centre_id, year, '3105', 'unidentified', 5, 0,
          NULL FROM entries;
        INSERT INTO entry_lines SELECT max(id) + 1, 2, centre_id, year, '1102', 'unidentified', 0, 5,
          NULL FROM entries;
        INSERT INTO entries SELECT max(id) + 1, centre_id, year, (SELECT max(number) + 1 FROM entries),
          month, entry_on, 'x', '${source}', NULL, NULL, NULL, drafted_by, posted_by + 1, posted_at,
          act_id FROM entries; COMMIT`);
    for (const [source, name] of [
      ['manual', 'unidentified_by_its_own_deeds'],
      ['payment', 'b132_payment_is_booked'],
      ['deposit', 'deposit_entry_is_its_own'],
    ] as const) {
      expect(spend(source)).to.throw(name);
      db.$client.exec('ROLLBACK');
    }
    expect(() => db.$client.exec('DELETE FROM deposits')).to.throw('deposits_are_final');
    expect((await of(other)).state).to.equal('waiting');
  });

  it('are listed in every format, and shown on pages', async () => {
    const { rows } = (await world.visit('reza', `GET ${DEPOSITS}.json?state=waiting`)).json<{
      rows: { reference: string }[];
    }>();
    expect(rows.map(({ reference }) => reference)).to.eql(['99']);
    for (const suffix of ['csv', 'pdf', 'xlsx']) {
      expect((await world.visit('reza', `GET ${DEPOSITS}.${suffix}`)).status).to.equal(200);
    }
    for (const page of [DEPOSITS, `${DEPOSITS}/${id}`]) {
      const html = await world.visit('reza', `GET ${page}`, undefined, { accept: 'text/html' });
      expect(html.status).to.equal(200);
      expect(html.text).to.include('شرح بانک');
    }
  });

  it('recorded by mistake are taken back by another, and may be recorded anew', async () => {
    const { id: wrong } = told(await post({ reference: '321' }));
    const back = (person: 'reza' | 'maryam', of: unknown) =>
      world.visit(person, `POST ${DEPOSITS}/${of}/reversal`, { reason: 'دو بار نوشته شد' });
    expect((await back('maryam', wrong)).status).to.equal(409);
    expect((await back('reza', id)).status).to.equal(409);
    expect(told(await back('reza', wrong)).state).to.equal('reversed');
    expect((await match(wrong)).status).to.equal(409);
    expect((await post({ reference: '321' })).status).to.equal(201);
  });

  it('are not late because their giver was found late (B-112)', async () => {
    const known = told(await post({ reference: '654', depositedOn: '1405/08/30' }));
    world.clock.now = new Date('2026-12-01T10:00:00.000Z');
    const { receipt } = told(await match(known.id));
    const gift = told(await world.visit('reza', `GET ${RECEIPTS}/${receipt}.json`));
    expect(gift).to.include({ receivedOn: '2026-11-21', lateDays: null });
    const late = await world.visit('reza', `GET ${GIFTS}.json?state=late`);
    expect(late.text).not.to.include(String(receipt));
  });

  it('leave the doctor nothing to say', () => {
    expect(examine(world.province.db).filter(({ wrong }) => wrong !== null)).to.eql([]);
  });
});
