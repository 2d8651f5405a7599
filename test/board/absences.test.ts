/** B-61: in a declared absence the vice-chair acts for the chair, and says so. */
import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { seatTrustee, stepsAt } from '../../seeds/neighbourhood.ts';
import { clearedPerson } from '../../seeds/opening.ts';
import { inCentre } from '../../src/access/actor.ts';
import { actorOf } from '../../src/access/identify.ts';
import { may } from '../../src/access/powers.ts';
import { absenceOn, declareAbsence, endAbsence } from '../../src/board/absences.ts';
import { requestChange, withdrawChange } from '../../src/board/changes.ts';
import type { DecreePaper } from '../../src/board/decree-paper.ts';
import { holdersOn } from '../../src/board/decree-rows.ts';
import { acceptDecree, draftDecree, endDecree, issueDecree } from '../../src/board/decrees.ts';
import { coordinateDecree } from '../../src/board/requests.ts';
import { giveAssignment } from '../../src/network/assignments.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

let world: World;
let viceUser: number;
before(async () => {
  world = await buildWorld();
  const { province, users, noor, clock } = world;
  const officers = { head: users.hadi, security: users.security, selection: users.selection };
  viceUser = seatTrustee(province.db, stepsAt(province.db, clock.now), officers, noor, {
    trustee: {
      ...{ seat: 'vice-chair', name: 'نادر نمونه', gender: 'man', username: 'nader' },
      nationalId: inventedId(80),
    },
    ...{ days: { fromOn: TODAY, toOn: '2027-03-20' }, passwordHash: 'x' },
  });
});
after(() => world.close());

const days = { fromOn: TODAY, toOn: '2026-11-30', reason: 'سفر زیارتی' };
const as = (who: Parameters<World['actor']>[0]) => world.actor(who, world.noor);
const vice = () => inCentre(actorOf(world.province.db, viceUser, world.clock.now)!, world.noor.id);
const declare = (who: 'reza' | 'hadi' | 'karim' | 'maryam', typed = days) =>
  declareAbsence(world.province.db, as(who), world.noor, typed);

describe('an absence of the chair (B-61)', () => {
  it('gives the vice-chair nothing before it is declared', () => {
    expect(may(vice(), 'decrees.draft-board', world.noor)).to.equal(false);
    expect(vice().capacity).to.match(/^decree:/);
  });

  it('is declared by the chair or the committee of the county, from today on', () => {
    expect(() => declare('maryam')).to.throw('not-yours');
    expect(() => declare('karim')).to.throw('B-17');
    expect(() => declare('reza', { ...days, fromOn: '2026-11-20' })).to.throw('past-absence');
    expect(() => declare('reza', { ...days, toOn: '2026-11-20' })).to.throw('days-turned');
    expect(() => declare('reza', { ...days, toOn: '2027-03-21' })).to.throw('beyond-chair');
    declare('reza');
    expect(() => declare('hadi')).to.throw('absence-twice');
    expect(absenceOn(world.province.db, world.noor.id, TODAY)?.chair).to.equal('رضا نمونه');
  });

  it('gives the vice-chair the chair’s powers in a capacity that says so', () => {
    expect(vice().capacity).to.match(/^acting:/);
    expect(vice().seats.map(({ seat, acting }) => [seat, acting === true])).to.deep.equal([
      ['vice-chair', false],
      ['chair', true],
    ]);
    expect(may(vice(), 'decrees.issue-board', world.noor)).to.equal(true);
  });

  it('ends on its last day by itself', () => {
    world.clock.now = new Date('2026-12-01T10:00:00.000Z');
    expect(may(vice(), 'decrees.issue-board', world.noor)).to.equal(false);
    world.clock.now = new Date('2026-11-21T10:00:00.000Z');
  });

  it('lets him issue another’s decree, signed as acting for the chair', () => {
    const { db } = world.province;
    const { users, noor } = world;
    const officers = { head: users.hadi, security: users.security, selection: users.selection };
    const steps = stepsAt(db, world.clock.now);
    const candidate = { name: 'حمید نمونه', nationalId: inventedId(81), gender: 'man' as const };
    const person = clearedPerson(db, steps, officers, candidate, noor.countyId);
    const term = { personId: person.id, fromOn: TODAY, toOn: '2027-03-20' };
    const draft = draftDecree(db, vice(), noor, { ...term, seat: 'benefactors-men' });
    const answer = { answer: 'agreed' as const, number: '9', decidedOn: TODAY };
    coordinateDecree(db, as('hadi'), draft, answer);
    const issued = issueDecree(db, vice(), noor, draft);
    const paper = JSON.parse(findPaper(db, issued.paperId!).content) as DecreePaper;
    expect(paper.signer).to.deep.equal({ name: 'نادر نمونه', office: 'نایب‌رئیس، در غیاب رئیس' });
    const letter = findPaper(db, issued.requestPaperId!).content;
    expect(letter).to.contain('نایب‌رئیس، در غیاب رئیس');
    const capacity = db.$client.prepare("SELECT capacity FROM acts WHERE kind = 'decree.issued'");
    expect(capacity.pluck().all().at(-1)).to.match(/^acting:/);
    acceptDecree(db, vice(), issued, { noPolitics: true, liability: true, honorary: true });
  });

  it('lets him decide nothing about himself, nor about the absence', async () => {
    const { db } = world.province;
    const own = vice().user!.personId!;
    const term = { personId: own, fromOn: TODAY, toOn: '2027-03-20' };
    expect(() => draftDecree(db, vice(), world.noor, { ...term, seat: 'benefactors-women' }))
      .to.throw('B-61')
      .with.property('status', 403);
    const absence = absenceOn(db, world.noor.id, TODAY)!;
    expect(() => endAbsence(db, vice(), world.noor, absence)).to.throw('B-61');
    const longer = { ...days, fromOn: '2026-12-01', toOn: '2026-12-09' };
    expect(() => declareAbsence(db, vice(), world.noor, longer)).to.throw('B-61');
  });

  it('lets him take back no change that the chair asked for about him, in the file neither', () => {
    const { db } = world.province;
    const { id: decreeId } = holdersOn(db, world.noor.id, TODAY).get('assemblies')!;
    const personId = vice().user!.personId!;
    const asked = { kind: 'replace' as const, decreeId, personId, reason: 'استعفای ایشان' };
    expect(() => requestChange(db, vice(), world.noor, asked)).to.throw('B-61');
    // The chair asks while he is there, and goes again.
    endAbsence(db, as('reza'), world.noor, absenceOn(db, world.noor.id, TODAY)!);
    const change = requestChange(db, as('reza'), world.noor, asked);
    declare('reza');
    expect(() => withdrawChange(db, vice(), change, 'نمی‌خواهم')).to.throw('B-61');
    const raw = (by: number) => () =>
      db.$client.exec(`INSERT INTO change_withdrawals VALUES (${change.id}, '${TODAY}', 'نمی‌خواهم',
        ${by}, 1)`);
    expect(raw(viceUser)).to.throw('b61_no_withdrawal_for_himself');
    expect(withdrawChange(db, as('reza'), change, 'دیگر لازم نیست').state).to.equal('withdrawn');
  });

  it('lets him give himself no tasks by letter', async () => {
    const { json } = await world.visit('reza', 'POST /centres/noor/network/volunteers', {
      ...{ name: 'نادر نمونه', gender: 'man', nationalId: inventedId(80), fields: ['legal'] },
      ...{ days: ['sat'], sinceOn: TODAY, honorary: true, isHonorary: true },
    });
    const { number: volunteer } = json<{ number: number }>();
    const term = { volunteer, tasks: ['archive' as const], fromOn: TODAY, toOn: '2026-12-20' };
    const give = () => giveAssignment(world.province.db, vice(), world.noor, term);
    expect(give).to.throw('B-61').with.property('status', 403);
  });

  it('shows a banner on the board and on the home, and its own page', async () => {
    for (const page of ['/centres/noor', '/centres/noor/board', '/centres/noor/board/absences']) {
      const { status, text } = await world.visit('reza', `GET ${page}`);
      expect([status, text.includes('رضا نمونه')], page).to.deep.equal([200, true]);
    }
    const { json } = await world.visit('hadi', 'GET /centres/noor/board/absences.json');
    expect(json<{ rows: object[] }>().rows[0]).to.include({ state: 'running', to: '2026-11-30' });
    expect((await world.visit('karim', 'GET /centres/noor/board/absences')).status).to.equal(404);
  });

  it('is ended early by the chair or the committee, at once and once', () => {
    const { db } = world.province;
    const absence = absenceOn(db, world.noor.id, TODAY)!;
    expect(() => endAbsence(db, as('karim'), world.noor, absence)).to.throw('B-17');
    endAbsence(db, as('hadi'), world.noor, absence);
    expect(may(vice(), 'decrees.issue-board', world.noor)).to.equal(false);
    expect(() => endAbsence(db, as('reza'), world.noor, absence)).to.throw('absence-over');
    expect(absenceOn(db, world.noor.id, TODAY)).to.equal(undefined);
    declare('hadi', { ...days, fromOn: '2026-11-22' });
  });

  it('is refused over HTTP to the others, and works by form and by JSON', async () => {
    const body = { from: '2026-12-05', to: '2026-12-06', reason: 'بیماری' };
    const path = 'POST /centres/noor/board/absences';
    expect((await world.visit('maryam', path, body)).status).to.equal(403);
    expect((await world.visit('inspector', path, body)).status).to.equal(403);
    const made = await world.visit('reza', path, body);
    expect(made.status).to.equal(201);
    const { id } = made.json<{ id: number }>();
    const ended = await world.visit('reza', `${path}/${id}/ending`, {});
    expect(ended.json()).to.include({ state: 'over' });
    expect((await world.visit('reza', `${path}/${id}/ending`, {})).status).to.equal(409);
  });
});

describe('B-61 by raw SQL', () => {
  const run = (sql: string) => () => world.province.db.$client.exec(sql);
  const chair = `(SELECT id FROM decrees WHERE seat = 'chair')`;
  const insert = (by: number, from = '2026-12-20', to = '2026-12-21') =>
    `INSERT INTO absences VALUES (90, ${world.noor.id}, ${chair}, '${from}', '${to}', 'xxx',
      '${TODAY}', ${by}, 1)`;

  it('takes an absence from the chair and his county’s committee only', () => {
    const { maryam, karim, inspector } = world.users;
    const refused = 'b61_chair_or_committee_declares';
    expect(run(insert(viceUser))).to.throw(refused);
    expect(run(insert(maryam))).to.throw(refused);
    expect(run(insert(inspector))).to.throw(refused);
    expect(run(insert(karim))).to.throw('b17_own_county');
    expect(run(insert(world.users.reza, '2026-11-19', '2026-11-20'))).to.throw('b61_days');
    expect(run(insert(world.users.reza, '2026-11-22', '2026-11-23'))).to.throw('b61_one_absence');
  });

  it('takes the vice-chair’s issue on the days of an absence only, and none of his own', () => {
    const { db } = world.province;
    const number = () =>
      db.$client.prepare('SELECT max(number) + 1 FROM decree_issues').pluck().get();
    const decree = db.$client
      .prepare(
        `INSERT INTO decrees (centre_id, person_id, seat, from_on, to_on, drafted_on, drafted_by,
           act_id) SELECT centre_id, person_id, 'benefactors-women', '${TODAY}', '2027-03-20',
           '${TODAY}', ${world.users.reza}, 1 FROM decrees WHERE seat = 'assemblies' RETURNING id`,
      )
      .pluck()
      .get() as number;
    run(`INSERT INTO decree_requests VALUES (${decree}, '${TODAY}', ${world.users.reza}, ${chair}, 1, 1);
      INSERT INTO decree_coordinations VALUES (${decree}, 'agreed', '1', '${TODAY}',
        ${world.users.hadi}, 1)`)();
    const own = `(SELECT id FROM decrees WHERE seat = 'vice-chair')`;
    const issue = (on: string) =>
      run(`INSERT INTO decree_issues VALUES (${decree}, ${world.noor.id}, 1405, ${number()},
        '${on}', ${viceUser}, ${own}, 1, 1)`);
    expect(issue(TODAY)).to.throw('b130_chair_issues_after_coordination');
    db.$client.exec('SAVEPOINT tried');
    issue('2026-11-22')();
    db.$client.exec('ROLLBACK TO tried; RELEASE tried');
    for (const table of ['absences', 'absence_endings']) {
      expect(run(`DELETE FROM ${table}`), table).to.throw(`${table}_are_final`);
    }
  });

  it('ends the chair’s absence with his decree', () => {
    const { db } = world.province;
    declare('hadi', { ...days, toOn: TODAY });
    expect(may(vice(), 'decrees.issue-board', world.noor)).to.equal(true);
    const held = as('reza').seats[0]!.decreeId;
    const decree = db.$client.prepare('SELECT number FROM decree_issues WHERE decree_id = ?');
    expect(decree.pluck().get(held)).to.equal(1);
    endDecree(db, as('hadi'), { id: held, ...place() } as never, { reason: 'کناره‌گیری' });
    expect(may(vice(), 'decrees.issue-board', world.noor)).to.equal(false);
  });

  const place = () => ({ centreId: world.noor.id, countyId: world.noor.countyId, seat: 'chair' });
});
