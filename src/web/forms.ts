/** Forms and JSON bodies: one zod schema reads both, and each fault names its field. */
import { z } from 'zod';
import { type FieldFault, Refusal } from '../refusal.ts';
import type { Reading } from '../values/reading.ts';

/**
 * Reads the body by the schema; refuses with 422 and a sentence for each field.
 *
 * Issues carry the key of their sentence as message; whatever zod says by itself (a missing field, a
 * wrong type) becomes the one sentence that the field is needed or cannot be read.
 */
export function readBody<T extends z.ZodType>(req: Sent, schema: T): z.output<T> {
  const read = schema.safeParse(req.body ?? {});
  if (read.success) return read.data;
  const fields = new Map<string, FieldFault>();
  for (const issue of read.error.issues) {
    const field = issue.path.join('.') || '_';
    if (!fields.has(field)) fields.set(field, faultOf(field, issue, isMissing(req, issue)));
  }
  throw new Refusal('common:refusals.check-fields', { status: 422, fields: [...fields.values()] });
}

type Sent = { body?: unknown };
type Issue = z.core.$ZodIssue;

function isMissing(req: Sent, issue: Issue): boolean {
  const body = (req.body ?? {}) as Record<PropertyKey, unknown>;
  return issue.path.length === 1 && body[issue.path[0]!] === undefined;
}

function faultOf(field: string, issue: Issue, missing: boolean): FieldFault {
  if (issue.code === 'custom') {
    const values = (issue.params as { values?: Record<string, string | number> })?.values;
    return { field, key: issue.message, values };
  }
  if (issue.code === 'unrecognized_keys') {
    return { field, key: 'common:refusals.unknown-field', values: { name: issue.keys.join(', ') } };
  }
  return { field, key: missing ? 'common:refusals.needed' : 'common:refusals.unreadable' };
}

/** A schema of a typed value: text or number as it was sent, read by one of `values/`. */
export function typed<T>(read: (text: string) => Reading<T>) {
  return z.union([z.string(), z.number()]).transform((raw, context): T => {
    const reading = read(String(raw));
    if ('value' in reading) return reading.value;
    const params = { values: reading.values };
    context.addIssue({ code: 'custom', message: reading.fault, params });
    return z.NEVER;
  });
}

/** The same for a field that may be left empty: undefined when nothing was typed. */
export function typedOrNone<T>(read: (text: string) => Reading<T>) {
  return z
    .union([z.string(), z.number(), z.null()])
    .optional()
    .transform((raw, context): T | undefined => {
      if (raw === undefined || raw === null || String(raw).trim() === '') return undefined;
      const reading = read(String(raw));
      if ('value' in reading) return reading.value;
      const params = { values: reading.values };
      context.addIssue({ code: 'custom', message: reading.fault, params });
      return undefined;
    });
}

/** The same for what is picked of a list that a form may leave at its first, empty line. */
export const picked = <T>(read: (text: string) => Reading<T>) =>
  typed((text) => (text.trim() === '' ? { fault: 'common:refusals.choose' } : read(text)));

/** One of a list; a form without a choice and a program without the field are asked to choose. */
export function chosen<const T extends string>(values: readonly T[]) {
  const described = z.unknown().meta({ type: 'string', enum: [...values] });
  return described.transform((raw, context): T => {
    const known = values.find((value) => value === raw);
    if (known !== undefined) return known;
    const empty = raw === undefined || raw === null || raw === '';
    const message = `common:refusals.${empty ? 'choose' : 'unknown-choice'}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

/** A box that is ticked or not, from a form (`on`, `1`) or from JSON (true). */
export const ticked = z
  .union([z.boolean(), z.string(), z.number()])
  .optional()
  .transform((raw) => raw === true || raw === 'on' || raw === '1' || raw === 1 || raw === 'true');
