/** Petty cash: its keeper and float, what it holds, what went in and out of it, its counts. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { readLine, readName } from '../values/persian-text.ts';
import { readRial } from '../values/rial.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import {
  countCounts,
  countPettyCash,
  countsOf,
  floatOn,
  floatsOf,
  heldInPettyCash,
  setFloat,
} from './petty-cash.ts';

export const pettyCashPages = Router({ mergeParams: true });

/** What may be nothing at all. */
const readOrZero = (text: string) =>
  /^[0\u06f0\u0660]+$/.test(text.trim()) ? { value: 0 } : readRial(text);

const floatForm = z.object({
  floatRial: typed(readOrZero),
  keeper: typed((text) => readName(text, { max: 100 })),
});
const countForm = z.object({
  countedRial: typed(readOrZero),
  note: typedOrNone((text) => readLine(text, { max: 300 })),
});

const HERE = '/{province}/centres/{code}/petty-cash';
describeBody(`POST ${HERE}`, floatForm);
describeBody(`POST ${HERE}/counts`, countForm);

pettyCashPages.get('/petty-cash', allow('payments.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const column = (key: string) => ({ key, title: t(`payments:petty.${key}`) });
  const rowsFrom = (limit: number, from: number, db = province.db) =>
    countsOf(db, centre.id, { limit, from }).map(({ id: _, ...row }) => row);
  await answer(res, {
    html: () => sendCash(req, res),
    ...listForms(req, res, {
      ...{ name: `petty-cash-${centre.code}`, title: t('payments:petty.counts') },
      columns: [
        { ...column('countedOn'), kind: 'day' },
        { ...column('countedRial'), kind: 'rial', width: 2 },
        { ...column('bookRial'), kind: 'rial', width: 2 },
        { ...column('note'), kind: 'text', width: 4 },
        { ...column('countedBy'), kind: 'text', width: 2 },
      ],
      page: () => ({ rows: [], total: 0 }),
      all: (db) => everyRow((limit, from) => rowsFrom(limit, from, db)),
      json: () => ({ ...standingOf(res), counts: rowsFrom(ROWS_PER_PAGE, 0) }),
    }),
  });
});

pettyCashPages.post('/petty-cash', allow('petty-cash.set'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  await create(req, res, t('payments:flash.float-set'), (tx) =>
    setFloat(tx, actor!, centre, readBody(req, floatForm)),
  );
});

pettyCashPages.post('/petty-cash/counts', allow('petty-cash.count'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  await create(req, res, t('payments:flash.counted'), (tx) => {
    const { countedRial, note = null } = readBody(req, countForm);
    return countPettyCash(tx, actor!, centre, { countedRial, note: note || null });
  });
});

type Verb = Parameters<typeof enterOnce>[2] extends (tx: infer Tx) => unknown
  ? (tx: Tx) => object
  : never;

async function create(req: Request, res: Response, said: string, verb: Verb): Promise<void> {
  try {
    const location = `${centreRoot(res)}/petty-cash`;
    const created = await enterOnce(req, res, (tx) => ({ location, body: verb(tx) }));
    sendCreated(req, res, created, said);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendCash(req, res, { ...refused, values: req.body as object }),
    );
  }
}

function standingOf(res: Response) {
  const { province, centre, actor } = res.locals;
  const float = floatOn(province.db, centre.id, actor!.today) ?? null;
  return { float, heldRial: heldInPettyCash(province.db, centre.id) };
}

function sendCash(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const total = countCounts(province.db, centre.id);
  const from = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const can = (power: Parameters<typeof may>[1]) => may(actor!, power, centre);
  sendPage(req, res, 'payments/petty-cash', {
    ...{ title: t('common:sections.petty-cash'), ...standingOf(res), root: centreRoot(res) },
    floats: floatsOf(province.db, centre.id),
    counts: countsOf(province.db, centre.id, { limit: ROWS_PER_PAGE, from }),
    ...{ total, at: pageAsked(req), of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)) },
    ...{ maySet: can('petty-cash.set'), mayCount: can('petty-cash.count') },
    mayPrepare: can('payments.prepare'),
    ...{ faults: {}, refusal: null, ...refused },
  });
}
