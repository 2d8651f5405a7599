import { expect } from 'chai';
import { type Area, type Point, ringsArea } from '../../src/boundary/area.ts';
import { drawOutline, type Outline } from '../../src/boundary/outline.ts';
import { overlap } from '../../src/boundary/overlap.ts';

const box = (west: number, south: number, side = 0.01): Area => {
  const [east, north] = [west + side, south + side];
  const ring: Point[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return ringsArea([ring]);
};

const say = { metres: (metres: number) => `${metres} m`, north: 'N' };
const ours = { name: 'Ours', area: box(59.6, 36.29) };
const their = { name: 'Theirs & <co>', area: box(59.608, 36.29) };
const clash = { name: '2 ha', area: overlap(ours.area, their.area).shape! };

const whole: Outline = {
  size: 'large',
  title: 'A "map"',
  ours,
  past: box(59.6, 36.29, 0.009),
  theirs: [their],
  clashes: [clash],
  mosque: { name: 'The mosque', at: [59.604, 36.295] },
  label: 'Version 2',
  say,
};

describe('the outline of an area', () => {
  it('draws ours, the neighbours, what is shared, the mosque, the scale and the north', () => {
    const svg = drawOutline(whole);
    for (const kind of ['ours', 'past', 'theirs', 'clash', 'mosque', 'scale', 'north', 'tag']) {
      expect(svg, kind).to.include(`class="${kind}"`);
    }
    for (const text of ['The mosque', 'Version 2', '>2 ha<', '200 m', '>N<']) {
      expect(svg, text).to.include(text);
    }
  });

  it('escapes names and carries no style of its own', () => {
    const svg = drawOutline(whole);
    expect(svg).to.include('Theirs &amp; &lt;co&gt;').and.include('aria-label="A &quot;map&quot;"');
    expect(svg).to.not.include('style=').and.not.include('NaN').and.not.include('Infinity');
  });

  it('leaves the names of others away on a small map', () => {
    const svg = drawOutline({ ...whole, size: 'small' });
    expect(svg).to.include('viewBox="0 0 300 190"').and.include('class="theirs"');
    expect(svg).to.not.include('Theirs').and.not.include('The mosque');
  });

  it('draws the mosque alone, the neighbours alone, or nothing', () => {
    const bare: Outline = { size: 'large', title: '', say };
    const alone = drawOutline({ ...bare, mosque: whole.mosque });
    expect(alone).to.include('class="mosque"').and.not.include('NaN').and.not.include('Infinity');
    expect(drawOutline({ ...bare, theirs: [their] })).to.include('class="theirs"');
    expect(drawOutline(bare)).to.match(/^<svg .*<rect [^>]*\/><\/svg>$/);
  });

  it('has a scale that is true', () => {
    const svg = drawOutline({ ...whole, clashes: [], past: null, mosque: null });
    const length = Number(/M0-6V0H([\d.]+)V-6/.exec(svg)?.[1]);
    const [x1, x2] = [...(/class="ours" d="M([^"]+)Z/.exec(svg)?.[1] ?? '').split('L')].map(
      (pair) => Number(pair.split(' ')[0]),
    );
    // A hundredth of a degree of longitude is 898.4 m at 36.295°.
    expect((200 / length) * (x2! - x1!)).to.be.closeTo(898.4, 2);
  });
});
