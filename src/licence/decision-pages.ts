/** Decisions on a centre's licence: the list of those made, and making one. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { readDay } from '../values/jalali-date.ts';
import { readPaperNumber, readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { bearingResult, decide, renewalFrom } from './decisions.ts';
import { listOf } from './dissolution-rows.ts';
import { licencesOf } from './licences.ts';
import { STATE_LOOKS } from './look.ts';
import { monitoringsOf } from './monitoring-rows.ts';
import {
  DECISIONS,
  type Decision,
  type DecisionKind,
  decisionsOf,
  STATE_BY_DECISION,
  standingOn,
} from './standing.ts';
import { LICENSED_DEEDS, leaveFor, stateOn } from './states.ts';
import { FOLLOWS } from './transitions.ts';

export const decisionPages = Router({ mergeParams: true });

const decisionForm = (today: string) =>
  z.object({
    kind: chosen(DECISIONS),
    number: typed(readPaperNumber),
    reason: typed(readReason),
    licenceNumber: typedOrNone(readPaperNumber),
    to: typedOrNone((text) => readDay(text, { today })),
  });

describeBody('POST /{province}/centres/{code}/licence/decisions', decisionForm(''));

decisionPages.get('/licence/decisions', allow('centres.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const decisions = decisionsOf(province.db, centre.id);
  const title = t('licence:decisions.title');
  const rows = decisions.map(({ kind, number, decidedOn, reason, decidedBy }) => ({
    ...{ kind, number, decidedOn, reason, decidedBy },
  }));
  await answer(res, {
    html: () => sendPage(req, res, 'licence/decisions', { title, decisions }),
    ...listForms(req, res, {
      ...{ name: `decisions-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows, total: rows.length }),
      all: () => (res.locals.format === 'csv' ? rows : rows.map((row) => inWords(res, row))),
    }),
  });
});

decisionPages.get('/licence/decisions/new', allow('licences.decide'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, String(req.query.kind ?? '')) });
});

decisionPages.post('/licence/decisions', allow('licences.decide'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const { licenceNumber, to, ...form } = readBody(req, decisionForm(actor!.today));
    const licence = licenceNumber && to ? { number: licenceNumber, toOn: to } : undefined;
    const created = await enterOnce(req, res, (tx) => {
      const decision = decide(tx, actor!, centre, { ...form, licence });
      return { location: `${centreRoot(res)}/licence`, body: told(decision) };
    });
    sendCreated(req, res, created, t(`licence:flash.${form.kind}`));
  } catch (fault) {
    const body = (req.body ?? {}) as { kind?: unknown };
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, String(body.kind ?? ''), { ...refused, values: body }),
    );
  }
});

function told({ id, kind, number, decidedOn, reason, paperId, decidedBy }: Decision) {
  return { id, kind, number, decidedOn, reason, paperId, decidedBy };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`licence:decisions.${key}`);
  return [
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'number', title: title('number'), kind: 'code', width: 2 },
    { key: 'decidedOn', title: title('decided-on'), kind: 'day', width: 2 },
    { key: 'reason', title: title('reason'), kind: 'text', width: 5 },
    { key: 'decidedBy', title: title('decided-by'), kind: 'text', width: 3 },
  ];
}

function inWords<T extends { kind: DecisionKind }>({ locals: { t } }: Response, row: T) {
  return { ...row, kind: t(`licence:kinds.${row.kind}`) };
}

/** What the chosen decision rests on, and what the centre may do once it is made. */
function sendForm(req: Request, res: Response, asked: string, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const { db } = province;
  const { state } = standingOn(db, centre.id, actor!.today);
  const choices = FOLLOWS[state];
  const kind = DECISIONS.find((one) => one === asked) ?? choices[0] ?? null;
  const licences = licencesOf(db, centre.id);
  const result = (kind && bearingResult(db, centre.id, actor!.today, kind)) ?? null;
  const missing = kind && missingFor(res, kind, result !== null);
  const after = kind && stateAfter(kind, stateOn(licences, actor!.today));
  sendPage(req, res, 'licence/decision-new', {
    title: kind ? t(`licence:decide.${kind}.title`) : t('licence:decide.title'),
    ...{ kind, choices, state, key: randomUUID(), looks: STATE_LOOKS, after },
    rests: kind !== null && ['renew', 'suspend', 'revoke'].includes(kind),
    // What was typed is kept beside what is missing.
    ...{ result, missing, showsForm: missing === null || 'values' in refused },
    renewedFrom: kind === 'renew' ? renewalFrom(licences, actor!.today) : null,
    permits: after ? LICENSED_DEEDS.map((deed) => ({ deed, leave: leaveFor(after, deed) })) : [],
    ...refused,
  });
}

/** What the decision cannot be made without, and the page on which that is mended; null if nothing. */
function missingFor({ locals }: Response, kind: DecisionKind, hasResult: boolean) {
  const { province, actor, centre } = locals;
  if (['renew', 'suspend', 'revoke'].includes(kind) && !hasResult) {
    const open = monitoringsOf(province.db, centre.id).find(({ result }) => result === null);
    const to = open ? `/monitoring/${open.id}` : '/monitoring';
    return { key: open ? 'unsigned' : 'no-result', clause: 'B-109', to };
  }
  const { decision } = standingOn(province.db, centre.id, actor!.today);
  const listed = decision !== null && listOf(province.db, decision.id) !== undefined;
  return kind === 'finish' && !listed ? { key: 'no-list', clause: 'B-102', to: '/assets' } : null;
}

const stateAfter = (kind: DecisionKind, byDays: ReturnType<typeof stateOn>) =>
  STATE_BY_DECISION[kind] ?? (kind === 'renew' ? 'active' : byDays);
