/** A gift as a form or a program tells of it, read into a gift or refused field by field. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { FieldFault } from '../refusal.ts';
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
import {
  cardFields,
  chequeFields,
  deedFields,
  deedTyped,
  fundChosen,
  itemFields,
  money,
  partFields,
  readBank,
  refusedField,
  serviceFields,
  transferFields,
  vowFields,
  vowTyped,
  withLists,
} from './gift-fields.ts';
import { type GiftParts, type GoodsItem, partsOfItems } from './gift-parts.ts';
import { type GiftKind, STORES, type Store } from './posting.ts';
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

/** What every gift tells; the form's own fields stand beside. */
const everyGift = (today: string, kind: GiftKind) => ({
  kind: z.literal(kind),
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
  /** The number of the promise it keeps. */
  pledge: typedOrNone(wholeNumber),
  ...vowFields(today),
  ...deedFields(today),
  confirmed: z.union([z.boolean(), z.string(), z.number()]).optional(),
  instead: typedOrNone(wholeNumber),
});

/** One intention and an amount, or several with an amount each. */
const oneFund = (unit: MoneyUnit) => ({ amount: money(unit), fund: fundChosen });
const someFunds = (unit: MoneyUnit) => ({
  amount: z.preprocess((raw) => (raw === '' ? undefined : raw), money(unit).optional()),
  funds: partFields(unit),
});

const OWN_FIELDS = {
  cash: () => ({}),
  card: () => cardFields,
  transfer: () => transferFields,
  cheque: chequeFields,
  goods: (today: string) => ({ items: itemFields(today) }),
  service: () => ({ service: serviceFields }),
} satisfies Record<GiftKind, (today: string) => z.core.$ZodShape>;

/** The body that enters a gift of a kind, as the contract has it. */
function giftBody(today: string, unit: MoneyUnit, kind: GiftKind, split: boolean) {
  const funds = kind === 'goods' ? { fund: fundChosen } : oneFund(unit);
  const own = { ...(split ? someFunds(unit) : funds), ...OWN_FIELDS[kind](today) };
  return z.object({ ...everyGift(today, kind), ...own }) as unknown as z.ZodType<Body>;
}

describeBody(
  'POST /{province}/centres/{code}/donations',
  z.union(
    DONATION_KINDS.flatMap((kind) => [
      giftBody('', 'rial', kind, false),
      ...(kind === 'goods' ? [] : [giftBody('', 'rial', kind, true)]),
    ]),
  ),
);

function byFields(raw: unknown): unknown {
  return typeof raw === 'string' ? { typed: raw } : (raw ?? undefined);
}

/** What the schemas of all kinds come to; each kind has some of it. */
type Body = z.output<z.ZodObject<ReturnType<typeof everyGift>>> & {
  amount?: number;
  fund?: string;
  funds?: { fund: string; amount: number }[];
  reference?: string;
  bank?: string;
  dueOn?: string;
  items?: z.output<ReturnType<typeof itemFields>>;
  service?: z.output<typeof serviceFields>;
};

type Raw = Record<string, unknown>;

/** Reads the gift of this request; an unusual amount is asked about where a person can answer. */
export function readGift(req: Request, res: Response): Gift {
  const gift = readGiftOf((req.body ?? {}) as Raw, res.locals.actor!.today);
  if (gift.unusualAmount) return gift;
  const mayAnswer = !gift.parts && !wantsJson(req, res);
  return { ...gift, unusualAmount: mayAnswer ? 'ask' : 'tell' };
}

/** Reads a gift of whatever kind it says it is. */
export function readGiftOf(raw: Raw, today: string): Gift {
  const kind = readKind(raw.kind);
  const unit = raw.amountUnit === 'toman' ? 'toman' : 'rial';
  const listed = kind === 'cash' && !('funds.0.fund' in raw) ? raw : withLists(raw);
  refuseForeign(kind, listed);
  const split = listed.funds !== undefined;
  const body = readBody({ body: listed }, schemaFor(today, unit, kind, split));
  const { receivedOn, purpose, receivedBy, pledge } = body;
  refuseOtherSum(kind, listed.amount, body);
  refuseBareVow(body);
  const vow = vowTyped(body);
  const deed = deedTyped(body);
  const donor = donorOf(body);
  const confirmed = isConfirmed(body) ? { unusualAmount: 'confirmed' as const } : {};
  return {
    ...{ kind, receivedOn, donor, purpose, receivedBy },
    ...(pledge !== undefined && { pledge }),
    ...(vow && { vow }),
    ...(deed && { deed }),
    ...confirmed,
    ...amountOf(body),
    ...partsOfBody(kind, body),
  };
}

/** The day of a vow and its people are told with what was vowed. */
function refuseBareVow({ vowObject, vowPeople, vowOn }: Body): void {
  if (vowObject !== undefined || (vowPeople === undefined && vowOn === undefined)) return;
  throw refusedField('vowObject', 'common:refusals.needed');
}

/** What a deposit's giver and intention are told by; its day, number and amount are known. */
export const matchBody = (today: string) =>
  z.object({
    ...deedFields(today),
    fund: z.string().optional(),
    funds: partFields('rial').optional(),
    bank: typedOrNone(readBank),
    donor: z.preprocess(byFields, donorFields.optional()),
    donorId: typedOrNone(wholeNumber),
    donorName: given(readName),
    donorNationalId: given(readDonorNationalId),
    donorMobile: given(readMobile),
    donorUnnamed: ticked,
    purpose: typedOrNone(readLine),
  });

export function readMatch(req: Request, amountRial: number, today: string) {
  const body = readBody({ body: withLists((req.body ?? {}) as Raw) }, matchBody(today));
  const deed = deedTyped(body);
  const { funds, bank, purpose } = body;
  const fund = funds?.[0]?.fund ?? body.fund;
  if (!fund) throw refusedField('fund', 'common:refusals.choose');
  const parts = funds?.map((part) => ({ fund: part.fund, amountRial: part.amount }));
  if (parts && sumOf(parts.map((part) => part.amountRial)) !== amountRial) {
    throw refusedField('funds', 'donations:refusals.parts-differ');
  }
  const told = { ...(parts && { parts }), ...(deed && { deed }) };
  return { fund, ...told, donor: donorOf(body), purpose, bank: bank ?? null };
}

function readKind(typed: unknown): GiftKind {
  const kind = DONATION_KINDS.find((known) => known === typed);
  if (kind) return kind;
  const key = typed === undefined || typed === '' ? 'needed' : undefined;
  const fault = key ? `common:refusals.${key}` : 'donations:refusals.unknown-kind';
  throw refusedField('kind', fault);
}

/** Fields that some kinds have; with another they are a mistake, and said so. */
const OWNERS: Record<string, readonly GiftKind[]> = {
  reference: ['card', 'transfer', 'cheque'],
  bank: ['transfer', 'cheque'],
  dueOn: ['cheque'],
  items: ['goods'],
  service: ['service'],
};

function refuseForeign(kind: GiftKind, body: Raw): void {
  for (const [field, owners] of Object.entries(OWNERS)) {
    const told = body[field];
    if (told === undefined || told === null || told === '' || owners.includes(kind)) continue;
    throw refusedField(field, 'donations:refusals.not-of-kind');
  }
  if (kind === 'goods' && body.funds !== undefined) {
    throw refusedField('funds', 'donations:refusals.goods-one-fund');
  }
}

/** The amount of goods is what their lines come to; whoever tells another has made a mistake. */
function refuseOtherSum(kind: GiftKind, told: unknown, { items = [] }: Body): void {
  if (kind !== 'goods' || told === undefined || told === null || told === '') return;
  const sum = sumOf(items.map(({ value }) => value));
  const reading = readRial(told as string | number);
  if ('value' in reading && reading.value === sum) return;
  throw refusedField('amount', 'donations:refusals.items-sum');
}

/** Of several funds the amount is their sum; a sum that was told as well must be the same. */
function amountOf({
  instead,
  amount,
  fund,
  funds,
  items,
}: Body): Pick<Gift, 'amountRial' | 'fund'> {
  if (items) {
    const first = items[0]?.fund || fund!;
    return { amountRial: sumOf(items.map(({ value }) => value)), fund: first };
  }
  if (!funds) return { amountRial: instead ?? amount!, fund: fund! };
  const sum = sumOf(funds.map((part) => part.amount));
  return { amountRial: amount ?? sum, fund: funds[0]?.fund ?? '' };
}

const sumOf = (amounts: number[]) => amounts.reduce((sum, one) => sum + one, 0);

function partsOfBody(kind: GiftKind, body: Body): GiftParts {
  const { funds, reference, bank, dueOn, items, service } = body;
  return {
    ...(funds && { parts: funds.map(({ fund, amount }) => ({ fund, amountRial: amount })) }),
    ...(reference && { reference: { reference, bank: bank ?? null, dueOn: dueOn ?? null } }),
    ...(kind === 'goods' && goodsOfBody(items ?? [], body.fund!)),
    ...(service && {
      service: { description: service.description, hoursCenti: service.hours },
    }),
  };
}

type ItemBody = NonNullable<Body['items']>[number];

/** A line has the gift's intention unless it says its own; where all have one, it is the gift's. */
function goodsOfBody(lines: ItemBody[], fund: string): GiftParts {
  const items = lines.map((line) => ({ ...itemOf(line), fund: line.fund || fund }));
  const parts = partsOfItems(items);
  if (parts.length > 1) return { items, parts };
  return { items: items.map(({ fund: _, ...item }) => item) };
}

/** What nobody said of a line follows from what was said. */
function itemOf({ quantity, value, condition, expiresOn, store, name, unit }: ItemBody): GoodsItem {
  return {
    ...{ name, unit, quantityMilli: quantity, valueRial: value, expiresOn: expiresOn ?? null },
    condition: condition ?? (expiresOn ? 'perishable' : 'new'),
    account: STORES[store ?? usualStore(unit, condition, expiresOn)],
  };
}

/** What is weighed or expires is food, unless it is said to be something else. */
function usualStore(unit: string, condition?: string, expiresOn?: string): Store {
  const isFood = ['kg', 'gram', 'litre'].includes(unit) || condition === 'perishable' || expiresOn;
  return isFood ? 'food' : 'other';
}

const schemas = new Map<string, z.ZodType<Body>>();

/** One schema a day, unit and kind, for making one costs more than reading by it. */
function schemaFor(
  today: string,
  unit: MoneyUnit,
  kind: GiftKind,
  split: boolean,
): z.ZodType<Body> {
  const key = `${today} ${unit} ${kind} ${split}`;
  const known = schemas.get(key);
  if (known) return known;
  if (schemas.size > 48) schemas.clear();
  const fresh = giftBody(today, unit, kind, split);
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

type DonorFields = Pick<
  Body,
  'donor' | 'donorId' | 'donorName' | 'donorNationalId' | 'donorMobile' | 'donorUnnamed'
>;

function donorOf(body: DonorFields): GivenDonor | undefined {
  const { typed, ...told } = body.donor ?? {};
  if (body.donorId !== undefined) return withWish(body, { id: body.donorId });
  const { donorName: name, donorNationalId: nationalId, donorMobile: mobile } = body;
  const fields = { ...known(told), ...known({ name, nationalId, mobile }) };
  return withWish(body, { ...nameOrNumber(typed ?? ''), ...fields });
}

function withWish(body: DonorFields, donor: GivenDonor): GivenDonor | undefined {
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

function refuse({ fault, values }: { fault: string; values?: FieldFault['values'] }): never {
  throw refusedField('donor', fault, values);
}
