/** A set of outlines by itself, as it would lie under a map. */
import { escapeXml } from '../web/xml.ts';
import { fitted, gridLines, northArrow, scaleBar, sizes } from './drawing.ts';
import { cornersOfOutline, type UnderMap, underlay } from './underlay.ts';

type Say = { metres: (metres: number) => string; north: string };

/** An empty picture of no place is none. */
export function drawOutlines(outlines: UnderMap[], title: string, say: Say): string | null {
  const points = outlines.flatMap(cornersOfOutline);
  if (!points.length) return null;
  const view = fitted(points, sizes.large, 300);
  return framed(title, [
    gridLines(view),
    underlay(outlines, view),
    scaleBar(say.metres, view),
    northArrow(say.north, view),
  ]);
}

/** A picture of the large size, told to who can't see it by its title. */
export function framed(title: string, layers: string[]): string {
  const { width, height } = sizes.large;
  const open = `<svg class="map" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">`;
  const ground = `<rect class="block" width="${width}" height="${height}" fill="var(--well)"/>`;
  return [open, ground, ...layers, '</svg>'].join('');
}
