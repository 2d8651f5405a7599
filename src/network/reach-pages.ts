/** B-5: the network report of the province, or of one county. */
import { Router } from 'express';
import { counties } from '../centres/counties.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { REACHES, reachOf, totalReach } from './reach.ts';

export const reachPages = Router({ mergeParams: true });

reachPages.get('/reports/network', allow('network-report.read'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const asked = { county: wordAsked(req.query, 'county'), sort: wordAsked(req.query, 'sort') };
  const rows = reachOf(province.db, actor!, asked);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = rows.slice(offset, offset + ROWS_PER_PAGE);
  const totals = totalReach(rows);
  const title = t('network:reach.title');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'network/reach', {
        ...{ title, rows: shown, total: rows.length, totals, reaches: REACHES },
        ...{ at: pageAsked(req), of: Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE)) },
        counties: actor!.office?.countyId === null ? counties(province.db) : [],
      }),
    ...listForms(req, res, {
      ...{ name: 'network', title },
      columns: [
        { key: 'code', title: t('network:reach.columns.code'), kind: 'code', width: 2 },
        { key: 'centre', title: t('network:reach.columns.centre'), kind: 'text', width: 4 },
        { key: 'county', title: t('network:reach.columns.county'), kind: 'text', width: 2 },
        ...REACHES.map((key) => ({
          ...{ key, title: t(`network:reach.columns.${key}`), kind: 'count' as const, width: 1 },
        })),
      ],
      page: () => ({ rows: shown, total: rows.length }),
      all: () => rows,
      totals: () => totals,
    }),
  });
});
