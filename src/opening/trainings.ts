/** B-121: what the committee taught the people of a centre, and who has not been taught yet. */
import type { Actor } from '../access/actor.ts';
import { requirePower, type Seat } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { committeeTrains } from '../bylaw/opening.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

export const TRAINING_SUBJECTS = ['software', 'books', 'bylaw', 'social-work', 'giving'] as const;

export type TrainingTyped = {
  personId: number;
  subject: (typeof TRAINING_SUBJECTS)[number];
  trainedOn: string;
  hours: number;
  trainer: string;
};

export type Training = TrainingTyped & {
  id: number;
  name: string;
  recordedBy: string;
  /** Why it was withdrawn; null of one that counts. */
  withdrawnFor: string | null;
};

/** A person of the board, with his user if he has one, and whether he was ever trained. */
export type Trainee = {
  personId: number;
  name: string;
  seat: Seat;
  username: string | null;
  trainedOn: string | null;
};

const SELECT = `SELECT t.id, t.person_id AS personId, p.name, coalesce(c.subject, t.subject) AS subject,
  coalesce(c.trained_on, t.trained_on) AS trainedOn, coalesce(c.hours, t.hours) AS hours,
  coalesce(c.trainer, t.trainer) AS trainer, u.name AS recordedBy,
  iif(c.is_withdrawn = 1, c.reason, NULL) AS withdrawnFor
  FROM trainings t JOIN persons p ON p.id = t.person_id JOIN users u ON u.id = t.recorded_by
  LEFT JOIN training_corrections c
    ON c.id = (SELECT max(id) FROM training_corrections WHERE training_id = t.id)`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(
    `${SELECT} WHERE t.centre_id = ? ORDER BY t.id DESC LIMIT ? OFFSET ?`,
  ),
  byId: db.$client.prepare(`${SELECT} WHERE t.centre_id = ? AND t.id = ?`),
  count: db.$client.prepare('SELECT count(*) FROM trainings WHERE centre_id = ?').pluck(),
  // Whoever is proposed, or holds a decree that has not ended, is to be taught; a person once.
  trainees: db.$client.prepare(
    `SELECT b.personId, p.name, b.seat, u.username,
       (SELECT max(t.trained_on) FROM current_trainings t
        WHERE t.person_id = b.personId AND t.trained_on <= @today) AS trainedOn
     FROM (
       SELECT d.person_id AS personId, d.seat, d.id FROM decrees d
       LEFT JOIN decree_endings e ON e.decree_id = d.id
       WHERE d.centre_id = @centre AND d.to_on >= @today AND e.decree_id IS NULL
       UNION ALL
       SELECT s.person_id, s.seat, 0 FROM seat_proposals s
       WHERE s.centre_id = @centre AND NOT EXISTS (SELECT 1 FROM seat_proposals x
         WHERE x.centre_id = s.centre_id AND x.seat = s.seat AND x.id > s.id)
     ) b JOIN persons p ON p.id = b.personId
     LEFT JOIN users u ON u.person_id = b.personId AND u.ended_at IS NULL
     GROUP BY b.personId HAVING b.id = max(b.id) ORDER BY p.name_sort, p.id`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO trainings (centre_id, person_id, subject, trained_on, hours, trainer,
       recorded_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** A page of the trainings of a centre, the last recorded first. */
export function trainingsOf(db: Db, centreId: number, limit: number, offset: number): Training[] {
  return statements(db).ofCentre.all(centreId, limit, offset) as Training[];
}

/** A training of this centre, as it was corrected last; throws NotFound. */
export function findTraining(db: Db, centreId: number, id: number): Training {
  const training = statements(db).byId.get(centreId, id) as Training | undefined;
  if (!training) throw new NotFound();
  return training;
}

export function countTrainings(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

/** Whom the committee is to teach in this centre, in Persian order. */
export function traineesOf(db: Db, centreId: number, today: string): Trainee[] {
  return statements(db).trainees.all({ centre: centreId, today }) as Trainee[];
}

/** Records a training of a person of this centre's board. */
export function recordTraining(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  typed: TrainingTyped,
): Training {
  requirePower(actor, 'trainings.record', centre);
  uphold(committeeTrains, { byCommittee: actor.office !== null, trainer: typed.trainer });
  const { personId, subject, trainedOn, hours, trainer } = typed;
  const trainee = traineesOf(tx, centre.id, actor.today).find((one) => one.personId === personId);
  if (!trainee) throw new Refusal('opening:refusals.no-trainee', { field: 'person', status: 422 });
  if (trainedOn > actor.today) {
    throw new Refusal('opening:refusals.future-day', { field: 'trainedOn', status: 422 });
  }
  const act = record(tx, actor, {
    ...{ kind: 'training.recorded', subject: `centres/${centre.code}/trainings` },
    ...{ centreId: centre.id, after: { ...typed, name: trainee.name } },
  });
  statements(tx).insert.run(
    ...[centre.id, personId, subject, trainedOn, hours, trainer, actor.user!.id, act.id],
  );
  return trainingsOf(tx, centre.id, 1, 0)[0]!;
}
