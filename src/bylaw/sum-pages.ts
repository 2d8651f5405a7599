/** The compass of a county or the province: per centre, per county, per clause; in every form. */
import { type Request, type Response, Router } from 'express';
import type { Actor } from '../access/actor.ts';
import { countiesOf, countyOrNone } from '../centres/counties.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { type Column, type Listing, listForms, type Row } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot } from '../web/written.ts';
import { STATES } from './compass.ts';
import {
  type CentreStates,
  statesOf,
  sumByCentre,
  sumByClause,
  sumByCounty,
  type Tally,
} from './sums.ts';

export const complianceSumPages = Router({ mergeParams: true });

/** What the sums are told by. */
const VIEWS = ['centres', 'counties', 'clauses'] as const;
type View = (typeof VIEWS)[number];

complianceSumPages.get('/compliance', allow('reports.read'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const view = VIEWS.find((one) => one === req.query.by) ?? 'centres';
  const asked = wordAsked(req.query, 'county');
  const county = asked === undefined ? undefined : (countyOrNone(province.db, asked)?.id ?? -1);
  const found = await statesOf(province, actor as Actor, county);
  const rows = rowsOf(res, view, found);
  const title = t(`bylaw:sums.${view}`);
  await answer(res, {
    html: () => sendSums(req, res, { view, rows, found, title }),
    ...listForms(req, res, {
      ...{ name: `compliance-${view}`, title, columns: columnsOf(res, view) },
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
      json: () => ({ by: view, rows }),
    } satisfies Listing),
  });
});

function rowsOf({ locals: { t } }: Response, view: View, found: CentreStates[]): Row[] {
  if (view === 'counties') {
    return sumByCounty(found).map(({ county, centres, sound, tally }) => ({
      ...{ county, centres, sound },
      ...counted(tally),
    }));
  }
  if (view === 'clauses') {
    return sumByClause(found).map(({ clause: { id, chapter }, tally }) => ({
      ...{ id, title: t(`bylaw:clauses.${id}.title`), chapter: t(`bylaw:chapters.${chapter}`) },
      ...counted(tally),
    }));
  }
  return sumByCentre(found).map(({ centre, tally }) => ({
    ...{ code: centre.code, name: centre.name, county: centre.countyName },
    ...counted(tally),
  }));
}

/** A tally under the names of the columns. */
const counted = (tally: Tally): Row =>
  Object.fromEntries(STATES.map((state) => [state, tally[state]]));

function columnsOf({ locals: { t } }: Response, view: View): Column[] {
  const title = (key: string) => t(`bylaw:sums.columns.${key}`);
  const text = (key: string, width = 3): Column => ({
    key,
    title: title(key),
    kind: 'text',
    width,
  });
  const count = (key: string): Column => ({ key, title: title(key), kind: 'count', width: 1.4 });
  const heads: Record<View, Column[]> = {
    centres: [{ ...text('code', 1.6), kind: 'code' }, text('name', 4), text('county', 2)],
    counties: [text('county'), count('centres'), count('sound')],
    clauses: [text('id', 1), text('title', 5), text('chapter', 3)],
  };
  return [...heads[view], ...STATES.map(count)];
}

type Sums = { view: View; rows: Row[]; found: CentreStates[]; title: string };

function sendSums(req: Request, res: Response, { view, rows, found, title }: Sums): void {
  const { province, actor } = res.locals;
  const sound = found.filter(({ states }) => !states.includes('broken')).length;
  sendPage(req, res, 'bylaw/sums', {
    ...{ title, view, rows, views: VIEWS, columns: columnsOf(res, view), states: STATES },
    ...{ centres: found.length, sound, counties: countiesOf(province.db, actor!) },
    addressOf: (row: Row) => addressOf(res, view, row),
  });
}

/** Where a row leads: to the centre's own compass, to a county's centres, to the bylaw's words. */
function addressOf(res: Response, view: View, row: Row): string {
  const root = provinceRoot(res);
  if (view === 'clauses') return `${root}/bylaw#${row.id}`;
  if (view === 'centres') return `${root}/centres/${row.code}/compliance`;
  return `${root}/compliance?by=centres&county=${encodeURIComponent(String(row.county))}`;
}
