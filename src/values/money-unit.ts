/**
 * The unit in which amounts are said where this runs. Everything is counted in rials as they were when
 * the books began; from the day of a redenomination on an amount is said in new rials.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** So many former rials are a new one, from this ISO day on. */
export type NewUnit = { factor: number; fromOn: string };

const said = new AsyncLocalStorage<NewUnit | null>();

/** The new unit, if amounts are said in it here; null while they are said as they are counted. */
export function newUnit(): NewUnit | null {
  return said.getStore() ?? null;
}

/** Does the work, and all that it waits for, with amounts said in this unit. */
export function sayingIn<T>(unit: NewUnit | null, work: () => T): T {
  return said.run(unit, work);
}

/** Says amounts in this unit from here to the end of the request that is being answered. */
export function sayIn(unit: NewUnit | null): void {
  said.enterWith(unit);
}
