/** All areas of a county on one map, with what they share in red and what lies between them marked. */
import { partsOf } from './area.ts';
import { type Speech, sayOnMap } from './centre-map.ts';
import type { CountySurvey } from './county-survey.ts';
import {
  clashShape,
  fitted,
  gridLines,
  northArrow,
  scaleBar,
  shape,
  sizes,
  widthOf,
  words,
} from './drawing.ts';
import { bounds, insidePoint } from './measure.ts';
import { framed } from './outlines-drawn.ts';
import { type UnderMap, underlay } from './underlay.ts';

/** Undefined while no centre of the county has an area. */
export function drawCounty(
  { areas, overlaps, gaps }: CountySurvey,
  under: UnderMap[],
  title: string,
  speech: Speech,
): string | undefined {
  const points = areas.flatMap(({ area }) => partsOf(area).flat());
  if (!points.length) return undefined;
  const view = fitted(points, sizes.large, 300);
  const say = sayOnMap(speech);
  const names = areas.map(({ name, area }) => {
    const { west, east } = bounds(area);
    const room = view.place([east, 0])[0] - view.place([west, 0])[0];
    return room < widthOf(name) ? '' : words('quiet', ...view.place(insidePoint(area)), name);
  });
  return framed(title, [
    gridLines(view),
    underlay(under, view),
    ...areas.map(({ area, kind }) =>
      shape(kind === 'neighbourhood' ? 'ours' : 'theirs', area, view),
    ),
    ...gaps.map((gap) => shape('gap', gap.shape, view)),
    ...overlaps
      .filter(({ blocks, coordination }) => blocks && !coordination)
      .map((shared) => clashShape(shared.shape, view)),
    ...names,
    scaleBar(say.metres, view),
    northArrow(say.north, view),
  ]);
}
