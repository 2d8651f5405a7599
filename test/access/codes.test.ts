import { expect } from 'chai';
import { Secret, TOTP } from 'otpauth';
import { persianDigits } from '../../src/values/persian-text.ts';
import type { Reader } from '../support/reader.ts';
import { type Khorasan, openKhorasan, PASSWORD } from './khorasan.ts';

const LOGIN = '/khorasan/login';
const CODES = '/khorasan/account/codes';

describe('one-time codes', () => {
  let here: Khorasan;

  beforeEach(async () => {
    here = await openKhorasan();
  });
  afterEach(() => here.close());

  const secretOf = (username: string) =>
    here.province.db.$client
      .prepare('SELECT totp_secret FROM users WHERE username = ?')
      .pluck()
      .get(username) as string;

  /** What the telephone of this user shows, `later` half-minutes from now. */
  function shown(username: string, later = 0): string {
    const totp = new TOTP({ secret: Secret.fromBase32(secretOf(username)) });
    return totp.generate({ timestamp: here.site.clock().getTime() + later * 30_000 });
  }

  async function enrol(browser: Reader, username: string): Promise<string[]> {
    await browser.fill(CODES, CODES);
    await browser.get(CODES);
    const answer = await browser.post(`${CODES}/confirm`, { code: shown(username) });
    expect(answer.status).to.equal(201);
    here.wait(1);
    return [...answer.text.matchAll(/<code dir="ltr">([^<]*)/g)].map(([, code]) => code ?? '');
  }

  async function halfway(username: string): Promise<Reader> {
    const browser = here.browser();
    const fields = { username, password: PASSWORD, to: '/khorasan/account' };
    const answer = await browser.fill(LOGIN, LOGIN, fields);
    expect([answer.status, answer.to]).to.deep.equal([303, `${LOGIN}/code`]);
    await browser.get(`${LOGIN}/code`);
    return browser;
  }

  it('are turned on by typing one back, and ten recovery codes are shown once', async () => {
    const browser = await here.signedIn('parvin');
    await browser.fill(CODES, CODES);
    const page = await browser.get(CODES);
    expect(page.text).to.match(/<img src="data:image\/svg\+xml;base64,[\w+/=]+"/);
    expect(page.headers.get('cache-control')).to.equal('no-store');
    expect((await browser.post(`${CODES}/confirm`, { code: '000000' })).status).to.equal(422);
    const codes = await enrolAgain(browser);
    expect(new Set(codes).size).to.equal(10);
    const again = await browser.get(CODES);
    expect(codes.some((code) => again.text.includes(code))).to.equal(false);
    expect(again.text).not.to.include(secretOf('parvin'));
  });

  async function enrolAgain(browser: Reader): Promise<string[]> {
    await browser.get(CODES);
    const answer = await browser.post(`${CODES}/confirm`, { code: shown('parvin') });
    return [...answer.text.matchAll(/<code dir="ltr">([^<]*)/g)].map(([, code]) => code ?? '');
  }

  it('are asked after the password, in either digits, and lead on to the page wanted', async () => {
    await enrol(await here.signedIn('parvin'), 'parvin');
    const browser = await halfway('parvin');
    expect((await browser.get('/khorasan/account')).status).to.equal(302);
    await browser.get(`${LOGIN}/code`);
    const code = persianDigits(shown('parvin'));
    const answer = await browser.post(`${LOGIN}/code`, { code });
    expect([answer.status, answer.to]).to.deep.equal([303, '/khorasan/account']);
    expect((await browser.get('/khorasan/account')).status).to.equal(200);
  });

  it('are good once: not again in the same half-minute, nor an older one after it', async () => {
    await enrol(await here.signedIn('parvin'), 'parvin');
    const code = shown('parvin');
    expect((await (await halfway('parvin')).post(`${LOGIN}/code`, { code })).status).to.equal(303);
    const replay = await halfway('parvin');
    expect((await replay.post(`${LOGIN}/code`, { code })).status).to.equal(401);
    const older = await replay.post(`${LOGIN}/code`, { code: shown('parvin', -1) });
    expect(older.status).to.equal(401);
  });

  it('may be half a minute early or late, and no more', async () => {
    await enrol(await here.signedIn('parvin'), 'parvin');
    const late = await halfway('parvin');
    expect((await late.post(`${LOGIN}/code`, { code: shown('parvin', 3) })).status).to.equal(401);
    const fields = { code: shown('parvin', 1) };
    expect((await late.post(`${LOGIN}/code`, fields)).status).to.equal(303);
  });

  it('lock the account after wrong ones, though the password is right each time', async () => {
    await enrol(await here.signedIn('parvin'), 'parvin');
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      const browser = await halfway('parvin');
      statuses.push((await browser.post(`${LOGIN}/code`, { code: '000000' })).status);
    }
    expect(statuses).to.deep.equal([401, 401, 401, 401, 429]);
  });

  it('are waited for ten minutes', async () => {
    await enrol(await here.signedIn('parvin'), 'parvin');
    const browser = await halfway('parvin');
    here.wait(11);
    const answer = await browser.post(`${LOGIN}/code`, { code: shown('parvin') });
    expect(answer.status).to.equal(401);
    expect((await browser.get('/khorasan/account')).status).to.equal(302);
  });

  it('are stood in for by a recovery code, each once', async () => {
    const [code = ''] = await enrol(await here.signedIn('parvin'), 'parvin');
    const sent = { code: code.toUpperCase() };
    expect((await (await halfway('parvin')).post(`${LOGIN}/code`, sent)).status).to.equal(303);
    expect((await (await halfway('parvin')).post(`${LOGIN}/code`, sent)).status).to.equal(401);
    const kept = here.province.db.$client.prepare('SELECT * FROM recovery_codes').all();
    expect(JSON.stringify(kept)).not.to.include(code.replace('-', ''));
  });

  it('give fresh recovery codes and are turned off for the right password only', async () => {
    const browser = await here.signedIn('parvin');
    const before = await enrol(browser, 'parvin');
    await browser.get(CODES);
    const refused = await browser.post(`${CODES}/off`, { password: 'not-this-password' });
    expect(refused.status).to.equal(422);
    await browser.get(CODES);
    const fresh = await browser.post(`${CODES}/recovery`, { password: PASSWORD });
    expect(fresh.status).to.equal(201);
    expect(before.some((code) => fresh.text.includes(code))).to.equal(false);
    await browser.get(CODES);
    expect((await browser.post(`${CODES}/off`, { password: PASSWORD })).status).to.equal(303);
    await here.signedIn('parvin');
  });

  it('come before anything else where the province requires them of the office', async () => {
    const deputy = await here.signedIn('parvin');
    await deputy.get('/khorasan/settings');
    await deputy.post('/khorasan/settings', { name: 'Khorasan', codes: 'system-admin' });
    expect((await deputy.get('/khorasan/account')).status).to.equal(200);
    const admin = await here.signedIn('sohrab');
    expect((await admin.get('/khorasan/users')).to).to.equal(CODES);
    expect((await admin.get('/khorasan/users.json')).status).to.equal(403);
    await enrol(admin, 'sohrab');
    expect((await admin.get('/khorasan/users')).status).to.equal(200);
    await admin.get(CODES);
    expect((await admin.post(`${CODES}/off`, { password: PASSWORD })).status).to.equal(409);
  });

  it('are taken away by a manager from who lost telephone and paper', async () => {
    await enrol(await here.signedIn('sohrab'), 'sohrab');
    const deputy = await here.signedIn('parvin');
    await deputy.get('/khorasan/users/sohrab');
    await deputy.post('/khorasan/users/sohrab/reset', { codes: '1', password: PASSWORD });
    const browser = here.browser();
    const fields = { username: 'sohrab', password: PASSWORD };
    expect((await browser.fill(LOGIN, LOGIN, fields)).to).to.equal('/khorasan/');
  });
});
