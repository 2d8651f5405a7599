import { expect } from 'chai';
import { type Area, ringsArea } from '../../src/boundary/area.ts';
import { approveBoundary, proposeBoundary } from '../../src/boundary/boundaries.ts';
import { boundaryChecks } from '../../src/boundary/checks.ts';
import { confirmOutlines, importOutlines } from '../../src/boundary/outline-sets.ts';
import { openPlace, type Place } from './place.ts';

const square = (west: number, south: number, side = 0.01): Area =>
  ringsArea([
    [
      ...(
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
          [0, 0],
        ] as const
      ).map(([x, y]): [number, number] => [
        Number((west + x * side).toFixed(7)),
        Number((south + y * side).toFixed(7)),
      ]),
    ],
  ]);

describe('the doctor of boundaries', () => {
  let place: Place;
  before(async () => {
    place = await openPlace();
    const { db } = place.province;
    const hadi = place.actor('hadi');
    for (const [code, west] of [
      ['noor', 59.6],
      ['kowsar', 59.61],
    ] as const) {
      const { id } = proposeBoundary(db, hadi, place.centre(code), { area: square(west, 36.29) });
      approveBoundary(db, hadi, place.centre(code), id);
    }
    const geometry = '{"type":"Point","coordinates":[59.6,36.3]}';
    const box = { west: 59.6, south: 36.3, east: 59.6, north: 36.3 };
    const set = { kind: 'landmark', countyId: hadi.office!.countyId, name: 'x' } as const;
    const owner = { source: 'x', attribution: 'x', sha256: 'x' };
    const leftOut = { 'other-shape': 0, 'nameless-point': 0, outside: 0, unreadable: 0 };
    const id = importOutlines(
      db,
      hadi,
      { ...set, ...owner },
      {
        outlines: [{ name: 'x', geometry, box }],
        leftOut,
      },
    );
    confirmOutlines(db, hadi, id);
    db.$client.pragma('foreign_keys = OFF');
  });
  beforeEach(() => place.province.db.$client.exec('SAVEPOINT hand'));
  afterEach(() => place.province.db.$client.exec('ROLLBACK TO hand; RELEASE hand'));
  after(() => place.close());

  const wrong = () =>
    boundaryChecks.flatMap(({ name, run }) => (run(place.province.db) === null ? [] : [name]));
  /** A hand that drops the guards of a table before it changes it. */
  const tamper = (table: string, sql: string) => {
    const { $client } = place.province.db;
    const names = $client
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
      .pluck()
      .all(table) as string[];
    for (const name of names) $client.exec(`DROP TRIGGER ${name}`);
    $client.exec(sql);
  };

  it('finds nothing where nobody was at the file', () => {
    expect(wrong()).to.deep.equal([]);
  });

  const hands: [string, string, string][] = [
    ['boundary_overlaps', 'UPDATE boundary_overlaps SET square_metres = 70', 'boundary-overlaps'],
    ['boundary_bounds', 'UPDATE boundary_bounds SET max_lon = min_lon', 'boundary-acts'],
    ['boundary_bounds', 'DELETE FROM boundary_bounds', 'boundary-acts'],
    ['boundary_starts', "INSERT INTO boundary_starts VALUES (1, '2027-01-01')", 'boundary-acts'],
    [
      'boundary_refusals',
      "INSERT INTO boundary_refusals VALUES (1, 'x', '2026-11-21', 1, 1)",
      'boundary-acts',
    ],
    ['outlines', 'DELETE FROM outlines', 'outline-acts'],
    ['outline_sets', "UPDATE outline_sets SET attribution = 'mine'", 'outline-acts'],
    ['outline_confirmations', 'DELETE FROM outline_confirmations', 'outline-acts'],
  ];
  for (const [table, sql, check] of hands) {
    it(`finds ${sql.slice(0, 50)}`, () => {
      tamper(table, sql);
      expect(wrong()).to.include(check);
    });
  }
});
