/** The addresses of persons and their decrees in the province, and of the board in a centre. */
import { Router } from 'express';
import { boardHomePages } from './board-pages.ts';
import { decreePages } from './decree-pages.ts';
import { myDecreePages } from './my-decree-pages.ts';
import { personListPages } from './person-pages.ts';

export const personPages = Router({ mergeParams: true });
personPages.use(personListPages, myDecreePages);

export const boardPages = Router({ mergeParams: true });
boardPages.use(boardHomePages, decreePages);
