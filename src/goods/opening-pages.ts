/** What lay in the stores when the books began: sheets, a new one, one with what its second signs. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readName, readReason } from '../values/persian-text.ts';
import { formatQuantity, readQuantity } from '../values/quantity.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, mapped } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { openingSheetPdf } from './opening-sheet-pdf.ts';
import {
  agreeSheet,
  countSheets,
  findSheet,
  linesOfSheet,
  MOST_ROWS,
  type OpeningRow,
  openingDay,
  openStock,
  type SheetState,
  type StockSheet,
  sendSheetBack,
  sheetsOf,
} from './opening-stock.ts';
import { CONDITIONS, UNITS } from './schema.ts';
import * as shown from './shown.ts';
import { storesOf } from './stores.ts';

export const openingStockPages = Router({ mergeParams: true });

export const ACCOUNTS = ['1301', '1302', '1303', '1304', '1305', '1306'] as const;
/** Rows of an empty form, and how many more each press of the button adds. */
const ROWS = 5;

const ofList = <const T extends string>(values: readonly T[]) =>
  typedOrNone((text) => {
    const value = values.find((one) => one === text);
    return value ? { value } : { fault: 'common:refusals.unknown-choice' };
  });

const rowForm = (today: string) =>
  z.object({
    name: typed((text) => readName(text, { max: 120 })),
    quantity: typed(readQuantity),
    unit: chosen(UNITS),
    value: typed(shown.rials),
    fund: z.string().min(1, 'common:refusals.choose'),
    condition: ofList(CONDITIONS),
    expiresOn: typedOrNone((text) => readDay(text, { today })),
    account: ofList(ACCOUNTS),
    store: typedOrNone((text) => readName(text, { max: 120 })),
  });
const sheetForm = (today: string) =>
  z.object({
    openedOn: typedOrNone((text) => readDay(text, { today })),
    note: typedOrNone((text) => readLine(text, { max: 300 })),
    lines: z.array(rowForm(today)).max(MOST_ROWS),
  });
const backForm = z.object({ reason: typed(readReason) });

const HERE = 'POST /{province}/centres/{code}/goods/opening';
describeBody(HERE, sheetForm(''));
describeWishes(`${HERE}/{sheet}/agree`);
describeBody(`${HERE}/{sheet}/send-back`, backForm);

openingStockPages.get('/goods/opening', allow('goods.read'), async (req, res) => {
  const { province, centre, actor, t, show } = res.locals;
  const { limit, offset } = shown.pageOf(req);
  const rows = sheetsOf(province.db, centre.id, limit, offset);
  const total = countSheets(province.db, centre.id);
  const columns = columnsOf(res);
  const title = t('goods:opening.title');
  const mayWrite = may(actor!, 'goods.keep', centre);
  await answer(res, {
    html: () =>
      shown.sendList(req, res, {
        ...{ title, total, lead: t('goods:opening.lead') },
        buttons: [
          ...(mayWrite
            ? [{ href: `${rootOf(res)}/new`, text: t('goods:opening.new'), icon: 'plus' }]
            : []),
          { href: `${centreRoot(res)}/books/year-end`, text: t('books:drafts.new-opening') },
        ],
        columns: columns.map(({ title: text, kind }, i) => ({
          ...{ text, label: i > 0, head: i === 0, num: kind === 'rial' },
        })),
        lines: rows.map((one) => ({
          void: one.state === 'sent-back',
          cells: [
            { text: show.day(one.openedOn), href: `${rootOf(res)}/${one.id}` },
            { text: one.writtenByName },
            { text: show.number(one.lines) },
            { text: show.rial(one.valueRial) },
            { text: t(`goods:sheet-states.${one.state}`), state: MARKS[one.state] },
          ],
        })),
        nothing: { title: t('goods:opening.empty'), text: t('goods:opening.empty-text') },
      }),
    ...listForms(req, res, {
      ...{ name: `opening-stock-${centre.code}`, title, columns },
      page: () => ({ rows: rows.map((one) => rowOf(res, one)), total }),
      all: (db) =>
        mapped(
          everyRow((most, from) => sheetsOf(db, centre.id, most, from)),
          (one) => rowOf(res, one),
        ),
    }),
  });
});

openingStockPages.get('/goods/opening/new', allow('goods.keep'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, {}) });
});

openingStockPages.post('/goods/opening', allow('goods.keep'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  const raw = (req.body ?? {}) as Raw;
  if (raw.more !== undefined) return sendForm(req, res, { values: raw, more: true });
  try {
    const body = withLines(raw);
    const { lines, openedOn, note } = readBody({ body }, sheetForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const sheet = openStock(tx, actor!, centre, lines.map(rowOfForm), { openedOn, note });
      return { location: `${rootOf(res)}/${sheet.id}`, body: sheet };
    });
    sendCreated(req, res, created, t('goods:flash.sheet-written'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { values: closedUp(raw), ...refused }),
    );
  }
});

openingStockPages.get('/goods/opening/:sheet', allow('goods.read'), async (req, res) => {
  const sheet = named(req, res);
  await answer(res, {
    html: () => sendOne(req, res, sheet),
    json: () => res.json({ ...sheet, rows: linesOfSheet(res.locals.province.db, sheet.id) }),
    pdf: () => openingSheetPdf(res, sheet),
  });
});

openingStockPages.post('/goods/opening/:sheet/agree', allow('goods.approve'), (req, res) =>
  change(req, res, 'sheet-agreed', (sheet, tx) =>
    agreeSheet(tx, res.locals.actor!, res.locals.centre, sheet),
  ),
);

openingStockPages.post('/goods/opening/:sheet/send-back', allow('goods.keep'), (req, res) =>
  change(req, res, 'sheet-sent-back', (sheet, tx) => {
    const { reason } = readBody(req, backForm);
    return sendSheetBack(tx, res.locals.actor!, res.locals.centre, { sheet, reason });
  }),
);

type Raw = Record<string, unknown>;
type Body = z.output<ReturnType<typeof rowForm>>;

/** What nobody said of a row follows from what was said. */
function rowOfForm({ quantity, value, condition, expiresOn, account, ...row }: Body): OpeningRow {
  const isFood = ['kg', 'gram', 'litre'].includes(row.unit) || expiresOn !== undefined;
  return {
    ...{ ...row, quantityMilli: quantity, valueRial: value, expiresOn: expiresOn ?? null },
    condition: condition ?? (expiresOn ? 'perishable' : 'new'),
    account: account ?? (isFood ? '1301' : '1306'),
  };
}

const CELL = /^lines\.(\d{1,4})\.(\w+)$/;

/** The rows of the form, those left empty passed over. */
function typedRows(body: Raw): Raw[] {
  const rows: Raw[] = [];
  for (const [key, value] of Object.entries(body)) {
    const [, at, cell] = CELL.exec(key) ?? [];
    if (at !== undefined) rows[Number(at)] = { ...rows[Number(at)], [cell!]: value };
  }
  return rows.filter((row) => row?.name || row?.quantity || row?.value || row?.expiresOn);
}

function withLines(body: Raw): Raw {
  return Array.isArray(body.lines) ? body : { ...body, lines: typedRows(body) };
}

/** What was typed with its empty rows closed up, so that each fault stands by its row. */
function closedUp(body: Raw): Raw {
  const rest = Object.entries(body).filter(([key]) => !CELL.test(key));
  const rows = typedRows(body).flatMap((row, at) =>
    Object.entries(row).map(([cell, value]) => [`lines.${at}.${cell}`, value] as const),
  );
  return Object.fromEntries([...rest, ...rows]);
}

const rootOf = (res: Response) => `${shown.goodsRoot(res)}/opening`;

function named(req: Request, res: Response): StockSheet {
  const id = String(req.params.sheet);
  if (!/^[1-9]\d{0,9}$/.test(id)) throw new NotFound();
  return findSheet(res.locals.province.db, res.locals.centre.id, Number(id));
}

type Verb = (sheet: StockSheet, tx: Parameters<typeof agreeSheet>[0]) => StockSheet;

async function change(req: Request, res: Response, word: string, verb: Verb): Promise<void> {
  const sheet = named(req, res);
  try {
    const { province, centre } = res.locals;
    const body = await enter(province, (tx) => verb(findSheet(tx, centre.id, sheet.id), tx));
    const to = `${rootOf(res)}/${sheet.id}`;
    sendChanged(req, res, { to, body }, res.locals.t(`goods:flash.${word}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendOne(req, res, named(req, res), { ...refused, values: req.body as object }),
    );
  }
}

const MARKS: Record<SheetState, string> = { waiting: 'wait', agreed: 'ok', 'sent-back': 'void' };

const columnsOf = (res: Response): Column[] => [
  shown.column(res, 'openedOn', 'day', 'day'),
  shown.column(res, 'writtenBy', 'written-by', 'text', 3),
  shown.column(res, 'lines', 'rows', 'count'),
  shown.column(res, 'valueRial', 'value', 'rial'),
  shown.column(res, 'state', 'state'),
];

function rowOf(res: Response, sheet: StockSheet) {
  const { id, openedOn, writtenByName: writtenBy, lines, valueRial } = sheet;
  const state = shown.wordCell(res, 'sheet-states', sheet.state);
  return { id, openedOn, writtenBy, lines, valueRial, state };
}

function sendForm(
  req: Request,
  res: Response,
  { values = {}, more = false, ...refused }: { values?: Raw; more?: boolean } & object,
): void {
  const { province, centre, t, show } = res.locals;
  const typedAt = Object.keys(values).map((key) => Number(CELL.exec(key)?.[1] ?? -1));
  const many = Math.max(ROWS, Math.max(-1, ...typedAt) + 1) + (more ? ROWS : 0);
  const day = openingDay(province.db, centre.id);
  const cells = ['name', 'quantity', 'unit', 'value', 'fund', 'expiresOn', 'account', 'store'];
  const open = storesOf(province.db, centre.id).filter(({ closedOn }) => closedOn === null);
  const rows = Math.min(many, 200);
  sendPage(req, res, 'goods/opening-form', {
    ...{ title: t('goods:opening.new'), key: randomUUID(), root: rootOf(res), rows },
    ...{ values: { openedOn: day ? show.date(day) : '', ...values }, faults: {}, refusal: null },
    units: UNITS.map((value) => ({ value, text: t(`goods:units.${value}`) })),
    accounts: ACCOUNTS.map((value) => ({ value, text: t(`goods:accounts.${value}`) })),
    funds: shown.fundChoices(res),
    stores: open.map(({ name }) => ({ value: name, text: name })),
    labels: Object.fromEntries(
      Array.from({ length: rows }, (_, at) =>
        cells.map((cell) => {
          const line = t('goods:opening.line', { number: show.number(at + 1) });
          return [`lines.${at}.${cell}`, `${line}\u060c ${t(`goods:opening.cells.${cell}`)}`];
        }),
      ).flat(),
    ),
    ...refused,
  });
}

function sendOne(req: Request, res: Response, sheet: StockSheet, refused: object = {}): void {
  const { province, actor, centre, t, show, language } = res.locals;
  const mine = sheet.writtenBy === actor!.user?.id;
  const waits = sheet.state === 'waiting';
  sendPage(req, res, 'goods/opening-sheet', {
    ...{ title: t('goods:opening.sheet', { number: show.number(sheet.id) }), sheet },
    ...{ stands: t(`goods:sheet-states.${sheet.state}`), mark: MARKS[sheet.state] },
    lines: linesOfSheet(province.db, sheet.id).map((one) => ({
      cells: [
        one.name,
        `${formatQuantity(one.quantityMilli, language)} ${t(`goods:units.${one.unit}`)}`,
        shown.fundOf(res, one.fund),
        one.store,
        one.expiresOn ? show.date(one.expiresOn) : '—',
        show.rial(one.valueRial),
      ],
    })),
    ...{ root: rootOf(res), here: `${rootOf(res)}/${sheet.id}`, books: centreRoot(res) },
    mayAgree: waits && !mine && may(actor!, 'goods.approve', centre),
    maySendBack: waits && may(actor!, 'goods.keep', centre),
    waitsForOther: waits && mine,
    ...{ faults: {}, refusal: null, ...refused },
  });
}
