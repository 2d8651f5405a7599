/** A judgement of one clause for one centre: what the facts say, and where it can be mended. */
import type { Power } from '../access/powers.ts';

/** What fills the sentence: a number as it is written, a day in ISO, a count, a name. */
export type Told = {
  name?: string;
  number?: string;
  day?: string;
  count?: number;
  county?: string;
};

/** The page that mends it, below the centre or (`ofProvince`) the province, and who may open it. */
export type Mend = { to: string; power: Power; ofProvince?: boolean };

/** `why` names the sentence in `bylaw:why.B-N`; without it the state's own is meant. */
export type Judgement = {
  state: 'kept' | 'broken' | 'not-due';
  why: string;
  told: Told;
  mend?: Mend;
};

export const kept = (told: Told = {}, why = 'kept'): Judgement => ({ state: 'kept', why, told });

export const notDue = (told: Told = {}, why = 'notDue'): Judgement => ({
  ...{ state: 'not-due', why, told },
});

export const broken = (mend: Mend, told: Told = {}, why = 'broken'): Judgement => ({
  ...{ state: 'broken', why, told, mend },
});
