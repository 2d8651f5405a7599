import { Router } from 'express';

export const describePages = Router({ mergeParams: true });
