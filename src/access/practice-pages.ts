/** Going into practice mode and out of it, and what is answered to what was practised (B-121). */
import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { enter } from '../provinces/enter.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { flash } from '../web/flash.ts';
import { wantsJson } from '../web/formats.ts';
import { readBody, ticked } from '../web/forms.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged } from '../web/written.ts';
import { knownWord } from '../words.ts';
import { localAddress } from './local-address.ts';
import { Practised, practiceOf, practising, turnPractice } from './practice.ts';

export const practicePages = Router({ mergeParams: true });

const turnForm = z.object({ on: ticked });
describeBody('POST /{province}/account/practice', turnForm);

practicePages.post('/account/practice', async (req, res) => {
  const { province, actor, t } = res.locals;
  try {
    const { on } = readBody(req, turnForm);
    const practice = await enter(province, (tx) => turnPractice(tx, actor!, on));
    res.locals.practice = practice;
    const said = t(`access:practice.${on ? 'turned-on' : 'turned-off'}`);
    sendChanged(req, res, { to: `${provinceRoot(res)}/account`, body: { practice } }, said);
  } catch (fault) {
    sendRefusedForm(fault, req, res, () => {
      throw fault;
    });
  }
});

/** His own account is always the real one: the way out, his password, his sessions. */
const REAL = /^\/account(\/|$)/;

/** From here on a practising user writes nothing that stays. */
export function practise(req: Request, res: Response, next: NextFunction): void {
  const { actor, province } = res.locals;
  const practice = practiceOf(province.db, actor!);
  res.locals.practice = practice;
  res.locals.real = province;
  if (practice.on && !REAL.test(req.path)) res.locals.province = practising(province);
  next();
}

/** Says what would have been done: a program is told so, a reader is back on his form. */
export function answerPractised(
  fault: unknown,
  req: Request,
  res: Response,
  next: NextFunction,
): void {
  if (!(fault instanceof Practised) || res.headersSent) {
    next(fault);
    return;
  }
  res.removeHeader('Content-Disposition');
  res.removeHeader('Location');
  const { province, t, format } = res.locals;
  const { deeds } = fault;
  const said = saidOf(res, deeds);
  const { _page: page } = (req.body ?? {}) as { _page?: unknown };
  const back = localAddress(page, `/${province.slug}/`);
  if (format === 'json' || (wantsJson(req, res) && req.method !== 'GET')) {
    res.status(200).json({ practice: true, deeds, said });
  } else if (req.method === 'POST' && back !== undefined) {
    flash(res, 'warn', said);
    res.redirect(303, back);
  } else {
    // A paper is counted when it is printed; whoever practises gets none.
    res.locals.format = 'html';
    res.status(req.method === 'POST' ? 200 : 409);
    sendPage(req, res, 'access/practised', { title: t('access:practice.title'), said });
  }
}

/** The deeds by the words that the trail has for them, each once. */
function saidOf({ locals: { t, language } }: Response, deeds: string[]): string {
  const words = [...new Set(deeds)].map((kind) => knownWord(language, `trail:kinds.${kind}`));
  const known = words.filter((word) => word !== undefined);
  if (known.length === 0) return t('access:practice.unnamed');
  return t('access:practice.would', { deeds: known.join(t('access:practice.comma')) });
}
