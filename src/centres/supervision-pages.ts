/** B-18: the supervision of all centres of a reader's area, centre by centre and county by county. */
import { type Request, type Response, Router } from 'express';
import { MOSQUE_TARGET } from '../bylaw/judge-oversight.ts';
import { statesOf } from '../bylaw/sums.ts';
import { STATE_LOOKS } from '../licence/look.ts';
import { LICENCE_STATES } from '../licence/states.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { type Listing, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { countiesOf } from './counties.ts';
import { sumOf, supervised, supervisedByCounty } from './supervision.ts';
import { supervisionColumns, VIEWS, type View } from './supervision-columns.ts';
import {
  isAsked,
  OVERDUE,
  type SupervisionFilter,
  type SupervisionRow,
  supervisionRows,
} from './supervision-rows.ts';
import { isMine, type Waiting, waitingFor } from './waiting.ts';

export const supervisionPages = Router({ mergeParams: true });

supervisionPages.get('/supervision', allow('reports.read'), async (req, res) => {
  const { t } = res.locals;
  const view = VIEWS.find((one) => one === req.query.by) ?? 'centres';
  const found = findAll(req, res);
  const rows = await rowsOf(req, res, view, found);
  const title = t(`centres:supervision.${view}`);
  await answer(res, {
    html: () => sendSupervision(req, res, { view, found, rows, title }),
    ...listForms(req, res, {
      ...{ name: `supervision-${view}`, title, columns: supervisionColumns(res, view) },
      page: () => ({ rows: shown(req, rows), total: rows.length }),
      all: () => rows,
    } satisfies Listing),
  });
});

type Found = { centres: SupervisionRow[]; waiting: Waiting[]; mine: number };

/** What fits the filter; the sums and what waits are of the same centres. */
function findAll(req: Request, res: Response): Found {
  const { province, actor } = res.locals;
  const filter = filterOf(req);
  const all = supervised(province.db, actor!);
  const waiting = waitingFor(province.db, actor!, all);
  const centres = supervisionRows(all, waiting).filter((row) => isAsked(row, filter, actor!.today));
  const known = new Set(centres.map(({ id }) => id));
  const asked = waiting.filter(({ centreId, countyId }) =>
    centreId === null ? fitsCounty(res, countyId, filter) : known.has(centreId),
  );
  return { centres, waiting: asked, mine: waiting.filter((one) => isMine(actor!, one)).length };
}

/** An applicant has a county and no state. */
function fitsCounty(res: Response, countyId: number, filter: SupervisionFilter): boolean {
  if (filter.state || filter.overdue === 'seats' || filter.overdue === 'boundary') return false;
  const counties = countiesOf(res.locals.province.db, res.locals.actor!);
  const name = counties.find(({ id }) => id === countyId)?.name;
  return !filter.county || filter.county === name;
}

function filterOf(req: Request): SupervisionFilter {
  return {
    county: wordAsked(req.query, 'county'),
    state: wordAsked(req.query, 'state'),
    overdue: OVERDUE.find((one) => one === req.query.overdue),
  };
}

const shown = <T>(req: Request, rows: T[]): T[] => {
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  return rows.slice(offset, offset + ROWS_PER_PAGE);
};

type Row = Record<string, string | number | null>;

async function rowsOf(req: Request, res: Response, view: View, found: Found): Promise<Row[]> {
  const { t, format } = res.locals;
  if (view === 'counties') return supervisedByCounty(found.centres);
  if (view === 'waiting') return waitingRows(res, found.waiting);
  // A page judges the centres it shows; a file all of them.
  const asked = format === 'html' ? shown(req, found.centres) : found.centres;
  const broken = await brokenIn(res, new Set(asked.map(({ id }) => id)));
  return found.centres.map(({ id, countyId: _c, inMosque, state, ...row }) => ({
    ...{ ...row, state: format === 'csv' ? state : t(`centres:states.${state}`) },
    ...{ look: STATE_LOOKS[state], broken: broken.get(id) ?? null },
    seated: t(`centres:supervision.${inMosque ? 'in-mosque' : 'elsewhere'}`),
  }));
}

/** How many clauses are broken in each of these centres. */
async function brokenIn(res: Response, only: Set<number>): Promise<Map<number, number>> {
  const { province, actor } = res.locals;
  const found = await statesOf(province, actor!, undefined, only);
  return new Map(
    found.map(({ centre, states }) => [
      centre.id,
      states.filter((state) => state === 'broken').length,
    ]),
  );
}

function waitingRows(res: Response, waiting: Waiting[]): Row[] {
  const { province, actor, t } = res.locals;
  const centres = new Map(supervised(province.db, actor!).map((one) => [one.id, one]));
  const counties = new Map(countiesOf(province.db, actor!).map(({ id, name }) => [id, name]));
  return waiting.map((one) => {
    const centre = one.centreId === null ? undefined : centres.get(one.centreId);
    return {
      ...{ kind: t(`centres:supervision.kinds.${one.kind}`), about: one.about },
      ...{ centre: centre?.name ?? '', county: counties.get(one.countyId) ?? '' },
      ...{ since: one.since, mine: isMine(actor!, one) ? 1 : 0 },
      to: centre ? `/centres/${centre.code}${one.to}` : one.to,
    };
  });
}

type Page = { view: View; found: Found; rows: Row[]; title: string };

function sendSupervision(req: Request, res: Response, { view, found, rows, title }: Page): void {
  const { province, actor } = res.locals;
  sendPage(req, res, 'centres/supervision', {
    ...{ title, view, views: VIEWS, rows: shown(req, rows), total: rows.length },
    ...{ at: pageAsked(req), of: Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE)) },
    ...{ mine: found.mine, waiting: found.waiting.length, sum: sumOf(found.centres) },
    ...{ target: MOSQUE_TARGET, columns: supervisionColumns(res, view) },
    ...{ counties: countiesOf(province.db, actor!), states: LICENCE_STATES, overdue: OVERDUE },
    isFiltered: ['county', 'state', 'overdue'].some((name) => Boolean(req.query[name])),
  });
}
