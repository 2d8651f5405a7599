/** What is typed on the way of a change: whom, why, by whom replaced; the committee's opinion. */
import type { Request } from 'express';
import { z } from 'zod';
import { readDay } from '../values/jalali-date.ts';
import { readPaperNumber, readReason } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { describeBody } from '../web/described.ts';
import { chosen, picked, readBody, typed, typedOrNone } from '../web/forms.ts';
import { readNumber } from './decree-form.ts';
import { personFields } from './person-pages.ts';
import type { PersonTyped } from './persons.ts';
import { CHANGE_KINDS } from './schema.ts';

const asked = {
  decree: picked(readDecree),
  kind: chosen(CHANGE_KINDS),
  reason: typed(readReason),
};
const plainForm = z.object({ ...asked, personId: typedOrNone(readNumber) });
const personForm = z.object({ ...asked, ...personFields });

export type ChangeAsked = z.output<typeof plainForm> & {
  person?: Omit<PersonTyped, 'countyId'>;
};

/** An ending names nobody; otherwise a person known by number, or one written whole. */
export function readChange(req: Request): ChangeAsked {
  const { kind, personId } = (req.body ?? {}) as { kind?: unknown; personId?: unknown };
  const isKnown = personId !== undefined && personId !== null && personId !== '';
  if (kind === 'end' || isKnown) return readBody(req, plainForm);
  const { decree, kind: read, reason, ...person } = readBody(req, personForm);
  return { decree, kind: read, reason, personId: undefined, person };
}

export const opinionForm = (today: string) =>
  z.object({
    answer: chosen(['agreed', 'refused']),
    number: typedOrNone(readPaperNumber),
    decidedOn: typed((text) => readDay(text, { today })),
  });

export const withdrawalForm = z.object({ reason: typed(readReason) });

const CHANGES = '/{province}/centres/{code}/board/changes';
describeBody(`POST ${CHANGES}`, z.union([plainForm, personForm]));
describeBody(`POST ${CHANGES}/{change}/answer`, opinionForm(''));
describeBody(`POST ${CHANGES}/{change}/withdrawal`, withdrawalForm);

/** A decree by its number, 1405-0002, or by its id. */
function readDecree(text: string): Reading<string> {
  return /^(\d{4}-\d{4,6}|\d{1,10})$/.test(text)
    ? { value: text }
    : { fault: 'common:refusals.unreadable' };
}
