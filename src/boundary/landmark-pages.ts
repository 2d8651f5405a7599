/** Streets and landmarks recorded by hand: of one centre, and of the committee for a county. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { countiesOf, countyOrNone } from '../centres/counties.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, provinceRoot, sendChanged, sendCreated } from '../web/written.ts';
import { placeOf } from './centre-map.ts';
import { chartOf } from './chart.ts';
import { endingForm, readLandmark } from './landmark-form.ts';
import { LANDMARK_KINDS } from './landmark-kinds.ts';
import { mapOfLandmarks } from './landmark-map.ts';
import {
  countLandmarks,
  endLandmark,
  findLandmark,
  type Landmark,
  type LandmarkPlace,
  landmarksOf,
  mayRecord,
  recordLandmark,
} from './landmarks.ts';

export const landmarkPages = Router({ mergeParams: true });
export const countyLandmarkPages = Router({ mergeParams: true });

pagesAt(landmarkPages, '/boundary/landmarks', 'boundary.read');
pagesAt(countyLandmarkPages, '/landmarks', 'outlines.read');

function pagesAt(router: Router, root: string, read: 'boundary.read' | 'outlines.read'): void {
  router.get(root, allow(read), listAnswer);
  router.get(`${root}/new`, allow('landmarks.record'), (req, res) =>
    answer(res, { html: () => sendForm(req, res) }),
  );
  router.post(root, allow('landmarks.record'), record);
  router.get(`${root}/:id`, allow(read), (req, res) => {
    const landmark = landmarkNamed(req, res);
    return answer(res, {
      html: () => sendOne(req, res, landmark),
      json: () => res.json(told(landmark)),
    });
  });
  router.post(`${root}/:id/ending`, allow('landmarks.record'), end);
}

/** Whose landmarks the address is of: the centre's, or those that this office may see. */
const placeNamed = ({ locals: { centre, actor } }: Response): LandmarkPlace =>
  centre ? { centre } : { countyId: actor!.office?.countyId ?? null };

const rootOf = (res: Response) =>
  res.locals.centre ? `${centreRoot(res)}/boundary/landmarks` : `${provinceRoot(res)}/landmarks`;

function landmarkNamed(req: Request, res: Response): Landmark {
  const named = String(req.params.id);
  if (!/^[1-9]\d{0,8}$/.test(named)) throw new NotFound();
  return findLandmark(res.locals.province.db, placeNamed(res), Number(named));
}

function listAnswer(req: Request, res: Response) {
  const { province, centre, t, format } = res.locals;
  const of = placeNamed(res);
  const kind = LANDMARK_KINDS.find((one) => one === wordAsked(req.query, 'kind'));
  const total = countLandmarks(province.db, of, kind);
  const from = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = landmarksOf(province.db, of, { kind, limit: ROWS_PER_PAGE, from });
  const inWords = format !== 'csv' && format !== 'json';
  const row = (one: Landmark) => ({
    ...{ name: one.name, kind: inWords ? t(`boundary:landmarks.kinds.${one.kind}`) : one.kind },
    ...{ county: one.county, shape: one.geometry.type, recordedOn: one.recordedOn },
    ...{ recordedBy: one.recordedBy, endedOn: one.ended?.on ?? null },
    ...{ reason: one.ended?.reason ?? null, id: one.id },
  });
  const title = t('boundary:landmarks.title');
  return answer(res, {
    html: () => sendList(req, res, { shown, total, kind }),
    ...listForms(req, res, {
      ...{ name: `landmarks-${centre?.code ?? province.slug}`, title, columns: columnsOf(res) },
      page: () => ({ rows: shown.map(row), total }),
      all: (db) =>
        everyRow((limit, start) => landmarksOf(db, of, { kind, limit, from: start }).map(row)),
    }),
    geojson: () => sendGeoJson(res, landmarksOf(province.db, of, { kind, limit: 5000, from: 0 })),
  });
}

/** What has ended is drawn on no map, and in no file of shapes either. */
function sendGeoJson(res: Response, landmarks: Landmark[]): void {
  const features = landmarks
    .filter(({ ended }) => !ended)
    .map(({ geometry, id, kind, name }) => ({
      ...{ type: 'Feature', geometry, properties: { id, kind, name } },
    }));
  res.type('application/geo+json').send(JSON.stringify({ type: 'FeatureCollection', features }));
}

async function record(req: Request, res: Response): Promise<void> {
  const { actor, t } = res.locals;
  try {
    const { county, ...landmark } = readLandmark(req, res);
    const of = res.locals.centre ? placeNamed(res) : { countyId: countyTyped(res, county) };
    const created = await enterOnce(req, res, (tx) => {
      const made = recordLandmark(tx, actor!, of, landmark);
      return { location: `${rootOf(res)}/${made.id}`, body: told(made) };
    });
    sendCreated(req, res, created, t('boundary:landmarks.flash.recorded', { name: landmark.name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
}

async function end(req: Request, res: Response): Promise<void> {
  const { actor, province, t } = res.locals;
  const landmark = landmarkNamed(req, res);
  try {
    const { reason } = readBody(req, endingForm);
    const ended = await enter(province, (tx) =>
      endLandmark(tx, actor!, placeNamed(res), landmark.id, { reason }),
    );
    const to = `${rootOf(res)}/${landmark.id}`;
    sendChanged(req, res, { to, body: told(ended) }, t('boundary:landmarks.flash.ended'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendOne(req, res, landmark, { ...refused, values: req.body as object }),
    );
  }
}

/** The county that the landmark is of; none is the whole province, which only the deputy records. */
function countyTyped({ locals }: Response, typed: string | undefined): number | null {
  if (!typed?.trim()) return null;
  const county = countyOrNone(locals.province.db, typed);
  if (county) return county.id;
  throw new Refusal('centres:refusals.no-such-county', { status: 422, field: 'county' });
}

const told = ({ centreId: _, countyId: __, ...landmark }: Landmark) => landmark;

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`boundary:landmarks.columns.${key}`);
  return [
    { key: 'name', title: title('name'), kind: 'text', width: 3 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'county', title: title('county'), kind: 'text', width: 2 },
    { key: 'recordedOn', title: title('recorded-on'), kind: 'day', width: 2 },
    { key: 'recordedBy', title: title('recorded-by'), kind: 'text', width: 2 },
    { key: 'endedOn', title: title('ended-on'), kind: 'day', width: 2 },
    { key: 'reason', title: title('reason'), kind: 'text', width: 3 },
  ];
}

function sendList(
  req: Request,
  res: Response,
  { shown, total, kind }: { shown: Landmark[]; total: number; kind?: string },
): void {
  const { actor, t } = res.locals;
  sendPage(req, res, 'boundary/landmarks', {
    ...{ title: t('boundary:landmarks.title'), root: rootOf(res), rows: shown, total },
    ...{ at: pageAsked(req), of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)) },
    ...{ kinds: LANDMARK_KINDS, isFiltered: Boolean(kind), ofCentre: Boolean(res.locals.centre) },
    map: mapOfLandmarks(res, shown),
    mayRecord: mayRecord(actor!, placeNamed(res)),
    styles: ['/assets/map.css'],
  });
}

function sendForm(req: Request, res: Response, form: object = {}): void {
  const { t, centre, province, actor } = res.locals;
  const place = centre && placeOf(centre);
  sendPage(req, res, 'boundary/landmark-new', {
    ...{ title: t('boundary:landmarks.new'), root: rootOf(res), key: randomUUID() },
    ...{ kinds: LANDMARK_KINDS, ofCentre: Boolean(centre) },
    counties: centre ? [] : countiesOf(province.db, actor!),
    ofProvince: actor!.office?.countyId === null,
    start: place ? `${place.lat},${place.lon}` : '',
    areas: centre
      ? `${centreRoot(res)}/boundary/parts.geojson`
      : `${provinceRoot(res)}/centres.geojson`,
    ...chartOf(res, { script: '/assets/map-place.js' }),
    ...form,
  });
}

function sendOne(req: Request, res: Response, landmark: Landmark, form: object = {}): void {
  const { actor } = res.locals;
  const place = res.locals.centre ? placeNamed(res) : { countyId: landmark.countyId };
  sendPage(req, res, 'boundary/landmark', {
    ...{ title: landmark.name, root: rootOf(res), landmark },
    map: mapOfLandmarks(res, [{ ...landmark, ended: null }]),
    mayEnd: !landmark.ended && mayRecord(actor!, place),
    styles: ['/assets/map.css'],
    ...{ faults: {}, refusal: null, ...form },
  });
}
