import { expect } from 'chai';
import { buildWorld, type Person, type World } from '../support/world.ts';

type Told = { id: number; state: string; clause?: string };
const HTML = { accept: 'text/html' };

describe('support (B-120)', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const ask = (person: Person, text = 'چاپ رسید نیم‌صفحه بیرون می‌آید') =>
    world.visit(person, 'POST /support', { subject: 'چاپ رسید', text, page: '/receipts' });
  const step = (person: Person, id: number, kind: string, text?: string) =>
    world.visit(person, `POST /support/${id}/steps`, { kind, text });
  const judged = async () => {
    const told = await world.visit('reza', 'GET /centres/noor/compliance.json');
    const { clauses } = told.json<{ clauses: { id: string; state: string }[] }>();
    return clauses.find(({ id }) => id === 'B-120')?.state;
  };

  it('goes from a question to its answer, to another, and is closed by who asked', async () => {
    expect(await judged()).to.equal('not-due');
    const { id, state } = (await ask('zahra')).json<Told>();
    expect([id, state]).to.deep.equal([1, 'asked']);
    expect((await world.visit('sysadmin', 'GET /notices.json')).text).to.include('چاپ رسید');
    expect((await step('sysadmin', id, 'answer', 'کاغذ را عوض کنید')).json<Told>().state).to.equal(
      'answered',
    );
    expect((await world.visit('zahra', 'GET /notices.json')).text).to.include('/toos/support/1');
    expect(await judged()).to.equal('kept');
    expect((await step('zahra', id, 'ask', 'باز هم همان است')).json<Told>().state).to.equal(
      'asked',
    );
    expect((await step('deputy', id, 'answer', 'حاشیه را بردارید')).status).to.equal(200);
    expect((await step('zahra', id, 'close')).json<Told>().state).to.equal('closed');
    expect((await step('zahra', id, 'ask', 'باز هم')).status).to.equal(409);
    const page = await world.visit('zahra', `GET /support/${id}`, undefined, HTML);
    expect(page.text).to.include('حاشیه را بردارید');
  });

  it('is answered by those who look after the program, once for each question', async () => {
    const { id } = (await ask('zahra')).json<Told>();
    const own = await step('zahra', id, 'answer', 'خودم');
    expect([own.status, own.json<Told>().clause]).to.deep.equal([403, 'B-120']);
    expect((await step('deputy', id, 'close')).status).to.equal(403);
    expect((await step('deputy', id, 'answer', '')).status).to.equal(422);
    expect((await step('deputy', id, 'answer', 'بله')).status).to.equal(200);
    expect((await step('sysadmin', id, 'answer', 'بله')).status).to.equal(409);
    expect((await step('zahra', id, 'ask')).status).to.equal(422);
  });

  it('is nobody else’s to read', async () => {
    const { id } = (await ask('zahra')).json<Told>();
    for (const person of ['reza', 'hadi', 'karim', 'inspector'] as const) {
      expect((await world.visit(person, `GET /support/${id}`)).status).to.equal(404);
      expect((await step(person, id, 'close')).status).to.equal(404);
      expect((await world.visit(person, 'GET /support.json')).text).to.not.include('چاپ رسید');
    }
    expect((await world.visit('sysadmin', 'GET /support.json?state=asked')).text).to.include('چاپ');
    expect((await world.visit('sysadmin', 'GET /support.json?state=closed')).text).to.not.include(
      'چاپ',
    );
    for (const form of ['.csv', '.xlsx', '.pdf']) {
      expect((await world.visit('zahra', `GET /support${form}`)).status).to.equal(200);
    }
  });

  it('holds nobody’s numbers, and keeps what was typed', async () => {
    for (const text of [
      'کد ملی او 0012345679 است',
      'تلفن ۰۹۱۵۱۲۳۴۵۶۷',
      'کارت 6037 9912 3456 7893',
    ]) {
      const refused = await ask('zahra', text);
      expect([refused.status, text]).to.deep.equal([422, text]);
    }
    const form = await world.visit('zahra', 'GET /support/new?page=/x', undefined, HTML);
    expect(form.text).to.include('value="/x"');
    expect((await world.visit('zahra', 'GET /support', undefined, HTML)).status).to.equal(200);
  });

  it('B-120: is broken when a question has waited two weeks', async () => {
    await ask('zahra');
    expect(await judged()).to.equal('not-due');
    world.clock.now = new Date('2026-12-06T10:00:00.000Z');
    expect(await judged()).to.equal('broken');
  });

  it('is held by the file itself', async () => {
    const { id } = (await ask('zahra')).json<Told>();
    const { $client } = world.province.db;
    const write = (kind: string, by: number) =>
      $client
        .prepare("INSERT INTO support_steps VALUES (NULL, ?, ?, 'xxx', '2026-11-21', ?, 1)")
        .run(id, kind, by);
    expect(() => write('answer', world.users.zahra)).to.throw('b120_who_takes_the_step');
    expect(() => write('close', world.users.deputy)).to.throw('b120_who_takes_the_step');
    expect(() => write('ask', world.users.zahra)).to.throw('b120_support_goes_step_by_step');
    expect(() => $client.exec('DELETE FROM support_requests')).to.throw('support_requests');
  });
});
