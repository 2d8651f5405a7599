/** B-93, B-131: from the request to the new holder, over HTTP as the people at work do it. */
import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import type { Candidate } from '../../seeds/opening.ts';
import { holdersOn } from '../../src/board/decree-rows.ts';
import { clearedHere } from '../support/cleared.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

const changes = '/centres/noor/board/changes';
const decrees = '/centres/noor/board/decrees';
const holder = (seat: 'assemblies' | 'admin-finance') =>
  holdersOn(world.province.db, world.noor.id, TODAY).get(seat)!;
const send = async (who: Person, line: string, body: object = {}) => {
  const { status, json } = await world.visit(who, `POST ${line}`, body);
  return { ...json(), status } as Record<string, unknown> & { status: number };
};
const successor: Candidate = { name: 'سعید نمونه', nationalId: inventedId(70), gender: 'man' };
const agreed = { answer: 'agreed', number: '12/7', decidedOn: TODAY };

describe('a change in a core seat (B-93)', () => {
  let change: number;

  it('is not made by the chair alone', async () => {
    const { number } = holder('assemblies');
    const told = await send('reza', `${decrees}/${number}/ending`, { reason: 'استعفا' });
    expect(told).to.include({ status: 409, clause: 'B-93' });
  });

  it('is asked for by the chair, with a reason and with whom', async () => {
    const body = { decree: holder('assemblies').number, kind: 'replace', reason: 'استعفای ایشان' };
    expect((await send('reza', changes, body)).status).to.equal(422);
    expect((await send('maryam', changes, { ...body, ...successor })).status).to.equal(403);
    expect((await send('hadi', changes, { ...body, ...successor })).status).to.equal(403);
    expect((await send('karim', changes, { ...body, ...successor })).status).to.equal(404);
    const made = await send('reza', changes, { ...body, ...successor });
    expect(made).to.include({ status: 201, state: 'waiting', person: 'سعید نمونه' });
    change = made.id as number;
    const twice = await send('reza', changes, { ...body, ...successor });
    expect(twice.status).to.equal(409);
  });

  it('is answered by the committee of this county alone, once', async () => {
    const path = `${changes}/${change}/answer`;
    expect((await send('reza', path, agreed)).status).to.equal(403);
    expect((await send('inspector', path, agreed)).status).to.equal(403);
    expect((await send('karim', path, agreed)).status).to.equal(404);
    const [one, other] = await Promise.all([
      send('hadi', path, agreed),
      send('deputy', path, agreed),
    ]);
    expect([one.status, other.status].sort()).to.deep.equal([200, 409]);
    const rows = world.province.db.$client.prepare('SELECT count(*) FROM change_answers').pluck();
    expect(rows.get()).to.equal(1);
  });

  it('lets the chair end the decree, and nobody follow but whom was agreed to', async () => {
    const { number } = holder('assemblies');
    const ended = await send('reza', `${decrees}/${number}/ending`, { reason: 'استعفا' });
    expect(ended).to.include({ status: 200, state: 'ended' });
    const term = { from: TODAY, to: '2027-03-20' };
    const other = { ...successor, name: 'دیگری', nationalId: inventedId(71) };
    const stranger = await issueTo(other, term);
    expect(stranger).to.include({ status: 409, clause: 'B-93' });
    await send('reza', `${decrees}/${stranger.decree}/ending`, { reason: 'به دیگری رسید' });
    expect(await issueTo(successor, term)).to.include({ status: 200, state: 'issued' });
  });

  it('shows its list, its forms and its page to those concerned', async () => {
    for (const who of ['reza', 'hadi', 'maryam', 'inspector'] as const) {
      expect((await world.visit(who, `GET ${changes}.json`)).status, who).to.equal(200);
      expect((await world.visit(who, `GET ${changes}/${change}`)).status, who).to.equal(200);
    }
    for (const form of ['csv', 'xlsx', 'pdf']) {
      expect((await world.visit('hadi', `GET ${changes}.${form}`)).status).to.equal(200);
    }
    expect((await world.visit('reza', `GET ${changes}/new`)).status).to.equal(200);
    expect((await world.visit('karim', `GET ${changes}`)).status).to.equal(404);
  });

  it('is taken back before it is answered, and not after', async () => {
    const body = { decree: holder('admin-finance').number, kind: 'end', reason: 'نیازی نیست' };
    const { id } = await send('reza', changes, body);
    const back = `${changes}/${id}/withdrawal`;
    expect(await send('reza', back, { reason: 'اشتباه بود' })).to.include({ state: 'withdrawn' });
    expect((await send('hadi', `${changes}/${id}/answer`, agreed)).status).to.equal(409);
  });
});

/** Clears, drafts, coordinates and issues a decree of the assemblies’ officer to a person. */
async function issueTo(person: Candidate, term: object) {
  clearedHere(world, person);
  const draft = await send('reza', decrees, { seat: 'assemblies', ...person, ...term });
  await send('hadi', `${decrees}/${draft.id}/coordination`, agreed);
  return { decree: draft.id, ...(await send('reza', `${decrees}/${draft.id}/issue`)) };
}

describe('a change by raw SQL', () => {
  const run = (sql: string) => () => world.province.db.$client.exec(sql);
  const user = (name: Person) => world.users[name];

  it('B-93 and B-131: no decree is ended by its chair without agreement', () => {
    const { id } = holder('admin-finance');
    const ending = `INSERT INTO decree_endings VALUES (${id}, '${TODAY}', 'xxx', ${user('reza')}, 1)`;
    expect(run(ending)).to.throw(/b(93_core_seat|131)_ended_by_agreement/);
  });

  it('B-131: nobody but the chair asks, and nobody but the committee answers', () => {
    const { id } = holder('admin-finance');
    const chair = holdersOn(world.province.db, world.noor.id, TODAY).get('chair')!.id;
    const ask = (by: number, issuer: number) => `INSERT INTO change_requests VALUES (90,
      ${world.noor.id}, 'end', ${id}, NULL, 'xxx', '${TODAY}', ${by}, ${issuer}, 1, 1)`;
    expect(run(ask(user('maryam'), chair))).to.throw('b131_chair_asks');
    expect(run(ask(user('hadi'), chair))).to.throw('b131_chair_asks');
    expect(run(ask(user('reza'), id))).to.throw('b131_chair_asks');
    run(ask(user('reza'), chair))();
    const answer = (by: number) =>
      `INSERT INTO change_answers VALUES (90, 'agreed', '1', '${TODAY}', ${by}, 1, 1)`;
    expect(run(answer(user('inspector')))).to.throw('b131_committee_answers');
    expect(run(answer(user('karim')))).to.throw('b17_own_county');
    for (const table of ['change_requests', 'change_answers', 'change_withdrawals']) {
      expect(run(`DELETE FROM ${table}`), table).to.throw(`${table}_are_final`);
      expect(run(`UPDATE ${table} SET act_id = 2`), table).to.throw(`${table}_are_final`);
    }
  });
});
