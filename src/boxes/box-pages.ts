/** Boxes: the list, a new one, its page with what became of it and what it yields. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { chartOf } from '../boundary/chart.ts';
import { fundName, fundsOf } from '../funds/funds.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  type Box,
  type BoxEvent,
  boxesOf,
  changeBox,
  countBoxes,
  eventsOf,
  findBox,
  installBox,
} from './boxes.ts';
import { readBox, readChange } from './forms.ts';
import { openingsOf } from './opening-rows.ts';
import { BOX_KINDS, KEEPER_KINDS } from './schema.ts';
import { type Standing, standings, yieldByMonth } from './yield.ts';

export const boxPages = Router({ mergeParams: true });

const ROOT = '/donations/boxes';

boxPages.get(ROOT, allow('boxes.read'), async (req, res) => {
  const { province, centre, actor, t, format } = res.locals;
  const { db } = province;
  const filter = {
    ...{ kind: wordAsked(req.query, 'kind'), state: wordAsked(req.query, 'state') },
    q: wordAsked(req.query, 'q'),
  };
  const total = countBoxes(db, centre.id, filter);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const known = standings(db, centre.id, actor!.today);
  const rows = boxesOf(db, centre.id, filter, { limit: ROWS_PER_PAGE, offset });
  const named = fundsByCode(res);
  const told = (box: Box) => toldRow(box, known.get(box.id)!);
  const said = (box: Box) => {
    const row = told(box);
    if (format === 'csv') return row;
    const state = t(`boxes:states.${row.state}`);
    return { ...row, kind: t(`boxes:kinds.${box.kind}`), fund: named.get(box.fund)!, state };
  };
  await answer(res, {
    html: () =>
      sendPage(req, res, 'boxes/list', {
        ...{ title: t('boxes:title'), total, at: pageAsked(req), kinds: BOX_KINDS },
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        rows: rows.map((box) => ({ ...box, standing: known.get(box.id)!, row: told(box) })),
        root: `${centreRoot(res)}${ROOT}`,
        isFiltered: Object.values(filter).some((word) => word !== undefined),
        mayKeep: may(actor!, 'boxes.keep', centre),
        mayCount: may(actor!, 'boxes.count', centre),
        mayRemit: may(actor!, 'boxes.remit', centre),
        below: [...known.values()].filter(({ isFarBelow }) => isFarBelow).length,
        due: [...known.values()].filter(({ isDue }) => isDue).length,
      }),
    ...listForms(req, res, {
      ...{ name: `boxes-${centre.code}`, title: t('boxes:title'), columns: columnsOf(res) },
      page: () => ({ rows: rows.map(told), total }),
      all: (at) => boxesOf(at, centre.id, filter, { limit: 100_000 }).map(said),
    }),
  });
});

boxPages.get(`${ROOT}/new`, allow('boxes.keep'), async (req, res) => {
  await answer(res, { html: () => sendNew(req, res) });
});

boxPages.post(ROOT, allow('boxes.keep'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const typed = readBox(req, res);
    const created = await enterOnce(req, res, (tx) => {
      const box = installBox(tx, actor!, centre, typed);
      return { location: addressOf(res, box.number), body: toldBox(res, box) };
    });
    sendCreated(req, res, created, t('boxes:flash.installed'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendNew(req, res, { ...refused, values: req.body as object }),
    );
  }
});

boxPages.get(`${ROOT}/:box`, allow('boxes.read'), async (req, res) => {
  const box = boxNamed(req, res);
  await answer(res, {
    html: () => sendBox(req, res, box),
    json: () => res.json(toldBox(res, box)),
  });
});

boxPages.post(`${ROOT}/:box/events`, allow('boxes.keep'), async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  const box = boxNamed(req, res);
  try {
    const change = readChange(req, res);
    const changed = await enter(province, (tx) => {
      return changeBox(tx, actor!, centre, box.number, change);
    });
    const done = { to: addressOf(res, box.number), body: toldBox(res, changed) };
    sendChanged(req, res, done, t(`boxes:flash.${change.event}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendBox(req, res, box, { ...refused, values: req.body as object }),
    );
  }
});

export const addressOf = (res: Response, number: number): string =>
  `${centreRoot(res)}${ROOT}/${number}`;

/** The box of the address; what is no number is not there. */
export function boxNamed(req: Request, res: Response): Box {
  const named = String(req.params.box);
  if (!/^\d{1,9}$/.test(named)) throw new NotFound();
  return findBox(res.locals.province.db, res.locals.centre.id, Number(named));
}

export const fundsByCode = ({ locals: { province, language } }: Response): Map<string, string> =>
  new Map(fundsOf(province.db).map((fund) => [fund.code, fundName(fund, language)]));

function stateOf(box: Box, { isDue, isFarBelow }: Standing) {
  if (box.event === 'withdrawn') return 'withdrawn';
  if (isDue) return 'due';
  return isFarBelow ? 'below' : 'standing';
}

function toldRow(box: Box, standing: Standing) {
  const { number, kind, fund, place, keeperName, installedOn, lastOpenedOn } = box;
  const { openings, yieldRial } = box;
  const { days, usual, last } = standing;
  const state = stateOf(box, standing);
  return {
    ...{ number, kind, fund, place, keeper: keeperName, installedOn, state, lastOpenedOn, days },
    ...{ openings, yieldRial, usualDailyRial: usual, lastDailyRial: last },
  };
}

function toldBox(res: Response, box: Box) {
  const { province, centre, actor } = res.locals;
  const standing = standings(province.db, centre.id, actor!.today).get(box.id)!;
  const { lat, lon, inside, permitId, keeperKind } = box;
  return {
    ...toldRow(box, standing),
    ...{ lat, lon, inside: inside === 1, permit: permitId, keeperKind },
    // B-105: a number is for those whose duty it is.
    ...(may(actor!, 'boxes.contact', centre) && { keeperMobile: box.keeperMobile }),
    events: eventsOf(province.db, box.id).map((event) => toldEvent(res, event)),
    months: yieldByMonth(province.db, centre.id, { box: box.number, limit: 36 }),
  };
}

function toldEvent(res: Response, { keeperMobile, id: _, inside, ...event }: BoxEvent) {
  const { actor, centre } = res.locals;
  const mobile = may(actor!, 'boxes.contact', centre) ? { keeperMobile } : {};
  return { ...event, inside: inside === null ? null : inside === 1, ...mobile };
}

function sendNew(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, t, language } = res.locals;
  const funds = fundsOf(province.db, actor!.today).filter(({ takesGifts }) => takesGifts);
  sendPage(req, res, 'boxes/new', {
    ...{ title: t('boxes:new.title'), key: randomUUID(), root: `${centreRoot(res)}${ROOT}` },
    ...{ kinds: BOX_KINDS, keepers: KEEPER_KINDS, values: {} },
    funds: funds.map((fund) => ({ value: fund.code, text: fundName(fund, language) })),
    ...mapOf(res),
    ...refused,
  });
}

function mapOf(res: Response) {
  const { centre } = res.locals;
  const areas = `/${res.locals.province.slug}/centres/${centre.code}/boundary.geojson`;
  const chart = chartOf(res, { areas, script: '/assets/map-box.js' });
  return { ...chart, areas, place: '' };
}

function sendBox(req: Request, res: Response, box: Box, refused: object = {}): void {
  const { province, actor, centre, t, show } = res.locals;
  const { db } = province;
  sendPage(req, res, 'boxes/show', {
    ...{ title: t('boxes:one', { number: show.number(box.number) }), box },
    root: `${centreRoot(res)}${ROOT}`,
    fund: fundsByCode(res).get(box.fund)!,
    pace: standings(db, centre.id, actor!.today).get(box.id)!,
    boxState: stateOf(box, standings(db, centre.id, actor!.today).get(box.id)!),
    events: eventsOf(db, box.id),
    months: yieldByMonth(db, centre.id, { box: box.number, limit: 12 }),
    openings: openingsOf(db, centre.id, { box: box.number }, { limit: 10 }),
    mayKeep: may(actor!, 'boxes.keep', centre),
    mayCount: may(actor!, 'boxes.count', centre),
    mayContact: may(actor!, 'boxes.contact', centre),
    keepers: KEEPER_KINDS,
    ...refused,
  });
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`boxes:columns.${key}`);
  return [
    { key: 'number', title: title('number'), kind: 'count', width: 1 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'place', title: title('place'), kind: 'text', width: 4 },
    { key: 'keeper', title: title('keeper'), kind: 'text', width: 3 },
    { key: 'fund', title: title('fund'), kind: 'text', width: 2 },
    { key: 'installedOn', title: title('installed-on'), kind: 'day', width: 2 },
    { key: 'lastOpenedOn', title: title('last-opened-on'), kind: 'day', width: 2 },
    { key: 'days', title: title('days'), kind: 'count', width: 1 },
    { key: 'openings', title: title('openings'), kind: 'count', width: 1 },
    { key: 'yieldRial', title: title('yield'), kind: 'rial', width: 3 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
  ];
}
