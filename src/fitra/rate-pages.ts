/** The province's rates of fitra: each with its staple, its marja and where it was announced. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { eidDays } from '../funds/eid.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendCreated } from '../web/written.ts';
import { readRateTyped } from './forms.ts';
import { allRates, ratesOn, STAPLES, setRate } from './rates.ts';

export const fitraRatePages = Router({ mergeParams: true });

fitraRatePages.get('/fitra-rates', allow('fitra.rates'), async (req, res) => {
  const { province, t, format } = res.locals;
  const rows = allRates(province.db).map((rate) => ({
    ...rate,
    staple: format === 'csv' ? rate.staple : t(`fitra:staples.${rate.staple}`),
  }));
  const column = (key: string) => t(`fitra:columns.${key}`);
  await answer(res, {
    html: () => sendRates(req, res),
    ...listForms(req, res, {
      ...{ name: 'fitra-rates', title: t('fitra:rates.title') },
      columns: [
        { key: 'lunarYear', title: column('year'), kind: 'code', width: 1 },
        { key: 'staple', title: column('staple'), kind: 'text', width: 2 },
        { key: 'rateRial', title: column('rate'), kind: 'rial', width: 2 },
        { key: 'marja', title: column('marja'), kind: 'text', width: 3 },
        { key: 'source', title: column('source'), kind: 'text', width: 4 },
        { key: 'fromOn', title: column('from-on'), kind: 'day', width: 2 },
      ],
      page: () => ({ rows: rows.slice(0, 50), total: rows.length }),
      all: () => rows,
    }),
  });
});

fitraRatePages.post('/fitra-rates', allow('fitra.rates'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const { rate, ...typed } = readRateTyped(req, actor!.today);
    const created = await enterOnce(req, res, (tx) => ({
      location: `${provinceRoot(res)}/fitra-rates`,
      body: setRate(tx, actor!, { ...typed, rateRial: rate }),
    }));
    sendCreated(req, res, created, t('fitra:flash.rate'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendRates(req, res, { ...refused, values: req.body as object }),
    );
  }
});

function sendRates(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, t } = res.locals;
  sendPage(req, res, 'fitra/rates', {
    ...{ title: t('fitra:rates.title'), rates: allRates(province.db), staples: STAPLES },
    ...{ now: ratesOn(province.db, actor!.today).map(({ id }) => id), key: randomUUID() },
    ...{ eid: eidDays(province.db)[0] ?? null, values: {}, ...refused },
  });
}
