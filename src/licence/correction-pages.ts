/** A licence by itself: how it was corrected, and the form that corrects it (B-128). */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readPaperNumber, readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { correctLicence, licenceCorrectionsOf, mayCorrect } from './licence-corrections.ts';
import { type Licence, licencesOf } from './licences.ts';

export const licenceCorrectionPages = Router({ mergeParams: true });

const correctionForm = (today: string) =>
  z.object({
    number: typed(readPaperNumber),
    from: typed((text) => readDay(text, { today })),
    to: typed((text) => readDay(text, { today })),
    reason: typed(readReason),
  });

describeBody(
  'POST /{province}/centres/{code}/licence/licences/{licence}/corrections',
  correctionForm(''),
);

licenceCorrectionPages.get(
  '/licence/licences/:licence',
  allow('licences.issue', 'reports.read'),
  async (req, res) => {
    const licence = licenceNamed(req, res);
    await answer(res, {
      html: () => sendLicence(req, res, licence),
      json: () => {
        const { id, number, fromOn: from, toOn: to, issuedBy } = licence;
        const corrections = licenceCorrectionsOf(res.locals.province.db, id);
        res.json({ id, number, from, to, issuedBy, corrections });
      },
    });
  },
);

licenceCorrectionPages.post(
  '/licence/licences/:licence/corrections',
  allow('licences.issue'),
  async (req, res) => {
    const { actor, centre, t } = res.locals;
    const licence = licenceNamed(req, res);
    try {
      const { number, from, to, reason } = readBody(req, correctionForm(actor!.today));
      const right = { number, fromOn: from, toOn: to, reason };
      const created = await enterOnce(req, res, (tx) => {
        // Read again: of two who correct at once the second corrects what the first one wrote.
        const known = licencesOf(tx, centre.id).find(({ id }) => id === licence.id)!;
        correctLicence(tx, actor!, centre, known, right);
        const body = { id: licence.id, number, from, to, reason, correctedOn: actor!.today };
        return { location: `${centreRoot(res)}/licence/licences/${licence.id}`, body };
      });
      sendCreated(req, res, created, t('licence:flash.corrected'));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendLicence(req, res, licence, { ...refused, values: req.body as object }),
      );
    }
  },
);

function licenceNamed(req: Request, { locals: { province, centre } }: Response): Licence {
  const id = Number(req.params.licence);
  const licence = licencesOf(province.db, centre.id).find((one) => one.id === id);
  if (!licence) throw new NotFound();
  return licence;
}

function sendLicence(req: Request, res: Response, licence: Licence, refused: object = {}): void {
  const { province, actor, centre, t, show } = res.locals;
  const { number } = licence;
  sendPage(req, res, 'licence/correction', {
    ...{ title: t('licence:correction.title', { number: show.digits(number) }), licence },
    ...{ corrections: licenceCorrectionsOf(province.db, licence.id), values: { number } },
    ...{ mayCorrect: mayCorrect(province.db, actor!, centre, licence), key: randomUUID() },
    ...refused,
  });
}
