/** What is typed on the introduction form: each line a box, each explained beside it. */
import type { Request } from 'express';
import { z } from 'zod';
import { readName, readParagraph, readReason, typedFigures } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { describeBody } from '../web/described.ts';
import { readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { NOMINATION_LINES, type NominationTyped } from './nominations.ts';

const boxes = Object.fromEntries(NOMINATION_LINES.map((line) => [line, ticked])) as Record<
  (typeof NOMINATION_LINES)[number],
  typeof ticked
>;

const nominationForm = z.object({
  introducer: typed((text) => readName(text, { max: 120 })),
  standing: typed(readReason),
  represents: typedOrNone((text) => readName(text, { max: 160 })),
  refereeOne: typed((text) => readName(text, { max: 120 })),
  refereeTwo: typed((text) => readName(text, { max: 120 })),
  plan: typed((text) => readParagraph(text, { max: 2000 })),
  birthYear: typedOrNone(readBirthYear),
  voluntary: ticked,
  ...boxes,
});

describeBody('POST /{province}/centres/{code}/board/decrees/{decree}/nomination', nominationForm);

export function readNomination(req: Request): NominationTyped {
  const read = readBody(req, nominationForm);
  const lines = NOMINATION_LINES.filter((line) => read[line]);
  const { introducer, standing, represents, refereeOne, refereeTwo, plan } = read;
  const { birthYear, voluntary } = read;
  return {
    ...{ introducer, standing, represents, refereeOne, refereeTwo, plan, lines },
    ...{ birthYear, voluntary },
  };
}

/** A Jalali year of birth, of somebody who may sit on a board. */
function readBirthYear(text: string): Reading<number> {
  const figures = typedFigures(text).trim();
  const year = /^1[34]\d\d$/.test(figures) ? Number(figures) : Number.NaN;
  return year >= 1300 && year <= 1390 ? { value: year } : { fault: 'board:refusals.birth-year' };
}
