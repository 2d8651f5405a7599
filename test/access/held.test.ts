import { expect } from 'chai';
import type { Reader } from '../support/reader.ts';
import { addUser, type Khorasan, openKhorasan, PASSWORD } from './khorasan.ts';

const NEW = '/khorasan/users/new';
const USERS = '/khorasan/users';
const typed = {
  name: 'Nasrin <b>Ahmadi</b>',
  username: 'nasrin',
  role: 'inspector',
  county: '',
  password: 'pistachio-under-the-elm',
  _page: NEW,
};

describe('a session that ended while the form was open', () => {
  let here: Khorasan;

  beforeEach(async () => {
    here = await openKhorasan();
  });
  afterEach(() => here.close());

  const usernames = () =>
    here.province.db.$client.prepare('SELECT username FROM users').pluck().all() as string[];

  /** A browser whose form was read in time and sent too late. */
  async function late(): Promise<Reader> {
    const browser = await here.signedIn('parvin');
    await browser.get(NEW);
    here.wait(13 * 60);
    const answer = await browser.post(USERS, typed);
    expect(answer.status).to.equal(401);
    expect(answer.text).to.include('name="password"');
    return browser;
  }

  async function signBackIn(browser: Reader): Promise<string> {
    const fields = { username: 'parvin', password: PASSWORD };
    const kept = { held: browser.field('held') ?? '', to: browser.field('to') ?? '' };
    const answer = await browser.post('/khorasan/login', { ...fields, ...kept });
    expect([answer.status, answer.to]).to.deep.equal([303, '/khorasan/held']);
    return (await browser.get(answer.to)).text;
  }

  it('writes nothing, and shows what was typed after signing in again', async () => {
    const browser = await late();
    expect(usernames()).not.to.include('nasrin');
    const page = await signBackIn(browser);
    expect(page).to.include('Nasrin &#60;b&#62;Ahmadi&#60;/b&#62;').and.to.include('inspector');
    expect(usernames()).not.to.include('nasrin');
  });

  it('never carries a password through the page', async () => {
    const browser = await late();
    expect(browser.field('held')).to.include('nasrin');
    expect(browser.field('held')).not.to.include(typed.password);
  });

  it('enters it with one press', async () => {
    const browser = await late();
    await signBackIn(browser);
    const { name, username, role } = typed;
    const answer = await browser.post(USERS, { name, username, role, _held: '1', _page: NEW });
    expect(answer.status).to.equal(201);
    expect(usernames()).to.include('nasrin');
    expect((await browser.get('/khorasan/held')).to).to.equal('/khorasan/');
  });

  it('shows the form first, filled in, and writes nothing by that', async () => {
    const browser = await late();
    await signBackIn(browser);
    const { name, username, role } = typed;
    const fields = { name, username, role, _held: '1', _page: NEW, _review: '1' };
    const answer = await browser.post(USERS, fields);
    expect(answer.status).to.equal(200);
    expect(answer.text).to.include('value="nasrin"').and.to.include('action="/khorasan/users"');
    expect(answer.text).to.match(/value="inspector" checked/);
    expect(usernames()).not.to.include('nasrin');
  });

  it('keeps it through a wrong password too', async () => {
    const browser = await late();
    const held = browser.field('held') ?? '';
    const wrong = { username: 'parvin', password: 'not-this-password', held };
    await browser.post('/khorasan/login', wrong);
    expect(browser.field('held')).to.equal(held);
  });

  it('keeps it through a first password that must be changed', async () => {
    await addUser(here.province, 'newcomer', 'province-deputy', true);
    const browser = await late();
    const fields = { username: 'newcomer', password: PASSWORD, held: browser.field('held') ?? '' };
    expect((await browser.post('/khorasan/login', fields)).to).to.equal('/khorasan/held');
    expect((await browser.get('/khorasan/held')).to).to.equal('/khorasan/account/password');
    await browser.get('/khorasan/account/password');
    const next = 'pistachio-under-the-elm';
    const change = { current: PASSWORD, password: next, again: next };
    expect((await browser.post('/khorasan/account/password', change)).to).to.equal(
      '/khorasan/held',
    );
    expect((await browser.get('/khorasan/held')).text).to.include('nasrin');
  });

  it('shows it also when only the form had grown old', async () => {
    const browser = await here.signedIn('parvin');
    const { password: _, ...fields } = typed;
    const answer = await browser.post(USERS, { ...fields, _csrf: 'of-an-hour-ago' });
    expect(answer.status).to.equal(403);
    expect(answer.text).to.include('value="nasrin"');
    expect(usernames()).not.to.include('nasrin');
  });

  it('keeps nothing that another site sent', async () => {
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '', 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of elsewhere) {
      const browser = here.browser();
      const answer = await browser.post(USERS, typed, headers);
      expect(answer.status).to.equal(403);
      expect(answer.text).not.to.include('nasrin');
    }
  });

  it('keeps no form of megabytes, and says so', async () => {
    const browser = await here.signedIn('parvin');
    await browser.get(NEW);
    here.wait(13 * 60);
    const answer = await browser.post(USERS, { ...typed, name: 'x'.repeat(500_000) });
    expect(answer.status).to.equal(401);
    expect(browser.field('held')).to.equal(undefined);
  });

  for (const held of [
    'no json',
    '[]',
    '{"address":"https://evil.example/","fields":[]}',
    '{"address":"//evil.example","fields":[]}',
    '{"address":"/kerman/users","fields":[]}',
    '{"address":"/khorasan/users","fields":[["name",{}]]}',
  ]) {
    it(`is dropped when it was tampered with: ${held.slice(0, 40)}`, async () => {
      const browser = here.browser();
      const fields = { username: 'parvin', password: PASSWORD, held };
      const answer = await browser.fill('/khorasan/login', '/khorasan/login', fields);
      expect(answer.to).to.equal('/khorasan/');
    });
  }
});
