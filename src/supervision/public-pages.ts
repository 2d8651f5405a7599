/** Open to everybody: to complain, to suggest, and to follow it by its code (B-19, B-107). */
import { type Request, type Response, Router } from 'express';
import rateLimit from 'express-rate-limit';
import { z } from 'zod';
import { readCode } from '../paper/papers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { dayInTehran } from '../values/jalali-date.ts';
import { readLine } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer, wantsJson } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot } from '../web/written.ts';
import { DAYS_TO_ANSWER, type Followed, fileCase, followCase, publicActor } from './filing.ts';
import { CASE_KINDS, TOPICS } from './schema.ts';

export const publicComplaintPages = Router({ mergeParams: true });

/** Somebody who is angry writes twice, a machine a thousand times. */
const patience = (limit: number, minutes: number) =>
  rateLimit({
    ...{ windowMs: minutes * 60_000, limit, standardHeaders: true, legacyHeaders: false },
    // One province's anger is not another's.
    keyGenerator: (req) => `${req.ip} ${req.socket.localPort} ${String(req.params.province)}`,
    validate: false,
    handler: () => {
      throw new Refusal('common:errors.429.detail', { status: 429 });
    },
  });

const LONGEST = 4000;
const MARKS = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

/** Kept as it was typed: whoever reads it judges the words and not our spelling of them. */
function readTyped(sent: string): Reading<string> {
  const text = sent.replaceAll('\r\n', '\n').trim();
  if (MARKS.test(text)) return { fault: 'values:text.mark' };
  if (text.length < 10) return { fault: 'supervision:faults.short' };
  return text.length > LONGEST
    ? { fault: 'values:text.too-long', values: { max: LONGEST } }
    : { value: text };
}

/** Something by which the committee can tell which centre is meant. */
function readCalled(text: string): Reading<string> {
  const read = readLine(text, { max: 200 });
  return 'value' in read && read.value.length < 2 ? { fault: 'common:refusals.needed' } : read;
}

const filingForm = z.object({
  kind: chosen(CASE_KINDS),
  topic: chosen(TOPICS),
  centre: typed(readCalled),
  text: typed(readTyped),
  sender: typedOrNone((text) => readLine(text, { max: 120 })),
  contact: typedOrNone((text) => readLine(text, { max: 120 })),
});
const followForm = z.object({ code: z.union([z.string().max(200), z.number()]) });
describeBody('POST /{province}/complaints', filingForm);
describeBody('POST /{province}/complaints/follow', followForm);

publicComplaintPages.get('/complaints', (req, res) =>
  answer(res, {
    html: () => sendForm(req, res),
    json: () => res.json({ kinds: CASE_KINDS, topics: TOPICS, daysToAnswer: DAYS_TO_ANSWER }),
  }),
);

publicComplaintPages.post('/complaints', patience(20, 10), async (req, res) => {
  const { province, site, t } = res.locals;
  try {
    const { sender = null, contact = null, ...form } = readBody(req, filingForm);
    const now = site.clock();
    const actor = publicActor(now.toISOString(), dayInTehran(now));
    const slip = await enter(province, (tx) => fileCase(tx, actor, { ...form, sender, contact }));
    res.set('Cache-Control', 'no-store').status(201);
    res.location(`${provinceRoot(res)}/complaints`);
    if (wantsJson(req, res)) res.json(slip);
    else sendPage(req, res, 'supervision/filed', { ...bare(t('supervision:filed.title')), slip });
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

publicComplaintPages.post('/complaints/follow', patience(60, 1), (req, res) => {
  const { code } = readBody(req, followForm);
  const followed = follow(res, String(code));
  res.set('Cache-Control', 'no-store').status(followed ? 200 : 404);
  if (wantsJson(req, res)) {
    if (followed) res.json(followed);
    else throw new NotFound();
    return;
  }
  if (!followed) sendForm(req, res, { isUnknown: true, typedCode: String(code) });
  else {
    const title = res.locals.t('supervision:followed.title');
    sendPage(req, res, 'supervision/followed', { ...bare(title), one: followed });
  }
});

function follow(res: Response, code: string): Followed | undefined {
  const read = readCode(code);
  return read && followCase(res.locals.province.db, read.raw);
}

const bare = (title: string) => ({ title, layout: 'plain' as const });

function sendForm(req: Request, res: Response, more: object = {}): void {
  sendPage(req, res, 'supervision/public', {
    ...bare(res.locals.t('supervision:public.title')),
    ...{ kinds: CASE_KINDS, topics: TOPICS, daysToAnswer: DAYS_TO_ANSWER },
    ...{ isUnknown: false, typedCode: '' },
    ...more,
  });
}
