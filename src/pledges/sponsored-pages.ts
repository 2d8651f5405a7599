/** What came in for each sponsored child or household, what was passed on, what is held. */
import { Router } from 'express';
import { answer } from '../web/formats.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { sponsoredOf } from './sponsored.ts';

export const sponsoredPages = Router({ mergeParams: true });

sponsoredPages.get('/donations/sponsored', allow('sponsored.read'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const title = t('pledges:sponsored.title');
  const all = sponsoredOf(province.db, centre.id, actor!.today);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = all.slice(offset, offset + ROWS_PER_PAGE);
  const column = (key: string, kind: Column['kind'], width = 2): Column => {
    return { key, title: t(`pledges:sponsored.${key}`), kind, width };
  };
  await answer(res, {
    html: () =>
      sendPage(req, res, 'pledges/sponsored', {
        ...{ title, rows, total: all.length, at: pageAsked(req) },
        of: Math.max(1, Math.ceil(all.length / ROWS_PER_PAGE)),
      }),
    ...listForms(req, res, {
      ...{ name: `sponsored-${centre.code}`, title },
      columns: [
        ...[column('code', 'code'), column('sponsors', 'count', 1)],
        ...[column('monthlyRial', 'rial'), column('receivedRial', 'rial')],
        ...[column('passedRial', 'rial'), column('heldRial', 'rial')],
      ],
      page: () => ({ rows, total: all.length }),
      all: (db) => sponsoredOf(db, centre.id, actor!.today),
    }),
  });
});
