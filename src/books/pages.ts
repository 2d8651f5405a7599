/** The pages of the books: journal, ledger, trial balance, and entries written by hand, sealed copies. */
import { Router } from 'express';
import { draftPages } from './draft-pages.ts';
import { entryPages } from './entry-pages.ts';
import { journalPages } from './journal-pages.ts';
import { ledgerPages } from './ledger-pages.ts';
import { sealedPages } from './sealed-pages.ts';
import { trialBalancePages } from './trial-balance-pages.ts';

export const bookPages = Router({ mergeParams: true });
bookPages.use(journalPages, entryPages, ledgerPages, trialBalancePages, draftPages, sealedPages);
