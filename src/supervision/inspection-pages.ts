/** The pages of the committee's visits to a centre (B-111). */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { changing, creating, fieldsOf, idAsked } from '../bank/asked.ts';
import { addDays, readDay } from '../values/jalali-date.ts';
import { readLine, readParagraph } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import {
  findInspection,
  type Inspection,
  inspectionsOf,
  recordInspection,
  takeFindingStep,
} from './inspections.ts';
import { CHECKLIST, FOUND } from './schema.ts';

export const inspectionPages = Router({ mergeParams: true });

const HERE = '/inspections';
const TOLD = '/{province}/centres/{code}/inspections';
/** A form has room for so many findings. */
const FINDINGS = 5;
/** What is found is to be mended within so many days, unless told. */
const DAYS_TO_MEND = 30;

const said = (text: string): Reading<string> => {
  const read = readParagraph(text, { max: 2000 });
  return 'value' in read && read.value.length < 3 ? { fault: 'values:text.reason' } : read;
};
const readVisitors = (text: string): Reading<string> => {
  const read = readLine(text, { max: 200 });
  return 'value' in read && read.value.length < 3 ? { fault: 'common:refusals.needed' } : read;
};
const later = (today: string) => typed((text) => readDay(text, { today: addDays(today, 730) }));
const visitForm = (today: string) =>
  z.object({
    visitedOn: typed((text) => readDay(text, { today })),
    visitors: typed(readVisitors),
    note: typedOrNone(said),
    checklist: z.object(Object.fromEntries(CHECKLIST.map((item) => [item, chosen(FOUND)]))),
    findings: z.array(z.object({ text: typed(said), dueOn: later(today) })).max(20),
  });
const stepForm = z.object({ text: typed(said) });
const decisionForm = stepForm.extend({ step: chosen(['accepted', 'returned']) });
describeBody(`POST ${TOLD}`, visitForm(''));
describeBody(`POST ${TOLD}/{inspection}/findings/{finding}/mending`, stepForm);
describeBody(`POST ${TOLD}/{inspection}/findings/{finding}/decision`, decisionForm);

inspectionPages.get(HERE, allow('inspections.read'), (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const visits = inspectionsOf(province.db, centre.id, actor!.today);
  const at = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  return answer(res, {
    html: () =>
      sendPage(req, res, 'supervision/inspections', {
        ...{ title: t('supervision:visits.title'), visits, root: centreRoot(res) },
        mayRecord: may(actor!, 'inspections.record', centre),
      }),
    ...listForms(req, res, {
      ...{ name: `inspections-${centre.code}`, title: t('supervision:visits.title') },
      columns: columnsOf(res),
      page: () => ({ rows: visits.slice(at, at + ROWS_PER_PAGE).map(row), total: visits.length }),
      all: () => visits.map(row),
    }),
  });
});

inspectionPages.get(`${HERE}/new`, allow('inspections.record'), (req, res) =>
  answer(res, { html: () => sendForm(req, res) }),
);

inspectionPages.post(HERE, allow('inspections.record'), (req, res) => {
  const again = (refused: object) => sendForm(req, res, refused);
  return creating(req, res, { said: 'supervision:flash.visited', again }, (tx) => {
    const { actor, centre } = res.locals;
    const { note = null, checklist, ...visit } = readBody(sent(req), visitForm(actor!.today));
    const one = recordInspection(tx, actor!, centre, {
      ...{ ...visit, note, checklist: checklist as Inspection['checklist'] },
    });
    return { location: `${centreRoot(res)}${HERE}/${one.number}`, body: one };
  });
});

inspectionPages.get(`${HERE}/:inspection`, allow('inspections.read'), (req, res) =>
  answer(res, {
    html: () => sendOne(req, res),
    json: () => res.json(named(req, res)),
  }),
);

const AT = `${HERE}/:inspection/findings/:finding`;

inspectionPages.post(`${AT}/mending`, allow('inspections.mend'), (req, res) =>
  step(req, res, () => ({ ...readBody(req, stepForm), step: 'mended' as const })),
);

inspectionPages.post(`${AT}/decision`, allow('inspections.record'), (req, res) =>
  step(req, res, () => readBody(req, decisionForm)),
);

function step(
  req: Request,
  res: Response,
  read: () => { step: 'mended' | 'accepted' | 'returned'; text: string },
): Promise<void> {
  const { number } = named(req, res);
  const position = idAsked(req, 'finding');
  const again = (refused: object) => sendOne(req, res, { ...refused, refusedFinding: position });
  return changing(req, res, { said: 'supervision:flash.finding', again }, (tx) => {
    const { actor, centre } = res.locals;
    const body = takeFindingStep(tx, actor!, centre, { number, position, ...read() });
    return { to: `${centreRoot(res)}${HERE}/${number}`, body };
  });
}

/** A form has fields for each finding; a program sends the list. */
function sent(req: Request): { body: unknown } {
  const body = (req.body ?? {}) as Record<string, unknown>;
  if (Array.isArray(body.findings)) return { body };
  const texts = fieldsOf(req, 'findings').filter(([key]) => key.endsWith('.text'));
  const findings = texts
    .filter(([, text]) => text.trim() !== '')
    .map(([key, text]) => ({ text, dueOn: body[`findings.${key.split('.')[0]}.dueOn`] ?? '' }));
  const checklist = Object.fromEntries(
    CHECKLIST.map((item) => [item, body[`checklist.${item}`] ?? '']),
  );
  return { body: { ...body, findings, checklist: body.checklist ?? checklist } };
}

const named = (req: Request, res: Response): Inspection => {
  const { province, centre, actor } = res.locals;
  return findInspection(province.db, centre.id, idAsked(req, 'inspection'), actor!.today);
};

function sendForm(req: Request, res: Response, refused: object = {}): void {
  const { actor, t } = res.locals;
  sendPage(req, res, 'supervision/inspection-form', {
    ...{ title: t('supervision:visits.new'), root: centreRoot(res), key: randomUUID() },
    ...{ checklist: CHECKLIST, found: FOUND, findings: FINDINGS },
    due: addDays(actor!.today, DAYS_TO_MEND),
    ...refused,
  });
}

function sendOne(req: Request, res: Response, refused: object = {}): void {
  const { actor, centre, t, show } = res.locals;
  const one = named(req, res);
  sendPage(req, res, 'supervision/inspection', {
    title: t('supervision:visits.of', { number: show.number(one.number) }),
    ...{ one, checklist: CHECKLIST, root: centreRoot(res) },
    address: `${centreRoot(res)}${HERE}/${one.number}`,
    mayMend: may(actor!, 'inspections.mend', centre),
    mayDecide: may(actor!, 'inspections.record', centre),
    ...{ refusedFinding: 0, ...refused },
  });
}

function row({ number, visitedOn, visitors, findings }: Inspection) {
  const open = findings.filter(({ state }) => state !== 'accepted');
  return {
    ...{ number, visitedOn, visitors, findings: findings.length, open: open.length },
    late: open.filter(({ isLate }) => isLate).length,
  };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`supervision:visits.columns.${key}`);
  return [
    { key: 'number', title: title('number'), kind: 'count', width: 1 },
    { key: 'visitedOn', title: title('visited-on'), kind: 'day', width: 2 },
    { key: 'visitors', title: title('visitors'), kind: 'text', width: 5 },
    { key: 'findings', title: title('findings'), kind: 'count', width: 2 },
    { key: 'open', title: title('open'), kind: 'count', width: 2 },
    { key: 'late', title: title('late'), kind: 'count', width: 2 },
  ];
}
