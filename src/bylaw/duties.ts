/** The duties of the seats: who may act for whom. */
import type { Clause } from './clause.ts';

/** Whoever acts for the chair decides nothing about himself. */
export const nobodyForHimself: Clause<{ isActing: boolean; isOwn: boolean }> = {
  id: 'B-61',
  holds: ({ isActing, isOwn }) => !(isActing && isOwn),
};

/** An absence is declared by the chair himself or by the committee, never by who acts for him. */
export const declaredByOthers: Clause<{ by: 'chair' | 'committee' | 'other' }> = {
  id: 'B-61',
  holds: ({ by }) => by !== 'other',
};
