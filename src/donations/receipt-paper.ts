/** What a receipt says: kept with its act when it is issued, and never drawn from anything else. */
import type { CentreOnPaper } from '../paper/print-mark.ts';
import type { Language } from '../values/language.ts';

export type ReceiptPaper = {
  kind: 'receipt';
  lang: Language;
  centre: CentreOnPaper;
  number: string;
  year: number;
  /** ISO day. */
  receivedOn: string;
  /** ISO moment. */
  issuedAt: string;
  donor: { name: string | null; maskedId: string | null; anonymous: boolean; withheld: boolean };
  fund: { code: string; name: string };
  method: string;
  purpose: string | null;
  amountRial: number;
  /** Without its unit. */
  amountWords: string;
  receivedBy: { name: string; seatName: string };
  /** The code to verify the paper with. */
  code: string;
  /** The address to type, as `nikukari.example/verify`. */
  verifyAddress: string;
};
