/** Steps of a licence's life, as the officers of the world take them. */
import type { Conclusion } from '../../src/bylaw/licence.ts';
import { type Deciding, decide } from '../../src/licence/decisions.ts';
import {
  type Filling,
  fillSection,
  openMonitoring,
  signResult,
} from '../../src/licence/monitorings.ts';
import { type DecisionKind, standingOn } from '../../src/licence/standing.ts';
import type { Person, World } from '../support/world.ts';

let given = 0;

const FILLINGS: Partial<Record<Person, Filling>> = {
  deputy: { score: 80, findings: 'برنامه‌های مشارکت پیش رفته است.' },
  inspector: { score: 71, findings: 'دفترها مرتب است.' },
};

/** Opens a monitoring of Noor, has these offices fill it, and the deputy sign it. */
export function monitored(
  world: World,
  conclusion: Conclusion,
  by: Person[] = ['deputy', 'inspector', 'security', 'selection'],
): number {
  const { db } = world.province;
  const { id } = openMonitoring(db, world.actor('deputy'), world.noor);
  for (const person of by) fillSection(db, world.actor(person), id, fillingOf(world, person));
  signResult(db, world.actor('deputy'), world.noor, id, conclusion);
  return id;
}

export function fillingOf(world: World, person: Person): Filling {
  const decidedOn = world.actor(person).today;
  return FILLINGS[person] ?? { state: 'approved', number: `ن/${person}`, decidedOn };
}

/** A decision on Noor with a number of its own. */
export function deciding(kind: DecisionKind, toOn?: string): Deciding {
  given += 1;
  const licence = toOn ? { number: `ت/${given}`, toOn } : undefined;
  return { kind, number: `د/${given}`, reason: 'سبب نمونه', licence };
}

/** Decides on Noor as the deputy, monitored first where the decision rests on a result. */
export function decided(world: World, kind: DecisionKind, toOn?: string) {
  if (kind === 'renew' || kind === 'suspend' || kind === 'revoke') monitored(world, kind);
  return decide(world.province.db, world.actor('deputy'), world.noor, deciding(kind, toOn));
}

export function stateOf(world: World): string {
  const { today } = world.actor('deputy');
  return standingOn(world.province.db, world.noor.id, today).state;
}

/** Sets the world's clock to ten in the morning of a day. */
export function setDay(world: World, day: string): void {
  world.clock.now = new Date(`${day}T06:30:00.000Z`);
}
