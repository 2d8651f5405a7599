/** The addresses of a centre's way to its licence, and of what must stand before it. */
import { Router } from 'express';

export const openingPages = Router({ mergeParams: true });
