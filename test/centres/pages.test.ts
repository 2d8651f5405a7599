import { expect } from 'chai';
import { quarter, readyCentre, stepsAt } from '../../seeds/neighbourhood.ts';
import { findCentre } from '../../src/centres/centres.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, NOW, type Person, type Visit, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

const everybody = ['reza', 'maryam', 'zahra', 'hadi', 'karim', 'deputy', 'inspector'] as const;
const others = ['security', 'selection', 'sysadmin'] as const;
type Row = Partial<Record<Person | 'stranger', number>>;

/** Who may open what: a trustee and an officer of this county, the other county, and the rest. */
const MATRIX: [string, Row][] = [
  ['GET /counties.json', { deputy: 200, hadi: 403, inspector: 403, reza: 403, stranger: 401 }],
  ['GET /centres.json', { ...all(200), security: 403, selection: 403, sysadmin: 403 }],
  ['GET /centres/new', { hadi: 200, karim: 200, deputy: 200, inspector: 403, reza: 403 }],
  ['GET /centres/noor.json', { ...all(200), karim: 404, ...none(404), stranger: 401 }],
  ['GET /centres/noor/profile.json', { ...all(200), karim: 404, ...none(404) }],
  ['GET /centres/noor/profile/edit', { hadi: 200, deputy: 200, reza: 403, inspector: 403 }],
  ['GET /centres/noor/licence.json', { ...all(200), karim: 404, ...none(404) }],
  ['GET /centres/noor/activity-code.json', { ...all(200), karim: 404, ...none(404) }],
  ['GET /centres/noor/bank-account.json', { ...all(200), karim: 404, ...none(404) }],
  ['GET /centres/noor/bank-account/introduction.json', { hadi: 200, reza: 200, zahra: 403 }],
  ['POST /centres/noor/profile', { hadi: 422, deputy: 422, reza: 403, karim: 404 }],
  ['POST /centres/noor/licence', { hadi: 422, deputy: 422, reza: 403, inspector: 403, karim: 404 }],
  ['POST /centres/noor/activity-code', { hadi: 422, reza: 403, inspector: 403, karim: 404 }],
  [
    'POST /centres/noor/bank-account',
    { hadi: 422, reza: 422, maryam: 422, zahra: 403, karim: 404 },
  ],
  ['POST /centres/noor/bank-account/introduction', { hadi: 409, reza: 403, karim: 404 }],
  [
    'POST /centres',
    { hadi: 422, karim: 422, deputy: 422, inspector: 403, reza: 403, sysadmin: 403 },
  ],
  ['POST /counties', { deputy: 422, hadi: 403, sysadmin: 403, reza: 403, stranger: 401 }],
];

function all(status: number): Row {
  return Object.fromEntries(everybody.map((person) => [person, status]));
}
function none(status: number): Row {
  return Object.fromEntries(others.map((person) => [person, status]));
}

describe('who may do what with centres', () => {
  for (const [line, row] of MATRIX) {
    it(line, async () => {
      const body = line.startsWith('POST') ? {} : undefined;
      for (const [person, status] of Object.entries(row)) {
        const who = person === 'stranger' ? null : (person as Person);
        // A reader of pages is sent to sign in; a program is told.
        const told = await world.visit(who, line, body, { accept: 'application/json' });
        expect(told.status, person).to.equal(status);
      }
    });
  }
});

const centre = {
  ...{ name: 'مرکز نیکوکاری مهر', kind: 'neighbourhood', county: 'اینجا', host: 'mosque' },
  ...{ hostName: 'مسجد مهر', imamName: 'امام مهر', place: 'محلهٔ مهر', address: 'خیابان مهر' },
};

describe('the pages of centres', () => {
  it('register a centre: 201, where it is, and itself', async () => {
    const told = await world.visit('hadi', 'POST /centres', { ...centre, lat: '۳۶٫۳', lon: 59.6 });
    expect(told.status).to.equal(201);
    expect(told.headers.get('location')).to.equal('/toos/centres/01-002');
    expect(told.json()).to.include({ code: '01-002', county: 'اینجا', lat: 36.3, lon: 59.6 });
    const home = await world.visit('hadi', 'GET /centres/01-002');
    expect(home.text).to.contain('مرکز نیکوکاری مهر').and.to.contain('/licence');
  });

  it('register it once under the same key', async () => {
    const key = { 'idempotency-key': 'centre-1' };
    const body = { ...centre, name: 'مرکز نیکوکاری یاس', code: 'yas' };
    const first = await world.visit('hadi', 'POST /centres', body, key);
    const again = await world.visit('hadi', 'POST /centres', body, key);
    expect([first.status, again.status]).to.deep.equal([201, 201]);
    expect(again.text).to.equal(first.text);
  });

  it('say which field is wrong, in the reader’s language', async () => {
    const wrong = {
      ...{ name: '  ', kind: 'shop', county: 'هیچ‌جا', host: 'mosque', hostName: 'الف' },
      ...{ place: 'ب', address: 'پ'.repeat(10_000), phone: '12', lat: '59.6', lon: '36.3' },
    };
    const told = await world.visit('hadi', 'POST /centres', wrong);
    expect(told.status).to.equal(422);
    const fields = fieldsOf(told);
    expect(fields).to.include.members(['name', 'kind', 'address', 'phone', 'lat', 'lon']);
    expect(told.text).to.contain('جابه‌جا');
    const noImam = await world.visit('hadi', 'POST /centres', { ...centre, imamName: '' });
    expect(fieldsOf(noImam)).to.deep.equal(['imamName']);
  });

  it('refuse another county by its clause (B-17)', async () => {
    const told = await world.visit('karim', 'POST /centres', { ...centre, name: 'مرکز دیگر' });
    expect(told.status).to.equal(403);
    expect(told.json()).to.include({ clause: 'B-17' });
  });

  it('answer the list in every format, all of it', async () => {
    for (const [suffix, start] of Object.entries({
      csv: 'code,name',
      json: '{',
      pdf: '%PDF',
    })) {
      const told = await world.visit('deputy', `GET /centres.${suffix}`);
      expect(told.status, suffix).to.equal(200);
      expect(told.text.startsWith(start), suffix).to.equal(true);
    }
    expect((await world.visit('deputy', 'GET /centres.xlsx')).status).to.equal(200);
    const map = await world.visit('deputy', 'GET /centres.geojson');
    const { features } = JSON.parse(map.text) as { features: object[] };
    expect(features).to.have.lengthOf(1);
    expect((await world.visit('deputy', 'GET /centres.hledger')).status).to.equal(404);
  });

  it('refuse an account by its clause, as a page and as JSON', async () => {
    const body = { accountNumber: '6037997551234560', openedOn: '1405/08/30' };
    const told = await world.visit('reza', 'POST /centres/noor/bank-account', body);
    expect(told.status).to.equal(422);
    expect(told.json()).to.include({ clause: 'B-118' });
    const licence = { number: '9', from: '1405/07/31', to: '1405/12/30', reason: 'مرکز آماده است' };
    const days = await world.visit('hadi', 'POST /centres/noor/licence', licence);
    expect(fieldsOf(days)).to.deep.equal(['from', 'to']);
  });

  it('license, code, introduce and bank a centre, and print the letter', async () => {
    const path = '/centres/01-002';
    await enter(world.province, (tx) => {
      const told = { officers: { ...world.users, head: world.users.hadi }, area: quarter(7) };
      readyCentre(tx, stepsAt(tx, NOW), findCentre(tx, '01-002'), told);
    });
    const licence = {
      number: '1405/77',
      from: '۱۴۰۵/۰۸/۳۰',
      to: '1406/08/29',
      reason: 'آماده است',
    };
    const licensed = await world.visit('hadi', `POST ${path}/licence`, licence);
    expect(licensed.json()).to.include({ from: '2026-11-21', to: '2027-11-20' });
    const coded = await world.visit('hadi', `POST ${path}/activity-code`, { code: '09-3000' });
    expect(coded.status).to.equal(201);
    expect(
      (await world.visit('hadi', `POST ${path}/bank-account/introduction`, {})).status,
    ).to.equal(201);
    const account = { accountNumber: '۳۰۰۰-۱۰۰', openedOn: 'امروز' };
    const banked = await world.visit('hadi', `POST ${path}/bank-account`, account);
    expect(banked.json()).to.include({ bank: 'velayat', accountNumber: '3000-100' });
    const letter = await world.visit('hadi', `GET ${path}/bank-account/introduction.pdf`);
    expect(letter.text.startsWith('%PDF')).to.equal(true);
    const home = await world.visit('hadi', `GET ${path}.json`);
    expect(home.json()).to.include({ state: 'active', activityCode: '09-3000' });
  });

  it('edit where a centre is, and nothing else of it', async () => {
    const body = { ...centre, name: 'نام دیگر', phone: '05130000128' };
    const told = await world.visit('hadi', 'POST /centres/01-002/profile', body);
    expect(told.json()).to.include({ name: 'مرکز نیکوکاری مهر', phone: '05130000128' });
  });

  it('open every page for people, in both languages', async () => {
    for (const language of ['fa', 'en']) {
      for (const path of PAGES) {
        const headers = { accept: 'text/html', cookie: `language=${language}` };
        const told = await world.visit('deputy', `GET ${path}`, undefined, headers);
        expect(told.status, path).to.equal(200);
        expect(told.text).to.contain(`<html lang="${language}"`);
      }
    }
  });
});

/** The fields a refusal names. */
function fieldsOf(told: Visit): string[] {
  const { errors = [] } = JSON.parse(told.text) as { errors?: { field: string }[] };
  return errors.map(({ field }) => field);
}

const PAGES = [
  ...['/counties', '/centres', '/centres?q=zzz', '/centres/new', '/centres/noor', '/centres/sepid'],
  ...['', '/edit'].map((page) => `/centres/noor/profile${page}`),
  ...['licence', 'activity-code', 'bank-account'].flatMap((page) =>
    ['noor', 'sepid', 'yas'].map((code) => `/centres/${code}/${page}`),
  ),
];
