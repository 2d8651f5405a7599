import { expect } from 'chai';
import { openTrusteeUser } from '../../src/access/users.ts';
import type { Reader } from '../support/reader.ts';
import { actsOf, addUser, type Khorasan, openKhorasan, PASSWORD } from './khorasan.ts';

const USERS = '/khorasan/users';
const nasrin = { name: 'Nasrin Ahmadi', username: 'nasrin', role: 'inspector' };

describe('the users of a province', () => {
  let here: Khorasan;

  beforeEach(async () => {
    here = await openKhorasan();
    const sql = "INSERT INTO counties (name, name_sort) VALUES ('Nishapur', 'nishapur')";
    here.province.db.$client.exec(sql);
  });
  afterEach(() => here.close());

  it('are opened with a first password that is shown once and works once', async () => {
    const deputy = await here.signedIn('parvin');
    const made = await deputy.fill(`${USERS}/new`, USERS, nasrin);
    expect([made.status, made.to]).to.deep.equal([201, `${USERS}/nasrin`]);
    const password = /<code dir="ltr">(\w{4}-\w{4}-\w{4})</.exec(made.text)?.[1] ?? '';
    expect((await deputy.get(`${USERS}/nasrin`)).text).not.to.include(password);
    const browser = here.browser();
    await browser.fill('/khorasan/login', '/khorasan/login', { username: 'nasrin', password });
    expect((await browser.get('/khorasan/bylaw')).to).to.equal('/khorasan/account/password');
  });

  it('of a county have their county, by its number or its name, and no other office has one', async () => {
    const deputy = await here.signedIn('parvin');
    const create = async (fields: object) =>
      (await deputy.fill(`${USERS}/new`, USERS, { ...nasrin, ...fields })).status;
    expect(await create({ role: 'county-head' })).to.equal(422);
    expect(await create({ role: 'inspector', county: '1' })).to.equal(422);
    expect(await create({ role: 'county-head', county: '99' })).to.equal(422);
    expect(await create({ role: 'county-head', county: 'nishapur' })).to.equal(201);
    expect(await create({ username: 'other', role: 'county-head', county: '1' })).to.equal(201);
  });

  for (const [what, fields, field] of [
    ['no name', { name: '' }, 'name'],
    ['a name of spaces', { name: '    ' }, 'name'],
    ['a name of 10 000 letters', { name: 'a'.repeat(10_000) }, 'name'],
    ['a name with a direction mark', { name: 'Nas\u202erin' }, 'name'],
    ['a username in Persian', { username: '\u0646\u0633\u0631\u06cc\u0646' }, 'username'],
    ['no office', { role: '' }, 'role'],
    ['an office that is none', { role: 'chair' }, 'role'],
    ['a weak password', { password: '1234567890' }, 'password'],
  ] as const) {
    it(`refuse ${what}, and lose nothing of the rest`, async () => {
      const deputy = await here.signedIn('parvin');
      const answer = await deputy.fill(`${USERS}/new`, USERS, { ...nasrin, ...fields });
      expect(answer.status).to.equal(422);
      expect(answer.text).to.include(`id="${field}-fault"`);
      if (field !== 'username') expect(answer.text).to.include('value="nasrin"');
    });
  }

  it('have one name each; a second press opens no second user', async () => {
    const deputy = await here.signedIn('parvin');
    await deputy.fill(`${USERS}/new`, USERS, nasrin);
    expect((await deputy.fill(`${USERS}/new`, USERS, nasrin)).status).to.equal(409);
  });

  it('lose their sessions, and get a new first password, at a reset', async () => {
    const deputy = await here.signedIn('parvin');
    const inspector = await here.signedIn('inspector');
    const reset = await deputy.fill(`${USERS}/inspector`, `${USERS}/inspector/reset`);
    expect(reset.status).to.equal(201);
    expect(reset.headers.get('cache-control')).to.equal('no-store');
    expect((await inspector.get('/khorasan/account')).status).to.equal(302);
    const old = { username: 'inspector', password: PASSWORD };
    const refused = await here.browser().fill('/khorasan/login', '/khorasan/login', old);
    expect(refused.status).to.equal(401);
  });

  it('end at once, with their sessions and tokens, and stay in the list', async () => {
    const deputy = await here.signedIn('parvin');
    const inspector = await here.signedIn('inspector');
    const made = await inspector.fill('/khorasan/account', '/khorasan/account/tokens', {
      name: 'x',
    });
    const token = /nk_[\w-]{32}/.exec(made.text)?.[0] ?? '';
    await deputy.fill(`${USERS}/inspector`, `${USERS}/inspector/end`);
    expect((await inspector.get('/khorasan/account')).status).to.equal(302);
    const headers = { authorization: `Bearer ${token}`, accept: '*/*' };
    expect((await here.browser().get('/khorasan/bylaw.json', headers)).status).to.equal(401);
    expect((await deputy.get(`${USERS}?state=ended`)).text).to.include('Officer inspector');
    for (const deed of ['end', 'reset', 'unlock']) {
      const again = await deputy.fill(`${USERS}/inspector`, `${USERS}/inspector/${deed}`);
      expect(again.status, deed).to.equal(409);
    }
  });

  it('cannot end themselves, so that a deputy is always left', async () => {
    const deputy = await here.signedIn('parvin');
    expect((await deputy.fill(`${USERS}/parvin`, `${USERS}/parvin/end`)).status).to.equal(409);
    const admin = await here.signedIn('sohrab');
    expect((await admin.fill(`${USERS}/parvin`, `${USERS}/parvin/end`)).status).to.equal(403);
    await addUser(here.province, 'second', 'province-deputy');
    const second = await here.signedIn('second');
    expect((await second.fill(`${USERS}/parvin`, `${USERS}/parvin/end`)).status).to.equal(303);
  });

  it('are listed, searched, filtered and sorted, on the page and in every format', async () => {
    const deputy = await here.signedIn('parvin');
    const names = async (query: string) => {
      const answer = await deputy.get(`${USERS}.json?${query}`);
      const { users } = JSON.parse(answer.text) as { users: { username: string }[] };
      return users.map(({ username }) => username);
    };
    expect(await names('')).to.deep.equal(['inspector', 'parvin', 'sohrab']);
    expect(await names('sort=-username')).to.deep.equal(['sohrab', 'parvin', 'inspector']);
    expect(await names('q=PARV')).to.deep.equal(['parvin']);
    expect(await names('role=inspector&state=open')).to.deep.equal(['inspector']);
    expect(await names('page=7')).to.deep.equal([]);
    expect((await deputy.get(`${USERS}?q=zzz`)).text).not.to.include('Officer sohrab');
    const csv = await deputy.get(`${USERS}.csv`);
    expect(csv.text.split('\n')[0]).to.include('name,username,role,county,codes,state,createdAt');
    for (const format of ['xlsx', 'pdf']) {
      expect((await deputy.get(`${USERS}.${format}`)).status, format).to.equal(200);
    }
    const all = await deputy.get(`${USERS}.json`);
    expect(all.text).not.to.match(/argon2|password|secret/i);
  });

  it('leave an act for each thing done to them', async () => {
    const deputy = await here.signedIn('parvin');
    await deputy.fill(`${USERS}/new`, USERS, nasrin);
    for (const deed of ['reset', 'unlock', 'end']) {
      await deputy.fill(`${USERS}/nasrin`, `${USERS}/nasrin/${deed}`);
    }
    const kinds = ['created', 'password-reset', 'unlocked', 'ended'].map((word) => `user.${word}`);
    expect(actsOf(here.province).slice(-4)).to.deep.equal(kinds);
  });

  it('keep a row of the file from being deleted, even by raw SQL', () => {
    const { $client } = here.province.db;
    expect(() => $client.exec("DELETE FROM users WHERE username = 'parvin'")).to.throw(
      'users_stay',
    );
  });

  it('who are trustees have one user for one person, and no office', () => {
    const { db } = here.province;
    db.$client.exec(`
      INSERT INTO acts SELECT max(id) + 1, '', NULL, 'system', 'person.registered', NULL, '', NULL,
        NULL, (SELECT hash FROM acts ORDER BY id DESC LIMIT 1), randomblob(32) FROM acts;
      INSERT INTO persons (id, name, name_search, name_sort, national_id, gender, county_id,
        created_at, act_id) VALUES (1, 'Reza', 'reza', 'reza', '0499370899', 'man', 1, '', 1)`);
    const actor = {
      user: null,
      office: null,
      seats: [],
      tasks: [],
      capacity: 'system',
      now: 'x',
      today: 'x',
    };
    const reza = {
      personId: 1,
      username: 'reza',
      name: 'Reza',
      passwordHash: 'x',
      mustChange: true,
    };
    const id = openTrusteeUser(db, actor, reza);
    const sql = 'SELECT role, person_id AS personId FROM users WHERE id = ?';
    expect(db.$client.prepare(sql).get(id)).to.deep.equal({ role: null, personId: 1 });
    expect(() => openTrusteeUser(db, actor, { ...reza, username: 'reza2' })).to.throw(
      'person-has-user',
    );
  });
});

describe('who may do what about users and settings', () => {
  let here: Khorasan;
  const readers: Reader[] = [];

  before(async () => {
    here = await openKhorasan();
    await addUser(here.province, 'security', 'security');
    await addUser(here.province, 'selection', 'selection');
    for (const person of people) {
      readers.push(person === 'stranger' ? here.browser() : await here.signedIn(person));
    }
  });
  after(() => here.close());

  const people = ['parvin', 'sohrab', 'inspector', 'security', 'selection', 'stranger'] as const;
  const table: [string, number[]][] = [
    ['GET /users', [200, 200, 403, 403, 403, 302]],
    ['GET /users/new', [200, 200, 403, 403, 403, 302]],
    ['GET /users/parvin', [200, 200, 403, 403, 403, 302]],
    ['GET /users/nobody', [404, 404, 403, 403, 403, 302]],
    ['POST /users', [422, 422, 403, 403, 403, 401]],
    ['POST /users/inspector/unlock', [303, 303, 403, 403, 403, 401]],
    ['POST /users/nobody/end', [404, 404, 403, 403, 403, 401]],
    ['POST /users/inspector/tokens/9/revoke', [404, 404, 403, 403, 403, 401]],
    ['GET /settings', [200, 200, 403, 403, 403, 302]],
    ['POST /settings', [422, 422, 403, 403, 403, 401]],
    ['GET /account', [200, 200, 200, 200, 200, 302]],
    ['GET /account/password', [200, 200, 200, 200, 200, 302]],
    ['GET /account/codes', [200, 200, 200, 200, 200, 302]],
    ['POST /account/tokens', [422, 422, 422, 422, 422, 401]],
    ['GET /login', [302, 302, 302, 302, 302, 200]],
    ['GET /held', [302, 302, 302, 302, 302, 302]],
  ];

  for (const [line, expected] of table) {
    it(line, async () => {
      const [method = '', path = ''] = line.split(' ');
      const found: number[] = [];
      for (const reader of readers) {
        // The first page that both a stranger and a user may open gives them a form token.
        await reader.get('/khorasan/account');
        const address = `/khorasan${path}`;
        const answer = await (method === 'GET' ? reader.get(address) : reader.post(address));
        found.push(answer.status);
      }
      expect(found).to.deep.equal(expected);
    });
  }
});
