import { expect } from 'chai';
import { issueLicencePaper } from '../../src/licence/licence-papers.ts';
import { licencesOf } from '../../src/licence/licences.ts';
import { decisionsOf } from '../../src/licence/standing.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { buildWorld, type World } from '../support/world.ts';
import { decided } from './life.ts';

describe('the papers of a licence, checked by their code', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const checked = async (paperId: number) => {
    const { code } = findPaper(world.province.db, paperId);
    return (await fetch(`${world.address}/verify/${code}.json`)).json() as Promise<object>;
  };
  const lastPaper = () => decisionsOf(world.province.db, world.noor.id)[0]!.paperId;

  it('tell that the licence is suspended, and holds again when that is lifted', async () => {
    const { province, noor } = world;
    const [licence] = licencesOf(province.db, noor.id);
    const paper = province.db.$client.transaction(() =>
      issueLicencePaper(province.db, world.actor('hadi', noor), noor, licence!),
    )();
    expect(await checked(paper)).to.include({ kind: 'licence', state: 'valid' });
    decided(world, 'suspend');
    const suspension = lastPaper();
    expect(await checked(paper)).to.include({ state: 'suspended' });
    expect(await checked(suspension)).to.include({ kind: 'decision', state: 'valid' });
    decided(world, 'reinstate');
    expect(await checked(paper)).to.include({ state: 'valid' });
    expect(await checked(suspension)).to.include({ state: 'lifted' });
  });
});
