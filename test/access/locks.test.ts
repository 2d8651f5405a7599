import { expect } from 'chai';
import type { Answer } from '../support/reader.ts';
import { actsOf, addUser, type Khorasan, openKhorasan, PASSWORD } from './khorasan.ts';

const LOGIN = '/khorasan/login';

describe('after too many wrong passwords', () => {
  let here: Khorasan;

  beforeEach(async () => {
    here = await openKhorasan({ trustProxy: 1 });
  });
  afterEach(() => here.close());

  /** A try from a network of its own, unless one is named. */
  async function tryIn(username: string, password: string, from = '198.51.100.7'): Promise<Answer> {
    const browser = here.browser();
    await browser.get(LOGIN);
    return browser.post(LOGIN, { username, password }, { 'x-forwarded-for': from });
  }

  async function wrong(username: string, times: number, from?: string): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (let i = 0; i < times; i++) answers.push(await tryIn(username, `wrong-${i}-wrong`, from));
    return answers;
  }

  it('shuts the account at the fifth, for fifteen minutes, and says until when', async () => {
    const answers = await wrong('parvin', 5);
    expect(answers.map(({ status }) => status)).to.deep.equal([401, 401, 401, 401, 429]);
    expect(answers[4]?.headers.get('retry-after')).to.equal('900');
    expect(answers[4]?.text).to.include('\u06f1\u06f1:\u06f4\u06f5');
    expect((await tryIn('parvin', PASSWORD)).status).to.equal(429);
    here.wait(14);
    expect((await tryIn('parvin', PASSWORD)).status).to.equal(429);
    here.wait(2);
    expect((await tryIn('parvin', PASSWORD)).status).to.equal(303);
    expect(actsOf(here.province)).to.include('user.locked');
  });

  it('gives five tries anew after a lock, and after every right password', async () => {
    await wrong('parvin', 5);
    here.wait(16);
    expect((await wrong('parvin', 4)).at(-1)?.status).to.equal(401);
    expect((await tryIn('parvin', PASSWORD)).status).to.equal(303);
    expect((await wrong('parvin', 4)).at(-1)?.status).to.equal(401);
  });

  it('locks a name that nobody has just the same, so that a lock tells nothing', async () => {
    const known = await wrong('parvin', 6);
    const unknown = await wrong('nobody-at-all', 6, '198.51.100.8');
    expect(unknown.map(({ status }) => status)).to.deep.equal(known.map(({ status }) => status));
  });

  it('counts tries of the same moment one by one', async () => {
    const browsers = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const browser = here.browser();
        await browser.get(LOGIN);
        return browser;
      }),
    );
    const answers = await Promise.all(
      browsers.map((browser, i) =>
        browser.post(LOGIN, { username: 'parvin', password: `no-${i}` }),
      ),
    );
    const judged = answers.filter(({ status }) => status === 401).length;
    expect(judged).to.be.at.most(4);
  });

  it('shuts an address at twenty, whatever names it tries', async () => {
    for (let i = 0; i < 5; i++) await wrong(`clerk-${i}`, 4);
    const answer = await tryIn('parvin', PASSWORD);
    expect(answer.status).to.equal(429);
    expect((await tryIn('parvin', PASSWORD, '203.0.113.9')).status).to.equal(303);
    here.wait(16);
    expect((await tryIn('parvin', PASSWORD)).status).to.equal(303);
  });

  it('forgets the misses of an address after a while', async () => {
    for (let i = 0; i < 4; i++) await wrong(`clerk-${i}`, 4);
    here.wait(16);
    for (let i = 4; i < 8; i++) await wrong(`clerk-${i}`, 4);
    expect((await tryIn('parvin', PASSWORD)).status).to.equal(303);
  });

  it('lets a manager open the lock, by hand or with a new password', async () => {
    const deputy = await here.signedIn('parvin');
    for (const [way, fields] of [
      ['unlock', {}],
      ['reset', { password: PASSWORD }],
    ] as const) {
      await wrong('inspector', 5, `192.0.2.${way.length}`);
      expect((await deputy.get('/khorasan/users/inspector.json')).text).to.include('"locked"');
      await deputy.get('/khorasan/users/inspector');
      await deputy.post(`/khorasan/users/inspector/${way}`, fields);
      expect((await tryIn('inspector', PASSWORD)).status).to.equal(303);
    }
  });

  it('locks the present password in its own change form too', async () => {
    await addUser(here.province, 'second', 'province-deputy');
    const browser = await here.signedIn('second');
    const next = 'pistachio-under-the-elm';
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      await browser.get('/khorasan/account/password');
      const fields = { current: `wrong-${i}`, password: next, again: next };
      statuses.push((await browser.post('/khorasan/account/password', fields)).status);
    }
    expect(statuses).to.deep.equal([422, 422, 422, 422, 429]);
  });
});
