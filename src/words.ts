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

const spoken: Record<Language, Words> = { fa: remembering('fa'), en: remembering('en') };

/** The words of a language: a key as `donations:receipt.title` to its sentence. */
export function wordsFor(language: Language): Words {
  return spoken[language];
}

/** The word of a key that may have none, such as the label of a field that only its page knows. */
export function knownWord(language: Language, key: string): string | undefined {
  return i18n.exists(key, { lng: language }) ? spoken[language](key) : undefined;
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
function remembering(language: Language): Words {
  const translate = i18n.getFixedT(language);
  const known = new Map<string, string>();
  return (key, values) => {
    if (values) return translate(key, { ...values });
    const word = known.get(key) ?? translate(key);
    known.set(key, word);
    return word;
  };
}
