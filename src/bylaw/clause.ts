/** A clause of the bylaw: its number, what it demands of the facts, and the sentence of a refusal. */
import { Refusal } from '../refusal.ts';

/** `holds` knows only facts: no table, no page. The number is the clause's whole name. */
export type Clause<Facts> = { id: `B-${number}`; holds: (facts: Facts) => boolean };

/** What a refusal says beside the clause: values of its sentence, and where it can be mended. */
type Told = {
  field?: string;
  values?: Record<string, string | number>;
  mend?: string;
  status?: 403 | 409 | 422;
};

/**
 * Refuses the act when the clause does not hold. The sentence is `bylaw:refusals.B-N`; where the
 * input itself is at fault the caller says 422, else it is the state that forbids (409).
 */
export function uphold<Facts>(clause: Clause<Facts>, facts: Facts, told: Told = {}): void {
  if (clause.holds(facts)) return;
  const { field, values, mend, status } = told;
  throw new Refusal(`bylaw:refusals.${clause.id}`, {
    ...{ status: status ?? 409, clause: clause.id, field, values, mend },
  });
}
