/** Wording with placeholders, and how values are written into it. */
import { ltr, own } from '../paper/bidi.ts';
import type { Block } from '../paper/official-letter.ts';
import { formatDay } from '../values/jalali-date.ts';
import { persianDigits } from '../values/persian-text.ts';
import { formatCount, formatRial } from '../values/rial.ts';
import { placeholdersOf, type TemplateKind, type ValueKind } from './kinds.ts';

/** What the province may word of a kind of paper; `citations` are the bases it names. */
export type Wording = {
  title: string;
  subject: string;
  greeting: string;
  paragraphs: string[];
  closing: string;
  copies: string[];
  citations: string[];
};

/** A list stands on its own, or in a sentence with commas between. */
export type Value = string | number | string[] | null | undefined;
export type Values = Record<string, Value>;

/** The words of a paper with every value in its place. */
export type Worded = Omit<Wording, 'paragraphs' | 'citations'> & { paragraphs: Block[] };

type Written = Record<string, string | string[]>;

/**
 * A paragraph is left out where a value in it is missing; brackets around a part of a sentence leave
 * out that part alone.
 */
const PLACEHOLDER = /\{\{(\w+)\}\}/;
const EVERY = /\{\{(\w+)\}\}/g;
const ALONE = /^\{\{(\w+)\}\}$/;

/** Every placeholder in the wording, once. */
export function placeholdersIn({ citations, ...wording }: Wording): string[] {
  const all = Object.values(wording).flat().join(' ');
  return [...new Set([...all.matchAll(EVERY)].map((match) => match[1]!))];
}

/** The placeholders in the text itself, where the bylaw wants its sentences. */
export function placeholdersInBody({ paragraphs }: Wording): string[] {
  const all = paragraphs.join(' ');
  return [...new Set([...all.matchAll(EVERY)].map((match) => match[1]!))];
}

/** Writes the values in; one that the kind does not know, or needs and lacks, is a fault. */
export function worded(kind: TemplateKind, wording: Wording, values: Values): Worded {
  const written = writtenValues(kind, values);
  return {
    title: filled(wording.title, written) ?? '',
    subject: filled(wording.subject, written) ?? '',
    greeting: filled(wording.greeting, written) ?? '',
    paragraphs: wording.paragraphs.flatMap((paragraph) => block(paragraph, written)),
    closing: filled(wording.closing, written) ?? '',
    copies: wording.copies.flatMap((copy) => filled(copy, written) ?? []),
  };
}

function writtenValues(kind: TemplateKind, values: Values): Written {
  const known = placeholdersOf(kind);
  const stray = Object.keys(values).find((name) => known[name] === undefined);
  if (stray) throw new Error(`${kind} knows no value ${stray}`);
  const written: Written = {};
  for (const [name, { kind: as, needed }] of Object.entries(known)) {
    const value = values[name];
    if (isEmpty(value) && needed) throw new Error(`${kind} needs ${name}`);
    if (!isEmpty(value)) written[name] = writtenValue(as, value as string | number | string[]);
  }
  return written;
}

const isEmpty = (value: Value): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

/** As Persian prose has it: Persian digits, Jalali days, codes kept from left to right. */
function writtenValue(as: ValueKind, value: string | number | string[]): string | string[] {
  if (Array.isArray(value)) return value;
  if (as === 'day') return ltr(formatDay(String(value), 'fa', 'date'));
  if (as === 'rial') return formatRial(Number(value), 'fa');
  if (as === 'count') return formatCount(Number(value), 'fa');
  return as === 'code' ? ltr(persianDigits(String(value))) : own(String(value));
}

function block(paragraph: string, written: Written): Block[] {
  const alone = ALONE.exec(paragraph.trim())?.[1];
  const value = alone === undefined ? undefined : written[alone];
  if (Array.isArray(value)) return [{ list: value }];
  const text = filled(paragraph, written);
  return text === undefined || text === '' ? [] : [text];
}

/** Undefined when a value is missing outside of brackets: then nothing of it is said. */
function filled(text: string, written: Written): string | undefined {
  const { said, lacking } = say(text, written);
  return lacking ? undefined : said.trim();
}

type Said = { said: string; lacking: boolean };

/** Says a sentence part by part, so that a value which looks like a placeholder is only a value. */
function say(text: string, written: Written): Said {
  let lacking = false;
  const parts = partsOf(text).map((part) => {
    const name = ALONE.exec(part)?.[1];
    if (name !== undefined) {
      lacking ||= written[name] === undefined;
      return [written[name] ?? ''].flat().join('\u060c ');
    }
    if (!part.startsWith('[') || !PLACEHOLDER.test(part)) return part;
    const inner = say(part.slice(1, -1), written);
    return inner.lacking ? '' : inner.said;
  });
  return { said: parts.join(''), lacking };
}

/** Placeholders, brackets with all that is within them, and the plain words between. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  for (const token of text.split(/(\{\{\w+\}\}|[[\]])/).filter(Boolean)) {
    if (depth > 0) parts[parts.length - 1] += token;
    else parts.push(token);
    if (token === '[') depth += 1;
    else if (token === ']' && depth > 0) depth -= 1;
  }
  return parts;
}
