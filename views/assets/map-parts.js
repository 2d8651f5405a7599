/** The parts of an area in the page: lists of corners, each as it was typed. */

/** The text of the field of corners: one corner a line, an empty line between parts. */
export const textOfParts = (parts) =>
  parts
    .map((part) => part.filter(({ lat, lon }) => lat || lon))
    .filter((part) => part.length)
    .map((part) => part.map(({ lat, lon }) => `${lat}, ${lon}`).join('\n'))
    .join('\n\n');

export function partsOfText(text) {
  const parts = [[]];
  for (const line of latinDigits(text).split(/\r\n?|\n/)) {
    if (line.trim()) parts.at(-1).push(cornerOf(line));
    else if (parts.at(-1).length) parts.push([]);
  }
  return parts.filter((part) => part.length);
}

/** GeoJSON or KML, as the file's first letter tells. */
export const partsOfFile = (text) =>
  text.trimStart().startsWith('<') ? partsOfKml(text) : partsOfGeoJson(text);

/** The outer rings of the only placemark with polygons; what has holes the server judges in words. */
function partsOfKml(text) {
  const file = new DOMParser().parseFromString(text, 'application/xml');
  const all = (element, name) => [...element.getElementsByTagNameNS('*', name)];
  const areas = all(file, 'Placemark').filter((one) => all(one, 'Polygon').length);
  if (areas.length !== 1 || all(areas[0], 'innerBoundaryIs').length) return [];
  const parts = all(areas[0], 'coordinates').map((ring) =>
    ring.textContent
      .trim()
      .split(/\s+/)
      .slice(0, -1)
      .map((position) => cornerOfPosition(position.split(',').map(Number))),
  );
  return parts.flat().every(inIran) ? parts : [];
}

/** The outer rings of the only polygon in it; nothing where the server should rather judge it. */
function partsOfGeoJson(text) {
  try {
    const polygons = polygonsIn(JSON.parse(text));
    if (polygons.length !== 1) return [];
    const [{ type, coordinates }] = polygons;
    const rings = (type === 'Polygon' ? [coordinates] : coordinates).map((part) => part[0]);
    const parts = rings.map((ring) => ring.slice(0, -1).map(cornerOfPosition));
    return parts.flat().every(inIran) ? parts : [];
  } catch {
    return [];
  }
}

/** What lies elsewhere, or has its numbers swapped, the server answers in words. */
const inIran = ({ lat, lon }) => lat >= 24.5 && lat <= 40 && lon >= 44 && lon <= 63.5;

export const readable = ({ lat, lon }) => isNumber(lat) && isNumber(lon);

export const latinDigits = (text) =>
  text
    .replace(/[\u06F0-\u06F9\u0660-\u0669]/g, (digit) => digit.charCodeAt(0) & 0xf)
    .replace(/\u066B/g, '.');

/** Near enough to steer by while drawing; the server measures on the ellipsoid. */
export function squareMetres(part) {
  const radian = Math.PI / 180;
  const metresPerDegree = 111_200;
  const wide = Math.cos(Number(part[0].lat) * radian);
  const twice = part.reduce((sum, { lat, lon }, at) => {
    const next = part[(at + 1) % part.length];
    return sum + (lon - part[0].lon) * (next.lat - lat) - (next.lon - lon) * (lat - part[0].lat);
  }, 0);
  return (Math.abs(twice) / 2) * wide * metresPerDegree ** 2;
}

function polygonsIn(input) {
  if (input.type === 'FeatureCollection') return input.features.flatMap(polygonsIn);
  if (input.type === 'Feature') return input.geometry ? polygonsIn(input.geometry) : [];
  return /^(Multi)?Polygon$/.test(input.type) ? [input] : [];
}

const cornerOfPosition = ([lon, lat]) => ({ lat: String(lat), lon: String(lon) });

/** Latitudes of Iran are below 42, longitudes above: whichever comes first is told by its size. */
function cornerOf(line) {
  const [first = '', second = ''] = line.trim().split(/[\s,;\u060C\u061B]+/);
  return Number(first) > 42 ? { lat: second, lon: first } : { lat: first, lon: second };
}

const isNumber = (text) => /^-?\d+(\.\d+)?$/.test(text);
