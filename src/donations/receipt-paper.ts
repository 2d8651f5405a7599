/** What a receipt says: kept with its act when it is issued, and never drawn from anything else. */
import type { CentreOnPaper } from '../paper/print-mark.ts';
import type { Language } from '../values/language.ts';
import type { GiftKind } from './posting.ts';

export type ReceiptItem = {
  name: string;
  quantityMilli: number;
  unit: string;
  condition: string;
  expiresOn: string | null;
  valueRial: number;
  /** The name of its intention, where the lines of a gift have several. */
  fund?: string;
};

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
  /** Of a gift over several funds, the names of all of them. */
  fund: { code: string; name: string };
  method: string;
  /** How it was given; a paper of before this was asked was of cash. */
  gift?: GiftKind;
  parts?: { name: string; amountRial: number }[];
  reference?: { number: string; bank: string | null; dueOn: string | null };
  items?: ReceiptItem[];
  service?: { description: string; hoursCenti: number };
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
