/** The addresses of counties and centres, and of a centre's home and the steps to its opening. */
import { Router } from 'express';
import { centreCorrectionPages } from './correction-pages.ts';
import { countyPages } from './county-pages.ts';
import { homePages } from './home-pages.ts';
import { centreListPages } from './list-pages.ts';
import { setUpPages } from './set-up-pages.ts';
import { supervisionPages } from './supervision-pages.ts';

export const centrePages = Router({ mergeParams: true });
centrePages.use(supervisionPages, countyPages, centreListPages);

export const centreHomePages = Router({ mergeParams: true });
centreHomePages.use(homePages, setUpPages, centreCorrectionPages);
