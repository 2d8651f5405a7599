/** The addresses of a centre's assemblies and their meetings. */
import { Router } from 'express';
import { assemblyPages } from './assembly-pages.ts';
import { meetingPages } from './meeting-pages.ts';
import { mosqueEventPages } from './mosque-event-pages.ts';
import { sectionReportPages } from './section-report-pages.ts';

export const assembliesPages = Router({ mergeParams: true });
assembliesPages.use(meetingPages, mosqueEventPages, sectionReportPages, assemblyPages);
