import { expect } from 'chai';
import { buildWorld, type Person, type World } from '../support/world.ts';
import { cash, GIFTS, give, RECEIPTS, told } from './gifts.ts';

// As in powers.test.ts: chair, books, assemblies, county, province, inspector, the next county, …
const PEOPLE: (Person | null)[] = [
  ...(['reza', 'maryam', 'zahra', 'hadi', 'deputy', 'inspector'] as const),
  ...(['karim', 'security', 'selection', 'sysadmin'] as const),
  null,
];
const READ = [200, 200, 403, 200, 200, 200, 404, 404, 404, 404, 302];
const READ_DATA = READ.with(-1, 401);
const WRITE = (done: number) => [done, done, 403, 403, 403, 403, 404, 404, 404, 404, 401];

describe('who may do what with cheques, deposits, cards and batches', () => {
  let world: World;
  let cheques = 0;
  before(async () => {
    world = await buildWorld();
    await give(world);
    await cheque();
    await deposit();
    await world.visit('reza', `POST ${RECEIPTS}/1405-000001/tribute`, card);
    await batch();
  });
  after(() => world.close());

  const card = { tribute: 'memory', named: 'شادروان نمونه', addressee: 'خانوادهٔ نمونه' };
  async function cheque(): Promise<string> {
    cheques += 1;
    const gift = { kind: 'cheque', reference: `5${cheques}`, bank: 'ملی', dueOn: '1405/08/30' };
    return String(told(await world.visit('reza', `POST ${GIFTS}`, cash(gift))).receipt);
  }
  async function deposit(): Promise<number> {
    cheques += 1;
    const body = { reference: `7${cheques}`, depositedOn: '1405/08/30', amount: 5 };
    return Number(told(await world.visit('reza', `POST ${GIFTS}/deposits`, body)).id);
  }
  async function batch(): Promise<number> {
    const body = { words: 'پاکت‌ها', receivedOn: '1405/08/30', count: 1, total: 5 };
    return Number(told(await world.visit('reza', `POST ${GIFTS}/batches`, body)).number);
  }
  const asked = async (line: () => Promise<string> | string, body: object = {}) => {
    const found: number[] = [];
    for (const person of PEOPLE) {
      found.push((await world.visit(person, await line(), body)).status);
    }
    return found;
  };

  for (const [address, expected] of [
    ...(['cheques', 'deposits', 'batches'] as const).flatMap(
      (name) =>
        [
          [name, READ],
          [`${name}.json`, READ_DATA],
          [`${name}.csv`, READ_DATA],
        ] as [string, number[]][],
    ),
    ['cheques/1405-000002', READ] as [string, number[]],
    ['cheques/1405-000002.json', READ_DATA] as [string, number[]],
    ['deposits/1', READ] as [string, number[]],
    ['deposits/1.json', READ_DATA] as [string, number[]],
    ['batches/1', READ] as [string, number[]],
    ['batches/1.json', READ_DATA] as [string, number[]],
    ['receipts/1405-000001/tribute', READ] as [string, number[]],
    ['receipts/1405-000001/tribute.pdf', READ_DATA] as [string, number[]],
  ]) {
    it(`GET …/${address}`, async () => {
      const found: number[] = [];
      for (const person of PEOPLE) {
        found.push((await world.visit(person, `GET ${GIFTS}/${address}`)).status);
      }
      expect(found).to.eql(expected);
    });
  }

  it('records what became of a cheque', async () => {
    const line = async () => `POST ${GIFTS}/cheques/${await cheque()}`;
    const body = { state: 'deposited', happenedOn: '1405/08/30' };
    expect(await asked(line, body)).to.eql(WRITE(200));
  });

  it('records a deposit', async () => {
    const found: number[] = [];
    for (const [at, person] of PEOPLE.entries()) {
      const body = { reference: `99${at}`, depositedOn: '1405/08/30', amount: 5 };
      found.push((await world.visit(person, `POST ${GIFTS}/deposits`, body)).status);
    }
    expect(found).to.eql(WRITE(201));
  });

  it('matches a deposit', async () => {
    const line = async () => `POST ${GIFTS}/deposits/${await deposit()}/match`;
    expect(await asked(line, { fund: 'sadaqa' })).to.eql(WRITE(201));
  });

  it('issues a card', async () => {
    const line = () => `POST ${RECEIPTS}/1405-000001/tribute`;
    expect(await asked(line, card)).to.eql(WRITE(201));
  });

  it('opens, fills, closes and puts aside a batch', async () => {
    const declared = { words: 'پاکت‌ها', receivedOn: '1405/08/30', count: 1, total: 5 };
    expect(await asked(() => `POST ${GIFTS}/batches`, declared)).to.eql(WRITE(201));
    const row = { amount: 5, fund: 'sadaqa' };
    const rows = async () => `POST ${GIFTS}/batches/${await batch()}/rows`;
    expect(await asked(rows, row)).to.eql(WRITE(201));
    const filled = async () => {
      const number = await batch();
      await world.visit('reza', `POST ${GIFTS}/batches/${number}/rows`, row);
      return number;
    };
    const removal = async () => `POST ${GIFTS}/batches/${await filled()}/rows/1/removal`;
    expect(await asked(removal)).to.eql(WRITE(200));
    const closing = async () => `POST ${GIFTS}/batches/${await filled()}/closing`;
    expect(await asked(closing)).to.eql(WRITE(200));
    const aside = async () => `POST ${GIFTS}/batches/${await batch()}/withdrawal`;
    expect(await asked(aside, { reason: 'شمارش نادرست' })).to.eql(WRITE(200));
  });

  it('knows none of another centre, and none that is not there', async () => {
    for (const line of [
      ...['cheques', 'deposits', 'batches'].map((name) => `GET /centres/sepid/donations/${name}`),
      ...[`GET ${GIFTS}/cheques/1405-000001`, `GET ${GIFTS}/cheques/x`, `GET ${GIFTS}/deposits/x`],
      ...[`GET ${GIFTS}/deposits/99`, `GET ${GIFTS}/batches/99`, `GET ${GIFTS}/batches/x`],
      `GET ${RECEIPTS}/1405-000002/tribute.pdf`,
    ]) {
      expect((await world.visit('reza', line)).status, line).to.equal(404);
    }
  });
});
