/** The pages of a centre's area: its versions, drawing a new one, approval, and the exports. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { sendCreated } from '../web/written.ts';
import { areaPartPages } from './area-part-pages.ts';
import { proposeBoundary } from './boundaries.ts';
import { placeOf } from './centre-map.ts';
import { chartOf } from './chart.ts';
import { checked, checkedPage } from './checked.ts';
import { comparisonPages } from './comparison-pages.ts';
import { coordinationPages } from './coordination-pages.ts';
import { cornersText } from './corners.ts';
import { decisionPages } from './decision-pages.ts';
import { sendGeoJson, sendKml, sendNeighbours } from './exports.ts';
import { landmarkPages } from './landmark-pages.ts';
import { around, neighboursIn } from './neighbours.ts';
import { keptValues, readProposal, startingCorners } from './proposal.ts';
import { boundaryRoot, sendVersion, versionNamed } from './shown-version.ts';
import { country } from './sound-area.ts';
import { overlapsShown } from './taken-back.ts';
import { told, toldOverlap } from './version-page.ts';
import { boundaryOn, findVersion, type Version, versionsOf } from './versions.ts';

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
  answer(res, {
    html: () => {
      const corners = startingCorners(res, wordAsked(req.query, 'from'));
      sendForm(req, res, { values: { corners } });
    },
  }),
);

boundaryPages.post('/boundary', allow('boundary.propose'), async (req, res) => {
  const { actor, centre, t, show } = res.locals;
  try {
    if ((req.body as { check?: unknown } | undefined)?.check === '1') {
      sendChecked(req, res);
      return;
    }
    const { area, note } = readProposal(req, res);
    const created = await enterOnce(req, res, (tx) => {
      const proposed = proposeBoundary(tx, actor!, centre, { area, note });
      const version = findVersion(tx, centre.id, proposed.version);
      const location = `${boundaryRoot(res)}/${proposed.version}`;
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

/** What an outline would share, and where; nothing is written. */
boundaryPages.post('/boundary/check', allow('boundary.propose'), (req, res) => {
  const { area } = readProposal(req, res);
  res.json(checked(res, area));
});

boundaryPages.get('/boundary/neighbours', allow('boundary.read'), (_req, res) => {
  const { province, actor, centre } = res.locals;
  const inForce = boundaryOn(province.db, centre.id, actor!.today);
  const box = around(inForce?.area, placeOf(centre)) ?? country;
  const neighbours = neighboursIn(province.db, centre.id, box, actor!.today);
  return answer(res, {
    json: () => sendNeighbours(res, neighbours),
    geojson: () => sendNeighbours(res, neighbours),
  });
});

boundaryPages.use(areaPartPages, landmarkPages);
boundaryPages.use(coordinationPages, decisionPages, comparisonPages);

boundaryPages.get('/boundary/:version', allow('boundary.read'), (req, res) => {
  const { province, actor, centre } = res.locals;
  const version = versionNamed(req, res);
  return answer(res, {
    html: () => sendVersion(req, res, version),
    json: () => {
      const overlaps = overlapsShown(province.db, centre, version, actor!.today);
      res.json({ ...told(res, version), overlaps: overlaps.map(toldOverlap) });
    },
    geojson: () => sendGeoJson(res, version),
    kml: () => sendKml(res, version),
  });
});

function sendChecked(req: Request, res: Response): void {
  const { area, note = '' } = readProposal(req, res);
  const values = { corners: cornersText(area), note, area: '' };
  sendForm(req, res, { values, checked: checkedPage(res, area) });
}

const isOpen = (version: Version, _at: number, all: Version[]) =>
  !version.approvedOn && !version.closed && version === all.find(({ closed }) => !closed);

function needed(version: Version | undefined): Version {
  if (!version) throw new NotFound();
  return version;
}

function sendForm(req: Request, res: Response, data: Record<string, unknown>): void {
  const { t, centre } = res.locals;
  const place = placeOf(centre);
  sendPage(req, res, 'boundary/new', {
    title: t('boundary:new.title'),
    key: randomUUID(),
    checked: null,
    mosque: place ? { at: `${place.lat},${place.lon}`, name: centre.hostName } : null,
    ...chartOf(res, { script: '/assets/map.js' }),
    ...data,
  });
}
