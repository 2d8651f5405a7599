/** The page of one import: how far it is, what it would bring, what was brought in. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may, requirePower } from '../access/powers.ts';
import { Practised } from '../access/practice.ts';
import { idAsked } from '../bank/asked.ts';
import { isolateNumbers } from '../paper/bidi.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { newestAct } from '../trail/acts.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer, wantsJson } from '../web/formats.ts';
import { readBody, ticked } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { type Asked, asFields, chosenForm, readChosen } from './chosen-form.ts';
import { forgetWork, lastWorkOf, remember, soon, trialOf, writingOf } from './desk.ts';
import { bytesOf, findImport, type Import, maySee, withdrawImport } from './imports.ts';
import type { Job } from './jobs.ts';
import { putToWork } from './jobs.ts';
import {
  CODE_FIELDS,
  FIELDS,
  IMPORT_KINDS,
  MAY_BRING,
  MONEY_FIELDS,
  NEEDED,
  POWER_OF,
} from './kinds.ts';
import { madeOf } from './made.ts';
import { said } from './said.ts';
import { RowRefused } from './taking-in.ts';
import type { Trial } from './work.ts';

export const importPage = Router({ mergeParams: true });
const ADDRESS = '/{province}/centres/{code}/imports/{import}';

const takeForm = z.object({ confirmed: ticked });
describeBody(
  `POST ${ADDRESS}/take-in`,
  z.union(IMPORT_KINDS.map((what) => chosenForm(what, '').extend(takeForm.shape))),
);
describeBody(`POST ${ADDRESS}/withdraw`, z.object({}));

/** A page that takes longer than this says how far the work is instead. */
const PATIENCE_MS = 1500;

importPage.get('/imports/:import', allow('imports.read'), async (req, res) => {
  const one = asked(req, res);
  await answer(res, {
    html: () => sendOne(req, res, one),
    json: async () => res.json(await toldWhole(req, res, one)),
  });
});

importPage.get('/imports/:import/progress', allow('imports.read'), (req, res) => {
  const one = asked(req, res);
  const { job } = lastWorkOf(res.locals.province, one.id) ?? {};
  const { phase = 'over', done = 0, of = 0 } = job ?? {};
  return answer(res, { json: () => res.json({ id: one.id, state: one.state, phase, done, of }) });
});

importPage.get('/imports/:import/faults', allow('imports.read'), async (req, res) => {
  const one = asked(req, res);
  requireSeen(res, one);
  await answer(res, {
    xlsx: async () => {
      const job = putToWork(res.locals.province, {
        ...{ ...workOf(req, res), what: one.what, mode: 'mark' },
        bytes: bytesOf(res.locals.province.db, one),
      });
      const outcome = await job.outcome;
      if (!('bytes' in outcome)) throw new Error('marked, and no sheet');
      res.set('Content-Disposition', `attachment; filename="faults-${one.id}.xlsx"`);
      res.type('xlsx').send(outcome.bytes);
    },
  });
});

importPage.post('/imports/:import/take-in', allow(...MAY_BRING), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const one = asked(req, res);
  requirePower(actor!, POWER_OF[one.what], centre);
  requireSeen(res, one);
  try {
    if (writingOf(province, one.id)) throw new Refusal('imports:refusals.being-written');
    // Whoever practises has seen it all but the writing.
    if (province.around) throw new Practised(['import.done']);
    const { confirmed } = readBody(req, takeForm);
    const { chosen, over } = readChosen(req.body, one.what, actor!.today);
    const bytes = bytesOf(province.db, one);
    const work = { ...workFor(res, { chosen, over }), what: one.what, bytes, confirmed };
    const job = putToWork(province, { ...work, mode: 'take' }, () => Promise.resolve(one.id));
    remember(province, one.id, { job, asked: '', writes: true });
    const outcome = wantsJson(req, res) ? await job.outcome : await soon(job, PATIENCE_MS);
    const to = `${centreRoot(res)}/imports/${one.id}`;
    if (outcome === undefined) return res.redirect(303, to);
    if (!('one' in outcome)) throw new Error('taken in, and no import');
    return sendChanged(req, res, { to, body: told(outcome.one) }, t('imports:flash.done'));
  } catch (fault) {
    sendRefusedForm(withLine(res, one, fault), req, res, (refused) => {
      forgetWork(province, one.id);
      return void sendOne(req, res, one, refused);
    });
  }
});

importPage.post('/imports/:import/withdraw', allow(...MAY_BRING), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const one = asked(req, res);
  requirePower(actor!, POWER_OF[one.what], centre);
  if (writingOf(province, one.id)) throw new Refusal('imports:refusals.being-written');
  const now = await enter(province, (tx) => withdrawImport(tx, actor!, centre, one));
  forgetWork(province, one.id);
  const to = `${centreRoot(res)}/imports`;
  sendChanged(req, res, { to, body: told(now) }, t('imports:flash.withdrawn'));
});

const asked = (req: Request, res: Response): Import =>
  findImport(res.locals.province.db, res.locals.centre.id, idAsked(req, 'import'));

/** For programs, and for lists. */
export function told(one: Import) {
  const { id, what, name, sentAt, sentByName: sentBy, state } = one;
  const { settledAt, settledByName: settledBy, rowCount, added, amountRial } = one;
  return {
    id,
    what,
    name,
    sentAt,
    sentBy,
    state,
    settledAt,
    settledBy,
    rowCount,
    added,
    amountRial,
  };
}

function requireSeen({ locals: { actor, centre } }: Response, one: Import): void {
  if (one.state !== 'waiting') throw new Refusal(`imports:refusals.${one.state}`);
  if (!maySee(actor!, centre, one)) throw new NotFound();
}

function workOf(req: Request, res: Response) {
  const one = asked(req, res);
  const sent = req.method === 'POST' ? req.body : req.query;
  return workFor(res, readChosen(sent, one.what, res.locals.actor!.today));
}

function workFor({ locals }: Response, { chosen, over }: Asked) {
  const { actor, centre, language } = locals;
  const who = { centreCode: centre.code, userId: actor!.user!.id, at: actor!.now };
  return { ...who, chosen, over, language };
}

/** A refusal of one row says which. */
function withLine({ locals }: Response, { what }: Import, fault: unknown): unknown {
  if (!(fault instanceof RowRefused)) return fault;
  const { t, show, language } = locals;
  const why = said(t, show, language, { key: fault.why.key, values: fault.why.details.values });
  return new Refusal('imports:refusals.row', {
    ...{ ...fault.why.details, status: 409, field: undefined, fields: undefined },
    values: { line: fault.line, why, what: t(`imports:kinds.${what}`) },
  });
}

/** The trial; what is known of it holds until something is written in the province. */
function trialFor(req: Request, res: Response, one: Import): Job {
  const { province } = res.locals;
  const stamp = `${newestAct(province.db)?.id ?? 0}`;
  const kept = lastWorkOf(province, one.id);
  // What was set going when the file came, or is under way, is not begun anew.
  const isBare = Object.keys(req.query).length === 0 && req.method === 'GET';
  const isFresh = kept && !kept.writes && (kept.job.phase !== 'over' || kept.asked === '');
  if (isBare && isFresh) {
    remember(province, one.id, { ...kept, asked: kept.asked || stampOf(stamp) });
    return kept.job;
  }
  return trialOf(province, one, workOf(req, res), stamp);
}

const stampOf = (stamp: string) => JSON.stringify([null, {}, stamp]);

async function toldWhole(req: Request, res: Response, one: Import) {
  const { actor, centre, t, show, language } = res.locals;
  if (one.state !== 'waiting' || !maySee(actor!, centre, one)) {
    return { ...told(one), made: madeOf(res, one) };
  }
  const outcome = await (writingOf(res.locals.province, one.id) ?? trialFor(req, res, one)).outcome;
  if (!('trial' in outcome)) return told(findImport(res.locals.province.db, centre.id, one.id));
  const { cells, refusal, faults, warnings, ...trial } = outcome.trial;
  const sentence = (fault: Parameters<typeof said>[3]) => said(t, show, language, fault);
  return {
    ...told(one),
    trial: {
      ...trial,
      refusal: refusal && { ...refusal, message: sentence(refusal) },
      faults: faults.map((one) => ({ ...one, message: sentence(one) })),
      warnings: warnings.map((one) => ({ ...one, message: sentence(one) })),
      notes: trial.notes.map((one) => ({ ...one, message: sentence(one) })),
    },
  };
}

async function sendOne(
  req: Request,
  res: Response,
  one: Import,
  refused: object = {},
): Promise<void> {
  const { actor, centre, province, t } = res.locals;
  const frame = {
    ...{ title: t('imports:one', { number: res.locals.show.number(one.id) }), one },
    ...{ root: centreRoot(res), mayTake: may(actor!, POWER_OF[one.what], centre), ...refused },
  };
  if (one.state !== 'waiting' || !maySee(actor!, centre, one)) {
    return sendPage(req, res, 'imports/one', { ...frame, made: madeOf(res, one) });
  }
  const writing = writingOf(province, one.id);
  const job = writing ?? trialFor(req, res, one);
  let outcome: Awaited<ReturnType<typeof soon>>;
  try {
    outcome = await soon(job, writing ? 0 : PATIENCE_MS);
  } catch (fault) {
    if (!(fault instanceof Refusal) || 'refusal' in refused) throw fault;
    // The sheet cannot be read as it was asked; it can still be put aside.
    const { key, details } = withLine(res, one, fault) as Refusal;
    const sentence = said(t, res.locals.show, res.locals.language, { key, values: details.values });
    const refusal = { detail: sentence, clause: null, mend: null };
    forgetWork(province, one.id);
    return sendPage(req, res, 'imports/one', { ...frame, made: null, refusal, faults: {} });
  }
  if (outcome === undefined || !('trial' in outcome)) {
    const { phase, done, of } = job;
    const scripts = ['/assets/progress.js'];
    return sendPage(req, res, 'imports/progress', { ...frame, phase, done, of, scripts });
  }
  sendPage(req, res, 'imports/trial', { ...frame, ...shown(res, outcome.trial), ...refused });
}

/** The trial as the page has it. */
function shown(res: Response, trial: Trial) {
  const { t, show, language } = res.locals;
  // For people: a number with a dash keeps its order in a line from right to left.
  const sentence = (one: Parameters<typeof said>[3]) =>
    isolateNumbers(said(t, show, language, one));
  const { what, chosen, heads, faults, warnings } = trial;
  const fields = FIELDS[what];
  const label = (field: string) => (field ? t(`imports:fields.${what}.${field}`) : '');
  const line = ({ line: at, field, ...one }: Trial['faults'][number]) => ({
    ...{ line: at, column: label(field), cell: trial.cells[`${at} ${field}`] ?? '' },
    why: sentence(one),
    isCode: CODE_FIELDS.includes(field),
  });
  return {
    trial,
    why: trial.refusal ? sentence(trial.refusal) : null,
    notes: trial.notes.map(sentence),
    rows: faults.slice(0, 50).map(line),
    warned: warnings.slice(0, 20).map(line),
    fields: fields.map((field) => ({
      ...{ field, label: label(field), needed: NEEDED[what].includes(field) },
    })),
    hasMoney: fields.some((field) => MONEY_FIELDS.includes(field)),
    options: heads.map((head, at) => ({
      value: String(at),
      text: head || t('imports:column', { number: show.number(at + 1) }),
    })),
    chosen: asFields(chosen),
    query: new URLSearchParams(asFields(chosen)).toString(),
  };
}
