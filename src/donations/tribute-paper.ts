/** What a card in somebody's memory or name says, kept with its act. */
import type { CentreOnPaper } from '../paper/print-mark.ts';

export type TributePaper = {
  kind: 'tribute';
  lang: 'fa';
  centre: CentreOnPaper;
  number: string;
  issuedOn: string;
  /** To whose memory or in whose name it is. */
  title: string;
  /** To whom it is handed. */
  greeting: string;
  paragraphs: string[];
  closing: string;
  code: string;
  verifyAddress: string;
};
