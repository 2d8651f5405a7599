/** Openings: the count sheet of a box, the second count, corrections, and the list of them. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { attachedTo, layAttachments } from '../attachments/attachment-pages.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { dayAsked, wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { boxNamed, fundsByCode } from './box-pages.ts';
import type { Box } from './boxes.ts';
import { denominationsOn, fieldOf } from './denominations.ts';
import { confirmForm, readCount, reasonForm, unitOf } from './forms.ts';
import {
  countOpenings,
  findOpening,
  OPENING_STATES,
  type Opening,
  openingsOf,
  sheetOf,
} from './opening-rows.ts';
import { confirmCount, correctCount, countBox, withdrawCount } from './openings.ts';
import { peopleShown } from './people-pages.ts';
import { roundsOf, stopsOf } from './rounds.ts';

export const openingPages = Router({ mergeParams: true });

const ROOT = '/donations/boxes/openings';
const MAY_COUNT = allow('boxes.count');

openingPages.get(ROOT, allow('boxes.read'), async (req, res) => {
  const { province, centre, actor, t, format } = res.locals;
  const { db } = province;
  const box = Number(wordAsked(req.query, 'box'));
  const filter = {
    ...{ state: wordAsked(req.query, 'state'), box: Number.isInteger(box) ? box : undefined },
    from: dayAsked(req.query, 'from', actor!.today),
    to: dayAsked(req.query, 'to', actor!.today),
  };
  const { count: total, rial } = countOpenings(db, centre.id, filter);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = openingsOf(db, centre.id, filter, { limit: ROWS_PER_PAGE, offset });
  const title = t('boxes:openings.title');
  const shown = (one: Opening) => told(one, hides(res, one));
  const said = (one: Opening) => {
    const row = shown(one);
    return format === 'csv' ? row : { ...row, state: t(`boxes:openings.states.${one.state}`) };
  };
  await answer(res, {
    html: () =>
      sendPage(req, res, 'boxes/openings', {
        ...{ title, total, rial, at: pageAsked(req), states: OPENING_STATES },
        rows: rows.map((one) => ({ ...one, hidden: hides(res, one) })),
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        root: `${centreRoot(res)}/donations/boxes`,
        isFiltered: Object.values(filter).some((word) => word !== undefined),
      }),
    ...listForms(req, res, {
      ...{ name: `box-openings-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows: rows.map(shown), total }),
      all: (at) => openingsOf(at, centre.id, filter, { limit: 100_000 }).map(said),
      totals: (at) => ({ totalRial: countOpenings(at, centre.id, filter).rial }),
      totalsTitle: t('boxes:openings.total'),
    }),
  });
});

openingPages.get('/donations/boxes/:box/count', MAY_COUNT, async (req, res) => {
  const box = boxNamed(req, res);
  await answer(res, { html: () => sendCount(req, res, box) });
});

openingPages.post('/donations/boxes/:box/openings', MAY_COUNT, async (req, res) => {
  const { actor, centre, t } = res.locals;
  const box = boxNamed(req, res);
  try {
    const typed = readCount(req, res);
    const created = await enterOnce(req, res, (tx) =>
      createdOf(res, countBox(tx, actor!, centre, box.number, typed), tx),
    );
    sendCreated(req, res, created, t('boxes:flash.counted'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendCount(req, res, box, { ...refused, values: req.body as object }),
    );
  }
});

openingPages.get(`${ROOT}/:opening`, allow('boxes.read'), async (req, res) => {
  const opening = openingNamed(req, res);
  await answer(res, {
    html: () => sendOpening(req, res, opening),
    json: () => res.json(toldWhole(res, opening, res.locals.province.db)),
  });
});

openingPages.get(`${ROOT}/:opening/correction`, MAY_COUNT, async (req, res) => {
  const opening = openingNamed(req, res);
  await answer(res, { html: () => sendCorrection(req, res, opening) });
});

openingPages.post(`${ROOT}/:opening/correction`, MAY_COUNT, async (req, res) => {
  const { actor, centre, t } = res.locals;
  const opening = openingNamed(req, res);
  try {
    const typed = readCount(req, res);
    const { reason } = readBody(req, reasonForm);
    const created = await enterOnce(req, res, (tx) =>
      createdOf(res, correctCount(tx, actor!, centre, opening.id, { ...typed, reason }), tx),
    );
    sendCreated(req, res, created, t('boxes:flash.counted'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendCorrection(req, res, opening, { ...refused, values: req.body as object }),
    );
  }
});

openingPages.post(`${ROOT}/:opening/confirmation`, MAY_COUNT, (req, res) =>
  step(req, res, 'confirmed', ({ id }) => {
    const { actor, centre } = res.locals;
    const { total } = readBody(req, confirmForm(unitOf(req, 'total')));
    return (tx) => confirmCount(tx, actor!, centre, id, total);
  }),
);

openingPages.post(`${ROOT}/:opening/withdrawal`, MAY_COUNT, (req, res) =>
  step(req, res, 'withdrawn-count', ({ id }) => {
    const { actor, centre } = res.locals;
    const { reason } = readBody(req, reasonForm);
    return (tx) => withdrawCount(tx, actor!, centre, id, reason);
  }),
);

layAttachments(openingPages, {
  ...{
    at: `${ROOT}/:opening`,
    told: '/{province}/centres/{code}/donations/boxes/openings/{opening}',
  },
  ...{ see: 'boxes.read', add: 'boxes.count' },
  held: (req, res) => {
    const opening = openingNamed(req, res);
    return { ...heldBy(res, opening), again: (refused) => sendOpening(req, res, opening, refused) };
  },
});

function heldBy(res: Response, opening: Opening) {
  const address = placeOf(res, opening);
  const { centre } = res.locals;
  return { subject: `box-openings/${opening.id}`, centre, address, page: address };
}

async function step(
  req: Request,
  res: Response,
  said: string,
  read: (opening: Opening) => (tx: Tx) => Opening,
): Promise<void> {
  const opening = openingNamed(req, res);
  const { province, t } = res.locals;
  try {
    const changed = await enter(province, read(opening));
    const done = { to: placeOf(res, changed), body: toldWhole(res, changed, province.db) };
    sendChanged(req, res, done, t(`boxes:flash.${said}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendOpening(req, res, openingNamed(req, res), { ...refused, values: req.body as object }),
    );
  }
}

const placeOf = (res: Response, { id }: Opening) => `${centreRoot(res)}${ROOT}/${id}`;

function openingNamed(req: Request, res: Response): Opening {
  const named = String(req.params.opening);
  if (!/^\d{1,10}$/.test(named)) throw new NotFound();
  return findOpening(res.locals.province.db, res.locals.centre.id, Number(named));
}

/** Whoever is to count it again does not see what the first found. */
function hides({ locals: { actor, centre } }: Response, opening: Opening): boolean {
  const isFirst = opening.countedById === actor!.user?.id;
  return opening.state === 'waiting' && !isFirst && may(actor!, 'boxes.count', centre);
}

function createdOf(res: Response, opening: Opening, tx: Tx) {
  return { location: placeOf(res, opening), body: toldWhole(res, opening, tx) };
}

function told(opening: Opening, hidden: boolean) {
  const { id, box, place, round, openedOn, firstName, secondName, state, fund } = opening;
  const { bagNumber, countedOn, countedBy, confirmedBy, entry, minutes } = opening;
  return {
    ...{
      id,
      box,
      place,
      round,
      openedOn,
      openers: `${firstName} + ${secondName}`,
      fund,
      bagNumber,
    },
    ...{ shortRial: hidden ? null : opening.shortRial },
    ...{ totalRial: hidden ? null : opening.totalRial, countedOn, countedBy, confirmedBy },
    ...{ entry, minutes, state },
  };
}

function toldWhole(res: Response, opening: Opening, db: Tx) {
  const hidden = hides(res, opening);
  const { bagRial, account, difference, replacesId, reason, correctedBy, withdrawal } = opening;
  const { paperId } = opening;
  return {
    ...told(opening, hidden),
    ...{ bagRial: hidden ? null : bagRial, account, difference, replaces: replacesId, reason },
    ...{ correctedBy, withdrawal, paper: paperId, sheet: hidden ? null : sheetOf(db, opening.id) },
  };
}

function sendCount(req: Request, res: Response, box: Box, refused: object = {}): void {
  const { province, centre, t, show } = res.locals;
  const { db } = province;
  const rounds = roundsOf(db, centre.id, 10).filter(({ id }) =>
    stopsOf(db, id).some((stop) => stop.number === box.number && stop.openingId === null),
  );
  const asked = wordAsked(req.query, 'round');
  sendPage(req, res, 'boxes/count', {
    ...{ title: t('boxes:count.title', { number: show.number(box.number) }), box, wrong: null },
    ...formOf(res),
    action: `${centreRoot(res)}/donations/boxes/${box.number}/openings`,
    back: `${centreRoot(res)}/donations/boxes/${box.number}`,
    fund: fundsByCode(res).get(box.fund)!,
    rounds: rounds.map(({ number, roundOn }) => ({
      ...{
        value: number,
        text: t('boxes:rounds.of', { number: show.number(number), day: show.day(roundOn) }),
      },
    })),
    values: { round: asked ?? String(rounds[0]?.number ?? ''), account: '1101' },
    ...refused,
  });
}

function sendCorrection(req: Request, res: Response, wrong: Opening, refused: object = {}): void {
  const { t, show } = res.locals;
  const { box, openedOn, bagNumber, account, id } = wrong;
  sendPage(req, res, 'boxes/count', {
    ...{ title: t('boxes:count.again', { number: show.number(box) }), wrong },
    ...{ box: { number: box, place: wrong.place }, rounds: [], ...formOf(res) },
    action: `${centreRoot(res)}${ROOT}/${id}/correction`,
    back: `${centreRoot(res)}${ROOT}/${id}`,
    fund: fundsByCode(res).get(wrong.fund)!,
    values: { openedOn: show.date(openedOn), bagNumber: bagNumber ?? '', account },
    ...refused,
  });
}

/** What every count sheet needs. */
export function formOf(res: Response) {
  const { province, actor } = res.locals;
  const { db } = province;
  const money = denominationsOn(db, actor!.today);
  return {
    ...{ key: randomUUID(), scripts: ['/assets/sheet.js'], styles: ['/assets/books.css'] },
    money: money.map((one) => ({ ...one, field: fieldOf(one) })),
    ...peopleShown(res),
  };
}

function sendOpening(req: Request, res: Response, opening: Opening, refused: object = {}): void {
  const { province, centre, actor, t, show } = res.locals;
  const hidden = hides(res, opening);
  const by = actor!.user?.id;
  const may2 = may(actor!, 'boxes.count', centre);
  const others = by !== opening.countedById && by !== opening.confirmedById;
  sendPage(req, res, 'boxes/opening', {
    ...{ title: t('boxes:openings.one', { number: show.number(opening.box) }), opening, hidden },
    sheet: hidden ? [] : sheetOf(province.db, opening.id),
    fund: fundsByCode(res).get(opening.fund)!,
    ...attachedTo(res, { ...heldBy(res, opening), add: 'boxes.count' }),
    root: centreRoot(res),
    mayConfirm: opening.state === 'waiting' && may2 && by !== opening.countedById,
    mayWithdraw: opening.state === 'waiting' && may2,
    mayCorrect: opening.state === 'confirmed' && may2 && others,
    ...refused,
  });
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`boxes:columns.${key}`);
  return [
    { key: 'box', title: title('number'), kind: 'count', width: 1 },
    { key: 'place', title: title('place'), kind: 'text', width: 3 },
    { key: 'openedOn', title: title('opened-on'), kind: 'day', width: 2 },
    { key: 'openers', title: title('openers'), kind: 'text', width: 3 },
    { key: 'bagNumber', title: title('bag'), kind: 'code', width: 1 },
    { key: 'totalRial', title: title('total'), kind: 'rial', width: 3 },
    { key: 'countedBy', title: title('counted-by'), kind: 'text', width: 2 },
    { key: 'confirmedBy', title: title('confirmed-by'), kind: 'text', width: 2 },
    { key: 'entry', title: title('entry'), kind: 'code', width: 2 },
    { key: 'minutes', title: title('minutes'), kind: 'code', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
  ];
}
