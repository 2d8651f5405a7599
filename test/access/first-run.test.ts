import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { fileOf } from '../../src/provinces/catalogue.ts';
import { persianDigits } from '../../src/values/persian-text.ts';
import { Reader } from '../support/reader.ts';
import { type Started, startSite } from '../support/server.ts';
import { actsOf } from './khorasan.ts';

const wish = {
  code: '12345-67890',
  provinceName: 'Razavi Khorasan',
  slug: 'khorasan',
  name: 'Parvin Azimi',
  username: 'parvin',
  password: 'saffron-and-barberry',
  again: 'saffron-and-barberry',
};

describe('the first run', () => {
  let here: Started;
  let browser: Reader;

  beforeEach(async () => {
    here = await startSite({ setupCode: wish.code });
    browser = new Reader(here.address);
  });
  afterEach(() => here.close());

  const provinces = () => [...here.site.catalogue.open.keys()];

  it('shows the set-up page, and leads there from everywhere else', async () => {
    expect((await browser.get('/')).text).to.include('action="/setup"');
    for (const path of ['/khorasan/login', '/verify', '/setup', '/khorasan/users.json']) {
      expect((await browser.get(path)).to, path).to.equal('/');
    }
    expect((await browser.get('/language/en?back=/')).to).to.equal('/');
    expect((await browser.get('/')).text).to.include('Set up Nikukari');
    expect((await browser.get('/assets/nikukari.css')).status).to.equal(200);
  });

  it('makes the province and its deputy, who signs in with the password he chose', async () => {
    const answer = await browser.fill('/', '/setup', wish);
    expect([answer.status, answer.to]).to.deep.equal([303, '/khorasan/login']);
    await browser.get(answer.to);
    const { username, password } = wish;
    await browser.post('/khorasan/login', { username, password });
    expect((await browser.get('/khorasan/users')).status).to.equal(200);
    const province = here.site.catalogue.open.get('khorasan')!;
    expect(actsOf(province).slice(0, 2)).to.deep.equal(['province.created', 'user.created']);
  });

  it('reads the code in Persian digits and without its hyphen', async () => {
    const code = persianDigits('12345 67890');
    expect((await browser.fill('/', '/setup', { ...wish, code })).status).to.equal(303);
  });

  it('is over once there is a province: nobody can tell that it was', async () => {
    await browser.fill('/', '/setup', wish);
    const again = await browser.post('/setup', { ...wish, slug: 'kerman' });
    expect(again.status).to.equal(404);
    expect((await browser.get('/setup')).status).to.equal(404);
    const list = await browser.get('/');
    expect(list.text).to.include('Razavi Khorasan').and.not.to.include('/setup');
    expect(provinces()).to.deep.equal(['khorasan']);
  });

  it('gives nothing to who has no code, and closes after ten tries', async () => {
    for (let i = 0; i < 10; i++) {
      const answer = await browser.fill('/', '/setup', { ...wish, code: `00000-0000${i}` });
      expect(answer.status).to.equal(403);
      expect(answer.text).to.include('value="Parvin Azimi"');
      expect(answer.text).not.to.include(wish.password);
    }
    expect((await browser.fill('/', '/setup', wish)).status).to.equal(429);
    expect(provinces()).to.deep.equal([]);
  });

  it('makes one province of two claims at the same moment', async () => {
    await browser.get('/');
    const answers = await Promise.all([
      browser.post('/setup', wish),
      browser.post('/setup', { ...wish, slug: 'kerman' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409]);
    expect(provinces()).to.have.length(1);
  });

  it('shows an old form again with what was typed', async () => {
    const answer = await browser.fill('/', '/setup', { ...wish, _csrf: 'made-up' });
    expect(answer.status).to.equal(403);
    expect(answer.text).to.include('value="Parvin Azimi"');
    expect(provinces()).to.deep.equal([]);
  });

  for (const [what, fields, field] of [
    ['a slug with a slash', { slug: '../x' }, 'slug'],
    ['a slug in Persian', { slug: '\u062e\u0631\u0627\u0633\u0627\u0646' }, 'slug'],
    ['a slug that is an address of its own', { slug: 'verify' }, 'slug'],
    ['no slug', { slug: '' }, 'slug'],
    ['no name of the province', { provinceName: ' ' }, 'provinceName'],
    ['a name with a direction mark', { name: 'Par\u202evin' }, 'name'],
    ['a username in Persian', { username: '\u067e\u0631\u0648\u06cc\u0646' }, 'username'],
    ['a weak password', { password: '1234567890', again: '1234567890' }, 'password'],
    ['two passwords that differ', { again: 'saffron-and-barberry!' }, 'again'],
  ] as const) {
    it(`refuses ${what}, keeps the rest and leaves no file`, async () => {
      const answer = await browser.fill('/', '/setup', { ...wish, ...fields });
      expect(answer.status).to.equal(422);
      expect(answer.text).to.include(`id="${field}-fault"`);
      expect(provinces()).to.deep.equal([]);
      expect(existsSync(fileOf(here.site.catalogue.folder, wish.slug))).to.equal(false);
    });
  }
});
