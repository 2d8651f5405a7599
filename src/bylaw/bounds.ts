/** Within and beyond the boundary: the map on the wall, help to other places and from them. */
import type { Clause } from './clause.ts';

/** The map that hangs in the office is of the version in force. */
export const mapOfVersionInForce: Clause<{ version: number; inForce: number | undefined }> = {
  id: 'B-125',
  holds: ({ version, inForce }) => version === inForce,
};

/** Another place is served with the committee's coordination, and those whose it is are told. */
export const permitBeforeServing: Clause<{ coordinated: boolean; untold: number }> = {
  id: 'B-126',
  holds: ({ coordinated, untold }) => coordinated && untold === 0,
};

/** A benefactor of another area is brought in by a coordination that was there before. */
export const coordinatedBenefactor: Clause<{ coordinatedOn: string; linkedOn: string }> = {
  id: 'B-127',
  holds: ({ coordinatedOn, linkedOn }) => coordinatedOn <= linkedOn,
};

/** Inside and outside mean something only where an area is in force; outside has a name. */
export const placedByBoundary: Clause<{
  side: 'inside' | 'outside' | 'unknown';
  areaInForce: boolean;
  named: boolean;
}> = {
  id: 'B-123',
  holds: ({ side, areaInForce, named }) =>
    side === 'unknown' || (areaInForce && (side === 'inside' || named)),
};
