/** The lots as a list, what expires soon, and their labels on a sheet. */
import { type Request, type Response, Router } from 'express';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { type Column, everyRow, listForms, mapped, type Row } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendLabels } from './label-pages.ts';
import { LOT_STATES, type LotFilter, type LotRow, lotRows, lotSums } from './lot-rows.ts';
import * as shown from './shown.ts';
import { fundFilter, idAsked, storeFilter } from './stock-pages.ts';

export const lotListPages = Router({ mergeParams: true });

/** Within so many days, as the list of what expires offers them. */
const WITHIN = [30, 60, 90];

lotListPages.get('/goods/lots', allow('goods.read'), shown.unlessCounting, (req, res) =>
  sendLots(req, res, undefined),
);

lotListPages.get('/goods/expiring', allow('goods.read'), shown.unlessCounting, (req, res) => {
  const days = idAsked(req, 'days');
  return sendLots(req, res, WITHIN.includes(days ?? 0) ? days! : WITHIN[0]!);
});

lotListPages.get('/goods/labels', allow('goods.read'), shown.unlessCounting, async (req, res) => {
  const { province, centre } = res.locals;
  const page = { limit: 500, offset: 0 };
  await answer(res, {
    pdf: () => sendLabels(res, lotRows(province.db, centre.id, { ...filterOf(req, res), page })),
  });
});

function filterOf(req: Request, res: Response, within?: number): LotFilter {
  const word = (name: string) => wordAsked(req.query, name);
  return {
    ...{ q: word('q'), state: LOT_STATES.find((one) => one === word('state')), within },
    ...{ fund: word('fund'), storeId: idAsked(req, 'store'), today: res.locals.actor!.today },
  };
}

async function sendLots(req: Request, res: Response, within: number | undefined): Promise<void> {
  const { province, centre, t, show } = res.locals;
  const filter = filterOf(req, res, within);
  const sums = lotSums(province.db, centre.id, filter);
  const rows = lotRows(province.db, centre.id, { ...filter, page: shown.pageOf(req) });
  const columns = lotColumns(res);
  const word = within === undefined ? 'lots' : 'expiring';
  const title = t(`goods:${word}.title`);
  const query = new URLSearchParams(req.query as Record<string, string>);
  await answer(res, {
    html: () =>
      shown.sendList(req, res, {
        ...{ title, total: sums.rows },
        lead: t(`goods:${word}.lead`, {
          ...{ number: show.number(sums.rows), days: show.number(within ?? 0) },
        }),
        buttons: [
          { href: shown.goodsRoot(res), text: t('goods:stock.title') },
          { href: `${shown.goodsRoot(res)}/labels.pdf?${query}`, text: t('goods:labels.sheet') },
        ],
        columns: columns.map(({ key, title: text, kind }) => ({
          ...{ text, label: key !== 'item', num: kind === 'rial', head: key === 'item' },
          area: key === 'item' ? 'who' : undefined,
        })),
        lines: rows.map((row) => ({ cells: lotCells(res, row) })),
        filters: filters(res, within),
        nothing: { title: t('goods:lots.empty'), text: t('goods:lots.empty-text') },
      }),
    ...listForms(req, res, {
      ...{ name: `goods-${word}-${centre.code}`, title, columns },
      page: () => ({ rows: rows.map((row) => lotRow(res, row)), total: sums.rows }),
      all: (db) =>
        mapped(
          everyRow((limit, offset) =>
            lotRows(db, centre.id, { ...filter, page: { limit, offset } }),
          ),
          (row) => lotRow(res, row),
        ),
      totals: (db) => ({ valueRial: lotSums(db, centre.id, filter).valueRial }),
    }),
  });
}

function filters(res: Response, within: number | undefined): object[] {
  const { t, show } = res.locals;
  const days = {
    ...{ name: 'days', label: t('goods:expiring.within'), kind: 'choice', value: '30' },
    options: WITHIN.map((value) => ({
      ...{ value, text: t('goods:expiring.days', { days: show.number(value) }) },
    })),
  };
  const state = {
    ...{ name: 'state', label: t('goods:columns.state'), kind: 'choice' },
    options: LOT_STATES.map((value) => ({ value, text: t(`goods:lot-states.${value}`) })),
  };
  return [
    { name: 'q', label: t('common:filters.search'), kind: 'search' },
    within === undefined ? state : days,
    storeFilter(res),
    fundFilter(res),
  ];
}

const lotColumns = (res: Response): Column[] => [
  shown.column(res, 'lot', 'lot', 'code', 1),
  shown.column(res, 'item', 'item', 'text', 3),
  shown.column(res, 'fund', 'fund'),
  shown.column(res, 'quantity', 'quantity'),
  shown.column(res, 'valueRial', 'value', 'rial'),
  shown.column(res, 'stores', 'store'),
  shown.column(res, 'receivedOn', 'received', 'day'),
  shown.column(res, 'expiresOn', 'expires', 'day'),
  shown.column(res, 'state', 'state'),
];

function lotRow(res: Response, row: LotRow): Row {
  const { number, item, unit, fund, valueRial, stores, receivedOn, expiresOn, state } = row;
  const program = res.locals.format === 'csv' || res.locals.format === 'json';
  return {
    ...{ lot: String(number), item, unit, fund: program ? fund : shown.fundOf(res, fund) },
    quantity: shown.quantityCell(res, row.quantityMilli, unit),
    ...{ valueRial, stores, receivedOn, expiresOn },
    state: shown.wordCell(res, 'lot-states', state),
  };
}

/** How a lot's state looks: what is urgent, what waits for somebody. */
export const STATE_MARKS: Record<LotRow['state'], string> = {
  ...{ 'to-inspect': 'wait', 'to-appraise': 'wait', 'to-agree': 'wait' },
  ...{ ready: 'ok', expired: 'bad', gone: 'void' },
};

function lotCells(res: Response, row: LotRow): object[] {
  const { show, t } = res.locals;
  return [
    { text: show.number(row.number), href: shown.lotAddress(res, row.number) },
    { text: row.item },
    { text: shown.fundOf(res, row.fund) },
    { text: shown.quantityOf(res, row.quantityMilli, row.unit) },
    { text: show.rial(row.valueRial) },
    { text: row.stores ?? '—' },
    { text: show.day(row.receivedOn) },
    { text: row.expiresOn ? show.day(row.expiresOn) : '—' },
    { text: t(`goods:lot-states.${row.state}`), state: STATE_MARKS[row.state] },
  ];
}
