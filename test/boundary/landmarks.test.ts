import { expect } from 'chai';
import { approveBoundary, proposeBoundary } from '../../src/boundary/boundaries.ts';
import { readArea } from '../../src/boundary/sound-area.ts';
import { browser, openPlace, type Place, visit } from './place.ts';

const ring = (west: number, south: number, side = 0.01) =>
  [
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
    [0, 0],
  ].map(([x, y]) => [Number((west + x!).toFixed(7)), Number((south + y!).toFixed(7))]);
const polygon = (west: number, south: number, side?: number) => ({
  type: 'Polygon',
  coordinates: [ring(west, south, side)],
});

type Told = {
  id: number;
  name: string;
  geometry: { type: string; coordinates: unknown };
  ended: { reason: string } | null;
  rows: { name: string; kind: string }[];
  total: number;
  features: { properties: { name: string } }[];
  errors: { field: string; message: string }[];
  clause?: string;
  volunteers: number;
};

describe('streets and landmarks', () => {
  let place: Place;
  before(async () => {
    place = await openPlace();
    const { db } = place.province;
    const read = readArea(polygon(59.6, 36.29));
    if (!('value' in read)) throw new Error('no area');
    const hadi = place.actor('hadi');
    const { id } = proposeBoundary(db, hadi, place.centre('noor'), { area: read.value });
    approveBoundary(db, hadi, place.centre('noor'), id);
  });
  after(() => place.close());

  const json = { accept: 'application/json' };
  const own = '/centres/noor/boundary/landmarks';
  const told = async (answer: Response) => (await answer.json()) as Told;
  const send = async (username: string, address: string, body: object) => {
    const answer = await visit(place, username, address, { body, ...json });
    return { status: answer.status, ...(await told(answer)) };
  };
  const near = async (query = '') => {
    const box = 'box=59.5,36.2,59.7,36.4';
    const address = `/outlines/near.geojson?${box}${query}`;
    const { features } = await told(await visit(place, 'hadi', address, json));
    return features.map(({ properties }) => properties.name);
  };

  it('are recorded by the board: a point, a line, some ground, as the kind says', async () => {
    const clinic = await send('reza', own, {
      ...{ kind: 'clinic', name: 'درمانگاه مهر', places: '۳۶٫۲۹۷، ۵۹٫۶۰۷' },
    });
    expect(clinic).to.deep.include({ status: 201, ended: null });
    expect(clinic.geometry).to.deep.equal({ type: 'Point', coordinates: [59.607, 36.297] });
    const places = '36.29 59.601\n36.295 59.601\n36.299 59.602';
    const street = await send('reza', own, { kind: 'street', name: 'خیابان بهار', places });
    expect(street.geometry.type).to.equal('LineString');
    const park = await send('reza', own, { kind: 'park', name: 'بوستان', places });
    expect(park.geometry.type).to.equal('Polygon');
    const pasted = await send('reza', own, {
      ...{ kind: 'school', name: 'مدرسه', geometry: { type: 'Point', coordinates: [59.6, 36.29] } },
    });
    expect(pasted.status).to.equal(201);
  });

  const refused: [string, object, string][] = [
    ['a street of one place', { kind: 'street', places: '36.29 59.6' }, 'places'],
    ['no place', { kind: 'school' }, 'places'],
    ['a place outside Iran', { kind: 'school', places: '51.5 0.1' }, 'places'],
    ['two shapes', { kind: 'street', places: '36.29 59.6\n36.3 59.6\n\n36.3 59.7' }, 'places'],
    ['both ways', { kind: 'school', places: '36.29 59.6', geometry: '{}' }, 'places'],
    ['a kind that there is not', { kind: 'volcano', places: '36.29 59.6' }, 'kind'],
    ['no GeoJSON', { kind: 'school', geometry: 'x' }, 'geometry'],
    [
      'numbers of text',
      { kind: 'school', geometry: '{"type":"Point","coordinates":["59","36"]}' },
      'geometry',
    ],
    [
      'a hole',
      {
        kind: 'park',
        geometry: {
          type: 'Polygon',
          coordinates: [ring(59.6, 36.29), ring(59.603, 36.293, 0.001)],
        },
      },
      'geometry',
    ],
    [
      'a street of too many places',
      {
        kind: 'street',
        places: Array.from({ length: 501 }, (_, at) => `36.${at + 200} 59.6`).join('\n'),
      },
      'places',
    ],
  ];
  for (const [name, body, field] of refused) {
    it(`are refused with their sentence: ${name}`, async () => {
      const { status, errors } = await send('reza', own, { name: 'x', ...body });
      expect(status).to.equal(422);
      expect(errors.map((one) => one.field)).to.include(field);
    });
  }

  it('of a centre are on its own maps only; the committee’s on all', async () => {
    const county = { kind: 'mosque', name: 'مسجد جامع', places: '36.3 59.61', county: 'Here' };
    expect((await send('hadi', '/landmarks', county)).status).to.equal(201);
    expect(await near())
      .to.include('مسجد جامع')
      .and.not.include('درمانگاه مهر');
    expect(await near('&centre=noor')).to.include.members(['مسجد جامع', 'درمانگاه مهر']);
    expect(await near('&centre=kowsar')).to.not.include('درمانگاه مهر');
    const page = await (await visit(place, 'reza', '/centres/noor/boundary')).text();
    expect(page).to.include('درمانگاه مهر').and.include('مسجد جامع');
  });

  it('of a county are its office’s, of the province the deputy’s (B-17)', async () => {
    const one = { kind: 'park', name: 'پارک', places: '36.3 59.6' };
    expect((await send('hadi', '/landmarks', { ...one, county: 'Elsewhere' })).status).to.equal(
      403,
    );
    expect((await send('hadi', '/landmarks', one)).status).to.equal(403);
    expect((await send('deputy', '/landmarks', one)).status).to.equal(201);
    expect((await send('reza', '/landmarks', one)).status).to.equal(403);
    expect((await send('zahra', own, one)).status).to.equal(403);
    expect((await visit(place, 'inspector', own)).status).to.equal(200);
    expect((await send('karim', own, one)).status).to.equal(404);
    expect(() =>
      place.province.db.$client.exec(`INSERT INTO landmarks (county_id, kind, name, name_sort,
        geometry, recorded_on, recorded_by, act_id) SELECT county_id, kind, name, name_sort,
        geometry, recorded_on, (SELECT id FROM users WHERE username = 'karim'), act_id
        FROM landmarks WHERE county_id IS NOT NULL LIMIT 1`),
    ).to.throw('b17_own_county');
  });

  it('are never edited, and ended with a reason', async () => {
    const { id } = await send('reza', own, { kind: 'school', name: 'غلط', places: '36.29 59.6' });
    expect((await send('reza', `${own}/${id}/ending`, {})).status).to.equal(422);
    const ended = await send('reza', `${own}/${id}/ending`, { reason: 'جای آن درست نبود' });
    expect(ended.ended?.reason).to.equal('جای آن درست نبود');
    expect((await send('reza', `${own}/${id}/ending`, { reason: 'دوباره' })).status).to.equal(409);
    expect(await near('&centre=noor')).to.not.include('غلط');
    for (const sql of ["UPDATE landmarks SET name = 'x'", 'DELETE FROM landmarks']) {
      expect(() => place.province.db.$client.exec(sql)).to.throw('landmarks_are_final');
    }
  });

  it('are listed in every format, by kind', async () => {
    for (const suffix of ['.json', '.csv', '.xlsx', '.pdf', '.geojson']) {
      expect((await visit(place, 'reza', `${own}${suffix}`)).status, suffix).to.equal(200);
      expect((await visit(place, 'hadi', `/landmarks${suffix}`)).status, suffix).to.equal(200);
    }
    const { rows, total } = await told(await visit(place, 'reza', `${own}.json?kind=street`));
    expect(rows.map(({ name }) => name)).to.deep.equal(['خیابان بهار']);
    expect(total).to.equal(1);
  });

  it('are recorded by a form without a script, and shown again as typed when refused', async () => {
    const reza = browser(place, 'reza');
    const wrong = { kind: 'street', name: 'کوچهٔ یاس', places: '36.29 59.6' };
    const again = await reza.fill(`${own}/new`, own, wrong);
    expect(again.status).to.equal(422);
    expect(await again.text())
      .to.include('کوچهٔ یاس')
      .and.include('36.29 59.6');
    const right = { ...wrong, places: '36.29 59.6\r\n36.291 59.6' };
    const made = await reza.fill(`${own}/new`, own, right);
    expect(made.status).to.equal(303);
    const page = await (
      await reza.open(made.headers.get('location')!.replace('/khorasan', ''))
    ).text();
    expect(page).to.include('کوچهٔ یاس');
    const ending = { reason: 'پل شد' };
    const at = made.headers.get('location')!.replace('/khorasan', '');
    expect((await reza.fill(at, `${at}/ending`, ending)).status).to.equal(303);
    expect(await (await reza.open(at)).text()).to.include('پل شد');
    expect(await (await reza.open(own)).text()).to.include('کوچهٔ یاس');
    expect((await visit(place, 'hadi', '/landmarks/new')).status).to.equal(200);
  });

  it('stand on the map sheet, and in its legend', async () => {
    const sheet = await (await visit(place, 'reza', '/centres/noor/boundary/sheet')).text();
    expect(sheet).to.include('درمانگاه مهر').and.include('خیابان بهار');
  });
});

describe('the parts of an area', () => {
  let place: Place;
  before(async () => {
    place = await openPlace();
  });
  after(() => place.close());

  const json = { accept: 'application/json' };
  const root = '/centres/noor/boundary/parts';
  const send = async (username: string, address: string, body: object) => {
    const answer = await visit(place, username, address, { body, ...json });
    return { status: answer.status, ...((await answer.json()) as Told) };
  };

  it('are drawn within the area in force, and not before there is one', async () => {
    const area = polygon(59.6, 36.29, 0.005);
    const early = await send('reza', root, { name: 'شمال', area });
    expect(early).to.include({ status: 409, clause: 'B-124' });
    await send('hadi', '/centres/noor/boundary', { area: polygon(59.6, 36.29) });
    await send('hadi', '/centres/noor/boundary/1/approval', {});
    const outside = await send('reza', root, { name: 'شمال', area: polygon(59.606, 36.29, 0.005) });
    expect(outside).to.include({ status: 422, clause: 'B-124' });
    const stray = await send('reza', root, { name: 'شرق', area: polygon(59.599999, 36.29, 0.005) });
    expect(stray.status, 'a line that strays by a hand').to.equal(201);
    expect((await send('reza', root, { name: 'شمال', area })).status).to.equal(201);
    expect((await send('reza', root, { name: 'شمال', area })).status).to.equal(409);
    expect((await send('karim', root, { name: 'x', area })).status).to.equal(404);
    expect((await send('zahra', root, { name: 'x', area })).status).to.equal(403);
  });

  it('hold volunteers and units, who are found by their part', async () => {
    const people = '/centres/noor/network/volunteers';
    const one = {
      ...{ name: 'علی رضایی', gender: 'man', fields: ['office'], sinceOn: '2026-01-01' },
      ...{ isHonorary: true },
    };
    const made = await send('reza', people, { ...one, partId: 2, part: 'کوچهٔ سوم' });
    expect(made.status).to.equal(201);
    expect((await send('reza', people, { ...one, partId: 99 })).status).to.equal(422);
    await send('reza', people, { ...one, name: 'حسن کریمی' });
    const answer = await visit(place, 'reza', `${people}.json?part=2`);
    expect(((await answer.json()) as Told).rows.map(({ name }) => name)).to.deep.equal([
      'علی رضایی',
    ]);
    const unit = {
      ...{ name: 'واحد مدرسه', kind: 'school', place: 'مدرسه', headName: 'نقی', partId: 2 },
      sinceOn: '2026-01-01',
    };
    expect((await send('reza', '/centres/noor/network/units', unit)).status).to.equal(201);
    const part = (await (await visit(place, 'reza', `${root}/2.json`)).json()) as Told;
    expect(part).to.include({ volunteers: 1, units: 1 });
    for (const address of [root, `${root}/2`, people, `${people}/new`, `${people}/1`]) {
      const page = await (await visit(place, 'reza', address)).text();
      expect(page, address).to.include('شمال');
    }
    const units = await (await visit(place, 'reza', '/centres/noor/network/units?part=2')).text();
    expect(units).to.include('واحد مدرسه');
  });

  it('end with a reason; nobody is placed there any more, and who was stays', async () => {
    expect((await send('reza', `${root}/2/ending`, { reason: 'تقسیم شد' })).status).to.equal(200);
    expect((await send('reza', `${root}/2/ending`, { reason: 'باز' })).status).to.equal(409);
    const one = { name: 'x y', gender: 'man', fields: ['office'], sinceOn: '2026-01-01' };
    const people = '/centres/noor/network/volunteers';
    const late = await send('reza', people, { ...one, isHonorary: true, partId: 2 });
    expect(late.status).to.equal(422);
    const edited = await send('reza', `${people}/1`, { ...one, partId: 2 });
    expect(edited.status).to.equal(200);
    for (const sql of ["UPDATE area_parts SET name = 'x'", 'DELETE FROM area_parts']) {
      expect(() => place.province.db.$client.exec(sql)).to.throw('area_parts_are_final');
    }
  });

  it('are told in every format, and say when the boundary left them', async () => {
    for (const suffix of ['.json', '.csv', '.xlsx', '.pdf', '.geojson', '/new']) {
      expect((await visit(place, 'reza', `${root}${suffix}`)).status, suffix).to.equal(200);
    }
    await send('hadi', '/centres/noor/boundary', { area: polygon(59.7, 36.29) });
    await send('hadi', '/centres/noor/boundary/2/approval', {});
    const page = await (await visit(place, 'reza', root)).text();
    expect(page).to.include('بیرون از محدودهٔ برقرار');
  });
});
