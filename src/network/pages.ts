/** The addresses of a centre's network: volunteers, units, capacities, assemblies, institutions. */
import { Router } from 'express';
import { assignmentPages } from './assignment-pages.ts';
import { capacityPages } from './capacity-pages.ts';
import { cardPages } from './card-pages.ts';
import { networkHomePages } from './home-pages.ts';
import { hourPages } from './hour-pages.ts';
import { myAssignmentPages } from './my-assignment-pages.ts';
import { openCapacityPages } from './open-capacity-pages.ts';
import { reachPages } from './reach-pages.ts';
import { referralPages } from './referral-pages.ts';
import { specialisedPages } from './specialised-pages.ts';
import { surveyPages } from './survey-pages.ts';
import { unitListPages } from './unit-list-pages.ts';
import { unitPages } from './unit-pages.ts';
import { volunteerListPages } from './volunteer-list-pages.ts';
import { volunteerPages } from './volunteer-pages.ts';

export const networkPages = Router({ mergeParams: true });
networkPages.use(networkHomePages, volunteerListPages, volunteerPages);
networkPages.use(unitListPages, unitPages, assignmentPages, hourPages, cardPages);
networkPages.use(capacityPages, surveyPages, specialisedPages, referralPages);

/** Opened capacities of all centres, how wide each reaches, and a volunteer's own letters. */
export const provinceNetworkPages = Router({ mergeParams: true });
provinceNetworkPages.use(openCapacityPages, reachPages, myAssignmentPages);
