/** The form of an office's section: a score with findings, or a state with its number and day. */
import type { Request } from 'express';
import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { type FieldFault, Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readPaperNumber, readParagraph } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { typedNumber } from '../values/typed-number.ts';
import { readBody, typedOrNone } from '../web/forms.ts';
import { isSubstance } from './monitoring-rows.ts';
import { type Filling, officeOf } from './monitorings.ts';

const STATES = ['approved', 'refused'] as const;

/** Every field of either kind of section; which of them an office fills is asked afterwards. */
export const fillingForm = (today: string) =>
  z.object({
    score: typedOrNone(readScore),
    findings: typedOrNone(readParagraph),
    state: typedOrNone(readState),
    number: typedOrNone(readPaperNumber),
    decidedOn: typedOrNone((text) => readDay(text, { today })),
  });

/** Reads what this office gives, and refuses what is another's to give (B-20, B-90). */
export function readFilling(req: Request, actor: Actor): Filling {
  const read = readBody(req, fillingForm(actor.today));
  const substance = isSubstance(officeOf(actor)!);
  const { score, findings, state, number, decidedOn } = read;
  const foreign = substance ? [state, number, decidedOn] : [score, findings];
  if (foreign.some((value) => value !== undefined)) {
    throw new Refusal('licence:refusals.other-section', { status: 422, clause: 'B-20' });
  }
  if (substance) {
    requireAll({ score, findings });
    return { score: score!, findings: findings! };
  }
  requireAll({ state, number, decidedOn });
  return { state: state!, number: number!, decidedOn: decidedOn! };
}

function requireAll(given: Record<string, unknown>): void {
  const fields = Object.entries(given)
    .filter(([, value]) => value === undefined)
    .map(([field]): FieldFault => ({ field, key: 'common:refusals.needed' }));
  if (fields.length > 0) throw new Refusal('common:refusals.check-fields', { status: 422, fields });
}

function readScore(text: string): Reading<number> {
  const digits = typedNumber(text);
  const score = /^\d{1,3}$/.test(digits) ? Number(digits) : Number.NaN;
  return score <= 100 ? { value: score } : { fault: 'licence:refusals.score' };
}

function readState(text: string): Reading<(typeof STATES)[number]> {
  const known = STATES.find((state) => state === text);
  return known ? { value: known } : { fault: 'common:refusals.unknown-choice' };
}
