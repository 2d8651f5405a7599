/** The addresses of the wording that the province's papers carry. */
import { Router } from 'express';

export const templatePages = Router({ mergeParams: true });
