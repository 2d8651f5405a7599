import { Router } from 'express';

export const accessPages = Router({ mergeParams: true });

export const provinceUserPages = Router({ mergeParams: true });
