/** B-114: the centre's office, lent free of charge by its owner's letter; a change is a new version. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { freePremises } from '../bylaw/opening.ts';
import type { Centre, HOSTS } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

export type PremisesTyped = {
  kind: (typeof HOSTS)[number];
  owner: string;
  address: string;
  letterNumber: string;
  letterOn: string;
  /** The owner's declaration that nothing is asked for the place. */
  free: boolean;
};

export type Premises = Omit<PremisesTyped, 'free'> & {
  version: number;
  recordedOn: string;
  recordedBy: string;
};

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(
    `SELECT p.version, p.kind, p.owner, p.address, p.letter_number AS letterNumber,
       p.letter_on AS letterOn, p.recorded_on AS recordedOn, u.name AS recordedBy
     FROM premises p JOIN users u ON u.id = p.recorded_by
     WHERE p.centre_id = ? ORDER BY p.version DESC`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO premises (centre_id, version, kind, owner, address, letter_number, letter_on,
       is_free, recorded_on, recorded_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`,
  ),
}));

/** Where the centre's office is and was, the newest version first. */
export function premisesOf(db: Db, centreId: number): Premises[] {
  return statements(db).ofCentre.all(centreId) as Premises[];
}

/** Records where the office is from now on; a place that is paid for is refused (B-114). */
export function recordPremises(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { free, ...typed }: PremisesTyped,
): Premises {
  requirePower(actor, 'premises.edit', centre);
  uphold(freePremises, { free }, { field: 'free', status: 422 });
  const { kind, owner, address, letterNumber, letterOn } = typed;
  if (letterOn > actor.today) {
    throw new Refusal('opening:refusals.future-day', { status: 422, field: 'letterOn' });
  }
  const version = premisesOf(tx, centre.id).length + 1;
  const act = record(tx, actor, {
    ...{ kind: 'premises.recorded', subject: `centres/${centre.code}/premises/${version}` },
    ...{ centreId: centre.id, after: { ...typed, free } },
  });
  statements(tx).insert.run(
    ...[centre.id, version, kind, owner, address, letterNumber, letterOn, actor.today],
    ...[actor.user!.id, act.id],
  );
  return premisesOf(tx, centre.id)[0]!;
}
