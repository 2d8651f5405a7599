/** What became of the letter of a permit: it ended, or its days are over. */
import type { Fate, Told } from '../paper/fates.ts';
import type { Db } from '../provinces/connection.ts';
import { addDays } from '../values/jalali-date.ts';
import { wordsFor } from '../words.ts';
import { permitOfPaper } from './permits-known.ts';

export function permitFate(db: Db, { id }: Told, today: string): Fate | undefined {
  const permit = permitOfPaper(db, id);
  if (permit?.endedOn) {
    return { state: 'over', since: permit.endedOn, reason: permit.ending ?? '' };
  }
  if (!permit || permit.toOn >= today) return undefined;
  const reason = wordsFor('fa')('boundary:permits.over-fate');
  return { state: 'over', since: addDays(permit.toOn, 1), reason };
}
