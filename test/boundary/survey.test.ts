import { expect } from 'chai';
import { type Area, type Point, ringsArea } from '../../src/boundary/area.ts';
import { areaSquareMetres } from '../../src/boundary/measure.ts';
import { type Surveyed, surveyOf } from '../../src/boundary/survey.ts';

/** A rectangle in metres east and north of a corner in the city. */
const rectangle = (east: number, north: number, wide: number, high: number): Area => {
  const at = (x: number, y: number): Point => [
    Number((59.6 + (east + x) / 89_900).toFixed(7)),
    Number((36.29 + (north + y) / 110_950).toFixed(7)),
  ];
  return ringsArea([[at(0, 0), at(wide, 0), at(wide, high), at(0, high), at(0, 0)]]);
};

let next = 0;
const centre = (area: Area, neighbourhood = true): Surveyed => {
  next += 1;
  return { id: next, code: `c${next}`, neighbourhood, area };
};

describe('the survey of a county', () => {
  it('finds nothing where all areas share their edges', () => {
    const grid = [0, 1, 2].flatMap((x) =>
      [0, 1, 2].map((y) => centre(rectangle(x * 500, y * 500, 500, 500))),
    );
    expect(surveyOf(grid)).to.deep.equal({ overlaps: [], gaps: [] });
  });

  it('finds a hole that neighbours enclose, its size, where it is and between whom', () => {
    const ring = [
      ...[rectangle(0, 0, 1500, 500), rectangle(0, 1000, 1500, 500)],
      ...[rectangle(0, 500, 500, 500), rectangle(1000, 500, 500, 500)],
    ].map((area) => centre(area));
    const { gaps, overlaps } = surveyOf(ring);
    expect(overlaps).to.deep.equal([]);
    expect(gaps).to.have.length(1);
    expect(gaps[0]).to.include({ kind: 'enclosed' });
    expect(gaps[0]!.squareMetres).to.be.closeTo(250_000, 1500);
    expect(gaps[0]!.between).to.have.members(ring.map(({ id }) => id));
    expect(gaps[0]!.at[0]).to.be.closeTo(59.6 + 750 / 89_900, 0.001);
  });

  it('finds the strip between two that face each other across a street', () => {
    const pair = [centre(rectangle(0, 0, 500, 400)), centre(rectangle(520, 100, 500, 400))];
    const { gaps } = surveyOf(pair);
    expect(gaps).to.have.length(1);
    expect(gaps[0]).to.include({ kind: 'strip' });
    expect(gaps[0]!.squareMetres).to.be.closeTo(20 * 300, 900);
    expect(gaps[0]!.widthMetres).to.be.within(17, 21);
    expect(gaps[0]!.between).to.have.members(pair.map(({ id }) => id));
  });

  it('calls what is farther apart no neighbours, and a shaky shared line no gap', () => {
    expect(
      surveyOf([centre(rectangle(0, 0, 500, 400)), centre(rectangle(650, 0, 500, 400))]).gaps,
    ).to.deep.equal([]);
    expect(
      surveyOf([centre(rectangle(0, 0, 500, 400)), centre(rectangle(500.4, 0, 500, 400))]).gaps,
    ).to.deep.equal([]);
  });

  it('does not count as a gap what lies open to all sides, nor an area within a hole', () => {
    const corner = [centre(rectangle(0, 0, 500, 500)), centre(rectangle(500, 500, 500, 500))];
    expect(surveyOf(corner).gaps).to.deep.equal([]);
    const ring = [
      ...[rectangle(0, 0, 1500, 500), rectangle(0, 1000, 1500, 500)],
      ...[rectangle(0, 500, 500, 500), rectangle(1000, 500, 500, 500)],
      rectangle(500, 500, 500, 500),
    ].map((area) => centre(area));
    expect(surveyOf(ring).gaps).to.deep.equal([]);
  });

  it('finds overlaps, a guild’s too, and gaps of neighbourhoods only', () => {
    const [one, other] = [centre(rectangle(0, 0, 500, 500)), centre(rectangle(400, 0, 500, 500))];
    const guild = centre(rectangle(100, 100, 100, 100), false);
    const { overlaps, gaps } = surveyOf([one, other, guild]);
    expect(overlaps.map(({ squareMetres }) => Math.round(squareMetres / 1000))).to.deep.equal([
      50, 10,
    ]);
    expect(gaps).to.deep.equal([]);
    const apart = [centre(rectangle(0, 0, 500, 400)), centre(rectangle(520, 0, 500, 400), false)];
    expect(surveyOf(apart).gaps).to.deep.equal([]);
  });

  it('surveys four hundred neighbours at a bounded cost', function () {
    this.timeout(60_000);
    const grid = Array.from({ length: 400 }, (_, at) =>
      centre(wavy(rectangle((at % 20) * 515, Math.floor(at / 20) * 515, 500, 500))),
    );
    const began = process.cpuUsage();
    const { gaps } = surveyOf(grid);
    expect(process.cpuUsage(began).user / 1000).to.be.lessThan(5000);
    expect(gaps.length).to.be.at.least(760);
    expect(areaSquareMetres(gaps[0]!.shape)).to.be.closeTo(15 * 500, 400);
  });
});

/** Each side in four pieces, as hands draw. */
function wavy(area: Area): Area {
  const [ring] = area.coordinates as Point[][];
  const corners = ring!.slice(1).flatMap((to, at) => {
    const from = ring![at]!;
    return Array.from(
      { length: 4 },
      (_, n): Point => [
        from[0] + ((to[0] - from[0]) * n) / 4 + (n % 2) * 0.00001,
        from[1] + ((to[1] - from[1]) * n) / 4 + (n % 2) * 0.00001,
      ],
    );
  });
  return ringsArea([[...corners, corners[0]!]]);
}
