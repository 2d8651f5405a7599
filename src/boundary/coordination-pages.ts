/** B-124: the letters that settle overlaps of a centre's area, for both boards to read. */
import { type Response, Router } from 'express';
import { answer } from '../web/formats.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { sizeInWords } from './centre-map.ts';
import { coordinationsOf } from './coordinations.ts';
import { boundaryRoot } from './shown-version.ts';

export const coordinationPages = Router({ mergeParams: true });

coordinationPages.get('/boundary/coordinations', allow('boundary.read'), (req, res) => {
  const { province, centre, t, show } = res.locals;
  const rows = coordinationsOf(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = rows.slice(offset, offset + ROWS_PER_PAGE);
  const title = t('boundary:coordinations.title');
  return answer(res, {
    html: () =>
      sendPage(req, res, 'boundary/coordinations', {
        ...{ title, root: boundaryRoot(res), at: pageAsked(req), total: rows.length },
        of: Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE)),
        rows: shown.map((row) => ({
          ...row,
          size: sizeInWords(row.squareMetres, res.locals),
          versionName: t('boundary:version', { version: show.number(row.version) }),
          otherVersionName: t('boundary:version', { version: show.number(row.otherVersion) }),
        })),
      }),
    ...listForms(req, res, {
      ...{ name: `${centre.code}-coordinations`, title, columns: columnsOf(res) },
      page: () => ({ rows: shown, total: rows.length }),
      all: () => rows,
    }),
  });
});

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`boundary:coordinations.${key}`);
  return [
    { key: 'number', title: title('number'), kind: 'code', width: 2 },
    { key: 'decidedOn', title: title('decided-on'), kind: 'day', width: 2 },
    { key: 'otherName', title: title('other'), kind: 'text', width: 4 },
    { key: 'version', title: title('version'), kind: 'count', width: 1 },
    { key: 'otherVersion', title: title('other-version'), kind: 'count', width: 1 },
    { key: 'squareMetres', title: title('square-metres'), kind: 'count', width: 2 },
    { key: 'letter', title: title('letter'), kind: 'text', width: 4 },
    { key: 'recordedBy', title: title('recorded-by'), kind: 'text', width: 2 },
  ];
}
