/** The parts of the network that its home page leads to, each with its count. */
import type { Power } from '../access/powers.ts';
import type { Db } from '../provinces/connection.ts';
import { assignmentsOf } from './assignment-rows.ts';
import { countUnits } from './units.ts';
import { countVolunteers } from './volunteers.ts';

/** `count` may tell nothing; words stand under `network:home.parts.{key}`. */
export type NetworkPart = {
  key: string;
  /** Below the centre. */
  to: string;
  power: Power;
  clause?: string;
  count?: (db: Db, centreId: number, today: string) => number;
};

export const NETWORK_PARTS: NetworkPart[] = [
  {
    ...{ key: 'volunteers', to: '/network/volunteers', power: 'network.read', clause: 'B-140' },
    count: countVolunteers,
  },
  {
    ...{ key: 'units', to: '/network/units', power: 'network.read', clause: 'B-141' },
    count: countUnits,
  },
  {
    ...{ key: 'assignments', to: '/network/assignments', power: 'assignments.read' },
    clause: 'B-45',
    count: (db, centreId, today) =>
      assignmentsOf(db, centreId, today).filter(({ state }) => state === 'in-force').length,
  },
  { key: 'hours', to: '/network/hours', power: 'network.read' },
  { key: 'cards', to: '/network/cards', power: 'volunteers.cards' },
];
