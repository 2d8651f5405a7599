/** The words of the program, from `locales/`; a missing word throws where the tests run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { LANGUAGES, type Language } from './values/language.ts';

export type Words = (key: string, values?: Record<string, unknown>) => string;

const FOLDER = join(import.meta.dirname, '../locales');

const i18n = i18next.createInstance();
i18n.init({
  resources: Object.fromEntries(LANGUAGES.map((language) => [language, namespacesOf(language)])),
  fallbackLng: false,
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
  saveMissing: process.env.NODE_ENV === 'test',
  missingKeyHandler: (languages, namespace, key) => {
    throw new Error(`no word ${namespace}:${key} in ${languages.join(', ')}`);
  },
});

/** What a province calls the board of its centres. */
export const BOARD_NAMES = ['trustees', 'executive'] as const;
export type BoardName = (typeof BOARD_NAMES)[number];

const spoken: Record<Language, Record<BoardName, Words>> = {
  fa: { trustees: remembering('fa', 'trustees'), executive: remembering('fa', 'executive') },
  en: { trustees: remembering('en', 'trustees'), executive: remembering('en', 'executive') },
};

/**
 * The words of a language: a key as `donations:receipt.title` to its sentence. Every sentence knows
 * `board`, and `boardOf` where a noun follows, as this province calls it.
 */
export function wordsFor(language: Language, board: BoardName = 'trustees'): Words {
  return spoken[language][board];
}

/** The word of a key that may have none, such as the label of a field that only its page knows. */
export function knownWord(language: Language, key: string): string | undefined {
  return i18n.exists(key, { lng: language }) ? spoken[language].trustees(key) : undefined;
}

function namespacesOf(language: Language): Record<string, object> {
  const names = readdirSync(join(FOLDER, language)).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    names.map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(join(FOLDER, language, name), 'utf8')) as object,
    ]),
  );
}

/** A page asks for the same hundred words each time, so those without values are looked up once. */
function remembering(language: Language, name: BoardName): Words {
  const translate = i18n.getFixedT(language);
  const known = new Map<string, string>();
  const board = translate(`common:board-names.${name}.name`);
  const boardOf = translate(`common:board-names.${name}.of`);
  return (key, values) => {
    if (values) return translate(key, { board, boardOf, ...values });
    const word = known.get(key) ?? translate(key, { board, boardOf });
    known.set(key, word);
    return word;
  };
}
