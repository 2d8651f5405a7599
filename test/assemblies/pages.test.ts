import { expect } from 'chai';
import { Reader } from '../support/reader.ts';
import { buildWorld, PASSWORD, type Person, TODAY, type World } from '../support/world.ts';

type Assembly = { id: number; endedOn: string | null };
type Compass = { clauses: { id: string; state: string }[] };
const HERE = '/centres/noor/assemblies';

describe('assemblies', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const form = async (kind: string, name: string, person: Person = 'zahra') =>
    world.visit(person, `POST ${HERE}`, { kind, name, formedOn: TODAY });
  const formed = async (kind: string, name: string) => (await form(kind, name)).json<Assembly>().id;
  const meet = (assemblies: number[], more: object = {}) =>
    world.visit('zahra', `POST ${HERE}/meetings`, {
      ...{ subject: 'بازارچهٔ خوداشتغالی', metOn: TODAY, kind: 'working', noPolitics: true },
      ...{ assemblies, resolutions: [{ resolution: 'اجارهٔ غرفه', owner: 'دبیر' }], ...more },
    });
  const judged = async (...ids: string[]) => {
    const told = (await world.visit('reza', 'GET /centres/noor/compliance.json')).json<Compass>();
    return ids.map((id) => told.clauses.find((clause) => clause.id === id)?.state);
  };

  it('B-68, B-72, B-73, B-78: are formed, and the compass sees which stand', async () => {
    const ids = ['B-68', 'B-72', 'B-73', 'B-78'];
    expect(await judged(...ids)).to.deep.equal(['broken', 'broken', 'broken', 'broken']);
    await formed('guilds', 'مجمع بازاریان');
    await formed('women', 'مجمع مادران');
    await formed('women-entrepreneurs', 'مجمع بانوان کارآفرین');
    const last = await formed('organisations', 'مجمع تشکل‌ها');
    expect(await judged(...ids)).to.deep.equal(['kept', 'kept', 'kept', 'kept']);
    await world.visit('zahra', `POST ${HERE}/${last}/end`, { reason: 'پایان دوره' });
    expect(await judged('B-78')).to.deep.equal(['broken']);
  });

  it('B-73, B-78: stand once of their kind, in page and file alike', async () => {
    for (const [kind, clause] of [
      ['women-entrepreneurs', 'B-73'],
      ['organisations', 'B-78'],
    ] as const) {
      const id = await formed(kind, 'نخستین');
      const again = await form(kind, 'دومین');
      expect([again.status, again.json<{ clause: string }>().clause]).to.deep.equal([409, clause]);
      const raw = world.province.db.$client.prepare(
        `INSERT INTO assemblies (centre_id, kind, name, formed_on, act_id)
         VALUES (?, ?, 'دومین', '2026-11-21', 1)`,
      );
      expect(() => raw.run(world.noor.id, kind)).to.throw(clause.toLowerCase().replace('-', ''));
      await world.visit('zahra', `POST ${HERE}/${id}/end`, { reason: 'پایان دوره' });
      expect((await form(kind, 'دومین')).status).to.equal(201);
    }
  });

  it('B-75, B-77: meet together and resolve, and each resolution is settled once', async () => {
    const [one, other] = [await formed('guilds', 'بازاریان'), await formed('women', 'مادران')];
    expect(await judged('B-75', 'B-77')).to.deep.equal(['broken', 'not-due']);
    const met = await meet([one, other], { kind: 'culture', promotes: 'giving' });
    expect(met.status).to.equal(201);
    const { id } = met.json<{ id: number }>();
    expect(await judged('B-75', 'B-77')).to.deep.equal(['kept', 'kept']);
    const settle = () =>
      world.visit('zahra', `POST ${HERE}/meetings/${id}/resolutions/1`, { outcome: 'done' });
    expect([(await settle()).status, (await settle()).status]).to.deep.equal([200, 409]);
    expect((await meet([])).status).to.equal(422);
    expect((await meet([999])).status).to.equal(422);
  });

  it('B-100: know no political kind, and ask for the declaration', async () => {
    const id = await formed('guilds', 'بازاریان');
    const refused = await meet([id], { noPolitics: false });
    expect([refused.status, refused.json<{ clause: string }>().clause]).to.deep.equal([
      422,
      'B-100',
    ]);
    expect((await meet([id], { kind: 'political' })).status).to.equal(422);
    const raw = world.province.db.$client.prepare(
      `INSERT INTO assembly_meetings (centre_id, met_on, kind, subject, declares_no_politics,
         recorded_by, act_id) VALUES (?, '2026-11-21', ?, 'نمونه', ?, 1, 1)`,
    );
    expect(() => raw.run(world.noor.id, 'political', 1)).to.throw('b100_');
    expect(() => raw.run(world.noor.id, 'working', 0)).to.throw('b100_');
  });

  it('B-105: show telephones to the chair and the officer of assemblies only', async () => {
    const id = await formed('guilds', 'بازاریان');
    const joined = await world.visit('zahra', `POST ${HERE}/${id}/members`, {
      ...{ name: 'عضو نمونه', role: 'head', mobile: '09000000009' },
    });
    expect(joined.status).to.equal(200);
    const twice = { name: 'دیگری', role: 'head' };
    expect((await world.visit('zahra', `POST ${HERE}/${id}/members`, twice)).status).to.equal(409);
    for (const [person, sees] of [
      ['reza', true],
      ['zahra', true],
      ['maryam', false],
      ['hadi', false],
      ['inspector', false],
    ] as const) {
      for (const form of ['', '.json']) {
        const { text } = await world.visit(person, `GET ${HERE}/${id}${form}`);
        expect(/09000000009|۰۹۰۰۰۰۰۰۰۰۹/.test(text), `${person}${form}`).to.equal(sees);
      }
    }
  });

  it('keep to their centre and to those whose duty they are', async () => {
    const id = await formed('guilds', 'بازاریان');
    for (const person of ['maryam', 'hadi', 'inspector', 'deputy'] as const) {
      expect((await form('women', 'x', person)).status, person).to.equal(403);
    }
    expect((await world.visit('karim', `GET ${HERE}/${id}`)).status).to.equal(404);
    const elsewhere = `/centres/sepid/assemblies/${id}`;
    expect((await world.visit('karim', `GET ${elsewhere}`)).status).to.equal(404);
  });

  it('come as pages, spreadsheets and papers, and keep what was typed', async () => {
    const id = await formed('guilds', 'بازاریان');
    const meeting = (await meet([id])).json<{ id: number }>().id;
    for (const path of ['', '/meetings']) {
      for (const format of ['', '.json', '.csv', '.xlsx', '.pdf']) {
        expect((await world.visit('zahra', `GET ${HERE}${path}${format}`)).status).to.equal(200);
      }
    }
    const reader = new Reader(world.address);
    await reader.fill('/toos/login', '/toos/login', { username: 'zahra', password: PASSWORD });
    const root = '/toos/centres/noor/assemblies';
    for (const page of ['/new', `/${id}`, '/meetings/new', `/meetings/${meeting}`]) {
      expect((await reader.get(root + page)).status, page).to.equal(200);
    }
    const typed = { subject: 'نشست ماندگار', metOn: '1405/08/30', kind: 'working' };
    const chosen = { [`assembly-${id}`]: '1', 'resolution-0': 'یک مصوبه' };
    const page = `${root}/meetings/new`;
    const held = await reader.fill(page, `${root}/meetings`, { ...typed, ...chosen });
    expect([held.status, held.text.includes('نشست ماندگار')]).to.deep.equal([422, true]);
    const whole = { ...typed, ...chosen, noPolitics: '1' };
    expect((await reader.fill(page, `${root}/meetings`, whole)).status).to.equal(303);
  });
});
