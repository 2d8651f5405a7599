/** The addresses of a centre's institutions, and of what the committee handed over to it. */
import { Router } from 'express';
import { delegationPages } from './delegation-pages.ts';
import { institutionListPages } from './institution-list-pages.ts';
import { institutionPage } from './institution-page.ts';

export const institutionPages = Router({ mergeParams: true });
institutionPages.use(institutionListPages, institutionPage, delegationPages);
