/** What the letter says that introduces a centre to its bank (B-118). */
import type { CentreOnPaper } from '../paper/print-mark.ts';
import type { Worded } from '../templates/wording.ts';
import type { Language } from '../values/language.ts';

export type IntroductionPaper = {
  kind: 'introduction';
  lang: Language;
  number: string;
  issuedOn: string;
  committee: { province: string; county: string };
  centre: CentreOnPaper;
  licence: { number: string; from: string; to: string };
  /** The branch the letter is addressed to; empty if any. */
  branch: string;
  signatories: { name: string; office: string; nationalId: string | null }[];
  signer: { name: string; office: string };
  copies?: string[];
  /** The province's words on the day of issue; a letter from before the templates has none. */
  words?: Worded;
  template?: number;
  code: string;
  verifyAddress: string;
};
