/** The addresses of a centre's way to its licence, and of what must stand before and after it. */
import { Router } from 'express';
import { equipmentPages } from './equipment-pages.ts';
import { pathPages } from './path-pages.ts';
import { premisesPages } from './premises-pages.ts';
import { proposalPages } from './proposal-pages.ts';
import { rulePages } from './rule-pages.ts';
import { sealPages } from './seal-pages.ts';
import { trainingCorrectionPages } from './training-correction-pages.ts';
import { trainingPages } from './training-pages.ts';

/** What the province asks of every centre. */
export const openingRulePages = Router({ mergeParams: true });
openingRulePages.use(rulePages);

export const openingPages = Router({ mergeParams: true });
openingPages.use(pathPages, proposalPages, premisesPages, equipmentPages);
openingPages.use(sealPages, trainingPages, trainingCorrectionPages);
