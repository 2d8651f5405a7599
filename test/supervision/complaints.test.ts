/** B-19 and B-107: written by anyone, followed by a code, referred without a name, answered in time. */
import { expect } from 'chai';
import { compassOf } from '../../src/bylaw/compass.ts';
import { supervisionChecks } from '../../src/supervision/checks.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

const OPEN = '/complaints';
const CASES = '/supervision/complaints';
const WORDS = 'در  روز دوشنبه رسيد ندادند';
const COMPLAINT = {
  kind: 'complaint',
  topic: 'receipts',
  centre: 'مرکز نیکوکاری نور',
  text: WORDS,
};
const SENDER = { sender: 'بتول نمونه', contact: '09150000001' };

type Slip = { code: string; number: string; dueOn: string };

describe('B-19 and B-107, what people complain of and suggest', () => {
  let world: World;
  let named: Slip;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const file = async (more: object = {}): Promise<Slip> => {
    const filed = await world.visit(null, `POST ${OPEN}`, { ...COMPLAINT, ...more });
    expect(filed.status, filed.text).to.equal(201);
    return filed.json<Slip>();
  };
  const follow = (code: string) => world.visit(null, `POST ${OPEN}/follow`, { code });
  const bearing = (id: string, today = TODAY) =>
    compassOf(world.province.db, world.noor.id, today).find((one) => one.id === id)!;

  it('is taken from a form without JavaScript, and its code shown once', async () => {
    const browser = new Reader(world.address);
    const fields = { ...COMPLAINT, kind: 'suggestion', text: 'ساعت کار را بر در بزنید' };
    const filed = await browser.fill(`/toos${OPEN}`, `/toos${OPEN}`, fields);
    expect(filed.status, filed.text.slice(0, 400)).to.equal(201);
    const code = /toos-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}/.exec(filed.text)![0];
    const { db } = world.province;
    const kept = db.$client.prepare('SELECT * FROM complaints').all();
    expect(JSON.stringify(kept)).to.not.contain(code.slice(5));
    const seen = await browser.fill(`/toos${OPEN}`, `/toos${OPEN}/follow`, { code });
    expect(seen.status).to.equal(200);
    expect(seen.text).to.not.contain('ساعت کار').and.not.contain('نور');
    const wrong = await browser.fill(`/toos${OPEN}`, `/toos${OPEN}/follow`, { code: 'toos-1' });
    expect(wrong.status).to.equal(404);
    const bare = await browser.fill(`/toos${OPEN}`, `/toos${OPEN}`, { ...fields, text: 'کم' });
    expect(bare.status).to.equal(422);
  });

  it('answers the same whether the centre is there or not', async () => {
    const [known, unknown] = [await file({ ...SENDER }), await file({ centre: 'مرکز خیالی' })];
    expect(Object.keys(known)).to.deep.equal(Object.keys(unknown));
    expect(known).to.include({ number: '1405-0002', dueOn: '2026-12-06' });
    expect(unknown.number).to.equal('1405-0003');
    named = known;
    expect((await follow(named.code)).json()).to.deep.equal({
      ...{ number: '1405-0002', kind: 'complaint', state: 'received', filedOn: TODAY },
      ...{ dueOn: '2026-12-06', answers: [] },
    });
    expect((await follow('toos-0000-0000-00000')).status).to.equal(404);
  });

  it('is read by those who supervise in their area, and by no centre', async () => {
    const { visit } = world;
    const rowsOf = async (person: 'inspector' | 'hadi' | 'karim') =>
      (await visit(person, `GET ${CASES}.json`)).json<{ total: number }>().total;
    expect(await rowsOf('inspector')).to.equal(3);
    expect(await rowsOf('hadi')).to.equal(2);
    expect(await rowsOf('karim')).to.equal(0);
    expect((await visit('karim', `GET ${CASES}/2`)).status).to.equal(404);
    expect((await visit('hadi', `GET ${CASES}/3`)).status).to.equal(404);
    for (const person of ['reza', 'maryam', 'security', 'sysadmin'] as const) {
      expect((await visit(person, `GET ${CASES}`)).status, person).to.equal(403);
    }
    expect((await visit(null, `GET ${CASES}`)).status).to.equal(302);
    for (const form of ['', '.csv', '.xlsx', '.pdf']) {
      expect((await visit('inspector', `GET ${CASES}${form}`)).status, form).to.equal(200);
    }
    const one = (await visit('inspector', `GET ${CASES}/2.json`)).json();
    expect(one).to.include({ text: WORDS, ...SENDER, centreCode: 'noor' });
    expect((await visit('inspector', `GET ${CASES}/3`)).status).to.equal(200);
    const trail = await visit('reza', 'GET /centres/noor/trail.json');
    expect(trail.text).to.not.contain('complaint');
  });

  it('is referred to its centre without a name, and told of to the committee alone', async () => {
    const { visit } = world;
    const at = '/centres/noor/complaints';
    expect((await visit('reza', `GET ${at}.json`)).json()).to.deep.equal({ rows: [] });
    expect((await visit('reza', `GET ${at}/2`)).status).to.equal(404);
    const nowhere = await visit('inspector', `POST ${CASES}/3/referral`, { untilOn: '1405/09/10' });
    expect(nowhere.json()).to.include({ status: 409, clause: 'B-19' });
    expect(
      (await visit('inspector', `POST ${CASES}/3/centre`, { centre: 'noor' })).status,
    ).to.equal(200);
    const past = await visit('hadi', `POST ${CASES}/2/referral`, { untilOn: '1405/08/01' });
    expect(past.status).to.equal(422);
    const asked = { text: 'چه شد؟', untilOn: '1405/09/10' };
    expect((await visit('hadi', `POST ${CASES}/2/referral`, asked)).status).to.equal(200);
    const seen = await visit('reza', `GET ${at}/2.json`);
    expect(seen.text).to.contain(WORDS).and.not.contain('بتول').and.not.contain('0915');
    expect((await visit('reza', `GET ${at}/2`)).text).to.not.contain('بتول');
    expect((await visit('reza', `GET ${at}`)).status).to.equal(200);
    expect((await visit('maryam', `GET ${at}`)).status).to.equal(403);
    expect((await visit('karim', `GET ${at}`)).status).to.equal(404);
    const told = await visit('reza', `POST ${at}/2/reply`, { text: 'رسید به نام او بود' });
    expect(told.json(), told.text).to.include({ state: 'told' });
    expect((await visit('hadi', `POST ${at}/2/reply`, { text: 'رسید' })).status).to.equal(403);
    const followed = await follow(named.code);
    expect(followed.json()).to.include({ state: 'looked-into' });
    expect(followed.text).to.not.contain('رسید به نام او');
  });

  it('is unheard of by the next centre until it is referred to that one', async () => {
    const { visit } = world;
    const at = '/centres/sepid/complaints';
    const turn = async (centre: string) => {
      const placed = await visit('inspector', `POST ${CASES}/2/centre`, { centre });
      expect(placed.status, placed.text).to.equal(200);
    };
    await turn('sepid');
    expect((await visit('karim', `GET ${at}/2`)).status).to.equal(404);
    await turn('noor');
    expect((await visit('reza', 'GET /centres/noor/complaints/2')).status).to.equal(404);
    await visit('inspector', `POST ${CASES}/2/referral`, { untilOn: '1405/09/10' });
    const seen = await visit('reza', 'GET /centres/noor/complaints/2.json');
    expect(seen.json<{ steps: object[] }>().steps).to.have.length(1);
    expect(seen.text).to.not.contain('رسید به نام او');
  });

  it('is answered by the committee, which the sender reads by the code', async () => {
    const { visit } = world;
    expect(bearing('B-19').why).to.equal('bylaw:why.B-19.waiting');
    expect(bearing('B-19', '2026-12-07')).to.include({ state: 'broken' });
    expect(bearing('B-107', '2026-12-07').mend!.to).to.equal(`${CASES}/1`);
    const answer = { step: 'closed', text: 'رسید شما آماده است' };
    const closed = await visit('inspector', `POST ${CASES}/2/answer`, answer);
    expect(closed.json(), closed.text).to.include({ state: 'closed', waitedDays: 0 });
    const followed = (await follow(named.code.toLowerCase())).json<{ answers: object[] }>();
    expect(followed.answers).to.deep.equal([{ on: TODAY, text: answer.text }]);
    const again = await visit('inspector', `POST ${CASES}/2/answer`, answer);
    expect(again.json()).to.include({ status: 409, clause: 'B-19' });
    await visit('inspector', `POST ${CASES}/1/answer`, { ...answer, step: 'answered' });
    expect(bearing('B-107')).to.include({ state: 'kept' });
    await visit('inspector', `POST ${CASES}/3/answer`, { ...answer, step: 'answered' });
    expect(bearing('B-19')).to.include({ state: 'kept' });
    expect((await visit('inspector', `GET ${CASES}/2`)).status).to.equal(200);
  });

  it('keeps its number, its words and its order, whoever writes', () => {
    const { $client } = world.province.db;
    const raw = (sql: string) => () => $client.exec(sql);
    expect(raw("UPDATE complaints SET text = 'nothing happened'")).to.throw('b19_complaints_stay');
    expect(raw('DELETE FROM complaint_steps')).to.throw('b19_complaints_stay');
    expect(
      raw(`INSERT INTO complaints SELECT 9, kind, year, 9, topic, centre_id, centre_named, text, sender,
        contact, zeroblob(32), filed_on, due_on, act_id FROM complaints WHERE id = 1`),
    ).to.throw('b19_complaints_stay');
    const step = (complaint: number, name: string, by: number) =>
      raw(`INSERT INTO complaint_steps VALUES (99, ${complaint}, '${name}', NULL, 'why', NULL,
        '${TODAY}', ${by}, 1)`);
    const { inspector, reza } = world.users;
    expect(step(2, 'answered', inspector)).to.throw('b19_case_goes_step_by_step');
    expect(step(1, 'closed', reza)).to.throw('b19_case_goes_step_by_step');
    expect(step(1, 'told', reza)).to.throw('b19_case_goes_step_by_step');
    expect(supervisionChecks.map(({ run }) => run(world.province.db))).to.deep.equal([null, null]);
  });

  it('is not taken from a machine that writes without end', async () => {
    let status = 201;
    for (let n = 0; n < 20 && status !== 429; n += 1) {
      status = (await world.visit(null, `POST ${OPEN}`, { ...COMPLAINT, text: 'x' })).status;
    }
    expect(status).to.equal(429);
  });
});
