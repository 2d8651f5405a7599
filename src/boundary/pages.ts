import { Router } from 'express';

export const boundaryPages = Router({ mergeParams: true });
