import { expect } from 'chai';
import { laySample } from '../../seeds/sample.ts';
import { actorOf } from '../../src/access/identify.ts';
import { findUserByUsername } from '../../src/access/users.ts';
import { applicationsOf } from '../../src/applications/applications.ts';
import { APPLICATION_STATES } from '../../src/applications/states.ts';
import { centresOf } from '../../src/centres/centres.ts';
import { supervised } from '../../src/centres/supervision.ts';
import { LICENCE_STATES } from '../../src/licence/states.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { closeProvince, createProvince } from '../../src/provinces/province.ts';
import { NOW } from '../support/world.ts';

describe('sample data', () => {
  it('of eight centres has one in every state, the first active, and nothing wrong', async () => {
    const province = createProvince(':memory:', 'نمونه');
    const asked = { centres: 8, donations: 24, seed: 3, now: NOW };
    const { centres } = await laySample(province, asked);
    expect(centres[0]!.state).to.equal('active');
    expect(centres.map(({ state }) => state)).to.have.members([...LICENCE_STATES]);
    const hadi = actorOf(province.db, findUserByUsername(province.db, 'county-head').id, NOW)!;
    expect(centresOf(province.db, hadi), 'all in one county').to.have.lengthOf(8);
    const { count } = province.db.$client
      .prepare('SELECT count(*) AS count FROM donations')
      .get() as { count: number };
    expect(count).to.equal(24);
    const wrong = examine(province.db).filter((finding) => finding.wrong !== null);
    expect(wrong).to.deep.equal([]);
    closeProvince(province);
  });

  it('of nine has every state in the first county, and a neighbour in the second', async () => {
    const province = createProvince(':memory:', 'نمونه');
    await laySample(province, { centres: 9, donations: 0, seed: 3, now: NOW });
    const statesOf = (username: string) => {
      const head = actorOf(province.db, findUserByUsername(province.db, username).id, NOW)!;
      return supervised(province.db, head).map(({ state }) => state);
    };
    expect(statesOf('county-head')).to.have.members([...LICENCE_STATES]);
    expect(statesOf('county-head-2')).to.have.lengthOf(1);
    closeProvince(province);
  });

  it('has every state in the register of applicants', async () => {
    const province = createProvince(':memory:', 'نمونه');
    await laySample(province, { centres: 1, donations: 0, seed: 3, now: NOW });
    const head = actorOf(province.db, findUserByUsername(province.db, 'county-head').id, NOW)!;
    const states = applicationsOf(province.db, head, {}, { limit: 50, offset: 0 });
    expect(states.map(({ state }) => state)).to.have.members([...APPLICATION_STATES]);
    closeProvince(province);
  });
}).timeout(60_000);
