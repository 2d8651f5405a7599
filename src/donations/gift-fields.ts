/** The fields that only some kinds of gifts have, and the rows of a form that become lists. */
import { z } from 'zod';
import { type FieldFault, Refusal } from '../refusal.ts';
import { isCardNumber } from '../values/bank-account.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readName } from '../values/persian-text.ts';
import { readHoursGiven, readQuantity } from '../values/quantity.ts';
import type { Reading } from '../values/reading.ts';
import { type MoneyUnit, readRial } from '../values/rial.ts';
import { typedNumber } from '../values/typed-number.ts';
import { chosen, typed, typedOrNone } from '../web/forms.ts';
import type { Deed } from './deeds.ts';
import { STORES, type Store } from './posting.ts';
import { CONDITIONS, TRIBUTES, UNITS } from './schema.ts';
import type { Vow } from './vows.ts';

export const STORE_NAMES = Object.keys(STORES) as Store[];

/** Rials, whichever digits and unit they are typed in. */
export const money = (unit: MoneyUnit) =>
  z.union([z.string(), z.number()]).transform((raw, context): number => {
    const reading = readRial(raw, unit);
    if ('value' in reading) return reading.value;
    const params = { values: reading.values };
    context.addIssue({ code: 'custom', message: reading.fault, params });
    return z.NEVER;
  });

export const fundChosen = z.string().superRefine((fund, context) => {
  if (fund !== '') return;
  context.addIssue({ code: 'custom', message: 'common:refusals.choose' });
});

/** The number by which a bank knows a payment; never a card's, for that is somebody's own. */
export function readReference(text: string): Reading<string> {
  const digits = typedNumber(text);
  if (digits === '') return { fault: 'common:refusals.needed' };
  // The cards of Iranian banks begin with one of these.
  if (/^[569]/.test(digits) && isCardNumber(digits)) return { fault: 'values:reference.card' };
  return readFigures(digits);
}

/** A cheque's own number, or the sixteen figures under which the banks keep it. */
export function readChequeNumber(text: string): Reading<string> {
  const digits = typedNumber(text);
  return digits === '' ? { fault: 'common:refusals.needed' } : readFigures(digits);
}

function readFigures(digits: string): Reading<string> {
  if (!/^\d+$/.test(digits)) return { fault: 'values:reference.figures' };
  return digits.length > 30 ? { fault: 'values:reference.too-long' } : { value: digits };
}

/** A bank is kept by its name alone, with or without the word before it. */
export function readBank(text: string): Reading<string> {
  const read = readName(text, { max: 60 });
  return 'value' in read ? { value: read.value.replace(BANK_WORD, '') } : read;
}

const BANK_WORD = /^\u0628\u0627\u0646\u06a9 (?=.)/;

export const cardFields = { reference: typed(readReference) };
export const transferFields = { reference: typed(readReference), bank: typedOrNone(readBank) };
export const chequeFields = (today: string) => ({
  reference: typed(readChequeNumber),
  bank: typed(readBank),
  dueOn: typed((text) => readDay(text, { today })),
});

export const partFields = (unit: MoneyUnit) =>
  z.array(z.object({ fund: fundChosen, amount: money(unit) }));

export const itemFields = (today: string) =>
  z.array(
    z.object({
      name: typed((text) => readName(text, { max: 120 })),
      quantity: typed(readQuantity),
      unit: chosen(UNITS),
      value: money('rial'),
      condition: chosenOrNone(CONDITIONS),
      expiresOn: typedOrNone((text) => readDay(text, { today })),
      store: chosenOrNone(STORE_NAMES),
      /** Its own intention, where it is not the gift's. */
      fund: z.string().optional(),
    }),
  );

export const serviceFields = z.object({
  description: typed((text) => readName(text, { max: 300 })),
  hours: typed(readHoursGiven),
});

/** The deed of what is given to stay: number, day, what it says of the use. */
export const deedFields = (today: string) => ({
  deedNumber: typedOrNone((text) => readLine(text, { max: 40 })),
  deedOn: typedOrNone((text) => readDay(text, { today })),
  deedTerms: typedOrNone((text) => readLine(text, { max: 300 })),
});

type DeedTyped = { deedNumber?: string; deedOn?: string; deedTerms?: string };

/** Undefined where nothing was told of a deed; refuses one of which a part is missing. */
export function deedTyped({ deedNumber, deedOn, deedTerms }: DeedTyped): Deed | undefined {
  const typed = { deedNumber, deedOn, deedTerms };
  if (Object.values(typed).every((one) => one === undefined)) return undefined;
  const missing = Object.entries(typed).find(([, one]) => one === undefined);
  if (missing) throw refusedField(missing[0], 'common:refusals.needed');
  return { number: deedNumber!, madeOn: deedOn!, terms: deedTerms! };
}

/** What was vowed, for whom, by which day; of a gift with that intention only. */
export const vowFields = (today: string) => ({
  vowObject: typedOrNone((text) => readLine(text, { max: 300 })),
  vowPeople: typedOrNone((text) => readLine(text, { max: 200 })),
  vowOn: typedOrNone((text) => readDay(text, { today })),
});

type VowTyped = { vowObject?: string; vowPeople?: string; vowOn?: string };

/** Undefined where nothing was told of a vow. */
export function vowTyped({ vowObject, vowPeople, vowOn }: VowTyped): Vow | undefined {
  if (vowObject === undefined) return undefined;
  return { object: vowObject, people: vowPeople ?? null, dueOn: vowOn ?? null };
}

/** In whose memory or name it is, and for whom the card is. */
export const tributeFields = {
  tribute: chosen(TRIBUTES),
  named: typed((text) => readName(text, { max: 120 })),
  occasion: typedOrNone((text) => readLine(text, { max: 120 })),
  addressee: typed((text) => readName(text, { max: 160 })),
};

function chosenOrNone<const T extends string>(values: readonly T[]) {
  return z
    .unknown()
    .meta({ type: 'string', enum: [...values] })
    .optional()
    .transform((raw, context): T | undefined => {
      if (raw === undefined || raw === null || raw === '') return undefined;
      const known = values.find((value) => value === raw);
      if (known) return known;
      context.addIssue({ code: 'custom', message: 'common:refusals.unknown-choice' });
      return undefined;
    });
}

type Raw = Record<string, unknown>;

const CELL = /^(items|funds)\.(\d{1,3})\.(\w+)$/;

/**
 * A form's fields as the lists that programs send: `items.0.name`, `funds.1.amount`. Rows of which
 * nothing but choices stands there were left empty and are passed over.
 */
export function withLists(body: Raw): Raw {
  const rows = { items: [] as Raw[], funds: [] as Raw[] };
  const listed: Raw = {};
  for (const [name, value] of Object.entries(body)) {
    const [, list, at, cell] = CELL.exec(name) ?? [];
    if (list) {
      const lines = rows[list as keyof typeof rows];
      lines[Number(at)] = { ...lines[Number(at)], [cell!]: value };
    } else listed[name] = value;
  }
  const items = rows.items.filter(isItemTyped);
  const funds = rows.funds.filter(isTyped);
  if (rows.items.length > 0) listed.items = items;
  if (funds.length > 0) listed.funds = funds;
  return withService(listed);
}

function withService({ 'service.description': description, 'service.hours': hours, ...rest }: Raw) {
  return description === undefined ? rest : { ...rest, service: { description, hours } };
}

const isItemTyped = ({ name, quantity, value, expiresOn }: Raw) =>
  isTyped({ name, quantity, value, expiresOn });

const isTyped = (row: Raw) => Object.values(row).some((cell) => cell !== '' && cell !== undefined);

/** The other way about: lists as the fields of a form, to show again what was typed. */
export function asFields(body: Raw): Record<string, string> {
  const { items, funds, service, ...rest } = withLists(body);
  const cells = Object.entries({ items, funds }).flatMap(([list, rows]) =>
    ((rows as Raw[] | undefined) ?? []).flatMap((row, at) =>
      Object.entries(row).map(([cell, value]) => [`${list}.${at}.${cell}`, value]),
    ),
  );
  const ofService = Object.entries((service as Raw | undefined) ?? {}).map(([cell, value]) => {
    return [`service.${cell}`, value];
  });
  const all = [...Object.entries(rest), ...cells, ...ofService];
  return Object.fromEntries(all.filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}

export function refusedField(field: string, key: string, values?: FieldFault['values']): Refusal {
  const fields = [{ field, key, values }];
  return new Refusal('common:refusals.check-fields', { status: 422, fields });
}
