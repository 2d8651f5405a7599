/** What a volunteer's card says, kept with its act; it carries no national ID. */
import type { CentreOnPaper } from '../paper/print-mark.ts';

export type CardPaper = {
  kind: 'volunteer-card';
  lang: 'fa';
  centre: CentreOnPaper;
  name: string;
  /** The centre's number of the volunteer. */
  number: number;
  fields: string[];
  fromOn: string;
  toOn: string;
  code: string;
  verifyAddress: string;
};
