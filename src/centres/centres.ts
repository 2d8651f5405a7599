/** Centres: their identity, and finding one as somebody who may know of it. */
import { prepared } from '../provinces/connection.ts';
import type { Db } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';

export type Centre = {
  id: number;
  code: string;
  name: string;
  kind: 'neighbourhood' | 'guild' | 'specialised';
  speciality: string | null;
  countyId: number;
  countyName: string;
  host: string;
  hostName: string;
  imamName: string | null;
  imamPhone: string | null;
  place: string;
  address: string;
  postalCode: string | null;
  phone: string | null;
  lon: number | null;
  lat: number | null;
  registeredOn: string;
  activityCode: string | null;
};

const statements = prepared((db) => ({
  byCode: db.$client.prepare(
    `SELECT c.id, c.code, c.name, c.kind, c.speciality, c.county_id AS countyId,
       n.name AS countyName, c.host, c.host_name AS hostName, c.imam_name AS imamName,
       c.imam_phone AS imamPhone, c.place, c.address, c.postal_code AS postalCode, c.phone,
       c.lon, c.lat, c.registered_on AS registeredOn, a.code AS activityCode
     FROM centres c JOIN counties n ON n.id = c.county_id
     LEFT JOIN activity_codes a ON a.centre_id = c.id
     WHERE c.code = ?`,
  ),
}));

/** The centre of a code; throws NotFound. Whether the reader may know of it is asked by the caller. */
export function findCentre(db: Db, code: string): Centre {
  const centre = statements(db).byCode.get(code) as Centre | undefined;
  if (!centre) throw new NotFound();
  return centre;
}
