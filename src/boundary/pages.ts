/** The pages of a centre's area: its versions, drawing a new one, approval, and the exports. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  approveBoundary,
  boundaryOn,
  coordinateOverlap,
  findVersion,
  proposeBoundary,
  type Version,
  versionsOf,
} from './boundaries.ts';
import { placeOf } from './centre-map.ts';
import { sendGeoJson, sendKml, sendNeighbours } from './exports.ts';
import { around, neighboursIn, overlapsOf } from './neighbours.ts';
import { keptValues, readProposal, startingCorners } from './proposal.ts';
import { country } from './sound-area.ts';
import { told, toldOverlap, versionPage } from './version-page.ts';

export const boundaryPages = Router({ mergeParams: true });

boundaryPages.get('/boundary', allow('boundary.read'), (req, res) => {
  const { province, actor, centre } = res.locals;
  const versions = versionsOf(province.db, centre.id);
  const inForce = boundaryOn(province.db, centre.id, actor!.today);
  return answer(res, {
    html: () => sendVersion(req, res, versions.find(isOpen) ?? inForce),
    json: () =>
      res.json({
        inForce: inForce ? told(res, inForce) : null,
        versions: versions.map((version) => told(res, version, versions)),
      }),
    geojson: () => sendGeoJson(res, needed(inForce)),
    kml: () => sendKml(res, needed(inForce)),
  });
});

boundaryPages.get('/boundary/new', allow('boundary.propose'), (req, res) =>
  answer(res, { html: () => sendForm(req, res, { values: { corners: startingCorners(res) } }) }),
);

boundaryPages.post('/boundary', allow('boundary.propose'), async (req, res) => {
  const { actor, centre, t, show } = res.locals;
  try {
    const { area, note } = readProposal(req, res);
    const created = await enterOnce(req, res, (tx) => {
      const proposed = proposeBoundary(tx, actor!, centre, { area, note });
      const version = findVersion(tx, centre.id, proposed.version);
      const location = `${addressOf(res)}/${proposed.version}`;
      const overlaps = proposed.overlaps.map(toldOverlap);
      return { location, body: { id: proposed.id, ...told(res, version), overlaps } };
    });
    const version = show.digits(created.location.split('/').at(-1)!);
    sendCreated(req, res, created, t('boundary:flash.proposed', { version }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: keptValues(req.body) }),
    );
  }
});

boundaryPages.get('/boundary/neighbours', allow('boundary.read'), (_req, res) => {
  const { province, actor, centre } = res.locals;
  const inForce = boundaryOn(province.db, centre.id, actor!.today);
  const box = around(inForce?.area, placeOf(centre)) ?? country;
  const neighbours = neighboursIn(province.db, centre.id, box);
  return answer(res, {
    json: () => sendNeighbours(res, neighbours),
    geojson: () => sendNeighbours(res, neighbours),
  });
});

boundaryPages.get('/boundary/:version', allow('boundary.read'), (req, res) => {
  const { province, centre } = res.locals;
  const version = versionNamed(req, res);
  return answer(res, {
    html: () => sendVersion(req, res, version),
    json: () => {
      const overlaps = version.approvedOn ? [] : overlapsOf(province.db, centre, version);
      res.json({ ...told(res, version), overlaps: overlaps.map(toldOverlap) });
    },
    geojson: () => sendGeoJson(res, version),
    kml: () => sendKml(res, version),
  });
});

boundaryPages.post('/boundary/:version/coordinations', allow('boundary.approve'), (req, res) =>
  change(req, res, 'coordinated', (version) => {
    const { province, actor, centre } = res.locals;
    const { centre: code, number, decidedOn } = readBody(req, coordination(actor!.today));
    return enter(province, (tx) =>
      toldOverlap(coordinateOverlap(tx, actor!, centre, version, { code, number, decidedOn })),
    );
  }),
);

boundaryPages.post('/boundary/:version/approval', allow('boundary.approve'), (req, res) =>
  change(req, res, 'approved', (version) => {
    const { province, actor, centre } = res.locals;
    const { approvedOn } = readBody(req, approval(actor!.today));
    return enter(province, (tx) =>
      told(res, approveBoundary(tx, actor!, centre, version.id, { approvedOn })),
    );
  }),
);

const coordination = (today: string) =>
  z.object({
    centre: z.string(),
    number: typed((text) => readName(text, { max: 60 })),
    decidedOn: typed((text) => readDay(text, { today })),
  });

const approval = (today: string) =>
  z.object({ approvedOn: typedOrNone((text) => readDay(text, { today })) });

describeBody('POST /{province}/centres/{code}/boundary/{version}/coordinations', coordination(''));
describeBody('POST /{province}/centres/{code}/boundary/{version}/approval', approval(''));

const isOpen = (version: Version, _at: number, all: Version[]) =>
  !version.approvedOn && version === all[0];

function needed(version: Version | undefined): Version {
  if (!version) throw new NotFound();
  return version;
}

const addressOf = (res: Response) => `${centreRoot(res)}/boundary`;

function versionNamed(req: Request, res: Response): Version {
  const named = String(req.params.version);
  if (!/^[1-9]\d{0,5}$/.test(named)) throw new NotFound();
  return findVersion(res.locals.province.db, res.locals.centre.id, Number(named));
}

function sendForm(req: Request, res: Response, data: Record<string, unknown>): void {
  const { t, centre } = res.locals;
  const place = placeOf(centre);
  sendPage(req, res, 'boundary/new', {
    title: t('boundary:new.title'),
    key: randomUUID(),
    mosque: place ? { at: `${place.lat},${place.lon}`, name: centre.hostName } : null,
    words: t('boundary:map', { returnObjects: true }),
    styles: ['leaflet/leaflet.css', 'leaflet-geoman/leaflet-geoman.css']
      .map((sheet) => `/assets/vendor/${sheet}`)
      .concat('/assets/map.css'),
    scripts: ['/assets/map.js'],
    ...data,
  });
}

function sendVersion(
  req: Request,
  res: Response,
  shown: Version | undefined,
  refused: Record<string, unknown> = {},
): void {
  const { actor, centre, province } = res.locals;
  sendPage(req, res, 'boundary/show', {
    ...versionPage(res, versionsOf(province.db, centre.id), shown),
    styles: ['/assets/map.css'],
    mayPropose: may(actor!, 'boundary.propose', centre),
    mayApprove: may(actor!, 'boundary.approve', centre),
    ...refused,
  });
}

/** An act upon a version: a program gets what it became, a person the page again. */
async function change(
  req: Request,
  res: Response,
  said: string,
  act: (version: Version) => Promise<object>,
): Promise<void> {
  const { t, show } = res.locals;
  const version = versionNamed(req, res);
  try {
    const body = await act(version);
    const sentence = t(`boundary:flash.${said}`, { version: show.number(version.version) });
    sendChanged(req, res, { to: `${addressOf(res)}/${version.version}`, body }, sentence);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendVersion(req, res, version, { values: req.body, ...refused }),
    );
  }
}
