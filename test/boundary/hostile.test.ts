import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { doneApart } from '../../src/boundary/apart.ts';
import { readGeometry, readOutlines } from '../../src/boundary/outline-reading.ts';
import { readArea } from '../../src/boundary/sound-area.ts';
import { closeTiles } from '../../src/boundary/tiles.ts';
import { Refusal } from '../../src/refusal.ts';
import { browser, openPlace, type Place, visit } from './place.ts';

const round = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const angle = (at / count) * 2 * Math.PI;
    return [59.6 + Math.cos(angle) / 100, 36.3 + Math.sin(angle) / 100];
  });

const kmlOf = (inner: string, head = '') =>
  `<?xml version="1.0"?>${head}<kml><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>
   ${inner}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>`;

const laughs = `<!DOCTYPE x [<!ENTITY a "59.6,36.3 "><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>`;

describe('what is sent to do harm', () => {
  let place: Place;
  before(async () => {
    place = await openPlace();
  });
  after(() => place.close());

  const json = { accept: 'application/json' };
  const root = '/centres/noor/boundary';
  type Told = { detail: string; clause?: string; errors: { field: string; message: string }[] };
  const send = async (body: unknown, address = root) => {
    const answer = await visit(place, 'hadi', address, { body, ...json });
    return { status: answer.status, ...((await answer.json()) as Told) };
  };

  const hostile: Record<string, unknown> = {
    'not a number': '{"type":"Polygon","coordinates":[[[NaN,36],[59,36],[59,37]]]}',
    'beyond all numbers': '{"type":"Polygon","coordinates":[[[1e999,36],[59,36],[59,37]]]}',
    'a huge number': {
      type: 'Polygon',
      coordinates: [
        [
          [1e308, 1e308],
          [59, 36],
          [59, 37],
        ],
      ],
    },
    'numbers as text': {
      type: 'Polygon',
      coordinates: [
        [
          ['59', '36'],
          ['59', '37'],
          ['60', '36'],
        ],
      ],
    },
    'null places': { type: 'Polygon', coordinates: [[null, null, null]] },
    'an object for a list': { type: 'Polygon', coordinates: { 0: [[59, 36]] } },
    'a list of features that is none': { type: 'FeatureCollection', features: 'x' },
    'lists without end': '['.repeat(100_000),
    laughs: kmlOf('&d;', laughs),
    'a file from elsewhere': kmlOf('&x;', '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    'KML without end': '<kml>'.repeat(10_000),
    'KML of words': kmlOf('a,b c,d e,f'),
  };
  for (const [name, input] of Object.entries(hostile)) {
    it(`is refused in words: ${name}`, async () => {
      expect(readArea(input)).to.have.property('fault');
      const text = typeof input === 'string' ? input : JSON.stringify(input);
      expect(readGeometry(text)).to.have.property('fault');
      expect(readOutlines(text, 'other')).to.have.property('fault');
      const { status, errors } = await send({ area: input });
      expect(status).to.equal(422);
      expect(errors[0]!.message).to.have.length.greaterThan(10);
    });
  }

  it('is told that fifty thousand corners are too many, whichever way they come (B-124)', async () => {
    const area = { type: 'Polygon', coordinates: [round(50_000)] };
    const corners = round(50_000)
      .map(([lon, lat]) => `${lat}, ${lon}`)
      .join('\n');
    for (const body of [{ area }, { area: JSON.stringify(area) }, { corners }]) {
      const { status, clause, errors } = await send(body);
      expect([status, clause]).to.deep.equal([422, 'B-124']);
      expect(errors[0]!.message).to.include('۵۰٬۰۰۰');
    }
    const reza = browser(place, 'reza');
    const form = await reza.fill(`${root}/new`, root, { corners });
    expect(form.status).to.equal(422);
    const page = await form.text();
    expect(page).to.include('۵۰٬۰۰۰');
    expect(page.length, 'what nobody mends by hand is not sent back').to.be.lessThan(100_000);
    const file = `${JSON.stringify(area)}${' '.repeat(1_400_000)}.`;
    expect((await reza.fill(`${root}/new`, root, { area: file })).status).to.equal(422);
  });

  it('is refused as a whole where it is longer than any outline', async () => {
    const body = { corners: '36.3 59.6\n'.repeat(450_000) };
    const answer = await visit(place, 'hadi', root, { body, ...json });
    expect(answer.status).to.equal(413);
    const gift = await visit(place, 'hadi', '/centres/noor/donations', {
      ...{ body: { note: 'x'.repeat(1_100_000) }, ...json },
    });
    expect(gift.status).to.equal(413);
  });

  it('is stopped when it takes too long, or answers nothing', async () => {
    const tooLong = new Refusal('boundary:refusals.outlines-too-long', { status: 422 });
    const run = (script: string, longestMs: number) =>
      doneApart(new URL(`data:text/javascript,${script}`), {}, { longestMs, tooLong }).then(
        () => 'answered',
        (fault) => (fault === tooLong ? 'too long' : 'no answer'),
      );
    expect(await run('for (;;) {}', 200)).to.equal('too long');
    expect(await run('0', 60_000)).to.equal('no answer');
    expect(await run('throw new Error()', 60_000)).to.equal('no answer');
  });

  it('finds no file beside the tiles, and no fault in a damaged one', async () => {
    const beside = dirname(place.province.file);
    const file = join(beside, 'khorasan.mbtiles');
    const wrong = [
      ...[
        '/tiles/..%2f..%2fetc/0/passwd',
        '/tiles/0/..%2f0/0',
        '/tiles/0/0/0%00',
        '/tiles/1e3/0/0',
      ],
      ...['/tiles/99999999999/0/0', '/tiles/22/4194304/0', '/tiles/-0/0/0', '/tiles/0/0/0.5'],
    ];
    writeFileSync(file, 'this is no database');
    expect((await visit(place, 'reza', '/tiles/0/0/0')).status).to.equal(404);
    const made = new Database(join(beside, 'made.sqlite'));
    made.exec(`CREATE TABLE metadata (name TEXT, value TEXT);
      CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data);
      INSERT INTO tiles VALUES (0, 0, 0, 'words'), (1, 0, 0, NULL), (1, 1, 1, 7)`);
    const filler = made.prepare('INSERT INTO tiles VALUES (9, ?, 0, randomblob(3000))');
    for (let at = 0; at < 200; at += 1) filler.run(at);
    const whole = made.serialize();
    made.close();
    for (const bytes of [whole, whole.fill(0xff, 12_288)]) {
      closeTiles();
      writeFileSync(file, bytes);
      for (const tile of ['/tiles/0/0/0', '/tiles/1/0/1', '/tiles/1/1/0']) {
        expect([204, 404], tile).to.include((await visit(place, 'reza', tile)).status);
      }
      for (const address of wrong) {
        const { status } = await visit(place, 'reza', address);
        expect([400, 404], address).to.include(status);
      }
      expect((await visit(place, 'reza', `${root}/new`)).status).to.equal(200);
    }
  });
});
