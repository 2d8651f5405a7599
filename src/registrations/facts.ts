/** What the compass asks about the committee's codes (B-112): rows without one beyond the limit. */
import type { Db } from '../provinces/connection.ts';
import { addDays } from '../values/jalali-date.ts';
import { countRegistrables } from './codes.ts';
import { ruleOn } from './rules.ts';

export type RegistrationFacts = {
  /** Whether the province asks for codes today. */
  asked: boolean;
  /** Gifts older than the limit that have none. */
  without: number;
};

export function registrationFactsOf(db: Db, centreId: number, today: string): RegistrationFacts {
  const { asked, days, fromOn } = ruleOn(db, today);
  if (!asked || fromOn === null) return { asked: false, without: 0 };
  const to = addDays(today, -days - 1);
  if (to < fromOn) return { asked, without: 0 };
  return {
    asked,
    without: countRegistrables(db, centreId, { from: fromOn, to, state: 'without' }),
  };
}
