/** The addresses of a centre's network: volunteers, units, capacities, assemblies, institutions. */
import { Router } from 'express';

export const networkPages = Router({ mergeParams: true });
