/** A training by itself: how it was corrected, and the form that corrects it (B-121). */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { NotFound } from '../refusal.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { trainingCorrectionForm } from './forms.ts';
import { take } from './taking.ts';
import { correctTraining, trainingCorrectionsOf } from './training-corrections.ts';
import { findTraining, TRAINING_SUBJECTS, type Training } from './trainings.ts';

export const trainingCorrectionPages = Router({ mergeParams: true });

trainingCorrectionPages.get('/trainings/:training', allow('opening.read'), async (req, res) => {
  const training = trainingNamed(req, res);
  await answer(res, {
    html: () => sendTraining(req, res),
    json: () => {
      const corrections = trainingCorrectionsOf(res.locals.province.db, training.id);
      res.json({ ...training, corrections });
    },
  });
});

trainingCorrectionPages.post(
  '/trainings/:training/corrections',
  allow('trainings.record'),
  (req, res) => {
    const { id } = trainingNamed(req, res);
    return take(req, res, { page: sendTraining, said: 'training-corrected' }, () => {
      const { actor, centre } = res.locals;
      const form = readBody(req, trainingCorrectionForm(actor!.today));
      return enterOnce(req, res, (tx) => ({
        body: correctTraining(tx, actor!, centre, id, form),
        location: `${centreRoot(res)}/trainings/${id}`,
      }));
    });
  },
);

function trainingNamed(req: Request, { locals: { province, centre } }: Response): Training {
  const named = String(req.params.training);
  if (!/^\d{1,9}$/.test(named)) throw new NotFound();
  return findTraining(province.db, centre.id, Number(named));
}

function sendTraining(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const training = trainingNamed(req, res);
  const { subject, hours, trainer } = training;
  sendPage(req, res, 'opening/training', {
    ...{ title: t('opening:trainings.one', { name: training.name }), training, key: randomUUID() },
    ...{ subjects: TRAINING_SUBJECTS, values: { subject, hours: String(hours), trainer } },
    corrections: trainingCorrectionsOf(province.db, training.id),
    mayCorrect: may(actor!, 'trainings.record', centre) && training.withdrawnFor === null,
    ...refused,
  });
}
