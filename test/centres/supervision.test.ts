import { expect } from 'chai';
import { receiveApplication } from '../../src/applications/applications.ts';
import { requestPermit } from '../../src/boundary/permits.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, FOUNDED, type Person, TODAY, type World } from '../support/world.ts';

type Row = Record<string, string | number | null>;
const HTML = { accept: 'text/html' };

describe('supervision of all centres (B-18, B-4)', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await enter(world.province, (tx) => {
      requestPermit(tx, world.actor('reza', world.noor), world.noor, {
        ...{ kind: 'place', place: 'روستای دور', fromOn: TODAY, toOn: TODAY, reason: 'نیاز' },
      });
      receiveApplication(tx, world.actor('karim'), {
        ...{ countyId: world.sepid.countyId, receivedOn: FOUNDED, asksFor: 'centre' },
        ...{ name: 'متقاضی', nationalId: null, mobile: '09000000002', speaksFor: null },
        ...{ place: 'محله', host: 'school', hostName: 'دبستان', goals: [], plan: 'کارگاه' },
      });
    });
  });
  after(() => world.close());

  const rows = async (person: Person, query: string) =>
    (await world.visit(person, `GET /supervision.json?${query}`)).json<{ rows: Row[] }>().rows;

  it('tells of each centre its state, its days, its empty seats, its area and what is broken', async () => {
    const [noor, sepid] = await rows('deputy', '');
    expect(noor).to.include({ code: 'noor', until: '2027-03-20', left: 119, boundary: 1 });
    expect(noor).to.include({ emptySeats: 3, waiting: 1, since: TODAY });
    expect(sepid).to.include({ code: 'sepid', until: null, left: null, boundary: null, broken: 0 });
    expect(noor!.broken).to.be.greaterThan(0);
  });

  it('B-17: shows a county head his county alone', async () => {
    expect((await rows('hadi', '')).map(({ code }) => code)).to.deep.equal(['noor']);
    expect((await rows('karim', '')).map(({ code }) => code)).to.deep.equal(['sepid']);
    expect((await rows('hadi', 'by=waiting')).map(({ about }) => about)).to.deep.equal([
      'روستای دور',
    ]);
    expect((await rows('karim', 'by=waiting')).map(({ about }) => about)).to.deep.equal(['متقاضی']);
    for (const person of ['reza', 'security', 'sysadmin'] as const) {
      expect((await world.visit(person, 'GET /supervision')).status).to.equal(403);
    }
  });

  it('puts what waits first, the oldest on top, and tells whose it is', async () => {
    const waiting = await rows('deputy', 'by=waiting');
    expect(waiting.map(({ since }) => since)).to.deep.equal([FOUNDED, TODAY]);
    expect(waiting.map(({ mine }) => mine)).to.deep.equal([1, 1]);
    expect((await rows('inspector', 'by=waiting')).map(({ mine }) => mine)).to.deep.equal([0, 0]);
    const page = await world.visit('deputy', 'GET /supervision', undefined, HTML);
    expect(page.text).to.include('href="/toos/supervision?by=waiting"');
    for (const { to } of waiting) {
      expect((await world.visit('deputy', `GET ${to}`)).status, String(to)).to.equal(200);
    }
  });

  it('B-4: sums the counties, with the share of mosques beside the target', async () => {
    const [one, other] = await rows('deputy', 'by=counties');
    expect(one).to.include({ centres: 1, inMosques: 1, share: 100 });
    expect(other).to.include({ centres: 1, share: 100 });
    const page = await world.visit('deputy', 'GET /supervision?by=counties', undefined, HTML);
    expect(page.text).to.include('bylaw#B-4"');
  });

  it('asks for a state, a county, and what is overdue', async () => {
    const codes = async (query: string) => (await rows('deputy', query)).map(({ code }) => code);
    expect(await codes('state=active')).to.deep.equal(['noor']);
    expect(await codes('overdue=boundary')).to.deep.equal(['sepid']);
    expect(await codes('overdue=seats')).to.deep.equal(['noor']);
    expect(await codes('overdue=waiting')).to.deep.equal(['noor']);
    expect(await codes('overdue=late')).to.deep.equal([]);
    expect(await codes(`county=${encodeURIComponent('آنجا')}`)).to.deep.equal(['sepid']);
    const empty = await world.visit('deputy', 'GET /supervision?state=revoked', undefined, HTML);
    expect(empty.status).to.equal(200);
  });

  it('comes in every form', async () => {
    for (const by of ['centres', 'waiting', 'counties']) {
      for (const form of ['csv', 'xlsx', 'pdf']) {
        const { status } = await world.visit('inspector', `GET /supervision.${form}?by=${by}`);
        expect(status, `${by} ${form}`).to.equal(200);
      }
    }
  });
});
