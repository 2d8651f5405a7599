import { expect } from 'chai';
import { laySample } from '../../seeds/sample.ts';
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
    const { count } = province.db.$client
      .prepare('SELECT count(*) AS count FROM donations')
      .get() as { count: number };
    expect(count).to.equal(24);
    const wrong = examine(province.db).filter((finding) => finding.wrong !== null);
    expect(wrong).to.deep.equal([]);
    closeProvince(province);
  });
}).timeout(60_000);
