import { Router } from 'express';

export const trailPages = Router({ mergeParams: true });
