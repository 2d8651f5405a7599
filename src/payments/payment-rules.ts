/** The province's rules of payments: above how much a document is needed, what a slip tells. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

export type PaymentRule = {
  documentAboveRial: number;
  /** Whether the slip of a delivery tells what its goods are worth. */
  slipTellsWorth: boolean;
  fromOn: string;
};

const RULE = `SELECT document_above_rial AS documentAboveRial, slip_tells_worth AS slipTellsWorth,
  from_on AS fromOn FROM payment_rules`;

const statements = prepared((db) => ({
  all: db.$client.prepare(`${RULE} ORDER BY id DESC`),
  on: db.$client.prepare(`${RULE} WHERE from_on <= ? ORDER BY id DESC LIMIT 1`),
  nextId: db.$client.prepare('SELECT max(id) + 1 FROM payment_rules').pluck(),
  insert: db.$client.prepare('INSERT INTO payment_rules VALUES (?, ?, ?, ?, ?)'),
}));

type Row = Omit<PaymentRule, 'slipTellsWorth'> & { slipTellsWorth: number };
const told = (row: Row): PaymentRule => ({ ...row, slipTellsWorth: row.slipTellsWorth === 1 });

/** All rules, the newest first. */
export function paymentRules(db: Db): PaymentRule[] {
  return (statements(db).all.all() as Row[]).map(told);
}

export function paymentRuleOn(db: Db, day: string): PaymentRule {
  return told(statements(db).on.get(day) as Row);
}

/** Sets the rule from a day on, which is today or later: what was paid stays judged by its own. */
export function setPaymentRule(tx: Tx, actor: Actor, rule: PaymentRule): PaymentRule {
  requirePower(actor, 'payments.rule');
  const before = paymentRules(tx)[0]!;
  if (rule.fromOn < actor.today || rule.fromOn < before.fromOn) {
    throw new Refusal('payments:refusals.rule-backwards', { status: 422, field: 'fromOn' });
  }
  const act = record(tx, actor, {
    ...{ kind: 'payments.ruled', subject: 'settings', before, after: rule },
  });
  const { documentAboveRial, slipTellsWorth, fromOn } = rule;
  const id = statements(tx).nextId.get();
  statements(tx).insert.run(id, documentAboveRial, Number(slipTellsWorth), fromOn, act.id);
  return rule;
}
