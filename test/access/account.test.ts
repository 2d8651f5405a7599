import { expect } from 'chai';
import { actsOf, type Khorasan, openKhorasan } from './khorasan.ts';

const ACCOUNT = '/khorasan/account';

describe("a user's own page", () => {
  let here: Khorasan;

  beforeEach(async () => {
    here = await openKhorasan();
  });
  afterEach(() => here.close());

  it('tells him his office, his browsers and when he signed in', async () => {
    const browser = await here.signedIn('parvin');
    expect((await browser.get(ACCOUNT)).status).to.equal(200);
    const account = JSON.parse((await browser.get(`${ACCOUNT}.json`)).text);
    expect(account).to.include({ username: 'parvin', role: 'province-deputy', sessions: 1 });
    expect(account.signIns).to.have.length(1);
    expect(JSON.stringify(account)).not.to.match(/argon2|secret/);
  });

  it('makes a token that is shown once, lets its program in, and is revoked', async () => {
    const browser = await here.signedIn('sohrab');
    const made = await browser.fill(ACCOUNT, `${ACCOUNT}/tokens`, { name: 'Nightly copy' });
    expect([made.status, made.headers.get('cache-control')]).to.deep.equal([201, 'no-store']);
    const token = /nk_[\w-]{32}/.exec(made.text)?.[0] ?? '';
    expect((await browser.get(ACCOUNT)).text).not.to.include(token);
    const stored = here.province.db.$client.prepare('SELECT * FROM tokens').all();
    expect(JSON.stringify(stored)).not.to.include(token);

    const program = here.browser();
    const headers = { authorization: `Bearer ${token}`, accept: '*/*' };
    expect((await program.get('/khorasan/users.json', headers)).status).to.equal(200);
    expect((await program.get('/khorasan/persons.json', headers)).status).not.to.equal(200);

    await browser.get(ACCOUNT);
    expect((await browser.post(`${ACCOUNT}/tokens/1/revoke`)).to).to.equal(ACCOUNT);
    expect((await program.get('/khorasan/users.json', headers)).status).to.equal(401);
    expect(actsOf(here.province)).to.include.members(['token.created', 'token.revoked']);
  });

  it('lets no token make another, nor one user revoke the token of another', async () => {
    const browser = await here.signedIn('sohrab');
    const made = await browser.fill(ACCOUNT, `${ACCOUNT}/tokens`, { name: 'Nightly copy' });
    const token = /nk_[\w-]{32}/.exec(made.text)?.[0] ?? '';
    const headers = { authorization: `Bearer ${token}` };
    const more = await here.browser().json(`${ACCOUNT}/tokens`, { name: 'More' }, headers);
    expect(more.status).to.equal(403);
    const other = await here.signedIn('inspector');
    expect((await other.fill(ACCOUNT, `${ACCOUNT}/tokens/1/revoke`)).status).to.equal(404);
  });

  it('asks for what the token is for', async () => {
    const browser = await here.signedIn('sohrab');
    const answer = await browser.fill(ACCOUNT, `${ACCOUNT}/tokens`, { name: ' ' });
    expect(answer.status).to.equal(422);
    expect(answer.text).to.include('id="token-name-fault"');
  });

  it('makes twenty tokens and no more', async () => {
    const browser = await here.signedIn('sohrab');
    for (let i = 0; i < 20; i++)
      await browser.fill(ACCOUNT, `${ACCOUNT}/tokens`, { name: `n${i}` });
    const answer = await browser.fill(ACCOUNT, `${ACCOUNT}/tokens`, { name: 'one more' });
    expect(answer.status).to.equal(409);
  });

  it('signs him out everywhere, and nobody else', async () => {
    const [one, two] = [await here.signedIn('parvin'), await here.signedIn('parvin')];
    const other = await here.signedIn('inspector');
    await one.get(ACCOUNT);
    const answer = await one.post(`${ACCOUNT}/sign-out-everywhere`);
    expect(answer.to).to.equal('/khorasan/login');
    expect((await one.get(ACCOUNT)).status).to.equal(302);
    expect((await two.get(ACCOUNT)).status).to.equal(302);
    expect((await other.get(ACCOUNT)).status).to.equal(200);
  });

  it('writes nothing without its form token', async () => {
    const browser = await here.signedIn('parvin');
    for (const path of ['/tokens', '/sign-out-everywhere', '/codes', '/password']) {
      const answer = await browser.post(`${ACCOUNT}${path}`, { _csrf: '', name: 'x' });
      expect(answer.status, path).to.equal(403);
    }
    expect((await browser.get(ACCOUNT)).status).to.equal(200);
  });
});
