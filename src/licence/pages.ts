/** The addresses of a centre's licence: its states, decisions, monitoring, renewal, dissolution. */
import { Router } from 'express';
import { assetPages } from './asset-pages.ts';
import { licenceCorrectionPages } from './correction-pages.ts';
import { decisionPages } from './decision-pages.ts';
import { licenceHomePages } from './licence-pages.ts';
import { monitoringPages, officeMonitoringPages } from './monitoring-pages.ts';
import { renewalPages } from './renewal-pages.ts';

export const licencePages = Router({ mergeParams: true });
licencePages.use(licenceHomePages, licenceCorrectionPages, decisionPages);
licencePages.use(monitoringPages, renewalPages, assetPages);

/** What the four offices find in the province. */
export const officePages = Router({ mergeParams: true });
officePages.use(officeMonitoringPages);
