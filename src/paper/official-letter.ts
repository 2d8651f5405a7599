/** What an official letter says: kept with its act when it is issued, and drawn from nothing else. */
import type { Language } from '../values/language.ts';
import type { LetterKind } from './papers.ts';
import type { CentreOnPaper } from './print-mark.ts';

export type LetterColumn = {
  title: string;
  /** A `code` is written in the reader's digits, a `clause` as the bylaw's page has it. */
  kind: 'text' | 'rial' | 'count' | 'day' | 'code' | 'clause';
  /** Its share of the width, against the others'. */
  width?: number;
};

/** Days are ISO, amounts whole rials; `total` has one cell for each column. */
export type LetterTable = {
  title?: string;
  columns: LetterColumn[];
  rows: (string | number | null)[][];
  total?: (string | number | null)[];
};

/** A witness whose name is not known yet signs over a line. */
export type Witness = { name: string | null; office: string };

export type Annex = { title: string; lead?: string; items: string[]; acceptedBy?: string };

/** A paragraph, or a numbered list that stands on its own. */
export type Block = string | { list: string[] };

export type OfficialLetter = {
  kind: LetterKind;
  lang: Language;
  head: 'committee' | 'centre';
  number: string;
  issuedOn: string;
  committee: { province: string; county: string };
  centre: CentreOnPaper;
  /** The version of the province's wording; 0 for what the program came with. */
  template: number;
  title: string;
  addressee: string[];
  subject: string;
  greeting: string;
  paragraphs: Block[];
  tables: LetterTable[];
  closing: string;
  signer: { name: string; office: string };
  witnesses: Witness[];
  copies: string[];
  annexes: Annex[];
  code: string;
  verifyAddress: string;
};
