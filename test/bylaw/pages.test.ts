import { expect } from 'chai';
import { clauses, judgements } from '../../src/bylaw/clauses.ts';
import { buildWorld, type Person, type World } from '../support/world.ts';

/** What each may open: his own centre's compass, and the bylaw to whoever is signed in. */
const MATRIX: [line: string, statuses: Partial<Record<Person | 'stranger', number>>][] = [
  [
    'GET /centres/noor/compliance',
    {
      ...{ reza: 200, maryam: 200, zahra: 200, hadi: 200, deputy: 200, inspector: 200 },
      ...{ karim: 404, security: 404, selection: 404, sysadmin: 404, stranger: 401 },
    },
  ],
  ['GET /centres/sepid/compliance', { karim: 200, deputy: 200, hadi: 404, reza: 404 }],
  ['GET /centres/noor/compliance.json', { zahra: 200, karim: 404, stranger: 401 }],
  ['GET /centres/noor/compliance.csv', { hadi: 200, karim: 404, stranger: 401 }],
  ['GET /centres/noor/compliance.kml', { hadi: 404 }],
  [
    'GET /bylaw',
    {
      ...{ reza: 200, zahra: 200, hadi: 200, karim: 200, deputy: 200, inspector: 200 },
      ...{ security: 200, selection: 200, sysadmin: 200, stranger: 401 },
    },
  ],
  ['GET /bylaw.json', { security: 200, stranger: 401 }],
  ['GET /bylaw.pdf', { zahra: 200, stranger: 401 }],
];

const STATES = ['kept', 'broken', 'not-due', 'guided', 'not-upheld'];
const FARSI = { 'accept-language': 'fa' };

type Told = { id: string; duty: string; state: string; why: string; mend: string | null };

describe('the pages of the bylaw', () => {
  let world: World;

  const toldOf = async (person: Person, path: string): Promise<Told[]> => {
    const { json } = await world.visit(person, `GET ${path}`, undefined, FARSI);
    return (json() as unknown as { clauses: Told[] }).clauses;
  };

  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  for (const [line, statuses] of MATRIX) {
    it(`${line} opens to whom it should`, async () => {
      for (const [person, status] of Object.entries(statuses)) {
        const who = person === 'stranger' ? null : (person as Person);
        const visited = await world.visit(who, line, undefined, { accept: 'application/json' });
        expect(visited.status, person).to.equal(status);
      }
    });
  }

  it('sends a stranger with a browser to sign in', async () => {
    const { status, headers } = await world.visit(null, 'GET /bylaw', undefined, {
      accept: 'text/html',
    });
    expect(status).to.equal(302);
    expect(headers.get('location')).to.include('/toos/login');
  });

  it('gives the compass as programs know it: all 148 clauses', async () => {
    const told = await toldOf('reza', '/centres/noor/compliance.json');
    expect(told.length).to.equal(148);
    told.forEach((clause, at) => {
      expect(Object.keys(clause)).to.deep.equal(['id', 'state', 'why', 'mend']);
      expect(clause.id).to.equal(`B-${at + 1}`);
      expect(STATES).to.include(clause.state);
      expect(clause.why).to.be.a('string').that.is.not.empty;
      if (clause.state === 'broken') expect(clause.mend).to.match(/^\/toos\//);
      else expect(clause.mend).to.equal(null);
    });
  });

  it('gives the bylaw as programs know it: each clause with its duty', async () => {
    const told = await toldOf('hadi', '/bylaw.json');
    expect(told.map((one) => [one.id, one.duty])).to.deep.equal(
      clauses.map(({ id, duty }) => [id, duty]),
    );
  });

  it('has every clause at its own anchor, on both pages', async () => {
    for (const path of ['/bylaw', '/centres/noor/compliance']) {
      const { text } = await world.visit('reza', `GET ${path}`);
      for (const { id } of clauses) expect(text, path).to.include(` id="${id}"`);
    }
  });

  it('folds the bylaw by chapter, and unfolds what was searched for', async () => {
    const folds = async (query: string) =>
      [
        ...(await world.visit('reza', `GET /bylaw${query}`)).text.matchAll(
          /<details class="fold bylaw"( open)?/g,
        ),
      ].map(([, open]) => open !== undefined);
    expect(await folds('')).to.deep.equal(Array.from({ length: 9 }, () => false));
    expect(await folds('?q=B-124')).to.deep.equal([true]);
  });

  it('finds clauses by a word, by a number in either digits, by duty, chapter and practice', async () => {
    const found = async (query: string) => {
      const listed = await toldOf('hadi', `/bylaw.json?${query}`);
      return listed.map(({ id }) => id);
    };
    expect(await found('q=B-128')).to.deep.equal(['B-128']);
    expect(await found(`q=${encodeURIComponent('۱۲۸')}`)).to.deep.equal(['B-128']);
    expect(await found(`q=${encodeURIComponent('گاوصندوق')}`)).to.deep.equal(['B-115']);
    expect(await found(`q=${encodeURIComponent('صندوق امداد ولايت')}`)).to.deep.equal(['B-118']);
    expect(await found('duty=report')).to.have.length(10);
    expect(await found('chapter=premises')).to.have.length(6);
    expect(await found('practice=yes')).to.deep.equal(Object.keys(judgements));
    expect(await found('chapter=premises&practice=no')).to.deep.equal(['B-113', 'B-116']);
    expect(await found('q=qqqqqq')).to.be.empty;
  });

  it('says so when nothing is found, and leads back to all', async () => {
    const { text } = await world.visit('hadi', 'GET /bylaw?q=qqqqqq', undefined, FARSI);
    expect(text).to.include('با این پالایش چیزی یافت نشد');
    expect(text).to.not.include('id="B-1"');
  });

  it('tells in the reader’s language and digits', async () => {
    const farsi = await world.visit('reza', 'GET /centres/noor/compliance', undefined, FARSI);
    expect(farsi.text).to.include('۱ فروردین ۱۴۰۵').and.to.include('dir="rtl"');
    const english = await world.visit('reza', 'GET /centres/noor/compliance', undefined, {
      'accept-language': 'en',
    });
    expect(english.text).to.include('1 Farvardin 1405').and.to.include('dir="ltr"');
  });

  it('gives the button to whoever may mend a clause, and tells the others who does', async () => {
    world.clock.now = new Date('2027-04-10T10:00:00.000Z');
    try {
      const path = 'GET /centres/noor/compliance';
      // The navigation and the banner lead to the licence too; the button is where it is mended.
      const mends = (page: string) =>
        page.split('aria-labelledby="mend"')[1]!.split('</section>')[0];
      const { text } = await world.visit('hadi', path, undefined, FARSI);
      expect(mends(text)).to.include('href="/toos/centres/noor/licence"');
      const read = await world.visit('inspector', path, undefined, FARSI);
      expect(mends(read.text)).to.not.include('href="/toos/centres/noor/licence"');
      expect(read.text).to.include('درست‌کردن آن با کمیتهٔ امداد است.');
    } finally {
      world.clock.now = new Date('2026-11-21T10:00:00.000Z');
    }
  });

  it('gives all rows as CSV, XLSX and PDF', async () => {
    for (const path of ['/bylaw', '/centres/noor/compliance']) {
      const csv = await world.visit('reza', `GET ${path}.csv`, undefined, FARSI);
      const rows = csv.text.trim().split('\n');
      expect(rows).to.have.length(149);
      expect(rows[128]).to.match(/^B-128,/);
      const xlsx = await world.visit('reza', `GET ${path}.xlsx`);
      expect(xlsx.text.slice(0, 2)).to.equal('PK');
      const pdf = await world.visit('reza', `GET ${path}.pdf`, undefined, FARSI);
      expect(pdf.headers.get('content-type')).to.include('application/pdf');
      expect(pdf.text.slice(0, 5)).to.equal('%PDF-');
    }
  });

  it('names the clause and its sentence when only the database refuses', async () => {
    const { complaintOf, DatabaseError } = await import('../../src/web/complaints.ts');
    const said = (message: string) =>
      complaintOf(new DatabaseError(message, 'SQLITE_CONSTRAINT_TRIGGER'))!;
    const trigger = said('b128_licence_before_donation');
    expect(trigger.details.clause).to.equal('B-128');
    expect(trigger.key).to.equal('bylaw:refusals.B-128');
    expect(said('CHECK constraint failed: b118_only_velayat').details.clause).to.equal('B-118');
    expect(said('donations_are_final').key).to.equal('common:refusals.database');
  });
});
