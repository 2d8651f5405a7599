/** What is pressed on the Eid screen, and what is typed of rates and counts. */
import type { Request } from 'express';
import { z } from 'zod';
import { readCounted, readNumber, unitOf } from '../boxes/forms.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readName } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { type MoneyUnit, readRial } from '../values/rial.ts';
import { typedCount, typedNumber } from '../values/typed-number.ts';
import { describeBody } from '../web/described.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { FITRA_FUNDS, FITRA_KINDS } from './gifts.ts';
import { STAPLES } from './rates.ts';

function readPersons(text: string): Reading<number> {
  const persons = typedCount(text, 99) ?? 0;
  return persons > 0 ? { value: persons } : { fault: 'fitra:refusals.persons' };
}

function readBatch(text: string): Reading<string> {
  const digits = typedNumber(text);
  if (!/^\d{1,20}$/.test(digits)) return { fault: 'fitra:refusals.batch' };
  // The same batch of the reader, with zeros before it or without.
  return { value: digits.replace(/^0+(?=\d)/, '') };
}

function readYear(text: string): Reading<number> {
  const year = typedCount(text, 1530) ?? 0;
  const fits = year >= 1420;
  return fits ? { value: year } : { fault: 'fitra:refusals.year' };
}

const pressForm = z.object({
  ...{ persons: typed(readPersons), fund: chosen(FITRA_FUNDS), kind: chosen(FITRA_KINDS) },
  ...{ rate: typedOrNone(readNumber), batch: typedOrNone(readBatch) },
});

export const rateForm = (today: string, unit: MoneyUnit) =>
  z.object({
    ...{ lunarYear: typed(readYear), staple: chosen(STAPLES) },
    rate: typed((text) => readRate(text, unit)),
    ...{ marja: typed(readName), source: typed((text) => readName(text, { max: 300 })) },
    fromOn: typed((text) => readDay(text, { today })),
  });

function readRate(text: string, unit: MoneyUnit): Reading<number> {
  const reading = readRial(text, unit);
  if ('fault' in reading) return reading;
  const fits = reading.value >= 1000 && reading.value <= 999_999_999;
  return fits ? reading : { fault: 'fitra:refusals.rate' };
}

const clerkForm = (unit: MoneyUnit) =>
  z.object({
    clerk: typedOrNone(readNumber),
    total: typed(readCounted(unit)),
    difference: typedOrNone(readLine),
    sheet: z.array(z.object({}).loose()).optional(),
  });
const secondForm = (unit: MoneyUnit) =>
  z.object({
    ...{ total: typed(readCounted(unit)), difference: typedOrNone(readLine) },
    fund: chosen(FITRA_FUNDS).optional(),
  });

const HERE = '/{province}/centres/{code}/donations/eid';
describeBody(`POST ${HERE}`, pressForm);
describeBody(`POST ${HERE}/counts`, clerkForm('rial'));
describeBody(`POST ${HERE}/counts/{count}/confirmation`, secondForm('rial'));
describeBody('POST /{province}/fitra-rates', rateForm('', 'rial'));

export const readPress = (req: Request) => readBody(req, pressForm);
export const readClerk = (req: Request) => readBody(req, clerkForm(unitOf(req, 'total')));
export const readSecond = (req: Request) => readBody(req, secondForm(unitOf(req, 'total')));
export const readRateTyped = (req: Request, today: string) =>
  readBody(req, rateForm(today, unitOf(req, 'rate')));
