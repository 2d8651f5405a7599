/** The addresses of a centre's network: volunteers, units, capacities, assemblies, institutions. */
import { Router } from 'express';
import { networkHomePages } from './home-pages.ts';
import { unitListPages } from './unit-list-pages.ts';
import { unitPages } from './unit-pages.ts';
import { volunteerListPages } from './volunteer-list-pages.ts';
import { volunteerPages } from './volunteer-pages.ts';

export const networkPages = Router({ mergeParams: true });
networkPages.use(networkHomePages, volunteerListPages, volunteerPages);
networkPages.use(unitListPages, unitPages);
