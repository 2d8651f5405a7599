/**
 * What became of a letter since it was issued. Each capability that issues letters tells of its own:
 * a small function here, which answers undefined while the letter says what still holds.
 */

import { permitFate } from '../boundary/permit-fate.ts';
import { decisionFate, licenceFate } from '../licence/licence-fate.ts';
import { assignmentFate } from '../network/assignment-fate.ts';
import { surveyFate } from '../network/survey-fate.ts';
import type { Db } from '../provinces/connection.ts';
import type { OfficialLetter } from './official-letter.ts';
import type { LetterKind } from './papers.ts';

/**
 * `suspended` or `lifted` by a decision, `replaced` by a newer letter, `over` when its time or matter
 * has ended.
 */
export type Fate = {
  state: 'suspended' | 'lifted' | 'replaced' | 'over';
  since: string;
  reason: string;
};

export type Told = { id: number; centreId: number; number: string; says: OfficialLetter };
type Teller = (db: Db, letter: Told, today: string) => Fate | undefined;

const TELLERS: Partial<Record<LetterKind, Teller>> = {
  licence: licenceFate,
  decision: decisionFate,
  permit: permitFate,
  assignment: assignmentFate,
  survey: surveyFate,
};

export function fateOf(db: Db, kind: LetterKind, letter: Told, today: string): Fate | undefined {
  return TELLERS[kind]?.(db, letter, today);
}
