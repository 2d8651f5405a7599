import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { type Area, ringsArea } from '../../src/boundary/area.ts';
import { approveBoundary, proposeBoundary } from '../../src/boundary/boundaries.ts';
import { adjoining, centreAt } from '../../src/boundary/centre-at.ts';
import { outlinesNear } from '../../src/boundary/outlines.ts';
import { closeTiles } from '../../src/boundary/tiles.ts';
import { openPlace, type Place, visit } from './place.ts';

const square = (west: number, south: number, side = 0.01): Area => {
  const at = (x: number, y: number): [number, number] => [
    Number((west + x).toFixed(7)),
    Number((south + y).toFixed(7)),
  ];
  return ringsArea([[at(0, 0), at(side, 0), at(side, side), at(0, side), at(0, 0)]]);
};

const json = { accept: 'application/json' };
const TODAY = '2026-11-21';

describe('places beyond one centre', () => {
  let place: Place;
  before(async () => {
    place = await openPlace();
    lay('noor', square(59.6, 36.29));
    lay('kowsar', square(59.6102, 36.29));
    lay('bazaar', square(59.605, 36.295));
    lay('qods', square(59.7, 36.29));
  });
  after(() => {
    closeTiles();
    place.close();
  });

  function lay(code: string, area: Area): void {
    const { db } = place.province;
    const actor = place.actor(code === 'qods' ? 'karim' : 'hadi');
    const { id } = proposeBoundary(db, actor, place.centre(code), { area });
    approveBoundary(db, actor, place.centre(code), id);
  }

  const at = async (username: string, address: string) => {
    const answer = await visit(place, username, address, json);
    const body = (await answer.json()) as {
      centres?: { centre: string }[];
      neighbours?: { centre: string }[];
    };
    const codes = (list?: { centre: string }[]) => list?.map(({ centre }) => centre).sort();
    return {
      status: answer.status,
      centres: codes(body.centres),
      neighbours: codes(body.neighbours),
    };
  };

  describe('which centre serves a point', () => {
    it('is the neighbourhood centre whose area covers it, its line included', () => {
      const { db } = place.province;
      const serving = (lon: number, lat: number, day = TODAY) =>
        centreAt(db, { lon, lat }, day)?.code;
      expect(serving(59.607, 36.297)).to.equal('noor');
      expect(serving(59.6, 36.295)).to.equal('noor');
      expect(serving(59.612, 36.303)).to.equal('bazaar');
      expect(serving(59.5, 36.295)).to.equal(undefined);
      expect(serving(59.607, 36.297, '2026-11-20')).to.equal(undefined);
    });

    it('has as neighbours those that touch it or lie across a street', () => {
      const { db } = place.province;
      const noor = centreAt(db, { lon: 59.602, lat: 36.292 }, TODAY)!;
      expect(adjoining(db, noor, TODAY).map(({ code }) => code)).to.have.members([
        'kowsar',
        'bazaar',
      ]);
    });

    it('is asked for in JSON, by two numbers or by one text in any digits', async () => {
      const told = { status: 200, centres: ['bazaar', 'noor'], neighbours: ['bazaar', 'kowsar'] };
      expect(await at('hadi', '/centres/at.json?lat=36.297&lon=59.607')).to.deep.equal(told);
      const typed = encodeURIComponent('۵۹٫۶۰۷، ۳۶٫۲۹۷');
      expect(await at('hadi', `/centres/at.json?at=${typed}`)).to.deep.equal(told);
      for (const wrong of ['', '?at=here', '?lat=36.2', '?lat=10&lon=50']) {
        expect((await at('hadi', `/centres/at.json${wrong}`)).status, wrong).to.equal(422);
      }
    });

    it('tells nobody of a centre that he may not know of', async () => {
      const elsewhere = '/centres/at.json?lat=36.295&lon=59.705';
      expect((await at('karim', elsewhere)).centres).to.deep.equal(['qods']);
      expect((await at('hadi', elsewhere)).centres).to.deep.equal([]);
      expect((await at('reza', elsewhere)).centres).to.deep.equal([]);
      expect((await at('reza', '/centres/at.json?lat=36.292&lon=59.615')).centres).to.deep.equal([
        'kowsar',
      ]);
      expect((await at('security', elsewhere)).status).to.equal(403);
    });

    it('has a page that works without a script', async () => {
      const page = await (await visit(place, 'reza', '/centres/at?at=36.297,59.607')).text();
      expect(page).to.include('Centre noor').and.include('Centre kowsar').and.include('name="at"');
      const wrong = await visit(place, 'reza', '/centres/at?at=nowhere');
      expect(wrong.status).to.equal(422);
      expect(await wrong.text()).to.include('nowhere');
    });
  });

  describe('outlines', () => {
    const features = [
      {
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [59.5, 36.2],
              [59.7, 36.2],
              [59.7, 36.4],
              [59.5, 36.2],
            ],
          ],
        },
        properties: { tags: { name: 'شهرستان نمونه' } },
      },
      { geometry: { type: 'Point', coordinates: [59.6, 36.3] }, properties: { type: 'node' } },
      { geometry: { type: 'Point', coordinates: [59.61, 36.3] }, properties: { name: 'مدرسه' } },
      {
        geometry: {
          type: 'LineString',
          coordinates: [
            [59.6, 36.3],
            [59.61, 36.31],
          ],
        },
        properties: { name: 'خیابان بهار' },
      },
      {
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [5, 36],
              [6, 36],
              [6, 37],
              [5, 36],
            ],
          ],
        },
        properties: { name: 'Abroad' },
      },
    ].map((feature) => ({ type: 'Feature', ...feature }));
    const file = { type: 'FeatureCollection', features };
    const form = {
      kind: 'landmark',
      county: 'Here',
      name: 'Landmarks',
      source: 'openstreetmap.org',
      attribution: '© OpenStreetMap contributors, ODbL',
      file,
    };
    const send = async (username: string, address: string, body: object) => {
      const answer = await visit(place, username, address, { body, ...json });
      return {
        status: answer.status,
        ...((await answer.json()) as {
          id: number;
          outlines: number;
          state: string;
          leftOut: number;
          clause?: string;
        }),
      };
    };
    const box = { west: 59.59, south: 36.29, east: 59.62, north: 36.31 };

    it('are looked at before they lie under any map, and withdrawn as a whole', async () => {
      const laid = await send('hadi', '/outlines', form);
      expect(laid).to.include({ status: 201, outlines: 3, leftOut: 2, state: 'draft' });
      expect(outlinesNear(place.province.db, box)).to.deep.equal([]);
      const page = await (await visit(place, 'hadi', `/outlines/${laid.id}`)).text();
      expect(page).to.include('خیابان بهار').and.include('OpenStreetMap');
      expect(await send('hadi', '/outlines', form)).to.include({ status: 409 });
      expect(await send('hadi', `/outlines/${laid.id}/confirmation`, {})).to.include({
        state: 'shown',
      });
      expect(await send('hadi', `/outlines/${laid.id}/confirmation`, {})).to.include({
        status: 409,
      });
      const near = outlinesNear(place.province.db, box);
      expect(near.map(({ name }) => name)).to.have.members([
        'مدرسه',
        'خیابان بهار',
        'شهرستان نمونه',
      ]);
      expect(near[0]).to.include({ attribution: form.attribution, kind: 'landmark' });
      const map = await (await visit(place, 'reza', '/centres/noor/boundary')).text();
      expect(map).to.include('خیابان بهار').and.include(form.attribution);
      const under = await visit(
        place,
        'reza',
        '/outlines/near.geojson?box=59.59,36.29,59.62,36.31',
      );
      expect(((await under.json()) as typeof file).features).to.have.length(3);
      const gone = await send('hadi', `/outlines/${laid.id}/withdrawal`, {
        reason: 'فایل تازه رسید',
      });
      expect(gone).to.include({ status: 200, state: 'withdrawn' });
      expect(outlinesNear(place.province.db, box)).to.deep.equal([]);
      expect(
        await send('hadi', `/outlines/${laid.id}/withdrawal`, { reason: 'دوباره' }),
      ).to.include({ status: 409 });
    });

    it('come from KML too, and of a preview that is given up only the name stays', async () => {
      const kml = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
        <Placemark><name>خیابان</name><LineString><coordinates>59.60,36.30,0 59.61,36.30,0</coordinates></LineString></Placemark>
        </Document></kml>`;
      const laid = await send('hadi', '/outlines', { ...form, kind: 'street', file: kml });
      expect(laid).to.include({ status: 201, outlines: 1 });
      await send('hadi', `/outlines/${laid.id}/withdrawal`, { reason: 'اشتباه بود' });
      const left = place.province.db.$client.prepare(
        'SELECT count(*) FROM outlines WHERE set_id = ?',
      );
      expect(left.pluck().get(laid.id)).to.equal(0);
      for (const address of ['/outlines', `/outlines/${laid.id}`]) {
        expect((await visit(place, 'deputy', address)).status).to.equal(200);
      }
    });

    it('are refused in words where nothing of them can be drawn', async () => {
      for (const wrong of [
        '{"type":',
        '<kml><Placemark>',
        '   ',
        '[]',
        '{"type":"Point","coordinates":[1,2]}',
        '['.repeat(100_000),
      ]) {
        expect(await send('hadi', '/outlines', { ...form, file: wrong })).to.include({
          status: 422,
        });
      }
    });

    it('of counties and of the whole province are the deputy’s, of a county its head’s (B-17)', async () => {
      expect((await send('hadi', '/outlines', { ...form, kind: 'county' })).status).to.equal(403);
      expect((await send('hadi', '/outlines', { ...form, county: '' })).status).to.equal(403);
      expect((await send('hadi', '/outlines', { ...form, county: 'Elsewhere' })).status).to.equal(
        403,
      );
      expect((await send('reza', '/outlines', form)).status).to.equal(403);
      const laid = await send('karim', '/outlines', { ...form, county: 'Elsewhere' });
      expect((await visit(place, 'hadi', `/outlines/${laid.id}`)).status).to.equal(404);
      expect((await send('hadi', `/outlines/${laid.id}/confirmation`, {})).status).to.equal(404);
      expect(
        (await send('deputy', '/outlines', { ...form, kind: 'county', county: null })).status,
      ).to.equal(201);
      const raw = place.province.db.$client;
      expect(() =>
        raw.exec(`INSERT INTO outline_sets SELECT 99, kind, county_id, name, source, attribution,
        outlines, left_out, sha256, imported_on, (SELECT id FROM users WHERE username = 'hadi'), act_id
        FROM outline_sets WHERE county_id <> (SELECT county_id FROM users WHERE username = 'hadi')`),
      ).to.throw('b17_own_county');
    });
  });

  describe('the areas of a county', () => {
    it('are told with their overlaps and gaps, each county its own', async () => {
      const answer = await visit(place, 'hadi', '/boundaries.json');
      const told = (await answer.json()) as {
        centres: { centre: string }[];
        overlaps: { blocks: boolean; centres: string[]; geometry: object }[];
        gaps: { kind: string; centres: string[]; squareMetres: number }[];
      };
      expect(told.centres.map(({ centre }) => centre)).to.have.members([
        'noor',
        'kowsar',
        'bazaar',
      ]);
      expect(told.overlaps.every(({ blocks, geometry }) => !blocks && geometry)).to.equal(true);
      expect(told.gaps).to.have.length(1);
      expect(told.gaps[0]).to.include({ kind: 'strip' });
      expect(told.gaps[0]!.squareMetres).to.be.closeTo(18 * 1110, 1500);
      expect((await visit(place, 'hadi', '/boundaries?county=Elsewhere')).status).to.equal(404);
    });

    it('are shown and given in every form', async () => {
      for (const suffix of ['', '.csv', '.xlsx', '.pdf', '.geojson']) {
        expect((await visit(place, 'inspector', `/boundaries${suffix}`)).status, suffix).to.equal(
          200,
        );
      }
      const page = await (await visit(place, 'hadi', '/boundaries')).text();
      expect(page).to.include('class="gap"').and.include('Centre noor');
      expect((await visit(place, 'reza', '/boundaries')).status).to.equal(403);
    });
  });

  describe('picture tiles', () => {
    const lookAt = (address: string, username = 'reza') => visit(place, username, address);

    it('are done without where there is no file', async () => {
      expect((await lookAt('/tiles/1/1/0')).status).to.equal(404);
      const page = await (await lookAt('/centres/noor/boundary/new')).text();
      expect(page).to.include('&#34;tiles&#34;:null');
    });

    it('are served from the file laid beside the provinces, to who is signed in', async () => {
      const file = new Database(join(dirname(place.province.file), 'tiles.mbtiles'));
      file.exec(`CREATE TABLE metadata (name TEXT, value TEXT);
        CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
        INSERT INTO metadata VALUES ('format', 'png'), ('minzoom', '0'), ('maxzoom', '1'),
          ('attribution', '<a href="x">&copy; Somebody</a>');
        INSERT INTO tiles VALUES (1, 1, 1, x'89504E47')`);
      file.close();
      const tile = await lookAt('/tiles/1/1/0');
      expect(tile.status).to.equal(200);
      expect(tile.headers.get('content-type')).to.equal('image/png');
      expect(tile.headers.get('cache-control')).to.include('max-age');
      expect((await lookAt('/tiles/1/0/0')).status).to.equal(204);
      for (const wrong of ['/tiles/1/2/0', '/tiles/30/1/1', '/tiles/a/b/c', '/tiles/1/-1/0']) {
        expect((await lookAt(wrong)).status, wrong).to.equal(404);
      }
      expect([302, 303, 401]).to.include((await visit(place, null, '/tiles/1/1/0')).status);
      const page = await (await lookAt('/centres/noor/boundary/new')).text();
      expect(page).to.include('/khorasan/tiles/{z}/{x}/{y}?').and.include('© Somebody');
      expect(page).to.not.include('href=\\&#34;x');
    });
  });
});
