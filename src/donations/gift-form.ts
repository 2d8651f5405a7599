/** A gift as a form or a program tells of it, read into a gift or refused field by field. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLegalId, readNationalId } from '../values/national-id.ts';
import { readLine, readName } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import type { Reading } from '../values/reading.ts';
import { type MoneyUnit, readRial } from '../values/rial.ts';
import { typedNumber } from '../values/typed-number.ts';
import { describeBody } from '../web/described.ts';
import { wantsJson } from '../web/formats.ts';
import { readBody, ticked, typedOrNone } from '../web/forms.ts';
import type { GivenDonor } from './donors.ts';
import type { Gift } from './receipts.ts';
import { DONATION_KINDS } from './schema.ts';

/** A field left quite empty is none; one of spaces is a mistake and told so. */
function given<T>(read: (text: string) => Reading<T>) {
  return z
    .union([z.string(), z.number(), z.null()])
    .optional()
    .transform((raw, context): T | undefined => {
      if (raw === undefined || raw === null || raw === '') return undefined;
      return valueOr(read(String(raw)), context);
    });
}

type Issues = { addIssue: (issue: { code: 'custom'; message: string; params: object }) => void };

function valueOr<T>(reading: Reading<T>, context: Issues): T | undefined {
  if ('value' in reading) return reading.value;
  const params = { values: reading.values };
  context.addIssue({ code: 'custom', message: reading.fault, params });
  return undefined;
}

/** A field that is not read yet, and says so rather than being passed over. */
const refused = (fault: string) => (value: unknown, context: Issues) => {
  if (value !== undefined) valueOr({ fault }, context);
};

/** Ten digits are a person's, eleven a company's. */
export function readDonorNationalId(text: string): Reading<string> {
  return typedNumber(text).length === 11 ? readLegalId(text) : readNationalId(text);
}

const wholeNumber = (text: string): Reading<number> =>
  /^\d{1,15}$/.test(text) ? { value: Number(text) } : { fault: 'common:refusals.unreadable' };

/** A program tells a donor by fields, the form's one field for finding by what was typed in it. */
const donorFields = z.object({
  typed: z.string().optional(),
  id: typedOrNone(wholeNumber),
  name: given(readName),
  nationalId: given(readDonorNationalId),
  mobile: given(readMobile),
  mayBeNamed: z.boolean().optional(),
});

/** The body that enters a gift, as the contract has it; the form's own fields stand beside. */
export const giftBody = (today: string, unit: MoneyUnit) =>
  z.object({
    kind: z.string().superRefine((kind, context) => {
      const key = DONATION_KINDS.some((known) => known === kind) ? 'only-cash' : 'unknown-kind';
      if (kind !== 'cash') valueOr({ fault: `donations:refusals.${key}` }, context);
    }),
    amount: z.union([z.string(), z.number()]).transform((raw, context): number => {
      return valueOr(readRial(raw, unit), context) ?? z.NEVER;
    }),
    fund: z.string().superRefine((fund, context) => {
      if (fund === '') valueOr({ fault: 'common:refusals.choose' }, context);
    }),
    funds: z.unknown().optional().superRefine(refused('donations:refusals.one-fund')),
    receivedOn: z.union([z.string(), z.number()]).transform((raw, context): string => {
      return valueOr(readPastDay(String(raw), today), context) ?? z.NEVER;
    }),
    donor: z.preprocess(byFields, donorFields.optional()),
    donorId: typedOrNone(wholeNumber),
    donorName: given(readName),
    donorNationalId: given(readDonorNationalId),
    donorMobile: given(readMobile),
    donorUnnamed: ticked,
    purpose: typedOrNone(readLine),
    receivedBy: typedOrNone(wholeNumber),
    confirmed: z.union([z.boolean(), z.string(), z.number()]).optional(),
    instead: typedOrNone(wholeNumber),
  });

function byFields(raw: unknown): unknown {
  return typeof raw === 'string' ? { typed: raw } : (raw ?? undefined);
}

describeBody('POST /{province}/centres/{code}/donations', giftBody('', 'rial'));

type Body = z.output<ReturnType<typeof giftBody>>;

/** Reads the gift of this request; an unusual amount is asked about where a person can answer. */
export function readGift(req: Request, res: Response): Gift {
  const unit = (req.body as { amountUnit?: unknown } | undefined)?.amountUnit;
  const schema = schemaFor(res.locals.actor!.today, unit === 'toman' ? 'toman' : 'rial');
  const body = readBody(req, schema);
  const amountRial = body.instead ?? body.amount;
  const { fund, receivedOn, purpose, receivedBy } = body;
  const donor = donorOf(body);
  const unusualAmount = isConfirmed(body) ? 'confirmed' : wantsJson(req, res) ? 'tell' : 'ask';
  return { amountRial, fund, receivedOn, donor, purpose, receivedBy, unusualAmount };
}

const schemas = new Map<string, ReturnType<typeof giftBody>>();

/** One schema a day and unit, for making one costs more than reading by it. */
function schemaFor(today: string, unit: MoneyUnit): ReturnType<typeof giftBody> {
  const key = `${today} ${unit}`;
  const known = schemas.get(key);
  if (known) return known;
  if (schemas.size > 4) schemas.clear();
  const fresh = giftBody(today, unit);
  schemas.set(key, fresh);
  return fresh;
}

function readPastDay(text: string, today: string): Reading<string> {
  const day = readDay(text, { today });
  if ('value' in day && day.value > today) return { fault: 'donations:refusals.future' };
  return day;
}

/** What was confirmed is an amount: another one typed since is asked about anew. */
function isConfirmed({ confirmed, amount, instead }: Body): boolean {
  return instead !== undefined || confirmed === true || String(confirmed) === String(amount);
}

function donorOf(body: Body): GivenDonor | undefined {
  const { typed, ...told } = body.donor ?? {};
  if (body.donorId !== undefined) return withWish(body, { id: body.donorId });
  const { donorName: name, donorNationalId: nationalId, donorMobile: mobile } = body;
  const fields = { ...known(told), ...known({ name, nationalId, mobile }) };
  return withWish(body, { ...nameOrNumber(typed ?? ''), ...fields });
}

function withWish(body: Body, donor: GivenDonor): GivenDonor | undefined {
  const some = orNone(donor);
  return some && body.donorUnnamed ? { ...some, mayBeNamed: false } : some;
}

function orNone(donor: GivenDonor): GivenDonor | undefined {
  const { id, name, nationalId, mobile } = donor;
  return [id, name, nationalId, mobile].some((part) => part !== undefined) ? donor : undefined;
}

function known(donor: GivenDonor): GivenDonor {
  return Object.fromEntries(Object.entries(donor).filter(([, part]) => part !== undefined));
}

/** The one field for finding, typed in full without choosing: a number if it is one. */
function nameOrNumber(typed: string): GivenDonor {
  const digits = typedNumber(typed);
  if (!/^\d+$/.test(digits)) return typed === '' ? {} : { name: nameIn(typed) };
  const mobile = readMobile(typed);
  if ('value' in mobile) return { mobile: mobile.value };
  const nationalId = readDonorNationalId(typed);
  if ('value' in nationalId) return { nationalId: nationalId.value };
  return refuse({ fault: 'donations:refusals.donor-number' });
}

function nameIn(typed: string): string {
  const name = readName(typed);
  return 'value' in name ? name.value : refuse(name);
}

function refuse({
  fault,
  values,
}: {
  fault: string;
  values?: Record<string, string | number>;
}): never {
  const fields = [{ field: 'donor', key: fault, values }];
  throw new Refusal('common:refusals.check-fields', { status: 422, fields });
}
