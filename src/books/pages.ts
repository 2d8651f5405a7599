import { Router } from 'express';

export const bookPages = Router({ mergeParams: true });
