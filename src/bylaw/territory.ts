/** Software and territory: the area comes before any activity. */
import type { Clause } from './clause.ts';

/** No gift is entered before the committee has fixed the centre's area. */
export const areaBeforeActivity: Clause<{ approvedOn: string | undefined; actOn: string }> = {
  id: 'B-124',
  holds: ({ approvedOn, actOn }) => approvedOn !== undefined && approvedOn <= actOn,
};

/** An area is not approved over a working neighbourhood centre's without a coordination. */
export const areaWithoutOverlap: Clause<{ uncoordinated: number }> = {
  id: 'B-124',
  holds: ({ uncoordinated }) => uncoordinated === 0,
};
