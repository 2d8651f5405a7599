import { expect } from 'chai';
import { type Area, ringsArea } from '../../src/boundary/area.ts';
import { toFeature, toFeatureCollection } from '../../src/boundary/geojson.ts';
import { toKml } from '../../src/boundary/kml.ts';
import { readArea } from '../../src/boundary/sound-area.ts';

const area: Area = ringsArea([
  [
    [59.6, 36.29],
    [59.61, 36.29],
    [59.61, 36.3],
    [59.6, 36.29],
  ],
]);

describe('an area for other programs', () => {
  it('is a GeoJSON feature that reads back as itself', () => {
    const feature = toFeature(area, { name: 'One', version: 2 });
    expect(feature.bbox).to.deep.equal([59.6, 36.29, 59.61, 36.3]);
    expect(readArea(JSON.stringify(feature))).to.deep.equal({ value: area });
    const collection = toFeatureCollection([{ area, properties: {} }]);
    expect(readArea(collection)).to.deep.equal({ value: area });
  });

  it('is KML, escaped, longitude before latitude', () => {
    const kml = toKml([{ name: 'A & <b>\u0001', description: '"x"', area }], 'All');
    expect(kml).to.match(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<kml /);
    expect(kml).to.include('<name>A &amp; &lt;b&gt;</name>').and.include('&quot;x&quot;');
    expect(kml).to.include('59.6,36.29 59.61,36.29 59.61,36.3 59.6,36.29');
  });
});
