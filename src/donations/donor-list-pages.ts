/** The list of donors, in every format. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import type { Db } from '../provinces/connection.ts';
import { answer } from '../web/formats.ts';
import {
  everyRow,
  type Listing,
  listForms,
  pageAsked,
  ROWS_PER_PAGE,
  type Row,
} from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { giftTotals } from './donations.ts';
import {
  type DonorRow,
  type DonorSort,
  donorPage,
  donorRows,
  everyDonor,
  FOUND_AT_MOST,
} from './donor-list.ts';
import { donorShownTo, soughtBy } from './donor-words.ts';

export const donorListPages = Router({ mergeParams: true });

donorListPages.get('/donations/donors', allow('donors.read'), async (req, res) => {
  await answer(res, {
    html: () => sendListPage(req, res),
    ...listForms(req, res, listingOf(req, res)),
  });
});

type Asked = { q?: string; sort: DonorSort };

function askedFor(req: Request, res: Response): Asked {
  const q = String(req.query.q ?? '')
    .trim()
    .slice(0, 200);
  const [, minus, by] = /^(-?)(name|gifts|rial|lastOn)$/.exec(String(req.query.sort ?? '')) ?? [];
  const sort = { by: (by ?? 'name') as DonorSort['by'], down: minus === '-' };
  return { q: q ? soughtBy(res, q) : undefined, sort };
}

function pageOf(req: Request, res: Response) {
  const { province, centre } = res.locals;
  const asked = askedFor(req, res);
  const turn = (at: number) => {
    const place = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE };
    return { ...donorPage(province.db, centre.id, asked, place), at };
  };
  const wished = turn(pageAsked(req));
  const of = Math.max(1, Math.ceil(wished.total / ROWS_PER_PAGE));
  const { ids, total, at } = wished.at > of ? turn(of) : wished;
  const rows = donorRows(province.db, ids).map((row) => lineOf(res, row));
  return { rows, total, at, of, asked };
}

function lineOf(res: Response, row: DonorRow) {
  const { gifts, rial, lastOn } = row;
  return { ...donorShownTo(res, row), gifts, rial, lastOn };
}

function sendListPage(req: Request, res: Response): void {
  const { province, centre, t, actor } = res.locals;
  const { rows, asked, ...place } = pageOf(req, res);
  sendPage(req, res, 'donations/donors', {
    title: t('donations:donors.title'),
    root: `${centreRoot(res)}/donations`,
    ...{ rows, ...place, first: (place.at - 1) * ROWS_PER_PAGE + 1 },
    sums: asked.q ? null : giftTotals(province.db, centre.id, {}).issued,
    most: asked.q !== undefined && place.total === FOUND_AT_MOST,
    sort: `${asked.sort.down ? '-' : ''}${asked.sort.by}`,
    filtered: asked.q !== undefined,
    mayAdd: may(actor!, 'donors.edit', centre),
  });
}

function listingOf(req: Request, res: Response): Listing {
  const { centre, t } = res.locals;
  const asked = askedFor(req, res);
  const cells = (row: DonorRow): Row => {
    const { id, name, nationalId, mobile, gifts, rial, lastOn, withheld } = lineOf(res, row);
    return { id, name, nationalId, mobile, gifts, rial, lastOn, withheld: withheld ? 1 : 0 };
  };
  const column = (key: string) => ({ key, title: t(`donations:donors.${key}`) });
  return {
    name: `donors-${centre.code}`,
    title: t('donations:donors.title'),
    columns: [
      { ...column('name'), kind: 'text', width: 5 },
      { ...column('nationalId'), kind: 'code', width: 2.5 },
      { ...column('mobile'), kind: 'code', width: 2.5 },
      { ...column('gifts'), kind: 'count', width: 1.5 },
      { ...column('rial'), kind: 'rial', width: 3.5 },
      { ...column('lastOn'), kind: 'day', width: 2.5 },
    ],
    page: () => {
      const { rows, total } = pageOf(req, res);
      return { rows: rows.map(({ withheld: _, href: __, ...row }) => row), total };
    },
    all: (db: Db) =>
      everyRow((limit, offset) => everyDonor(db, centre.id, asked, { limit, offset }).map(cells)),
    json: () => {
      const { rows, total, at, of } = pageOf(req, res);
      const donors = rows.map(({ withheld, href: _, ...row }) => ({
        ...row,
        name: withheld ? null : row.name,
        mayBeNamed: !withheld,
      }));
      const totals = asked.q ? undefined : giftTotals(res.locals.province.db, centre.id, {}).issued;
      return { donors, page: at, pages: of, total, totals };
    },
  };
}
