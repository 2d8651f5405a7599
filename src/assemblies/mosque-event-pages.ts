/** What goes on in the mosque: the list, writing an event down, telling that it is no more (B-97). */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay, weekdayName } from '../values/jalali-date.ts';
import { readName } from '../values/persian-text.ts';
import { clockOf } from '../values/prayer-times.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  callsOn,
  endMosqueEvent,
  mosqueEventsOf,
  readClock,
  recordMosqueEvent,
} from './mosque-events.ts';

export const mosqueEventPages = Router({ mergeParams: true });

const eventForm = (today: string) =>
  z
    .object({
      title: typed((text) => readName(text, { max: 120 })),
      heldOn: typedOrNone((text) => readDay(text, { today })),
      weekday: typedOrNone((text) =>
        /^[0-6]$/.test(text)
          ? { value: Number(text) }
          : { fault: 'common:refusals.unknown-choice' },
      ),
      fromAt: typed(readClock),
      toAt: typed(readClock),
    })
    .transform(({ heldOn = null, weekday = null, ...event }) => ({ ...event, heldOn, weekday }));

const HERE = '/{province}/centres/{code}/assemblies/mosque-events';
describeBody(`POST ${HERE}`, eventForm(''));
describeWishes(`POST ${HERE}/{event}/end`);

mosqueEventPages.get('/assemblies/mosque-events', allow('assemblies.read'), async (req, res) => {
  const { province, centre, t, language } = res.locals;
  const rows = mosqueEventsOf(province.db, centre.id).map(({ weekday, ...event }) => ({
    ...{ ...event, weekday: weekday === null ? null : weekdayName(weekday, language) },
  }));
  const column = (key: string, kind: 'text' | 'day' | 'code', width: number) => ({
    ...{ key, title: t(`assemblies:events.${key}`), kind, width },
  });
  await answer(res, {
    html: () => sendEvents(req, res),
    ...listForms(req, res, {
      ...{ name: `mosque-events-${centre.code}`, title: t('assemblies:events.title') },
      columns: [
        ...[column('title', 'text', 5), column('weekday', 'text', 2), column('heldOn', 'day', 2)],
        ...[column('fromAt', 'code', 1), column('toAt', 'code', 1), column('endedOn', 'day', 2)],
      ],
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
    }),
  });
});

mosqueEventPages.post('/assemblies/mosque-events', allow('assemblies.edit'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(req, eventForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => ({
      location: `${centreRoot(res)}/assemblies/mosque-events`,
      body: recordMosqueEvent(tx, actor!, centre, form),
    }));
    sendCreated(req, res, created, t('assemblies:flash.event'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendEvents(req, res, { ...refused, values: req.body as object }),
    );
  }
});

mosqueEventPages.post(
  '/assemblies/mosque-events/:event/end',
  allow('assemblies.edit'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    const id = Number(req.params.event);
    if (!Number.isSafeInteger(id)) throw new NotFound();
    const body = await enter(province, (tx) => endMosqueEvent(tx, actor!, centre, id));
    const to = `${centreRoot(res)}/assemblies/mosque-events`;
    sendChanged(req, res, { to, body }, t('assemblies:flash.event-ended'));
  },
);

function sendEvents(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, centre, t, language } = res.locals;
  sendPage(req, res, 'assemblies/mosque-events', {
    ...{ title: t('assemblies:events.title'), rows: mosqueEventsOf(province.db, centre.id) },
    weekdays: [0, 1, 2, 3, 4, 5, 6].map((day) => weekdayName(day, language)),
    calls: callsShown(res, actor!.today),
    mayEdit: may(actor!, 'assemblies.edit', centre),
    ...refused,
  });
}

/** The calls of a day as a page shows them, in their order. */
export function callsShown({ locals: { province, centre, t, show } }: Response, day: string) {
  const calls = callsOn(province.db, centre.id, day);
  if (!calls) return null;
  const said = (['fajr', 'dhuhr', 'maghrib'] as const).map((call) =>
    t(`assemblies:events.calls.${call}`, { at: show.digits(clockOf(calls[call])) }),
  );
  return said.join(' \u00b7 ');
}
