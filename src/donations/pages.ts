import { Router } from 'express';

export const donationPages = Router({ mergeParams: true });
