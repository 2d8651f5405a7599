/** The addresses of boxes; those with words of their own come before those with a number. */
import { Router } from 'express';
import { boxPages } from './box-pages.ts';
import { boxMoneyPages } from './money-pages.ts';
import { openingPages } from './opening-pages.ts';
import { peoplePages } from './people-pages.ts';
import { roundPages } from './round-pages.ts';

export const boxesPages = Router({ mergeParams: true });

boxesPages.use(peoplePages, roundPages, boxMoneyPages, openingPages, boxPages);
