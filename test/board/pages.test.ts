import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { clearedHere } from '../support/cleared.ts';
import { buildWorld, type Person, type Visit, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

type Row = Partial<Record<Person | 'stranger', number>>;
const board: Row = { reza: 200, maryam: 200, zahra: 200, hadi: 200, deputy: 200, inspector: 200 };
const kept: Row = { karim: 404, security: 404, selection: 404, sysadmin: 404, stranger: 401 };
const decree = '/centres/noor/board/decrees/1405-0001';

/** Every address of persons and boards, held against every kind of person. */
const MATRIX: [string, Row][] = [
  ['GET /persons.json', { hadi: 200, karim: 200, deputy: 200, inspector: 200, security: 200 }],
  [
    'GET /persons.json?q=abc',
    { selection: 200, reza: 403, zahra: 403, sysadmin: 403, stranger: 401 },
  ],
  ['GET /persons/new', { hadi: 200, deputy: 200, inspector: 403, security: 403, reza: 403 }],
  ['GET /persons/1.json', { hadi: 200, security: 200, karim: 404, reza: 403, sysadmin: 403 }],
  ['POST /persons', { hadi: 422, deputy: 422, inspector: 403, security: 403, reza: 403 }],
  [
    'POST /persons/1/clearances',
    { security: 422, selection: 422, hadi: 403, deputy: 403, reza: 403 },
  ],
  ['GET /my-decrees.json', { reza: 200, zahra: 200, hadi: 404, deputy: 404, stranger: 401 }],
  ['POST /my-decrees/1/acceptance', { reza: 409, maryam: 404, hadi: 404 }],
  ['GET /centres/noor/board.json', { ...board, ...kept }],
  ['GET /centres/noor/board/decrees.json', { ...board, ...kept }],
  [`GET ${decree}.json`, { ...board, ...kept }],
  [`GET ${decree}.pdf`, { reza: 200, inspector: 200, ...kept }],
  ['GET /centres/noor/board/decrees/new', { reza: 200, hadi: 200, maryam: 403, inspector: 403 }],
  ['GET /centres/noor/board/users.json', { ...board, ...kept }],
  [
    'POST /centres/noor/board/decrees',
    { reza: 422, hadi: 422, maryam: 403, inspector: 403, karim: 404 },
  ],
  [`POST ${decree}/coordination`, { hadi: 422, reza: 403, inspector: 403, karim: 404 }],
  [`POST ${decree}/issue`, { hadi: 409, reza: 403, maryam: 403, inspector: 403, karim: 404 }],
  [`POST ${decree}/acceptance`, { hadi: 409, maryam: 403, inspector: 403, karim: 404 }],
  [`POST ${decree}/ending`, { hadi: 422, karim: 404 }],
  ['POST /centres/noor/board/users', { hadi: 422, reza: 422, karim: 404 }],
];

describe('who may do what with persons and boards', () => {
  for (const [line, row] of MATRIX) {
    it(line, async () => {
      const body = line.startsWith('POST') ? {} : undefined;
      for (const [person, status] of Object.entries(row)) {
        const who = person === 'stranger' ? null : (person as Person);
        const told = await world.visit(who, line, body, { accept: 'application/json' });
        expect(told.status, person).to.equal(status);
      }
    });
  }
});

describe('the list of decrees', () => {
  it('has the fields that programs rely on', async () => {
    const told = await world.visit('reza', 'GET /centres/noor/board/decrees.json');
    const { decrees } = JSON.parse(told.text) as { decrees: object[] };
    expect(decrees).to.have.lengthOf(3);
    expect(decrees.at(-1)).to.include({
      ...{ number: '1405-0001', seat: 'chair', name: 'رضا نمونه', state: 'accepted' },
      ...{ from: '2026-03-21', to: '2027-03-20' },
    });
    const csv = await world.visit('reza', 'GET /centres/noor/board/decrees.csv');
    expect(csv.text).to.contain('number,seat,name,state,from,to').and.to.contain('1405-0001,chair');
  });

  it('prints each issued decree under its number', async () => {
    const told = await world.visit('hadi', `GET ${decree}.pdf`);
    expect(told.text.startsWith('%PDF')).to.equal(true);
    expect(
      (await world.visit('hadi', 'GET /centres/noor/board/decrees/1405-0009.pdf')).status,
    ).to.equal(404);
  });
});

describe('a trustee from proposal to first sign-in', () => {
  const path = '/centres/noor/board/decrees';
  const person = { name: 'حسین توکلی', nationalId: inventedId(5), gender: 'man' as const };
  const proposal = { seat: 'benefactors-men', ...person, from: '1405/09/01', to: '29 اسفند 1405' };
  let id = 0;

  it('is proposed by the chair, once under the same key', async () => {
    const { $client } = world.province.db;
    const persons = () => $client.prepare('SELECT count(*) FROM persons').pluck().get();
    const known = persons();
    const uncleared = await world.visit('reza', `POST ${path}`, proposal);
    expect([uncleared.status, uncleared.json().clause]).to.deep.equal([409, 'B-14']);
    expect(persons(), 'nothing half done').to.equal(known);
    clearedHere(world, person);
    const key = { 'idempotency-key': 'proposal-1' };
    const first = await world.visit('reza', `POST ${path}`, proposal, key);
    const again = await world.visit('reza', `POST ${path}`, proposal, key);
    expect([first.status, again.status]).to.deep.equal([201, 201]);
    expect(again.text).to.equal(first.text);
    expect(first.json()).to.include({ state: 'awaiting-coordination', number: null });
    id = bodyOf<{ id: number }>(first).id;
    expect(first.headers.get('location')).to.equal(`/toos${path}/${id}`);
  });

  it('is coordinated by the first of two officers, and the second is told', async () => {
    const answer = { answer: 'agreed', number: '31/9', decidedOn: 'امروز' };
    const both = await Promise.all([
      world.visit('hadi', `POST ${path}/${id}/coordination`, answer),
      world.visit('deputy', `POST ${path}/${id}/coordination`, answer),
    ]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
  });

  it('is refused by clause once a clearance is taken back (B-14), then issued', async () => {
    const { personId } = bodyOf<{ personId: number }>(
      await world.visit('hadi', `GET ${path}/${id}.json`),
    );
    const back = { state: 'refused', number: '13', decidedOn: '1405/08/30' };
    await world.visit('security', `POST /persons/${personId}/clearances`, back);
    const refused = await world.visit('reza', `POST ${path}/${id}/issue`, {});
    expect(refused.status).to.equal(409);
    expect(refused.json()).to.include({ clause: 'B-14' });
    for (const office of ['security', 'selection'] as const) {
      const given = { state: 'approved', number: '12', decidedOn: '1405/08/30' };
      const told = await world.visit(office, `POST /persons/${personId}/clearances`, given);
      expect(told.status).to.equal(201);
      expect(told.json()).to.include({ kind: office, state: 'approved' });
    }
    const issued = await world.visit('reza', `POST ${path}/${id}/issue`, {});
    expect(issued.json()).to.include({ state: 'issued', number: '1405-0004' });
  });

  it('gets a user from the chair (B-119), its password shown this once', async () => {
    const body = { decree: id, username: 'hossein' };
    const refused = await world.visit('hadi', 'POST /centres/noor/board/users', body);
    expect(refused.status).to.equal(403);
    expect(refused.json()).to.include({ clause: 'B-119' });
    const opened = await world.visit('reza', 'POST /centres/noor/board/users', body);
    expect(opened.status).to.equal(201);
    expect(opened.headers.get('cache-control')).to.equal('no-store');
    expect(bodyOf<{ password: string }>(opened).password).to.match(/^[a-z0-9-]{14}$/);
    const twice = await world.visit('reza', 'POST /centres/noor/board/users', body);
    expect(twice.status).to.equal(409);
  });

  it('accepts with three ticks, here recorded by the chair', async () => {
    const half = await world.visit('reza', `POST ${path}/1405-0004/acceptance`, {
      noPolitics: true,
    });
    expect(half.status).to.equal(422);
    expect(half.json()).to.include({ clause: 'B-101' });
    const sworn = { noPolitics: true, liability: true, honorary: true };
    const accepted = await world.visit('reza', `POST ${path}/1405-0004/acceptance`, sworn);
    expect(accepted.json()).to.include({ state: 'accepted', inForce: false, from: '2026-11-22' });
  });

  it('is ended with a reason, kept as it was', async () => {
    const alone = await world.visit('reza', `POST ${path}/1405-0004/ending`, { reason: 'استعفا' });
    expect([alone.status, alone.json().clause]).to.deep.equal([409, 'B-93']);
    const short = await world.visit('hadi', `POST ${path}/1405-0004/ending`, { reason: ' ' });
    expect(short.status).to.equal(422);
    const ended = await world.visit('hadi', `POST ${path}/1405-0004/ending`, { reason: 'استعفا' });
    expect(ended.json()).to.include({ state: 'ended', number: '1405-0004', endedOn: '2026-11-21' });
    const again = await world.visit('hadi', `POST ${path}/1405-0004/ending`, { reason: 'استعفا' });
    expect(again.status).to.equal(409);
  });
});

describe('persons of the province', () => {
  it('are listed with masked IDs, and shown whole on their own page', async () => {
    const list = await world.visit('security', 'GET /persons.json');
    expect(list.text).to.not.match(/"\d{10}"/);
    const one = await world.visit('security', 'GET /persons/1.json');
    expect(one.text).to.match(/"nationalId":"\d{10}"/);
  });

  it('are refused with a wrong check digit, an endless name and a future day', async () => {
    const wrong = {
      name: 'ن'.repeat(10_000),
      nationalId: '1234567890',
      gender: 'x',
      county: 'اینجا',
    };
    const told = await world.visit('hadi', 'POST /persons', wrong);
    expect(fieldsOf(told)).to.have.members(['name', 'nationalId', 'gender']);
    const given = { state: 'approved', number: '1', decidedOn: '1405/09/01' };
    const late = await world.visit('security', 'POST /persons/1/clearances', given);
    expect(late.status).to.equal(422);
  });
});

describe('the pages of boards', () => {
  it('open for people, in both languages', async () => {
    for (const language of ['fa', 'en']) {
      for (const [who, path] of PAGES) {
        const headers = { accept: 'text/html', cookie: `language=${language}` };
        const told = await world.visit(who, `GET ${path}`, undefined, headers);
        expect(told.status, `${who} ${path}`).to.equal(200);
        expect(told.text).to.contain(`<html lang="${language}"`);
      }
    }
  });

  it('show each step to whom it belongs', async () => {
    const seat = { personId: 2, seat: 'vice-chair', from: '1405/09/01', to: '1405/12/01' };
    const drafted = await world.visit('hadi', 'POST /centres/noor/board/decrees', seat);
    const { id } = bodyOf<{ id: number }>(drafted);
    const page = async (who: Person) =>
      (await world.visit(who, `GET /centres/noor/board/decrees/${id}`)).text;
    expect(await page('hadi')).to.contain(`/decrees/${id}/issue`);
    expect(await page('reza')).to.not.contain(`/decrees/${id}/issue`);
    await world.visit('hadi', `POST /centres/noor/board/decrees/${id}/issue`, {});
    expect((await world.visit('maryam', 'GET /my-decrees')).text).to.contain(
      `/my-decrees/${id}/acceptance`,
    );
    const sworn = { noPolitics: 'on', liability: '1', honorary: true };
    const accepted = await world.visit('maryam', `POST /my-decrees/${id}/acceptance`, sworn);
    expect(accepted.status).to.equal(200);
    const home = await world.visit('reza', 'GET /centres/noor/board');
    expect(home.text).to.contain('<rect class="is"');
  });
});

const PAGES: [Person, string][] = [
  ...['/persons', '/persons?q=zz', '/persons/new', '/persons/1'].map((path) => {
    return ['hadi', path] as [Person, string];
  }),
  ['security', '/persons/1'],
  ...[
    'board',
    'board/users',
    'board/decrees',
    'board/decrees/new',
    'board/decrees/1405-0001',
  ].flatMap((path) =>
    (['reza', 'hadi'] as const).map((who): [Person, string] => [who, `/centres/noor/${path}`]),
  ),
  ['karim', '/centres/sepid/board'],
  ['karim', '/centres/sepid/board/decrees'],
  ['karim', '/centres/sepid/board/users'],
  ['reza', '/my-decrees'],
];

function bodyOf<T>(told: Visit): T {
  return JSON.parse(told.text) as T;
}

function fieldsOf(told: Visit): string[] {
  return bodyOf<{ errors?: { field: string }[] }>(told).errors?.map(({ field }) => field) ?? [];
}
