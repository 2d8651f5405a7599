import { expect } from 'chai';
import { fillPlaces } from '../../seeds/places.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, type Json, type World } from '../support/world.ts';

const REPORT = '/reports/network';

describe('the network report (B-5)', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    const { noor, province } = world;
    await enter(province, (tx) => fillPlaces(tx, world.actor('reza', noor), noor));
  });
  after(() => world.close());

  const rows = async (person: 'hadi' | 'karim' | 'deputy', query = '') =>
    (await world.visit(person, `GET ${REPORT}.json${query}`)).json<{ rows: Json[] }>().rows;

  it('counts units, volunteers, benefactors, networks and capacities of each centre', async () => {
    const [noor] = await rows('hadi');
    expect(noor).to.include({ code: 'noor', networks: 6, capacities: 3, assemblies: 0 });
    expect(noor!.volunteers).to.be.greaterThan(0);
    expect(noor!.units).to.be.greaterThan(0);
  });

  it('tells an officer of his county, and the province of all, in the order asked for', async () => {
    expect((await rows('hadi')).map(({ code }) => code)).to.deep.equal(['noor']);
    expect((await rows('karim')).map(({ code }) => code)).to.deep.equal(['sepid']);
    const codes = async (query: string) => (await rows('deputy', query)).map(({ code }) => code);
    expect(await codes('?sort=capacities')).to.deep.equal(['sepid', 'noor']);
    expect(await codes('?sort=-capacities')).to.deep.equal(['noor', 'sepid']);
    expect(await codes(`?county=${encodeURIComponent('آنجا')}`)).to.deep.equal(['sepid']);
    expect(await rows('hadi', `?county=${encodeURIComponent('آنجا')}`)).to.be.empty;
  });

  it('sums the columns on the page and in every file', async () => {
    for (const form of ['', '.csv', '.xlsx', '.pdf']) {
      expect((await world.visit('deputy', `GET ${REPORT}${form}`)).status, form).to.equal(200);
    }
    const { totals } = (await world.visit('deputy', `GET ${REPORT}.json`)).json<{ totals: Json }>();
    expect(totals).to.include({ networks: 6, capacities: 3 });
  });

  it('is the committee’s', async () => {
    for (const person of ['reza', 'security', 'sysadmin'] as const) {
      expect((await world.visit(person, `GET ${REPORT}`)).status, person).to.equal(403);
    }
    expect((await world.visit('inspector', `GET ${REPORT}`)).status).to.equal(200);
  });
});
