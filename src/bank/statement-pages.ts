/** Pages of the bank's statements: sending a file, seeing what it would bring, taking it in. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { attachedTo, layAttachments } from '../attachments/attachment-pages.ts';
import { sheetForm, sheetSent } from '../sheets/sent-sheet.ts';
import { typedCount } from '../values/typed-number.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { creating, idAsked, readBalance } from './asked.ts';
import { type BankFile, cellsOf, columnsFor, filesWaiting, findFile, keepFile } from './files.ts';
import { COLUMN_KINDS, type StatementColumns } from './statement-columns.ts';
import {
  type BankRow,
  type BankStatement,
  findStatement,
  gapsOf,
  importStatement,
  rowsOf,
  statementsOf,
  tryStatement,
} from './statements.ts';

export const statementPages = Router({ mergeParams: true });

const HERE = '/books/bank/statements';
const FILES = '/books/bank/files';
const TOLD = '/{province}/centres/{code}/books/bank';

/** Rows of the sheet that are shown before it is taken in. */
const SHOWN = 12;

const place = typedOrNone((text) => {
  const place = typedCount(text, 99);
  return place === undefined ? { fault: 'common:refusals.unreadable' } : { value: place };
});
/** The row of the heads and the place of each column, from 0; what is left out is found. */
const importForm = z.object({
  head: place,
  ...{ day: place, words: place, reference: place, out: place, in: place, amount: place },
  balance: place,
  opening: typedOrNone(readBalance),
});
describeBody(`POST ${TOLD}/files`, sheetForm);
describeBody(`POST ${TOLD}/files/{file}/import`, importForm);

statementPages.get(HERE, allow('bank.read'), (req, res) => {
  const { province, centre, t } = res.locals;
  const rows = statementsOf(province.db, centre.id);
  return answer(res, {
    html: () => sendList(req, res),
    ...listForms(req, res, {
      ...{ name: `bank-statements-${centre.code}`, title: t('bank:statements.title') },
      columns: columnsOf(res),
      page: () => ({ rows: rows.map(toldStatement), total: rows.length }),
      all: (db) => statementsOf(db, centre.id).map(toldStatement),
    }),
  });
});

statementPages.post(FILES, allow('bank.keep'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const sheet = await sheetSent(req);
    const created = await enterOnce(req, res, (tx) => {
      const file = keepFile(tx, actor!, centre, sheet);
      const location = `${centreRoot(res)}${FILES}/${file.id}`;
      return { location, body: { id: file.id, name: file.name, rows: sheet.rows.length } };
    });
    sendCreated(req, res, created, t('bank:flash.file-read'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendList(req, res, refused));
  }
});

statementPages.get(`${FILES}/:file`, allow('bank.read'), (req, res) => {
  const file = named(req, res);
  return answer(res, {
    html: () => sendFile(req, res, file),
    json: () => res.json(toldTrial(req, res, file)),
  });
});

statementPages.post(`${FILES}/:file/import`, allow('bank.keep'), (req, res) => {
  const file = named(req, res);
  return creating(
    req,
    res,
    { said: 'bank:flash.imported', again: (refused) => sendFile(req, res, file, refused) },
    (tx) => {
      const { opening, ...columns } = readBody(req, importForm);
      const one = importStatement(tx, res.locals.actor!, res.locals.centre, {
        ...{ fileId: file.id, openingRial: opening },
        columns: columnsTyped(res, file, columns),
      });
      return { location: `${centreRoot(res)}${HERE}/${one.id}`, body: toldStatement(one) };
    },
  );
});

statementPages.get(`${HERE}/:statement`, allow('bank.read'), (req, res) => {
  const { province, centre, t } = res.locals;
  const one = findStatement(province.db, centre.id, idAsked(req, 'statement'));
  const asked = { centreId: centre.id, id: one.id };
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = rowsOf(province.db, asked, ROWS_PER_PAGE, offset);
  return answer(res, {
    html: () => sendStatement(req, res, one),
    ...listForms(req, res, {
      ...{ name: `bank-statement-${centre.code}-${one.id}`, title: t('bank:statements.one') },
      columns: rowColumns(res),
      page: () => ({ rows: rows.map(toldRow), total: one.rowCount }),
      all: (db) =>
        [...everyRow((limit, from) => rowsOf(db, asked, limit, from))].map((row) => toldRow(row)),
    }),
  });
});

const named = (req: Request, res: Response): BankFile =>
  findFile(res.locals.province.db, res.locals.centre.id, idAsked(req, 'file'));

type Typed = Partial<Record<(typeof COLUMN_KINDS)[number] | 'head', number | undefined>>;

/** What was chosen on the form; a program that chooses nothing takes what was found. */
function columnsTyped(res: Response, file: BankFile, typed: Typed): StatementColumns {
  const chosen = Object.entries(typed).filter(([, at]) => at !== undefined);
  if (chosen.length === 0) {
    return columnsFor(
      res.locals.province.db,
      res.locals.centre.id,
      cellsOf(res.locals.province.db, file),
    );
  }
  return { head: 0, ...Object.fromEntries(chosen) };
}

layAttachments(statementPages, {
  at: '/books/bank/statements/:statement',
  told: '/{province}/centres/{code}/books/bank/statements/{statement}',
  ...{ see: 'bank.read', add: 'bank.keep' },
  held: (req, res) => {
    const { province, centre } = res.locals;
    const one = findStatement(province.db, centre.id, idAsked(req, 'statement'));
    return { ...heldBy(res, one), again: (refused) => sendStatement(req, res, one, refused) };
  },
});

/** The bank's own stamped page beside the file that it sent. */
function heldBy(res: Response, { id }: BankStatement) {
  const address = `${centreRoot(res)}/books/bank/statements/${id}`;
  return { subject: `bank-statements/${id}`, centre: res.locals.centre, address, page: address };
}

function sendStatement(
  req: Request,
  res: Response,
  one: BankStatement,
  refused: object = {},
): void {
  const { province, centre, t } = res.locals;
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const asked = { centreId: centre.id, id: one.id };
  sendPage(req, res, 'bank/statement', {
    ...{ title: t('bank:statements.one'), one, total: one.rowCount, at: pageAsked(req) },
    rows: rowsOf(province.db, asked, ROWS_PER_PAGE, offset),
    of: Math.max(1, Math.ceil(one.rowCount / ROWS_PER_PAGE)),
    gap: gapsOf(statementsOf(province.db, centre.id)).find((gap) => gap.statementId === one.id),
    ...attachedTo(res, { ...heldBy(res, one), add: 'bank.keep' }),
    mayGive: may(res.locals.actor!, 'donations.register', centre),
    root: centreRoot(res),
    ...refused,
  });
}

/** The columns on the page: as chosen a moment ago, else as found. */
function columnsShown(req: Request, res: Response, file: BankFile): StatementColumns {
  const body = (req.body ?? {}) as Record<string, string>;
  const query = req.query as Record<string, string>;
  const typed = Object.fromEntries(
    ['head', ...COLUMN_KINDS].map((kind) => {
      const text = String(body[kind] ?? query[kind] ?? '');
      return [kind, /^\d{1,2}$/.test(text) ? Number(text) : undefined];
    }),
  );
  return columnsTyped(res, file, typed);
}

function toldTrial(req: Request, res: Response, file: BankFile) {
  const { province, centre, actor } = res.locals;
  const columns = columnsShown(req, res, file);
  const trial = tryStatement(province.db, centre.id, { file, columns, today: actor!.today });
  const { rows, faults, leftOut, jumps, openingRial, closingRial, twice } = trial;
  return {
    ...{ id: file.id, name: file.name, columns, rows: rows.length, leftOut, faults, jumps },
    ...{ openingRial, closingRial, twice, statement: file.statementId },
  };
}

function sendFile(req: Request, res: Response, file: BankFile, refused: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const cells = cellsOf(province.db, file);
  const columns = columnsShown(req, res, file);
  const trial = tryStatement(province.db, centre.id, { file, columns, today: actor!.today });
  const width = Math.max(...cells.slice(0, 50).map((row) => row.length));
  sendPage(req, res, 'bank/file', {
    ...{ title: t('bank:files.title'), file, trial, columns, columnKinds: COLUMN_KINDS },
    ...{ heads: headNames(res, cells, columns, width), headRow: columns.head + 1 },
    ...{ sheetRows: cells.length, shown: trial.rows.slice(0, SHOWN) },
    mayKeep: may(actor!, 'bank.keep', centre) && file.statementId === null,
    ...{ root: centreRoot(res), key: randomUUID() },
    ...refused,
  });
}

/** Each column by its head, or by its place where the head is empty. */
function headNames(
  { locals: { t, show } }: Response,
  cells: ReturnType<typeof cellsOf>,
  { head }: StatementColumns,
  width: number,
): { value: string; text: string }[] {
  return Array.from({ length: width }, (_, at) => ({
    value: String(at),
    text: String(cells[head]?.[at] ?? t('bank:files.column', { number: show.number(at + 1) })),
  }));
}

function sendList(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const rows = statementsOf(province.db, centre.id);
  sendPage(req, res, 'bank/statements', {
    ...{ title: t('bank:statements.title'), rows: [...rows].reverse(), gaps: gapsOf(rows) },
    ...{ files: filesWaiting(province.db, centre.id), root: centreRoot(res), key: randomUUID() },
    mayKeep: may(actor!, 'bank.keep', centre),
    ...refused,
  });
}

function toldStatement(one: BankStatement) {
  const { id, file, fromOn, toOn, openingRial, closingRial, rowCount, importedOn, importedBy } =
    one;
  return { id, file, fromOn, toOn, openingRial, closingRial, rowCount, importedOn, importedBy };
}

function toldRow({ id, happenedOn, words, reference, netRial, balanceRial, matchId }: BankRow) {
  return { id, happenedOn, words, reference, netRial, balanceRial, matchId };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`bank:statements.columns.${key}`);
  return [
    { key: 'fromOn', title: title('from'), kind: 'day', width: 2 },
    { key: 'toOn', title: title('to'), kind: 'day', width: 2 },
    { key: 'openingRial', title: title('opening'), kind: 'rial', width: 3 },
    { key: 'closingRial', title: title('closing'), kind: 'rial', width: 3 },
    { key: 'rowCount', title: title('rows'), kind: 'count', width: 1 },
    { key: 'file', title: title('file'), kind: 'text', width: 3 },
    { key: 'importedBy', title: title('by'), kind: 'text', width: 2 },
  ];
}

function rowColumns({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`bank:rows.${key}`);
  return [
    { key: 'happenedOn', title: title('day'), kind: 'day', width: 2 },
    { key: 'words', title: title('words'), kind: 'text', width: 4 },
    { key: 'reference', title: title('reference'), kind: 'code', width: 2 },
    { key: 'netRial', title: title('net'), kind: 'rial', width: 3 },
    { key: 'balanceRial', title: title('balance'), kind: 'rial', width: 3 },
    { key: 'matchId', title: title('match'), kind: 'code', width: 1 },
  ];
}
