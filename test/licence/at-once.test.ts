/** Two officers of the committee decide the same at the same moment, over HTTP. */
import { expect } from 'chai';
import { openOfficer } from '../../seeds/neighbourhood.ts';
import { createToken } from '../../src/access/tokens.ts';
import { holdersOn } from '../../src/board/decree-rows.ts';
import { buildWorld, TODAY, visit, type World } from '../support/world.ts';
import { monitored } from './life.ts';

let world: World;
let second: string;
const db = () => world.province.db;
const count = (table: string): number =>
  db().$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;

/** The deputy and a second one, each with a decision of his own, in one moment. */
async function atOnce(path: string, [one, other]: [object, object]) {
  const root = `${world.address}/toos`;
  const answers = await Promise.all([
    visit(root, world.tokens.deputy, `POST /centres/noor${path}`, one),
    visit(root, second, `POST /centres/noor${path}`, other),
  ]);
  const told = answers.map(({ status, json }) => ({ ...json(), status }) as Told);
  return {
    done: told.find(({ status }) => status < 300),
    late: told.find((one) => one.status === 409),
  };
}
type Told = { status: number; detail?: string; clause?: string };

/** What the tables of a deed hold more than before it. */
function more(...tables: string[]): () => number[] {
  const known = tables.map(count);
  return () => tables.map((table, at) => count(table) - known[at]!);
}

describe('two officers who decide the same at once', () => {
  beforeEach(async () => {
    world = await buildWorld();
    const id = openOfficer(db(), world.actor('deputy'), {
      ...{ username: 'deputy-two', name: 'معاون دوم', role: 'province-deputy', countyId: null },
      passwordHash: 'x',
    });
    second = createToken(db(), world.actor('deputy'), id, 'tests').token;
  });
  afterEach(() => world.close());

  const decision = (kind: string, number: string) => ({ kind, number, reason: 'نتیجهٔ پایش' });

  for (const kind of ['suspend', 'dissolve'] as const) {
    it(`leave one decision to ${kind}`, async () => {
      monitored(world, 'suspend');
      const added = more('licence_decisions', 'papers', 'notices');
      const two: [object, object] = [decision(kind, '1'), decision(kind, '2')];
      const { done, late } = await atOnce('/licence/decisions', two);
      expect(done?.status).to.equal(201);
      expect(late?.detail).to.contain('شاید همکار شما همین حالا تصمیم گرفته باشد');
      expect(late?.clause).to.equal(kind === 'dissolve' ? 'B-102' : 'B-109');
      const [decisions, papers] = added();
      expect([decisions, papers]).to.deep.equal([1, 1]);
    });
  }

  it('leave one answer to a request for change', async () => {
    const { id: decree } = holdersOn(db(), world.noor.id, TODAY).get('assemblies')!;
    const asked = await world.visit('reza', 'POST /centres/noor/board/changes', {
      ...{ decree, kind: 'end', reason: 'استعفا' },
    });
    const { id } = asked.json<{ id: number }>();
    const added = more('change_answers', 'papers', 'notices');
    const answer = { answer: 'agreed', number: '1', decidedOn: TODAY };
    const refusal = { ...answer, answer: 'refused', number: '2' };
    const { done, late } = await atOnce(`/board/changes/${id}/answer`, [answer, refusal]);
    expect(done?.status).to.equal(200);
    expect(late?.detail).to.match(/پیش‌تر پاسخ (موافق|مخالف) داده شده/);
    expect(added()).to.deep.equal([1, 1, 1]);
  });

  it('leave one answer to a request for coordination', async () => {
    const { personId } = holdersOn(db(), world.noor.id, TODAY).get('assemblies')!;
    const asked = await world.visit('reza', 'POST /centres/noor/board/decrees', {
      ...{ seat: 'benefactors-women', personId, from: TODAY, to: '2027-03-20' },
    });
    const { id } = asked.json<{ id: number }>();
    const added = more('decree_coordinations', 'coordination_letters', 'papers');
    const answer = { answer: 'agreed', number: '1', decidedOn: TODAY };
    const path = `/board/decrees/${id}/coordination`;
    const { done, late } = await atOnce(path, [answer, { ...answer, answer: 'refused' }]);
    expect(done?.status).to.equal(200);
    expect(late?.detail).to.contain('پیش‌تر پاسخ داده شده');
    expect(added()).to.deep.equal([1, 1, 1]);
  });

  it('issue a decree once', async () => {
    const { personId } = holdersOn(db(), world.noor.id, TODAY).get('assemblies')!;
    const asked = await world.visit('hadi', 'POST /centres/noor/board/decrees', {
      ...{ seat: 'vice-chair', personId, from: TODAY, to: '2027-03-20' },
    });
    const { id } = asked.json<{ id: number }>();
    const added = more('decree_issues', 'papers');
    const { done, late } = await atOnce(`/board/decrees/${id}/issue`, [{}, {}]);
    expect(done?.status).to.equal(200);
    expect(late?.detail).to.contain('پیش‌تر با شمارهٔ');
    expect(added()).to.deep.equal([1, 1]);
  });
}).timeout(20_000);
