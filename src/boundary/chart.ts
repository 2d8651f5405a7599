/** What a map in the browser needs: its words, what lies under it, and where it gets the rest. */
import type { Response } from 'express';
import { tilesOf } from './tiles.ts';

type Chart = { areas?: string; script: string };

export function chartOf({ locals }: Response, { areas, script }: Chart) {
  const { t, site, province, centre } = locals;
  const tiles = tilesOf(site.catalogue.folder, province.slug);
  const root = `/${province.slug}`;
  const own = centre ? `?centre=${centre.code}` : '';
  return {
    words: t('boundary:map', { returnObjects: true }),
    chart: {
      ...{ areas: areas ?? null, under: `${root}/outlines/near.geojson${own}` },
      tiles: tiles
        ? {
            ...{
              address: `${root}/tiles/{z}/{x}/{y}?${tiles.mark}`,
              attribution: tiles.attribution,
            },
            ...{ minZoom: tiles.minZoom, maxZoom: tiles.maxZoom },
          }
        : null,
    },
    styles: ['leaflet/leaflet.css', 'leaflet-geoman/leaflet-geoman.css']
      .map((sheet) => `/assets/vendor/${sheet}`)
      .concat('/assets/map.css'),
    scripts: [script],
  };
}
