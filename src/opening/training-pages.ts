/** What the committee taught the people of a centre (B-121), and who has not been taught yet. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import {
  type Column,
  everyRow,
  listForms,
  pageAsked,
  ROWS_PER_PAGE,
  type Row,
} from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { trainingForm } from './forms.ts';
import { take } from './taking.ts';
import {
  countTrainings,
  recordTraining,
  TRAINING_SUBJECTS,
  type Training,
  traineesOf,
  trainingsOf,
} from './trainings.ts';

export const trainingPages = Router({ mergeParams: true });

trainingPages.get('/trainings', allow('opening.read'), async (req, res) => {
  const { province, actor, centre, t, format } = res.locals;
  const total = countTrainings(province.db, centre.id);
  const said = (one: Training) => (format === 'csv' ? told(one) : inWords(res, one));
  await answer(res, {
    html: () => sendTrainings(req, res),
    ...listForms(req, res, {
      ...{ name: `trainings-${centre.code}`, title: t('opening:trainings.title') },
      columns: columnsOf(res),
      page: () => ({ rows: rowsOf(req, res).map(told), total }),
      all: (db) => everyRow((limit, from) => trainingsOf(db, centre.id, limit, from).map(said)),
      json: () => {
        const people = traineesOf(province.db, centre.id, actor!.today);
        return { trainings: rowsOf(req, res), total, people };
      },
    }),
  });
});

trainingPages.post('/trainings', allow('trainings.record'), (req, res) =>
  take(req, res, { page: sendTrainings, said: 'trained' }, () => {
    const { actor, centre } = res.locals;
    const { person: personId, ...form } = readBody(req, trainingForm(actor!.today));
    return enterOnce(req, res, (tx) => ({
      body: recordTraining(tx, actor!, centre, { ...form, personId }),
      location: `${centreRoot(res)}/trainings`,
    }));
  }),
);

function rowsOf(req: Request, res: Response): Training[] {
  const { province, centre } = res.locals;
  return trainingsOf(province.db, centre.id, ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE);
}

function told({ name, subject, trainedOn, hours, trainer, withdrawnFor }: Training): Row {
  return { name, subject, trainedOn, hours, trainer, withdrawnFor };
}

function inWords({ locals: { t } }: Response, one: Training): Row {
  return { ...told(one), subject: t(`opening:subjects.${one.subject}`) };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`opening:trainings.${key}`);
  return [
    { key: 'name', title: title('person'), kind: 'text', width: 3 },
    { key: 'subject', title: title('subject'), kind: 'text', width: 3 },
    { key: 'trainedOn', title: title('trained-on'), kind: 'day', width: 2 },
    { key: 'hours', title: title('hours'), kind: 'count', width: 1 },
    { key: 'trainer', title: title('trainer'), kind: 'text', width: 3 },
    { key: 'withdrawnFor', title: title('taken-back'), kind: 'text', width: 3 },
  ];
}

function sendTrainings(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const total = countTrainings(province.db, centre.id);
  sendPage(req, res, 'opening/trainings', {
    ...{ title: t('opening:trainings.title'), key: randomUUID(), total, at: pageAsked(req) },
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    ...{ trainings: rowsOf(req, res), subjects: TRAINING_SUBJECTS },
    people: traineesOf(province.db, centre.id, actor!.today),
    mayRecord: may(actor!, 'trainings.record', centre),
    ...refused,
  });
}
