/** What lies in the stores: by item, store, fund and lot; what runs short; every move. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { dayAsked, wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { type Column, everyRow, listForms, mapped, type Row } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { countMoves, type MoveRow, moveRows } from './move-rows.ts';
import { MOVE_KINDS } from './schema.ts';
import * as shown from './shown.ts';
import { GROUPS, type Group, type StockRow, stockRows, stockSums } from './stock-rows.ts';

export const stockPages = Router({ mergeParams: true });

stockPages.get('/goods', allow('goods.read'), shown.unlessCounting, (req, res) =>
  sendStock(req, res, { by: groupAsked(req), low: false }),
);

stockPages.get('/goods/low', allow('goods.read'), shown.unlessCounting, (req, res) =>
  sendStock(req, res, { by: 'item', low: true }),
);

stockPages.get('/goods/moves', allow('goods.read'), shown.unlessCounting, async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const days = ['from', 'to'].map((name) => dayAsked(req.query, name, actor!.today));
  const filter = {
    ...{ from: days[0], to: days[1], kind: wordAsked(req.query, 'kind') },
    storeId: idAsked(req, 'store'),
  };
  const rows = moveRows(province.db, centre.id, { ...filter, page: shown.pageOf(req) });
  const total = countMoves(province.db, centre.id, filter);
  const columns = moveColumns(res);
  await answer(res, {
    html: () =>
      shown.sendList(req, res, {
        ...{ title: t('goods:moves-page.title'), lead: t('goods:moves-page.lead'), total },
        columns: columns.map(({ title, key }) => ({ text: title, label: key !== 'item' })),
        lines: rows.map((row) => ({ cells: moveCells(res, row) })),
        filters: [
          { name: 'from', label: t('common:filters.from'), kind: 'day' },
          { name: 'to', label: t('common:filters.to'), kind: 'day' },
          {
            ...{ name: 'kind', label: t('goods:columns.move'), kind: 'choice' },
            options: MOVE_KINDS.map((value) => ({ value, text: t(`goods:moves.${value}`) })),
          },
          storeFilter(res),
        ],
        nothing: { title: t('goods:moves-page.empty'), text: t('goods:moves-page.empty-text') },
      }),
    ...listForms(req, res, {
      ...{ name: `goods-moves-${centre.code}`, title: t('goods:moves-page.title'), columns },
      page: () => ({ rows: rows.map((row) => moveRow(res, row)), total }),
      all: (db) =>
        mapped(
          everyRow((limit, offset) =>
            moveRows(db, centre.id, { ...filter, page: { limit, offset } }),
          ),
          (row) => moveRow(res, row),
        ),
    }),
  });
});

const groupAsked = (req: Request): Group =>
  GROUPS.find((one) => one === wordAsked(req.query, 'by')) ?? 'item';

export function idAsked(req: Request, name: string): number | undefined {
  const word = wordAsked(req.query, name);
  return word !== undefined && /^\d{1,12}$/.test(word) ? Number(word) : undefined;
}

async function sendStock(
  req: Request,
  res: Response,
  { by, low }: { by: Group; low: boolean },
): Promise<void> {
  const { province, centre, actor, t, show } = res.locals;
  const filter = {
    ...{ q: wordAsked(req.query, 'q'), storeId: idAsked(req, 'store'), low },
    ...{ fund: wordAsked(req.query, 'fund'), account: wordAsked(req.query, 'account') },
    today: actor!.today,
  };
  const sums = stockSums(province.db, centre.id, by, filter);
  const rows = stockRows(province.db, centre.id, by, { ...filter, page: shown.pageOf(req) });
  const columns = stockColumns(res, by);
  const title = t(low ? 'goods:low.title' : 'goods:stock.title');
  const root = shown.goodsRoot(res);
  const can = may(actor!, 'goods.announce', centre);
  await answer(res, {
    html: () =>
      shown.sendList(req, res, {
        ...{ title, total: sums.rows, clause: 'B-81' },
        lead: t(low ? 'goods:low.lead' : 'goods:stock.lead', {
          ...{ number: show.number(sums.rows), value: show.money(sums.valueRial) },
        }),
        buttons: [
          ...(can
            ? [{ href: `${root}/announced/new`, text: t('goods:announce.open'), icon: 'plus' }]
            : []),
          { href: `${root}/lots`, text: t('goods:lots.title') },
          { href: `${root}/labels.pdf`, text: t('goods:labels.sheet') },
        ],
        columns: columns.map(({ key, title: text, kind }) => ({
          ...{ text, label: key !== 'item', num: kind === 'rial', head: key === 'item' },
        })),
        lines: rows.map((row) => ({ cells: stockCells(res, by, row) })),
        totals: [
          {
            text: t('common:table.total'),
            cells: [show.rial(sums.valueRial)],
          },
        ],
        filters: low ? [] : stockFilters(res),
        nothing: { title: t('goods:stock.empty'), text: t('goods:stock.empty-text') },
      }),
    ...listForms(req, res, {
      ...{ name: `goods-${by}-${centre.code}`, title, columns },
      page: () => ({ rows: rows.map((row) => stockRow(res, row)), total: sums.rows }),
      all: (db) =>
        mapped(
          everyRow((limit, offset) =>
            stockRows(db, centre.id, by, { ...filter, page: { limit, offset } }),
          ),
          (row) => stockRow(res, row),
        ),
      totals: (db) => ({ valueRial: stockSums(db, centre.id, by, filter).valueRial }),
    }),
  });
}

function stockFilters(res: Response): object[] {
  const { t } = res.locals;
  const accounts = ['1301', '1302', '1303', '1304', '1305', '1306'];
  return [
    { name: 'q', label: t('common:filters.search'), kind: 'search' },
    {
      ...{ name: 'by', label: t('goods:stock.by'), kind: 'choice', value: 'item' },
      options: GROUPS.map((value) => ({ value, text: t(`goods:stock.by-${value}`) })),
    },
    storeFilter(res),
    fundFilter(res),
    {
      ...{ name: 'account', label: t('goods:columns.account'), kind: 'choice' },
      options: accounts.map((value) => ({ value, text: t(`goods:accounts.${value}`) })),
    },
  ];
}

export const storeFilter = (res: Response) => ({
  ...{ name: 'store', label: res.locals.t('goods:columns.store'), kind: 'choice' },
  options: shown.storeChoices(res),
});

export const fundFilter = (res: Response) => ({
  ...{ name: 'fund', label: res.locals.t('goods:columns.fund'), kind: 'choice' },
  options: shown.fundChoices(res),
});

/** The columns that a grouping tells apart, beside item, quantities and value. */
function stockColumns(res: Response, by: Group): Column[] {
  const more: Record<Group, [string, string, Column['kind']][]> = {
    item: [
      ['account', 'account', 'text'],
      ['low', 'low', 'text'],
    ],
    store: [['store', 'store', 'text']],
    fund: [['fund', 'fund', 'text']],
    lot: [
      ['lot', 'lot', 'code'],
      ['store', 'store', 'text'],
      ['fund', 'fund', 'text'],
      ['expiresOn', 'expires', 'day'],
    ],
  };
  return [
    shown.column(res, 'item', 'item', 'text', 3),
    ...more[by].map(([key, title, kind]) => shown.column(res, key, title, kind)),
    shown.column(res, 'quantity', 'quantity'),
    shown.column(res, 'allocated', 'allocated'),
    shown.column(res, 'available', 'available'),
    shown.column(res, 'valueRial', 'value', 'rial'),
  ];
}

function stockRow(res: Response, row: StockRow): Row {
  const { item, unit, account, store, fund, lotNumber, expiresOn, lowMilli, valueRial } = row;
  const paper = res.locals.format === 'pdf' || res.locals.format === 'xlsx';
  return {
    ...{ item, unit, account: shown.wordCell(res, 'accounts', account), store, expiresOn },
    fund: fund !== null && paper ? shown.fundOf(res, fund) : fund,
    lot: lotNumber === null ? null : String(lotNumber),
    low: lowMilli === null ? null : shown.quantityCell(res, lowMilli, unit),
    quantity: shown.quantityCell(res, row.quantityMilli, unit),
    allocated: shown.quantityCell(res, row.allocatedMilli, unit),
    available: shown.quantityCell(res, row.availableMilli, unit),
    valueRial,
  };
}

function stockCells(res: Response, by: Group, row: StockRow): object[] {
  const { show } = res.locals;
  const root = shown.goodsRoot(res);
  const told = stockRow(res, row);
  const item = { text: row.item, href: `${root}/lots?q=${encodeURIComponent(row.item)}` };
  const low = row.lowMilli !== null && row.availableMilli < row.lowMilli;
  return stockColumns(res, by).map(({ key }) => {
    if (key === 'item') return item;
    if (key === 'fund') return { text: row.fund === null ? '' : shown.fundOf(res, row.fund) };
    if (key === 'valueRial') return { text: show.rial(row.valueRial) };
    if (key === 'available' && low) return { text: told.available, state: 'warn' };
    if (key === 'expiresOn') return { text: row.expiresOn ? show.day(row.expiresOn) : '—' };
    if (key === 'lot') {
      return { text: show.number(row.lotNumber!), href: shown.lotAddress(res, row.lotNumber!) };
    }
    return { text: told[key] ?? '—' };
  });
}

const moveColumns = (res: Response): Column[] => [
  shown.column(res, 'movedOn', 'day', 'day'),
  shown.column(res, 'kind', 'move'),
  shown.column(res, 'item', 'item', 'text', 3),
  shown.column(res, 'lot', 'lot', 'code', 1),
  shown.column(res, 'store', 'store'),
  shown.column(res, 'fund', 'fund'),
  shown.column(res, 'quantity', 'quantity'),
  shown.column(res, 'valueRial', 'value', 'rial'),
  shown.column(res, 'entry', 'entry', 'code'),
  shown.column(res, 'reason', 'reason'),
];

function moveRow(res: Response, row: MoveRow): Row {
  const { movedOn, kind, item, lotNumber, store, fund, unit, valueRial, reason } = row;
  const program = res.locals.format === 'csv' || res.locals.format === 'json';
  return {
    ...{ movedOn, kind: shown.wordCell(res, 'moves', kind), item, lot: String(lotNumber), store },
    ...{ fund: program ? fund : shown.fundOf(res, fund), unit, valueRial, reason },
    quantity: shown.quantityCell(res, row.quantityMilli, unit),
    entry: row.entryNumber === null ? null : `${row.entryYear}-${row.entryNumber}`,
  };
}

/** A move as the cells of a page's row. */
export function moveCells(res: Response, row: MoveRow): object[] {
  const { show, t, centre, province } = res.locals;
  const books = `/${province.slug}/centres/${centre.code}/books/journal`;
  const entry = row.entryNumber === null ? '' : `${row.entryYear}-${row.entryNumber}`;
  return [
    { text: show.day(row.movedOn) },
    { text: t(`goods:moves.${row.kind}`) },
    { text: row.item },
    { text: show.number(row.lotNumber), href: shown.lotAddress(res, row.lotNumber) },
    { text: row.store },
    { text: shown.fundOf(res, row.fund) },
    { text: shown.quantityOf(res, row.quantityMilli, row.unit) },
    { text: show.rial(row.valueRial) },
    entry ? { text: show.digits(entry), href: `${books}/${entry}`, ltr: true } : { text: '—' },
    { text: row.reason ? reasonOf(res, row) : '' },
  ];
}

/** The cause of a write-off is a word of a list. */
function reasonOf({ locals: { t } }: Response, { kind, reason }: MoveRow): string {
  return kind === 'wasted' ? t(`goods:causes.${reason}`) : (reason ?? '');
}
