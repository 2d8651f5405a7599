/** B-139: the survey's versions, writing a draft, its approval, and the sheet. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { findPaper } from '../paper/papers.ts';
import { sendPrint } from '../paper/prints.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { askBoth, pointFields, readCount } from './place-forms.ts';
import type { SurveySheet } from './survey-content.ts';
import { surveyFate } from './survey-fate.ts';
import { drawSurvey } from './survey-map.ts';
import { surveyPdf } from './survey-pdf.ts';
import { sendSurveyList, surveyColumns, surveyRow } from './survey-words.ts';
import {
  addPoint,
  approveSurvey,
  BOXES,
  draftSurvey,
  findSurvey,
  mayApprove,
  pointsOf,
  removePoint,
  type Survey,
  surveysOf,
} from './surveys.ts';

export const surveyPages = Router({ mergeParams: true });

const pointForm = (today: string) =>
  z
    .object({
      box: chosen(BOXES),
      text: typed((text) => readName(text, { max: 400 })),
      weight: typed(readCount({ from: 1, to: 5 })),
      seenOn: typed((text) => readDay(text, { today })),
      place: typedOrNone((text) => readName(text)),
      ...pointFields,
    })
    .superRefine(askBoth);

const approvalForm = (today: string) =>
  z.object({ approvedOn: typedOrNone((text) => readDay(text, { today })) });

const ADDRESS = '/{province}/centres/{code}/network/surveys';
describeWishes(`POST ${ADDRESS}`, `POST ${ADDRESS}/{version}/points/{point}/removal`);
describeBody(`POST ${ADDRESS}/{version}/points`, pointForm(''));
describeBody(`POST ${ADDRESS}/{version}/approval`, approvalForm(''));

surveyPages.get('/network/surveys', allow('surveys.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const surveys = surveysOf(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = surveys.slice(offset, offset + ROWS_PER_PAGE);
  await answer(res, {
    html: () => sendSurveyList(req, res, { surveys, shown }),
    ...listForms(req, res, {
      ...{ name: `surveys-${centre.code}`, title: t('network:surveys.title') },
      columns: surveyColumns(res),
      page: () => ({ rows: shown.map(surveyRow), total: surveys.length }),
      all: () => surveys.map(surveyRow),
    }),
  });
});

surveyPages.post('/network/surveys', allow('surveys.draft'), async (req, res) => {
  const { actor, centre, province, t, show } = res.locals;
  try {
    const created = await enterOnce(req, res, (tx) => {
      const survey = draftSurvey(tx, actor!, centre);
      return { location: `${addressOf(res)}/${survey.version}`, body: survey };
    });
    const version = show.digits(created.location.split('/').at(-1)!);
    sendCreated(req, res, created, t('network:surveys.flash.drafted', { version }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => {
      const surveys = surveysOf(province.db, centre.id);
      sendSurveyList(req, res, { surveys, shown: surveys.slice(0, ROWS_PER_PAGE), ...refused });
    });
  }
});

surveyPages.get('/network/surveys/:version', allow('surveys.read'), async (req, res) => {
  const { province, centre } = res.locals;
  const survey = surveyNamed(req, res);
  await answer(res, {
    html: () => sendSurvey(req, res, survey),
    json: () => res.json({ ...told(survey), points: pointsOf(province.db, survey.id) }),
    pdf: () => {
      if (survey.paperId === null) throw new NotFound();
      const paper = findPaper(province.db, survey.paperId);
      const content = JSON.parse(paper.content) as SurveySheet;
      const fate = surveyFate(province.db, paper);
      const cancelled = fate ? { on: fate.since, reason: fate.reason, ended: true } : null;
      const draft = content.head === 'centre' && centre.activityCode === null;
      const standing = { draft, cancelled };
      return sendPrint(res, paper, 'a4', standing, (mark) => surveyPdf(content, mark));
    },
  });
});

surveyPages.post('/network/surveys/:version/points', allow('surveys.draft'), (req, res) =>
  change(req, res, 'added', 201, ({ version }) => {
    const { province, actor, centre } = res.locals;
    const point = readBody(req, pointForm(actor!.today));
    return enter(province, (tx) => addPoint(tx, actor!, centre, version, point));
  }),
);

surveyPages.post(
  '/network/surveys/:version/points/:point/removal',
  allow('surveys.draft'),
  (req, res) =>
    change(req, res, 'removed', 200, ({ version }) => {
      const { province, actor, centre } = res.locals;
      const id = Number(req.params.point);
      if (!Number.isSafeInteger(id)) throw new NotFound();
      return enter(province, (tx) => removePoint(tx, actor!, centre, version, id));
    }),
);

surveyPages.post('/network/surveys/:version/approval', allow('surveys.approve'), (req, res) =>
  change(req, res, 'approved', 200, async ({ version }) => {
    const { province, actor, centre } = res.locals;
    const form = readBody(req, approvalForm(actor!.today));
    return told(await enter(province, (tx) => approveSurvey(tx, actor!, centre, version, form)));
  }),
);

/** An act upon a survey: a program gets what came of it, a person the survey again. */
async function change(
  req: Request,
  res: Response,
  said: string,
  status: 200 | 201,
  act: (survey: Survey) => Promise<object>,
): Promise<void> {
  const survey = surveyNamed(req, res);
  const location = `${addressOf(res)}/${survey.version}`;
  try {
    const body = await act(survey);
    const version = res.locals.show.number(survey.version);
    const sentence = res.locals.t(`network:surveys.flash.${said}`, { version });
    if (status === 201) sendCreated(req, res, { location, body }, sentence);
    else sendChanged(req, res, { to: location, body }, sentence);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendSurvey(req, res, survey, { values: req.body as object, ...refused }),
    );
  }
}

function surveyNamed(req: Request, res: Response): Survey {
  const named = String(req.params.version);
  if (!/^[1-9]\d{0,5}$/.test(named)) throw new NotFound();
  return findSurvey(res.locals.province.db, res.locals.centre.id, Number(named));
}

const addressOf = (res: Response) => `${centreRoot(res)}/network/surveys`;

/** A survey as a program is told of it. */
const told = ({ centreId, paperId, ...survey }: Survey) => survey;

function sendSurvey(req: Request, res: Response, survey: Survey, refused: object = {}): void {
  const { province, actor, centre, t, show } = res.locals;
  const points = pointsOf(province.db, survey.id);
  const isDraft = survey.approvedOn === null;
  const filled = BOXES.every((box) => points.some((point) => point.box === box));
  sendPage(req, res, 'network/survey', {
    title: t('network:surveys.one', { version: show.number(survey.version) }),
    ...{ survey, isDraft, boxes: BOXES, filled, key: randomUUID() },
    points: points.map((point, at) => ({ ...point, number: at + 1 })),
    map: drawSurvey(res, points, survey.approvedOn ?? actor!.today),
    styles: ['/assets/map.css'],
    mayDraft: isDraft && may(actor!, 'surveys.draft', centre),
    mayApprove: isDraft && mayApprove(province.db, actor!, centre),
    ...refused,
  });
}
