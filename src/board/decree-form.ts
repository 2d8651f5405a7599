/** What is typed on the way of a decree: the proposal, the answer, the undertaking, the end. */

import type { Request } from 'express';
import { z } from 'zod';
import { SEATS } from '../access/powers.ts';
import { readUsername } from '../access/users.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName, readPaperNumber, readReason } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { chosen, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { personFields } from './person-pages.ts';
import type { PersonTyped } from './persons.ts';

/** B-34: why an optional seat is added, and in which field; asked of those seats only. */
const need = {
  reason: typedOrNone(readReason),
  field: typedOrNone((text) => readName(text, { max: 120 })),
};

const term = (today: string) => ({
  from: typed((text) => readDay(text, { today })),
  to: typed((text) => readDay(text, { today })),
});

/** A person known already, by number. */
const knownForm = (today: string) =>
  z.object({
    ...{ seat: chosen(SEATS), personId: typed(readNumber) },
    ...{ ...term(today), ...need, keep: ticked },
  });

/** A person registered with the proposal itself. */
const decreeForm = (today: string) =>
  z.object({ seat: chosen(SEATS), ...personFields, ...term(today), ...need, keep: ticked });

export type Proposal = {
  seat: (typeof SEATS)[number];
  fromOn: string;
  toOn: string;
  reason?: string;
  field?: string;
  keep: boolean;
  person: { id: number } | Omit<PersonTyped, 'countyId'>;
};

export function readProposal(req: Request, today: string): Proposal {
  const { personId } = (req.body ?? {}) as { personId?: unknown };
  if (personId !== undefined && personId !== null && personId !== '') {
    const { from, to, personId: id, ...rest } = readBody(req, knownForm(today));
    return { ...rest, fromOn: from, toOn: to, person: { id } };
  }
  const { seat, from, to, reason, field, keep, ...person } = readBody(req, decreeForm(today));
  return { seat, fromOn: from, toOn: to, reason, field, keep, person };
}

export const coordinationForm = (today: string) =>
  z.object({
    answer: chosen(['agreed', 'refused']),
    number: typedOrNone(readPaperNumber),
    decidedOn: typed((text) => readDay(text, { today })),
  });

export const undertakingForm = z.object({
  noPolitics: ticked,
  liability: ticked,
  honorary: ticked,
});

export const endingForm = (today: string) =>
  z.object({
    reason: typed(readReason),
    endedOn: typedOrNone((text) => readDay(text, { today })),
  });

export const userForm = z.object({
  decree: typed(readNumber),
  username: typed(readUsername),
});

const BOARD = '/{province}/centres/{code}/board';
const DECREE = `${BOARD}/decrees/{decree}` as const;
describeBody(`POST ${BOARD}/decrees`, z.union([knownForm(''), decreeForm('')]));
describeBody(`POST ${DECREE}/coordination`, coordinationForm(''));
describeBody(`POST ${DECREE}/acceptance`, undertakingForm);
describeBody(`POST ${DECREE}/ending`, endingForm(''));
describeWishes(`POST ${DECREE}/issue`, `POST ${DECREE}/request`);
describeBody('POST /{province}/my-decrees/{decree}/acceptance', undertakingForm);
describeBody(`POST ${BOARD}/users`, userForm);

export function readNumber(text: string): Reading<number> {
  return /^\d{1,10}$/.test(text)
    ? { value: Number(text) }
    : { fault: 'common:refusals.unreadable' };
}
