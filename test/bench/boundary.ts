/**
 * `boundary` and `point`: an area held against ten thousand, and whose a place is among them;
 * `outline`: the worst outlines read, for nobody else is answered while one is.
 */
import { type Area, type Point, ringsArea } from '../../src/boundary/area.ts';
import { adjoining, centreAt } from '../../src/boundary/centre-at.ts';
import { bounds } from '../../src/boundary/measure.ts';
import { overlapsOf } from '../../src/boundary/neighbours.ts';
import { readArea } from '../../src/boundary/sound-area.ts';
import { connect, type Db } from '../../src/provinces/connection.ts';
import { migrate } from '../../src/provinces/migrate.ts';
import { dice, starRing } from '../boundary/drawn.ts';
import { type Bench, type Context, judged, ms, plain, whole } from './bench.ts';
import { median, percentile } from './statistics.ts';

const LIMIT_MS = 5;
const DAY = '2026-11-21';
const CORNERS = 40;

/** Squares of a hundred by a hundred, each with a star that reaches into those beside it. */
const STEP = 0.016;
const WEST = 58;
const SOUTH = 35;

export const boundary: Bench = {
  name: 'boundary',
  measure: async (context) => {
    const { db, side } = town(context);
    const roll = dice(7);
    const drawn = Array.from({ length: 400 }, () => star(roll, placeIn(roll, side)));
    const times: number[] = [];
    let pieces = 0;
    for (const [at, area] of drawn.entries()) {
      const id = lay(db, { centre: 1, version: at + 2, area });
      const began = performance.now();
      const found = overlapsOf(db, { id: 1, kind: 'neighbourhood' }, { id, area }, DAY);
      if (at >= 100) times.push(performance.now() - began);
      pieces += found.length;
    }
    db.$client.close();
    const note = `${plain(pieces / drawn.length)} overlaps each, areas of ${CORNERS} corners`;
    return [row('boundary', times, side, note)];
  },
};

export const point: Bench = {
  name: 'point',
  measure: async (context) => {
    const { db, side } = town(context);
    const roll = dice(11);
    const times: number[] = [];
    let served = 0;
    for (let at = 0; at < 1100; at += 1) {
      const [lon, lat] = placeIn(roll, side);
      const began = performance.now();
      const centre = centreAt(db, { lon, lat }, DAY);
      if (centre) adjoining(db, centre, DAY);
      if (at >= 100) times.push(performance.now() - began);
      served += centre ? 1 : 0;
    }
    db.$client.close();
    const note = `the centre and its neighbours; ${whole((served * 100) / 1100)} % of places served`;
    return [row('point', times, side, note)];
  },
};

const OUTLINE_LIMIT_MS = 250;

/** Teeth all along a country, each over all others; and fifty thousand corners, refused as they are. */
export const outline: Bench = {
  name: 'outline',
  measure: async () => {
    const teeth = Array.from(
      { length: 4998 },
      (_, at): Point => [at % 2 ? 59.5 : 59.6, 36 + at * 0.00001],
    );
    const worst = { type: 'Polygon', coordinates: [[...teeth, [59.7, 36.05], [59.7, 36]]] };
    const round = Array.from({ length: 50_000 }, (_, at): Point => {
      const angle = (at / 50_000) * 2 * Math.PI;
      return [59.6 + Math.cos(angle) / 100, 36.3 + Math.sin(angle) / 100];
    });
    const text = JSON.stringify({ type: 'Polygon', coordinates: [round] });
    const times = Array.from({ length: 20 }, () => {
      const began = performance.now();
      readArea(worst);
      const between = performance.now();
      readArea(text);
      return [between - began, performance.now() - between] as const;
    });
    const read = median(times.map(([one]) => one));
    const refused = median(times.map(([, other]) => other));
    const figure = Math.max(read, refused);
    return [
      judged({
        ...{ name: 'outline', figure: ms(figure), peer: `${OUTLINE_LIMIT_MS} ms` },
        ...{ ratio: plain(figure / OUTLINE_LIMIT_MS), target: `≤ ${OUTLINE_LIMIT_MS} ms` },
        reached: figure <= OUTLINE_LIMIT_MS,
        note: `5,000 corners read in ${ms(read)}, 50,000 refused in ${ms(refused)}`,
      }),
    ];
  },
};

function row(name: string, times: number[], side: number, note: string) {
  const figure = percentile(times, 99);
  return judged({
    ...{ name, figure: `p99 ${ms(figure)}`, peer: `${LIMIT_MS} ms` },
    ...{ ratio: plain(figure / LIMIT_MS), target: `≤ ${LIMIT_MS} ms` },
    ...{ reached: figure <= LIMIT_MS, note: `p50 ${ms(median(times))}, ${note}` },
    size: side < 100 ? `${whole(side * side)} areas` : undefined,
  });
}

function placeIn(roll: () => number, side: number): Point {
  return [WEST + roll() * side * STEP, SOUTH + roll() * side * STEP];
}

function star(roll: () => number, [lon, lat]: Point): Area {
  const ring = starRing(roll, [lon, lat], CORNERS).map(
    ([x, y]): Point => [Number(x.toFixed(7)), Number(y.toFixed(7))],
  );
  return ringsArea([[...ring, ring[0]!]]);
}

/** A province in memory with an area in force in each of its squares; guilds, which may overlap. */
function town({ short }: Context): { db: Db; side: number } {
  const side = short ? 30 : 100;
  const db = connect(':memory:');
  migrate(db);
  const roll = dice(3);
  db.$client.transaction(() => {
    db.$client.pragma('defer_foreign_keys = ON');
    people(db);
    for (let at = 0; at < side * side; at += 1) {
      const middle: Point = [
        WEST + ((at % side) + 0.5) * STEP,
        SOUTH + (Math.floor(at / side) + 0.5) * STEP,
      ];
      addCentre(db, at + 1);
      const id = lay(db, { centre: at + 1, version: 1, area: star(roll, middle) });
      db.$client.prepare('INSERT INTO boundary_approvals VALUES (?, ?, 1, 1)').run(id, DAY);
    }
  })();
  return { db, side };
}

function people(db: Db): void {
  db.$client.exec(`
    INSERT INTO counties (id, name, name_sort) VALUES (1, 'Here', 'here');
    INSERT INTO acts (id, at, capacity, kind, subject, previous_hash, hash)
      VALUES (1, '${DAY}T08:00:00.000Z', 'system', 'bench', 'bench', zeroblob(32), zeroblob(32));
    INSERT INTO users (id, username, name, role, password_hash, must_change_password, created_at)
      VALUES (1, 'deputy', 'deputy', 'province-deputy', '-', 0, '${DAY}T08:00:00.000Z')`);
}

const addCentre = (db: Db, id: number) =>
  db.$client
    .prepare(
      `INSERT INTO centres (id, code, name, name_search, name_sort, kind, county_id, host,
         host_name, place, address, registered_on, act_id)
       VALUES (@id, @code, @code, 'c', 'c', 'guild', 1, 'office', 'm', 'p', 'a', @day, 1)`,
    )
    .run({ id, code: `c${id}`, day: DAY });

/** A version laid down with its box, proposed and not yet approved. */
function lay(db: Db, { centre, version, area }: { centre: number; version: number; area: Area }) {
  const { lastInsertRowid } = db.$client
    .prepare(
      `INSERT INTO boundaries (centre_id, version, area, square_metres, proposed_on, proposed_by,
         act_id) VALUES (?, ?, ?, 1, ?, 1, 1)`,
    )
    .run(centre, version, JSON.stringify(area), DAY);
  const { west, south, east, north } = bounds(area);
  db.$client
    .prepare('INSERT INTO boundary_bounds VALUES (?, ?, ?, ?, ?)')
    .run(lastInsertRowid, west, east, south, north);
  return Number(lastInsertRowid);
}
