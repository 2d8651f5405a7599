/** The addresses of promises, of sponsored children and households, and of the committee's share. */
import { Router } from 'express';
import { promisePages } from './pledge-pages.ts';
import { reminderPages } from './reminder-pages.ts';
import { sharePages } from './share-pages.ts';
import { sponsoredPages } from './sponsored-pages.ts';

export const pledgePages = Router({ mergeParams: true });

pledgePages.use(reminderPages, promisePages, sponsoredPages, sharePages);
