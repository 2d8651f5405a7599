/** Those whom a decision on the licence concerns are told of it. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import type { Tx } from '../provinces/connection.ts';
import type { Recorded } from '../trail/acts.ts';
import type { Decision } from './standing.ts';

/** The board's officers and the head of the county office. */
export function tellDecision(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  act: Recorded,
  { kind, number, decidedOn, reason }: Decision,
): void {
  tell(tx, actor, act, {
    ...{ key: `licence:notices.${kind}`, href: '/licence', centreId: centre.id },
    said: { number, decidedOn, reason },
    to: [
      ...(['chair', 'vice-chair', 'admin-finance'] as const).map((seat) => ({ seat })),
      { role: 'county-head', countyId: centre.countyId },
    ],
  });
}
