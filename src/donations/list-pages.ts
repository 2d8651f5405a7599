/** The list of gifts and the register of receipts: the same rows under two heads. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { fundName, fundsOf } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import { dayAsked, wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import {
  type Column,
  type Listing,
  listForms,
  mapped,
  pageAsked,
  ROWS_PER_PAGE,
  type Row,
} from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { everyGift, type GiftRow, giftRows, giftTotals } from './donations.ts';
import { type GiftFilter, type GiftSort, pageIds, readSort } from './gift-query.ts';
import { giftLine } from './gift-words.ts';
import { DONATION_KINDS } from './schema.ts';

export const giftListPages = Router({ mergeParams: true });

giftListPages.get('/donations', allow('donations.read'), (req, res) => sendGifts(req, res, GIFTS));
giftListPages.get('/donations/receipts', allow('donations.read'), (req, res) =>
  sendGifts(req, res, RECEIPTS),
);

type Kind = { name: 'donations' | 'receipts'; usual: GiftSort; columns: Omit<Column, 'title'>[] };

const GIFTS: Kind = {
  name: 'donations',
  usual: { by: 'receivedOn', down: true },
  columns: [
    { key: 'receipt', kind: 'code', width: 3 },
    { key: 'receivedOn', kind: 'day', width: 2.5 },
    { key: 'kind', kind: 'text', width: 1.5 },
    { key: 'amount', kind: 'rial', width: 4 },
    { key: 'fund', kind: 'text', width: 3 },
    { key: 'donor', kind: 'text', width: 4 },
    { key: 'purpose', kind: 'text', width: 4 },
    { key: 'state', kind: 'text', width: 1.5 },
  ],
};

const RECEIPTS: Kind = {
  name: 'receipts',
  usual: { by: 'receipt', down: true },
  columns: [
    { key: 'receipt', kind: 'code', width: 3 },
    { key: 'issuedOn', kind: 'day', width: 2.5 },
    { key: 'receivedOn', kind: 'day', width: 2.5 },
    { key: 'amount', kind: 'rial', width: 4 },
    { key: 'fund', kind: 'text', width: 3 },
    { key: 'donor', kind: 'text', width: 4 },
    { key: 'entry', kind: 'code', width: 2.5 },
    { key: 'state', kind: 'text', width: 1.5 },
  ],
};

async function sendGifts(req: Request, res: Response, kind: Kind): Promise<void> {
  const filter = readFilter(req, res);
  const sort = readSort(req.query.sort, kind.usual);
  if (res.locals.format === 'html') sendListPage(req, res, kind, filter, sort);
  else await answer(res, listForms(req, res, listingOf(req, res, kind, filter, sort)));
}

function sendListPage(
  req: Request,
  res: Response,
  kind: Kind,
  filter: GiftFilter,
  sort: GiftSort,
): void {
  const { province, centre, t } = res.locals;
  const { rows, total, totals, at } = pageOf(req, res, filter, sort);
  const lines = rows.map((row) => giftLine(res, row));
  const counted = lines.filter(({ state }) => state === 'issued');
  sendPage(req, res, 'donations/list', {
    title: t(`donations:list.${kind.name}`),
    root: `${centreRoot(res)}/donations`,
    kind: kind.name,
    ...{ lines, total, totals, at, of: pagesOf(total), first: (at - 1) * ROWS_PER_PAGE + 1 },
    sum: counted.reduce((sum, { amount }) => sum + amount, 0),
    sort: `${sort.down ? '-' : ''}${sort.by}`,
    filtered: Object.keys(filter).length > 0,
    funds: fundsOf(province.db).map((fund) => ({
      ...{ value: fund.code, text: fundName(fund, res.locals.language) },
    })),
    donorName: filter.donor === undefined ? null : (lines[0]?.donor ?? null),
    centreCode: centre.code,
    mayImport: may(res.locals.actor!, 'batches.enter', centre),
  });
}

function pageOf(req: Request, res: Response, filter: GiftFilter, sort: GiftSort) {
  const { province, centre } = res.locals;
  const { db } = province;
  const totals = giftTotals(db, centre.id, filter);
  const total = totals.issued.count + totals.cancelled.count;
  const at = Math.min(pageAsked(req), pagesOf(total));
  const place = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE, total };
  const rows = giftRows(db, pageIds(db, centre.id, filter, sort, place), filter.fund);
  return { rows, total, totals, at };
}

const pagesOf = (total: number) => Math.max(1, Math.ceil(total / ROWS_PER_PAGE));

function listingOf(
  req: Request,
  res: Response,
  kind: Kind,
  filter: GiftFilter,
  sort: GiftSort,
): Listing {
  const { centre, t } = res.locals;
  const cells = res.locals.format === 'xlsx' || res.locals.format === 'pdf' ? spoken : coded;
  return {
    name: `${kind.name}-${centre.code}`,
    title: t(`donations:list.${kind.name}`),
    columns: columnsFor(res, kind).map((column) => ({
      ...column,
      title: column.key === 'lateDays' ? t('lateness:column') : t(`donations:list.${column.key}`),
    })),
    page: () => {
      const { rows, total } = pageOf(req, res, filter, sort);
      return { rows: rows.map((row) => cells(res, row)), total };
    },
    all: (db: Db) => mapped(everyGift(db, centre.id, filter, sort), (row) => cells(res, row)),
    totals: (db: Db) => ({ amount: giftTotals(db, centre.id, filter).issued.rial }),
    totalsTitle: t('donations:list.standing-total'),
    json: () => {
      const { rows, total, totals, at } = pageOf(req, res, filter, sort);
      const listed = rows.map((row) => coded(res, row));
      return { [kind.name]: listed, page: at, pages: pagesOf(total), total, totals };
    },
  };
}

/** For people the mark of B-112 stands last; the columns of CSV are those that programs know. */
function columnsFor({ locals: { format } }: Response, { columns }: Kind): Kind['columns'] {
  return format === 'csv' ? columns : [...columns, { key: 'lateDays', kind: 'count', width: 1.5 }];
}

/** For programs: codes as the contract has them. */
function coded(res: Response, row: GiftRow): Row {
  const { receipt, receivedOn, issuedOn, amount, donor, purpose, ...rest } = giftLine(res, row);
  const { state, entry, lateDays } = rest;
  const { kind, fund } = row;
  const gift = { receipt, receivedOn, kind, amount, fund, donor, purpose, state };
  return { ...gift, lateDays, entry, issuedOn };
}

/** For people: words. */
function spoken(res: Response, row: GiftRow): Row {
  const { t } = res.locals;
  const { donor, fund, ...line } = giftLine(res, row);
  return {
    ...coded(res, row),
    fund,
    donor: donor ?? t('donations:anonymous'),
    kind: t(`donations:kinds.${line.kind}`),
    state: t(`donations:states.${line.state}`),
  };
}

/** What the list is narrowed to; a choice that there is not narrows nothing, an odd day is refused. */
function readFilter({ query }: Request, res: Response): GiftFilter {
  const { today } = res.locals.actor!;
  const donor = Number(wordAsked(query, 'donor'));
  const filter: GiftFilter = {
    from: dayAsked(query, 'from', today),
    to: dayAsked(query, 'to', today),
    fund: wordAsked(query, 'fund'),
    kind: DONATION_KINDS.find((kind) => kind === query.kind),
    state: (['issued', 'cancelled'] as const).find((state) => state === query.state),
    donor: Number.isSafeInteger(donor) && donor > 0 ? donor : undefined,
    late: query.state === 'late' ? 'yes' : undefined,
    q: wordAsked(query, 'q'),
  };
  return JSON.parse(JSON.stringify(filter)) as GiftFilter;
}
