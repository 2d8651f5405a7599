/** Changing who sits on the board: core seats by the committee's opinion, every seat by its leave. */
import { CORE_SEATS, type Seat } from '../access/powers.ts';
import type { Clause } from './clause.ts';

type Ending = { by: 'committee' | 'chair'; agreed: boolean };
type Succession = { followsAnother: boolean; agreed: boolean };

const endsByLeave = ({ by, agreed }: Ending): boolean => by === 'committee' || agreed;
const followsByLeave = ({ followsAnother, agreed }: Succession): boolean =>
  !followsAnother || agreed;

/** The committee's opinion is asked before the holder of a core seat is let go. */
export const coreEndedByOpinion: Clause<Ending> = { id: 'B-93', holds: endsByLeave };
/** The committee permits every ending that is not its own. */
export const endedByLeave: Clause<Ending> = { id: 'B-131', holds: endsByLeave };
/** The committee's opinion is asked before another takes a core seat. */
export const coreFollowedByOpinion: Clause<Succession> = { id: 'B-93', holds: followsByLeave };
/** The committee permits every new holder of a seat that was another's. */
export const followedByLeave: Clause<Succession> = { id: 'B-131', holds: followsByLeave };

export const isCore = (seat: Seat): boolean => CORE_SEATS.some((core) => core === seat);

/** The clause that asks for agreement to an ending in this seat. */
export const agreedEnding = (seat: Seat): Clause<Ending> =>
  isCore(seat) ? coreEndedByOpinion : endedByLeave;
/** The clause that asks for agreement to a new holder of this seat. */
export const agreedSuccession = (seat: Seat): Clause<Succession> =>
  isCore(seat) ? coreFollowedByOpinion : followedByLeave;
