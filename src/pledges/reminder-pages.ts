/** Who is to be reminded, who was, when, by whom and in which words; and the slips to hand over. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { dayAsked, wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { sendPledge } from './pledge-pages.ts';
import { findPledge } from './pledge-rows.ts';
import {
  countReminders,
  findReminder,
  type Reminder,
  type ReminderFilter,
  remind,
  remindAll,
  remindersOf,
} from './reminders.ts';
import { REMINDER_WAYS } from './schema.ts';
import { slipsPdf } from './slips-pdf.ts';

export const reminderPages = Router({ mergeParams: true });

const ROOT = '/donations/pledges/reminders';
const ONE = '/donations/pledges/:pledge/reminders';
/** So many slips are printed at once; a day of a centre has fewer. */
const SLIPS = 2000;

const reminderForm = z.object({ way: chosen(REMINDER_WAYS) });
describeBody('POST /{province}/centres/{code}/donations/pledges/reminders', reminderForm);
describeBody('POST /{province}/centres/{code}/donations/pledges/{pledge}/reminders', reminderForm);

reminderPages.get(ROOT, allow('pledges.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const filter = filterAsked(req, res);
  const total = countReminders(province.db, centre.id, filter);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = remindersOf(province.db, centre.id, filter, { limit: ROWS_PER_PAGE, offset });
  const title = t('pledges:reminders.title');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'pledges/reminders', {
        ...{ title, total, at: pageAsked(req), ways: REMINDER_WAYS },
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        rows: rows.map((one) => rowOf(res, one)),
        root: `${centreRoot(res)}/donations/pledges`,
        isFiltered: Object.values(filter).some((one) => one !== undefined),
      }),
    ...listForms(req, res, {
      ...{ name: `reminders-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows: rows.map((one) => rowOf(res, one)), total }),
      all: (db) =>
        everyRow((limit, from) =>
          remindersOf(db, centre.id, filter, { limit, offset: from }).map((one) => rowOf(res, one)),
        ),
    }),
  });
});

/** The slips of a day on one print, for whoever cuts and hands them over. */
reminderPages.get(`${ROOT}/slips`, allow('pledges.read'), async (req, res) => {
  const { province, actor, centre } = res.locals;
  const on = dayAsked(req.query, 'on', actor!.today) ?? actor!.today;
  const filter = { from: on, to: on, way: 'slip' as const };
  const slips = remindersOf(province.db, centre.id, filter, { limit: SLIPS });
  if (slips.length === 0) throw new NotFound();
  await answer(res, { pdf: () => sendSlips(res, slips) });
});

reminderPages.post(ROOT, allow('pledges.keep'), async (req, res) => {
  const { province, actor, centre, t, show } = res.locals;
  const { way } = readBody(req, reminderForm);
  const reminded = await enter(province, (tx) => remindAll(tx, actor!, centre, way));
  const to = `${centreRoot(res)}${ROOT}?from=${actor!.today}`;
  const said = t('pledges:flash.reminded-all', { number: show.number(reminded) });
  sendChanged(req, res, { to, body: { reminded } }, said);
});

reminderPages.get(`${ONE}/:reminder`, allow('pledges.read'), async (req, res) => {
  const [pledge, id] = [numberIn(req, 'pledge'), numberIn(req, 'reminder')];
  const one = findReminder(res.locals.province.db, res.locals.centre.id, pledge, id);
  await answer(res, {
    html: () => res.redirect(303, `${centreRoot(res)}/donations/pledges/${pledge}`),
    json: () => res.json({ ...rowOf(res, one) }),
    pdf: () => sendSlips(res, [one]),
  });
});

reminderPages.post(ONE, allow('pledges.keep'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const number = numberIn(req, 'pledge');
  const before = findPledge(province.db, centre.id, number, actor!.today);
  try {
    const { way } = readBody(req, reminderForm);
    const one = await enter(province, (tx) => remind(tx, actor!, centre, number, way));
    const to = `${centreRoot(res)}/donations/pledges/${number}#reminders`;
    sendChanged(req, res, { to, body: rowOf(res, one) }, t('pledges:flash.reminded'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendPledge(req, res, before, refused));
  }
});

function numberIn({ params }: Request, name: string): number {
  const typed = String(params[name]);
  if (!/^\d{1,9}$/.test(typed)) throw new NotFound();
  return Number(typed);
}

function filterAsked({ query }: Request, res: Response): ReminderFilter {
  const { today } = res.locals.actor!;
  const way = wordAsked(query, 'way');
  return {
    ...{ from: dayAsked(query, 'from', today), to: dayAsked(query, 'to', today) },
    way: REMINDER_WAYS.find((one) => one === way),
  };
}

/** B-104: whoever is not to be named is not named here. */
function rowOf({ locals: { t } }: Response, one: Reminder) {
  const { id, pledge, dueOn, remindedOn, way, words, remindedBy } = one;
  const donor = one.mayBeNamed ? one.donorName : t('donations:withheld');
  return { id, pledge, donor, dueOn, remindedOn, way, remindedBy, words };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const column = (key: string, kind: Column['kind'], width: number): Column => {
    return { key, title: t(`pledges:reminders.columns.${key}`), kind, width };
  };
  return [
    ...[column('remindedOn', 'day', 2), column('pledge', 'count', 1)],
    ...[column('donor', 'text', 3), column('dueOn', 'day', 2), column('way', 'text', 1)],
    ...[column('remindedBy', 'text', 2), column('words', 'text', 6)],
  ];
}

async function sendSlips(res: Response, slips: Reminder[]): Promise<void> {
  const { centre } = res.locals;
  const pdf = await slipsPdf(slips, centre.name);
  res.type('pdf');
  res.set('Content-Disposition', `inline; filename="reminders-${centre.code}.pdf"`);
  res.send(pdf);
}
