/** The addresses of a centre's licence: its states, decisions, monitoring and renewal. */
import { Router } from 'express';

export const licencePages = Router({ mergeParams: true });
