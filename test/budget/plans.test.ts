/** B-79: the yearly plan is prepared by one seat and approved by another; actual figures stand against it. */
import { expect } from 'chai';
import { closeYear } from '../../src/books/year-end.ts';
import { comparisonOf } from '../../src/budget/actuals.ts';
import { budgetChecks } from '../../src/budget/checks.ts';
import { compassOf } from '../../src/bylaw/compass.ts';
import { enter } from '../../src/provinces/enter.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

describe('B-79, the yearly financial plan', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await post(
      world,
      `1405/02/01 alms
         1101 sadaqa 1000000
         5101 sadaqa -1000000
       1405/03/05 food
         6101 sadaqa 850000
         1101 sadaqa -850000
       1405/04/05 for running costs
         1101 running-costs 300000
         5111 running-costs -300000
       1405/04/06 electricity
         7101 running-costs 250000
         1101 running-costs -250000`,
    );
  });
  after(() => world.close());

  const at = () => `/centres/${world.noor.code}/books/budget`;
  const lines = [
    { account: '5101', fund: 'sadaqa', amount: 2_000_000 },
    { account: '6101', fund: 'sadaqa', goal: 'B-5', amount: 1_000_000, words: 'سبد ماهانه' },
    { account: '7101', fund: 'running-costs', amount: 200_000 },
  ];
  const send = (person: 'maryam' | 'reza', body: object) =>
    world.visit(person, `POST ${at()}/plans`, body);
  const bearing = () =>
    compassOf(world.province.db, world.noor.id, TODAY).find(({ id }) => id === 'B-79')!;

  it('is not due before two months of the year have passed, and broken then', () => {
    const early = compassOf(world.province.db, world.noor.id, '2026-05-20');
    expect(early.find(({ id }) => id === 'B-79')!.state).to.equal('not-due');
    expect(bearing()).to.include({ state: 'broken', why: 'bylaw:why.B-79.broken' });
  });

  it('names for each programme one of the five goals, and none beside', async () => {
    const goalless = [{ account: '6101', fund: 'sadaqa', amount: 5 }];
    const refused = await send('maryam', { year: 1405, lines: goalless });
    expect(refused.status).to.equal(422);
    expect(refused.json<{ errors: { field: string }[] }>().errors[0]!.field).to.equal(
      'lines.0.goal',
    );
    const beside = [{ account: '5101', fund: 'sadaqa', goal: 'B-2', amount: 5 }];
    expect((await send('maryam', { year: 1405, lines: beside })).status).to.equal(422);
    const astray = [{ account: '7101', fund: 'sadaqa', amount: 5 }];
    expect((await send('maryam', { year: 1405, lines: astray })).status).to.equal(422);
    expect((await send('reza', { year: 1405, lines })).status).to.equal(403);
  });

  it('is proposed, returned, written anew, and approved by the number of the minutes', async () => {
    const { visit, noor } = world;
    const first = await send('maryam', { year: 1405, lines });
    expect(first.status, first.text).to.equal(201);
    const { id } = first.json<{ id: number }>();
    const minutes = { minutesNumber: '12', minutesOn: '1405/02/20' };
    const early = await visit('reza', `POST ${at()}/plans/${id}/approval`, minutes);
    expect(early.status).to.equal(409);
    await visit('maryam', `POST ${at()}/plans/${id}/proposal`, {});
    expect((await visit('maryam', `GET ${at()}/plans/${id}`)).status).to.equal(200);
    expect((await visit('reza', `GET ${at()}/plans/${id}`)).status).to.equal(200);
    const back = await visit('reza', `POST ${at()}/plans/${id}/return`, { reason: 'درآمد کم است' });
    expect(back.json()).to.include({ state: 'returned' });
    const second = await send('maryam', { year: 1405, lines });
    const { id: next, version } = second.json<{ id: number; version: number }>();
    expect(version).to.equal(2);
    await visit('maryam', `POST ${at()}/plans/${next}/proposal`, {});
    const bare = await visit('reza', `POST ${at()}/plans/${next}/approval`, { minutesOn: TODAY });
    expect(bare.status).to.equal(422);
    const own = await visit('maryam', `POST ${at()}/plans/${next}/approval`, minutes);
    expect(own.status).to.equal(403);
    const approved = await visit('reza', `POST ${at()}/plans/${next}/approval`, minutes);
    expect(approved.json(), approved.text).to.include({ state: 'approved', minutesNumber: '12' });
    const { paperId } = approved.json<{ paperId: number }>();
    const paper = await visit('reza', `GET /centres/${noor.code}/papers/${paperId}.pdf`);
    expect(paper.headers.get('content-type')).to.contain('pdf');
  });

  it('stands against what came and went, and warns at 80 and 100 per cent', async () => {
    const { province, noor, visit } = world;
    const { rows } = comparisonOf(province.db, noor.id, { year: 1405, month: null });
    const states = Object.fromEntries(rows.map(({ account, state }) => [account, state]));
    expect(states).to.deep.equal({ 5101: 'none', 5111: 'none', 6101: 'near', 7101: 'passed' });
    const khordad = comparisonOf(province.db, noor.id, { year: 1405, month: 3 }).rows;
    expect(khordad.find(({ account }) => account === '6101')!.actualRial).to.equal(850_000);
    expect(khordad.find(({ account }) => account === '7101')!.actualRial).to.equal(0);
    expect(bearing()).to.include({ state: 'broken', why: 'bylaw:why.B-79.passed' });
    for (const form of ['', '.json', '.csv', '.xlsx', '.pdf']) {
      const shown = await visit('zahra', `GET ${at()}${form}?year=1405`);
      expect(shown.status, form + shown.text.slice(0, 300)).to.equal(200);
    }
    expect((await visit('maryam', `GET ${at()}/plans/new?from=2`)).status).to.equal(200);
    expect((await visit('karim', `GET ${at()}`)).status).to.equal(404);
  });

  it('is changed by a new version with its reason only, in the file too', async () => {
    const { $client } = world.province.db;
    const wanted = [...lines.slice(0, 2), { ...lines[2]!, amount: 400_000 }];
    const refused = await send('maryam', { year: 1405, lines: wanted });
    expect(refused.json<{ clause: string }>().clause).to.equal('B-79');
    const raw = (sql: string) => () => $client.exec(sql);
    $client.exec('SAVEPOINT raw');
    $client.pragma('defer_foreign_keys = ON');
    $client.exec(`INSERT INTO financial_plan_lines VALUES (9, 1, '5101', 'sadaqa', NULL, '', 5)`);
    expect(
      raw(`INSERT INTO financial_plans VALUES (9, 1, 1405, 3, NULL, '${TODAY}', 1, 1)`),
    ).to.throw('b79_change_has_reason');
    $client.exec('ROLLBACK TO raw; RELEASE raw');
    expect(raw(`UPDATE financial_plan_lines SET amount_rial = 9`)).to.throw('plans_are_final');
    expect(
      raw(`INSERT INTO financial_plan_steps (plan_id, step, taken_on, taken_by, act_id)
        VALUES (2, 'proposed', '${TODAY}', 1, 1)`),
    ).to.throw('b79_approved_by_another');
    const made = await send('maryam', { year: 1405, reason: 'برق گران شد', lines: wanted });
    expect(made.json(), made.text).to.include({ version: 3 });
    // Until it is approved the version before it holds.
    expect(bearing().state).to.equal('broken');
  });

  it('tells the same of a year that is closed', async () => {
    const { province, noor } = world;
    await post(world, '1404/05/01 alms\n 1101 sadaqa 700\n 5101 sadaqa -700');
    const of = () => comparisonOf(province.db, noor.id, { year: 1404, month: null }).rows;
    const before = of();
    expect(before.map(({ actualRial }) => actualRial)).to.deep.equal([700]);
    await enter(province, (tx) => closeYear(tx, world.actor('maryam', noor), noor, 1404));
    expect(of()).to.deep.equal(before);
  });

  it('is found sound by the doctor', () => {
    expect(budgetChecks.map(({ run }) => run(world.province.db))).to.deep.equal([null]);
  });
});
