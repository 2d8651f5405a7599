/** What was proposed: one area, given in one of three ways, and a note. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { readParagraph } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { describeBody } from '../web/described.ts';
import { readBody, typedOrNone } from '../web/forms.ts';
import type { Area } from './area.ts';
import { decimal } from './centre-map.ts';
import { cornersText, readCorners } from './corners.ts';
import { readArea } from './sound-area.ts';
import { versionsOf } from './versions.ts';

/** The three ways in which an area is given, for any form that draws one. */
export const drawnFields = {
  area: z.unknown().optional().meta({ description: 'GeoJSON Polygon or MultiPolygon' }),
  file: z.string().optional(),
  corners: z.string().optional(),
};

const proposal = z.object({
  ...drawnFields,
  note: typedOrNone((text) => readParagraph(text, { max: 1000 })),
});

describeBody('POST /{province}/centres/{code}/boundary', proposal);

/** The area of the form: a file, GeoJSON or typed corners, and only one of them. */
export function readProposal(req: Request, res: Response): { area: Area; note?: string } {
  const { note, ...drawn } = readBody(req, proposal);
  return { area: drawnArea(drawn, res, startingCorners(res)), note };
}

type Drawn = { area?: unknown; file?: string; corners?: string };

/** One area given in one way; `started` are the corners with which the form came. */
export function drawnArea({ area, file, corners }: Drawn, res: Response, started: string): Area {
  const given = [
    { field: 'file', input: file, read: readArea },
    { field: 'area', input: area, read: readArea },
    { field: 'corners', input: corners, read: (text: unknown) => readCorners(String(text)) },
  ]
    .filter(({ input }) => (typeof input === 'string' ? input.trim() : input))
    // The form comes filled with the newest version's corners; whoever sends a file leaves them.
    .filter((way, _at, all) => all.length === 1 || !untouched(way, started))
    // A refused file's text stands in the form; whoever mends the file or draws leaves it there.
    .filter(
      (way, _at, all) =>
        all.length === 1 || !(way.field === 'area' && 'fault' in way.read(way.input)),
    );
  if (given.length > 1) refuseField('area', { fault: 'boundary:faults.several-ways' }, res);
  const { field, input, read } = given[0] ?? { field: 'area', input: undefined, read: readArea };
  const reading = read(input);
  if ('fault' in reading) refuseField(field, reading, res, clauseOf(reading.fault));
  return reading.value;
}

/** The corners that the form starts with: those of the version asked for, or of the newest. */
export function startingCorners(res: Response, from?: string): string {
  const versions = versionsOf(res.locals.province.db, res.locals.centre.id);
  const version = versions.find((one) => String(one.version) === from) ?? versions[0];
  return version ? cornersText(version.area) : '';
}

const untouched = ({ field, input }: { field: string; input: unknown }, started: string) =>
  field === 'corners' && String(input).replace(/\r\n?/g, '\n').trim() === started;

type Fault = Exclude<Reading<never>, { value: never }>;

/** B-124: what is no area at all; what could not be read is nobody's clause. */
const NO_AREA =
  /\.(hole|crossing|parts-overlap|ragged|no-area|too-(few|many)-corners|too-(small|large)|outside-country|across-meridian|several-polygons|no-polygon)$/;

const clauseOf = (fault: string) => (NO_AREA.test(fault) ? ('B-124' as const) : undefined);

export function refuseField(
  field: string,
  { fault, values = {} }: Fault,
  res: Response,
  clause?: 'B-124',
): never {
  const spoken = Object.entries(values).map(([name, value]) => [name, spokenValue(value, res)]);
  throw new Refusal(fault, { status: 422, field, clause, values: Object.fromEntries(spoken) });
}

const spokenValue = (value: string | number, { locals: { show } }: Response) => {
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return show.number(value);
  return show.digits(String(value)).replace('.', decimal(0.1, show).charAt(1));
};

const longestKept = 400_000;

/** What was sent stays in the form; the text of a refused file stands in the field for GeoJSON. */
export function keptValues(body: Record<string, unknown>): Record<string, string> {
  // Nobody mends by hand what is longer, and the page would be as long again.
  const text = (value: unknown) =>
    typeof value === 'string' && value.length <= longestKept ? value : '';
  const { file, area, corners, note } = body;
  return { area: text(file) || text(area), corners: text(corners), note: text(note) };
}
