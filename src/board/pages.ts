/** The addresses of persons and their decrees in the province, and of the board in a centre. */
import { Router } from 'express';
import { absencePages } from './absence-pages.ts';
import { boardHomePages } from './board-pages.ts';
import { changePages } from './change-pages.ts';
import { correctionPages } from './correction-pages.ts';
import { decreePages } from './decree-pages.ts';
import { handoverPages } from './handover-pages.ts';
import { memberPages } from './member-pages.ts';
import { myDecreePages } from './my-decree-pages.ts';
import { nominationPages } from './nomination-pages.ts';
import { personListPages } from './person-pages.ts';

export const personPages = Router({ mergeParams: true });
personPages.use(personListPages, correctionPages, myDecreePages);

export const boardPages = Router({ mergeParams: true });
boardPages.use(boardHomePages, decreePages, nominationPages);
boardPages.use(changePages, absencePages, memberPages, handoverPages);
