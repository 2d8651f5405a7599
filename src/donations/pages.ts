/** The addresses of donations; those with words of their own come before those with a number. */
import { Router } from 'express';
import { batchPages } from './batch-pages.ts';
import { chequePages } from './cheque-pages.ts';
import { depositPages } from './deposit-pages.ts';
import { donorListPages } from './donor-list-pages.ts';
import { donorPages } from './donor-pages.ts';
import { giftPages } from './gift-pages.ts';
import { giftListPages } from './list-pages.ts';
import { ownReceiptPages } from './own-receipt-pages.ts';
import { receiptPages } from './receipt-pages.ts';
import { tributePages } from './tribute-pages.ts';
import { vowPages } from './vow-pages.ts';

export const donationPages = Router({ mergeParams: true });

donationPages.use(giftPages, giftListPages, ownReceiptPages, receiptPages);
donationPages.use(donorListPages, donorPages);
donationPages.use(chequePages, depositPages, tributePages, batchPages, vowPages);
