/** The log of hours: of the whole centre and of one volunteer, in every format, summed by month. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName, readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { dayAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import {
  type Column,
  everyRow,
  type Listing,
  listForms,
  pageAsked,
  ROWS_PER_PAGE,
} from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  type HoursFilter,
  type HoursRow,
  hoursOf,
  monthsOfHours,
  readHours,
  recordHours,
  sumOfHours,
  withdrawHours,
} from './hours.ts';
import { volunteerNamed } from './volunteer-pages.ts';
import type { Volunteer } from './volunteer-rows.ts';
import { hoursOf as inHours, volunteerAddress } from './volunteer-words.ts';

export const hourPages = Router({ mergeParams: true });

const ONE = '/network/volunteers/:number/hours';

const hoursForm = (today: string) =>
  z.object({
    workedOn: typed((text) => readDay(text, { today })),
    hours: typed(readHours),
    what: typed((text) => readName(text, { max: 300 })),
  });
const withdrawalForm = z.object({ reason: typed(readReason) });

const HOURS = '/{province}/centres/{code}/network/volunteers/{number}/hours';
describeBody(`POST ${HOURS}`, hoursForm(''));
describeBody(`POST ${HOURS}/{id}/withdrawal`, withdrawalForm);

hourPages.get('/network/hours', allow('network.read'), (req, res) => sendLog(req, res));
hourPages.get(ONE, allow('network.read'), (req, res) =>
  sendLog(req, res, volunteerNamed(req, res)),
);

hourPages.post(ONE, allow('hours.record'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  const volunteer = volunteerNamed(req, res);
  try {
    const { hours: minutes, ...rest } = readBody(req, hoursForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const id = recordHours(tx, actor!, centre, volunteer.number, { ...rest, minutes });
      const location = `${volunteerAddress(res, volunteer)}/hours`;
      return { location, body: { id, ...rest, hours: inHours(minutes) } };
    });
    sendCreated(req, res, created, t('network:flash.hours'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendLogPage(req, res, volunteer, { ...refused, values: req.body as object }),
    );
  }
});

hourPages.post(`${ONE}/:id/withdrawal`, allow('hours.record'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const volunteer = volunteerNamed(req, res);
  const id = Number(req.params.id);
  if (!Number.isSafeInteger(id)) throw new NotFound();
  try {
    const { reason } = readBody(req, withdrawalForm);
    await enter(province, (tx) => withdrawHours(tx, actor!, centre, id, reason));
    const to = `${volunteerAddress(res, volunteer)}/hours`;
    sendChanged(req, res, { to, body: { id, withdrawn: reason } }, t('network:flash.withdrawn'));
  } catch (fault) {
    const values = { ...(req.body as object), withdrawing: String(id) };
    sendRefusedForm(fault, req, res, (refused) =>
      sendLogPage(req, res, volunteer, { ...refused, values }),
    );
  }
});

async function sendLog(req: Request, res: Response, volunteer?: Volunteer): Promise<void> {
  await answer(res, {
    html: () => sendLogPage(req, res, volunteer),
    ...listForms(req, res, listingOf(req, res, volunteer)),
  });
}

function filterOf(req: Request, res: Response, volunteer?: Volunteer): HoursFilter {
  const { today } = res.locals.actor!;
  const [from, to] = ['from', 'to'].map((name) => dayAsked(req.query, name, today));
  return { volunteer: volunteer?.number, from, to };
}

function sendLogPage(
  req: Request,
  res: Response,
  volunteer: Volunteer | undefined,
  form: object = {},
): void {
  const { province, centre, actor, t } = res.locals;
  const { db } = province;
  const filter = filterOf(req, res, volunteer);
  const { rows: total, minutes } = sumOfHours(db, centre.id, filter);
  const of = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
  const at = Math.min(pageAsked(req), of);
  const place = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE };
  const root = `${centreRoot(res)}/network`;
  sendPage(req, res, 'network/hours', {
    title: volunteer ? t('network:hours.of', { name: volunteer.name }) : t('network:hours.title'),
    path: volunteer ? `${volunteerAddress(res, volunteer)}/hours` : `${root}/hours`,
    ...{ root, volunteer: volunteer ?? null, at, of, total, key: randomUUID() },
    rows: hoursOf(db, centre.id, filter, place).map(lineOf),
    hours: inHours(minutes),
    months: monthsOfHours(db, centre.id, filter).map(({ minutes: given, ...month }) => ({
      ...{ ...month, hours: inHours(given) },
    })),
    isFiltered: Boolean(filter.from ?? filter.to),
    mayRecord: volunteer !== undefined && may(actor!, 'hours.record', centre),
    ...{ faults: {}, refusal: null, ...form },
  });
}

function lineOf({ minutes, ...row }: HoursRow) {
  return { ...row, hours: inHours(minutes) };
}

function listingOf(req: Request, res: Response, volunteer?: Volunteer): Listing {
  const { province, centre, t } = res.locals;
  const filter = filterOf(req, res, volunteer);
  const column = (key: string, kind: Column['kind'], width: number): Column => {
    return { key, title: t(`network:hours.columns.${key}`), kind, width };
  };
  const rowsFrom = (limit: number, offset: number, db = province.db) =>
    hoursOf(db, centre.id, filter, { limit, offset }).map(lineOf);
  return {
    ...{ name: `hours-${centre.code}`, title: t('network:hours.title') },
    columns: [
      column('workedOn', 'day', 2),
      column('volunteer', 'count', 1),
      column('name', 'text', 3),
      column('hours', 'count', 1.2),
      column('what', 'text', 5),
      column('withdrawn', 'text', 2),
      { key: 'lateDays', title: t('lateness:column'), kind: 'count', width: 1.2 },
    ],
    page: () => ({
      rows: rowsFrom(ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE),
      total: sumOfHours(province.db, centre.id, filter).rows,
    }),
    all: (db) => everyRow((limit, from) => rowsFrom(limit, from, db)),
    totals: (db) => ({ hours: inHours(sumOfHours(db, centre.id, filter).minutes) }),
    totalsTitle: t('network:hours.counted'),
  };
}
