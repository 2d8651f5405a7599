import { readFileSync } from 'node:fs';
import { expect } from 'chai';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const copies = {
  'leaflet/leaflet.js': 'leaflet/dist/leaflet.js',
  'leaflet/leaflet.css': 'leaflet/dist/leaflet.css',
  'leaflet/LICENSE': 'leaflet/LICENSE',
  'leaflet-geoman/leaflet-geoman.min.js':
    '@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.min.js',
  'leaflet-geoman/leaflet-geoman.css': '@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css',
  'leaflet-geoman/LICENSE': '@geoman-io/leaflet-geoman-free/LICENSE',
};

describe('the scripts of the map', () => {
  it('are those of the packages named in package.json', () => {
    for (const [copy, original] of Object.entries(copies)) {
      const same = text(`views/assets/vendor/${copy}`) === text(`node_modules/${original}`);
      expect(same, copy).to.equal(true);
    }
  });

  it('find every word they say in both languages', () => {
    const scripts = ['map', 'map-corners', 'map-check', 'map-place'];
    const script = scripts.map((name) => text(`views/assets/${name}.js`)).join('');
    const named = [...script.matchAll(/(?:words\[|words\.|say\()'?([a-z-]+)/g)].map((at) => at[1]!);
    expect(named).to.include('hectares').and.include('many-corners');
    for (const language of ['fa', 'en']) {
      const words = JSON.parse(text(`locales/${language}/boundary.json`)).map;
      for (const name of named.filter((word) => word !== 'key' && word !== 'label')) {
        expect(words, `${language} ${name}`).to.have.property(name);
      }
    }
  });
});
