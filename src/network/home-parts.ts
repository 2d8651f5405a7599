/** The parts of the network that its home page leads to, each with its count. */
import type { Power } from '../access/powers.ts';
import type { Db } from '../provinces/connection.ts';
import { assignmentsOf } from './assignment-rows.ts';
import { capacitiesOf } from './capacities.ts';
import { networksOf } from './networks.ts';
import { referralsOf } from './referrals.ts';
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
    count: (db, centreId, today) =>
      assignmentsOf(db, centreId, today).filter(({ state }) => state === 'in-force').length,
  },
  { key: 'hours', to: '/network/hours', power: 'network.read' },
  { key: 'cards', to: '/network/cards', power: 'volunteers.cards' },
  {
    ...{ key: 'surveys', to: '/network/surveys', power: 'surveys.read', clause: 'B-139' },
    count: (db, centreId) => surveysOf(db, centreId).length,
  },
  {
    ...{ key: 'capacities', to: '/network/capacities', power: 'capacities.read', clause: 'B-138' },
    count: (db, centreId) => capacitiesOf(db, centreId).length,
  },
  {
    ...{ key: 'networks', to: '/network/networks', power: 'networks.read', clause: 'B-142' },
    count: (db, centreId, today) =>
      networksOf(db, centreId, today).filter(({ head }) => head !== null).length,
  },
  {
    ...{ key: 'referrals', to: '/network/referrals', power: 'networks.read', clause: 'B-57' },
    count: (db, centreId, today) => referralsOf(db, centreId, today).length,
  },
];
