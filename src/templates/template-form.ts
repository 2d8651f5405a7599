/** What the editor of a paper's wording sends: a paragraph and a copy to each line. */
import { z } from 'zod';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readName, readParagraph } from '../values/persian-text.ts';
import { typed, typedOrNone } from '../web/forms.ts';
import { keyed } from './placeholder-names.ts';
import type { Wording } from './wording.ts';

const line = (text: string) => readLine(text, { max: 300 });

/** Lines from a form, or an array from a program; empty lines part nothing. */
const lines = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((raw, context): string[] => {
    const reading = readParagraph([raw ?? ''].flat().join('\n'), { max: 12_000 });
    if ('value' in reading) return reading.value.split('\n').filter(Boolean);
    const params = { values: reading.values };
    context.addIssue({ code: 'custom', message: reading.fault, params });
    return z.NEVER;
  });

const keys = z
  .union([z.array(z.string()), z.string()])
  .optional()
  .transform((raw) => [raw ?? []].flat().filter(Boolean));

const words = z.object({
  title: typed((text) => readName(text, { max: 100 })),
  subject: typedOrNone(line),
  greeting: typedOrNone(line),
  paragraphs: lines,
  closing: typedOrNone(line),
  copies: lines,
  citations: keys,
});

export const wordingForm = words.transform(
  ({
    title,
    subject = '',
    greeting = '',
    paragraphs,
    closing = '',
    copies,
    citations,
  }): Wording => ({
    ...{ title: keyed(title), subject: keyed(subject), greeting: keyed(greeting) },
    ...{ paragraphs: paragraphs.map(keyed), closing: keyed(closing) },
    ...{ copies: copies.map(keyed), citations },
  }),
);

export const templateForm = (today: string) =>
  z.intersection(
    wordingForm,
    z.object({ fromOn: typedOrNone((text) => readDay(text, { today })) }),
  );
