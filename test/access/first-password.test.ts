import { expect } from 'chai';
import { addUser, type Khorasan, openKhorasan, PASSWORD } from './khorasan.ts';

const CHANGE = '/khorasan/account/password';
const OWN = 'pistachio-under-the-elm';

describe('a first password', () => {
  let here: Khorasan;

  beforeEach(async () => {
    here = await openKhorasan();
    await addUser(here.province, 'newcomer', 'province-deputy', true);
  });
  afterEach(() => here.close());

  it('is changed before anything else', async () => {
    const browser = await here.signedIn('newcomer');
    for (const page of ['/khorasan/users', '/khorasan/account', '/khorasan/centres']) {
      const answer = await browser.get(page);
      expect([answer.status, answer.to]).to.deep.equal([303, CHANGE]);
    }
    const program = await browser.get('/khorasan/users.json');
    expect(program.status).to.equal(403);
    await browser.get(CHANGE);
    const fields = { current: PASSWORD, password: OWN, again: OWN };
    expect((await browser.post(CHANGE, fields)).to).to.equal('/khorasan/');
    expect((await browser.get('/khorasan/users')).status).to.equal(200);
  });

  it('is not gone around by asking for another page in the name of a kept form', async () => {
    const browser = await here.signedIn('newcomer');
    await browser.get(CHANGE);
    const answer = await browser.post(CHANGE, { _review: '1', _page: '/khorasan/users' });
    expect([answer.status, answer.to]).to.deep.equal([303, CHANGE]);
  });

  it('writes nothing for who has not changed it', async () => {
    const browser = await here.signedIn('newcomer');
    await browser.get(CHANGE);
    const answer = await browser.post('/khorasan/users/inspector/end');
    expect(answer.to).to.equal(CHANGE);
    const ended = here.province.db.$client.prepare(
      'SELECT count(*) FROM users WHERE ended_at IS NOT NULL',
    );
    expect(ended.pluck().get()).to.equal(0);
  });

  it('can be left alone: signing out and the language work', async () => {
    const browser = await here.signedIn('newcomer');
    await browser.get(CHANGE);
    expect((await browser.get(`/khorasan/language/en?back=${CHANGE}`)).to).to.equal(CHANGE);
    expect((await browser.post('/khorasan/sign-out')).to).to.equal('/khorasan/login');
  });

  for (const [why, fields] of [
    ['the present one is wrong', { current: 'not-this-password', password: OWN, again: OWN }],
    ['the two differ', { current: PASSWORD, password: OWN, again: `${OWN}!` }],
    ['it is the present one', { current: PASSWORD, password: PASSWORD, again: PASSWORD }],
    ['it is weak', { current: PASSWORD, password: '1234567890', again: '1234567890' }],
    ['a field is missing', { current: PASSWORD }],
  ] as const) {
    it(`stays as it was when ${why}`, async () => {
      const browser = await here.signedIn('newcomer');
      await browser.get(CHANGE);
      expect((await browser.post(CHANGE, fields)).status).to.equal(422);
      expect((await browser.get('/khorasan/account')).to).to.equal(CHANGE);
    });
  }

  it('ends every other session of the user, and leaves this one signed in', async () => {
    const [here1, elsewhere] = [await here.signedIn('parvin'), await here.signedIn('parvin')];
    await here1.get(CHANGE);
    await here1.post(CHANGE, { current: PASSWORD, password: OWN, again: OWN });
    expect((await here1.get('/khorasan/account')).status).to.equal(200);
    expect((await elsewhere.get('/khorasan/account')).status).to.equal(302);
  });
});
