/** The pages of the monthly packs (B-133): the months, one month, one pack and its ZIP. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { changing, creating } from '../bank/asked.ts';
import { snapshot } from '../provinces/province.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, typedFigures } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { booksOfMonth, documentedIn, documentedOfPack, sumsOf, unsentOf } from './documented.ts';
import { listOf, ofPart, PARTS } from './lists.ts';
import { makeFiles } from './making.ts';
import { DAYS_TO_SEND, saidMonth } from './months.ts';
import {
  findMonth,
  findPack,
  handingsOf,
  type MonthRow,
  monthsOfPacks,
  type Pack,
} from './pack-rows.ts';
import { handPack, issuePack, nextNth } from './packs.ts';
import { scansOfPack, unsentScans } from './scans.ts';
import { WAYS } from './schema.ts';
import { filesOfPack, sendZip } from './zip.ts';

export const packPages = Router({ mergeParams: true });

const TOLD = '/{province}/centres/{code}/packs';

const readNumber = (text: string): Reading<string> => {
  const number = typedFigures(text).trim();
  return number.length >= 1 && number.length <= 40
    ? { value: number }
    : { fault: 'packs:faults.secretariat-number' };
};
const readReceiver = (text: string): Reading<string> => {
  const read = readLine(text, { max: 120 });
  return 'value' in read && read.value.length < 2 ? { fault: 'packs:faults.receiver' } : read;
};
const handingForm = (today: string) =>
  z.object({
    receiver: typed(readReceiver),
    way: chosen(WAYS),
    secretariatNumber: typed(readNumber),
    handedOn: typed((text) => readDay(text, { today })),
  });
describeWishes(`POST ${TOLD}/{month}`);
describeBody(`POST ${TOLD}/{month}/{nth}/handing`, handingForm(''));

packPages.get('/packs', allow('packs.read'), (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const months = monthsOfPacks(province.db, centre.id, actor!.today);
  const at = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  return answer(res, {
    html: () =>
      sendPage(req, res, 'packs/months', {
        ...{ title: t('packs:title'), months, root: centreRoot(res), daysToSend: DAYS_TO_SEND },
        say: (month: MonthRow) => saidMonth(month, res.locals.language),
      }),
    ...listForms(req, res, {
      ...{ name: `packs-${centre.code}`, title: t('packs:title'), columns: monthColumns(res) },
      page: () => ({ rows: months.slice(at, at + ROWS_PER_PAGE).map(told), total: months.length }),
      all: () => months.map((month) => inWords(res, month)),
    }),
  });
});

packPages.get('/packs/:month', allow('packs.read'), (req, res) =>
  answer(res, {
    html: () => sendMonth(req, res),
    json: () => res.json(toldMonth(res, monthAsked(req, res))),
  }),
);

for (const part of PARTS) {
  packPages.get(`/packs/:month/${part}`, allow('packs.read'), (req, res) => {
    const { province, centre, language, format, t } = res.locals;
    const month = monthAsked(req, res);
    const rows = documentedIn(province.db, centre.id, month);
    const told = { db: province.db, centreId: centre.id, lang: language };
    const list = listOf(told, part, rows, format !== 'csv' && format !== 'json');
    const listed = [...list.all(province.db)];
    const at = (pageAsked(req) - 1) * ROWS_PER_PAGE;
    return answer(res, {
      html: () =>
        sendPage(req, res, 'packs/list', {
          title: t(`packs:lists.${part}-of`, { month: saidMonth(month, language) }),
          ...{ part, month, columns: list.columns, rows: listed.slice(at, at + ROWS_PER_PAGE) },
          ...{ total: listed.length, at: pageAsked(req), root: centreRoot(res) },
          of: Math.max(1, Math.ceil(listed.length / ROWS_PER_PAGE)),
          sum: list.totals!(province.db).amountRial,
        }),
      ...listForms(req, res, {
        ...{ ...list, name: `${part}-${centre.code}-${month.key}` },
        page: () => ({ rows: listed.slice(at, at + ROWS_PER_PAGE), total: listed.length }),
      }),
    });
  });
}

packPages.post('/packs/:month', allow('packs.issue'), async (req, res) => {
  const { province, centre, actor } = res.locals;
  const month = monthAsked(req, res);
  const again = (refused: object) => sendMonth(req, res, refused);
  try {
    const nth = nextNth(province.db, centre.id, month);
    const draft = await snapshot(province, (db) => makeFiles(db, actor!, centre, { month, nth }));
    await creating(req, res, { said: 'packs:flash.made', again }, (tx) => {
      const pack = issuePack(tx, actor!, centre, draft);
      return { location: addressOf(res, month, pack), body: toldPack(pack) };
    });
  } catch (fault) {
    sendRefusedForm(fault, req, res, again);
  }
});

packPages.get('/packs/:month/:nth', allow('packs.read'), (req, res) => {
  const pack = packAsked(req, res);
  const { db } = res.locals.province;
  return answer(res, {
    html: () => sendPack(req, res, pack),
    json: () =>
      res.json({
        ...{ ...toldPack(pack), files: filesOfPack(db, pack.id) },
        scans: scansOfPack(db, pack.id).map(({ name, size, sha256 }) => ({ name, size, sha256 })),
        handings: handingsOf(db, pack.id),
      }),
    zip: () => sendZip(res, pack),
  });
});

packPages.post('/packs/:month/:nth/handing', allow('packs.hand'), (req, res) => {
  const pack = packAsked(req, res);
  const again = (refused: object) => sendPack(req, res, pack, refused);
  return changing(req, res, { said: 'packs:flash.handed', again }, (tx) => {
    const { actor, centre } = res.locals;
    const handed = readBody(req, handingForm(actor!.today));
    const body = toldPack(handPack(tx, actor!, centre, { pack, handed }));
    return { to: addressOf(res, monthAsked(req, res), pack), body };
  });
});

function monthAsked(req: Request, res: Response): MonthRow {
  const { province, centre, actor } = res.locals;
  const month = findMonth(province.db, centre.id, String(req.params.month), actor!.today);
  if (!month) throw new NotFound();
  return month;
}

function packAsked(req: Request, res: Response): Pack {
  const nth = String(req.params.nth);
  if (!/^[1-9]\d{0,3}$/.test(nth)) throw new NotFound();
  const { province, centre } = res.locals;
  return findPack(province.db, centre.id, monthAsked(req, res), Number(nth));
}

const addressOf = (res: Response, { key }: MonthRow, { nth }: Pick<Pack, 'nth'>): string =>
  `${centreRoot(res)}/packs/${key}/${nth}`;

function sendMonth(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, actor, language, t } = res.locals;
  const month = monthAsked(req, res);
  const unsent = unsentOf(province.db, centre.id, month);
  const said = saidMonth(month, language);
  sendPage(req, res, 'packs/month', {
    ...{ title: t('packs:month.title', { month: said }), month, root: centreRoot(res) },
    books: booksOfMonth(province.db, centre.id, month),
    papers: paperSums(documentedIn(province.db, centre.id, month)),
    unsent: Object.fromEntries(PARTS.map((part) => [part, ofPart(unsent, part).length])),
    scans: unsentScans(province.db, centre.id, month).length,
    ...{ mayIssue: may(actor!, 'packs.issue', centre), key: randomUUID() },
    ...refused,
  });
}

function sendPack(req: Request, res: Response, pack: Pack, refused: object = {}): void {
  const { province, centre, actor, language, t, show } = res.locals;
  const month = monthAsked(req, res);
  const said = { month: saidMonth(month, language), number: show.number(pack.nth - 1) };
  sendPage(req, res, 'packs/pack', {
    title: t(pack.nth === 1 ? 'packs:pack.title' : 'packs:pack.correction-title', said),
    ...{ pack, month, root: centreRoot(res), address: addressOf(res, month, pack), ways: WAYS },
    ...{ files: filesOfPack(province.db, pack.id), scans: scansOfPack(province.db, pack.id) },
    ...{ handings: handingsOf(province.db, pack.id), mayHand: may(actor!, 'packs.hand', centre) },
    sums: sumsOf(documentedOfPack(province.db, pack.id)),
    mayRead: may(actor!, 'papers.read', centre),
    ...refused,
  });
}

/** What the papers say, list by list, to stand beside what the books say. */
function paperSums(rows: ReturnType<typeof documentedIn>) {
  return sumsOf(rows.map((row) => ({ ...row, amountRial: row.paperRial })));
}

function told({ key, state, dueOn, lateDays, news, packs }: MonthRow) {
  const handedOn = packs.at(-1)?.handing?.handedOn ?? null;
  return { month: key, state, dueOn, lateDays, packs: packs.length, news, handedOn };
}

function inWords(res: Response, month: MonthRow) {
  const row = told(month);
  if (res.locals.format === 'csv') return row;
  const said = saidMonth(month, res.locals.language);
  return { ...row, month: said, state: res.locals.t(`packs:month-states.${month.state}`) };
}

function toldMonth(res: Response, month: MonthRow) {
  const { province, centre } = res.locals;
  const books = booksOfMonth(province.db, centre.id, month);
  const papers = paperSums(documentedIn(province.db, centre.id, month));
  return { ...told(month), books, papers, made: month.packs.map(toldPack) };
}

function toldPack({ year: _, month: __, id, untilEntryId: ___, ...pack }: Pack) {
  return { id, ...pack };
}

function monthColumns({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`packs:columns.${key}`);
  return [
    { key: 'month', title: title('month'), kind: 'text', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 3 },
    { key: 'dueOn', title: title('due-on'), kind: 'day', width: 2 },
    { key: 'handedOn', title: title('handed-on'), kind: 'day', width: 2 },
    { key: 'lateDays', title: title('late-days'), kind: 'count', width: 1 },
    { key: 'packs', title: title('packs'), kind: 'count', width: 1 },
    { key: 'news', title: title('news'), kind: 'count', width: 1 },
  ];
}
