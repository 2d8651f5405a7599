/** The papers of each month, sent to the committee (B-133). */
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, notDue } from './judgement.ts';

/** B-133: each month's papers were sealed and handed over in time, and corrected where they changed. */
export function papersSent({ packs, licence }: Facts): Judgement {
  const { sent, lastOn, late, dueOn } = packs;
  if (late) {
    const { state, number, dueOn: day } = late;
    // Without a letterhead nothing is sent, until the committee decides on the licence.
    if (!['active', 'warning'].includes(licence.state)) return notDue({ number }, 'closed');
    const why = state === 'owed' ? undefined : state;
    return broken({ to: `/packs/${number}`, power: 'packs.read' }, { number, day }, why);
  }
  if (sent > 0) return kept({ count: sent, day: lastOn! });
  return dueOn === null ? notDue() : notDue({ day: dueOn }, 'soon');
}
