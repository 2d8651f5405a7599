/** The base of the committee's ten per cent and what it paid; the province's rate and its source. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { dayFilters, periodOf, STYLES } from '../books/asked.ts';
import { readReference } from '../donations/gift-fields.ts';
import type { Db } from '../provinces/connection.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readPaperNumber } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { type MoneyUnit, readRial } from '../values/rial.ts';
import { typedNumber } from '../values/typed-number.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, provinceRoot, sendCreated } from '../web/written.ts';
import { unitOf } from './forms.ts';
import {
  committeeGifts,
  enterCommitteeGift,
  type Period,
  ratesOf,
  setRate,
  shareReport,
} from './share.ts';

export const sharePages = Router({ mergeParams: true });
export const committeeRatePages = Router({ mergeParams: true });

const HERE = '/donations/committee-share';

const giftForm = (today: string, unit: MoneyUnit = 'rial') =>
  z.object({
    amount: typed((text) => readRial(text, unit)),
    amountUnit: z.string().optional(),
    receivedOn: typed((text) => readDay(text, { today })),
    reference: typed(readReference),
    letterNumber: typed((text) => readPaperNumber(text)),
    letterOn: typed((text) => readDay(text, { today })),
  });
/** Per cent, with two figures behind the point at most. */
function readRate(text: string): Reading<number> {
  const figures = typedNumber(text).replace('\u066b', '.');
  const fits = /^\d{1,3}(\.\d{1,2})?$/.test(figures) && Number(figures) <= 100;
  if (!fits) return { fault: 'pledges:refusals.rate' };
  return { value: Math.round(Number(figures) * 100) };
}
const rateForm = (today: string) =>
  z.object({
    fromOn: typed((text) => readDay(text, { today })),
    rate: typed(readRate),
    source: typed((text) => readLine(text, { max: 200 })),
  });
describeBody(`POST /{province}/centres/{code}${HERE}`, giftForm(''));
describeBody('POST /{province}/committee-rates', rateForm(''));

sharePages.get(HERE, allow('committee-share.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const { from, to } = periodOf(req, res);
  const period = { fromOn: from, toOn: to };
  const report = shareReport(province.db, centre.id, period);
  const word = (key: string) => t(`pledges:share.${key}`);
  const rows = (db: Db) =>
    shareReport(db, centre.id, period).kinds.map((row) => ({
      ...row,
      kind: res.locals.format === 'csv' ? row.kind : t(`donations:kinds.${row.kind}`),
    }));
  const totalsOf = (db: Db) => {
    const { gifts, baseRial, shareRial } = shareReport(db, centre.id, period);
    return { gifts, rial: baseRial, shareRial };
  };
  await answer(res, {
    html: () => sendShare(req, res, period),
    ...listForms(req, res, {
      ...{ name: `committee-share-${centre.code}`, title: t('pledges:share.title') },
      columns: [
        { key: 'kind', title: word('kind'), kind: 'text', width: 3 },
        { key: 'gifts', title: word('gifts'), kind: 'count', width: 1 },
        { key: 'rial', title: word('rial'), kind: 'rial', width: 3 },
        { key: 'shareRial', title: word('share-rial'), kind: 'rial', width: 3 },
      ],
      page: () => ({ rows: report.kinds, total: report.kinds.length }),
      all: rows,
      totals: totalsOf,
      json: () => ({
        ...{ from, to, ...report, received: committeeGifts(province.db, centre.id, period) },
      }),
    }),
  });
});

sharePages.post(HERE, allow('committee-share.record'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(req, giftForm(actor!.today, unitOf(req)));
    const { amount: amountRial, receivedOn, reference, letterNumber, letterOn } = form;
    const gift = { amountRial, receivedOn, reference, letterNumber, letterOn };
    const created = await enterOnce(req, res, (tx) => {
      const { id, receipt } = enterCommitteeGift(tx, actor!, centre, gift);
      const location = `${centreRoot(res)}/donations/receipts/${receipt}`;
      return { location, body: { id, receipt, ...gift } };
    });
    sendCreated(req, res, created, t('pledges:flash.share'));
  } catch (fault) {
    const { from, to } = periodOf(req, res);
    sendRefusedForm(fault, req, res, (refused) => {
      sendShare(req, res, { fromOn: from, toOn: to }, { ...refused, values: req.body as object });
    });
  }
});

committeeRatePages.get('/committee-rates', allow('committee-rates.edit'), async (req, res) => {
  const { province, t } = res.locals;
  const rows = ratesOf(province.db);
  const column = (key: string) => t(`pledges:rates.${key}`);
  await answer(res, {
    html: () => sendRates(req, res),
    ...listForms(req, res, {
      ...{ name: 'committee-rates', title: t('pledges:rates.title') },
      columns: [
        { key: 'fromOn', title: column('from-on'), kind: 'day', width: 2 },
        { key: 'rateBp', title: column('rate-bp'), kind: 'count', width: 2 },
        { key: 'source', title: column('source'), kind: 'text', width: 4 },
      ],
      page: () => ({ rows, total: rows.length }),
      all: (db) => ratesOf(db),
    }),
  });
});

committeeRatePages.post('/committee-rates', allow('committee-rates.edit'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const { fromOn, rate: rateBp, source } = readBody(req, rateForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => ({
      location: `${provinceRoot(res)}/committee-rates`,
      body: setRate(tx, actor!, { fromOn, rateBp, source }),
    }));
    sendCreated(req, res, created, t('pledges:flash.rate'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendRates(req, res, { ...refused, values: req.body as object }),
    );
  }
});

function sendShare(req: Request, res: Response, period: Period, refused: object = {}): void {
  const { province, actor, centre, t, show } = res.locals;
  sendPage(req, res, 'pledges/share', {
    ...{ styles: STYLES, title: t('pledges:share.title'), key: randomUUID() },
    lead: t('pledges:share.lead', { from: show.day(period.fromOn), to: show.day(period.toOn) }),
    filters: dayFilters(res, { from: period.fromOn, to: period.toOn }),
    root: centreRoot(res),
    report: shareReport(province.db, centre.id, period),
    gifts: committeeGifts(province.db, centre.id, period),
    mayRecord: may(actor!, 'committee-share.record', centre),
    ...{ values: {}, ...refused },
  });
}

function sendRates(req: Request, res: Response, refused: object = {}): void {
  const { province, t } = res.locals;
  sendPage(req, res, 'pledges/rates', {
    ...{ title: t('pledges:rates.title'), rows: ratesOf(province.db), key: randomUUID() },
    ...{ values: {}, ...refused },
  });
}
