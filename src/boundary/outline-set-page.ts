/** One set of outlines: drawn and listed, so that it is seen before it lies under every map. */
import { type Request, type Response, Router } from 'express';
import { NotFound } from '../refusal.ts';
import { answer } from '../web/formats.ts';
import { pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { sayOnMap } from './centre-map.ts';
import { mostOutlinesOfSet } from './outline-reading.ts';
import { findOutlineSet, mayLay, type OutlineSet, outlinesOfSet } from './outline-sets.ts';
import { drawOutlines } from './outlines-drawn.ts';

export const outlineSetPages = Router({ mergeParams: true });

outlineSetPages.get('/outlines/:set', allow('outlines.read'), (req, res) => {
  const set = setNamed(req, res);
  const { db } = res.locals.province;
  return answer(res, {
    html: () => sendSet(req, res, set, {}),
    json: () => res.json({ ...toldSet(set), rows: namesOf(req, res, set) }),
    geojson: () => {
      const features = outlinesOfSet(db, set.id, mostOutlinesOfSet).map(({ geometry, name }) => ({
        ...{ type: 'Feature', geometry, properties: { name, attribution: set.attribution } },
      }));
      res
        .type('application/geo+json')
        .send(JSON.stringify({ type: 'FeatureCollection', features }));
    },
  });
});

/** A set as a program is told of it. */
export const toldSet = ({ countyId: _, ...set }: OutlineSet) => set;

/** The set that the address names. */
export function setNamed(req: Request, res: Response): OutlineSet {
  const named = String(req.params.set);
  if (!/^[1-9]\d{0,8}$/.test(named)) throw new NotFound();
  return findOutlineSet(res.locals.province.db, res.locals.actor!, Number(named));
}

const namesOf = (req: Request, { locals }: Response, { id }: OutlineSet) =>
  outlinesOfSet(locals.province.db, id, ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE).map(
    ({ id: outline, name, geometry }) => ({ id: outline, name, shape: geometry.type }),
  );

export function sendSet(req: Request, res: Response, set: OutlineSet, form: object): void {
  const { province, actor, t } = res.locals;
  const drawn = outlinesOfSet(province.db, set.id, mostOutlinesOfSet);
  sendPage(req, res, 'boundary/outline-set', {
    ...{ title: set.name, set, rows: namesOf(req, res, set), at: pageAsked(req) },
    of: Math.max(1, Math.ceil(drawn.length / ROWS_PER_PAGE)),
    map: drawOutlines(drawn, t('boundary:outlines.map', { name: set.name }), sayOnMap(res.locals)),
    total: drawn.length,
    mayEdit: mayLay(actor!, set.kind, set.countyId),
    styles: ['/assets/map.css'],
    ...form,
  });
}
