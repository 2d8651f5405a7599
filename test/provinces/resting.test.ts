/** A province that nobody uses is closed, and is there again at the first word. */
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { restUnused } from '../../src/provinces/catalogue.ts';
import { connect } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import { setting, writeSetting } from '../../src/provinces/province.ts';
import { buildWorld, type World } from '../support/world.ts';

describe('a province at rest', () => {
  let world: World;

  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const list = () => world.visit('maryam', `GET /centres/${world.noor.code}/donations.json`);

  it('has its file closed, and answers readers and writers as before', async () => {
    const { province } = world;
    expect((await list()).status).to.equal(200);
    province.rest();
    expect(province.isOpen).to.equal(false);
    expect(existsSync(`${province.file}-wal`)).to.equal(false);
    expect((await list()).status).to.equal(200);
    province.rest();
    await enter(province, (tx) => writeSetting(tx, 'greeting', 'peace'));
    expect(province.db.$client.pragma('synchronous', { simple: true })).to.equal(2);
    province.rest();
    expect(setting(province.db, 'greeting')).to.equal('peace');
  });

  it('sees what was written in its file meanwhile', async () => {
    const { province } = world;
    await list();
    province.rest();
    const other = connect(province.file);
    other.$client.exec('UPDATE tokens SET revoked_at = created_at');
    other.$client.close();
    expect((await list()).status).to.equal(401);
  });

  it('does not rest while a verb waits for its turn or a request is answered', async () => {
    const { province } = world;
    const written = enter(province, (tx) => writeSetting(tx, 'greeting', 'peace'));
    province.rest();
    expect(province.isOpen).to.equal(true);
    await written;
    province.answering += 1;
    province.rest();
    expect(province.isOpen).to.equal(true);
    province.answering -= 1;
  });

  it('counts every request once, answered or broken off', async () => {
    await Promise.all([list(), list(), world.visit(null, 'GET /nothing')]);
    const breaking = new AbortController();
    const path = `${world.address}/toos/centres/${world.noor.code}/books/journal.pdf`;
    const headers = { authorization: `Bearer ${world.tokens.maryam}` };
    const broken = fetch(path, { headers, signal: breaking.signal }).catch(() => undefined);
    setTimeout(() => breaking.abort(), 5);
    await broken;
    for (let i = 0; i < 100 && world.province.answering > 0; i++) {
      await new Promise((done) => setTimeout(done, 20));
    }
    expect(world.province.answering).to.equal(0);
  });

  it('begins only when a whole while went by without anybody asking', async () => {
    const { site, province } = world;
    await list();
    restUnused(site.catalogue);
    expect(province.isOpen).to.equal(true);
    restUnused(site.catalogue);
    expect(province.isOpen).to.equal(false);
  });
});
