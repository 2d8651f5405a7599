/** Permits to serve outside the area: the list, asking, one permit with its answer, its end. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { placeOf } from './centre-map.ts';
import { distanceMetres, insidePoint } from './measure.ts';
import { areasInForce } from './neighbours.ts';
import { centreNamed, decisionForm, endingForm, readRequest } from './permit-form.ts';
import { decidePermit, endPermit, requestPermit } from './permits.ts';
import { concernedBy } from './permits-ground.ts';
import {
  countPermits,
  findPermit,
  groundOf,
  PERMIT_KINDS,
  type Permit,
  permitState,
  permitsOf,
  permitsOver,
} from './permits-known.ts';
import { sheetMap } from './sheet-content.ts';
import { sheetSvg } from './sheet-svg.ts';

export const permitPages = Router({ mergeParams: true });

const LOOKS = {
  ...{ requested: 'wait', 'to-come': 'wait', 'in-force': 'ok', over: 'none' },
  ...{ ended: 'void', withdrawn: 'void', refused: 'void' },
} as const;

permitPages.get('/boundary/permits', allow('boundary.read'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const total = countPermits(province.db, centre.id);
  const from = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = permitsOf(province.db, centre.id, ROWS_PER_PAGE, from);
  const title = t('boundary:permits.title');
  const over = permitsOver(province.db, centre.id, actor!.today);
  await answer(res, {
    html: () =>
      sendPage(req, res, 'boundary/permits', {
        ...{ title, total, over, at: pageAsked(req), looks: LOOKS },
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        permits: shown.map((permit) => told(res, permit)),
        mayRequest: may(actor!, 'permits.request', centre),
      }),
    ...listForms(req, res, {
      ...{ name: `permits-${centre.code}`, title, columns: columnsOf(res) },
      page: () => ({ rows: shown.map((permit) => rowOf(res, permit)), total }),
      all: (db) =>
        everyRow((limit, offset) =>
          permitsOf(db, centre.id, limit, offset).map((permit) => rowOf(res, permit)),
        ),
      json: () => ({ permits: shown.map((permit) => told(res, permit)), total, over }),
    }),
  });
});

permitPages.get('/boundary/permits/new', allow('permits.request'), (req, res) =>
  answer(res, { html: () => sendForm(req, res) }),
);

permitPages.post('/boundary/permits', allow('permits.request'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const asked = readRequest(req, res);
    const created = await enterOnce(req, res, (tx) => {
      const permit = requestPermit(tx, actor!, centre, asked);
      return { location: addressOf(res, permit), body: told(res, permit) };
    });
    sendCreated(req, res, created, t('boundary:permits.flash.requested'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

permitPages.get('/boundary/permits/:id', allow('boundary.read'), (req, res) => {
  const permit = permitNamed(req, res);
  return answer(res, {
    html: () => sendPermit(req, res, permit),
    json: () => res.json(told(res, permit)),
  });
});

permitPages.post('/boundary/permits/:id/decision', allow('permits.decide'), (req, res) =>
  change(req, res, ({ id }) => {
    const { actor, centre } = res.locals;
    const form = readBody(req, decisionForm(actor!.today));
    if (form.alsoTell) centreNamed(res, form.alsoTell, 'alsoTell');
    return (tx) => decidePermit(tx, actor!, centre, id, form);
  }),
);

permitPages.post('/boundary/permits/:id/ending', allow('permits.end'), (req, res) =>
  change(req, res, ({ id }) => {
    const { actor, centre } = res.locals;
    const { reason } = readBody(req, endingForm);
    return (tx) => endPermit(tx, actor!, centre, id, { reason });
  }),
);

const addressOf = (res: Response, { id }: Permit) => `${centreRoot(res)}/boundary/permits/${id}`;

function permitNamed(req: Request, res: Response): Permit {
  const id = Number(req.params.id);
  if (!Number.isSafeInteger(id)) throw new NotFound();
  return findPermit(res.locals.province.db, res.locals.centre.id, id);
}

function told({ locals: { actor } }: Response, permit: Permit) {
  const { centreId: _, otherCentreId: __, neighbours, ...rest } = permit;
  const there = neighbours.map(({ name, squareMetres }) => ({ name, squareMetres }));
  return { ...rest, state: permitState(permit, actor!.today), told: there };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const column = (key: string, kind: Column['kind'], width: number): Column => ({
    ...{ key, kind, width, title: t(`boundary:permits.columns.${key}`) },
  });
  return [
    ...[column('place', 'text', 4), column('fromOn', 'day', 2), column('toOn', 'day', 2)],
    ...[column('number', 'code', 2), column('decidedOn', 'day', 2), column('state', 'text', 2)],
    column('told', 'text', 4),
  ];
}

function rowOf(res: Response, permit: Permit) {
  const { t } = res.locals;
  const { place, fromOn, toOn, number, decidedOn, state, told: there } = told(res, permit);
  const names = there.map(({ name }) => name).join(t('boundary:permits.letter.and'));
  const said = res.locals.format === 'csv' ? state : t(`boundary:permits.states.${state}`);
  return { place, fromOn, toOn, number, decidedOn, state: said, told: names };
}

/** The nearest centres are offered; a program may name any. */
const NEAREST = 200;

function sendForm(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const at = placeOf(centre);
  const nearest = areasInForce(province.db, actor!.today)
    .filter(({ centreId }) => centreId !== centre.id)
    .map(({ code, name, area }) => ({
      ...{ value: code, text: name },
      away: at ? distanceMetres([at.lon, at.lat], insidePoint(area)) : 0,
    }))
    .sort((one, other) => one.away - other.away)
    .slice(0, NEAREST);
  sendPage(req, res, 'boundary/permit-new', {
    title: t('boundary:permits.new.title'),
    ...{ key: randomUUID(), nearest, kinds: PERMIT_KINDS, faults: {}, refusal: null, ...refused },
  });
}

function sendPermit(req: Request, res: Response, permit: Permit, refused: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const { db } = province;
  const state = permitState(permit, actor!.today);
  const ground = groundOf(db, permit, actor!.today);
  const subject = { centreId: permit.otherCentreId ?? 0, name: permit.place, office: null };
  const map = ground && sheetMap(db, subject, ground, actor!.today).map;
  const open = state === 'requested';
  sendPage(req, res, 'boundary/permit', {
    title: t('boundary:permits.one', { place: permit.place }),
    styles: ['/assets/map.css'],
    map: map ? sheetSvg(map, t('boundary:permits.map', { place: permit.place })) : null,
    ...{ permit: told(res, permit), look: LOOKS[state], paperId: permit.paperId },
    there: open ? concernedBy(db, centre.id, permit, actor!.today) : permit.neighbours,
    mayDecide: open && may(actor!, 'permits.decide', centre),
    mayEnd:
      may(actor!, 'permits.end', centre) &&
      !['refused', 'ended', 'withdrawn', 'over'].includes(state),
    mayPrint: permit.paperId !== null && may(actor!, 'papers.read', centre),
    ...{ faults: {}, refusal: null, ...refused },
  });
}

async function change(
  req: Request,
  res: Response,
  act: (permit: Permit) => (tx: Tx) => Permit,
): Promise<void> {
  const { province, actor, t } = res.locals;
  const known = permitNamed(req, res);
  try {
    const permit = await enter(province, act(known));
    const state = permitState(permit, actor!.today);
    const to = addressOf(res, permit);
    sendChanged(req, res, { to, body: told(res, permit) }, t(`boundary:permits.became.${state}`));
  } catch (fault) {
    const values = req.body as object;
    sendRefusedForm(fault, req, res, (refused) =>
      sendPermit(req, res, permitNamed(req, res), { values, ...refused }),
    );
  }
}
