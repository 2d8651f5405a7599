/** Where a centre is found online, and whether those who look after the program answer it. */
import { daysBetween } from '../values/jalali-date.ts';
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

const CHANNELS: Mend = { to: '/channels', power: 'channels.read' };

/** A question is answered within so many days. */
const DAYS_TO_ANSWER = 14;

/** B-122: every channel that stands is on a service that the province approves. */
export function foundAtHome({ online: { channels } }: Facts): Judgement {
  if (channels.stray !== null) return broken(CHANNELS, { name: channels.stray });
  return channels.count > 0 ? kept({ count: channels.count }) : notDue();
}

/** B-120: what the centre's people asked was answered in time. */
export function supportAnswered({ online: { support }, today }: Facts): Judgement {
  const { answered, waiting } = support;
  if (waiting) {
    const told = { number: String(waiting.id), day: waiting.since };
    if (daysBetween(waiting.since, today) <= DAYS_TO_ANSWER) return notDue(told, 'waiting');
    return broken(
      { to: `/support/${waiting.id}`, power: 'support.answer', ofProvince: true },
      told,
    );
  }
  return answered > 0 ? kept({ count: answered }) : notDue();
}
