/** The addresses of the wording that the province's papers carry. */
import { Router } from 'express';
import { citationPages } from './citation-pages.ts';
import { provincePages } from './province-pages.ts';
import { wordingPages } from './template-pages.ts';

export const templatePages = Router({ mergeParams: true });
// A kind of paper comes last: the other pages have names beside the kinds.
templatePages.use(provincePages, citationPages, wordingPages);
