/** What the centres of the province did well: approved experience, found by all of them, and its sheet. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import { requirePower } from '../access/powers.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import { findCentre } from '../centres/centres.ts';
import { counties } from '../centres/counties.ts';
import { NotFound } from '../refusal.ts';
import { newestAct } from '../trail/acts.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot } from '../web/written.ts';
import { experiencePdf } from './experience-pdf.ts';
import { columnsOf, inWords, listed, told } from './experience-words.ts';
import { approvedExperiences, type Experience, findApproved } from './experiences.ts';
import { EXPERIENCE_FIELDS } from './schema.ts';

export const sharedExperiencePages = Router({ mergeParams: true });

/** Officers read by their office; a trustee of any centre reads what all of them share. */
function allowReading(_req: Request, res: Response, next: NextFunction): void {
  const actor = res.locals.actor!;
  if (actor.office || actor.seats.length === 0) requirePower(actor, 'experiences.read');
  next();
}

sharedExperiencePages.get('/experiences', allowReading, async (req, res) => {
  const { province, t } = res.locals;
  const asked = (name: string) => wordAsked(req.query, name);
  const filter = { q: asked('q'), field: asked('field'), county: asked('county') };
  const rows = approvedExperiences(province.db, filter);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = rows.slice(offset, offset + ROWS_PER_PAGE);
  const title = t('experiences:title');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'experiences/shared', {
        ...{ title, rows: shown, total: rows.length, at: pageAsked(req) },
        of: Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE)),
        ...{ fields: EXPERIENCE_FIELDS, counties: counties(province.db) },
        isFiltered: ['q', 'field', 'county'].some((key) => req.query[key]),
      }),
    ...listForms(req, res, {
      ...{ name: 'experiences', title, columns: columnsOf(res, true) },
      page: () => ({ rows: shown.map(listed), total: rows.length }),
      all: () => rows.map((one) => inWords(res, one)),
    }),
  });
});

sharedExperiencePages.get('/experiences/:experience', allowReading, async (req, res) => {
  const id = Number(req.params.experience);
  if (!Number.isSafeInteger(id)) throw new NotFound();
  const one = findApproved(res.locals.province.db, id);
  await answer(res, {
    html: () => sendPage(req, res, 'experiences/sheet', { title: one.title, one }),
    json: () => res.json(told(one)),
    pdf: () => sendSheet(res, one),
  });
});

async function sendSheet(res: Response, one: Experience): Promise<void> {
  const { province, language, actor, site } = res.locals;
  const pdf = await experiencePdf({
    ...{ lang: language, one, printedOn: actor!.today },
    centre: centreOnPaper(province.db, findCentre(province.db, one.code)),
    scan: `${site.address}${provinceRoot(res)}/experiences/${one.id}`,
    hash: newestAct(province.db)?.hash.toString('hex') ?? '',
  });
  res.type('pdf');
  res.set('Content-Disposition', `inline; filename="experience-${one.id}.pdf"`);
  res.send(pdf);
}
