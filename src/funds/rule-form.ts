/** A new version of a fund as a form or a program tells of it. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readName, readParagraph, readReason } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import type { Fund } from './funds.ts';
import { REACTIONS, type Reaction } from './schema.ts';
import type { NewFund, Revision } from './versions.ts';

/** A box ticked once is one text, several are a list. */
const accounts = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((told) => [told ?? []].flat());

const words = (today: string) => ({
  nameFa: typed((text) => readName(text, { max: 60 })),
  nameEn: typed((text) => readName(text, { max: 60 })),
  hintFa: typed((text) => readParagraph(text, { max: 300 })),
  hintEn: typed((text) => readParagraph(text, { max: 300 })),
  marja: typedOrNone((text) => readLine(text, { max: 80 })),
  takesGifts: ticked,
  uses: accounts,
  fromOn: typed((text) => readDay(text, { today })),
  reason: typed(readReason),
  reactions: z.record(z.string(), z.enum(REACTIONS)).optional(),
});

export const revisionForm = (today: string) => z.object(words(today));
export const newFundForm = (today: string) =>
  z.object({ ...words(today), code: typed(readCode), account: typed(readIncome) });

const RESERVED = ['new', 'wall', 'permissions', 'overrides', 'intentions'];

function readCode(text: string): Reading<string> {
  const code = text.trim().toLowerCase();
  const fits = /^[a-z][a-z-]{1,28}[a-z]$/.test(code) && !RESERVED.includes(code);
  return fits ? { value: code } : { fault: 'funds:refusals.code' };
}

function readIncome(text: string): Reading<string> {
  const fits = /^51\d\d$|^530[12]$/.test(text) && text !== '5111';
  return fits ? { value: text } : { fault: 'funds:refusals.account' };
}

/** A program leaves out what stays as it is; a form sends everything. */
export function readRevision(req: Request, res: Response, fund: Fund): Revision {
  const { nameFa, nameEn, hintFa, hintEn, marja, takesGifts, uses } = fund;
  const kept = { nameFa, nameEn, hintFa, hintEn, marja, takesGifts, uses };
  const body = (req.body ?? {}) as Record<string, unknown>;
  if (req.is('json')) req.body = { ...kept, ...body };
  const { today } = res.locals.actor!;
  const read = readBody(req, revisionForm(today));
  // What is neither a programme nor a running cost no form offers, so it stays.
  const fixed = uses.filter((use) => !/^[67]/.test(use));
  return {
    ...{ ...read, marja: read.marja ?? null, uses: [...new Set([...read.uses, ...fixed])] },
    reactions: { ...read.reactions, ...reactionsTyped(body) },
  };
}

export function readNewFund(req: Request, res: Response): NewFund {
  const read = readBody(req, newFundForm(res.locals.actor!.today));
  return { ...read, marja: read.marja ?? null, reactions: {} };
}

/** A form names each rule's field after it. */
function reactionsTyped(body: Record<string, unknown>): Record<string, Reaction> {
  const found = Object.entries(body).flatMap(([name, value]) => {
    const rule = /^reactions\.([a-z-]+)$/.exec(name)?.[1];
    if (rule === undefined) return [];
    const reaction = REACTIONS.find((one) => one === value);
    if (reaction) return [[rule, reaction] as const];
    throw new Refusal('common:refusals.unknown-choice', { status: 422, field: name });
  });
  return Object.fromEntries(found);
}
