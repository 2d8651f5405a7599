/** Who acts: a person signed in, the capacity he acts in, and the moment. */
import type { Role, Seat, Task } from './powers.ts';

/** A seat held by a decree in force today. */
export type HeldSeat = {
  decreeId: number;
  centreId: number;
  seat: Seat;
  /** B-61: the seat is the chair's, and the vice-chair sits for him by his own decree. */
  acting?: boolean;
};

/** B-45: a task of a volunteer, by an assignment letter in force today. */
export type HeldTask = { assignmentId: number; centreId: number; task: Task };

export type Actor = {
  /** null for the installation itself: first run, the command line. */
  user: { id: number; username: string; name: string; personId: number | null } | null;
  /** A committee officer's office; null for a trustee. A county head has his county, others none. */
  office: { role: Role; countyId: number | null } | null;
  /** A trustee's seats in force at this moment. */
  seats: HeldSeat[];
  /**
   * B-128: seats that ended with the centre's licence and nothing else: they still read, print and
   * close the books (KEPT_POWERS), until the licence is renewed.
   */
  kept?: HeldSeat[];
  /** A volunteer's tasks in force at this moment. */
  tasks: HeldTask[];
  /** As the trail records it: `office:county-head`, `decree:12`, `acting:12`, `kept:12`, `person`, … */
  capacity: string;
  /** Moment of the act, UTC ISO. */
  now: string;
  /** The day of the act in Tehran, ISO. */
  today: string;
};

/**
 * The same actor in the capacity of the decree that gives him his seat in this centre. B-61: on the
 * days of a declared absence the vice-chair's says that he acts for the chair.
 */
export function inCentre(actor: Actor, centreId: number): Actor {
  const held = actor.seats.filter((seat) => seat.centreId === centreId);
  const seat = held.find(({ acting }) => acting) ?? held[0];
  if (!seat) return byKept(actor, centreId);
  return { ...actor, capacity: `${seat.acting ? 'acting' : 'decree'}:${seat.decreeId}` };
}

function byKept(actor: Actor, centreId: number): Actor {
  const kept = actor.kept?.find((seat) => seat.centreId === centreId);
  return kept ? { ...actor, capacity: `kept:${kept.decreeId}` } : byTask(actor, centreId);
}

/** B-45: whoever has no seat here acts under the letter that gives him his tasks. */
function byTask(actor: Actor, centreId: number): Actor {
  const held = actor.tasks.find((task) => task.centreId === centreId);
  return held ? { ...actor, capacity: `assignment:${held.assignmentId}` } : actor;
}

/** The installation itself, for what nobody signed in does. */
export function systemActor(now: string, today: string): Actor {
  return { user: null, office: null, seats: [], tasks: [], capacity: 'system', now, today };
}
