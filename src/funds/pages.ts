/** The addresses of intentions: the province's rules, and what a centre has and does with each. */
import { Router } from 'express';
import { changePages } from './change-pages.ts';
import { eidPages } from './eid-pages.ts';
import { outcomePages } from './outcome-pages.ts';
import { overridePages, supervisedOverridePages } from './override-pages.ts';
import { permissionPages } from './permission-pages.ts';
import { rulePages } from './rule-pages.ts';
import { statementPages } from './statement-pages.ts';

export const fundRulePages = Router({ mergeParams: true });
fundRulePages.use(eidPages, supervisedOverridePages, rulePages);

export const fundPages = Router({ mergeParams: true });
// A fund comes last: the other pages have names beside the funds' codes.
fundPages.use(outcomePages, permissionPages, overridePages, changePages, statementPages);
