/** What no wording of a paper may lack, and what none may ask for. */
import type { Clause } from '../bylaw/clause.ts';
import {
  decreeCitesBasis,
  decreeNamesClearance,
  decreeNamesCoordination,
  decreeSaysLiability,
  licenceCitesBasis,
  paperSaysHonorary,
  type WordingFacts,
} from '../bylaw/wording.ts';
import type { Db } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { knownWord, wordsFor } from '../words.ts';
import { citationsOf } from './citations.ts';
import { placeholdersOf, type TemplateKind } from './kinds.ts';
import { placeholdersIn, placeholdersInBody, type Wording } from './wording.ts';

/** What the bylaw wants said, wherever in the text the province puts it. */
const WANTED: [Clause<WordingFacts>, string][] = [
  [paperSaysHonorary, 'no-honorary'],
  [decreeSaysLiability, 'no-liability'],
  [decreeNamesClearance, 'no-clearance'],
  [decreeNamesCoordination, 'no-coordination'],
  [licenceCitesBasis, 'no-citation'],
  [decreeCitesBasis, 'no-citation'],
];

/** Refuses a placeholder that this kind does not know, and the lack of one that it must have. */
export function refuseUnsaid(db: Db, kind: TemplateKind, wording: Wording): void {
  const known = placeholdersOf(kind);
  const names = placeholdersIn(wording);
  const stray = bracedIn(wording).find((name) => known[name] === undefined);
  if (stray !== undefined) throw unsound('unknown-placeholder', strayName(stray));
  if (hasBrokenBraces(wording)) throw unsound('broken-placeholder');
  const facts = { kind, said: placeholdersInBody(wording), citations: wording.citations };
  for (const [clause, key] of WANTED) {
    if (!clause.holds(facts)) throw unsound(key, '', clause.id);
  }
  const needed = Object.keys(known).filter((name) => known[name]!.needed);
  const missing = needed.find((name) => !names.includes(name));
  if (missing) throw unsound('missing-placeholder', placeholderName(missing));
  const keys = new Set(citationsOf(db).map(({ key }) => key));
  if (wording.citations.some((key) => !keys.has(key))) throw unsound('unknown-citation');
}

const BRACED = /\{\{([^{}]*)\}\}/g;

/** Whatever stands in braces, known or not. */
function bracedIn({ citations, ...wording }: Wording): string[] {
  const all = Object.values(wording).flat().join('\n');
  return [...all.matchAll(BRACED)].map((match) => match[1]!);
}

function hasBrokenBraces({ citations, ...wording }: Wording): boolean {
  const rest = Object.values(wording).flat().join('\n').replaceAll(BRACED, '');
  return /\{\{|\}\}/.test(rest);
}

/** Another kind's placeholder by its name, and what is none as it was typed. */
const strayName = (name: string): string =>
  knownWord('fa', `templates:placeholders.${name}`) ?? name;

function unsound(key: string, name = '', clause?: string): Refusal {
  return new Refusal(`templates:refusals.${key}`, {
    ...{ status: 422, field: 'paragraphs', values: { name }, clause },
  });
}

/** A placeholder as the province's own people call it. */
export const placeholderName = (name: string): string =>
  wordsFor('fa')(`templates:placeholders.${name}`);
