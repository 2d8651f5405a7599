/** B-121: a training that was written wrong is corrected, or withdrawn where there was none. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { committeeTrains } from '../bylaw/opening.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { findTraining, type Training, type TrainingTyped } from './trainings.ts';

type Particulars = Omit<TrainingTyped, 'personId'>;

export type TrainingCorrected = Particulars & {
  /** There was no such training: of somebody else, or of nobody. */
  withdrawn: boolean;
  reason: string;
};

export type TrainingCorrection = TrainingCorrected & {
  was: Particulars;
  correctedOn: string;
  correctedBy: string;
};

const statements = prepared((db) => ({
  first: db.$client.prepare(
    'SELECT subject, trained_on AS trainedOn, hours, trainer FROM trainings WHERE id = ?',
  ),
  ofTraining: db.$client.prepare(
    `SELECT c.subject, c.trained_on AS trainedOn, c.hours, c.trainer, c.is_withdrawn AS withdrawn,
       c.reason, c.corrected_on AS correctedOn, u.name AS correctedBy
     FROM training_corrections c JOIN users u ON u.id = c.corrected_by
     WHERE c.training_id = ? ORDER BY c.id`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO training_corrections (training_id, subject, trained_on, hours, trainer,
       is_withdrawn, reason, corrected_on, corrected_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** How a training was corrected, the last time first, each beside what stood there before. */
export function trainingCorrectionsOf(db: Db, trainingId: number): TrainingCorrection[] {
  let was = statements(db).first.get(trainingId) as Particulars;
  const rows = statements(db).ofTraining.all(trainingId) as (TrainingCorrection & {
    withdrawn: unknown;
  })[];
  return rows
    .map((row) => {
      const correction = { ...row, withdrawn: Boolean(row.withdrawn), was };
      was = particularsOf(row);
      return correction;
    })
    .reverse();
}

/** Corrects a training, or withdraws it; one of another person is withdrawn and recorded anew. */
export function correctTraining(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  { withdrawn, reason, ...typed }: TrainingCorrected,
): Training {
  requirePower(actor, 'trainings.record', centre);
  const known = findTraining(tx, centre.id, id);
  uphold(committeeTrains, { byCommittee: actor.office !== null, trainer: typed.trainer });
  if (known.withdrawnFor !== null) throw new Refusal('opening:refusals.withdrawn');
  if (typed.trainedOn > actor.today) {
    throw new Refusal('opening:refusals.future-day', { field: 'trainedOn', status: 422 });
  }
  const before = particularsOf(known);
  const right = withdrawn ? before : particularsOf(typed);
  if (!withdrawn && JSON.stringify(before) === JSON.stringify(right)) {
    throw new Refusal('centres:refusals.nothing-new', { field: 'subject' });
  }
  const after = { training: id, ...right, withdrawn: withdrawn ? 1 : 0, reason };
  const act = record(tx, actor, {
    ...{ kind: 'training.corrected', subject: `centres/${centre.code}/trainings` },
    ...{ centreId: centre.id, before: { ...before, name: known.name }, after },
  });
  const { subject, trainedOn, hours, trainer } = right;
  statements(tx).insert.run(
    ...[id, subject, trainedOn, hours, trainer, withdrawn ? 1 : 0, reason],
    ...[actor.today, actor.user!.id, act.id],
  );
  return findTraining(tx, centre.id, id);
}

function particularsOf({ subject, trainedOn, hours, trainer }: Particulars): Particulars {
  return { subject, trainedOn, hours, trainer };
}
