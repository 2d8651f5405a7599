/** The areas of a county: one map, and the list of what overlaps and of what lies between. */
import { type Request, type Response, Router } from 'express';
import { countiesOf } from '../centres/counties.ts';
import { NotFound } from '../refusal.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot } from '../web/written.ts';
import { sizeInWords } from './centre-map.ts';
import { drawCounty } from './county-map.ts';
import { type CountySurvey, surveyCounty } from './county-survey.ts';
import { boxAround } from './distance.ts';
import { bounds, insidePoint } from './measure.ts';
import { attributionsOf, outlinesNear } from './outlines.ts';
import { widestGapMetres } from './survey.ts';

export const surveyPages = Router({ mergeParams: true });

/** One overlap or one gap, as the list tells of it. */
type Line = {
  what: 'overlap' | 'shared' | 'coordinated' | 'enclosed' | 'strip';
  centres: string;
  squareMetres: number;
  widthMetres: number | null;
  letter: string | null;
  lat: string;
  lon: string;
};

/** What somebody has to settle comes first. */
const ORDER: Line['what'][] = ['overlap', 'enclosed', 'strip', 'coordinated', 'shared'];

surveyPages.get('/boundaries', allow('boundaries.read'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const county = countyAsked(req, res);
  const survey = await surveyCounty(province, county.id, actor!.today);
  const lines = linesOf(survey);
  const title = t('boundary:survey.title', { county: county.name });
  const shown = pageOf(req, lines);
  await answer(res, {
    html: () => sendSurvey(req, res, { county, survey, lines, title }),
    geojson: () => res.type('application/geo+json').send(JSON.stringify(drawn(survey))),
    ...listForms(req, res, {
      ...{ name: 'boundaries', title, columns: columnsOf(res) },
      page: () => ({ rows: shown, total: lines.length }),
      all: () => (res.locals.format === 'csv' ? lines : lines.map((line) => inWords(res, line))),
      json: () => ({ county: county.name, ...toldSurvey(survey) }),
    }),
  });
});

type County = { id: number; name: string };

/** The county asked for, or the reader's own, or the first; another's is not there. */
function countyAsked(req: Request, { locals }: Response): County {
  const counties = countiesOf(locals.province.db, locals.actor!);
  const asked = wordAsked(req.query, 'county');
  const found = asked
    ? counties.find(({ id, name }) => String(id) === asked || name === asked)
    : counties[0];
  if (!found) throw new NotFound();
  return found;
}

function linesOf({ areas, overlaps, gaps }: CountySurvey): Line[] {
  const names = new Map(areas.map((one) => [one.boundaryId, one.name]));
  const named = (ids: number[]) => ids.map((id) => names.get(id) ?? '').join(' · ');
  const place = ([lon, lat]: [number, number]) => ({ lat: lat.toFixed(5), lon: lon.toFixed(5) });
  const lines = [
    ...overlaps.map(
      ({ one, other, squareMetres, shape, blocks, coordination }): Line => ({
        what: coordination ? 'coordinated' : blocks ? 'overlap' : 'shared',
        ...{ centres: named([one, other]), squareMetres, widthMetres: null },
        ...{ letter: coordination?.number ?? null, ...place(insidePoint(shape)) },
      }),
    ),
    ...gaps.map(
      ({ kind, between, squareMetres, widthMetres, at }): Line => ({
        ...{ what: kind, centres: named(between), squareMetres, widthMetres },
        ...{ letter: null, ...place(at) },
      }),
    ),
  ];
  return lines.sort((one, other) => ORDER.indexOf(one.what) - ORDER.indexOf(other.what));
}

/** For programs: both lists with their shapes. */
function toldSurvey({ areas, overlaps, gaps }: CountySurvey) {
  const codes = new Map(areas.map((one) => [one.boundaryId, one.code]));
  return {
    centres: areas.map(({ code, name, kind, version, squareMetres }) => ({
      ...{ centre: code, name, kind, version, squareMetres },
    })),
    overlaps: overlaps.map(({ one, other, shape, ...shared }) => ({
      ...{ centres: [codes.get(one), codes.get(other)], ...shared, geometry: shape },
    })),
    gaps: gaps.map(({ between, shape, at: [lon, lat], ...gap }) => ({
      ...{ ...gap, lat, lon, centres: between.map((id) => codes.get(id)), geometry: shape },
    })),
  };
}

function drawn({ areas, overlaps, gaps }: CountySurvey) {
  const feature = (geometry: object, properties: object) => ({
    type: 'Feature',
    geometry,
    properties,
  });
  return {
    type: 'FeatureCollection',
    features: [
      ...areas.map(({ area, code, name }) => feature(area, { what: 'area', centre: code, name })),
      ...overlaps.map(({ shape, squareMetres }) =>
        feature(shape, { what: 'overlap', squareMetres }),
      ),
      ...gaps.map(({ shape, squareMetres }) => feature(shape, { what: 'gap', squareMetres })),
    ],
  };
}

const inWords = ({ locals: { t } }: Response, line: Line) => ({
  ...line,
  what: t(`boundary:survey.kinds.${line.what}`),
});

function pageOf(req: Request, lines: Line[]): Line[] {
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  return lines.slice(offset, offset + ROWS_PER_PAGE);
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`boundary:survey.${key}`);
  return [
    { key: 'what', title: title('what'), kind: 'text', width: 2 },
    { key: 'centres', title: title('centres'), kind: 'text', width: 5 },
    { key: 'squareMetres', title: title('square-metres'), kind: 'count', width: 2 },
    { key: 'widthMetres', title: title('width'), kind: 'count', width: 1 },
    { key: 'letter', title: title('letter'), kind: 'code', width: 2 },
    { key: 'lat', title: title('lat'), kind: 'code', width: 2 },
    { key: 'lon', title: title('lon'), kind: 'code', width: 2 },
  ];
}

function sendSurvey(
  req: Request,
  res: Response,
  told: { county: County; survey: CountySurvey; lines: Line[]; title: string },
): void {
  const { province, actor, t, show } = res.locals;
  const { county, survey, lines, title } = told;
  const boxes = survey.areas.map(({ area }) => bounds(area));
  const under = boxes.length ? outlinesNear(province.db, boxAround(boxes)) : [];
  const mapTitle = t('boundary:survey.map', { county: county.name });
  sendPage(req, res, 'boundary/survey', {
    ...{ title, county, counties: countiesOf(province.db, actor!), total: lines.length },
    ...{ at: pageAsked(req), of: Math.max(1, Math.ceil(lines.length / ROWS_PER_PAGE)) },
    map: drawCounty(survey, under, mapTitle, res.locals) ?? null,
    owners: attributionsOf(under),
    centres: survey.areas.length,
    open: lines.filter(({ what }) => what === 'overlap').length,
    widest: show.number(widestGapMetres),
    rows: pageOf(req, lines).map((line) => ({
      ...line,
      size: sizeInWords(line.squareMetres, res.locals),
      href: `${provinceRoot(res)}/centres/at?at=${line.lat},${line.lon}`,
    })),
    styles: ['/assets/map.css'],
  });
}
