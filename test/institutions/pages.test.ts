import { expect } from 'chai';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

type Told = { id: number; version: number; agreements: number; lastSpokeOn: string | null };
type Compass = { clauses: { id: string; state: string }[] };
const HERE = '/centres/noor/institutions';
const TYPED = { name: 'فنی‌وحرفه‌ای نمونه', kind: 'state', offers: 'دورهٔ خیاطی رایگان' };

describe('institutions', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const post = (path: string, body: object, person: Person = 'zahra') =>
    world.visit(person, `POST ${HERE}${path}`, body);
  const entered = async () => (await post('', TYPED)).json<Told>().id;
  const judged = async (...ids: string[]) => {
    const told = (await world.visit('reza', 'GET /centres/noor/compliance.json')).json<Compass>();
    return ids.map((id) => told.clauses.find((clause) => clause.id === id)?.state);
  };

  it('B-74, B-25: stand in the directory with what was spoken and agreed', async () => {
    expect(await judged('B-74', 'B-25')).to.deep.equal(['broken', 'broken']);
    const id = await entered();
    expect(await judged('B-74', 'B-25')).to.deep.equal(['kept', 'broken']);
    const spoken = { spokeOn: TODAY, subject: 'دورهٔ تازه', againOn: '1405/10/01' };
    expect((await post(`/${id}/contacts`, spoken)).status).to.equal(200);
    expect(await judged('B-25')).to.deep.equal(['kept']);
    const agreement = { number: '7/1405', subject: 'آموزش مادران', signedOn: TODAY };
    const agreed = (await post(`/${id}/agreements`, agreement)).json<Told>();
    expect([agreed.agreements, agreed.lastSpokeOn]).to.deep.equal([1, TODAY]);
    const end = () => post(`/${id}/agreements/1/end`, { reason: 'پایان دوره' });
    expect([(await end()).status, (await end()).status]).to.deep.equal([200, 409]);
  });

  it('refuse the second of two who edit the same at once', async () => {
    const id = await entered();
    const edit = (offers: string) => post(`/${id}`, { ...TYPED, offers, version: 1 });
    const both = await Promise.all([edit('یکم'), edit('دوم')]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
  });

  it('are found by name and kind, in every form, and keep to their centre', async () => {
    const id = await entered();
    for (const [query, total] of [
      ['?q=فنی', 1],
      ['?q=هیچ', 0],
      ['?kind=state', 1],
      ['?kind=firm', 0],
      ['?agreed=1', 0],
    ] as const) {
      const told = await world.visit('zahra', `GET ${HERE}.json${query}`);
      expect(told.json<{ total: number }>().total, query).to.equal(total);
    }
    for (const form of ['', '.csv', '.xlsx', '.pdf']) {
      expect((await world.visit('zahra', `GET ${HERE}${form}`)).status).to.equal(200);
    }
    for (const page of ['/new', `/${id}`, `/${id}/edit`]) {
      expect((await world.visit('zahra', `GET ${HERE}${page}`)).status, page).to.equal(200);
    }
    const elsewhere = `/centres/sepid/institutions/${id}`;
    expect((await world.visit('karim', `GET ${elsewhere}`)).status).to.equal(404);
    for (const person of ['maryam', 'hadi', 'inspector'] as const) {
      expect((await post('', TYPED, person)).status, person).to.equal(403);
    }
  });

  it('say what is wrong, and change nothing', async () => {
    const id = await entered();
    expect((await post('', { ...TYPED, name: '' })).status).to.equal(422);
    const ahead = { spokeOn: '1406/01/01', subject: 'آینده' };
    expect((await post(`/${id}/contacts`, ahead)).status).to.equal(422);
    const turned = { number: '1', subject: 'وارونه', signedOn: TODAY, toOn: '1405/01/01' };
    expect((await post(`/${id}/agreements`, turned)).status).to.equal(422);
    expect((await post('', { ...TYPED, kind: 'party' })).status).to.equal(422);
  });
});

describe('B-22, matters handed over', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const give = (person: Person, more: object = {}) =>
    world.visit(person, 'POST /centres/noor/delegations', {
      ...{ subject: 'توزیع بستهٔ معیشتی', letterNumber: '55/1405', fromOn: TODAY },
      ...{ seat: 'vice-chair', ...more },
    });

  it('are handed over by the committee in its county alone, and the chair is told', async () => {
    for (const [person, status] of [
      ['reza', 403],
      ['inspector', 403],
      ['karim', 404],
      ['hadi', 201],
    ] as const) {
      expect((await give(person)).status, person).to.equal(status);
    }
    const told = (await world.visit('reza', 'GET /notices.json')).json<{
      notices: { text: string }[];
    }>();
    expect(told.notices[0]?.text).to.include('توزیع بستهٔ معیشتی');
    const raw = world.province.db.$client.prepare(
      `INSERT INTO delegations (centre_id, subject, letter_number, from_on, seat, delegated_by,
         act_id) VALUES (?, 'نمونه', '1', '2026-11-21', 'chair', ?, 1)`,
    );
    expect(() => raw.run(world.noor.id, world.users.karim)).to.throw('b17_own_county');
    expect(() => raw.run(world.noor.id, world.users.reza)).to.throw('b22_');
  });

  it('are taken back once, with a reason, and stay written', async () => {
    const end = (reason: string) =>
      world.visit('hadi', 'POST /centres/noor/delegations/1/end', { reason });
    expect((await end('')).status).to.equal(422);
    const twice = [(await end('پایان کار')).status, (await end('پایان کار')).status];
    expect(twice).to.deep.equal([200, 409]);
    for (const form of ['', '.json', '.csv', '.xlsx', '.pdf']) {
      const { status } = await world.visit('hadi', `GET /centres/noor/delegations${form}`);
      expect(status).to.equal(200);
    }
    expect((await give('hadi', { toOn: '1405/01/01' })).status).to.equal(422);
  });
});
