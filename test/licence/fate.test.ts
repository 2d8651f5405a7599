import { expect } from 'chai';
import { holdersOn } from '../../src/board/decree-rows.ts';
import { issueLicencePaper } from '../../src/licence/licence-papers.ts';
import { licencesOf } from '../../src/licence/licences.ts';
import { decisionsOf } from '../../src/licence/standing.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { decided, setDay } from './life.ts';

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

  it('tell of a decree and of the bank’s letter that they give no power without a licence', async () => {
    const { db } = world.province;
    const decree = holdersOn(db, world.noor.id, TODAY).get('admin-finance')!.paperId!;
    const ofKind = db.$client.prepare('SELECT min(id) FROM papers WHERE kind = ?').pluck();
    const letter = ofKind.get('introduction') as number;
    const receipt = async () => (await checked(ofKind.get('decision') as number)) as Told;
    for (const [kind, licence] of [
      ['suspend', 'suspended'],
      ['revoke', 'revoked'],
      ['dissolve', 'dissolving'],
    ] as const) {
      expect(await checked(decree), kind).to.include({ kind: 'decree', state: 'valid' });
      decided(world, kind);
      const told = { state: 'powerless', licence, since: TODAY };
      expect(await checked(decree), kind).to.include({ kind: 'decree', ...told });
      expect(await checked(letter), kind).to.include({ kind: 'introduction', ...told });
      expect((await receipt()).state).to.not.equal('powerless');
      const { code } = findPaper(db, decree);
      const page = await (await fetch(`${world.address}/verify/${code}`)).text();
      expect(page).to.contain('امروز اختیاری نمی‌دهد').and.to.not.contain('این برگه معتبر است');
      decided(world, 'reinstate');
    }
  });

  it('tell of a decree past its days that it is past, and of a letter that the licence ran out', async () => {
    const { db } = world.province;
    setDay(world, '2027-03-21');
    const decree = holdersOn(db, world.noor.id, TODAY).get('admin-finance')!.paperId!;
    expect(await checked(decree)).to.include({ state: 'past' });
    const letter = db.$client.prepare("SELECT id FROM papers WHERE kind = 'introduction'").pluck();
    const told = { state: 'powerless', licence: 'expired', since: '2027-03-21' };
    expect(await checked(letter.get() as number)).to.include(told);
  });
});

type Told = { state: string };
