import { Router } from 'express';

export const bylawPages = Router({ mergeParams: true });

export const compliancePages = Router({ mergeParams: true });
