/** The statement of goods in quantity and value, item by item and fund by fund. */
import { type Request, type Response, Router } from 'express';
import { Refusal } from '../refusal.ts';
import { fiscalYear, isoFromJalali } from '../values/jalali-date.ts';
import { dayAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { type Column, listForms, type Row } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import * as shown from './shown.ts';
import { type Days, goodsStatement, type StatementRow, totalsOf } from './statement.ts';

export const goodsStatementPages = Router({ mergeParams: true });

goodsStatementPages.get(
  '/goods/statement',
  allow('goods.read'),
  shown.unlessCounting,
  async (req, res) => {
    const { province, centre, t, show } = res.locals;
    const days = daysAsked(req, res);
    const rows = goodsStatement(province.db, centre.id, days);
    const totals = totalsOf(rows);
    const columns = columnsOf(res);
    const title = t('goods:statement.title');
    await answer(res, {
      html: () =>
        shown.sendList(req, res, {
          ...{ title, total: rows.length },
          lead: t('goods:statement.lead', { from: show.day(days.from), to: show.day(days.to) }),
          columns: columns.map(({ title: text, kind }, i) => ({
            ...{ text, label: i > 0, head: i === 0, num: kind === 'rial' },
          })),
          lines: rows.map((row) => ({
            cells: columns.map(({ key, kind }) => {
              const cell = rowOf(res, row)[key]!;
              return { text: kind === 'rial' ? show.rial(Number(cell)) : cell };
            }),
          })),
          totals: [
            {
              text: t('common:table.total'),
              cells: columns
                .slice(columns.findIndex(({ kind }) => kind === 'rial'))
                .map(({ key }) =>
                  key in totals ? show.rial(totals[key as keyof typeof totals]) : '',
                ),
            },
          ],
          filters: ['from', 'to'].map((name) => ({
            ...{ name, label: t(`common:filters.${name}`), kind: 'day' },
          })),
          nothing: { title: t('goods:statement.empty'), text: t('goods:statement.empty-text') },
        }),
      ...listForms(req, res, {
        ...{ name: `goods-statement-${centre.code}`, title, columns },
        page: () => ({ rows: rows.map((row) => rowOf(res, row)), total: rows.length }),
        all: (db) => goodsStatement(db, centre.id, days).map((row) => rowOf(res, row)),
        totals: (db) => totalsOf(goodsStatement(db, centre.id, days)),
        json: () => ({ ...days, items: rows, totals }),
      }),
    });
  },
);

/** This year until today, unless days are asked for. */
function daysAsked(req: Request, res: Response): Days {
  const { today } = res.locals.actor!;
  const to = dayAsked(req.query, 'to', today) ?? today;
  const from = dayAsked(req.query, 'from', today) ?? isoFromJalali(fiscalYear(to), 1, 1)!;
  if (from > to) throw new Refusal('books:refusals.period', { status: 422, field: 'to' });
  return { from, to };
}

const columnsOf = (res: Response): Column[] => [
  shown.column(res, 'item', 'item', 'text', 3),
  shown.column(res, 'fund', 'fund'),
  shown.column(res, 'opening', 'opening-quantity'),
  shown.column(res, 'openingRial', 'opening-value', 'rial'),
  shown.column(res, 'came', 'in-quantity'),
  shown.column(res, 'inRial', 'in-value', 'rial'),
  shown.column(res, 'went', 'out-quantity'),
  shown.column(res, 'outRial', 'out-value', 'rial'),
  shown.column(res, 'closing', 'closing-quantity'),
  shown.column(res, 'closingRial', 'closing-value', 'rial'),
];

function rowOf(res: Response, row: StatementRow): Row {
  const { item, unit, fund, openingRial, inRial, outRial, closingRial } = row;
  const quantity = (milli: number) => shown.quantityCell(res, milli, unit);
  const program = res.locals.format === 'csv' || res.locals.format === 'json';
  return {
    ...{ item, unit, fund: program ? fund : shown.fundOf(res, fund) },
    ...{ openingRial, inRial, outRial, closingRial },
    ...{ opening: quantity(row.openingMilli), came: quantity(row.inMilli) },
    ...{ went: quantity(row.outMilli), closing: quantity(row.closingMilli) },
  };
}
