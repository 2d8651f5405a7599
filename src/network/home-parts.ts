/** The parts of the network that its home page leads to, each with its count. */
import type { Power } from '../access/powers.ts';
import type { Db } from '../provinces/connection.ts';
import { countAssignments } from './assignment-rows.ts';
import { countCapacities } from './capacity-rows.ts';
import { networksOf } from './networks.ts';
import { countReferrals } from './referral-rows.ts';
import { surveysOf } from './surveys.ts';
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
    count: (db, centreId, today) => countAssignments(db, centreId, today, 'in-force'),
  },
  { key: 'hours', to: '/network/hours', power: 'network.read' },
  { key: 'cards', to: '/network/cards', power: 'volunteers.cards' },
  {
    ...{ key: 'surveys', to: '/network/surveys', power: 'surveys.read', clause: 'B-139' },
    count: (db, centreId) => surveysOf(db, centreId).length,
  },
  {
    ...{ key: 'capacities', to: '/network/capacities', power: 'capacities.read', clause: 'B-138' },
    count: (db, centreId) => countCapacities(db, centreId),
  },
  {
    ...{ key: 'networks', to: '/network/networks', power: 'networks.read', clause: 'B-142' },
    count: (db, centreId, today) =>
      networksOf(db, centreId, today).filter(({ head }) => head !== null).length,
  },
  {
    ...{ key: 'referrals', to: '/network/referrals', power: 'networks.read', clause: 'B-57' },
    count: (db, centreId, today) => countReferrals(db, centreId, today),
  },
];
