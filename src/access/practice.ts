/** B-121: in practice mode whatever is written runs whole, with all that is asked of it, and is undone. */

import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import type { Province } from '../provinces/province.ts';
import { forget } from '../provinces/remembered.ts';
import { Refusal } from '../refusal.ts';
import { newestAct, record } from '../trail/acts.ts';
import type { Actor } from './actor.ts';
import { requirePower } from './powers.ts';

export type Practice = {
  /** Whether nothing is recorded of what this user does now. */
  on: boolean;
  /** The province asks it of whoever was not trained yet; he cannot go out of it himself. */
  forced: boolean;
  /** He sits on a board, and no training of his is recorded. */
  untrained: boolean;
};

export type PracticeRule = { untrained: boolean; fromOn: string | null };

/** What was written in practice mode would have been done; it carries the deeds by their kinds. */
export class Practised extends Error {
  readonly deeds: string[];

  constructor(deeds: string[]) {
    super('practised, and undone');
    this.name = 'Practised';
    this.deeds = deeds;
  }
}

const statements = prepared((db) => ({
  turn: db.$client
    .prepare('SELECT practises FROM practice_turns WHERE user_id = ? ORDER BY id DESC LIMIT 1')
    .pluck(),
  rule: db.$client.prepare(
    `SELECT untrained_practise AS untrained, from_on AS fromOn FROM practice_rules
     WHERE from_on <= ? ORDER BY from_on DESC, id DESC LIMIT 1`,
  ),
  lastRule: db.$client.prepare(
    `SELECT untrained_practise AS untrained, from_on AS fromOn FROM practice_rules
     ORDER BY id DESC LIMIT 1`,
  ),
  trained: db.$client
    .prepare('SELECT 1 FROM current_trainings WHERE person_id = ? AND trained_on <= ?')
    .pluck(),
  deeds: db.$client.prepare('SELECT kind FROM acts WHERE id > ? ORDER BY id').pluck(),
  turnInsert: db.$client.prepare(
    'INSERT INTO practice_turns (user_id, practises, act_id) VALUES (?, ?, ?)',
  ),
  ruleInsert: db.$client.prepare(
    `INSERT INTO practice_rules (from_on, untrained_practise, set_by, act_id)
     VALUES (?, ?, ?, ?)`,
  ),
}));

/** Whether this user practises today, and whether he must. */
export function practiceOf(db: Db, { user, seats, today }: Actor): Practice {
  if (!user) return { on: false, forced: false, untrained: false };
  const { id, personId } = user;
  const untrained = seats.length > 0 && statements(db).trained.get(personId, today) === undefined;
  const forced = untrained && practiceRule(db, today).untrained;
  return { on: forced || statements(db).turn.get(id) === 1, forced, untrained };
}

/** What the province asks on a day; off while it has asked nothing. */
export function practiceRule(db: Db, today: string): PracticeRule {
  return ruleOf(statements(db).rule.get(today));
}

/** The rule that was set last, which may begin on a day to come. */
export function lastPracticeRule(db: Db): PracticeRule {
  return ruleOf(statements(db).lastRule.get());
}

function ruleOf(row: unknown): PracticeRule {
  const { untrained, fromOn } = (row ?? { untrained: 0, fromOn: null }) as {
    untrained: number;
    fromOn: string | null;
  };
  return { untrained: untrained === 1, fromOn };
}

/** From a day on, whoever of a board was not trained yet works in practice mode, or no longer does. */
export function rulePractice(
  tx: Tx,
  actor: Actor,
  { untrained, fromOn }: { untrained: boolean; fromOn: string },
): PracticeRule {
  requirePower(actor, 'opening.rules');
  if (fromOn < actor.today) {
    throw new Refusal('access:practice.rule-past', { status: 422, field: 'from' });
  }
  const practises = untrained ? 1 : 0;
  const act = record(tx, actor, {
    ...{ kind: 'practice.ruled', subject: 'settings' },
    ...{ before: lastPracticeRule(tx), after: { untrained: practises, fromOn } },
  });
  statements(tx).ruleInsert.run(fromOn, practises, actor.user!.id, act.id);
  return lastPracticeRule(tx);
}

/** A user goes into practice mode or out of it; whoever must practise stays in it. */
export function turnPractice(tx: Tx, actor: Actor, on: boolean): Practice {
  const before = practiceOf(tx, actor);
  if (!on && before.forced) {
    throw new Refusal('access:practice.must', { clause: 'B-121', mend: '/account' });
  }
  if (before.on === on) return before;
  const { id, username } = actor.user!;
  const act = record(tx, actor, {
    ...{ kind: 'practice.turned', subject: `users/${username}` },
    after: { practises: on ? 1 : 0 },
  });
  statements(tx).turnInsert.run(id, on ? 1 : 0, act.id);
  return practiceOf(tx, actor);
}

/** The province as a practising user writes in it: each verb is run whole, and undone. */
export function practising(province: Province): Province {
  const around =
    <T>(verb: (tx: Tx) => T) =>
    (tx: Tx): T => {
      const before = newestAct(tx)?.id ?? 0;
      try {
        verb(tx);
        throw new Practised(statements(tx).deeds.all(before) as string[]);
      } finally {
        // What the verb worked out of rows that are gone now is not to be counted on.
        forget(tx);
      }
    };
  // It is the same province in all but this: its file, its connection, those who wait to write.
  return new Proxy(province, {
    get: (same, name) => {
      if (name === 'around') return around;
      const value: unknown = Reflect.get(same, name, same);
      return typeof value === 'function' ? value.bind(same) : value;
    },
    set: (same, name, value) => Reflect.set(same, name, value, same),
  });
}
