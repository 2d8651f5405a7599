/** The addresses of a centre's institutions, and of what the committee handed over to it. */
import { Router } from 'express';
import { delegationPages } from './delegation-pages.ts';
import { institutionListPages } from './institution-pages.ts';

export const institutionPages = Router({ mergeParams: true });
institutionPages.use(institutionListPages, delegationPages);
