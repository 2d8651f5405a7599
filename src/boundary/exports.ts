/** Areas for other programs: GeoJSON and KML. */
import type { Response } from 'express';
import { may } from '../access/powers.ts';
import { toFeature, toFeatureCollection } from './geojson.ts';
import { toKml } from './kml.ts';
import { areasInForce, type Neighbour } from './neighbours.ts';
import type { Version } from './versions.ts';

export function sendGeoJson(res: Response, version: Version): void {
  const { code, name, kind } = res.locals.centre;
  const { version: number, approvedOn, fromOn, proposedOn, squareMetres } = version;
  const properties = { centre: code, name, kind, version: number };
  const days = { proposedOn, approvedOn, fromOn, squareMetres };
  send(res, toFeature(version.area, { ...properties, ...days }));
}

export function sendKml(res: Response, version: Version): void {
  const { centre, t, show } = res.locals;
  const description = t('boundary:version', { version: show.number(version.version) });
  res.type('application/vnd.google-earth.kml+xml');
  res.attachment(`${centre.code}-boundary-${version.version}.kml`);
  res.send(toKml([{ name: centre.name, description, area: version.area }], centre.name));
}

/** The outlines and names of those around, for the map that a new version is drawn on. */
export const sendNeighbours = (res: Response, neighbours: Neighbour[]): void =>
  send(res, toFeatureCollection(neighbours.map(featureOf)));

/** `centres.geojson`: every area in force of the centres that the reader may know of. */
export function sendCentres(res: Response): void {
  const { province, actor } = res.locals;
  const known = areasInForce(province.db, actor!.today).filter(
    ({ centreId, countyId }) => actor && may(actor, 'centres.read', { id: centreId, countyId }),
  );
  send(res, toFeatureCollection(known.map(featureOf)));
}

const featureOf = ({
  area,
  code,
  name,
  kind,
  version,
  approvedOn,
  fromOn,
  squareMetres,
}: Neighbour) => ({
  area,
  properties: { centre: code, name, kind, version, approvedOn, fromOn, squareMetres },
});

function send(res: Response, content: object): void {
  res.type('application/geo+json').send(JSON.stringify(content));
}
