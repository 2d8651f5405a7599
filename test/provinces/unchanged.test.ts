/** What is remembered of a file holds until it changes: by us, by another process, by the day. */
import { expect } from 'chai';
import { actorOf } from '../../src/access/identify.ts';
import { connect, type Db } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import { setting, writeSetting } from '../../src/provinces/province.ts';
import { untilChanged } from '../../src/provinces/unchanged.ts';
import { buildWorld, NOW, type World } from '../support/world.ts';

describe('what is remembered of a file', () => {
  let world: World;
  let elsewhere: Db;
  let db: Db;

  beforeEach(async () => {
    world = await buildWorld();
    db = world.province.db;
    elsewhere = connect(world.province.file);
  });
  afterEach(async () => {
    elsewhere.$client.close();
    await world.close();
  });

  /** A reader that counts how often it had to look. */
  function reader() {
    const kept = untilChanged<string | undefined>();
    const asked = { times: 0 };
    const read = (key = 'greeting') =>
      kept(db, key, () => {
        asked.times += 1;
        return setting(db, key);
      });
    return { asked, read };
  }

  it('is read once while nobody writes, each key for itself', () => {
    const { asked, read } = reader();
    read();
    read();
    expect(asked.times).to.equal(1);
    read('other');
    read('other');
    expect(asked.times).to.equal(2);
  });

  it('is forgotten by a row of ours, also one without an act', async () => {
    const { read } = reader();
    expect(read()).to.equal(undefined);
    await enter(world.province, (tx) => writeSetting(tx, 'greeting', 'peace'));
    expect(read()).to.equal('peace');
  });

  it('is forgotten by what another process writes', () => {
    const { read } = reader();
    expect(read()).to.equal(undefined);
    writeSetting(elsewhere, 'greeting', 'from afar');
    expect(read()).to.equal('from afar');
  });

  it('never keeps what a refused verb saw of itself', async () => {
    const { read } = reader();
    const refused = enter(world.province, (tx) => {
      writeSetting(tx, 'greeting', 'never');
      expect(read()).to.equal('never');
      throw new Error('refused');
    });
    await refused.catch(() => undefined);
    expect(read()).to.equal(undefined);
  });

  /** Maryam's decree ends today. */
  const END = `INSERT INTO decree_endings (decree_id, ended_on, reason, ended_by, act_id)
    SELECT d.id, '2026-11-21', 'پایان', 1, 1
    FROM decrees d JOIN users u ON u.person_id = d.person_id WHERE u.id = ?`;

  for (const by of ['us', 'another process'] as const) {
    it(`leaves nobody a seat ended by ${by}, at the very next request`, async () => {
      const code = world.noor.code;
      const read = () => world.visit('maryam', `GET /centres/${code}/donations.json`);
      expect((await read()).status).to.equal(200);
      expect(actorOf(db, world.users.maryam, NOW)?.seats).to.have.length(1);
      (by === 'us' ? db : elsewhere).$client.prepare(END).run(world.users.maryam);
      expect(actorOf(db, world.users.maryam, NOW)?.seats).to.have.length(0);
      expect((await read()).status).to.equal(404);
    });
  }

  it('leaves nobody a seat beyond its last day', () => {
    const seats = (moment: string) =>
      actorOf(db, world.users.maryam, new Date(moment))?.seats.length;
    expect(seats('2026-11-21T10:00:00.000Z')).to.equal(1);
    expect(seats('2036-11-21T10:00:00.000Z')).to.equal(0);
    expect(seats('2026-11-21T10:00:00.000Z')).to.equal(1);
  });
});
