import { expect } from 'chai';
import { APPLICATION_STATES, FOLLOWS } from '../../src/applications/states.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, PASSWORD, type Person, TODAY, type World } from '../support/world.ts';

const TYPED = {
  ...{ asksFor: 'centre', receivedOn: TODAY, county: '1', name: 'متقاضی نمونه' },
  ...{ mobile: '09000000003', place: 'محلهٔ نمونه', host: 'mosque', hostName: 'مسجد نمونه' },
  ...{ plan: 'کارگاه خیاطی برای مادران محله', 'goalB-2': true },
};
type Told = { id: number; state: string; steps: { state: string }[]; goals: string[] };

describe('B-13, the register of applicants', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const receive = async (typed: object = {}, person: Person = 'hadi') =>
    world.visit(person, 'POST /applications', { ...TYPED, ...typed });
  const received = async () => (await receive()).json<Told>().id;
  const step = (id: number, state: string, more: object = {}, person: Person = 'hadi') =>
    world.visit(person, `POST /applications/${id}/steps`, { state, ...more });
  const letter = { number: '12/345', reason: 'به دلیل نمونه' };
  const stateOf = async (id: number) =>
    (await world.visit('deputy', `GET /applications/${id}.json`)).json<Told>().state;

  it('takes an application down and leads it to an answer by letter', async () => {
    const id = await received();
    expect((await step(id, 'under-review')).status).to.equal(200);
    expect((await step(id, 'approved')).status).to.equal(422);
    expect((await step(id, 'approved', letter)).status).to.equal(200);
    const told = (await world.visit('inspector', `GET /applications/${id}.json`)).json<Told>();
    expect(told.steps.map(({ state }) => state)).to.deep.equal(['under-review', 'approved']);
    expect(told.goals).to.deep.equal(['B-2']);
  });

  it('allows exactly the steps of its table, in page and file alike', async () => {
    const ways = {
      received: [],
      'under-review': ['under-review'],
      approved: ['under-review', 'approved'],
      refused: ['under-review', 'refused'],
      withdrawn: ['withdrawn'],
    } as const;
    const { $client } = world.province.db;
    const raw = $client.prepare(
      `INSERT INTO application_steps (application_id, state, taken_on, taken_by, number, reason,
         act_id) VALUES (?, ?, '2026-11-21', ?, '1', 'نمونه', 1)`,
    );
    for (const from of APPLICATION_STATES) {
      for (const to of APPLICATION_STATES) {
        if (to === 'received') continue;
        const id = await received();
        for (const way of ways[from]) await step(id, way, letter);
        const allowed = FOLLOWS[from].includes(to);
        if (!allowed) {
          expect(() => raw.run(id, to, world.users.hadi), `${from} ${to}`).to.throw('b13_');
        }
        expect((await step(id, to, letter)).status, `${from} ${to}`).to.equal(allowed ? 200 : 409);
      }
    }
  });

  it('answers the second of two who decide at once with 409', async () => {
    const id = await received();
    await step(id, 'under-review');
    const both = await Promise.all([
      step(id, 'approved', letter),
      step(id, 'refused', letter, 'deputy'),
    ]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
  });

  it('becomes a centre once, and only of an approved application of the same county', async () => {
    const id = await received();
    const centre = {
      ...{ name: 'مرکز نیکوکاری آزمون', kind: 'neighbourhood', county: '1', host: 'mosque' },
      ...{ hostName: 'مسجد نمونه', imamName: 'امام نمونه', place: 'محله', address: 'نشانی' },
    };
    const make = (code: string, county = '1', person: Person = 'hadi') =>
      world.visit(person, 'POST /centres', { ...centre, code, county, application: String(id) });
    const early = await make('zood');
    expect([early.status, early.json<{ clause: string }>().clause]).to.deep.equal([409, 'B-13']);
    expect((await world.visit('hadi', 'GET /centres/zood')).status).to.equal(404);
    await step(id, 'under-review');
    await step(id, 'approved', letter);
    expect((await make('digar', '2', 'deputy')).status).to.equal(409);
    expect((await make('azmoon')).status).to.equal(201);
    expect((await make('azmoon2')).status).to.equal(409);
    expect((await step(id, 'under-review')).status).to.equal(409);
    const compass = (await world.visit('hadi', 'GET /centres/azmoon/compliance.json')).json<{
      clauses: { id: string; state: string }[];
    }>();
    expect(compass.clauses.find((clause) => clause.id === 'B-13')?.state).to.equal('kept');
  });

  it('is of its county alone (B-17), and of the committee alone', async () => {
    const id = await received();
    const asked = await Promise.all(
      (['karim', 'reza', 'security', 'sysadmin'] as const).map(async (person) => {
        return (await world.visit(person, `GET /applications/${id}`)).status;
      }),
    );
    expect(asked).to.deep.equal([404, 403, 403, 403]);
    expect((await receive({ county: '2' })).status).to.equal(403);
    expect((await receive({}, 'inspector')).status).to.equal(403);
    expect((await step(id, 'under-review', {}, 'karim')).status).to.equal(404);
    const list = (await world.visit('karim', 'GET /applications.json')).json<{ total: number }>();
    expect(list.total).to.equal(0);
  });

  it('shows neither telephone nor identity number in its lists', async () => {
    await receive({ nationalId: '0013542419' });
    for (const form of ['', '.json', '.csv']) {
      const { text } = await world.visit('deputy', `GET /applications${form}`);
      expect(text).to.include('متقاضی نمونه');
      expect(text).to.not.match(/09000000003|0013542419|۰۹۰۰۰۰۰۰۰۰۳/);
    }
    for (const form of ['.xlsx', '.pdf']) {
      expect((await world.visit('deputy', `GET /applications${form}`)).status).to.equal(200);
    }
  });

  it('keeps what was typed when it is refused, and reads without scripts', async () => {
    const reader = new Reader(world.address);
    await reader.fill('/toos/login', '/toos/login', { username: 'hadi', password: PASSWORD });
    const refused = await reader.fill('/toos/applications/new', '/toos/applications', {
      ...{ name: 'نام ماندگار', mobile: '12', place: 'محله', plan: 'برنامه', host: '' },
      receivedOn: '1405/08/30',
    });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('نام ماندگار');
  });

  it('refuses a day that is yet to come and a change of what is final', async () => {
    expect((await receive({ receivedOn: '2027-01-01' })).status).to.equal(422);
    const { $client } = world.province.db;
    expect(() => $client.prepare('UPDATE applications SET plan = plan').run()).to.throw('final');
    expect(() => $client.prepare('DELETE FROM application_steps').run()).to.throw('final');
    const id = await received();
    const foreign = $client.prepare(
      `INSERT INTO application_steps (application_id, state, taken_on, taken_by, act_id)
       VALUES (?, 'under-review', '2026-11-21', ?, 1)`,
    );
    expect(() => foreign.run(id, world.users.karim)).to.throw('b17_own_county');
    expect(() => foreign.run(id, world.users.reza)).to.throw('b17_own_county');
    expect(await stateOf(id)).to.equal('received');
  });
});
