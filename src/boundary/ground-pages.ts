/** What lies under the maps: picture tiles, and the outlines around a place. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { findCentre } from '../centres/centres.ts';
import { NotFound } from '../refusal.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import type { Bounds } from './measure.ts';
import { outlinesNear } from './outlines.ts';
import { country } from './sound-area.ts';
import { tileNamed, tilesOf } from './tiles.ts';

export const groundPages = Router({ mergeParams: true });

/** A tile may be kept by the browser: its address changes with the file. */
groundPages.get('/tiles/:z/:x/:y', (req, res) => {
  const { site, province, format } = res.locals;
  const tiles = tilesOf(site.catalogue.folder, province.slug);
  if (!tiles || format !== 'html') throw new NotFound();
  const { z, x, y } = req.params as Record<'z' | 'x' | 'y', string>;
  const tile = tiles.tile(tileNamed({ z, x, y }));
  res.set('Cache-Control', 'private, max-age=604800');
  if (tile) res.type(tiles.type).send(tile);
  else res.status(204).end();
});

groundPages.get('/outlines/near', (req, res) => {
  const { province } = res.locals;
  const send = () => {
    const features = outlinesNear(province.db, boxAsked(req), centreAsked(req, res)).map(
      ({ geometry, ...properties }) => ({
        ...{ type: 'Feature', geometry, properties },
      }),
    );
    res.type('application/geo+json').send(JSON.stringify({ type: 'FeatureCollection', features }));
  };
  return answer(res, { json: send, geojson: send });
});

/** `centre=code` adds what that centre recorded for its own maps, for whoever may see them. */
function centreAsked(req: Request, { locals: { province, actor } }: Response): number | null {
  const code = wordAsked(req.query, 'centre');
  if (!code) return null;
  const centre = findCentre(province.db, code);
  return may(actor!, 'boundary.read', centre) ? centre.id : null;
}

/** `box=west,south,east,north` in degrees; without it the whole country. */
function boxAsked(req: Request): Bounds {
  const numbers = String(req.query.box ?? '')
    .split(',')
    .map(Number);
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) return country;
  const [west, south, east, north] = numbers as [number, number, number, number];
  return { west, south, east, north };
}
