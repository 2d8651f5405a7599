/** Rules and survey: what the area has and lacks, looked for and written down before the work. */
import type { Clause } from './clause.ts';

/** The survey tells all four: strengths, weaknesses, and what is open and hidden in the area. */
export const surveyInFourBoxes: Clause<{ empty: number }> = {
  id: 'B-139',
  holds: ({ empty }) => empty === 0,
};

/** The survey is the board's: its chair approves it, and the committee while there is no chair. */
export const surveyByBoard: Clause<{ approver: 'chair' | 'committee'; hasChair: boolean }> = {
  id: 'B-139',
  holds: ({ approver, hasChair }) => approver === 'chair' || !hasChair,
};
