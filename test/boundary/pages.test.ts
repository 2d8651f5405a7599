import { expect } from 'chai';
import { browser, openPlace, type Place, visit } from './place.ts';

const ring = (west: number, south: number, side = 0.01) =>
  [
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
    [0, 0],
  ].map(([x, y]) => [Number((west + x!).toFixed(7)), Number((south + y!).toFixed(7))]);

const polygon = (west: number, south: number) => ({
  type: 'Polygon',
  coordinates: [ring(west, south)],
});

/** What the pages tell a program: each answer has some of it. */
type Told = {
  version: number;
  state: string;
  clause: string;
  type: string;
  coordination: object;
  inForce: object;
  versions: { state: string }[];
  overlaps: { centre: string; squareMetres: number; blocks: boolean }[];
  errors: { field: string; message: string }[];
  properties: object;
  features: { properties: object }[];
};

const read = async (answer: Response) => (await answer.json()) as Told;

describe('the pages of a boundary', () => {
  let place: Place;
  beforeEach(async () => {
    place = await openPlace();
  });
  afterEach(() => place.close());

  const of = (code: string, rest = '') => `/centres/${code}/boundary${rest}`;
  const json = { accept: 'application/json' };

  async function propose(code: string, area: object, username = 'hadi') {
    const answer = await visit(place, username, of(code), { body: { area }, ...json });
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      ...(await read(answer)),
    };
  }

  async function approve(code: string, version: number) {
    const address = of(code, `/${version}/approval`);
    const answer = await visit(place, 'hadi', address, { body: {}, ...json });
    return { status: answer.status, ...(await read(answer)) };
  }

  it('tell what would be shared before anything is proposed', async () => {
    await propose('kowsar', polygon(59.6, 36.29));
    await approve('kowsar', 1);
    const area = polygon(59.605, 36.29);
    const answer = await visit(place, 'reza', of('noor', '/check'), { body: { area }, ...json });
    expect(answer.status).to.equal(200);
    const { overlaps } = await read(answer);
    expect(overlaps[0]).to.include({ centre: 'kowsar', blocks: true });
    expect(overlaps[0]!.squareMetres).to.be.greaterThan(400_000);
    const corners = ring(59.605, 36.29)
      .map(([lon, lat]) => `${lat}, ${lon}`)
      .join('\n');
    const reza = browser(place, 'reza');
    const form = await reza.fill(of('noor', '/new'), of('noor'), { corners, check: '1' });
    expect(form.status).to.equal(200);
    const page = await form.text();
    expect(page).to.include('Centre kowsar').and.include('متر مربع، پیرامون عرض');
    expect(page).to.include('36.29, 59.605').and.include('class="clash"');
    const again = await visit(place, 'reza', of('noor', '.json'));
    expect((await read(again)).versions).to.deep.equal([]);
    const wrong = await visit(place, 'reza', of('noor', '/check'), {
      ...{ body: { corners: '36 59' }, ...json },
    });
    expect(wrong.status).to.equal(422);
    const zahra = await visit(place, 'zahra', of('noor', '/check'), { body: { area }, ...json });
    expect(zahra.status).to.equal(403);
  });

  it('propose, approve and give a boundary in every format', async () => {
    const proposed = await propose('noor', polygon(59.6, 36.29), 'reza');
    expect(proposed).to.include({ status: 201, version: 1, state: 'waiting' });
    expect(proposed.location).to.equal('/khorasan/centres/noor/boundary/1');
    expect(proposed.overlaps).to.deep.equal([]);
    for (const suffix of ['.geojson', '.kml']) {
      expect((await visit(place, 'reza', of('noor', suffix))).status).to.equal(404);
    }
    expect(await approve('noor', 1)).to.include({ status: 200, state: 'in-force' });
    const geojson = await read(await visit(place, 'reza', of('noor', '.geojson')));
    expect(geojson).to.deep.include({ type: 'Feature', geometry: polygon(59.6, 36.29) });
    expect(geojson.properties).to.include({ centre: 'noor', version: 1 });
    const kml = await visit(place, 'reza', of('noor', '.kml'));
    expect(kml.headers.get('content-type')).to.include('google-earth.kml');
    expect(await kml.text()).to.include('59.6,36.29 59.61,36.29');
    const data = await read(await visit(place, 'reza', of('noor', '.json')));
    expect(data.inForce).to.include({ version: 1, approvedBy: 'hadi', proposedBy: 'reza' });
    expect(data.versions).to.have.length(1);
  });

  it('tell of overlaps and refuse the approval with B-124 until they are coordinated', async () => {
    await propose('noor', polygon(59.6, 36.29));
    await approve('noor', 1);
    const { overlaps } = await propose('kowsar', polygon(59.605, 36.29));
    expect(overlaps).to.have.length(1);
    expect(overlaps[0]!).to.include({ centre: 'noor', blocks: true });
    expect(overlaps[0]!.squareMetres).to.be.closeTo(498_600, 2000);
    const refused = await approve('kowsar', 1);
    expect(refused).to.include({ status: 409, clause: 'B-124' });
    const page = await (await visit(place, 'hadi', of('kowsar'))).text();
    expect(page).to.include('B-124').and.include('class="clash"').and.include('/1/coordinations');
    expect(page).to.not.include('/1/approval"');
    const letter = { centre: 'noor', number: '1405/207', decidedOn: '1405/08/29' };
    const coordinated = await visit(place, 'hadi', of('kowsar', '/1/coordinations'), {
      body: letter,
      ...json,
    });
    expect(coordinated.status).to.equal(200);
    const told = await read(coordinated);
    expect(told.coordination).to.deep.equal({
      number: '1405/207',
      decidedOn: '2026-11-20',
      letter: null,
    });
    expect(await approve('kowsar', 1)).to.include({ status: 200 });
  });

  it('let a shared edge pass, and a guild share an area', async () => {
    await propose('noor', polygon(59.6, 36.29));
    await approve('noor', 1);
    expect((await propose('kowsar', polygon(59.61, 36.29))).overlaps).to.deep.equal([]);
    expect((await propose('bazaar', polygon(59.605, 36.29))).overlaps[0]!.blocks).to.equal(false);
    expect(await approve('kowsar', 1)).to.include({ status: 200 });
    expect(await approve('bazaar', 1)).to.include({ status: 200 });
  });

  it('answer what is no area with 422 and a sentence for the field', async () => {
    const bowtie = {
      type: 'Polygon',
      coordinates: [[0, 2, 1, 3, 0].map((at) => ring(59.6, 36)[at])],
    };
    const swapped = { type: 'Polygon', coordinates: [ring(36.29, 59.6)] };
    const point = { type: 'Point', coordinates: [59.6, 36.3] };
    const abroad = polygon(10, 50);
    for (const area of [bowtie, swapped, point, abroad, undefined, 'text', 5]) {
      const answer = await visit(place, 'hadi', of('noor'), { body: { area }, ...json });
      expect(answer.status, JSON.stringify(area)).to.equal(422);
      expect(answer.headers.get('content-type')).to.include('application/problem+json');
      const { errors } = await read(answer);
      expect(errors[0]!.field).to.equal('area');
      expect(errors[0]!.message)
        .to.match(/\p{L}{3}/u)
        .and.not.include('{{');
    }
    const page = await visit(place, 'hadi', of('noor', '.json'));
    expect((await read(page)).versions).to.deep.equal([]);
  });

  it('keep what was typed in a refused form and say what is wrong with it', async () => {
    const reza = browser(place, 'reza');
    const typed = { corners: '36.29, 59.6\nsomewhere', note: 'a note of the board', area: '' };
    const refused = await reza.fill(of('noor', '/new'), of('noor'), typed);
    expect(refused.status).to.equal(422);
    const page = await refused.text();
    expect(page).to.include('somewhere').and.include('a note of the board');
    expect(page).to.include('id="corners-fault"');
    const file = { corners: '', note: '', area: '{"type":"Point"}' };
    const again = await reza.fill(of('noor', '/new'), of('noor'), file);
    expect(again.status).to.equal(422);
    expect(await again.text())
      .to.include('&#34;Point&#34;')
      .and.include('id="area-fault"');
  });

  it('go on to the proposed version, coordinate and approve it there', async () => {
    await propose('noor', polygon(59.6, 36.29));
    await approve('noor', 1);
    const hadi = browser(place, 'hadi');
    const corners = '36.29 59.605\n36.29 59.615\n36.30 59.615\n36.30 59.605';
    const sent = await hadi.fill(of('kowsar', '/new'), of('kowsar'), { corners });
    expect(sent.status).to.equal(303);
    expect(sent.headers.get('location')).to.equal('/khorasan/centres/kowsar/boundary/1');
    const shown = of('kowsar', '/1');
    const refused = await hadi.fill(shown, of('kowsar', '/1/approval'), {});
    expect(refused.status).to.equal(409);
    expect(await refused.text()).to.include('B-124');
    const letter = { centre: 'noor', number: '', decidedOn: '1405/08/45' };
    const unread = await hadi.fill(shown, of('kowsar', '/1/coordinations'), letter);
    expect(unread.status).to.equal(422);
    expect(await unread.text())
      .to.include('number-noor-fault')
      .and.include('1405/08/45');
    const good = { ...letter, number: '12/5', decidedOn: '1405/08/29' };
    const settled = await hadi.fill(shown, of('kowsar', '/1/coordinations'), good);
    expect(settled.status).to.equal(303);
    expect((await hadi.fill(shown, of('kowsar', '/1/approval'), {})).status).to.equal(303);
  });

  it('take a file, typed corners or text, but only one of them', async () => {
    const file = new FormData();
    const feature = { type: 'Feature', properties: {}, geometry: polygon(59.6, 36.29) };
    file.set('file', new Blob([JSON.stringify(feature)]), 'noor.geojson');
    file.set('corners', '');
    file.set('area', '');
    expect((await visit(place, 'hadi', of('noor'), { body: file })).status).to.equal(201);
    const corners = new FormData();
    corners.set('corners', '36.29 59.6\n36.29 59.61\n36.30 59.61');
    expect((await visit(place, 'hadi', of('noor'), { body: corners })).status).to.equal(201);
    corners.set('area', JSON.stringify(polygon(59.6, 36.29)));
    expect((await visit(place, 'hadi', of('noor'), { body: corners })).status).to.equal(422);
  });

  it('let a file replace the corners that the form came with', async () => {
    await propose('noor', polygon(59.6, 36.29));
    const reza = browser(place, 'reza');
    const page = await (await reza.open(of('noor', '/new'))).text();
    const corners = /name="corners"[^>]*>\s*([^<]*)</.exec(page)?.[1] ?? '';
    expect(corners).to.include('36.29, 59.61');
    const area = JSON.stringify(polygon(59.602, 36.29));
    const typed = corners.replaceAll('\n', '\r\n');
    const sent = await reza.fill(of('noor', '/new'), of('noor'), { area, corners: typed });
    expect(sent.headers.get('location')).to.match(/\/2$/);
    const changed = { area, corners: `${typed}\r\n36.4, 59.7` };
    const refused = await reza.fill(of('noor', '/new'), of('noor'), changed);
    expect(refused.status).to.equal(422);
  });

  it('propose the same once: by key the first answer again, without it a refusal', async () => {
    const body = { area: polygon(59.6, 36.29) };
    const send = async () => {
      const answer = await fetch(`${place.address}${of('noor')}`, {
        method: 'POST',
        headers: {
          authorization: 'Bearer hadi',
          'content-type': 'application/json',
          'idempotency-key': 'one-and-the-same',
        },
        body: JSON.stringify(body),
      });
      return [answer.status, (await read(answer)).version];
    };
    expect(await send()).to.deep.equal([201, 1]);
    expect(await send()).to.deep.equal([201, 1]);
    expect(await propose('noor', body.area)).to.include({ status: 409 });
  });

  it('give the neighbours around for the map', async () => {
    await propose('noor', polygon(59.6, 36.29));
    await approve('noor', 1);
    const answer = await visit(place, 'hadi', of('kowsar', '/neighbours.geojson'));
    expect((await read(answer)).features[0]!.properties).to.include({ centre: 'noor' });
  });

  it('show a form that works without a script', async () => {
    const page = await (await visit(place, 'reza', of('noor', '/new'))).text();
    for (const part of ['type="file"', 'name="corners"', 'name="area"', 'multipart/form-data']) {
      expect(page).to.include(part);
    }
    expect(page)
      .to.not.match(/ style=/)
      .and.not.match(/<script(?![^>]* src=)/);
  });

  it('show each state of a version', async () => {
    expect((await visit(place, 'reza', of('noor'))).status).to.equal(200);
    await propose('noor', polygon(59.6, 36.29));
    await propose('noor', polygon(59.601, 36.29));
    await approve('noor', 2);
    await propose('noor', polygon(59.602, 36.29));
    await approve('noor', 3);
    for (const address of ['', '/1', '/2', '/3']) {
      const answer = await visit(place, 'reza', of('noor', address));
      expect(answer.status, address).to.equal(200);
      expect(await answer.text()).to.include('class="ours"');
    }
    const states = (await read(await visit(place, 'reza', of('noor', '.json')))).versions.map(
      ({ state }) => state,
    );
    expect(states).to.deep.equal(['in-force', 'past', 'passed-over']);
    for (const address of ['/4', '/0', '/x', '/1.5', '/1.pdf']) {
      expect((await visit(place, 'reza', of('noor', address))).status, address).to.equal(404);
    }
  });

  it('are open to each as the table of powers says', async () => {
    const body = { area: polygon(59.6, 36.29) };
    const matrix: [string, unknown, Record<string, number>][] = [
      [
        '',
        undefined,
        { reza: 200, zahra: 200, hadi: 200, inspector: 200, security: 404, karim: 404 },
      ],
      ['.json', undefined, { reza: 200, deputy: 200, karim: 404 }],
      ['/new', undefined, { reza: 200, hadi: 200, zahra: 403, inspector: 403, karim: 404 }],
      ['/neighbours.json', undefined, { zahra: 200, inspector: 200, karim: 404 }],
      ['', body, { zahra: 403, inspector: 403, security: 404, karim: 404, reza: 201 }],
      ['/1/coordinations', {}, { reza: 403, zahra: 403, karim: 404, hadi: 422 }],
      ['/1/approval', {}, { reza: 403, zahra: 403, inspector: 403, karim: 404, hadi: 200 }],
    ];
    for (const [address, sent, expected] of matrix) {
      for (const [username, status] of Object.entries(expected)) {
        const answer = await visit(place, username, of('noor', address), { body: sent });
        expect(answer.status, `${username} ${sent ? 'POST' : 'GET'} ${address}`).to.equal(status);
      }
      const stranger = await visit(place, null, of('noor', address), { body: sent });
      expect([302, 303, 401, 403], `stranger ${address}`).to.include(stranger.status);
    }
  });
});
