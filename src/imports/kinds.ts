/** What may be brought in from a sheet: its fields, who may, and how much of it at once. */
import type { Power } from '../access/powers.ts';
import { MAX_LINES } from '../books/entries.ts';

export const IMPORT_KINDS = ['donors', 'gifts', 'opening'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** The fields of each kind, in the order of the template. */
export const FIELDS: Record<ImportKind, readonly string[]> = {
  donors: ['name', 'nationalId', 'mobile', 'unnamed'],
  gifts: [
    ...['receivedOn', 'kind', 'amount', 'fund', 'donorName', 'donorNationalId', 'donorMobile'],
    ...['unnamed', 'purpose', 'reference', 'bank', 'dueOn', 'item', 'quantity', 'unit'],
    ...['condition', 'expiresOn', 'store', 'service', 'hours'],
  ],
  opening: ['account', 'fund', 'debit', 'credit', 'detail'],
};

/** A sheet without these columns cannot be read. */
export const NEEDED: Record<ImportKind, readonly string[]> = {
  donors: ['name'],
  gifts: ['receivedOn', 'amount', 'fund'],
  opening: ['account', 'fund', 'debit', 'credit'],
};

/** Columns of money: a head that says another unit than rials is asked about. */
export const MONEY_FIELDS: readonly string[] = ['amount', 'debit', 'credit'];

/** Figures that are no amounts, and keep the zeros at their beginning. */
export const CODE_FIELDS: readonly string[] = [
  ...['nationalId', 'mobile', 'donorNationalId', 'donorMobile', 'reference', 'account'],
];

/** Whoever may enter it by hand. */
export const POWER_OF = {
  donors: 'donors.edit',
  gifts: 'batches.enter',
  opening: 'entries.draft',
} as const satisfies Record<ImportKind, Power>;

/** Whoever brings in anything holds one of these; a board that only closes its books does not. */
export const MAY_BRING = ['donors.edit', 'batches.enter'] as const satisfies Power[];

/**
 * Everybody else's writing waits while an import is written. What a sheet may have at the most keeps
 * that within some ten seconds of a quiet machine (`npm run bench -- import` measures both).
 */
export const MOST: Record<ImportKind, number> = {
  donors: 100_000,
  gifts: 5000,
  opening: MAX_LINES,
};

/** How the columns are taken: which is which, in which unit, and whether lost zeros are put back. */
export type Chosen = {
  /** The row of the heads, from 0. */
  head: number;
  columns: Partial<Record<string, number>>;
  unit: 'rial' | 'toman';
  padded: boolean;
  /** Of opening balances, the ISO day. */
  entryOn?: string;
};

/** What is wrong in a row; `field` is empty where it is the row as a whole. */
export type RowFault = {
  /** The row of the sheet as people count it, from 1. */
  line: number;
  field: string;
  key: string;
  values?: Record<string, string | number>;
};

export type Said = { key: string; values?: Record<string, string | number> };
