/** The charity units of a centre, in every format. */
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { partsOfCentre } from '../boundary/area-parts.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import {
  type Column,
  type Listing,
  listForms,
  mapped,
  pageAsked,
  ROWS_PER_PAGE,
} from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { UNIT_KINDS, UNIT_STATES } from './kinds.ts';
import { unitAddress } from './unit-pages.ts';
import {
  countListedUnits,
  everyUnit,
  type Unit,
  type UnitFilter,
  unitShownTo,
  unitsOf,
} from './unit-rows.ts';
import { countUnits } from './units.ts';

export const unitListPages = Router({ mergeParams: true });

unitListPages.get('/network/units', allow('network.read'), async (req, res) => {
  await answer(res, {
    html: () => sendListPage(req, res),
    ...listForms(req, res, listingOf(req, res)),
  });
});

function filterOf(req: Request): UnitFilter {
  const asked = (name: string) => wordAsked(req.query, name);
  const [q, kind, state, part] = ['q', 'kind', 'state', 'part'].map(asked);
  return { q, kind, state, part, sort: asked('sort') };
}

/** The page asked for; beyond the last it is the last. */
function pageOf(req: Request, res: Response) {
  const { province, centre } = res.locals;
  const filter = filterOf(req);
  const total = countListedUnits(province.db, centre.id, filter);
  const of = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
  const at = Math.min(pageAsked(req), of);
  const part = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE };
  return { rows: unitsOf(province.db, centre.id, filter, part), total, at, of };
}

function sendListPage(req: Request, res: Response): void {
  const { province, centre, actor, t } = res.locals;
  const { sort, ...filter } = filterOf(req);
  const { rows, total, at, of } = pageOf(req, res);
  sendPage(req, res, 'network/units', {
    ...{ title: t('network:units.title'), root: `${centreRoot(res)}/network` },
    rows: rows.map((unit) => ({
      ...unitShownTo(actor!, centre, unit),
      href: unitAddress(res, unit),
    })),
    ...{ total, at, of, sort: sort ?? 'name' },
    ...{ kinds: UNIT_KINDS, states: UNIT_STATES },
    areaParts: partsOfCentre(province.db, centre.id),
    working: countUnits(province.db, centre.id),
    isFiltered: Object.values(filter).some(Boolean),
    mayRegister: may(actor!, 'units.register', centre),
  });
}

/** CSV and JSON keep the codes that programs know; papers and sheets say them in words. */
function listingOf(req: Request, res: Response): Listing {
  const { centre, actor, t, format } = res.locals;
  const inWords = format !== 'csv' && format !== 'json';
  const cells = (unit: Unit) => {
    const shown = unitShownTo(actor!, centre, unit);
    const { number, name, kind, place, head, phone, boxes, sinceOn, reports, state } = shown;
    return {
      ...{
        number,
        name,
        place,
        areaPart: shown.partName,
        head,
        phone,
        boxes,
        since: sinceOn,
        reports,
      },
      reported: shown.lastReportOn,
      kind: inWords ? t(`network:unit-kinds.${kind}`) : kind,
      state: inWords ? t(`network:unit-states.${state}`) : state,
    };
  };
  return {
    ...{ name: `units-${centre.code}`, title: t('network:units.title'), columns: columnsOf(res) },
    page: () => {
      const { rows, total } = pageOf(req, res);
      return { rows: rows.map(cells), total };
    },
    all: (db) => mapped(everyUnit(db, centre.id, filterOf(req)), cells),
  };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const column = (key: string, kind: Column['kind'], width: number): Column => {
    return { key, title: t(`network:units.columns.${key}`), kind, width };
  };
  return [
    column('number', 'count', 1),
    column('name', 'text', 3),
    column('kind', 'text', 2),
    column('place', 'text', 3),
    column('areaPart', 'text', 2),
    column('head', 'text', 2.5),
    column('phone', 'code', 2),
    column('boxes', 'count', 1.2),
    column('since', 'day', 2),
    column('reports', 'count', 1.2),
    column('reported', 'day', 2),
    column('state', 'text', 1.5),
  ];
}
