/** The doctor's page: every self-check of the province file, named and described. */
import { type Request, type Response, Router } from 'express';
import { answer } from '../web/formats.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { examineApart, type Finding } from './doctor.ts';

export const doctorPages = Router({ mergeParams: true });

doctorPages.get('/doctor', allow('province.check'), async (req: Request, res: Response) => {
  const { province, t } = res.locals;
  const findings: Finding[] = await examineApart(province.file);
  const sound = findings.every(({ wrong }) => wrong === null);
  const title = t('doctor:title');
  await answer(res, {
    html: () => sendPage(req, res, 'provinces/doctor', { title, findings, sound }),
    json: () => res.json({ sound, checks: findings }),
  });
});
