/** The versions of a survey as a list. */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { may } from '../access/powers.ts';
import { type Column, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { sendPage } from '../web/views.ts';
import type { Survey } from './surveys.ts';

type Shown = { surveys: Survey[]; shown: Survey[] };

export function sendSurveyList(req: Request, res: Response, { surveys, ...list }: Shown): void {
  const { actor, centre, t } = res.locals;
  sendPage(req, res, 'network/surveys', {
    ...{ title: t('network:surveys.title'), key: randomUUID(), total: surveys.length, ...list },
    at: pageAsked(req),
    of: Math.max(1, Math.ceil(surveys.length / ROWS_PER_PAGE)),
    open: surveys.find(({ approvedOn }) => approvedOn === null) ?? null,
    mayDraft: may(actor!, 'surveys.draft', centre),
  });
}

export const surveyColumns = ({ locals: { t } }: Response): Column[] => [
  { key: 'version', title: t('network:surveys.columns.version'), kind: 'count', width: 1 },
  { key: 'draftedOn', title: t('network:surveys.columns.draftedOn'), kind: 'day', width: 2 },
  { key: 'draftedBy', title: t('network:surveys.columns.draftedBy'), kind: 'text', width: 3 },
  { key: 'approvedOn', title: t('network:surveys.columns.approvedOn'), kind: 'day', width: 2 },
  { key: 'approvedBy', title: t('network:surveys.columns.approvedBy'), kind: 'text', width: 3 },
];

export const surveyRow = (survey: Survey) => {
  const { version, draftedOn, draftedBy, approvedOn, approvedBy } = survey;
  return { version, draftedOn, draftedBy, approvedOn, approvedBy };
};
