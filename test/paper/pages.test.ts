/** Checking a paper by its code, and printing it: the first print is kept, a later one says so. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { cancelReceipt, findReceipt, issueReceipt } from '../../src/donations/receipts.ts';
import { readCode } from '../../src/paper/papers.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, TODAY, visit, type World } from '../support/world.ts';

describe('a paper', () => {
  let world: World;
  let code: string;
  let receipt: string;

  before(async () => {
    world = await buildWorld();
    ({ verifyCode: code, receipt } = await enter(world.province, (tx) =>
      issueReceipt(tx, world.actor('maryam', world.noor), world.noor, {
        ...{ amountRial: 750_000, fund: 'vow', receivedOn: TODAY },
        donor: { name: 'بخشندهٔ پنهان', mobile: '09000000009' },
      }),
    ));
  });
  after(() => world.close());

  const check = (typed: string) => visit(world.address, null, `GET /verify/${typed}.json`);

  it('has a code of 65 random bits that names its province', () => {
    expect(code).to.match(/^toos-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}$/);
  });

  it('is checked by anybody, who learns what the paper says and nothing of the donor', async () => {
    const told = (await check(code)).json();
    expect(told).to.include({ kind: 'receipt', number: receipt, amount: 750_000, state: 'valid' });
    const page = await visit(world.address, null, `GET /verify/${code}`);
    expect(page.status).to.equal(200);
    expect(page.text).to.not.contain('پنهان').and.not.contain('0900000');
  });

  it('is found however the code is typed, also in small letters and without dashes', async () => {
    const plain = code.replaceAll('-', '').toLowerCase();
    for (const typed of [code.toLowerCase(), plain, code.replaceAll('-', ' ')]) {
      const asked = encodeURIComponent(typed);
      const there = await visit(world.address, null, `GET /verify?code=${asked}`);
      expect(there.status).to.equal(303);
      const answer = await visit(world.address, null, `GET ${there.headers.get('location')}.json`);
      expect(answer.status, typed).to.equal(200);
    }
  });

  it('is not there for a code that was not given, of another province, or no code at all', async () => {
    const typed = ['toos-0000-0000-00000', code.replace('toos', 'tabas'), 'x', '../../etc'];
    for (const one of typed) expect((await check(encodeURIComponent(one))).status).to.equal(404);
    expect(readCode('')).to.equal(undefined);
  });

  it('is not printed by who only asks whether it is there', async () => {
    const line = `HEAD /centres/noor/donations/receipts/${receipt}.pdf`;
    const { status, headers } = await world.visit('maryam', line);
    expect([status, headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    const count = world.province.db.$client.prepare('SELECT count(*) FROM paper_prints').pluck();
    expect(count.get()).to.equal(0);
  });

  it('keeps the bytes of its first print, and says so when it is printed again', async () => {
    const print = () =>
      world.visit('maryam', `GET /centres/noor/donations/receipts/${receipt}.pdf`);
    expect((await print()).status).to.equal(200);
    expect((await print()).status).to.equal(200);
    const prints = world.province.db.$client
      .prepare('SELECT nth, pdf, sha256 FROM paper_prints ORDER BY nth')
      .all() as { nth: number; pdf: Buffer | null; sha256: Buffer | null }[];
    expect(prints.map(({ nth }) => nth)).to.deep.equal([1, 2]);
    const hash = createHash('sha256').update(prints[0]!.pdf!).digest();
    expect(hash.equals(prints[0]!.sha256!)).to.equal(true);
    expect(prints[1]!.pdf).to.equal(null);
  });

  it('is told to be cancelled from the day it was', async () => {
    await enter(world.province, (tx) => {
      const known = findReceipt(tx, world.noor.id, receipt);
      cancelReceipt(tx, world.actor('maryam', world.noor), world.noor, known, 'دو بار ثبت شد');
    });
    expect((await check(code)).json()).to.include({ state: 'cancelled', since: TODAY });
  });

  it('stands in the register of its centre, for those who keep its money and the committee', async () => {
    const line = 'GET /centres/noor/papers.json';
    const told = (await world.visit('reza', line)).json();
    expect((told.rows as object[])[0]).to.include({ number: receipt, prints: 2 });
    const statuses = {
      maryam: 200,
      hadi: 200,
      inspector: 200,
      zahra: 403,
      karim: 404,
      security: 404,
    };
    for (const [person, status] of Object.entries(statuses)) {
      expect((await world.visit(person as 'reza', line)).status, person).to.equal(status);
    }
    expect((await world.visit(null, line)).status).to.equal(401);
  });
});
