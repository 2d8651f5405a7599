/** B-121: in practice mode all is asked and nothing is recorded. */
import { expect } from 'chai';
import { issueReceipt } from '../../src/donations/receipts.ts';
import { openingOf } from '../../src/opening/afterwards.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, PASSWORD, TODAY, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await buildWorld();
});
afterEach(() => world.close());

const NOOR = '/centres/noor';
const gift = { kind: 'cash', amount: 500_000, fund: 'sadaqa', receivedOn: TODAY };
const turn = (on: boolean, who: Parameters<World['visit']>[0] = 'maryam') =>
  world.visit(who, 'POST /account/practice', { on });
const untrain = (name: string) =>
  world.province.db.$client.exec(
    `DROP TRIGGER IF EXISTS trainings_are_final_delete; DELETE FROM trainings
     WHERE person_id = (SELECT person_id FROM users WHERE username = '${name}')`,
  );

/** How many rows each table has, but for the sessions of browsers. */
function counted(): Record<string, number> {
  const { $client: client } = world.province.db;
  const tables = client
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    tables
      .filter((name) => name !== 'sessions')
      .map((name) => [
        name,
        client.prepare(`SELECT count(*) FROM ${name}`).pluck().get() as number,
      ]),
  );
}

describe('practice mode (B-121)', () => {
  it('leaves every table as it was, whatever is written, and says what would have been done', async () => {
    expect((await turn(true)).json()).to.have.nested.property('practice.on', true);
    const before = counted();
    const WRITES: [string, object, string][] = [
      [`POST ${NOOR}/donations`, gift, 'receipt.issued'],
      [
        `POST ${NOOR}/equipment`,
        { kind: 'other', assetNumber: '701', name: 'پنکه', receivedOn: TODAY },
        'equipment.received',
      ],
      [
        `POST ${NOOR}/premises`,
        {
          ...{ kind: 'mosque', owner: 'مسجد نور', address: 'خیابان بهار', free: true },
          ...{ letterNumber: '7', letterOn: TODAY },
        },
        'premises.recorded',
      ],
      [`POST ${NOOR}/books/drafts`, draft, 'entry.drafted'],
    ];
    for (const [line, body, deed] of WRITES) {
      const key = { 'idempotency-key': `practice-${deed}` };
      const visit = await world.visit('maryam', line, body, key);
      expect(visit.status, visit.text).to.equal(200);
      expect(visit.headers.get('location'), line).to.equal(null);
      const told = visit.json<{ practice: boolean; deeds: string[]; said: string }>();
      expect(told.practice).to.equal(true);
      expect(told.deeds, line).to.include(deed);
      expect(told.said).to.include('ثبت نشد');
    }
    expect(counted()).to.deep.equal(before);
    expect(examine(world.province.db).filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
    await turn(false);
    const real = await world.visit('maryam', `POST ${NOOR}/donations`, gift);
    expect(real.status).to.equal(201);
    expect(real.text).to.include('1405-000001');
  });

  const draft = {
    ...{ entryOn: TODAY, description: 'واریز به بانک' },
    lines: [
      { account: '1102', fund: 'sadaqa', debit: '100000', credit: '' },
      { account: '1101', fund: 'sadaqa', debit: '', credit: '100000' },
    ],
  };

  it('asks all that is asked: what is refused is refused, who may not may not', async () => {
    await turn(true);
    const wrong = await world.visit('maryam', `POST ${NOOR}/donations`, { ...gift, amount: 0 });
    expect(wrong.status).to.equal(422);
    const notHers = await world.visit('maryam', `POST ${NOOR}/licence`, {});
    expect(notHers.status).to.equal(403);
  });

  it('is one user’s: what another writes at the same time stays', async () => {
    await turn(true);
    const before = counted();
    const [practised, written] = await Promise.all([
      world.visit('maryam', `POST ${NOOR}/donations`, gift),
      world.visit('reza', `POST ${NOOR}/donations`, gift),
    ]);
    expect([practised.status, written.status]).to.deep.equal([200, 201]);
    expect(counted().receipts).to.equal(before.receipts! + 1);
  });

  it('prints no paper, for that would be counted', async () => {
    await enter(world.province, (tx) =>
      issueReceipt(tx, world.actor('maryam', world.noor), world.noor, {
        ...{ amountRial: 500_000, fund: 'sadaqa', receivedOn: TODAY },
      }),
    );
    await turn(true);
    const before = counted();
    const told = await world.visit('maryam', `GET ${NOOR}/donations/receipts/1405-000001.pdf`);
    expect(told.status).to.equal(409);
    expect(counted()).to.deep.equal(before);
  });

  it('shows a reader his form again, the mode over every page, and the way out', async () => {
    const reader = new Reader(world.address);
    await reader.fill('/toos/login', '/toos/login', { username: 'maryam', password: PASSWORD });
    await reader.fill('/toos/account', '/toos/account/practice', { on: '1' });
    const page = await reader.get(`/toos${NOOR}/equipment/new`);
    expect(page.text).to.include('حالت تمرینی').and.include('/toos/account/practice');
    const fields = { kind: 'other', assetNumber: '702', name: 'پنکه', receivedOn: TODAY };
    const here = `/toos${NOOR}/equipment/new`;
    const sent = await reader.post(`/toos${NOOR}/equipment`, { ...fields, _page: here });
    expect([sent.status, sent.headers.get('location')]).to.deep.equal([303, here]);
    expect((await reader.get(`/toos${NOOR}/equipment/new`)).text).to.include('چیزی ثبت نشد');
    const lost = await reader.post(`/toos${NOOR}/equipment`, fields);
    expect([lost.status, lost.text.includes('چیزی ثبت نشد')]).to.deep.equal([200, true]);
    const word = { current: PASSWORD, password: 'khaneh-ye-no-1406', again: 'khaneh-ye-no-1406' };
    const changed = await reader.fill('/toos/account/password', '/toos/account/password', word);
    expect(changed.status).to.equal(303);
    await reader.fill('/toos/account', '/toos/account/practice', {});
    expect((await reader.get(`/toos${NOOR}`)).text).to.not.include('class="flash practice"');
    await reader.fill('/toos/account', '/toos/account/practice', { on: '1' });
    expect((await reader.post('/toos/sign-out')).status).to.equal(303);
    const again = new Reader(world.address);
    await again.fill('/toos/login', '/toos/login', { username: 'maryam', password: word.password });
    expect((await again.get(`/toos${NOOR}`)).text).to.include('class="flash practice"');
  });

  it('is asked by the province of whoever is not trained, from its day on', async () => {
    untrain('maryam');
    const home = await world.visit('maryam', `GET ${NOOR}`, undefined, { accept: 'text/html' });
    expect(home.status).to.equal(200);
    const rule = { untrained: true, from: TODAY };
    expect((await world.visit('hadi', 'POST /opening-rules/practice', rule)).status).to.equal(403);
    const past = { ...rule, from: '2026-11-01' };
    expect((await world.visit('deputy', 'POST /opening-rules/practice', past)).status).to.equal(
      422,
    );
    const set = await world.visit('deputy', 'POST /opening-rules/practice', rule);
    expect(set.json()).to.deep.equal({ untrained: true, fromOn: TODAY });
    const told = await world.visit('maryam', `POST ${NOOR}/donations`, gift);
    expect(told.json()).to.include({ practice: true });
    expect((await turn(false)).json()).to.include({ clause: 'B-121' });
    expect((await world.visit('reza', `POST ${NOOR}/donations`, gift)).status).to.equal(201);
    const { trainees } = openingOf(world.province.db, world.noor, TODAY);
    const { personId } = trainees.find(({ username }) => username === 'maryam')!;
    const lesson = { subject: 'software', trainedOn: TODAY, hours: 3, trainer: 'مربی' };
    await world.visit('hadi', `POST ${NOOR}/trainings`, { ...lesson, person: personId });
    expect((await world.visit('maryam', `POST ${NOOR}/donations`, gift)).status).to.equal(201);
    const sql = `INSERT INTO practice_rules (from_on, untrained_practise, set_by, act_id)
      VALUES ('2099-01-01', 1, ${world.users.hadi}, 1)`;
    expect(() => world.province.db.$client.exec(sql)).to.throw('b121_deputy_rules_practice');
  });
});
