/** What the compass asks of a centre's way: mosque, kind, seats, office, equipment, seal, people. */
import { type Db, prepared } from '../provinces/connection.ts';
import { type People, readyOf } from './ready.ts';

export type OpeningFacts = {
  kind: string;
  speciality: string | null;
  host: string;
  hostName: string;
  imamName: string | null;
  imamPhone: string | null;
  imamIsChair: boolean;
  /** Core seats for which nobody is proposed, and those proposed who are not cleared. */
  emptySeats: number;
  uncleared: number;
  office: { letterNumber: string; letterOn: string } | null;
  /** How many of the nine kinds are missing, and how many pieces are not retired. */
  missing: number;
  pieces: number;
  found: People;
  least: People;
  seal: { madeOn: string } | null;
  /** Users of the board, and the names of those whom the committee has not trained. */
  users: number;
  untrained: string[];
};

const statements = prepared(({ $client: client }) => ({
  centre: client.prepare(
    `SELECT kind, speciality, host, host_name AS hostName, imam_name AS imamName,
       imam_phone AS imamPhone, imam_is_chair AS imamIsChair FROM centres WHERE id = ?`,
  ),
  office: client.prepare(
    `SELECT letter_number AS letterNumber, letter_on AS letterOn FROM premises
     WHERE centre_id = ? AND is_free = 1 ORDER BY version DESC LIMIT 1`,
  ),
  pieces: client
    .prepare(
      `SELECT count(*) FROM equipment e WHERE e.centre_id = ? AND NOT EXISTS (
         SELECT 1 FROM equipment_states s WHERE s.equipment_id = e.id AND s.state = 'retired')`,
    )
    .pluck(),
  seal: client.prepare(
    `SELECT s.made_on AS madeOn FROM seals s LEFT JOIN seal_endings e ON e.seal_id = s.id
     WHERE s.centre_id = ? AND e.seal_id IS NULL`,
  ),
  users: client.prepare(
    `SELECT DISTINCT p.name, EXISTS (SELECT 1 FROM current_trainings t
         WHERE t.person_id = p.id AND t.trained_on <= @today) AS trained
     FROM decrees d JOIN decree_issues i ON i.decree_id = d.id
     LEFT JOIN decree_endings e ON e.decree_id = d.id
     JOIN persons p ON p.id = d.person_id
     JOIN users u ON u.person_id = p.id AND u.ended_at IS NULL
     WHERE d.centre_id = @centre AND d.to_on >= @today AND e.decree_id IS NULL`,
  ),
}));

export function openingFactsOf(db: Db, centreId: number, today: string): OpeningFacts {
  const read = statements(db);
  const centre = read.centre.get(centreId) as OpeningFacts;
  const ready = readyOf(db, centreId, today);
  const users = read.users.all({ centre: centreId, today }) as { name: string; trained: number }[];
  return {
    ...centre,
    imamIsChair: Boolean(centre.imamIsChair),
    ...{ emptySeats: ready.emptySeats.length, uncleared: ready.uncleared.length },
    office: (read.office.get(centreId) ?? null) as OpeningFacts['office'],
    ...{ missing: ready.missing.length, pieces: read.pieces.get(centreId) as number },
    ...{ found: ready.found, least: ready.least },
    seal: (read.seal.get(centreId) ?? null) as OpeningFacts['seal'],
    users: users.length,
    untrained: users.filter(({ trained }) => trained === 0).map(({ name }) => name),
  };
}
