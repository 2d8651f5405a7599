/** What a decree says: kept with its act when it is issued, and never drawn from anything else. */
import type { CentreOnPaper } from '../paper/print-mark.ts';
import type { Worded } from '../templates/wording.ts';
import type { Language } from '../values/language.ts';

export type DecreePaper = {
  kind: 'decree';
  lang: Language;
  /** B-129: the committee's for the chair and vice-chair. B-130: the chair's for the others. */
  form: 'committee' | 'centre';
  number: string;
  issuedOn: string;
  committee: { province: string; county: string };
  centre: CentreOnPaper;
  /** The honorific stands before the name, and may be empty. */
  person: { honorific: string; name: string };
  seat: string;
  from: string;
  to: string;
  /** The clearance (committee's form) or the coordination (centre's form) the decree follows. */
  basis: { number: string; on: string } | null;
  predecessor: string | null;
  duties: string[];
  signer: { name: string; office: string };
  /** Recipients of copies; those of its words, or those usual for the form, unless told. */
  copies?: string[];
  /** The province's words on the day of issue; a decree from before the templates has none. */
  words?: Worded;
  template?: number;
  code: string;
  verifyAddress: string;
};
