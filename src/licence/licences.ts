/** B-128: the committee's leave to work under the centre's name, for its days. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';

export type Licence = {
  id: number;
  number: string;
  fromOn: string;
  toOn: string;
  /** The officer's name. */
  issuedBy: string;
  /** Why the first one was given; of a renewal its decision says it. */
  reason: string | null;
};

export type LicenceIssue = { number: string; fromOn: string; toOn: string; reason?: string };

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(
    `SELECT l.id, l.number, l.from_on AS fromOn, l.to_on AS toOn, u.name AS issuedBy, l.reason
     FROM current_licences l JOIN users u ON u.id = l.issued_by
     WHERE l.centre_id = ? ORDER BY l.from_on DESC`,
  ),
  all: db.$client.prepare(
    'SELECT centre_id AS centreId, number, from_on AS fromOn, to_on AS toOn FROM current_licences',
  ),
  taken: db.$client
    .prepare(
      `SELECT 1 FROM licences WHERE number = @number AND id <> @except
       UNION ALL SELECT 1 FROM licence_corrections WHERE number = @number AND licence_id <> @except`,
    )
    .pluck(),
  insert: db.$client.prepare(
    `INSERT INTO licences (centre_id, number, from_on, to_on, issued_by, act_id, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** The licences of a centre, the latest first. */
export function licencesOf(db: Db, centreId: number): Licence[] {
  return statements(db).ofCentre.all(centreId) as Licence[];
}

/** Every licence of the province, by its centre. */
export function licencesByCentre(db: Db): Map<number, LicenceIssue[]> {
  const rows = statements(db).all.all() as (LicenceIssue & { centreId: number })[];
  return Map.groupBy(rows, (row) => row.centreId);
}

/** Writes the licence and the act that gave it; whether it may be given was asked before. */
export function recordLicence(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { number, fromOn, toOn, reason }: LicenceIssue,
): { licence: Licence; act: Recorded } {
  const act = record(tx, actor, {
    ...{ kind: 'licence.issued', subject: `licences/${number}`, centreId: centre.id },
    after: { number, fromOn, toOn, reason },
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[centre.id, number, fromOn, toOn, actor.user!.id, act.id, reason ?? null],
  );
  const told = { number, fromOn, toOn, issuedBy: actor.user!.name, reason: reason ?? null };
  return { licence: { id: Number(lastInsertRowid), ...told }, act };
}

/** A number, once given, is not given to another licence, even where it was corrected since. */
export function refuseTakenNumber(tx: Tx, number: string, field: string, except = 0): void {
  if (!statements(tx).taken.get({ number, except })) return;
  throw new Refusal('licence:refusals.licence-number-taken', { field });
}

/** Refuses days of which the last lies before the first. */
export function refuseTurnedDays(fromOn: string, toOn: string): void {
  if (toOn < fromOn)
    throw new Refusal('centres:refusals.days-turned', { status: 422, field: 'to' });
}
