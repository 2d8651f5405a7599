import { expect } from 'chai';
import { bearingsOf } from '../../src/bylaw/compass.ts';
import { guardCheck } from '../../src/bylaw/guards.ts';
import { statesOf, sumByCentre, sumByClause, sumByCounty } from '../../src/bylaw/sums.ts';
import { type Deed, record } from '../../src/trail/acts.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

type Sum = { by: string; rows: Record<string, string | number>[] };
type Compass = { clauses: { id: string; state: string }[] };

describe('the compass of a county and of the province', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const compass = async (code: string) =>
    (await world.visit('deputy', `GET /centres/${code}/compliance.json`)).json<Compass>().clauses;
  const sums = async (person: 'deputy' | 'hadi' | 'karim' | 'inspector', query: string) =>
    (await world.visit(person, `GET /compliance.json?${query}`)).json<Sum>().rows;

  it('adds up what each centre’s own compass says, clause by clause', async () => {
    const both = [await compass('noor'), await compass('sepid')];
    const rows = await sums('deputy', 'by=clauses');
    expect(rows).to.have.length(148);
    rows.forEach((row, at) => {
      for (const state of ['broken', 'kept', 'not-due', 'guided', 'not-upheld']) {
        const count = both.filter((clauses) => clauses[at]!.state === state).length;
        expect(row[state], `${row.id} ${state}`).to.equal(count);
      }
    });
  });

  it('tells the same sum by centre and by county', async () => {
    const found = await statesOf(world.province, world.actor('deputy'));
    const total = (tallies: { tally: Record<string, number> }[]) =>
      tallies.reduce((sum, { tally }) => sum + tally.broken!, 0);
    expect(total(sumByCentre(found))).to.equal(total(sumByClause(found)));
    expect(total(sumByCounty(found))).to.equal(total(sumByClause(found)));
    expect(sumByCounty(found).reduce((sum, { centres }) => sum + centres, 0)).to.equal(2);
  });

  it('shows the head of a county his own county (B-17), and no trustee anything', async () => {
    expect((await sums('hadi', 'by=centres')).map(({ code }) => code)).to.deep.equal(['noor']);
    expect((await sums('karim', 'by=centres')).map(({ code }) => code)).to.deep.equal(['sepid']);
    expect((await sums('karim', `by=centres&county=1`)).length).to.equal(0);
    expect((await sums('inspector', 'by=counties')).length).to.equal(2);
    for (const person of ['reza', 'security', 'sysadmin'] as const) {
      expect((await world.visit(person, 'GET /compliance')).status, person).to.equal(403);
    }
  });

  it('follows what is done, though it remembers', async () => {
    const count = async () => (await sums('deputy', 'by=centres'))[0]!;
    const before = await count();
    expect(await count()).to.deep.equal(before);
    world.clock.now = new Date('2027-12-21T10:00:00.000Z');
    expect(await count()).to.not.deep.equal(before);
    world.clock.now = new Date('2026-11-21T10:00:00.000Z');
  });

  it('judges again only the centres that an act concerns, and tells what a fresh look tells', async () => {
    const { province, users } = world;
    const look = async () => {
      const found = await statesOf(province, world.actor('deputy'));
      for (const { centre, states } of found) {
        const fresh = bearingsOf(province.db, centre.id, TODAY, guardCheck(province.db));
        expect(states, centre.code).to.deep.equal(fresh.map(({ state }) => state));
      }
      return new Map(found.map(({ centre, states }) => [centre.code, states]));
    };
    const judged = async (doing: () => unknown) => {
      const before = await look();
      await doing();
      const after = await look();
      return [...after]
        .filter(([code, states]) => states !== before.get(code))
        .map(([code]) => code);
    };
    const act = (deed: Deed) => () => {
      record(province.db, world.actor('deputy'), deed);
    };
    const meeting = { name: 'کارگاه نمونه', kind: 'firm', offers: 'کارآموزی' };
    const enter = () => world.visit('zahra', 'POST /centres/noor/institutions', meeting);
    expect(await judged(enter)).to.deep.equal(['noor']);
    const own = { kind: 'hours.recorded', subject: 'x/1', centreId: world.sepid.id };
    expect(await judged(act(own))).to.deep.equal(['sepid']);
    for (const [deed, codes] of [
      [{ kind: 'user.signed-in', subject: `users/${users.reza}` }, []],
      [{ kind: 'user.ended', subject: `users/${users.reza}` }, ['noor']],
      [{ kind: 'user.ended', subject: `users/${users.karim}` }, ['sepid']],
      [{ kind: 'user.ended', subject: `users/${users.inspector}` }, ['noor', 'sepid']],
      [{ kind: 'clearance.given', subject: 'persons/1/clearances/security' }, ['noor']],
      [{ kind: 'settings.changed', subject: 'settings' }, ['noor', 'sepid']],
      [{ kind: 'anything.new', subject: 'unheard/1' }, ['noor', 'sepid']],
    ] as const) {
      expect((await judged(act(deed))).sort(), deed.kind).to.deep.equal(codes);
    }
    const guard = 'CREATE TABLE unknown_to_us (id INTEGER PRIMARY KEY) STRICT';
    expect(await judged(() => province.db.$client.exec(guard))).to.have.length(2);
  });

  it('comes as page, spreadsheet and paper', async () => {
    for (const by of ['centres', 'counties', 'clauses']) {
      for (const form of ['', '.csv', '.xlsx', '.pdf']) {
        const { status } = await world.visit('deputy', `GET /compliance${form}?by=${by}`);
        expect(status, `${by}${form}`).to.equal(200);
      }
    }
  });
});
