/** Which centre serves this point: coordinates pasted or a place pressed on the map. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import { requirePower } from '../access/powers.ts';
import { Refusal } from '../refusal.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot } from '../web/written.ts';
import { adjoining, centresAt, knownTo, type Place } from './centre-at.ts';
import { sizeInWords } from './centre-map.ts';
import { chartOf } from './chart.ts';
import { readCorner } from './corners.ts';
import type { Neighbour } from './neighbours.ts';

export const pointPages = Router({ mergeParams: true });

/** Officers by their office; a trustee wherever he has a seat. */
function allowPoint(_req: Request, res: Response, next: NextFunction): void {
  const actor = res.locals.actor!;
  if (actor.office || actor.seats.length === 0) requirePower(actor, 'centres.read');
  next();
}

pointPages.get('/centres/at', allowPoint, (req, res) => {
  const place = placeAsked(req);
  return answer(res, {
    html: () => sendPoint(req, res),
    json: () => {
      if (!place || 'fault' in place) throw refused(place);
      const { serving, around } = foundAt(res, place);
      res.json({ ...place, centres: serving.map(told), neighbours: around.map(told) });
    },
  });
});

/** Typed as two numbers, or pasted as one text; in either order, for Iran tells them apart. */
function placeAsked(req: Request): Place | { fault: string } | undefined {
  const [lat, lon] = [wordAsked(req.query, 'lat'), wordAsked(req.query, 'lon')];
  const text = wordAsked(req.query, 'at') ?? (lat || lon ? `${lat ?? ''} ${lon ?? ''}` : undefined);
  if (text === undefined) return undefined;
  const read = readCorner(text);
  return 'fault' in read ? read : { lat: read.value[1], lon: read.value[0] };
}

const refused = (place: { fault: string } | undefined) =>
  new Refusal(place?.fault ?? 'boundary:faults.no-place', { status: 422, field: 'at' });

function foundAt({ locals }: Response, place: Place) {
  const { actor, province } = locals;
  const { today } = actor!;
  const serving = knownTo(province.db, actor!, centresAt(province.db, place, today));
  const [first] = serving;
  const around = first ? knownTo(province.db, actor!, adjoining(province.db, first, today)) : [];
  return { serving, around };
}

const told = ({ code, name, kind, version, squareMetres }: Neighbour) => ({
  ...{ centre: code, name, kind, version, squareMetres },
});

function sendPoint(req: Request, res: Response): void {
  const { t, province } = res.locals;
  const place = placeAsked(req);
  const fault = place && 'fault' in place ? t(place.fault) : undefined;
  const found = place && !('fault' in place) ? { place, ...foundAt(res, place) } : null;
  const row = (one: Neighbour) => ({
    ...{ name: one.name, kind: t(`centres:kinds.${one.kind}`) },
    ...{ href: `${provinceRoot(res)}/centres/${one.code}`, mine: knows(res, one) },
    size: sizeInWords(one.squareMetres, res.locals),
  });
  if (fault) res.status(422);
  sendPage(req, res, 'boundary/point', {
    title: t('boundary:point.title'),
    values: {
      at: wordAsked(req.query, 'at') ?? (found ? `${found.place.lat}, ${found.place.lon}` : ''),
    },
    faults: fault ? { at: fault } : {},
    place: found && `${found.place.lat},${found.place.lon}`,
    ...{ serving: found?.serving.map(row) ?? [], around: found?.around.map(row) ?? [] },
    asked: Boolean(found),
    ...chartOf(res, { areas: `/${province.slug}/centres.geojson`, script: '/assets/map-point.js' }),
  });
}

/** A trustee may open his own centre's page only; of the others he knows the name. */
const knows = ({ locals: { actor } }: Response, { centreId }: Neighbour) =>
  actor!.office !== undefined && actor!.office !== null
    ? true
    : actor!.seats.some((seat) => seat.centreId === centreId);
