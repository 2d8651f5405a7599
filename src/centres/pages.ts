import { Router } from 'express';

export const centreHomePages = Router({ mergeParams: true });

export const centrePages = Router({ mergeParams: true });
