/** Signing in, one's own account, the users and settings of a province. */
import { Router } from 'express';
import { accountPages } from './account-pages.ts';
import { practicePages } from './practice-pages.ts';
import { settingsPages } from './settings-pages.ts';
import { signInPages } from './sign-in-pages.ts';
import { userPages } from './user-pages.ts';

/** Open to everybody: the way in and out. */
export const accessPages = Router({ mergeParams: true });
accessPages.use(signInPages);

/** For whoever is signed in. */
export const provinceUserPages = Router({ mergeParams: true });
provinceUserPages.use(accountPages, practicePages, userPages, settingsPages);
