/** The addresses of the register of applicants. */
import { Router } from 'express';

export const applicationPages = Router({ mergeParams: true });
