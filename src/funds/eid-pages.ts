/** The days of Eid al-Fitr: the list, and setting one as it was announced. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { jalaliParts, readDay } from '../values/jalali-date.ts';
import { readName, typedFigures } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendCreated } from '../web/written.ts';
import { eidDays, setEidDay } from './eid.ts';

export const eidPages = Router({ mergeParams: true });

const eidForm = (today: string) =>
  z.object({
    lunarYear: typed(readLunarYear),
    eidOn: typed((text) => readDay(text, { today })),
    source: typed(readName),
  });

describeBody('POST /{province}/eid-days', eidForm(''));

eidPages.get('/eid-days', allow('funds.edit'), async (req, res) => {
  const { province, t } = res.locals;
  const rows = eidDays(province.db);
  await answer(res, {
    html: () => sendDays(req, res),
    ...listForms(req, res, {
      ...{ name: 'eid-days', title: t('funds:eid.title') },
      columns: [
        { key: 'lunarYear', title: t('funds:eid.year'), kind: 'code', width: 1 },
        { key: 'eidOn', title: t('funds:eid.day'), kind: 'day', width: 2 },
        { key: 'source', title: t('funds:eid.source'), kind: 'text', width: 4 },
      ],
      page: () => ({ rows: rows.map(inText), total: rows.length }),
      all: () => rows.map(inText),
    }),
  });
});

eidPages.post('/eid-days', allow('funds.edit'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const form = readBody(req, eidForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => ({
      location: `${provinceRoot(res)}/eid-days`,
      body: setEidDay(tx, actor!, form),
    }));
    sendCreated(req, res, created, t('funds:flash.eid'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendDays(req, res, { ...refused, values: req.body as object }),
    );
  }
});

function sendDays(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, t } = res.locals;
  const { year } = jalaliParts(actor!.today);
  sendPage(req, res, 'funds/eid-days', {
    ...{ title: t('funds:eid.title'), days: eidDays(province.db) },
    // The lunar year runs ahead of the solar one by a year in each thirty-three.
    ...{ likely: year + 42, ...refused },
  });
}

const inText = <T extends { lunarYear: number }>(day: T) => ({
  ...{ ...day, lunarYear: String(day.lunarYear) },
});

function readLunarYear(text: string): Reading<number> {
  const figures = typedFigures(text);
  return /^1[45]\d\d$/.test(figures)
    ? { value: Number(figures) }
    : { fault: 'funds:refusals.lunar-year' };
}
