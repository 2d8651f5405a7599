import { Router } from 'express';

export const boardPages = Router({ mergeParams: true });

export const personPages = Router({ mergeParams: true });
