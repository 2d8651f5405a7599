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

/** Whoever needs help is not named where others ask and answer: no national ID, no telephone. */
export const unnamedInReferral: Clause<{ longestRun: number }> = {
  id: 'B-104',
  holds: ({ longestRun }) => longestRun < 10,
};

/** What a specialised network is asked, it answers by the day it was asked for. */
export const answeredInTime: Clause<{ answered: boolean; dueOn: string; today: string }> = {
  id: 'B-142',
  holds: ({ answered, dueOn, today }) => answered || dueOn >= today,
};
