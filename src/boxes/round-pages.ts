/** Rounds: the list, a new one from the boxes in their order, and its sheet for the way. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { boxesOf } from './boxes.ts';
import { roundForm, withChosen } from './forms.ts';
import { peopleShown } from './people-pages.ts';
import {
  countRounds,
  findRound,
  planRound,
  type Round,
  roundsOf,
  type Stop,
  stopsOf,
} from './rounds.ts';
import { standings } from './yield.ts';

export const roundPages = Router({ mergeParams: true });

const ROOT = '/donations/boxes/rounds';

roundPages.get(ROOT, allow('boxes.read'), async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const total = countRounds(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = roundsOf(province.db, centre.id, ROWS_PER_PAGE, offset);
  const title = t('boxes:rounds.title');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'boxes/rounds', {
        ...{ title, rows, total, at: pageAsked(req), root: `${centreRoot(res)}${ROOT}` },
        boxes: `${centreRoot(res)}/donations/boxes`,
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        mayKeep: may(actor!, 'boxes.keep', centre),
      }),
    ...listForms(req, res, {
      ...{ name: `box-rounds-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows: rows.map(told), total }),
      all: (db) => roundsOf(db, centre.id, 100_000).map(told),
    }),
  });
});

roundPages.get(`${ROOT}/new`, allow('boxes.keep'), async (req, res) => {
  await answer(res, { html: () => sendNew(req, res) });
});

roundPages.post(ROOT, allow('boxes.keep'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(withChosen(req, 'first', 'second'), roundForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const round = planRound(tx, actor!, centre, form);
      return {
        location: `${centreRoot(res)}${ROOT}/${round.number}`,
        body: { ...told(round), boxes: stopsOf(tx, round.id).map(({ number }) => number) },
      };
    });
    sendCreated(req, res, created, t('boxes:flash.planned'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendNew(req, res, { ...refused, values: req.body as object }),
    );
  }
});

roundPages.get(`${ROOT}/:round`, allow('boxes.read'), async (req, res) => {
  const { province, centre, actor, t, show } = res.locals;
  const named = String(req.params.round);
  if (!/^\d{1,9}$/.test(named)) throw new NotFound();
  const round = findRound(province.db, centre.id, Number(named));
  const mayContact = may(actor!, 'boxes.contact', centre);
  const stops = stopsOf(province.db, round.id).map((stop) => ({
    ...stop,
    keeperMobile: mayContact ? stop.keeperMobile : null,
  }));
  const title = t('boxes:rounds.one', { number: show.number(round.number) });
  const day = show.weekday(round.roundOn);
  const two = [round.firstName, round.secondName].join(t('boxes:comma'));
  await answer(res, {
    html: () =>
      sendPage(req, res, 'boxes/round', {
        ...{ title, round, stops, two, root: `${centreRoot(res)}/donations/boxes` },
        mayCount: may(actor!, 'boxes.count', centre),
      }),
    ...listForms(req, res, {
      name: `box-round-${centre.code}-${round.number}`,
      title: t('boxes:rounds.sheet', { number: show.number(round.number), day, two }),
      columns: stopColumns(res),
      page: () => ({ rows: stops.map(toldStop), total: stops.length }),
      all: () => stops.map(toldStop),
      json: () => ({ ...told(round), note: round.note, stops: stops.map(toldStop) }),
    }),
  });
});

function told({ number, roundOn, firstName, secondName, stops, opened, plannedBy }: Round) {
  return { number, roundOn, first: firstName, second: secondName, stops, opened, plannedBy };
}

/** Places that are left empty are written in on the way. */
function toldStop({ position, number, place, keeperName, keeperMobile, lastOpenedOn }: Stop) {
  const empty = { bag: null, amount: null, signature: null };
  return { position, number, place, keeper: keeperName, keeperMobile, lastOpenedOn, ...empty };
}

function sendNew(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const { db } = province;
  const known = standings(db, centre.id, actor!.today);
  const boxes = boxesOf(db, centre.id, { state: 'standing' }, { limit: 500 });
  const [last] = roundsOf(db, centre.id, 1);
  const due = boxes.filter(({ id }) => known.get(id)!.isDue);
  const usual = last ? stopsOf(db, last.id).map(({ number }) => number) : [];
  const offered = due.length > 0 ? due.map(({ number }) => number) : usual;
  sendPage(req, res, 'boxes/round-new', {
    ...{ title: t('boxes:rounds.new'), key: randomUUID(), root: `${centreRoot(res)}${ROOT}` },
    ...{ boxes: boxes.map((box) => ({ ...box, standing: known.get(box.id)! })), offered },
    ...peopleShown(res),
    ...{ values: {}, ...refused },
  });
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`boxes:columns.${key}`);
  return [
    { key: 'number', title: title('round'), kind: 'count', width: 1 },
    { key: 'roundOn', title: title('round-on'), kind: 'day', width: 2 },
    { key: 'first', title: title('first'), kind: 'text', width: 3 },
    { key: 'second', title: title('second'), kind: 'text', width: 3 },
    { key: 'stops', title: title('stops'), kind: 'count', width: 1 },
    { key: 'opened', title: title('opened'), kind: 'count', width: 1 },
  ];
}

function stopColumns({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`boxes:columns.${key}`);
  return [
    { key: 'position', title: title('position'), kind: 'count', width: 1 },
    { key: 'number', title: title('number'), kind: 'count', width: 1 },
    { key: 'place', title: title('place'), kind: 'text', width: 4 },
    { key: 'keeper', title: title('keeper'), kind: 'text', width: 3 },
    { key: 'keeperMobile', title: title('mobile'), kind: 'code', width: 2 },
    { key: 'lastOpenedOn', title: title('last-opened-on'), kind: 'day', width: 2 },
    { key: 'bag', title: title('bag'), kind: 'text', width: 2 },
    { key: 'amount', title: title('bag-amount'), kind: 'text', width: 2 },
    { key: 'signature', title: title('signature'), kind: 'text', width: 3 },
  ];
}
