/** What a sealed copy of a book says: kept with its act, and the lines it speaks of are final. */
import type { Language } from '../values/language.ts';
import type { BoardName } from '../words.ts';
import type { Level, SealedBookKind } from './schema.ts';
import type { Columns } from './trial-balance.ts';
import type { TrialBalanceLine } from './trial-balance-pdf.ts';

export type BookPaper = {
  kind: 'book';
  lang: Language;
  number: string;
  issuedOn: string;
  centre: { name: string; place: string };
  book: SealedBookKind;
  /** Of a ledger: its account, and what stood on it before, debit less credit. */
  account: { code: string; name: string; level: Level } | null;
  openingRial: number | null;
  /** Of a trial balance: its columns, its level, its lines. */
  columns: Columns | null;
  level: Level | null;
  balance: TrialBalanceLine[] | null;
  from: string;
  to: string;
  /** The last entry in the copy, as `1405-12`. */
  lastEntry: string;
  /** Entries and lines in the copy, and what they move. */
  entries: number;
  lines: number;
  debitRial: number;
  creditRial: number;
  /** The newest hash of the trail when it was sealed, in hexadecimal. */
  newestHash: string;
  sealedBy: { name: string; office: string };
  /** What the board was called on that day; copies sealed before it had two names lack it. */
  board?: BoardName;
  code: string;
  verifyAddress: string;
};
