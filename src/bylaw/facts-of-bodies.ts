/** Reading the facts of a centre's assemblies, institutions and matters handed over. */
import type { Seat } from '../access/powers.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import type { Facts } from './facts.ts';

const standing = (kinds: string) => `(SELECT count(*) FROM assemblies a
  LEFT JOIN assembly_endings e ON e.assembly_id = a.id
  WHERE a.centre_id = @centre AND e.assembly_id IS NULL AND a.kind IN (${kinds}))`;

const statements = prepared(({ $client: client }) => ({
  bodies: client.prepare(
    `SELECT ${standing("'guilds', 'charity'")} AS guilds, ${standing("'women'")} AS women,
       ${standing("'women-entrepreneurs'")} AS entrepreneurs,
       ${standing("'organisations'")} AS organisations,
       (SELECT count(*) FROM assembly_meetings g WHERE g.centre_id = @centre
          AND (SELECT count(*) FROM assembly_meets x WHERE x.meeting_id = g.id) > 1) AS joint,
       (SELECT count(*) FROM assembly_meetings g
        WHERE g.centre_id = @centre AND g.promotes IS NOT NULL) AS promoting,
       (SELECT count(*) FROM institutions i WHERE i.centre_id = @centre) AS institutions,
       (SELECT max(c.spoke_on) FROM institutions i JOIN institution_contacts c
          ON c.institution_id = i.id WHERE i.centre_id = @centre) AS lastSpokeOn`,
  ),
  delegated: client
    .prepare(
      `SELECT d.seat FROM delegations d LEFT JOIN delegation_endings e ON e.delegation_id = d.id
       WHERE d.centre_id = @centre AND e.delegation_id IS NULL
         AND d.from_on <= @today AND (d.to_on IS NULL OR d.to_on >= @today)`,
    )
    .pluck(),
}));

type Row = { guilds: number; women: number; entrepreneurs: number; organisations: number } & Omit<
  Facts['bodies'],
  'standing' | 'delegated'
>;

export function bodyFacts(db: Db, centre: number, today: string): Facts['bodies'] {
  const read = statements(db);
  const row = read.bodies.get({ centre }) as Row;
  const { guilds, women, entrepreneurs, organisations, ...rest } = row;
  return {
    standing: { guilds, women, 'women-entrepreneurs': entrepreneurs, organisations },
    ...rest,
    delegated: read.delegated.all({ centre, today }) as Seat[],
  };
}
