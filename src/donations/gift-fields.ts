/** The fields that only some kinds of gifts have, and the rows of a form that become lists. */
import { z } from 'zod';
import { isCardNumber } from '../values/bank-account.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readName } from '../values/persian-text.ts';
import { readHoursGiven, readQuantity } from '../values/quantity.ts';
import type { Reading } from '../values/reading.ts';
import { type MoneyUnit, readRial } from '../values/rial.ts';
import { typedNumber } from '../values/typed-number.ts';
import { chosen, typed, typedOrNone } from '../web/forms.ts';
import { type Store, STORES } from './posting.ts';
import { CONDITIONS, TRIBUTES, UNITS } from './schema.ts';

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
    }),
  );

export const serviceFields = z.object({
  description: typed((text) => readName(text, { max: 300 })),
  hours: typed(readHoursGiven),
});

export type TributeKind = (typeof TRIBUTES)[number];

const readTribute = (text: string): Reading<TributeKind> => {
  const value = TRIBUTES.find((one) => one === text);
  return value ? { value } : { fault: 'common:refusals.unknown-choice' };
};

/** In whose memory or name it is, and for whom the card is. */
export const tributeFields = {
  tribute: typed(readTribute),
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

const ITEM_COLUMNS = {
  ...{ itemName: 'name', itemQuantity: 'quantity', itemUnit: 'unit', itemValue: 'value' },
  ...{ itemCondition: 'condition', itemExpiresOn: 'expiresOn', itemStore: 'store' },
};
const PART_COLUMNS = { partFund: 'fund', partAmount: 'amount' };

/** The lines of goods as a form sends them: a column of equal names for each field. */
export const itemRows = (body: Raw): Raw[] => rowsOf(body, ITEM_COLUMNS);
export const partRows = (body: Raw): Raw[] => rowsOf(body, PART_COLUMNS);

/** A form's columns as the lists that programs send; what a program sent stays. */
export function withLists(body: Raw): Raw {
  const listed = { ...body };
  if ('itemName' in body) listed.items = itemRows(body).filter(isItemTyped);
  const parts = partRows(body).filter(isTyped);
  if (parts.length > 0) listed.funds = parts;
  if ('serviceDescription' in body) {
    const { serviceDescription: description, serviceHours: hours } = body;
    listed.service = { description, hours };
  }
  return listed;
}

/** A line of which nothing but its choices is there was left empty. */
const isItemTyped = ({ name, quantity, value, expiresOn }: Raw) =>
  [name, quantity, value, expiresOn].some((cell) => cell !== '' && cell !== undefined);

const isTyped = (row: Raw) => Object.values(row).some((cell) => cell !== '' && cell !== undefined);

function rowsOf(body: Raw, columns: Record<string, string>): Raw[] {
  const lists = Object.entries(columns).map(([name, key]) => [key, [body[name] ?? []].flat()]);
  const many = Math.max(0, ...lists.map(([, cells]) => cells!.length));
  return Array.from({ length: Math.min(many, 200) }, (_, at) =>
    Object.fromEntries(lists.map(([key, cells]) => [key, (cells as unknown[])[at] ?? ''])),
  );
}
