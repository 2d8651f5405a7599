import { Router } from 'express';

export const paperPages = Router({ mergeParams: true });

export const verifyPages = Router({ mergeParams: true });
