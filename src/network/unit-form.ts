/** What is typed of a charity unit, and of what it reports. */
import type { Request } from 'express';
import { z } from 'zod';
import { readDay } from '../values/jalali-date.ts';
import { readName, readParagraph, readReason } from '../values/persian-text.ts';
import { readPhone } from '../values/phone.ts';
import { describeBody } from '../web/described.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { UNIT_KINDS, UNIT_STATES } from './kinds.ts';
import { askBoth, pointFields, readCount } from './place-forms.ts';

export const unitForm = (today: string) =>
  z
    .object({
      name: typed((text) => readName(text)),
      kind: chosen(UNIT_KINDS),
      place: typed((text) => readName(text)),
      partId: typedOrNone(readCount()),
      ...pointFields,
      headVolunteer: typedOrNone(readCount()),
      headName: typedOrNone((text) => readName(text)),
      phone: typedOrNone(readPhone),
      boxes: typedOrNone(readCount({ from: 0, to: 9999 })),
      sinceOn: typed((text) => readDay(text, { today })),
      version: typedOrNone(readCount()),
    })
    .superRefine(askBoth);

export const unitStateForm = z.object({ state: chosen(UNIT_STATES), reason: typed(readReason) });

export const reportForm = (today: string) =>
  z.object({
    reportedOn: typed((text) => readDay(text, { today })),
    done: typed(readReason),
    gifts: typedOrNone((text) => readParagraph(text, { max: 500 })),
    persons: typedOrNone(readCount({ from: 0 })),
  });

/** A telephone left empty is taken away only by whoever was shown it (`seen`). */
export function readUnit(req: Request, today: string, seen: boolean) {
  const { lat, lon, headVolunteer, headName, phone, boxes, partId, ...rest } = readBody(
    req,
    unitForm(today),
  );
  const leftOut = Boolean(req.is('json')) && req.body?.phone === undefined;
  return {
    ...{ ...rest, lon: lon ?? null, lat: lat ?? null, boxes: boxes ?? 0 },
    partId: partId ?? null,
    headVolunteer: headVolunteer ?? null,
    headName: headVolunteer === undefined ? (headName ?? null) : null,
    phone: phone ?? (seen && !leftOut ? null : undefined),
  };
}

const UNITS = '/{province}/centres/{code}/network/units';
describeBody(`POST ${UNITS}`, unitForm(''));
describeBody(`POST ${UNITS}/{number}`, unitForm(''));
describeBody(`POST ${UNITS}/{number}/state`, unitStateForm);
describeBody(`POST ${UNITS}/{number}/reports`, reportForm(''));
describeBody(`POST ${UNITS}/{number}/reveal`, z.object({ reason: typed(readReason) }));
