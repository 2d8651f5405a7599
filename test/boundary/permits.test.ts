import { expect } from 'chai';
import { quarter } from '../../seeds/neighbourhood.ts';
import { approveBoundary, proposeBoundary } from '../../src/boundary/boundaries.ts';
import {
  decidePermit,
  endPermit,
  type PermitAsked,
  requestPermit,
} from '../../src/boundary/permits.ts';
import { permitFor, permitState, permitsOver } from '../../src/boundary/permits-known.ts';
import { sheetChecks } from '../../src/boundary/sheet-checks.ts';
import { compassOf } from '../../src/bylaw/compass.ts';
import { noticesOf } from '../../src/notices/notices.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, FOUNDED, TODAY, type World } from '../support/world.ts';

const LAST = '2027-01-20';
const DAYS = { fromOn: TODAY, toOn: LAST, reason: 'محلهٔ کم‌برخوردار' };
const GRANTED = { answer: 'granted' as const, number: '1405/77', decidedOn: TODAY };

describe('B-126, service outside the area', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
    await enter(world.province, (tx) => {
      const { id } = proposeBoundary(tx, world.actor('karim'), world.sepid, { area: quarter(1) });
      approveBoundary(tx, world.actor('karim'), world.sepid, id);
    });
  });
  afterEach(async () => {
    for (const { name, run } of sheetChecks) expect(run(world.province.db), name).to.equal(null);
    await world.close();
  });

  const reza = () => world.actor('reza', world.noor);
  const inSepid = (): PermitAsked => ({
    kind: 'centre',
    otherCentre: world.sepid,
    place: 'سپید',
    ...DAYS,
  });
  const ask = (asked: PermitAsked = inSepid()) =>
    enter(world.province, (tx) => requestPermit(tx, reza(), world.noor, asked));
  const decide = (id: number, person: 'hadi' | 'deputy' | 'karim' = 'hadi', answered = {}) =>
    enter(world.province, (tx) =>
      decidePermit(tx, world.actor(person), world.noor, id, { ...GRANTED, ...answered }),
    );
  const bearing = () =>
    compassOf(world.province.db, world.noor.id, TODAY).find(({ id }) => id === 'B-126')!;
  const over = () => permitsOver(world.province.db, world.sepid.id, TODAY);

  it('is asked for by the chair, granted by the committee, and told to the centre there', async () => {
    expect(bearing().state).to.equal('not-due');
    const { id } = await ask();
    expect(permitFor(world.province.db, world.noor.id, world.sepid.id, TODAY)).to.equal(undefined);
    const keys = noticesOf(world.province.db, world.actor('hadi'), 5).map(({ key }) => key);
    expect(keys).to.include('boundary:permits.notices.requested');
    const permit = await decide(id);
    expect(permitState(permit, TODAY)).to.equal('in-force');
    expect(permit).to.include({ number: '1405/77', decidedBy: 'hadi' });
    expect(permit.neighbours.map(({ centreId }) => centreId)).to.deep.equal([world.sepid.id]);
    expect(over()).to.have.length(1);
    expect(over()[0]).to.include({ name: 'مرکز نیکوکاری نور', number: '1405/77' });
    // Sepid lies in the next county, whose head learns of it too.
    const there = noticesOf(world.province.db, world.actor('karim'), 5).map(({ key }) => key);
    expect(there).to.include('boundary:permits.notices.granted-there');
    expect(bearing()).to.include({ state: 'kept' });
  });

  it('covers the ground of the other centre on its days, and no other', async () => {
    const { id } = await ask();
    await decide(id);
    const { db } = world.province;
    const at = (lon: number, lat: number, day = TODAY) =>
      permitFor(db, world.noor.id, { lon, lat }, day)?.id;
    expect(at(59.516, 36.284)).to.equal(id);
    expect(at(59.9, 36.9)).to.equal(undefined);
    expect(at(59.516, 36.284, '2027-01-21')).to.equal(undefined);
    expect(permitFor(db, world.noor.id, world.sepid.id, LAST)?.id).to.equal(id);
    await enter(world.province, (tx) =>
      endPermit(tx, reza(), world.noor, id, { reason: 'انجام شد' }),
    );
    expect(at(59.516, 36.284)).to.equal(undefined);
    expect(over()).to.deep.equal([]);
  });

  it('finds by the ground whose area a drawn place is', async () => {
    const area = { type: 'Polygon' as const, coordinates: [rectangle(59.514, 36.282)] };
    const { id } = await ask({ kind: 'area', area, place: 'کوی سپید', ...DAYS });
    const { neighbours } = await decide(id);
    expect(neighbours.map(({ name }) => name)).to.deep.equal(['مرکز نیکوکاری سپید']);
    expect(neighbours[0]!.squareMetres).to.be.greaterThan(1000);
    const own = { type: 'Polygon' as const, coordinates: [rectangle(59.504, 36.284)] };
    await rejects(ask({ kind: 'area', area: own, place: 'خود', ...DAYS }), 'own-ground');
    const named = await ask({ kind: 'place', place: 'روستای بالا', ...DAYS });
    const told = await decide(named.id, 'hadi', { alsoTell: 'sepid' });
    expect(told.neighbours).to.have.length(1);
  });

  it('is decided once: of two officers at the same time the second is refused', async () => {
    const { id } = await ask();
    const [first, second] = await Promise.allSettled([decide(id), decide(id, 'deputy')]);
    expect(first!.status).to.equal('fulfilled');
    expect(second!.status).to.equal('rejected');
    expect((second as PromiseRejectedResult).reason.message).to.include('decided');
    const letters = "SELECT count(*) FROM issued_letters WHERE kind = 'permit'";
    expect(world.province.db.$client.prepare(letters).pluck().get()).to.equal(1);
  });

  it('is refused with a reason, taken back, and never for days that are past', async () => {
    const { id } = await ask();
    await rejects(decide(id, 'hadi', { answer: 'refused' }), 'needs-reason');
    const refused = await decide(id, 'hadi', { answer: 'refused', reason: 'نیازی نیست' });
    expect(permitState(refused, TODAY)).to.equal('refused');
    const other = await ask();
    const end = enter(world.province, (tx) =>
      endPermit(tx, reza(), world.noor, other.id, { reason: 'منصرف شدیم' }),
    );
    expect(permitState(await end, TODAY)).to.equal('withdrawn');
    await rejects(decide(other.id), 'ended');
    await rejects(ask({ ...inSepid(), fromOn: FOUNDED, toOn: FOUNDED }), 'past');
    await rejects(ask({ ...inSepid(), toOn: FOUNDED }), 'days');
  });

  it('is held by the file: no answer but the committee’s, of this county, after the notice', async () => {
    const { id } = await ask();
    const { $client: client } = world.province.db;
    const named = await ask({ kind: 'place', place: 'روستای بالا', ...DAYS });
    const decision = (
      by: number,
      permit = named.id,
    ) => `INSERT INTO permit_decisions VALUES (${permit}, 'granted', '1',
      '${TODAY}', ${by}, NULL, 1, 1)`;
    expect(() => client.exec(decision(world.users.reza))).to.throw('b126_committee_permits');
    expect(() => client.exec(decision(world.users.karim))).to.throw('b17_own_county');
    expect(() => client.exec(decision(world.users.hadi, id))).to.throw('b126_others_are_told');
    const untold = `INSERT INTO permit_neighbours VALUES (${id}, ${world.sepid.id}, NULL, 1)`;
    expect(() => client.exec(untold)).to.throw('b126_neighbour_is_told');
    expect(() => client.exec('UPDATE permits SET place = 1')).to.throw('permits_are_final');
    await decide(id);
    expect(() => client.exec('DELETE FROM permit_decisions')).to.throw(
      'permit_decisions_are_final',
    );
  });

  it('has its pages, for the chair who asks and the officer who answers', async () => {
    const at = '/centres/noor/boundary/permits';
    expect((await world.visit('reza', `GET ${at}`)).text).to.include('empty-title');
    expect((await world.visit('reza', `GET ${at}/new`)).text).to.include('value="sepid"');
    const asked = { kind: 'centre', otherCentre: 'sepid', reason: DAYS.reason };
    const days = { fromOn: '1405/08/30', toOn: '1405/10/30' };
    const wrong = await world.visit('reza', `POST ${at}`, {
      ...asked,
      ...days,
      otherCentre: 'nil',
    });
    expect(wrong.status).to.equal(422);
    const created = await world.visit('reza', `POST ${at}`, { ...asked, ...days });
    expect(created.status).to.equal(201);
    const own = created.headers.get('location')!.replace('/toos', '');
    expect((await world.visit('hadi', `GET ${own}`)).text).to.include('/decision');
    const home = await world.visit('hadi', 'GET /centres/noor');
    expect(home.text).to.include(`${own}"`);
    const answered = await world.visit('hadi', `POST ${own}/decision`, GRANTED);
    expect(answered.json()).to.include({ state: 'in-force', answer: 'granted' });
    const { paperId } = answered.json<{ paperId: number }>();
    const letter = await world.visit('reza', `GET /centres/noor/papers/${paperId}`);
    expect(letter.status).to.equal(200);
    expect((await world.visit('reza', `GET ${at}`)).text).to.include('مرکز نیکوکاری سپید');
    expect((await world.visit('karim', 'GET /centres/sepid/boundary/permits')).text).to.include(
      '۱۴۰۵/۷۷',
    );
    const area = await world.visit('karim', 'GET /centres/sepid/boundary');
    expect(area.text).to.include('مرکز نیکوکاری نور');
    expect((await world.visit('reza', `GET ${at}.csv`)).text).to.include('in-force');
  });

  const matrix = {
    'GET /boundary/permits': { zahra: 200, inspector: 200, karim: 404, security: 404 },
    'GET /boundary/permits/new': { reza: 200, maryam: 403, hadi: 403, karim: 404 },
    'POST /boundary/permits': { maryam: 403, hadi: 403, inspector: 403, karim: 404 },
    'POST /boundary/permits/1/decision': { reza: 403, inspector: 403, karim: 404, hadi: 404 },
    'POST /boundary/permits/1/ending': { maryam: 403, inspector: 403, karim: 404, reza: 404 },
  };
  for (const [line, expected] of Object.entries(matrix)) {
    it(`answers ${line} as each may`, async () => {
      for (const [person, status] of Object.entries(expected)) {
        const [method, path] = line.split(' ');
        const body = method === 'POST' ? {} : undefined;
        const asked = await world.visit(person as 'reza', `${method} /centres/noor${path}`, body);
        expect(asked.status, person).to.equal(status);
      }
    });
  }
});

const rectangle = (west: number, south: number) =>
  [
    [west, south],
    [west + 0.003, south],
    [west + 0.003, south + 0.002],
    [west, south + 0.002],
    [west, south],
  ] as [number, number][];

async function rejects(promise: Promise<unknown>, words: string): Promise<void> {
  const fault = await promise.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(fault?.message).to.include(words);
}
