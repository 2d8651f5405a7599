/** What is typed of a promise. */
import type { Request } from 'express';
import { z } from 'zod';
import { readDonorNationalId } from '../donations/gift-form.ts';
import { Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { latinDigits, readName, readReason } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import type { Reading } from '../values/reading.ts';
import { type MoneyUnit, readRial } from '../values/rial.ts';
import { describeBody } from '../web/described.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import type { PledgeTyped } from './pledges.ts';
import { REPEATS } from './schema.ts';

const wholeNumber = (text: string): Reading<number> =>
  /^\d{1,15}$/.test(text) ? { value: Number(text) } : { fault: 'common:refusals.unreadable' };

/** B-104: letters, figures and dashes; never a name. */
export function readCode(text: string): Reading<string> {
  const code = latinDigits(text).trim().toUpperCase();
  return /^[0-9A-Z-]{1,20}$/.test(code) ? { value: code } : { fault: 'pledges:refusals.code' };
}

const pledgeForm = (today: string, unit: MoneyUnit = 'rial') =>
  z.object({
    donorId: typedOrNone(wholeNumber),
    donor: typedOrNone(readName),
    donorMobile: typedOrNone(readMobile),
    donorNationalId: typedOrNone(readDonorNationalId),
    fund: z.string({ error: 'common:refusals.choose' }).min(1, 'common:refusals.choose'),
    amount: typedOrNone((text) => readRial(text, unit)),
    amountUnit: z.string().optional(),
    goods: typedOrNone((text) => readName(text, { max: 200 })),
    repeats: chosen(REPEATS),
    firstOn: typed((text) => readDay(text, { today })),
    lastOn: typedOrNone((text) => readDay(text, { today })),
    sponsoredCode: typedOrNone(readCode),
  });
const endForm = z.object({ reason: typed(readReason) });
const keepForm = z.object({ receipt: z.string() });

const HERE = 'POST /{province}/centres/{code}/donations/pledges';
describeBody(HERE, pledgeForm(''));
describeBody(`${HERE}/{pledge}/end`, endForm);
describeBody(`${HERE}/{pledge}/gifts`, keepForm);

export const unitOf = (req: Request): MoneyUnit =>
  (req.body as { amountUnit?: string } | undefined)?.amountUnit === 'toman' ? 'toman' : 'rial';

export function readPledge(req: Request, today: string): PledgeTyped {
  const form = readBody(req, pledgeForm(today, unitOf(req)));
  const { donorId, donor, donorMobile, donorNationalId } = form;
  const { fund, amount, goods, repeats, firstOn, lastOn, sponsoredCode } = form;
  if (donorId === undefined && donor === undefined) {
    throw new Refusal('pledges:refusals.whose', { status: 422, field: 'donor' });
  }
  const told = { name: donor, mobile: donorMobile, nationalId: donorNationalId };
  return {
    donor: donorId === undefined ? told : { id: donorId },
    ...{ fund, amountRial: amount, goods, repeats, firstOn, lastOn, sponsoredCode },
  };
}

export const readEnd = (req: Request) => readBody(req, endForm);

/** The number of a receipt as it is written on it, in any digits. */
export const readReceipt = (req: Request): string =>
  latinDigits(readBody(req, keepForm).receipt).trim();
