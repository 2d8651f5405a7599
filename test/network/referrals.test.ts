import { expect } from 'chai';
import { dropping } from '../support/dropping.ts';
import { buildWorld, NOW, TODAY, type World } from '../support/world.ts';

const ROOT = '/centres/noor/network/referrals';
const repair = {
  ...{ need: 'housing/repair', asked: 'چکه‌کردن سقف', source: 'unit', householdCode: '۱۴۰۵-۱۷' },
  dueOn: '2026-12-01',
};

let world: World;
const start = async () => {
  world = await buildWorld();
};
const stop = () => world.close();

async function asked(body: object = {}): Promise<string> {
  const made = await world.visit('reza', `POST ${ROOT}`, { ...repair, ...body });
  expect(made.status, made.text).to.equal(201);
  return made.headers.get('location')!.replace(/^\/toos/, '');
}

const step = (one: string, state: string, note?: string) =>
  world.visit('zahra', `POST ${one}/steps`, { state, note });
const told = async (one: string) => (await world.visit('reza', `GET ${one}.json`)).json();

describe('a referral to a specialised network (B-142, B-57)', () => {
  before(start);
  after(stop);

  it('is asked, accepted, answered with its day, and closed', async () => {
    const one = await asked();
    expect(one).to.match(/\/1405-0001$/);
    expect(await told(one)).to.include({ state: 'asked', householdCode: '1405-17' });
    expect((await step(one, 'accepted')).status).to.equal(200);
    expect((await step(one, 'answered')).status).to.equal(422);
    expect((await step(one, 'answered', 'سقف تعمیر شد')).status).to.equal(200);
    expect(await told(one)).to.include({ state: 'answered', answeredOn: TODAY });
    expect((await step(one, 'closed')).status).to.equal(200);
    expect((await step(one, 'declined', 'دیر')).status).to.equal(409);
    const page = await world.visit('reza', `GET ${one}`);
    expect(page.text).to.include('سقف تعمیر شد').and.include('بسته');
  });

  it('is declined with its reason, and goes no further', async () => {
    const one = await asked();
    expect((await step(one, 'declined')).status).to.equal(422);
    expect((await step(one, 'closed')).status).to.equal(409);
    expect((await step(one, 'declined', 'بیرون از توان شبکه')).status).to.equal(200);
    expect((await step(one, 'accepted')).status).to.equal(409);
  });

  it('is accepted once by two at the same time', async () => {
    const one = await asked();
    const both = await Promise.all([step(one, 'accepted'), step(one, 'accepted')]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
  });

  it('is of the same network as its need, and due from today on', async () => {
    for (const body of [
      { ...repair, need: 'legal/repair' },
      { ...repair, need: '' },
      { ...repair, source: 'party' },
      { ...repair, dueOn: '2026-11-01' },
      { ...repair, householdCode: 'کد' },
    ]) {
      const refused = await world.visit('reza', `POST ${ROOT}`, body);
      expect(refused.status, JSON.stringify(body)).to.equal(422);
    }
    const usual = await asked({ dueOn: '' });
    expect((await told(usual)).dueOn).to.equal('2026-12-05');
  });

  it('names nobody: a national ID or a telephone is refused (B-104)', async () => {
    for (const number of ['0013542419', '۰۹۱۲ ۳۴۵ ۶۷۸۹', '0912-345-6789', '00135\u200c42419']) {
      const text = { ...repair, asked: `با ${number} هماهنگ شود` };
      const refused = await world.visit('reza', `POST ${ROOT}`, text);
      expect(refused.json(), number).to.include({ status: 422, clause: 'B-104' });
    }
    const one = await asked();
    await step(one, 'accepted');
    const named = await step(one, 'answered', 'به 0013542419 داده شد');
    expect(named.json().clause).to.equal('B-104');
    const code = await world.visit('reza', `POST ${ROOT}`, {
      ...repair,
      householdCode: '0013542419',
    });
    expect(code.json().clause).to.equal('B-104');
  });

  it('is overdue the day after it was due, until it is answered', async () => {
    const one = await asked({ dueOn: TODAY, need: 'legal/advice' });
    const late = async () =>
      (await world.visit('reza', `GET ${ROOT}.json?state=overdue`)).json<{ total: number }>().total;
    expect(await late()).to.equal(0);
    world.clock.now = new Date('2026-11-22T10:00:00.000Z');
    expect(await late()).to.equal(1);
    expect((await world.visit('reza', `GET ${ROOT}`)).text).to.include('موعد ۱ ارجاع گذشته');
    await step(one, 'accepted');
    await step(one, 'answered', 'مشاوره داده شد');
    expect(await late()).to.equal(0);
    world.clock.now = NOW;
  });

  it('is asked by the committee and every seat, answered by seats, and hidden from others', async () => {
    const one = await asked();
    expect((await world.visit('hadi', `POST ${ROOT}`, repair)).status).to.equal(201);
    expect((await world.visit('inspector', `POST ${ROOT}`, repair)).status).to.equal(403);
    expect((await world.visit('karim', `POST ${ROOT}`, repair)).status).to.equal(404);
    const answer = { state: 'accepted' };
    expect((await world.visit('hadi', `POST ${one}/steps`, answer)).status).to.equal(403);
    expect((await world.visit('karim', `GET ${one}.json`)).status).to.equal(404);
  });

  it('is listed in every form', async () => {
    for (const form of ['', '.json', '.csv', '.xlsx', '.pdf']) {
      expect((await world.visit('maryam', `GET ${ROOT}${form}`)).status, form).to.equal(200);
    }
  });
});

describe('the file about referrals', () => {
  before(start);
  after(stop);
  const run = (sql: string) => () => dropping(world.province.db, sql);

  it('keeps their order, their numbers and their silence about persons', async () => {
    const one = await asked();
    const id = 1;
    const jump = `INSERT INTO referral_steps VALUES (${id}, 'closed', '${TODAY}', NULL, 1, 1)`;
    expect(run(jump)).to.throw('b142_referral_goes_step_by_step');
    expect(run('DELETE FROM referrals')).to.throw('referrals_are_final');
    const insert = (number: number, text: string) =>
      `INSERT INTO referrals VALUES (NULL, ${world.noor.id}, 'legal', 1405, ${number}, 'advice',
        '${text}', 'unit', NULL, '${TODAY}', '${TODAY}', ${world.users.reza}, 1)`;
    expect(run(insert(7, 'xxx'))).to.throw('b132_number_without_gap');
    expect(run(insert(2, 'به 0013542419'))).to.throw('b104_no_person_in_referral');
    expect(run(insert(2, 'xxx'))).to.not.throw();
    expect(one).to.match(/1405-0001$/);
  });
});
