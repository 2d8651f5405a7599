/** A centre's own experience: the list, writing one down, writing it anew, the committee's answer. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may, SEATS } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readName, readParagraph, readReason } from '../values/persian-text.ts';
import { readRial } from '../values/rial.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { columnsOf, inWords, listed, told } from './experience-words.ts';
import {
  answerExperience,
  EXPERIENCE_STATES,
  type Experience,
  experiencesOf,
  findExperience,
  rewriteExperience,
  versionsOf,
  writeExperience,
} from './experiences.ts';
import { EXPERIENCE_FIELDS } from './schema.ts';

export const experienceCentrePages = Router({ mergeParams: true });

const paragraph = (text: string) => readParagraph(text, { max: 3000 });

const sheetForm = z
  .object({
    title: typed((text) => readName(text, { max: 150 })),
    field: chosen(EXPERIENCE_FIELDS),
    deed: typed(paragraph),
    result: typed(paragraph),
    costRial: typedOrNone(readRial),
    askedSeat: chosen(SEATS),
    namesNobody: ticked,
  })
  .transform(({ costRial = null, ...sheet }) => ({ ...sheet, costRial }));
const answerForm = z
  .object({ answer: chosen(['approved', 'returned']), reason: typedOrNone(readReason) })
  .transform(({ answer: given, reason = null }) => {
    return { answer: given, reason: given === 'returned' ? reason : null };
  })
  .refine(({ answer: given, reason }) => given === 'approved' || reason !== null, {
    ...{ message: 'common:refusals.needed', path: ['reason'] },
  });

const HERE = '/{province}/centres/{code}/experiences';
describeBody(`POST ${HERE}`, sheetForm);
describeBody(`POST ${HERE}/{experience}`, sheetForm);
describeBody(`POST ${HERE}/{experience}/answer`, answerForm);

experienceCentrePages.get('/experiences', allow('experiences.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const [q, field, state] = ['q', 'field', 'state'].map((name) => wordAsked(req.query, name));
  const rows = experiencesOf(province.db, centre.id, { q, field, state });
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = rows.slice(offset, offset + ROWS_PER_PAGE);
  await answer(res, {
    html: () => sendList(req, res, shown, rows.length),
    ...listForms(req, res, {
      ...{ name: `experiences-${centre.code}`, title: t('experiences:own') },
      columns: columnsOf(res, false),
      page: () => ({ rows: shown.map(listed), total: rows.length }),
      all: () => rows.map((one) => inWords(res, one)),
    }),
  });
});

experienceCentrePages.get('/experiences/new', allow('experiences.write'), (req, res) =>
  answer(res, { html: () => sendForm(req, res, null) }),
);

experienceCentrePages.post('/experiences', allow('experiences.write'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(req, sheetForm);
    const created = await enterOnce(req, res, (tx) => {
      const one = writeExperience(tx, actor!, centre, form);
      return { location: addressOf(res, one.id), body: told(one) };
    });
    sendCreated(req, res, created, t('experiences:flash.written'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, null, { ...refused, values: req.body as object }),
    );
  }
});

experienceCentrePages.get(
  '/experiences/:experience',
  allow('experiences.read'),
  async (req, res) => {
    const one = named(req, res);
    await answer(res, { html: () => sendOne(req, res, one), json: () => res.json(told(one)) });
  },
);

experienceCentrePages.get(
  '/experiences/:experience/anew',
  allow('experiences.write'),
  async (req, res) => {
    const one = named(req, res);
    await answer(res, { html: () => sendForm(req, res, one) });
  },
);

experienceCentrePages.post(
  '/experiences/:experience',
  allow('experiences.write'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    const one = named(req, res);
    try {
      const form = readBody(req, sheetForm);
      const written = await enter(province, (tx) =>
        rewriteExperience(tx, actor!, centre, { id: one.id, ...form }),
      );
      const done = { to: addressOf(res, one.id), body: told(written) };
      sendChanged(req, res, done, t('experiences:flash.written'));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendForm(req, res, one, { ...refused, values: req.body as object }),
      );
    }
  },
);

experienceCentrePages.post(
  '/experiences/:experience/answer',
  allow('experiences.answer'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    const one = named(req, res);
    try {
      const form = readBody(req, answerForm);
      const answered = await enter(province, (tx) =>
        answerExperience(tx, actor!, centre, { id: one.id, ...form }),
      );
      const done = { to: addressOf(res, one.id), body: told(answered) };
      sendChanged(req, res, done, t(`experiences:flash.${form.answer}`));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendOne(req, res, one, { ...refused, values: req.body as object }),
      );
    }
  },
);

function named(req: Request, res: Response): Experience {
  const id = Number(req.params.experience);
  if (!Number.isSafeInteger(id)) throw new NotFound();
  return findExperience(res.locals.province.db, res.locals.centre.id, id);
}

const addressOf = (res: Response, id: number) => `${centreRoot(res)}/experiences/${id}`;

function sendList(req: Request, res: Response, rows: Experience[], total: number): void {
  const { actor, centre, t } = res.locals;
  sendPage(req, res, 'experiences/own', {
    ...{ title: t('experiences:own'), rows, total, at: pageAsked(req) },
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    ...{ fields: EXPERIENCE_FIELDS, states: EXPERIENCE_STATES },
    mayWrite: may(actor!, 'experiences.write', centre),
    isFiltered: ['q', 'field', 'state'].some((key) => req.query[key]),
  });
}

function sendForm(req: Request, res: Response, one: Experience | null, refused: object = {}): void {
  const { t } = res.locals;
  sendPage(req, res, 'experiences/form', {
    title: one ? t('experiences:anew', { title: one.title }) : t('experiences:new'),
    ...{ one, key: randomUUID(), fields: EXPERIENCE_FIELDS, seats: SEATS },
    ...refused,
  });
}

function sendOne(req: Request, res: Response, one: Experience, refused: object = {}): void {
  const { province, actor, centre } = res.locals;
  sendPage(req, res, 'experiences/show', {
    ...{ title: one.title, one, versions: versionsOf(province.db, one.id) },
    mayRewrite: one.state === 'returned' && may(actor!, 'experiences.write', centre),
    mayAnswer: one.state === 'waiting' && may(actor!, 'experiences.answer', centre),
    ...refused,
  });
}
