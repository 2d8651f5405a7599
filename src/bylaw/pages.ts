/** The bylaw for everybody, and for one centre clause by clause. */

import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import { centresOf } from '../centres/centres.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { type Column, type Listing, listForms } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { CHAPTERS, clauses, DUTIES } from './clauses.ts';
import { compassOf, STATES } from './compass.ts';
import { printCompliance } from './compliance-print.ts';
import { bearingSaid, type ClauseFilter, clausesSaid, type SaidBearing } from './said.ts';
import { complianceSumPages } from './sum-pages.ts';

export const bylawPages = Router({ mergeParams: true });
bylawPages.use(complianceSumPages);

export const compliancePages = Router({ mergeParams: true });

bylawPages.get('/bylaw', async (req, res) => {
  const { t } = res.locals;
  const listed = clausesSaid(t, filterOf(req));
  const chapters = CHAPTERS.map((chapter) => ({
    ...{ chapter, title: t(`bylaw:chapters.${chapter}`) },
    clauses: listed.filter((clause) => clause.chapter === chapter),
  })).filter((chapter) => chapter.clauses.length > 0);
  const duties = DUTIES.map((duty) => ({
    ...{ duty, name: t(`bylaw:duties.${duty}.name`), meaning: t(`bylaw:duties.${duty}.meaning`) },
  }));
  await answer(res, {
    html: () =>
      sendPage(req, res, 'bylaw/bylaw', {
        ...{ title: t('bylaw:list.title'), styles: ['/assets/bylaw.css'] },
        scripts: ['/assets/fold.js'],
        ...{ chapters, duties, total: listed.length, all: clauses.length },
        upheld: clauses.filter((clause) => clause.upheld).length,
        filters: filtersOf(t),
        own: ownCentres(res),
      }),
    ...listForms(req, res, {
      ...{ name: 'bylaw', title: t('bylaw:list.title') },
      columns: [
        { key: 'id', title: t('bylaw:list.id'), kind: 'text', width: 1 },
        { key: 'title', title: t('bylaw:list.clause-title'), kind: 'text', width: 3 },
        { key: 'duty', title: t('bylaw:list.duty'), kind: 'text', width: 1.4 },
        { key: 'words', title: t('bylaw:list.words'), kind: 'text', width: 6 },
        { key: 'today', title: t('bylaw:list.practice'), kind: 'text', width: 6 },
      ],
      ...rowsOf(listed.map((one) => ({ ...one, duty: t(`bylaw:duties.${one.duty}.name`) }))),
      json: () => ({ clauses: listed.map(({ isSilent: _silent, ...clause }) => clause) }),
    }),
  });
});

compliancePages.get('/compliance', allow('compliance.read'), async (req, res) => {
  const { t, centre } = res.locals;
  const title = t('bylaw:compass.title');
  const listed = compassSaid(res);
  const stated = listed.map((one) => ({
    ...{ id: one.id, title: one.title, why: one.why },
    chapter: t(`bylaw:chapters.${one.chapter}`),
    state: t(`bylaw:states.${one.state}.name`),
    mend: one.mend?.href ?? null,
  }));
  await answer(res, {
    html: () => sendCompass(req, res, listed),
    ...listForms(req, res, {
      ...{ name: `compliance-${centre.code}`, title, columns: compassColumns(res) },
      ...rowsOf(stated),
      json: () => ({
        clauses: listed.map(({ id, state, why, mend }) => ({
          ...{ id, state, why, mend: mend?.href ?? null },
        })),
      }),
    }),
    pdf: () => printCompliance(res, listed),
  });
});

function sendCompass(req: Request, res: Response, listed: SaidBearing[]): void {
  const { t } = res.locals;
  const tally = STATES.map((state) => ({
    ...{ state, name: t(`bylaw:states.${state}.name`) },
    count: listed.filter((one) => one.state === state).length,
  }));
  const chapters = CHAPTERS.map((chapter, at) => {
    const own = listed.filter((one) => one.chapter === chapter);
    const judged = own.filter(({ state }) => !['guided', 'not-upheld'].includes(state));
    return {
      ...{ chapter, number: at + 1, title: t(`bylaw:chapters.${chapter}`), count: own.length },
      ...{ judged, broken: own.filter(({ state }) => state === 'broken').length },
      guided: own.filter(({ state }) => state === 'guided'),
      silent: own.filter(({ state }) => state === 'not-upheld'),
    };
  });
  const broken = listed.filter(({ state }) => state === 'broken').sort(foundationsFirst);
  const title = t('bylaw:compass.title');
  sendPage(req, res, 'bylaw/compliance', {
    scripts: ['/assets/fold.js'],
    ...{ title, tally, chapters, broken, total: listed.length, styles: ['/assets/bylaw.css'] },
  });
}

/** Without licence and area nothing else can be mended, so they come first. */
const FOUNDATIONS = ['B-124', 'B-128'];

function foundationsFirst(one: SaidBearing, other: SaidBearing): number {
  if (one.state !== 'broken' || other.state !== 'broken') return 0;
  return FOUNDATIONS.indexOf(other.id) - FOUNDATIONS.indexOf(one.id);
}

function compassSaid(res: Response): SaidBearing[] {
  const { province, centre, t, show, format } = res.locals;
  const actor = res.locals.actor!;
  const root = `/${province.slug}`;
  const home = `${root}/centres/${centre.code}`;
  const isolated = format !== 'json' && format !== 'csv';
  const reader = { t, show, actor, place: centre, province: root, home, isolated };
  return compassOf(province.db, centre.id, actor.today).map((one) => bearingSaid(reader, one));
}

function compassColumns(res: Response): Column[] {
  const { t } = res.locals;
  return [
    { key: 'id', title: t('bylaw:list.id'), kind: 'text', width: 1 },
    { key: 'title', title: t('bylaw:list.clause-title'), kind: 'text', width: 4 },
    { key: 'chapter', title: t('bylaw:list.chapter'), kind: 'text', width: 3 },
    { key: 'state', title: t('bylaw:compass.state'), kind: 'text', width: 2 },
    { key: 'why', title: t('bylaw:compass.why'), kind: 'text', width: 8 },
    { key: 'mend', title: t('bylaw:compass.page'), kind: 'text', width: 3 },
  ];
}

/** A list that is short enough to be held whole. */
function rowsOf<T extends Record<string, unknown>>(rows: T[]): Pick<Listing, 'page' | 'all'> {
  const plain = rows as unknown as ReturnType<Listing['page']>['rows'];
  return { page: () => ({ rows: plain, total: rows.length }), all: () => plain };
}

function filterOf(req: Request): ClauseFilter {
  const asked = (name: string) => wordAsked(req.query, name) ?? '';
  return {
    ...{ q: asked('q'), chapter: asked('chapter'), duty: asked('duty') },
    practice: asked('practice'),
  };
}

function filtersOf(t: Express.Locals['t']) {
  const option = (value: string, text: string) => ({ value, text });
  const label = (name: string) => t(`bylaw:list.${name}`);
  return [
    {
      ...{ name: 'q', kind: 'search', label: t('common:filters.search') },
      placeholder: label('placeholder'),
    },
    {
      ...{ name: 'chapter', kind: 'choice', label: label('chapter') },
      options: CHAPTERS.map((one) => option(one, t(`bylaw:chapters.${one}`))),
    },
    {
      ...{ name: 'duty', kind: 'choice', label: label('duty') },
      options: DUTIES.map((one) => option(one, t(`bylaw:duties.${one}.name`))),
    },
    {
      ...{ name: 'practice', kind: 'choice', label: label('practice') },
      options: [option('yes', label('looked-after')), option('no', label('not-yet'))],
    },
  ];
}

/** A trustee goes on from the bylaw to how it stands in his own centre. */
function ownCentres(res: Response): { href: string; name: string }[] {
  const { province, actor } = res.locals;
  if (!actor || actor.office) return [];
  const own = centresOf(province.db, actor).filter((one) => may(actor, 'compliance.read', one));
  return own.map(({ code, name }) => ({
    ...{ href: `/${province.slug}/centres/${code}/compliance`, name },
  }));
}
