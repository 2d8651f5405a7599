/** The named parts of a centre's area: listed and drawn, recorded on the map, ended with a reason. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readName, readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  type AreaPart,
  allPartsOfCentre,
  endPart,
  findPart,
  partsOfCentre,
  recordPart,
  strayOf,
} from './area-parts.ts';
import { placeOf, pointOf, sayOnMap, sizeInWords } from './centre-map.ts';
import { chartOf } from './chart.ts';
import { toFeatureCollection } from './geojson.ts';
import { around, neighboursIn } from './neighbours.ts';
import { drawOutline } from './outline.ts';
import { outlinesNear } from './outlines.ts';
import { drawnArea, drawnFields, keptValues } from './proposal.ts';
import { boundaryOn } from './versions.ts';

export const areaPartPages = Router({ mergeParams: true });

const ROOT = '/boundary/parts';
const partForm = z.object({
  name: typed((text) => readName(text, { max: 60 })),
  ...drawnFields,
});
const endingForm = z.object({ reason: typed(readReason) });
describeBody('POST /{province}/centres/{code}/boundary/parts', partForm);
describeBody('POST /{province}/centres/{code}/boundary/parts/{part}/ending', endingForm);

areaPartPages.get(ROOT, allow('boundary.read'), (req, res) => {
  const { province, centre, t } = res.locals;
  const all = allPartsOfCentre(province.db, centre.id);
  const from = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  return answer(res, {
    html: () => sendParts(req, res),
    ...listForms(req, res, {
      ...{ name: `parts-${centre.code}`, title: t('boundary:parts.title') },
      columns: columnsOf(res),
      page: () => ({ rows: all.slice(from, from + ROWS_PER_PAGE).map(row), total: all.length }),
      all: (db) => allPartsOfCentre(db, centre.id).map(row),
    }),
    geojson: () => sendGround(res),
  });
});

areaPartPages.get(`${ROOT}/new`, allow('area-parts.record'), (req, res) =>
  answer(res, { html: () => sendForm(req, res) }),
);

areaPartPages.post(ROOT, allow('area-parts.record'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const { name, ...drawn } = readBody(req, partForm);
    const area = drawnArea(drawn, res, '');
    const created = await enterOnce(req, res, (tx) => {
      const part = recordPart(tx, actor!, centre, { name, area });
      return { location: `${centreRoot(res)}${ROOT}/${part.id}`, body: part };
    });
    sendCreated(req, res, created, t('boundary:parts.flash.recorded', { name }));
  } catch (fault) {
    const { name } = (req.body ?? {}) as { name?: unknown };
    const values = { ...keptValues(req.body), name: typeof name === 'string' ? name : '' };
    sendRefusedForm(fault, req, res, (refused) => sendForm(req, res, { ...refused, values }));
  }
});

areaPartPages.get(`${ROOT}/:part`, allow('boundary.read'), (req, res) => {
  const part = partNamed(req, res);
  return answer(res, { html: () => sendPart(req, res, part), json: () => res.json(part) });
});

areaPartPages.post(`${ROOT}/:part/ending`, allow('area-parts.record'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const part = partNamed(req, res);
  try {
    const { reason } = readBody(req, endingForm);
    const ended = await enter(province, (tx) => endPart(tx, actor!, centre, part.id, { reason }));
    const to = `${centreRoot(res)}${ROOT}/${part.id}`;
    sendChanged(req, res, { to, body: ended }, t('boundary:parts.flash.ended'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendPart(req, res, part, { ...refused, values: req.body as object }),
    );
  }
});

function partNamed(req: Request, res: Response): AreaPart {
  const named = String(req.params.part);
  if (!/^[1-9]\d{0,8}$/.test(named)) throw new NotFound();
  return findPart(res.locals.province.db, res.locals.centre.id, Number(named));
}

const row = ({ id, name, squareMetres, volunteers, units, recordedOn, ended }: AreaPart) => ({
  ...{ id, name, squareMetres, volunteers, units, recordedOn },
  ...{ endedOn: ended?.on ?? null, reason: ended?.reason ?? null },
});

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`boundary:parts.columns.${key}`);
  return [
    { key: 'name', title: title('name'), kind: 'text', width: 3 },
    { key: 'squareMetres', title: title('square-metres'), kind: 'count', width: 2 },
    { key: 'volunteers', title: title('volunteers'), kind: 'count', width: 1 },
    { key: 'units', title: title('units'), kind: 'count', width: 1 },
    { key: 'recordedOn', title: title('recorded-on'), kind: 'day', width: 2 },
    { key: 'endedOn', title: title('ended-on'), kind: 'day', width: 2 },
    { key: 'reason', title: title('reason'), kind: 'text', width: 3 },
  ];
}

const inForceToday = ({ locals: { province, centre, actor } }: Response) =>
  boundaryOn(province.db, centre.id, actor!.today);

/** The area in force and its parts, for the map that another part is drawn on. */
function sendGround(res: Response): void {
  const { province, centre } = res.locals;
  const inForce = inForceToday(res);
  const own = inForce ? [{ area: inForce.area, properties: { what: 'area', name: '' } }] : [];
  const parts = partsOfCentre(province.db, centre.id).map(({ area, id, name }) => ({
    ...{ area, properties: { what: 'part', id, name } },
  }));
  const content = JSON.stringify(toFeatureCollection([...own, ...parts]));
  res.type('application/geo+json').send(content);
}

/** The area with its parts, and where it helps what lies under them. */
function drawParts(res: Response, parts: AreaPart[]): string | null {
  const { province, centre, actor, t } = res.locals;
  const inForce = inForceToday(res);
  const box = around(inForce?.area, placeOf(centre));
  if (!inForce || !box) return null;
  const at = pointOf(centre);
  return drawOutline({
    ...{ size: 'large', title: t('boundary:parts.map', { name: centre.name }) },
    ours: { name: '', area: inForce.area },
    // The names of the parts are what is looked for here.
    under: outlinesNear(province.db, box, centre.id).map((one) => ({ ...one, name: null })),
    theirs: neighboursIn(province.db, centre.id, box, actor!.today).map(({ area }) => ({
      ...{ name: '', area },
    })),
    parts: parts.map(({ name, area }) => ({ name, area })),
    mosque: at && { name: centre.hostName, at },
    say: sayOnMap(res.locals),
  });
}

function sendParts(req: Request, res: Response): void {
  const { province, centre, actor, t } = res.locals;
  const all = allPartsOfCentre(province.db, centre.id);
  const from = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const inForce = inForceToday(res);
  const shown = all.slice(from, from + ROWS_PER_PAGE).map((part) => ({
    ...part,
    size: sizeInWords(part.squareMetres, res.locals),
    strays: !part.ended && (!inForce || strayOf(part, inForce.area) > 0),
  }));
  sendPage(req, res, 'boundary/parts', {
    ...{ title: t('boundary:parts.title'), root: `${centreRoot(res)}${ROOT}`, rows: shown },
    ...{ total: all.length, at: pageAsked(req) },
    of: Math.max(1, Math.ceil(all.length / ROWS_PER_PAGE)),
    map: drawParts(
      res,
      all.filter(({ ended }) => !ended),
    ),
    hasArea: Boolean(inForce),
    mayRecord: may(actor!, 'area-parts.record', centre),
    styles: ['/assets/map.css'],
  });
}

function sendForm(req: Request, res: Response, form: object = {}): void {
  const { t, centre } = res.locals;
  const place = placeOf(centre);
  sendPage(req, res, 'boundary/part-new', {
    ...{ title: t('boundary:parts.new'), root: `${centreRoot(res)}${ROOT}`, key: randomUUID() },
    mosque: place ? { at: `${place.lat},${place.lon}`, name: centre.hostName } : null,
    ...chartOf(res, { script: '/assets/map.js' }),
    ...form,
  });
}

function sendPart(req: Request, res: Response, part: AreaPart, form: object = {}): void {
  const { actor, centre } = res.locals;
  sendPage(req, res, 'boundary/part', {
    ...{ title: part.name, root: `${centreRoot(res)}${ROOT}`, part },
    ...{ network: `${centreRoot(res)}/network`, size: sizeInWords(part.squareMetres, res.locals) },
    map: drawParts(res, [part]),
    mayEnd: !part.ended && may(actor!, 'area-parts.record', centre),
    styles: ['/assets/map.css'],
    ...{ faults: {}, refusal: null, ...form },
  });
}
