/** What is typed of a volunteer. */
import type { Request } from 'express';
import { z } from 'zod';
import { GENDERS } from '../board/person-pages.ts';
import { readDay } from '../values/jalali-date.ts';
import { readNationalId } from '../values/national-id.ts';
import { readLine, readName, readReason } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import type { Reading } from '../values/reading.ts';
import { typedCount } from '../values/typed-number.ts';
import { describeBody } from '../web/described.ts';
import { chosen, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { VOLUNTEER_FIELDS, VOLUNTEER_STATES, WEEKDAYS } from './kinds.ts';
import { readCount } from './place-forms.ts';

/** Several of one name: boxes of a form, or a list in JSON. */
export function several<const T extends string>(values: readonly T[]) {
  const described = z
    .unknown()
    .optional()
    .meta({ type: 'array', items: { type: 'string', enum: [...values] } });
  return described.transform((raw, context): T[] => {
    const sent = [raw ?? []].flat().filter((one) => one !== '');
    const known = values.filter((value) => sent.includes(value));
    if (known.length === new Set(sent).size) return known;
    context.addIssue({ code: 'custom', message: 'common:refusals.unknown-choice' });
    return z.NEVER;
  });
}

/** Skills as they are typed, with commas or on lines of their own; each once. */
const skills = z
  .union([z.string(), z.array(z.string()), z.null()])
  .optional()
  .transform((raw, context): string[] => {
    const words = [raw ?? ''].flat().flatMap((text) => text.split(/[\u060c,;\u061b\n]/));
    const readings = words
      .filter((word) => word.trim() !== '')
      .map((word) => readName(word, SKILL));
    const fault = readings.find((reading) => 'fault' in reading);
    if (fault && 'fault' in fault) {
      context.addIssue({ code: 'custom', message: fault.fault, params: { values: fault.values } });
      return z.NEVER;
    }
    if (readings.length > MOST_SKILLS) {
      context.addIssue({ code: 'custom', message: 'network:refusals.many-skills' });
      return z.NEVER;
    }
    return readings.flatMap((reading) => ('value' in reading ? [reading.value] : []));
  });

const SKILL = { max: 60 };
const MOST_SKILLS = 20;

function readWeeklyHours(text: string): Reading<number> {
  const hours = typedCount(text, 84) ?? 0;
  if (hours >= 1) return { value: hours };
  return { fault: 'network:refusals.weekly-hours' };
}

const about = (today: string) => ({
  name: typed((text) => readName(text)),
  gender: chosen(GENDERS),
  nationalId: typedOrNone(readNationalId),
  mobile: typedOrNone(readMobile),
  fields: several(VOLUNTEER_FIELDS),
  otherField: typedOrNone((text) => readLine(text, { max: 100 })),
  skills,
  days: several(WEEKDAYS),
  weeklyHours: typedOrNone(readWeeklyHours),
  part: typedOrNone((text) => readLine(text, { max: 200 })),
  partId: typedOrNone(readCount()),
  sinceOn: typed((text) => readDay(text, { today })),
  introducedBy: typedOrNone((text) => readName(text)),
});

const complete = <T extends z.ZodRawShape>(shape: T) =>
  z.object(shape).superRefine((body, context) => {
    const { fields, otherField } = body as { fields?: string[]; otherField?: string };
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (fields?.length === 0) fault('fields', 'network:refusals.no-field');
    if (fields?.includes('other') && !otherField) fault('otherField', 'network:refusals.other');
  });

export const newVolunteerForm = (today: string) =>
  complete({ ...about(today), isHonorary: ticked });

export const volunteerForm = (today: string) =>
  complete({ ...about(today), version: typedOrNone(readVersion) });

export const stateForm = z.object({
  state: chosen(VOLUNTEER_STATES),
  reason: typed(readReason),
});

export const revealForm = z.object({ reason: typed(readReason) });

function readVersion(text: string): Reading<number> {
  return /^\d{1,6}$/.test(text) ? { value: Number(text) } : { fault: 'common:refusals.unreadable' };
}

/** A new volunteer as he was typed; what was left empty is not known. */
export function readNewVolunteer(req: Request, today: string) {
  const { nationalId = null, mobile = null, ...rest } = readBody(req, newVolunteerForm(today));
  return { ...rest, ...optional(rest), nationalId, mobile };
}

/**
 * The particulars written anew. A number left empty is taken away only by whoever was shown it
 * (`seen`); to all others the field comes empty, and says nothing.
 */
export function readVolunteer(req: Request, today: string, seen: boolean) {
  const { nationalId, mobile, ...rest } = readBody(req, volunteerForm(today));
  const leftOut = (field: string) => Boolean(req.is('json')) && req.body?.[field] === undefined;
  const kept = (field: string, value: string | undefined) =>
    value ?? (seen && !leftOut(field) ? null : undefined);
  return {
    ...{ ...rest, ...optional(rest) },
    ...{ nationalId: kept('nationalId', nationalId), mobile: kept('mobile', mobile) },
  };
}

type Optional = Partial<Record<'otherField' | 'part' | 'introducedBy', string>> & {
  weeklyHours?: number;
  partId?: number;
  fields: string[];
};

function optional({ otherField, part, partId, introducedBy, weeklyHours, fields }: Optional) {
  return {
    otherField: fields.includes('other') ? (otherField ?? null) : null,
    ...{ part: part ?? null, partId: partId ?? null, introducedBy: introducedBy ?? null },
    weeklyHours: weeklyHours ?? null,
  };
}

const VOLUNTEERS = '/{province}/centres/{code}/network/volunteers';
describeBody(`POST ${VOLUNTEERS}`, newVolunteerForm(''));
describeBody(`POST ${VOLUNTEERS}/{number}`, volunteerForm(''));
describeBody(`POST ${VOLUNTEERS}/{number}/state`, stateForm);
describeBody(`POST ${VOLUNTEERS}/{number}/reveal`, revealForm);
