/** B-112: from which day the province asks for the committee's codes, and after how many days. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

export type RegistrationRule = { asked: boolean; days: number; fromOn: string | null };

/** Until a province says otherwise nobody is asked for codes. */
const NOT_ASKED: RegistrationRule = { asked: false, days: 30, fromOn: null };

const statements = prepared(({ $client: client }) => ({
  on: client.prepare(
    `SELECT asked, days, from_on AS fromOn FROM registration_rules
     WHERE from_on <= ? ORDER BY id DESC LIMIT 1`,
  ),
  all: client.prepare(
    'SELECT asked, days, from_on AS fromOn FROM registration_rules ORDER BY id DESC',
  ),
  insert: client.prepare(
    'INSERT INTO registration_rules (asked, days, from_on, act_id) VALUES (?, ?, ?, ?)',
  ),
}));

type Raw = Omit<RegistrationRule, 'asked'> & { asked: number };
const whole = (raw: Raw): RegistrationRule => ({ ...raw, asked: raw.asked === 1 });

export function ruleOn(db: Db, day: string): RegistrationRule {
  const found = statements(db).on.get(day) as Raw | undefined;
  return found ? whole(found) : NOT_ASKED;
}

/** Every rule, the newest first. */
export function registrationRules(db: Db): RegistrationRule[] {
  return (statements(db).all.all() as Raw[]).map(whole);
}

export function setRegistrationRule(
  tx: Tx,
  actor: Actor,
  { asked, days, fromOn }: { asked: boolean; days: number; fromOn: string },
): RegistrationRule {
  requirePower(actor, 'registrations.rules');
  if (fromOn < actor.today) {
    throw new Refusal('registrations:refusals.from-today', {
      ...{ status: 422, field: 'fromOn', clause: 'B-112' },
    });
  }
  const before = ruleOn(tx, actor.today);
  const after = { asked, days, fromOn };
  const act = record(tx, actor, {
    ...{ kind: 'registration-rule.set', subject: 'registration-rules', before, after },
  });
  statements(tx).insert.run(asked ? 1 : 0, days, fromOn, act.id);
  return after;
}
