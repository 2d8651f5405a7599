/** The points of a survey on the map of the area, each with its number in the list. */
import type { Response } from 'express';
import type { Point } from '../boundary/area.ts';
import { drawCentre } from '../boundary/centre-map.ts';
import { boundaryOn } from '../boundary/versions.ts';
import type { SurveyPoint } from './surveys.ts';

/** null where there is nothing to draw: no area, no office, no point with a place. */
export function drawSurvey(res: Response, points: SurveyPoint[], day: string): string | null {
  const { province, centre, show } = res.locals;
  const marks = points.flatMap(({ lon, lat }, at) =>
    lon === null || lat === null ? [] : [{ text: show.number(at + 1), at: [lon, lat] as Point }],
  );
  const shown = boundaryOn(province.db, centre.id, day);
  if (!shown && centre.lon === null && marks.length === 0) return null;
  return drawCentre(province.db, centre, { size: 'large', shown, day, marks }, res.locals);
}
