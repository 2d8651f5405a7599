/** Meetings of assemblies: the list, writing one down, its page with what became of each resolution. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { latinDigits, readName } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { dayAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { assembliesOf } from './assemblies.ts';
import { MEETING_KINDS, PROMOTED } from './kinds.ts';
import {
  countMeetings,
  findMeeting,
  holdMeeting,
  type Meeting,
  type MeetingFilter,
  meetingsOf,
  resolutionsOf,
  settleResolution,
} from './meetings.ts';
import { callsShown } from './mosque-event-pages.ts';
import { clashesOf, readClock } from './mosque-events.ts';

export const meetingPages = Router({ mergeParams: true });

/** So many resolutions have room on the form; a program may send as many as it likes. */
const ROOM = 4;
const MOST = 30;

const said = (max: number) => (text: string) => readName(text, { max });

const meetingForm = (today: string) =>
  z
    .object({
      metOn: typed((text) => readDay(text, { today })),
      metAt: typedOrNone(readClock),
      kind: chosen(MEETING_KINDS),
      subject: typed(said(200)),
      place: typedOrNone(said(120)),
      present: typedOrNone(readCount),
      promotes: z.union([z.literal(''), chosen(PROMOTED)]).optional(),
      noPolitics: ticked,
      assemblies: z.array(z.coerce.number().int().positive()).max(50).optional(),
      resolutions: z
        .array(
          z.object({
            resolution: typed(said(500)),
            owner: typedOrNone(said(120)),
            dueOn: typedOrNone((text) => readDay(text, { today })),
          }),
        )
        .max(MOST)
        .optional(),
    })
    .loose();

const outcomeForm = z.object({
  outcome: chosen(['done', 'dropped']),
  remark: typedOrNone(said(300)),
});

const HERE = '/{province}/centres/{code}/assemblies/meetings';
describeBody(`POST ${HERE}`, meetingForm(''));
describeBody(`POST ${HERE}/{meeting}/resolutions/{nth}`, outcomeForm);

function readCount(text: string): Reading<number> {
  const digits = latinDigits(text.trim());
  const fits = /^[1-9]\d{0,4}$/.test(digits);
  return fits ? { value: Number(digits) } : { fault: 'assemblies:faults.count' };
}

meetingPages.get('/assemblies/meetings', allow('assemblies.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const day = (name: string) => dayAsked(req.query, name, res.locals.actor!.today);
  const filter: MeetingFilter = { from: day('from'), to: day('to') };
  const total = countMeetings(province.db, centre.id, filter);
  const page = { limit: ROWS_PER_PAGE, offset: (pageAsked(req) - 1) * ROWS_PER_PAGE };
  const rows = meetingsOf(province.db, centre.id, filter, page);
  await answer(res, {
    html: () => sendList(req, res, rows, total),
    ...listForms(req, res, {
      ...{ name: `meetings-${centre.code}`, title: t('assemblies:meetings.title') },
      columns: columnsOf(res),
      page: () => ({ rows: rows.map(listed), total }),
      all: (db) =>
        everyRow((limit, offset) =>
          meetingsOf(db, centre.id, filter, { limit, offset }).map((one) => inWords(res, one)),
        ),
    }),
  });
});

meetingPages.get('/assemblies/meetings/new', allow('assemblies.edit'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, {}) });
});

meetingPages.post('/assemblies/meetings', allow('assemblies.edit'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody({ body: wholeOf(req.body) } as Request, meetingForm(actor!.today));
    const promotes = form.promotes === '' ? undefined : form.promotes;
    const told = { ...form, promotes, assemblies: form.assemblies ?? [] };
    const created = await enterOnce(req, res, (tx) => {
      const meeting = holdMeeting(tx, actor!, centre, {
        ...{ ...told, resolutions: form.resolutions ?? [] },
      });
      const { metOn, metAt } = meeting;
      const body = { ...meeting, clashes: clashesOf(tx, centre.id, metOn, metAt) };
      return { location: addressOf(res, meeting.id), body };
    });
    sendCreated(req, res, created, t('assemblies:flash.met'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

meetingPages.get('/assemblies/meetings/:meeting', allow('assemblies.read'), async (req, res) => {
  const meeting = named(req, res);
  await answer(res, {
    html: () => sendMeeting(req, res, meeting),
    json: () => {
      const { db } = res.locals.province;
      const clashes = clashesWith(res, meeting);
      res.json({ ...meeting, clashes, resolutions: resolutionsOf(db, meeting.id) });
    },
  });
});

meetingPages.post(
  '/assemblies/meetings/:meeting/resolutions/:nth',
  allow('assemblies.edit'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    const meeting = named(req, res);
    const nth = Number(req.params.nth);
    try {
      const form = readBody(req, outcomeForm);
      const settled = await enter(province, (tx) =>
        settleResolution(tx, actor!, centre, { meetingId: meeting.id, nth, ...form }),
      );
      const done = { to: addressOf(res, meeting.id), body: settled };
      sendChanged(req, res, done, t('assemblies:flash.settled'));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendMeeting(req, res, meeting, { ...refused, values: req.body as object }),
      );
    }
  },
);

/** A form's fields of resolutions and ticks of assemblies, put together as a program sends them. */
function wholeOf(body: unknown): object {
  const fields = { ...(body as Record<string, unknown>) };
  if (fields.assemblies === undefined) {
    const ticks = Object.keys(fields).filter((key) => /^assembly-\d+$/.test(key));
    fields.assemblies = ticks.map((key) => key.slice('assembly-'.length));
  }
  if (fields.resolutions === undefined) {
    fields.resolutions = Array.from({ length: ROOM }, (_, at) => ({
      resolution: fields[`resolution-${at}`],
      owner: fields[`owner-${at}`],
      dueOn: fields[`due-${at}`],
    })).filter(({ resolution }) => typeof resolution === 'string' && resolution.trim() !== '');
  }
  return fields;
}

function named(req: Request, res: Response): Meeting {
  const id = Number(req.params.meeting);
  if (!Number.isInteger(id)) throw new NotFound();
  return findMeeting(res.locals.province.db, res.locals.centre.id, id);
}

const clashesWith = (res: Response, { metOn, metAt }: Meeting) =>
  clashesOf(res.locals.province.db, res.locals.centre.id, metOn, metAt);

const addressOf = (res: Response, id: number) => `${centreRoot(res)}/assemblies/meetings/${id}`;

function listed({ assemblies, ...one }: Meeting) {
  const { id, metOn, kind, subject, present, resolutions, open, lateDays } = one;
  const who = assemblies.map(({ name }) => name).join(' - ');
  return { id, metOn, kind, subject, assemblies: who, present, resolutions, open, lateDays };
}

function inWords({ locals: { t, format } }: Response, one: Meeting) {
  const row = listed(one);
  return format === 'csv' ? row : { ...row, kind: t(`assemblies:meeting-kinds.${one.kind}`) };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`assemblies:meetings.${key}`);
  return [
    { key: 'metOn', title: title('met-on'), kind: 'day', width: 2 },
    { key: 'subject', title: title('subject'), kind: 'text', width: 4 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'assemblies', title: title('assemblies'), kind: 'text', width: 4 },
    { key: 'present', title: title('present'), kind: 'count', width: 1 },
    { key: 'resolutions', title: title('resolutions'), kind: 'count', width: 1 },
    { key: 'open', title: title('open'), kind: 'count', width: 1 },
    { key: 'lateDays', title: t('lateness:column'), kind: 'count', width: 1 },
  ];
}

function sendList(req: Request, res: Response, rows: Meeting[], total: number): void {
  const { actor, centre, t } = res.locals;
  sendPage(req, res, 'assemblies/meetings', {
    ...{ title: t('assemblies:meetings.title'), rows, total, at: pageAsked(req) },
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    mayEdit: may(actor!, 'assemblies.edit', centre),
    isFiltered: ['from', 'to'].some((key) => req.query[key]),
  });
}

function sendForm(req: Request, res: Response, form: object): void {
  const { province, centre, t } = res.locals;
  const standing = assembliesOf(province.db, centre.id).filter(({ endedOn }) => endedOn === null);
  sendPage(req, res, 'assemblies/meeting-new', {
    ...{ title: t('assemblies:meetings.new'), key: randomUUID(), kinds: MEETING_KINDS },
    ...{
      promoted: PROMOTED,
      open: standing,
      room: ROOM,
      asked: Number(req.query.assembly) || null,
      calls: callsShown(res, res.locals.actor!.today),
    },
    ...form,
  });
}

function sendMeeting(req: Request, res: Response, one: Meeting, refused: object = {}): void {
  const { province, actor, centre } = res.locals;
  sendPage(req, res, 'assemblies/meeting', {
    ...{ title: one.subject, meeting: one, resolutions: resolutionsOf(province.db, one.id) },
    clashes: clashesWith(res, one),
    mayEdit: may(actor!, 'assemblies.edit', centre),
    ...refused,
  });
}
