/** The pages of the books: journal, ledger, trial balance, and entries written by hand, sealed copies. */
import { Router } from 'express';
import { draftPages } from './draft-pages.ts';
import { entryPages } from './entry-pages.ts';
import { journalPages } from './journal-pages.ts';
import { ledgerPages } from './ledger-pages.ts';
import { periodPages } from './period-pages.ts';
import { sealedPages } from './sealed-pages.ts';
import { statementPages } from './statement-pages.ts';
import { trialBalancePages } from './trial-balance-pages.ts';
import { yearEndPages } from './year-end-pages.ts';

export const bookPages = Router({ mergeParams: true });
bookPages.use(journalPages, entryPages, ledgerPages, trialBalancePages, draftPages, sealedPages);
bookPages.use(periodPages, yearEndPages, statementPages);
