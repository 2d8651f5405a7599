import { expect } from 'chai';
import { inventedId } from '../../seeds/invented-id.ts';
import { buildWorld, type Person, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
});
after(() => world.close());

type Row = Partial<Record<Person | 'stranger', number>>;
const reads: Row = {
  ...{ reza: 200, zahra: 200, hadi: 200, deputy: 200, inspector: 200, karim: 404 },
  ...{ security: 404, selection: 404, sysadmin: 404, stranger: 401 },
};
const keeps: Row = { reza: 422, maryam: 422, hadi: 422, zahra: 403, inspector: 403, karim: 404 };
const committee: Row = { hadi: 422, deputy: 422, reza: 403, inspector: 403, karim: 404 };

const MATRIX: [string, Row][] = [
  ['GET /centres/noor/opening.json', reads],
  ['GET /centres/noor/opening/board.json', reads],
  ['GET /centres/noor/premises.json', reads],
  ['GET /centres/noor/equipment.json', reads],
  ['GET /centres/noor/equipment/1.json', reads],
  ['GET /centres/noor/trainings.json', reads],
  ['GET /centres/noor/seal.json', { ...reads, zahra: 403, maryam: 200 }],
  ['GET /centres/noor/equipment/new', { reza: 200, maryam: 200, zahra: 403, inspector: 403 }],
  ['GET /centres/noor/equipment/several', { reza: 200, hadi: 200, zahra: 403, inspector: 403 }],
  ['GET /centres/noor/seal/1/image', { reza: 404, zahra: 403, karim: 404 }],
  ['POST /centres/noor/opening/board', committee],
  ['POST /centres/noor/premises', keeps],
  ['POST /centres/noor/equipment', keeps],
  ['POST /centres/noor/equipment/several', keeps],
  ['POST /centres/noor/equipment/1/states', keeps],
  ['POST /centres/noor/seal', { ...committee, reza: 422, maryam: 403 }],
  ['POST /centres/noor/seal/ending', { ...committee, reza: 422, maryam: 403 }],
  ['POST /centres/noor/trainings', committee],
  ['GET /opening-rules.json', { deputy: 200, hadi: 403, sysadmin: 403, reza: 403, stranger: 401 }],
  ['POST /opening-rules', { deputy: 422, hadi: 403, sysadmin: 403, inspector: 403 }],
];

describe('who may do what on the way of a centre', () => {
  for (const [line, row] of MATRIX) {
    it(line, async () => {
      const body = line.startsWith('POST') ? {} : undefined;
      for (const [person, status] of Object.entries(row)) {
        const who = person === 'stranger' ? null : (person as Person);
        const told = await world.visit(who, line, body, { accept: 'application/json' });
        expect(told.status, person).to.equal(status);
      }
    });
  }
});

const html = { accept: 'text/html', cookie: 'language=fa' };

describe('the pages of the way', () => {
  it('are shown in both languages, of a centre at work and of one just registered', async () => {
    const paths = ['opening', 'opening/board', 'premises', 'equipment', 'seal', 'trainings'];
    for (const [who, code] of [
      ['hadi', 'noor'],
      ['karim', 'sepid'],
    ] as const) {
      for (const path of [...paths, 'equipment/new', 'equipment/several', 'board/users', '']) {
        for (const language of ['fa', 'en']) {
          const headers = { accept: 'text/html', cookie: `language=${language}` };
          const told = await world.visit(who, `GET /centres/${code}/${path}`, undefined, headers);
          expect(told.status, `${code}/${path}`).to.equal(200);
        }
      }
    }
    expect(
      (await world.visit('hadi', 'GET /centres/noor/equipment/1', undefined, html)).status,
    ).to.equal(200);
    expect((await world.visit('deputy', 'GET /opening-rules', undefined, html)).status).to.equal(
      200,
    );
  });

  it('say how far a centre is, in words and numbers, and stand at the head of its home', async () => {
    const path = await world.visit('karim', 'GET /centres/sepid/opening', undefined, html);
    expect(path.text).to.contain('۱ گام از ۱۶ گام').and.to.contain('aria-current="step"');
    const home = await world.visit('karim', 'GET /centres/sepid', undefined, html);
    expect(home.text).to.contain('۱ گام از ۱۶ گام').and.to.contain('/sepid/opening"');
    const json = await world.visit('karim', 'GET /centres/sepid/opening.json');
    expect(json.json()).to.include({ done: 1, of: 16, complete: false });
  });

  it('answer their lists in every format', async () => {
    for (const list of ['opening', 'equipment', 'trainings']) {
      for (const [suffix, start] of Object.entries({
        csv: '',
        pdf: '%PDF',
        xlsx: 'PK',
        json: '{',
      })) {
        const told = await world.visit('reza', `GET /centres/noor/${list}.${suffix}`);
        expect(told.status, `${list}.${suffix}`).to.equal(200);
        expect(told.text.startsWith(start), `${list}.${suffix}`).to.equal(true);
      }
    }
  });
});

describe('the six proposed before the licence', () => {
  const path = '/centres/sepid/opening/board';
  const person = { name: 'حسین توکلی', nationalId: inventedId(5), gender: 'man' };

  it('are proposed once under the same key, and security and selection are told', async () => {
    const key = { 'idempotency-key': 'proposal-1' };
    const first = await world.visit('karim', `POST ${path}`, { seat: 'chair', ...person }, key);
    const again = await world.visit('karim', `POST ${path}`, { seat: 'chair', ...person }, key);
    expect([first.status, again.status]).to.deep.equal([201, 201]);
    expect(first.json()).to.deep.include({ seat: 'chair', security: null, selection: null });
    for (const office of ['security', 'selection'] as const) {
      const told = await world.visit(office, 'GET /notices.json');
      expect(told.text).to.contain('حسین توکلی');
    }
  });

  it('refuse the same person for the same seat, and warn of two seats', async () => {
    const same = await world.visit('karim', `POST ${path}`, { seat: 'chair', ...person });
    expect(same.status).to.equal(409);
    const other = await world.visit('karim', `POST ${path}`, { seat: 'vice-chair', ...person });
    expect(other.status).to.equal(201);
    const page = await world.visit('karim', `GET ${path}`, undefined, html);
    expect(page.text).to.contain('حسین توکلی برای دو سمت پیشنهاد شده است');
  });

  it('take the place of who was proposed before', async () => {
    const { personId } = (await world.visit('karim', `GET ${path}.json`)).json<{
      seats: { proposed: { personId: number } }[];
    }>().seats[0]!.proposed;
    const fresh = { name: 'رضا دیگر', nationalId: inventedId(6), gender: 'man' };
    await world.visit('karim', `POST ${path}`, { seat: 'chair', ...fresh });
    const back = await world.visit('karim', `POST ${path}`, { seat: 'chair', personId });
    expect(back.json()).to.include({ seat: 'chair', name: 'حسین توکلی' });
  });

  it('are no business of a licensed centre (B-33)', async () => {
    const told = await world.visit('hadi', 'POST /centres/noor/opening/board', {
      ...{ seat: 'vice-chair', ...person },
    });
    expect(told.status).to.equal(409);
    expect(told.json()).to.include({ clause: 'B-33' });
  });
});

describe('whoever was proposed before the licence', () => {
  it('stands in the form of the seat’s first decree, for committee and chair', async () => {
    for (const [who, seat] of [
      ['hadi', 'vice-chair'],
      ['reza', 'benefactors-men'],
    ] as const) {
      const path = `/centres/noor/board/decrees/new?seat=${seat}`;
      const told = await world.visit(who, `GET ${path}`, undefined, html);
      expect(told.text, who).to.contain('عضو نمونه');
    }
  });
});

describe('the least numbers of a province (B-137)', () => {
  it('are the deputy’s to set, and the path tells them', async () => {
    const set = await world.visit('deputy', 'POST /opening-rules', { volunteers: '۷', units: 2 });
    expect(set.json()).to.deep.equal({ volunteers: 7, units: 2 });
    const path = await world.visit('karim', 'GET /centres/sepid/opening', undefined, html);
    expect(path.text).to.contain('دست‌کم ۷ امدادیار و ۲ واحد');
    const wrong = await world.visit('deputy', 'POST /opening-rules', { volunteers: -1, units: 2 });
    expect(wrong.status).to.equal(422);
  });
});
