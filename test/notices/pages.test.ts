import { expect } from 'chai';
import type { Seat } from '../../src/access/powers.ts';
import { type Addressee, tell } from '../../src/notices/notices.ts';
import { enter } from '../../src/provinces/enter.ts';
import { record } from '../../src/trail/acts.ts';
import { buildWorld, type Person, type World } from '../support/world.ts';

type Told = { notices: { id: number; text: string; href: string; unread: boolean }[] };

describe('notices', () => {
  let world: World;
  /** What was told while the centre was founded is no news. */
  let founded = 0;
  before(async () => {
    world = await buildWorld();
    const newest = world.province.db.$client.prepare('SELECT max(id) FROM notices').pluck();
    founded = (newest.get() as number | null) ?? 0;
  });
  after(() => world.close());

  /** Tells somebody a sentence that any paper of the province has. */
  const say = (to: Addressee[], said: Record<string, string | number> = {}) =>
    enter(world.province, (tx) => {
      const actor = world.actor('deputy');
      const act = record(tx, actor, { kind: 'test.told', subject: 'tests/1' });
      const { id: centreId } = world.noor;
      tell(tx, actor, act, { key: 'notices:count', said, href: '/licence', centreId, to });
      return act;
    });
  const read = async (person: Person) => {
    const told = (await world.visit(person, 'GET /notices.json')).json<Told>();
    const notices = told.notices.filter(({ id }) => id > founded);
    return { notices, unread: notices.filter(({ unread }) => unread).length };
  };

  it('reach the seat, the county office and the person they are for, and nobody else', async () => {
    const { countyId } = world.noor;
    await say([{ seat: 'chair' }], { number: 3 });
    await say([{ role: 'county-head', countyId }], { number: 4 });
    expect((await read('reza')).notices.map(({ text }) => text)).to.deep.equal(['۳ اعلان نخوانده']);
    expect((await read('hadi')).notices.map(({ text }) => text)).to.deep.equal(['۴ اعلان نخوانده']);
    for (const other of ['karim', 'maryam', 'zahra', 'deputy', 'inspector', 'sysadmin'] as const) {
      expect((await read(other)).notices, other).to.deep.equal([]);
    }
  });

  it('lead to the page they speak of, and stay after they were read', async () => {
    const before = await read('reza');
    expect(before.unread).to.equal(1);
    expect(before.notices[0]?.href).to.equal('/toos/centres/noor/licence');
    const upTo = before.notices[0]!.id;
    expect((await world.visit('reza', 'POST /notices/read', { upTo })).status).to.equal(200);
    const after = await read('reza');
    expect([after.unread, after.notices.length]).to.deep.equal([0, 1]);
    const head = await world.visit('hadi', 'GET /notices');
    expect(head.text).to.include('notices/read');
  });

  it('cannot be marked read beyond what the reader was told', async () => {
    expect((await world.visit('reza', 'POST /notices/read', { upTo: 999_999 })).status).to.equal(
      200,
    );
    await say([{ seat: 'chair' as Seat }], { number: 5 });
    expect((await read('reza')).unread).to.equal(1);
    const refused = await world.visit('reza', 'POST /notices/read', { upTo: 'all' });
    expect(refused.status).to.equal(422);
  });

  it('are final in the file', () => {
    const { db } = world.province;
    expect(() => db.$client.prepare('UPDATE notices SET key = key').run()).to.throw('are_final');
    expect(() => db.$client.prepare('DELETE FROM notices').run()).to.throw('are_final');
  });
});
