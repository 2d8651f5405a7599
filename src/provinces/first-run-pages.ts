/** The provinces of this installation, and before there is one, its setting up. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { chooseLanguage } from '../access/sign-in-pages.ts';
import { readUsername } from '../access/users.ts';
import { NotFound } from '../refusal.ts';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { checkCsrf } from '../web/csrf.ts';
import { describeBody } from '../web/described.ts';
import { answer, wantsJson } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { sendPage } from '../web/views.ts';
import { openedOf } from './catalogue.ts';
import { type Claim, claim, isFirstRun } from './first-run.ts';
import { provinceName } from './province.ts';

export const firstRunPages = Router({ mergeParams: true });

const setup = z
  .object({
    code: typed((code) => readName(code, { max: 40 })),
    provinceName: typed((name) => readName(name, { max: 80 })),
    slug: z.string().transform((slug) => slug.trim().toLowerCase()),
    name: typed((name) => readName(name, { max: 120 })),
    username: typed(readUsername),
    password: z.string(),
    again: z.string(),
  })
  .refine(({ password, again }) => password === again, {
    path: ['again'],
    message: 'access:password.differs',
  });

describeBody('POST /setup', setup);

firstRunPages.get('/language/:to', chooseLanguage);

firstRunPages.get('/', async (req, res) => {
  const { site, t } = res.locals;
  if (isFirstRun(site)) {
    sendSetup(req, res, {});
    return;
  }
  const provinces = openedOf(site.catalogue).map((province) => ({
    slug: province.slug,
    name: provinceName(province),
  }));
  await answer(res, {
    html: () => {
      const title = t('common:sections.provinces');
      sendPage(req, res, 'provinces/list', { title, provinces, layout: 'plain' });
    },
    json: () => res.json({ provinces }),
  });
});

firstRunPages.post('/setup', whileEmpty, checkSetupForm, async (req, res) => {
  const { site } = res.locals;
  try {
    const { again: _, ...wish } = readBody(req, setup);
    const province = await claim(site, wish satisfies Claim);
    const location = `/${province.slug}/login`;
    if (wantsJson(req, res)) res.status(201).location(location).json({ slug: province.slug });
    else res.redirect(303, location);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendSetup(req, res, refused));
  }
});

firstRunPages.all('/setup', whileEmpty, (_req, res) => res.redirect('/'));

/** While there is no province every way leads to the set-up page. */
firstRunPages.use((req, res, next) => {
  const isOwn = /^\/(healthz|openapi|assets)\b/.test(req.path);
  if (isOwn || !isFirstRun(res.locals.site)) next();
  else res.redirect(303, '/');
});

/** Once there is a province nobody can tell that there was such a page. */
function whileEmpty(_req: Request, res: Response, next: NextFunction): void {
  if (!isFirstRun(res.locals.site)) throw new NotFound();
  next();
}

/** A form that grew old is shown again; the code is asked anyway. */
function checkSetupForm(req: Request, res: Response, next: NextFunction): void {
  try {
    checkCsrf(req, res, next);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendSetup(req, res, refused));
  }
}

function sendSetup(req: Request, res: Response, refused: object): void {
  const { password: _, again: __, ...values } = (req.body ?? {}) as Record<string, unknown>;
  const { host } = req;
  const title = res.locals.t('provinces:first-run.title');
  const form = { title, host, values, faults: {}, refusal: null };
  sendPage(req, res, 'provinces/first-run', { layout: 'gate', ...form, ...refused });
}
