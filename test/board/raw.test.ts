import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { giveClearance } from '../../src/board/clearances.ts';
import { findDecree, holdersOn } from '../../src/board/decree-rows.ts';
import { draftDecree } from '../../src/board/decrees.ts';
import { registerPerson } from '../../src/board/persons.ts';
import { coordinateDecree } from '../../src/board/requests.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

/** A hand in the file meets the same rules as the pages: each step tried by raw SQL. */
let world: World;
let person: number;
let vice: number;
let men: number;
before(async () => {
  world = await buildWorld();
  const { db } = world.province;
  person = registerPerson(db, world.actor('hadi'), {
    ...{ name: 'امین نمونه', nationalId: inventedId(1), gender: 'man' },
    countyId: world.noor.countyId,
  }).id;
  for (const office of ['security', 'selection'] as const) clear(office, 'approved');
  const term = { personId: person, fromOn: TODAY, toOn: '2027-03-20' };
  const seat = (who: 'hadi' | 'reza', of: 'vice-chair' | 'benefactors-men') =>
    draftDecree(db, world.actor(who, world.noor), world.noor, { ...term, seat: of }).id;
  vice = seat('hadi', 'vice-chair');
  men = seat('reza', 'benefactors-men');
});
after(() => world.close());

const clear = (office: 'security' | 'selection', state: 'approved' | 'refused') => {
  const given = { state, number: '1', decidedOn: TODAY };
  giveClearance(world.province.db, world.actor(office), { id: person }, given);
};
const run = (text: string) => () => world.province.db.$client.exec(text);
const paper = () =>
  world.province.db.$client.prepare('SELECT min(id) FROM papers').pluck().get() as number;

type Issue = { by: number; issuer?: number | null; number?: number; on?: string };
const issue = (decree: number, { by, issuer = null, number = 4, on = TODAY }: Issue) =>
  run(`INSERT INTO decree_issues VALUES (${decree}, ${world.noor.id}, 1405, ${number}, '${on}',
    ${by}, ${issuer}, ${paper()}, 1)`);
/** A decree drafted by a hand in the file. */
const propose = (
  seat: string,
  { from = TODAY, to = '2027-03-20', centre = world.noor.id } = {},
): number =>
  world.province.db.$client
    .prepare(`INSERT INTO decrees (centre_id, person_id, seat, from_on, to_on, drafted_on,
      drafted_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, 1) RETURNING id`)
    .pluck()
    .get(centre, person, seat, from, to, TODAY, world.users.hadi) as number;
const chairsDecree = () => holdersOn(world.province.db, world.noor.id, TODAY).get('chair')!.id;

describe('decrees by raw SQL', () => {
  it('B-14: only security and selection write a clearance, each its own', () => {
    const insert = (kind: string, by: number) =>
      run(`INSERT INTO clearances (person_id, kind, state, number, decided_on, decided_by, act_id)
        VALUES (${person}, '${kind}', 'approved', '1', '${TODAY}', ${by}, 1)`);
    const { hadi, security } = world.users;
    expect(insert('security', hadi)).to.throw('b14_office_gives_its_clearance');
    expect(insert('selection', security)).to.throw('b14_office_gives_its_clearance');
    expect(run("UPDATE clearances SET state = 'approved'")).to.throw('clearances_are_final');
    expect(run('DELETE FROM clearances')).to.throw('clearances_are_final');
  });

  it('B-14: nobody is issued a decree uncleared, nor proposed by the committee, nor sent to it', () => {
    clear('selection', 'refused');
    expect(issue(vice, { by: world.users.hadi })).to.throw('b14_cleared_before_decree');
    expect(() => propose('vice-chair')).to.throw('b14_cleared_before_proposal');
    const kept = propose('benefactors-women');
    const request = `INSERT INTO decree_requests
      VALUES (${kept}, '${TODAY}', ${world.users.reza}, ${chairsDecree()}, ${paper()}, 1)`;
    expect(run(request)).to.throw('b14_cleared_before_request');
    clear('selection', 'approved');
    run(request)();
  });

  it('B-129: the committee issues the vice-chair’s, and nobody else', () => {
    const { reza, inspector } = world.users;
    expect(issue(vice, { by: reza, issuer: chairsDecree() })).to.throw('b129_committee_issues');
    expect(issue(vice, { by: inspector })).to.throw('b129_committee_issues');
  });

  it('B-130: the chair issues the others’, under his own decree, once coordinated', () => {
    const { reza, hadi, maryam } = world.users;
    const refused = 'b130_chair_issues_after_coordination';
    expect(issue(men, { by: reza, issuer: chairsDecree() })).to.throw(refused);
    const answer = run(`INSERT INTO decree_coordinations
      VALUES (${men}, 'agreed', '1', '${TODAY}', ${reza}, 1)`);
    expect(answer).to.throw('b130_committee_coordinates');
    const { db } = world.province;
    const known = findDecree(db, world.noor.id, String(men), TODAY);
    const agreed = { answer: 'agreed' as const, number: '1', decidedOn: TODAY };
    coordinateDecree(db, world.actor('hadi'), known, agreed);
    expect(issue(men, { by: hadi })).to.throw(refused);
    expect(issue(men, { by: maryam, issuer: chairsDecree() })).to.throw(refused);
  });

  it('B-128: no decree is proposed beyond a licence or before it, nor issued on a day without', () => {
    const within = 'b128_decree_drafted_within_licence';
    expect(() => propose('vice-chair', { to: '2027-03-21' })).to.throw(within);
    expect(() => propose('vice-chair', { from: '2026-03-20' })).to.throw(within);
    expect(() => propose('vice-chair', { centre: world.sepid.id })).to.throw(within);
    const late = issue(vice, { by: world.users.hadi, on: '2027-03-21' });
    expect(late).to.throw('b128_decree_within_licence');
  });

  it('B-28 to B-33: no seat has two holders, and nobody is proposed for one that is held', () => {
    expect(() => propose('chair')).to.throw('b28_seat_free_before_proposal');
    const { $client } = world.province.db;
    $client.exec('SAVEPOINT tried');
    $client.exec('DROP TRIGGER b28_seat_free_before_proposal');
    const second = propose('chair');
    expect(issue(second, { by: world.users.hadi })).to.throw('b28_one_holder_per_seat');
    $client.exec('ROLLBACK TO tried; RELEASE tried');
  });

  it('B-132: a decree takes the next number, once', () => {
    expect(issue(vice, { by: world.users.hadi, number: 9 })).to.throw('b132_number_without_gap');
    issue(vice, { by: world.users.hadi })();
    expect(issue(vice, { by: world.users.hadi, number: 5 })).to.throw();
  });

  it('B-100, B-101: nothing is accepted without both declarations', () => {
    const accept = (politics: number, liability: number) =>
      run(`INSERT INTO decree_acceptances
        VALUES (${vice}, '${TODAY}', ${politics}, ${liability}, ${world.users.hadi}, 1)`);
    expect(accept(0, 1)).to.throw('b100_declared');
    expect(accept(1, 0)).to.throw('b101_accepted');
    accept(1, 1)();
  });

  it('keeps every step as it was', () => {
    const tables = {
      decrees: 'decrees_are_final',
      decree_issues: 'decree_issues_are_final',
      decree_coordinations: 'coordinations_are_final',
      decree_acceptances: 'decree_acceptances_are_final',
    };
    for (const [table, word] of Object.entries(tables)) {
      expect(run(`DELETE FROM ${table}`), table).to.throw(word);
      expect(run(`UPDATE ${table} SET act_id = 2`), table).to.throw(word);
    }
    expect(run('DELETE FROM persons')).to.throw('b134_persons_stay');
  });
});
