/** Pages of imports: the list, sending a sheet, the templates. */

import { stringify } from 'csv-stringify/sync';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may, requirePower } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { kindOfSheet } from '../sheets/content.ts';
import { fileSent, sheetForm } from '../sheets/sent-sheet.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer, wantsJson } from '../web/formats.ts';
import { chosen, readBody, ticked } from '../web/forms.ts';
import {
  type Column,
  everyRow,
  listForms,
  mapped,
  pageAsked,
  ROWS_PER_PAGE,
  sendSpooled,
} from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { readChosen } from './chosen-form.ts';
import { remember } from './desk.ts';
import { exampleOf } from './example.ts';
import { importPage, told } from './import-page.ts';
import { countImports, type Import, importsOf, keepImport, sameFile } from './imports.ts';
import { putToWork } from './jobs.ts';
import { IMPORT_KINDS, MAY_BRING, MOST, POWER_OF } from './kinds.ts';
import { headsOf, writeTemplate } from './template-sheet.ts';
import { sha256Of } from './work.ts';

export const importPages = Router({ mergeParams: true });
const ADDRESS = '/{province}/centres/{code}/imports';

const whatForm = z.object({ what: chosen(IMPORT_KINDS), take: ticked, confirmed: ticked });
describeBody(`POST ${ADDRESS}`, sheetForm.extend(whatForm.shape));

importPages.get('/imports', allow('imports.read'), (req, res) => {
  const { province, centre, t } = res.locals;
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = importsOf(province.db, centre.id, ROWS_PER_PAGE, offset);
  const total = countImports(province.db, centre.id);
  return answer(res, {
    html: () => sendList(req, res, {}),
    ...listForms(req, res, {
      ...{ name: `imports-${centre.code}`, title: t('imports:title'), columns: columnsOf(res) },
      page: () => ({ rows: rows.map(told), total }),
      all: (db) =>
        mapped(
          everyRow((limit, from) => importsOf(db, centre.id, limit, from)),
          (one) => inWords(res, one),
        ),
    }),
  });
});

importPages.post('/imports', allow(...MAY_BRING), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  try {
    const sent = sheetIn(req);
    const { what, take, confirmed } = readBody(req, whatForm);
    requirePower(actor!, POWER_OF[what], centre);
    const asked = readChosen(req.body, what, actor!.today);
    const sheet = { ...sent, what, sha256: sha256Of(sent.bytes) };
    sameFile(province.db, centre, sheet);
    const isTaken = take && wantsJson(req, res);
    let kept: Import | undefined;
    const keep = async () => {
      kept = await enter(province, (tx) => keepImport(tx, actor!, centre, sheet));
      return kept.id;
    };
    const work = {
      ...{ bytes: sent.bytes, what, centreCode: centre.code, userId: actor!.user!.id },
      ...{ at: actor!.now, ...asked, confirmed, language: res.locals.language },
    };
    const job = putToWork(province, { ...work, mode: isTaken ? 'take' : 'try' }, keep);
    await job.read;
    if (isTaken) {
      const done = await job.outcome;
      if (!('one' in done)) throw new Error('taken in, and no import');
      const body = told(done.one);
      return res.location(placeOf(res, done.one)).status(201).json(body);
    }
    const id = await keep();
    remember(province, id, { job, asked: '', writes: false });
    const created = { location: placeOf(res, kept!), body: told(kept!) };
    return sendCreated(req, res, created, t('imports:flash.sent'));
  } catch (fault) {
    const values = req.body as object;
    sendRefusedForm(fault, req, res, (refused) => sendList(req, res, { ...refused, values }));
  }
});

importPages.get('/imports/templates/:what', allow('imports.read'), (req, res) => {
  const { centre, language, t } = res.locals;
  const what = IMPORT_KINDS.find((kind) => kind === req.params.what);
  if (!what) throw new NotFound();
  const asked = { what, centreId: centre.id, language, t };
  const attach = (suffix: string) =>
    res.set('Content-Disposition', `attachment; filename="template-${what}.${suffix}"`);
  return answer(res, {
    xlsx: () => {
      attach('xlsx').type('xlsx');
      return sendSpooled(res, (db, out) => writeTemplate(db, asked, out));
    },
    csv: () => {
      const rows = [headsOf(asked), exampleOf(what, language)];
      attach('csv')
        .type('text/csv; charset=utf-8')
        .send(stringify(rows, { bom: true }));
    },
  });
});

importPages.use(importPage);

const placeOf = (res: Response, { id }: Import) => `${centreRoot(res)}/imports/${id}`;

/** The file of the request, known for a sheet by its bytes before anybody works on it. */
function sheetIn(req: Request): { name: string; bytes: Buffer } {
  const { name, bytes } = fileSent(req);
  if (bytes.length === 0) throw new Refusal('sheets:faults.none', { status: 422, field: 'file' });
  const kind = kindOfSheet(bytes);
  if ('fault' in kind) throw new Refusal(kind.fault, { status: 422, field: 'file' });
  return { name: name.slice(0, 200), bytes };
}

function sendList(req: Request, res: Response, refused: object): void {
  const { province, centre, actor, t } = res.locals;
  const total = countImports(province.db, centre.id);
  const at = pageAsked(req);
  const asked = IMPORT_KINDS.find((kind) => kind === req.query.what);
  const kinds = IMPORT_KINDS.filter((kind) => may(actor!, POWER_OF[kind], centre));
  sendPage(req, res, 'imports/list', {
    ...{ title: t('imports:title'), root: centreRoot(res), kinds, most: MOST, total, at },
    rows: importsOf(province.db, centre.id, ROWS_PER_PAGE, (at - 1) * ROWS_PER_PAGE),
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    values: { what: asked && kinds.includes(asked) ? asked : (kinds[0] ?? '') },
    ...refused,
  });
}

function inWords({ locals: { t, format } }: Response, one: Import) {
  const row = told(one);
  if (format === 'csv') return row;
  return { ...row, what: t(`imports:kinds.${one.what}`), state: t(`imports:states.${one.state}`) };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`imports:columns.${key}`);
  return [
    { key: 'id', title: title('number'), kind: 'code', width: 1 },
    { key: 'what', title: title('what'), kind: 'text', width: 2 },
    { key: 'name', title: title('name'), kind: 'text', width: 3 },
    { key: 'sentAt', title: title('sent'), kind: 'moment', width: 3 },
    { key: 'sentBy', title: title('by'), kind: 'text', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
    { key: 'rowCount', title: title('rows'), kind: 'count', width: 1.5 },
    { key: 'added', title: title('added'), kind: 'count', width: 1.5 },
    { key: 'amountRial', title: title('rial'), kind: 'rial', width: 3 },
  ];
}
