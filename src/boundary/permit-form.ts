/** What the forms of a permit say: the place in one of three ways, the days, and the answer. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type Centre, findCentre } from '../centres/centres.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName, readPaperNumber, readReason } from '../values/persian-text.ts';
import { describeBody } from '../web/described.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import type { Area } from './area.ts';
import { readCorners } from './corners.ts';
import type { PermitAsked } from './permits.ts';
import { PERMIT_KINDS } from './permits-known.ts';
import { refuseField } from './proposal.ts';
import { readArea } from './sound-area.ts';

const ADDRESS = '/{province}/centres/{code}/boundary/permits' as const;

const request = (today: string) =>
  z.object({
    kind: chosen(PERMIT_KINDS),
    otherCentre: z.string().optional(),
    area: z.unknown().optional().meta({ description: 'GeoJSON Polygon or MultiPolygon' }),
    corners: z.string().optional(),
    place: typedOrNone((text) => readName(text, { max: 120 })),
    fromOn: typed((text) => readDay(text, { today })),
    toOn: typed((text) => readDay(text, { today })),
    reason: typed(readReason),
  });

export const decisionForm = (today: string) =>
  z.object({
    answer: chosen(['granted', 'refused']),
    number: typed(readPaperNumber),
    decidedOn: typed((text) => readDay(text, { today })),
    reason: typedOrNone(readReason),
    alsoTell: typedOrNone((text) => readName(text, { max: 20 })),
  });

export const endingForm = z.object({ reason: typed(readReason) });

describeBody(`POST ${ADDRESS}`, request(''));
describeBody(`POST ${ADDRESS}/{id}/decision`, decisionForm(''));
describeBody(`POST ${ADDRESS}/{id}/ending`, endingForm);

/** Reads the request; what its kind needs is asked for, and nothing else of it is kept. */
export function readRequest(req: Request, res: Response): PermitAsked {
  const { actor } = res.locals;
  const body = readBody(req, request(actor!.today));
  const { kind, fromOn, toOn, reason } = body;
  const days = { fromOn, toOn, reason };
  if (kind === 'centre') {
    const otherCentre = centreNamed(res, body.otherCentre ?? '', 'otherCentre');
    return { kind, otherCentre, place: otherCentre.name, ...days };
  }
  const { place } = body;
  if (!place) throw new Refusal('common:refusals.needed', { status: 422, field: 'place' });
  return kind === 'area'
    ? { kind, area: areaTyped(body, res), place, ...days }
    : { kind, place, ...days };
}

/** A centre of the province by its code; a code that nobody has is a fault of the field. */
export function centreNamed({ locals }: Response, code: string, field: string): Centre {
  if (!code) throw new Refusal('common:refusals.choose', { status: 422, field });
  try {
    return findCentre(locals.province.db, code);
  } catch (fault) {
    if (!(fault instanceof NotFound)) throw fault;
    throw new Refusal('boundary:permits.refusals.no-centre', { status: 422, field });
  }
}

/** GeoJSON if any was sent, else the typed corners. */
function areaTyped({ area, corners }: { area?: unknown; corners?: string }, res: Response): Area {
  const drawn = typeof area === 'string' ? area.trim() : area;
  const reading = drawn || !corners?.trim() ? readArea(drawn) : readCorners(corners);
  if ('fault' in reading) refuseField(drawn ? 'area' : 'corners', reading, res);
  return reading.value;
}
