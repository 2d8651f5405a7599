/** Landmarks on a small map of their own: over the area of the centre, or among themselves. */
import type { Response } from 'express';
import { sayOnMap } from './centre-map.ts';
import { isLine } from './landmark-kinds.ts';
import type { Landmark } from './landmarks.ts';
import { drawOutline } from './outline.ts';
import { drawOutlines } from './outlines-drawn.ts';
import type { UnderMap } from './underlay.ts';
import { boundaryOn } from './versions.ts';

/** Null where there is nothing to draw. */
export function mapOfLandmarks(res: Response, landmarks: Landmark[]): string | null {
  const { province, centre, actor, t } = res.locals;
  const under = landmarks.filter(({ ended }) => !ended).map(underOf);
  const title = t('boundary:landmarks.map');
  const inForce = centre && boundaryOn(province.db, centre.id, actor!.today);
  if (!inForce) return drawOutlines(under, title, sayOnMap(res.locals));
  const ours = { name: centre.place, area: inForce.area };
  return drawOutline({ size: 'large', title, ours, under, say: sayOnMap(res.locals) });
}

const underOf = ({ kind, name, geometry }: Landmark): UnderMap => ({
  ...{ kind: isLine(kind) ? 'street' : 'landmark', name, geometry },
});
