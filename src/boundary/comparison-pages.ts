/** The page of two versions of a centre's area: what came in with the later, what went out. */
import { type Request, type Response, Router } from 'express';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { drawComparison, sizeInWords } from './centre-map.ts';
import { type Comparison, compareAreas } from './comparison.ts';
import { boundaryRoot, versionNamed } from './shown-version.ts';
import { type Version, versionsOf } from './versions.ts';

export const comparisonPages = Router({ mergeParams: true });

comparisonPages.get('/boundary/:version/comparison', allow('boundary.read'), (req, res) => {
  const after = versionNamed(req, res);
  const before = comparedWith(req, res, after);
  const comparison = compareAreas(before?.area ?? nowhere, after.area);
  return answer(res, {
    html: () => sendComparison(req, res, { before, after, comparison }),
    json: () =>
      res.json({
        ...{ version: after.version, with: before?.version ?? null },
        cameIn: toldPart(comparison.cameIn),
        wentOut: toldPart(comparison.wentOut),
        stayed: toldPart(comparison.stayed),
      }),
  });
});

const nowhere = { type: 'MultiPolygon' as const, coordinates: [] };

/** The version asked for, or the one approved last before this one, or the one before it. */
function comparedWith(req: Request, res: Response, { version }: Version): Version | undefined {
  const asked = wordAsked(req.query, 'with');
  if (asked) return versionNamed(req, res, asked);
  const { province, centre } = res.locals;
  const earlier = versionsOf(province.db, centre.id).filter((other) => other.version < version);
  return earlier.find(({ approvedOn }) => approvedOn) ?? earlier[0];
}

const toldPart = ({ squareMetres, shape }: Comparison['stayed']) => ({
  squareMetres: Math.round(squareMetres),
  geometry: shape,
});

function sendComparison(
  req: Request,
  res: Response,
  { before, after, comparison }: { before?: Version; after: Version; comparison: Comparison },
): void {
  const { t, show, province, centre } = res.locals;
  const named = ({ version }: Version) => t('boundary:version', { version: show.number(version) });
  const sizes = (['cameIn', 'wentOut', 'stayed'] as const).map((part) => {
    const { squareMetres } = comparison[part];
    const exact = { n: show.number(Math.round(squareMetres)) };
    return {
      ...{ part, size: sizeInWords(squareMetres, res.locals) },
      exact: t('boundary:size.square-metres', exact),
    };
  });
  sendPage(req, res, 'boundary/comparison', {
    title: before
      ? t('boundary:comparison.title', { after: named(after), before: named(before) })
      : t('boundary:comparison.title-first', { after: named(after) }),
    map: drawComparison({ centre, before, after, comparison }, res.locals),
    ...{ sizes, root: boundaryRoot(res), after: { number: after.version, name: named(after) } },
    with: before?.version ?? null,
    others: versionsOf(province.db, centre.id)
      .filter(({ id }) => id !== after.id)
      .map((version) => ({ number: version.version, name: named(version) })),
    styles: ['/assets/map.css'],
  });
}
