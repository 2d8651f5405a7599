/** The addresses of experience: a centre's own, and what the province shares. */
import { Router } from 'express';
import { experienceCentrePages } from './experience-pages.ts';
import { sharedExperiencePages } from './shared-pages.ts';

export const experiencePages = Router({ mergeParams: true });
experiencePages.use(experienceCentrePages);

export const provinceExperiencePages = Router({ mergeParams: true });
provinceExperiencePages.use(sharedExperiencePages);
