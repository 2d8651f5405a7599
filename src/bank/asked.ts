/** What the pages of the bank have in common: ids in addresses, deeds that change something. */
import type { Request, Response } from 'express';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import type { Reading } from '../values/reading.ts';
import { readRial } from '../values/rial.ts';
import { typedCount, typedNumber } from '../values/typed-number.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { type Created, enterOnce } from '../web/once.ts';
import { sendChanged, sendCreated } from '../web/written.ts';

export function idAsked(req: Request, name: string): number {
  const typed = String(req.params[name]);
  if (!/^[1-9]\d{0,11}$/.test(typed)) throw new NotFound();
  return Number(typed);
}

type Again = (refused: object) => void;

/** Runs a verb on something that is there; a refusal shows its page again. */
export async function changing(
  req: Request,
  res: Response,
  { said, again }: { said: string; again: Again },
  verb: (tx: Tx) => { to: string; body: object },
): Promise<void> {
  try {
    const done = await enter(res.locals.province, verb);
    sendChanged(req, res, done, res.locals.t(said));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      again({ ...refused, values: req.body as object }),
    );
  }
}

/** Runs a verb that makes something, once for each press. */
export async function creating(
  req: Request,
  res: Response,
  { said, again }: { said: string; again: Again },
  verb: (tx: Tx) => Created,
): Promise<void> {
  try {
    const created = await enterOnce(req, res, verb);
    sendCreated(req, res, created, res.locals.t(said));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      again({ ...refused, values: req.body as object }),
    );
  }
}

/** A whole number of things, none included. */
export function readCount(text: string): Reading<number> {
  const pieces = typedCount(text, 9_999_999);
  return pieces === undefined ? { fault: 'bank:faults.pieces' } : { value: pieces };
}

/** An amount of which nothing is one too. */
export function readBalance(text: string): Reading<number> {
  return typedNumber(text) === '0' ? { value: 0 } : readRial(text);
}

/** Fields that a form has one of for each of something: `pieces.50000` is the 50000 of `pieces`. */
export function fieldsOf(req: Request, name: string): [string, string][] {
  const body = (req.body ?? {}) as Record<string, unknown>;
  return Object.entries(body)
    .filter(([key, value]) => key.startsWith(`${name}.`) && typeof value === 'string')
    .map(([key, value]) => [key.slice(name.length + 1), String(value)]);
}
