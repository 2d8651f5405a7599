/** The addresses of firms, and of the letters to a giver. */
import { Router } from 'express';
import { firmPages } from './firm-pages.ts';
import { donorLetterPages } from './letter-pages.ts';

export const thanksPages = Router({ mergeParams: true });

thanksPages.use(firmPages, donorLetterPages);
