import type { Powerless } from '../licence/licence-fate.ts';

/** What a print of an issued paper says of itself, beside what the paper says. */
export type PrintMark = {
  /** The hash of the act that issued the paper, in hexadecimal. */
  actHash: string;
  /** B-117: without an activity code there is no seal, and the paper says so. */
  draft: boolean;
  reprint: null | { number: number; at: string; of: string };
  /**
   * A decree that ended was good until then; a cancelled receipt never counts. `powerless`: the paper
   * itself stands, but gives no power while the centre's licence does not run.
   */
  cancelled: null | { on: string; reason: string; ended?: boolean; powerless?: Powerless };
  /** It only shows how such a paper looks: nothing was issued, and no code leads to it. */
  specimen?: true;
};

/** The body on whose paper a letter is written, as its foot and its head name it. */
export type CentreOnPaper = {
  /** In full, as it stands on the letterhead. */
  name: string;
  place: string;
  address: string;
  postalCode: string | null;
  phone: string | null;
  activityCode: string | null;
};
