/** B-124: a centre that gets its ground back looks first who was given some of it meanwhile. */
import { expect } from 'chai';
import { quarter } from '../../seeds/neighbourhood.ts';
import { approveBoundary, proposeBoundary } from '../../src/boundary/boundaries.ts';
import type { DecisionKind } from '../../src/licence/standing.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { decided, stateOf } from './life.ts';

let world: World;
beforeEach(async () => {
  world = await buildWorld();
});
afterEach(() => world.close());

const db = () => world.province.db;
const give = (area = quarter(0)) => {
  const karim = world.actor('karim', world.sepid);
  const { id } = proposeBoundary(db(), karim, world.sepid, { area });
  approveBoundary(db(), karim, world.sepid, id);
};
const wrong = () => examine(db()).filter((one) => one.wrong !== null);
const byHand = () =>
  db().$client.exec(
    `INSERT INTO licence_decisions (centre_id, kind, number, decided_on, reason, paper_id,
       decided_by, act_id)
     SELECT centre_id, 'reinstate', 'raw', '${TODAY}', 'xxx', paper_id, decided_by, act_id
     FROM licence_decisions ORDER BY id DESC LIMIT 1`,
  );

for (const kind of ['revoke', 'dissolve'] as DecisionKind[]) {
  it(`refuses to reinstate after ${kind} while a neighbour's area lies in it (B-124)`, async () => {
    decided(world, kind);
    give();
    const body = { kind: 'reinstate', number: 'د/9', reason: 'سبب نمونه' };
    const told = await world.visit('deputy', 'POST /centres/noor/licence/decisions', body);
    expect(told.status).to.equal(409);
    expect(told.json()).to.include({ clause: 'B-124' });
    expect(told.text)
      .to.include('سپید')
      .and.match(/[۰-۹٬]{5,}/);
    expect(byHand).to.throw('b124_ground_taken_back_is_free');
    // The page of the version shows what is shared, and takes the letter that settles it.
    const page = await world.visit('hadi', 'GET /centres/noor/boundary/1', undefined, {
      accept: 'text/html',
    });
    expect(page.text).to.include('action="/toos/centres/noor/boundary/1/coordinations"');
    const letter = { centre: 'sepid', number: '1405/3', decidedOn: '1405/08/30' };
    const settled = await world.visit(
      'hadi',
      'POST /centres/noor/boundary/1/coordinations',
      letter,
    );
    expect(settled.status).to.be.oneOf([200, 201]);
    decided(world, 'reinstate');
    expect(stateOf(world)).to.equal('active');
    expect(wrong()).to.deep.equal([]);
    db().$client.exec(`DROP TRIGGER boundary_coordinations_are_final_delete;
      DELETE FROM boundary_coordinations`);
    expect(wrong().map(({ name }) => name)).to.include('boundary-overlaps');
  });
}

it('is reinstated once the neighbour has another area, and is not stopped by one beside it', () => {
  decided(world, 'revoke');
  give();
  expect(() => decided(world, 'reinstate')).to.throw('boundary:refusals.ground-taken');
  give(quarter(3));
  decided(world, 'reinstate');
  expect(stateOf(world)).to.equal('active');
  expect(wrong()).to.deep.equal([]);
});
