/** Areas as KML, which phones and Google Earth open. */

import { escapeXml } from '../web/xml.ts';
import { type Area, partsOf } from './area.ts';

export type KmlFeature = { name: string; description?: string; area: Area };

/** KML writes colours as opacity, blue, green, red. */
const style =
  '<Style id="area"><LineStyle><color>ff3a4d0f</color><width>3</width></LineStyle>' +
  '<PolyStyle><color>333a4d0f</color></PolyStyle></Style>';

export function toKml(features: KmlFeature[], name: string): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<kml xmlns="http://www.opengis.net/kml/2.2">',
    '<Document>',
    `<name>${escapeXml(name)}</name>`,
    style,
    ...features.map(placemark),
    '</Document>',
    '</kml>',
  ];
  return `${lines.join('\n')}\n`;
}

const placemark = ({ name, description, area }: KmlFeature) =>
  [
    '<Placemark>',
    `<name>${escapeXml(name)}</name>`,
    description ? `<description>${escapeXml(description)}</description>` : '',
    '<styleUrl>#area</styleUrl>',
    `<MultiGeometry>${polygons(area)}</MultiGeometry>`,
    '</Placemark>',
  ]
    .filter(Boolean)
    .join('\n');

const polygons = (area: Area) =>
  partsOf(area)
    .map((ring) => ring.map((point) => point.join(',')).join(' '))
    .map((line) => `<LinearRing><coordinates>${line}</coordinates></LinearRing>`)
    .map((ring) => `<Polygon><outerBoundaryIs>${ring}</outerBoundaryIs></Polygon>`)
    .join('');
