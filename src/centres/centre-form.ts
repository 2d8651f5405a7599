/** What is typed when a centre is registered or its contact particulars are edited. */
import { z } from 'zod';
import { latinDigits, readLine, readName } from '../values/persian-text.ts';
import { readPhone, readPostalCode } from '../values/phone.ts';
import type { Reading } from '../values/reading.ts';
import { describeBody } from '../web/described.ts';
import { chosen, ticked, typed, typedOrNone } from '../web/forms.ts';
import { type Contact, HOSTS, KINDS } from './centres.ts';

const contactFields = {
  host: chosen(HOSTS),
  hostName: typed((text) => readName(text)),
  imamName: typedOrNone((text) => readName(text)),
  imamPhone: typedOrNone(readPhone),
  imamIsChair: ticked,
  place: typed((text) => readName(text)),
  address: typed((text) => readFilledLine(text)),
  postalCode: typedOrNone(readPostalCode),
  phone: typedOrNone(readPhone),
  lat: typedOrNone((text) => readDegrees(text, 'lat')),
  lon: typedOrNone((text) => readDegrees(text, 'lon')),
};

type Typed = { host?: string; imamName?: string; lat?: number; lon?: number };

/** A mosque has its imam, and a place on earth both its numbers. */
function askWholeness(typedIn: Typed, context: z.RefinementCtx): void {
  if (typedIn.host === 'mosque' && typedIn.imamName === undefined) need(context, 'imamName');
  if ((typedIn.lat === undefined) !== (typedIn.lon === undefined)) {
    need(context, typedIn.lat === undefined ? 'lat' : 'lon');
  }
}

function need(context: z.RefinementCtx, field: string): void {
  context.addIssue({ code: 'custom', path: [field], message: 'common:refusals.needed' });
}

export const contactForm = z.object(contactFields).superRefine(askWholeness);

export const centreForm = z
  .object({
    name: typed((text) => readName(text)),
    kind: chosen(KINDS),
    speciality: typedOrNone((text) => readName(text)),
    county: typed((text) => readName(text)),
    code: typedOrNone(readCode),
    /** The approved application that the centre comes of (B-13). */
    application: typedOrNone(readSerial),
    ...contactFields,
  })
  .superRefine((typedIn, context) => {
    askWholeness(typedIn, context);
    if (typedIn.kind === 'specialised' && typedIn.speciality === undefined) {
      need(context, 'speciality');
    }
  });

describeBody('POST /{province}/centres', centreForm);
describeBody('POST /{province}/centres/{code}/profile', contactForm);

/** The particulars as the centre keeps them: what was left empty is null. */
export function contactTyped(form: z.output<typeof contactForm>): Contact {
  return {
    host: form.host,
    hostName: form.hostName,
    imamName: form.imamName ?? null,
    imamPhone: form.imamPhone ?? null,
    imamIsChair: form.imamIsChair,
    place: form.place,
    address: form.address,
    postalCode: form.postalCode ?? null,
    phone: form.phone ?? null,
    lon: form.lon ?? null,
    lat: form.lat ?? null,
  };
}

function readFilledLine(text: string): Reading<string> {
  const line = readLine(text, { max: 300 });
  return 'value' in line && line.value === '' ? { fault: 'common:refusals.needed' } : line;
}

function readSerial(typedIn: string): Reading<number> {
  const fits = /^\d{1,10}$/.test(typedIn);
  return fits ? { value: Number(typedIn) } : { fault: 'common:refusals.unreadable' };
}

/** A centre's own short code stands in every address of it. */
function readCode(typedIn: string): Reading<string> {
  const code = latinDigits(typedIn.trim()).toLowerCase();
  // `/centres/new` and `/centres/at` are pages of their own.
  const fits = /^[a-z0-9][a-z0-9-]{0,18}[a-z0-9]$/.test(code) && !['new', 'at'].includes(code);
  return fits ? { value: code } : { fault: 'centres:faults.code' };
}

/** The country with some room around it; the two ranges share no number, so a swap is seen. */
const RANGES = { lat: { from: 24, to: 40 }, lon: { from: 44, to: 64 } };

export function readDegrees(typedIn: string, axis: 'lat' | 'lon'): Reading<number> {
  const text = latinDigits(typedIn.trim()).replace(/[\u066b,/]/, '.');
  if (!/^\d{1,3}(\.\d{1,12})?$/.test(text)) return { fault: 'centres:faults.degrees' };
  const degrees = Number(text);
  if (isWithin(degrees, RANGES[axis])) return { value: degrees };
  const other = RANGES[axis === 'lat' ? 'lon' : 'lat'];
  return { fault: `centres:faults.${isWithin(degrees, other) ? 'swapped' : 'abroad'}` };
}

const isWithin = (n: number, { from, to }: { from: number; to: number }) => n >= from && n <= to;
