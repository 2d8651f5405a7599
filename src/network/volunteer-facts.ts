/** What the compass asks of a centre's volunteers, units and letters. */
import type { VolunteerFacts } from '../bylaw/facts.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { ASSIGNED, ASSIGNMENTS } from './tasks-in-force.ts';
import { countUnits } from './units.ts';

const statements = prepared(({ $client: client }) => ({
  serving: client.prepare(
    `SELECT coalesce(sum(p.gender = 'man'), 0) AS men, coalesce(sum(p.gender = 'woman'), 0) AS women,
       coalesce(sum(EXISTS (SELECT 1 FROM volunteer_fields f
         WHERE f.volunteer_id = v.id AND f.version = p.version)), 0) AS fielded,
       coalesce(max(coalesce(p.mobile, p.national_id) IS NOT NULL), 0) AS reachable
     FROM volunteers v JOIN volunteer_versions p ON p.volunteer_id = v.id AND p.version =
       (SELECT max(version) FROM volunteer_versions WHERE volunteer_id = v.id)
     WHERE v.centre_id = ? AND coalesce((SELECT s.state FROM volunteer_states s
       WHERE s.volunteer_id = v.id ORDER BY s.id DESC LIMIT 1), 'active') = 'active'`,
  ),
  writes: client.prepare(
    `SELECT p.gender, d.seat, u.role IS NOT NULL AS byOffice FROM volunteer_versions p
     JOIN volunteers v ON v.id = p.volunteer_id JOIN users u ON u.id = p.written_by
     LEFT JOIN decrees d ON d.id = p.decree_id WHERE v.centre_id = ?`,
  ),
  reveals: client.prepare(
    `SELECT capacity LIKE 'office:%' AS byOffice, json_extract(after, '$.reason') AS reason
     FROM acts WHERE centre_id = ? AND kind IN ('volunteer.revealed', 'unit.revealed')`,
  ),
  given: client.prepare('SELECT count(*) FROM assignments WHERE centre_id = ?').pluck(),
  inForce: client
    .prepare(`SELECT count(*) FROM ${ASSIGNMENTS} WHERE g.centre_id = @centreId AND ${ASSIGNED}`)
    .pluck(),
  stray: client
    .prepare(
      `SELECT count(*) FROM assignments g JOIN decrees d ON d.id = g.issuer_decree_id
       LEFT JOIN assignment_acceptances k ON k.assignment_id = g.id
       LEFT JOIN users u ON u.id = k.accepted_by
       WHERE g.centre_id = ? AND (d.seat NOT IN ('chair', 'vice-chair')
         OR d.centre_id <> g.centre_id OR u.person_id <> g.person_id)`,
    )
    .pluck(),
}));

type Flagged<T extends { byOffice: boolean }> = Omit<T, 'byOffice'> & { byOffice: number };
type Serving = Record<'men' | 'women' | 'fielded' | 'reachable', number>;
type Write = VolunteerFacts['writes'][number];
type Reveal = VolunteerFacts['reveals'][number];

export function volunteerFactsOf(db: Db, centreId: number, today: string): VolunteerFacts {
  const read = statements(db);
  const { reachable, ...serving } = read.serving.get(centreId) as Serving;
  const flagged = <T extends { byOffice: boolean }>(rows: unknown[]) =>
    (rows as Flagged<T>[]).map((row) => ({ ...row, byOffice: row.byOffice === 1 }) as unknown as T);
  return {
    ...serving,
    units: countUnits(db, centreId),
    reachable: reachable === 1,
    writes: flagged<Write>(read.writes.all(centreId)),
    reveals: flagged<Reveal>(read.reveals.all(centreId)),
    letters: {
      given: read.given.get(centreId) as number,
      inForce: read.inForce.get({ centreId, today }) as number,
      stray: read.stray.get(centreId) as number,
    },
  };
}
