/** B-111: a visit with its day, visitors, checklist and findings, followed until each is mended. */
import { expect } from 'chai';
import { compassOf } from '../../src/bylaw/compass.ts';
import { tasksOf } from '../../src/centres/tasks.ts';
import { supervisionChecks } from '../../src/supervision/checks.ts';
import { CHECKLIST } from '../../src/supervision/schema.ts';
import { signIn } from '../donations/gifts.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

const AT = '/centres/noor/inspections';
const checklist = Object.fromEntries(CHECKLIST.map((item) => [item, 'in-order']));
const VISIT = {
  ...{ visitedOn: '1405/08/28', visitors: 'بازرس استان و کارشناس شهرستان', checklist },
  findings: [{ text: 'نقشهٔ محدوده روی دیوار نیست', dueOn: '1405/09/10' }],
};

describe('B-111, visits of the committee', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const bearing = (today = TODAY) =>
    compassOf(world.province.db, world.noor.id, today).find(({ id }) => id === 'B-111')!;
  const send = (person: 'reza' | 'hadi', what: string, body: object) =>
    world.visit(person, `POST ${AT}/1/findings/1/${what}`, body);

  it('is recorded by those who supervise and by nobody of the centre', async () => {
    const { visit } = world;
    expect(bearing().state).to.equal('not-due');
    expect((await visit('reza', `POST ${AT}`, VISIT)).status).to.equal(403);
    expect((await visit('karim', `POST ${AT}`, VISIT)).status).to.equal(404);
    const early = { ...VISIT, findings: [{ ...VISIT.findings[0], dueOn: '1405/08/01' }] };
    expect((await visit('inspector', `POST ${AT}`, early)).json()).to.include({
      ...{ status: 422, clause: 'B-111' },
    });
    const bare = await visit('inspector', `POST ${AT}`, { ...VISIT, checklist: {} });
    expect(bare.status).to.equal(422);
    const made = await visit('inspector', `POST ${AT}`, VISIT);
    expect(made.status, made.text).to.equal(201);
    expect(bearing()).to.deep.include({ state: 'kept', told: { count: 1, day: '2026-11-19' } });
    expect(bearing('2026-12-02')).to.include({ state: 'broken', why: 'bylaw:why.B-111.late' });
    const keys = tasksOf(world.province.db, world.actor('maryam', world.noor), world.noor);
    expect(keys.map(({ key }) => key)).to.include('findings-open');
    for (const form of ['', '.json', '.csv', '.xlsx', '.pdf']) {
      expect((await visit('reza', `GET ${AT}${form}`)).status, form).to.equal(200);
    }
    expect((await visit('zahra', `GET ${AT}`)).status).to.equal(403);
    expect((await visit('karim', `GET ${AT}`)).status).to.equal(404);
  });

  it('is mended by the centre, sent back, mended again and accepted', async () => {
    const text = { text: 'نقشه نصب شد' };
    const returned = { step: 'returned', text: 'هنوز نصب نیست' };
    expect((await send('hadi', 'decision', returned)).json()).to.include({ clause: 'B-111' });
    expect((await send('hadi', 'mending', text)).status).to.equal(403);
    expect((await world.visit('reza', `GET ${AT}/1`)).status).to.equal(200);
    expect((await send('reza', 'mending', text)).status).to.equal(200);
    expect((await world.visit('hadi', `GET ${AT}/1`)).status).to.equal(200);
    expect((await send('hadi', 'decision', returned)).status).to.equal(200);
    expect((await send('reza', 'mending', text)).status).to.equal(200);
    const done = await send('hadi', 'decision', { step: 'accepted', text: 'دیده شد' });
    const { findings } = done.json<{ findings: { state: string; steps: object[] }[] }>();
    expect(findings[0]).to.include({ state: 'accepted' });
    expect(findings[0]!.steps).to.have.length(4);
    expect((await send('reza', 'mending', text)).status).to.equal(409);
    expect(bearing('2026-12-02').state).to.equal('kept');
  });

  it('is written on a form too, whose empty findings are none', async () => {
    const browser = await signIn(world, 'hadi');
    const fields = Object.fromEntries(CHECKLIST.map((item) => [`checklist.${item}`, 'in-order']));
    const sent = { visitedOn: '1405/08/30', visitors: 'کارشناس شهرستان', ...fields };
    const rows = { 'findings.0.text': '', 'findings.0.dueOn': '1405/09/30' };
    const made = await browser.fill(`/toos${AT}/new`, `/toos${AT}`, { ...sent, ...rows });
    expect(made.status, made.text.slice(0, 300)).to.equal(303);
    const refused = await browser.fill(`/toos${AT}/new`, `/toos${AT}`, { ...sent, visitors: '' });
    expect(refused.status).to.equal(422);
  });

  it('stays as it was, whoever writes', () => {
    const { $client } = world.province.db;
    const raw = (sql: string) => () => $client.exec(sql);
    const { reza, karim } = world.users;
    expect(raw("UPDATE field_inspections SET visitors = 'nobody'")).to.throw('b111_visits_stay');
    const visit = (by: number) =>
      raw(`INSERT INTO field_inspections VALUES (9, 1, 3, '${TODAY}', 'xyz', '{}', NULL, '${TODAY}',
        ${by}, 1)`);
    expect(visit(reza)).to.throw('b111_visited_by_the_committee');
    expect(visit(karim)).to.throw('b111_visited_by_the_committee');
    expect(
      raw(`INSERT INTO finding_steps VALUES (99, 1, 1, 'mended', 'why', '${TODAY}', ${reza}, 1)`),
    ).to.throw('b111_finding_goes_step_by_step');
    expect(supervisionChecks.map(({ run }) => run(world.province.db))).to.deep.equal([null, null]);
  });
});
