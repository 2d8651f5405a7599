/** The form of a signature: what was read, and for the chair what he lets pass. */
import type { Request } from 'express';
import { z } from 'zod';
import type { Overriding } from '../funds/overrides.ts';
import { readName, readParagraph } from '../values/persian-text.ts';
import { readBody, typedOrNone } from '../web/forms.ts';
import { rowsIn } from './asked.ts';

export const signingForm = z.object({
  /** The mark of what was read; a program may leave it out. */
  seen: z.string().optional(),
  undocumented: typedOrNone((text) => readParagraph(text, { max: 1000 })),
  passes: z
    .array(
      z.object({ fund: z.string(), rule: z.string(), reason: z.string(), document: z.string() }),
    )
    .optional(),
});

const passForm = z.object({
  ...{ fund: z.string(), rule: z.string() },
  reason: typedOrNone((text) => readParagraph(text, { max: 1000 })),
  document: typedOrNone((text) => readName(text, { max: 200 })),
});

/** The rules that the chair lets pass; one without a reason is not meant. */
export function passesAsked(req: Request): Omit<Overriding, 'subject'>[] {
  const rows = rowsIn((req.body ?? {}) as Record<string, unknown>, 'passes', ['fund', 'rule']);
  return rows.map((row) => {
    const { fund, rule, reason = '', document = '' } = readBody({ body: row } as Request, passForm);
    return { fund, rule, reason, document };
  });
}
