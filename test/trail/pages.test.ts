/** The trail and the looks: who may read them, and that each look of the committee is there. */
import { expect } from 'chai';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

describe('B-110, the committee looks', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  it('is recorded once a day for each section, and shown to the chair', async () => {
    for (const path of ['', '/board', '/board', '/board/decrees']) {
      await world.visit('hadi', `GET /centres/noor${path}`);
    }
    await world.visit('maryam', 'GET /centres/noor/board');
    const told = (await world.visit('reza', 'GET /centres/noor/looks.json')).json();
    const rows = told.rows as unknown as { section: string; on: string }[];
    expect(rows).to.have.length(2);
    expect(new Set(rows.map(({ section }) => section)).size).to.equal(2);
    expect(rows[0]!.on).to.equal(TODAY);
  });

  it('into a section however its address is written, and makes up no section', async () => {
    const rows = () =>
      world.province.db.$client
        .prepare('SELECT section FROM looks WHERE user_id = ? ORDER BY section')
        .pluck()
        .all(world.users.hadi);
    const before = rows();
    expect((await world.visit('hadi', 'GET /centres/noor/BOOKS/journal')).status).to.equal(200);
    for (const made of ['one', 'two']) await world.visit('hadi', `GET /centres/noor/${made}`);
    expect(rows()).to.deep.equal([...before, 'books', 'other'].sort());
  });

  it('cannot be taken out of the list', () => {
    const client = world.province.db.$client;
    expect(() => client.exec('DELETE FROM looks')).to.throw('looks_are_final');
    expect(() => client.exec("UPDATE looks SET section = 'x'")).to.throw('looks_are_final');
  });

  const MATRIX: Record<string, Partial<Record<Person | 'stranger', number>>> = {
    '/looks': { reza: 200, maryam: 403, zahra: 403, hadi: 200, inspector: 200, deputy: 200 },
    '/trail': { reza: 200, maryam: 200, zahra: 403, hadi: 200, inspector: 200, deputy: 200 },
  };
  const NOBODY = { karim: 404, security: 404, selection: 404, sysadmin: 404, stranger: 401 };

  for (const [path, readers] of Object.entries(MATRIX)) {
    it(`shows ${path} to those it is for and to nobody else`, async () => {
      for (const [person, status] of Object.entries({ ...readers, ...NOBODY })) {
        const who = person === 'stranger' ? null : (person as Person);
        const visit = await world.visit(who, `GET /centres/noor${path}.json`);
        expect(visit.status, person).to.equal(status);
      }
    });
  }

  it('tells nobody’s national ID', async () => {
    const ids = world.province.db.$client.prepare('SELECT national_id FROM persons').pluck().all();
    for (const format of ['.json', '.csv']) {
      const { text } = await world.visit('maryam', `GET /centres/noor/trail${format}`);
      expect(text).to.include('decree.drafted');
      for (const id of ids) expect(text).not.to.include(id);
    }
  });

  it('is told in every format', async () => {
    for (const format of ['', '.json', '.csv', '.xlsx', '.pdf']) {
      const visit = await world.visit('reza', `GET /centres/noor/trail${format}`);
      expect(visit.status, format).to.equal(200);
    }
  });
});
