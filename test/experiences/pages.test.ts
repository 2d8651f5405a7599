/** B-108: a centre writes what it did well, the county answers, and every centre of the province finds it. */
import { expect } from 'chai';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

const HTML = { accept: 'text/html', 'accept-language': 'fa' };
const HERE = '/centres/noor/experiences';
const SHEET = {
  ...{ title: 'بازارچهٔ خانگی', field: 'employment', deed: 'هر پنجشنبه در حیاط مسجد فروختیم' },
  ...{ result: 'دوازده خانواده فروشنده شدند', costRial: '۲۵٬۰۰۰٬۰۰۰', askedSeat: 'chair' },
  namesNobody: true,
};

type Told = {
  id: number;
  version: number;
  state: string;
  costRial: number;
  clause?: string;
  errors?: { field: string }[];
};

describe('B-108, successful experience', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const write = (person: Person, body: object = SHEET, at = '') =>
    world.visit(person, `POST ${HERE}${at}`, body);
  const answer = (person: Person, body: object, id = 1) =>
    world.visit(person, `POST ${HERE}/${id}/answer`, body);
  const judged = async () => {
    const { json } = await world.visit('reza', 'GET /centres/noor/compliance.json');
    const { clauses } = json<{ clauses: { id: string; state: string }[] }>();
    return clauses.find(({ id }) => id === 'B-108')!.state;
  };

  it('is written by core seats, approved by the county, and found by all who serve', async () => {
    expect(await judged()).to.equal('not-due');
    expect((await write('hadi')).status).to.equal(403);
    const written = await write('zahra');
    expect(written.status, written.text).to.equal(201);
    expect(written.json<Told>()).to.include({ state: 'waiting', costRial: 25_000_000 });
    expect((await world.visit('reza', 'GET /experiences/1.json')).status).to.equal(404);
    expect((await answer('reza', { answer: 'approved' })).status).to.equal(403);
    expect((await answer('karim', { answer: 'approved' })).status).to.equal(404);
    expect((await answer('hadi', { answer: 'approved' })).status).to.equal(200);
    expect(await judged()).to.equal('kept');
    for (const reader of ['reza', 'maryam', 'karim', 'deputy', 'inspector'] as const) {
      expect((await world.visit(reader, 'GET /experiences/1.json')).status, reader).to.equal(200);
    }
    for (const other of ['security', 'selection', 'sysadmin'] as const) {
      expect((await world.visit(other, 'GET /experiences')).status, other).to.equal(403);
    }
  });

  it('is sent back for a reason, and written anew as the next version', async () => {
    await write('reza');
    expect((await write('reza', SHEET, '/1')).json<Told>()).to.include({ clause: 'B-108' });
    const bare = await answer('hadi', { answer: 'returned' });
    expect([bare.status, bare.json<Told>().errors![0]!.field]).to.deep.equal([422, 'reason']);
    const returned = await answer('hadi', { answer: 'returned', reason: 'هزینه را بنویسید' });
    expect(returned.json<Told>().state).to.equal('returned');
    const page = await world.visit('reza', `GET ${HERE}/1`, undefined, HTML);
    expect(page.text).to.include('هزینه را بنویسید').and.to.include(`${HERE}/1/anew`);
    const form = await world.visit('reza', `GET ${HERE}/1/anew`, undefined, HTML);
    expect(form.text).to.include('بازارچهٔ خانگی');
    const anew = await write('reza', { ...SHEET, title: 'بازارچهٔ پنجشنبه' }, '/1');
    expect(anew.json<Told>()).to.include({ id: 1, version: 2, state: 'waiting' });
    expect((await answer('hadi', { answer: 'approved' })).status).to.equal(200);
    const twice = await answer('deputy', { answer: 'returned', reason: 'دیر شد' });
    expect([twice.status, twice.json<Told>().clause]).to.deep.equal([409, 'B-108']);
    const told = await world.visit('hadi', 'GET /notices', undefined, HTML);
    expect(told.text).to.include('بازارچهٔ پنجشنبه');
  });

  it('names nobody in need (B-104): it is declared, and refused without', async () => {
    const refused = await write('reza', { ...SHEET, namesNobody: false });
    expect([refused.status, refused.json<Told>().clause]).to.deep.equal([422, 'B-104']);
  });

  it('is found by a word, by field and county, in every form, and printed as a sheet', async () => {
    await write('reza');
    await write('reza', { ...SHEET, title: 'کلاس تابستانی', field: 'culture', costRial: '' });
    await answer('hadi', { answer: 'approved' });
    await answer('hadi', { answer: 'approved' }, 2);
    const found = async (query: string) =>
      (await world.visit('karim', `GET /experiences.json?${query}`)).json<{ total: number }>()
        .total;
    expect(await found('')).to.equal(2);
    expect(await found(`q=${encodeURIComponent('تابستاني')}`)).to.equal(1);
    expect(await found('field=employment')).to.equal(1);
    expect(await found(`county=${encodeURIComponent('آنجا')}`)).to.equal(0);
    for (const list of ['/experiences', HERE]) {
      for (const format of ['csv', 'xlsx', 'pdf']) {
        const { status } = await world.visit('reza', `GET ${list}.${format}`);
        expect(status, `${list}.${format}`).to.equal(200);
      }
      const page = await world.visit('reza', `GET ${list}`, undefined, HTML);
      expect(page.text, list).to.include('بازارچهٔ خانگی');
    }
    const page = await world.visit('karim', 'GET /experiences/1', undefined, HTML);
    expect(page.text).to.include('در حیاط مسجد').and.to.include('/experiences/1.pdf');
    for (const language of ['fa', 'en']) {
      const sheet = await world.visit('karim', 'GET /experiences/1.pdf', undefined, {
        'accept-language': language,
      });
      expect(sheet.text.slice(0, 5)).to.equal('%PDF-');
    }
  });

  it('is held by the file itself: who answers, once, and what follows what', async () => {
    await write('reza');
    const client = world.province.db.$client;
    const by = (person: Person) =>
      client.exec(`INSERT INTO experience_answers VALUES (1, 'approved', NULL, '${TODAY}',
        ${world.users[person]}, 1)`);
    expect(() => by('karim')).to.throw('b108_committee_answers');
    expect(() => by('reza')).to.throw('b108_committee_answers');
    const version = (names = 1) =>
      client.exec(`INSERT INTO experiences SELECT 9, centre_id, 2, 1, title, field, deed, result,
        cost_rial, asked_seat, ${names}, written_on, written_by, act_id FROM experiences`);
    expect(() => version()).to.throw('b108_version_after_return');
    by('hadi');
    expect(() => by('hadi')).to.throw('b108_committee_answers');
    expect(() => version()).to.throw('b108_version_after_return');
    const first = `INSERT INTO experiences SELECT 9, centre_id, 1, 9, title, field, deed, result,
      cost_rial, asked_seat, 0, written_on, written_by, act_id FROM experiences`;
    expect(() => client.exec(first)).to.throw('b104_experience_names_nobody');
    expect(() => client.exec('DELETE FROM experiences')).to.throw('experiences_are_final');
    expect(() => client.exec("UPDATE experiences SET title = 'xxx'")).to.throw('are_final');
  });
});
