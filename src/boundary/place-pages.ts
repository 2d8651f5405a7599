/** The addresses of areas beyond one centre: of a point, of a county, and of what lies under maps. */
import { Router } from 'express';
import { groundPages } from './ground-pages.ts';
import { countyLandmarkPages } from './landmark-pages.ts';
import { outlinePages } from './outline-pages.ts';
import { outlineSetPages } from './outline-set-page.ts';
import { pointPages } from './point-pages.ts';
import { surveyPages } from './survey-pages.ts';

export const placePages = Router({ mergeParams: true });
placePages.use(
  pointPages,
  groundPages,
  outlinePages,
  outlineSetPages,
  surveyPages,
  countyLandmarkPages,
);
