/** The way of a centre from its registration to its work, in the order of the bylaw. */
import type { Role, Seat } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Db } from '../provinces/connection.ts';

/** `waiting` is somebody's turn beside the next one; `later` can't be done yet. */
export type StepState = 'done' | 'next' | 'waiting' | 'later';

export type Step = {
  key: string;
  clause?: string;
  state: StepState;
  /** The day it was done, or since when it waits. */
  since: string | null;
  /** The offices and seats whose turn it is, or was. */
  turn: (Role | Seat)[];
  /** The page where it is done, below the centre. */
  to: string;
};

/** Every step of this centre, in the bylaw's order, as it stands on the day. */
export function stepsOf(_db: Db, _centre: Centre, _today: string): Step[] {
  return [];
}

/** Refuses a first licence while anything is missing that the bylaw asks for before it. */
export function refuseUnready(_db: Db, _centre: Centre, _today: string): void {}
