/** Several provinces on one machine: what happens to the file of one is no concern of the others. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { closeCatalogue, openCatalogue } from '../../src/provinces/catalogue.ts';
import { sweep } from '../../src/provinces/sweep.ts';
import { buildWorld, type World } from '../support/world.ts';

describe('a damaged file beside a sound one', () => {
  let world: World;
  let damaged: string;
  before(async () => {
    world = await buildWorld();
    damaged = join(world.site.catalogue.folder, 'damaged.sqlite');
    writeFileSync(damaged, 'this is no database, though it is named like one of them');
  });
  after(() => {
    rmSync(damaged);
    return world.close();
  });

  const status = async (path: string) => (await fetch(`${world.address}${path}`)).status;

  it('keeps nobody from the sound one', async () => {
    expect(await status('/toos/login')).to.equal(200);
    const list = (await (await fetch(`${world.address}/.json`)).json()) as { provinces: object[] };
    expect(list.provinces).to.deep.equal([{ slug: 'toos', name: 'Toos' }]);
    await sweep(world.site);
    const again = openCatalogue(world.site.catalogue.folder);
    expect([...again.open.keys()]).to.deep.equal(['toos']);
    closeCatalogue(again);
  });

  it('is told to whoever asks for the health of all', async () => {
    expect(await status('/healthz')).to.equal(500);
    expect(await status('/damaged/login')).to.equal(500);
    expect(await status('/elsewhere/login')).to.equal(404);
  });
});
