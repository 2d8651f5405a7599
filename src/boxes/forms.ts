/** What is typed of boxes, rounds and counts. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Point } from '../boundary/area.ts';
import { readCorner } from '../boundary/corners.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readName, readReason } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import type { Reading } from '../values/reading.ts';
import { type MoneyUnit, readRial } from '../values/rial.ts';
import { typedCount, typedNumber } from '../values/typed-number.ts';
import { describeBody } from '../web/described.ts';
import { chosen, picked, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import type { Happening, Keeper } from './boxes.ts';
import { denominationsOn, readSheet, type Sheet } from './denominations.ts';
import type { CountTyped } from './openings.ts';
import { BOX_KINDS, FORMS, KEEPER_KINDS } from './schema.ts';

export const ACCOUNTS = ['1101', '1104'] as const;
const CHANGES = ['moved', 'kept', 'withdrawn', 'installed'] as const;

export const readNumber = (text: string): Reading<number> => {
  const number = typedCount(text, 999_999_999);
  if (text.trim() === '') return { fault: 'common:refusals.needed' };
  return number === undefined ? { fault: 'common:refusals.unreadable' } : { value: number };
};
const readRoundDay = (today: string) => (text: string) => readDay(text, { today });
const fundCode = z.string({ error: 'common:refusals.choose' }).min(1, 'common:refusals.choose');
/** A key, or a name as it is typed without scripts; whose it is the verb finds. */
export const person = picked<string>((text) => readName(text, { max: 120 }));

/** What the search chose goes before what stands in its field. */
export function withChosen(req: Request, ...names: string[]): Request {
  const body = (req.body ?? {}) as Record<string, unknown>;
  const chosen = names.filter((name) => body[`${name}Key`]);
  const keys = Object.fromEntries(chosen.map((name) => [name, body[`${name}Key`]]));
  return { body: { ...body, ...keys } } as Request;
}

/** Nothing at all was found is a count too. */
export const readCounted =
  (unit: MoneyUnit) =>
  (text: string): Reading<number> =>
    /^0+$/.test(typedNumber(text)) ? { value: 0 } : readRial(text, unit);

const point = typed<Point>(readCorner);
const keeper = {
  keeperKind: chosen(KEEPER_KINDS),
  keeperName: typed(readName),
  keeperMobile: typedOrNone(readMobile),
};
const placed = { place: typed((text) => readName(text, { max: 200 })), at: point };

const boxForm = (today: string) =>
  z.object({
    ...{ kind: chosen(BOX_KINDS), fund: fundCode, ...placed, ...keeper },
    installedOn: typed(readRoundDay(today)),
  });

const happening = (today: string) => ({ happenedOn: typed(readRoundDay(today)) });
const changeForms = {
  moved: (today: string) => z.object({ ...happening(today), ...placed, ...keeper }),
  kept: (today: string) => z.object({ ...happening(today), ...keeper }),
  installed: (today: string) => z.object({ ...happening(today), ...placed, ...keeper }),
  withdrawn: (today: string) => z.object({ ...happening(today), reason: typed(readReason) }),
};

export const roundForm = (today: string) =>
  z.object({
    ...{ roundOn: typed(readRoundDay(today)), first: person, second: person },
    boxes: z.union([z.array(z.union([z.string(), z.number()])), z.string()]).transform(numbersIn),
    note: typedOrNone(readLine),
  });

const countForm = (today: string, unit: MoneyUnit) =>
  z.object({
    openedOn: typed(readRoundDay(today)),
    round: typedOrNone(readNumber),
    first: z.string().optional(),
    second: z.string().optional(),
    bagNumber: typedOrNone((text) => readLine(text, { max: 40 })),
    bagAmount: typedOrNone(readCounted(unit)),
    account: chosen(ACCOUNTS),
    total: typed(readCounted(unit)),
    difference: typedOrNone(readLine),
    short: typedOrNone(readCounted(unit)),
    sheet: z
      .array(z.object({ form: z.enum(FORMS), faceRial: z.number(), pieces: z.number() }))
      .optional(),
  });

export const confirmForm = (unit: MoneyUnit) => z.object({ total: typed(readCounted(unit)) });
export const reasonForm = z.object({ reason: typed(readReason) });

/** A slip is known by its figures, whichever digits they are typed in. */
function readSlip(text: string): Reading<string> {
  const figures = typedNumber(text);
  return /^\d{1,30}$/.test(figures) ? { value: figures } : { fault: 'values:reference.figures' };
}

export const remittanceForm = (today: string, unit: MoneyUnit) =>
  z.object({
    ...{ remittedOn: typed(readRoundDay(today)), account: chosen(['1101', '1102']) },
    ...{ fund: fundCode, amount: typed((text) => readRial(text, unit)) },
    reference: typedOrNone(readSlip),
    ...{ short: typedOrNone(readCounted(unit)), explanation: typedOrNone(readLine) },
  });

export const denominationForm = (today: string) =>
  z.object({
    ...{ faceRial: typed((text) => readRial(text)), form: chosen(FORMS) },
    ...{ fromOn: typed(readRoundDay(today)), counts: ticked },
  });

const HERE = '/{province}/centres/{code}/donations/boxes';
describeBody(`POST ${HERE}`, boxForm(''));
describeBody(
  `POST ${HERE}/{box}/events`,
  z.union(CHANGES.map((event) => changeForms[event]('').extend({ event: z.literal(event) }))),
);
describeBody(`POST ${HERE}/rounds`, roundForm(''));
describeBody(`POST ${HERE}/{box}/openings`, countForm('', 'rial'));
describeBody(`POST ${HERE}/openings/{opening}/confirmation`, confirmForm('rial'));
describeBody(`POST ${HERE}/openings/{opening}/withdrawal`, reasonForm);
describeBody(
  `POST ${HERE}/openings/{opening}/correction`,
  countForm('', 'rial').extend({ reason: typed(readReason) }),
);
describeBody(`POST ${HERE}/remittances`, remittanceForm('', 'rial'));
describeBody('POST /{province}/denominations', denominationForm(''));

export const unitOf = (req: Request, name: string): MoneyUnit =>
  (req.body as Record<string, unknown> | undefined)?.[`${name}Unit`] === 'toman' ? 'toman' : 'rial';

type KeeperTyped = { keeperKind: Keeper['kind']; keeperName: string; keeperMobile?: string };
const keeperOf = ({ keeperKind, keeperName, keeperMobile }: KeeperTyped): Keeper => ({
  ...{ kind: keeperKind, name: keeperName, mobile: keeperMobile ?? null },
});

export function readBox(req: Request, res: Response) {
  const form = readBody(req, boxForm(res.locals.actor!.today));
  const { kind, fund, place, at, installedOn } = form;
  return { kind, fund, place, at, installedOn, keeper: keeperOf(form) };
}

export function readChange(req: Request, res: Response): Happening {
  const { today } = res.locals.actor!;
  const { event } = readBody(req, z.object({ event: chosen(CHANGES) }));
  if (event === 'withdrawn') return { event, ...readBody(req, changeForms.withdrawn(today)) };
  if (event === 'kept') {
    const form = readBody(req, changeForms.kept(today));
    return { event, happenedOn: form.happenedOn, keeper: keeperOf(form) };
  }
  const form = readBody(req, changeForms[event](today));
  const { happenedOn, place, at } = form;
  return { event, happenedOn, placed: { place, at }, keeper: keeperOf(form) };
}

/** A count; of a bag in toman the slip is in toman too. */
export function readCount(req: Request, res: Response): CountTyped {
  const { province, actor } = res.locals;
  const asked = withChosen(req, 'first', 'second');
  const form = readBody(asked, countForm(actor!.today, unitOf(req, 'total')));
  const { openedOn, round, first, second, bagNumber, bagAmount, account, total, difference } = form;
  return {
    ...{ openedOn, round, first, second, account, totalRial: total, difference },
    shortRial: form.short ?? 0,
    bag: bagNumber === undefined ? null : { number: bagNumber, rial: bagAmount ?? null },
    sheet: sheetTyped(req, province.db, actor!.today),
  };
}

export function sheetTyped(
  req: Request,
  db: Parameters<typeof denominationsOn>[0],
  today: string,
): Sheet {
  return readSheet((req.body ?? {}) as Record<string, unknown>, denominationsOn(db, today));
}

/** Numbers of boxes in the order they were typed in, or those ticked in the order of their places. */
function numbersIn(raw: string | (string | number)[]): number[] {
  const words = typeof raw === 'string' ? raw.split(/[\s,\u060c;]+/) : raw.map(String);
  return words
    .map(typedNumber)
    .filter((word) => /^\d{1,9}$/.test(word))
    .map(Number);
}
