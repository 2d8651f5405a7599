import { Router } from 'express';

export const doctorPages = Router({ mergeParams: true });

export const firstRunPages = Router({ mergeParams: true });
