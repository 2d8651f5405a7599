/** What is sent: no JSON, too much of it, another type, the same twice; and a disk that is full. */
import { expect } from 'chai';
import { buildWorld, TODAY, type World } from '../support/world.ts';

const GIFTS = '/centres/noor/donations';
const GIFT = { kind: 'cash', amount: 500_000, fund: 'sadaqa', receivedOn: TODAY };

describe('what a program sends', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const gifts = async () => Number((await world.visit('maryam', `GET ${GIFTS}.json`)).json().total);
  const send = (body: string, headers: Record<string, string>) =>
    fetch(`${world.address}/toos${GIFTS}`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${world.tokens.maryam}`, ...headers },
    });
  const JSON_TYPE = { 'content-type': 'application/json' };

  it('is entered when it is right: 201, where it is, and what it became', async () => {
    const before = await gifts();
    const visit = await world.visit('maryam', `POST ${GIFTS}`, GIFT);
    expect(visit.status).to.equal(201);
    expect(visit.headers.get('location')).to.contain('/donations/receipts/1405-');
    expect(visit.json()).to.include.keys('id', 'receipt', 'verifyCode', 'entry');
    expect(await gifts()).to.equal(before + 1);
  });

  const WRONG: [string, string, Record<string, string>, number][] = [
    ['no JSON', '{"kind": "cash",', JSON_TYPE, 400],
    ['JSON that is no object', '7', JSON_TYPE, 400],
    ['nested without end', `{"x": ${'['.repeat(400_000)}${']'.repeat(400_000)}}`, JSON_TYPE, 400],
    ['more than a gift can be', `{"x": "${'x'.repeat(1_200_000)}"}`, JSON_TYPE, 413],
    ['another type', '<gift/>', { 'content-type': 'text/xml' }, 415],
    ['a type nobody knows', 'kind=cash', { 'content-type': 'application/x-thing' }, 415],
  ];
  for (const [what, body, headers, status] of WRONG) {
    it(`is answered with ${status} and a sentence when it is ${what}`, async () => {
      const before = await gifts();
      const response = await send(body, headers);
      expect(response.status).to.equal(status);
      expect(response.headers.get('content-type')).to.contain('application/problem+json');
      const problem = (await response.json()) as { status: number; detail: string };
      expect(problem.status).to.equal(status);
      expect(problem.detail).to.have.length.greaterThan(10);
      expect(await gifts()).to.equal(before);
    });
  }

  const part = (name: string, text: string) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
  const parts: [string, string, number][] = [
    ['fields within a field', part('donor[name]', 'Ali'), 400],
    ['a field that has no end', part('donor', 'Ali').slice(0, -2), 400],
    ['more fields than a file has room for', part('a', 'a'.repeat(900_000)).repeat(8), 413],
  ];
  for (const [what, body, status] of parts) {
    it(`is answered with ${status} when it is a form of ${what}`, async () => {
      const type = { 'content-type': 'multipart/form-data; boundary=x' };
      const end = body.endsWith('\r\n') ? '--x--\r\n' : '';
      expect((await send(body + end, type)).status).to.equal(status);
    });
  }

  it('is one gift when it comes twice with one key, and told so the second time too', async () => {
    const key = { 'idempotency-key': 'eid-night-17' };
    const before = await gifts();
    const [one, two] = await Promise.all([
      world.visit('maryam', `POST ${GIFTS}`, GIFT, key),
      world.visit('maryam', `POST ${GIFTS}`, GIFT, key),
    ]);
    expect([one.status, two.status]).to.deep.equal([201, 201]);
    expect(two.text).to.equal(one.text);
    expect(await gifts()).to.equal(before + 1);
    const other = await world.visit('maryam', `POST ${GIFTS}`, { ...GIFT, amount: 600_000 }, key);
    expect(other.status).to.equal(422);
    const elsewhere = await world.visit('reza', `POST ${GIFTS}`, GIFT, key);
    expect(elsewhere.status).to.equal(201);
    expect(await gifts()).to.equal(before + 2);
  });

  it('is kept under no key when it was refused', async () => {
    const key = { 'idempotency-key': 'refused-first' };
    const wrong = await world.visit('maryam', `POST ${GIFTS}`, { ...GIFT, amount: 0 }, key);
    expect(wrong.status).to.equal(422);
    const right = await world.visit('maryam', `POST ${GIFTS}`, GIFT, key);
    expect(right.status).to.equal(201);
  });

  it('gets 503 while the disk takes nothing, and reading goes on', async () => {
    const client = world.province.db.$client;
    const before = await gifts();
    client.pragma('query_only = ON');
    const visit = await world.visit('maryam', `POST ${GIFTS}`, GIFT);
    const read = await world.visit('maryam', `GET ${GIFTS}.json`);
    const looked = await world.visit('inspector', `GET ${GIFTS}.json`);
    client.pragma('query_only = OFF');
    expect(visit.status).to.equal(503);
    expect(visit.json().detail).to.have.length.greaterThan(10);
    expect([read.status, looked.status]).to.deep.equal([200, 200]);
    expect(await gifts()).to.equal(before);
  });

  it('finds nothing where there is nothing, and learns no more', async () => {
    const missing = [
      '/tabas/centres',
      '/..%2fx/centres',
      '/../x/centres',
      '/toos/centres/nowhere',
      `/toos${GIFTS}/receipts/1405-999999`,
      `/toos${GIFTS}/receipts/1405-000001.docx`,
      `/toos${GIFTS}/receipts/x`,
      '/toos/centres/noor/nothing',
      '/toos/centres/noor/board.kml',
      '/toos/account/password.pdf',
    ];
    for (const path of missing) {
      const response = await fetch(world.address + path, {
        headers: { authorization: `Bearer ${world.tokens.maryam}`, accept: 'application/json' },
      });
      expect(response.status, path).to.equal(404);
      expect(await response.text(), path).to.not.match(/at .+\.ts/);
    }
  });
});
