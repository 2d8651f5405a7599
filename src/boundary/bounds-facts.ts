/** What the compass asks of the map on the wall and of help across the boundary. */
import type { BoundsFacts } from '../bylaw/facts.ts';
import { type Db, prepared } from '../provinces/connection.ts';

const statements = prepared(({ $client: client }) => ({
  sheet: client.prepare(
    `WITH in_force AS (SELECT version FROM approved_boundaries
       WHERE centre_id = @centre AND from_on <= @today ORDER BY version DESC LIMIT 1),
     hanging AS (SELECT s.version, s.nth, h.hung_on FROM map_sheets s
       JOIN sheet_hangings h ON h.sheet_id = s.id LEFT JOIN sheet_removals r ON r.hanging_id = h.id
       WHERE s.centre_id = @centre AND r.hanging_id IS NULL)
     SELECT f.version AS inForce,
       EXISTS (SELECT 1 FROM map_sheets WHERE centre_id = @centre AND version = f.version) AS issued,
       (SELECT version || '-' || nth FROM hanging WHERE version = f.version) AS hung,
       (SELECT hung_on FROM hanging WHERE version = f.version) AS hungOn,
       EXISTS (SELECT 1 FROM hanging WHERE version < f.version) AS oldHangs
     FROM in_force f`,
  ),
  permits: client.prepare(
    `SELECT count(*) AS granted, max(d.decided_on) AS lastOn,
       coalesce(sum(coalesce(u.role, '') NOT IN ('county-head', 'province-deputy')), 0) AS stray,
       coalesce(sum((p.kind = 'centre' AND NOT EXISTS (SELECT 1 FROM permit_neighbours n
           WHERE n.permit_id = p.id AND n.centre_id = p.other_centre_id))
         OR EXISTS (SELECT 1 FROM permit_neighbours n WHERE n.permit_id = p.id
           AND NOT EXISTS (SELECT 1 FROM notices o
             WHERE o.act_id = n.act_id AND o.centre_id = n.centre_id))), 0) AS untold
     FROM permits p JOIN permit_decisions d ON d.permit_id = p.id AND d.answer = 'granted'
     JOIN users u ON u.id = d.decided_by WHERE p.centre_id = @centre`,
  ),
  links: client.prepare(
    `SELECT count(*) AS count, coalesce(sum(coordinated_on > linked_on), 0) AS late
     FROM benefactor_links WHERE centre_id = @centre`,
  ),
  // Whoever lives in another centre's area and gives here was brought in from there.
  unlinked: client
    .prepare(
      `SELECT count(*) FROM donor_places p WHERE p.donor_id BETWEEN @first AND @last
         AND p.other_centre_id IS NOT NULL
         AND p.id = (SELECT max(id) FROM donor_places WHERE donor_id = p.donor_id)
         AND EXISTS (SELECT 1 FROM donations WHERE donor_id = p.donor_id)
         AND NOT EXISTS (SELECT 1 FROM benefactor_links l WHERE l.donor_id = p.donor_id)`,
    )
    .pluck(),
  donors: client.prepare(
    `SELECT count(*) AS count,
       (SELECT count(DISTINCT donor_id) FROM donor_places WHERE donor_id BETWEEN @first AND @last)
         AS placed
     FROM donors WHERE centre_id = @centre`,
  ),
}));

const ROOM = 2 ** 32;

export function boundsFactsOf(db: Db, centreId: number, today: string): BoundsFacts {
  const read = statements(db);
  const centre = { centre: centreId };
  const donors = { first: centreId * ROOM, last: centreId * ROOM + ROOM - 1 };
  const sheet = read.sheet.get({ ...centre, today }) as SheetRow | undefined;
  return {
    sheet: sheet
      ? { ...sheet, issued: sheet.issued === 1, oldHangs: sheet.oldHangs === 1 }
      : { inForce: null, issued: false, hung: null, hungOn: null, oldHangs: false },
    permits: read.permits.get(centre) as BoundsFacts['permits'],
    links: {
      ...(read.links.get(centre) as { count: number; late: number }),
      unlinked: read.unlinked.get(donors) as number,
    },
    donorPlaces: read.donors.get({ ...centre, ...donors }) as BoundsFacts['donorPlaces'],
  };
}

type SheetRow = {
  inForce: number;
  issued: number;
  hung: string | null;
  hungOn: string | null;
  oldHangs: number;
};
