import { expect } from 'chai';
import { Reader } from '../support/reader.ts';
import { actsOf, type Khorasan, openKhorasan, PASSWORD } from './khorasan.ts';

const LOGIN = '/khorasan/login';
const good = { username: 'parvin', password: PASSWORD };

describe('signing in', () => {
  let here: Khorasan;

  beforeEach(async () => {
    here = await openKhorasan();
  });
  afterEach(() => here.close());

  it('opens the province to who knows the password, and says so in the trail', async () => {
    const browser = here.browser();
    const answer = await browser.fill(LOGIN, LOGIN, good);
    expect([answer.status, answer.to]).to.deep.equal([303, '/khorasan/']);
    expect((await browser.get('/khorasan/account')).status).to.equal(200);
    expect(actsOf(here.province)).to.include('user.signed-in');
  });

  it('reads the name in large letters, with spaces, in Persian digits', async () => {
    const answer = await here.browser().fill(LOGIN, LOGIN, { ...good, username: '  Parvin ' });
    expect(answer.status).to.equal(303);
  });

  it('says the same of a wrong password, an unknown name and an ended user', async () => {
    const ended = await here.signedIn('parvin');
    await ended.get('/khorasan/users/inspector');
    await ended.post('/khorasan/users/inspector/end');
    const told = [];
    for (const username of ['parvin', 'nobody-at-all', 'inspector']) {
      const password = username === 'inspector' ? PASSWORD : 'not-this-password';
      const answer = await here.browser().fill(LOGIN, LOGIN, { username, password });
      const note = /role="alert"[\s\S]*?<p>([^<]*)/.exec(answer.text)?.[1];
      told.push([answer.status, note]);
    }
    expect(told[0]?.[0]).to.equal(401);
    expect(told[1]).to.deep.equal(told[0]);
    expect(told[2]).to.deep.equal(told[0]);
  });

  it('takes as long over an unknown name as over a wrong password', async () => {
    const times = async (username: string) => {
      const taken: number[] = [];
      for (let i = 0; i < 4; i++) {
        const browser = here.browser();
        await browser.get(LOGIN);
        const began = performance.now();
        await browser.post(LOGIN, { username, password: 'not-this-password' });
        taken.push(performance.now() - began);
      }
      return Math.min(...taken);
    };
    const [known, unknown] = [await times('parvin'), await times('nobody-at-all')];
    expect(unknown).to.be.greaterThan(known / 3);
  });

  it('asks for what was left empty and keeps the name that was typed', async () => {
    const browser = here.browser();
    const answer = await browser.fill(LOGIN, LOGIN, { username: 'parvin', password: '' });
    expect(answer.status).to.equal(422);
    expect(browser.field('username')).to.equal(undefined);
    expect(answer.text).to.include('value="parvin"');
    expect(answer.text).not.to.include(PASSWORD);
  });

  it('takes no password from an address', async () => {
    const browser = here.browser();
    await browser.get(LOGIN);
    const answer = await browser.post(`${LOGIN}?username=parvin&password=${PASSWORD}`);
    expect(answer.status).to.equal(422);
  });

  it('gives a new session key at the sign-in, so that a planted one opens nothing', async () => {
    const browser = await here.signedIn('parvin');
    const before = browser.cookies.get('nikukari');
    await browser.get('/khorasan/account/password');
    const next = 'pistachio-under-the-elm';
    await browser.post('/khorasan/account/password', {
      ...{ current: PASSWORD, password: next, again: next },
    });
    expect(browser.cookies.get('nikukari')).not.to.equal(before);
    const thief = new Reader(here.address);
    thief.cookies.set('nikukari', before ?? '');
    expect((await thief.get('/khorasan/account')).status).to.equal(302);
  });

  it('keeps only a hash of the session key in the file', async () => {
    const browser = await here.signedIn('parvin');
    const key = decodeURIComponent(browser.cookies.get('nikukari') ?? '').slice(2, 34);
    const rows = here.province.db.$client.prepare('SELECT * FROM sessions').all();
    expect(rows).to.have.length(1);
    expect(JSON.stringify(rows)).not.to.include(key);
  });

  it('refuses a sign-in form that this installation did not give', async () => {
    const answer = await here.browser().post(LOGIN, { ...good, _csrf: 'made-up' });
    expect(answer.status).to.equal(403);
    expect(answer.text).to.include('name="password"');
  });

  it('signs out: the key opens nothing any more', async () => {
    const browser = await here.signedIn('parvin');
    const key = browser.cookies.get('nikukari') ?? '';
    await browser.get('/khorasan/account');
    const answer = await browser.post('/khorasan/sign-out');
    expect([answer.status, answer.to]).to.deep.equal([303, LOGIN]);
    browser.cookies.set('nikukari', key);
    expect((await browser.get('/khorasan/account')).status).to.equal(302);
  });

  it('ends a session after a day of work', async () => {
    const browser = await here.signedIn('parvin');
    here.wait(12 * 60 + 1);
    expect((await browser.get('/khorasan/account')).status).to.equal(302);
  });

  it('tells who comes to a file that cannot be written, and lets those inside read on', async () => {
    const browser = await here.signedIn('parvin');
    here.province.db.$client.pragma('query_only = ON');
    expect((await browser.get('/khorasan/account')).status).to.equal(200);
    expect((await here.browser().fill(LOGIN, LOGIN, good)).status).to.equal(503);
    await browser.get('/khorasan/users/inspector');
    expect((await browser.post('/khorasan/users/inspector/end')).status).to.equal(503);
    here.province.db.$client.pragma('query_only = OFF');
    expect((await here.browser().fill(LOGIN, LOGIN, good)).status).to.equal(303);
  });

  it('lets no session of one province into another', async () => {
    const browser = await here.signedIn('parvin');
    expect((await browser.get('/kerman/account')).status).to.equal(404);
  });

  it('signs a program in with JSON and tells it the token for its forms', async () => {
    const browser = here.browser();
    const answer = await browser.json(LOGIN, good);
    expect(answer.status).to.equal(200);
    const { csrf, role } = JSON.parse(answer.text) as { csrf: string; role: string };
    expect(role).to.equal('province-deputy');
    const without = await browser.json('/khorasan/account/tokens', { name: 'cron' });
    expect(without.status).to.equal(403);
    const path = '/khorasan/account/tokens';
    const made = await browser.json(path, { name: 'cron' }, { 'x-csrf-token': csrf });
    expect(made.status).to.equal(201);
  });

  it('answers a program that is not let in with problem+json', async () => {
    const answer = await here.browser().json(LOGIN, { ...good, password: 'not-this-password' });
    expect(answer.status).to.equal(401);
    expect(answer.headers.get('content-type')).to.include('application/problem+json');
  });

  for (const body of [{}, { username: 5, password: [] }, { username: 'parvin' }]) {
    it(`refuses ${JSON.stringify(body)} with 422`, async () => {
      expect((await here.browser().json(LOGIN, body)).status).to.equal(422);
    });
  }
});

describe('where a reader is sent', () => {
  let here: Khorasan;

  before(async () => {
    here = await openKhorasan();
  });
  after(() => here.close());

  it('sends a stranger to sign in, and back to the page he wanted', async () => {
    const browser = here.browser();
    const away = await browser.get('/khorasan/users?q=so');
    expect(away.status).to.equal(302);
    expect(away.to).to.equal('/khorasan/login?to=%2Fkhorasan%2Fusers%3Fq%3Dso');
    await browser.get(away.to);
    const back = await browser.post(LOGIN, { ...good, to: browser.field('to') ?? '' });
    expect(back.to).to.equal('/khorasan/users?q=so');
  });

  for (const to of [
    'https://evil.example/',
    '//evil.example/khorasan/',
    '/\\evil.example',
    '/kerman/users',
    '/khorasan/../../evil',
    'javascript:alert(1)',
    '/khorasan/login?to=/khorasan/login',
    '/khorasan/%0d%0aSet-Cookie: a=b',
    `/khorasan/${'x'.repeat(3000)}`,
  ]) {
    it(`goes nowhere else for ${to.slice(0, 40)}`, async () => {
      const browser = here.browser();
      await browser.get(LOGIN);
      const answer = await browser.post(LOGIN, { ...good, to });
      expect(answer.status).to.equal(303);
      expect(answer.to).to.match(/^\/khorasan\/(%0d%0aSet-Cookie:%20a=b)?$/i);
    });
  }

  it('answers programs with 401, whether they ask in JSON, for a file or with a bad token', async () => {
    const browser = here.browser();
    const program = { accept: '*/*' };
    const answers = [
      await browser.get('/khorasan/users.json', program),
      await browser.get('/khorasan/users.csv', program),
      await browser.json('/khorasan/users', { username: 'x' }),
      await browser.get('/khorasan/users', { authorization: 'Bearer nk_nothing' }),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([401, 401, 401, 401]);
    expect(answers[0]?.headers.get('content-type')).to.include('application/problem+json');
  });

  it('does not tell a stranger which addresses there are', async () => {
    const there = await here.browser().get('/khorasan/users');
    const nowhere = await here.browser().get('/khorasan/no-such-page');
    expect(nowhere.status).to.equal(there.status);
  });

  it('begins where each may work', async () => {
    const home = async (username: string) =>
      (await (await here.signedIn(username)).get('/khorasan/')).to;
    expect(await home('parvin')).to.equal('/khorasan/centres');
    expect(await home('sohrab')).to.equal('/khorasan/users');
    expect((await here.browser().get('/khorasan/')).to).to.equal(LOGIN);
  });

  it('keeps the language in a cookie and goes back to a page of ours', async () => {
    const browser = here.browser();
    const answer = await browser.get('/khorasan/language/en?back=/khorasan/login');
    expect(answer.to).to.equal(LOGIN);
    expect((await browser.get(LOGIN)).text).to.include('Sign in to Nikukari');
    expect((await browser.get('/language/fa?back=//evil.example')).to).to.equal('/');
    expect((await browser.get('/khorasan/language/xx')).status).to.equal(404);
  });

  it('sends cookies over TLS alone where there is TLS, and never to other sites or scripts', async () => {
    const secure = await openKhorasan({ secure: true, trustProxy: 1 });
    try {
      const answer = await fetch(`${secure.address}${LOGIN}`, {
        headers: { 'x-forwarded-proto': 'https' },
      });
      for (const cookie of answer.headers.getSetCookie()) {
        expect(cookie)
          .to.match(/HttpOnly/)
          .and.to.match(/Secure/)
          .and.to.match(/SameSite=Lax/);
      }
      expect(answer.headers.get('strict-transport-security')).to.be.a('string');
    } finally {
      await secure.close();
    }
  });

  it('allows no inline script and no frame around its pages', async () => {
    const policy = (await here.browser().get(LOGIN)).headers.get('content-security-policy') ?? '';
    expect(policy).to.include("script-src 'self'").and.to.include("frame-ancestors 'none'");
    expect(policy).not.to.include('unsafe-inline');
  });
});
