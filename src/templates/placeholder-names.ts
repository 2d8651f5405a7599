/** Placeholders as people read and type them: by their name in the reader's own language. */
import { LANGUAGES } from '../values/language.ts';
import { searchText } from '../values/persian-text.ts';
import { type Words, wordsFor } from '../words.ts';
import { COMMON, placeholdersOf, TEMPLATE_KINDS } from './kinds.ts';
import type { Wording } from './wording.ts';

const KEYS = [...new Set([COMMON, ...TEMPLATE_KINDS.map(placeholdersOf)].flatMap(Object.keys))];

/** Every name of every placeholder, in either language, to its key. */
const byName = new Map(
  LANGUAGES.flatMap((language) => {
    const t = wordsFor(language);
    return KEYS.map((key) => [searchText(t(`templates:placeholders.${key}`)), key] as const);
  }),
);

const BRACES = /\{\{([^{}]*)\}\}/g;

export function named(t: Words, text: string): string {
  return text.replace(BRACES, (whole, key: string) =>
    KEYS.includes(key) ? `{{${t(`templates:placeholders.${key}`)}}}` : whole,
  );
}

/** A name that no placeholder has stays as it was typed, and is refused by that name. */
export function keyed(text: string): string {
  return text.replace(BRACES, (whole, typed: string) => {
    const name = typed.trim();
    const key = KEYS.includes(name) ? name : byName.get(searchText(name));
    return key ? `{{${key}}}` : whole;
  });
}

export function namedWording(t: Words, wording: Wording): Wording {
  const one = (text: string) => named(t, text);
  return {
    ...{ title: one(wording.title), subject: one(wording.subject) },
    ...{ greeting: one(wording.greeting), closing: one(wording.closing) },
    ...{ paragraphs: wording.paragraphs.map(one), copies: wording.copies.map(one) },
    citations: wording.citations,
  };
}
