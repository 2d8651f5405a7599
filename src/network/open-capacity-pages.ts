/** What the centres of the province opened to each other, for whoever sits in one of them. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import { requirePower } from '../access/powers.ts';
import { counties } from '../centres/counties.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { listForms, mapped, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { sendPage } from '../web/views.ts';
import { CAPACITY_KINDS, CAPACITY_USES } from './capacities.ts';
import {
  countOpenCapacities,
  everyOpenCapacity,
  type OpenCapacity,
  openCapacities,
} from './capacity-rows.ts';

export const openCapacityPages = Router({ mergeParams: true });

/** Officers read by their office; a trustee of any centre reads what other centres opened. */
function allowFinding(_req: Request, res: Response, next: NextFunction): void {
  const actor = res.locals.actor!;
  if (actor.office || actor.seats.length === 0) requirePower(actor, 'capacities.read');
  next();
}

openCapacityPages.get('/capacities', allowFinding, async (req, res) => {
  const { t, province } = res.locals;
  const filter = {
    ...{ q: wordAsked(req.query, 'q'), kind: wordAsked(req.query, 'kind') },
    ...{ use: wordAsked(req.query, 'use'), county: wordAsked(req.query, 'county') },
    sort: wordAsked(req.query, 'sort'),
  };
  const total = countOpenCapacities(province.db, filter);
  const part = { limit: ROWS_PER_PAGE, offset: (pageAsked(req) - 1) * ROWS_PER_PAGE };
  const shown = openCapacities(province.db, filter, part);
  const title = t('network:open.title');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'network/open-capacities', {
        ...{ title, rows: shown, total, at: pageAsked(req) },
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        ...{ kinds: CAPACITY_KINDS, uses: CAPACITY_USES, counties: counties(province.db) },
        isFiltered: ['q', 'kind', 'use', 'county'].some((key) => req.query[key]),
      }),
    ...listForms(req, res, {
      ...{ name: 'capacities', title },
      columns: (['title', 'kind', 'use', 'centre', 'code', 'county', 'phone'] as const).map(
        (key) => ({
          ...{ key, title: t(`network:open.columns.${key}`) },
          ...{ kind: key === 'code' || key === 'phone' ? 'code' : 'text' },
          width: key === 'title' || key === 'centre' ? 4 : 2,
        }),
      ),
      page: () => ({ rows: shown, total }),
      all: (db) =>
        mapped(everyOpenCapacity(db, filter), (row) =>
          res.locals.format === 'csv' ? row : inWords(res, row),
        ),
    }),
  });
});

function inWords({ locals: { t } }: Response, row: OpenCapacity) {
  const kind = t(`network:capacities.kinds.${row.kind}`);
  return { ...row, kind, use: t(`network:capacities.uses.${row.use}`) };
}
