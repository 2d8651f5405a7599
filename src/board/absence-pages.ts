/** B-61: the absences of the chair: declared, listed, ended. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  type Absence,
  absenceState,
  absencesOf,
  declareAbsence,
  endAbsence,
  findAbsence,
} from './absences.ts';
import { isActing } from './acting.ts';
import { holdersOn } from './decree-rows.ts';

export const absencePages = Router({ mergeParams: true });

const absenceForm = (today: string) =>
  z.object({
    from: typed((text) => readDay(text, { today })),
    to: typed((text) => readDay(text, { today })),
    reason: typed(readReason),
  });

const ABSENCES = '/{province}/centres/{code}/board/absences';
describeBody(`POST ${ABSENCES}`, absenceForm(''));
describeWishes(`POST ${ABSENCES}/{absence}/ending`);

absencePages.get('/board/absences', allow('board.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const absences = absencesOf(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = absences.slice(offset, offset + ROWS_PER_PAGE);
  await answer(res, {
    html: () => sendAbsences(req, res, shown, absences.length),
    ...listForms(req, res, {
      ...{ name: `absences-${centre.code}`, title: t('board:absences.title') },
      columns: columnsOf(res),
      page: () => ({ rows: shown.map((one) => told(res, one)), total: absences.length }),
      all: () => absences.map((one) => inWords(res, one)),
    }),
  });
});

absencePages.post('/board/absences', allow('absences.declare'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const { from, to, reason } = readBody(req, absenceForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const declared = declareAbsence(tx, actor!, centre, { fromOn: from, toOn: to, reason });
      return { location: `${centreRoot(res)}/board/absences`, body: told(res, declared) };
    });
    sendCreated(req, res, created, t('board:flash.absent'));
  } catch (fault) {
    const { province } = res.locals;
    const absences = absencesOf(province.db, centre.id);
    sendRefusedForm(fault, req, res, (refused) =>
      sendAbsences(req, res, absences.slice(0, ROWS_PER_PAGE), absences.length, {
        ...{ ...refused, values: req.body as object },
      }),
    );
  }
});

absencePages.post(
  '/board/absences/:absence/ending',
  allow('absences.declare'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    const named = String(req.params.absence);
    if (!/^\d{1,10}$/.test(named)) throw new NotFound();
    const absence = findAbsence(province.db, centre.id, Number(named));
    const ended = await enter(province, (tx) => endAbsence(tx, actor!, centre, absence));
    const to = `${centreRoot(res)}/board/absences`;
    sendChanged(req, res, { to, body: told(res, ended) }, t('board:flash.absence-ended'));
  },
);

function told({ locals: { actor } }: Response, absence: Absence) {
  const { id, chair, fromOn, toOn, reason, declaredOn, declaredBy, endedOn } = absence;
  const state = absenceState(absence, actor!.today);
  return { id, state, chair, from: fromOn, to: toOn, reason, declaredOn, declaredBy, endedOn };
}

function inWords(res: Response, absence: Absence) {
  const row = told(res, absence);
  if (res.locals.format === 'csv') return row;
  return { ...row, state: res.locals.t(`board:absences.states.${row.state}`) };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`board:absences.${key}`);
  return [
    { key: 'chair', title: title('chair'), kind: 'text', width: 3 },
    { key: 'from', title: title('from'), kind: 'day', width: 2 },
    { key: 'to', title: title('to'), kind: 'day', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
    { key: 'reason', title: title('reason'), kind: 'text', width: 3 },
    { key: 'declaredBy', title: title('declared-by'), kind: 'text', width: 2 },
  ];
}

function sendAbsences(
  req: Request,
  res: Response,
  rows: Absence[],
  total: number,
  refused: object = {},
): void {
  const { province, actor, centre, t } = res.locals;
  const { today } = actor!;
  const holders = holdersOn(province.db, centre.id, today);
  sendPage(req, res, 'board/absences', {
    ...{ title: t('board:absences.title'), total, at: pageAsked(req) },
    rows: rows.map((row) => ({ ...row, state: absenceState(row, today) })),
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    mayDeclare: may(actor!, 'absences.declare', centre) && !isActing(actor!, centre.id),
    chair: holders.get('chair') ?? null,
    vice: holders.get('vice-chair') ?? null,
    ...refused,
  });
}
