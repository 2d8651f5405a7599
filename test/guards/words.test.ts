/** Both languages say the same things: no key, no placeholder is missing in either. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

const FOLDER = `${import.meta.dirname}/../../locales/`;
const read = (path: string) => JSON.parse(readFileSync(FOLDER + path, 'utf8')) as object;

function flatten(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[path + key, value] as [string, string]]
      : flatten(value as object, `${path}${key}.`),
  );
}

/** Every sentence knows what the province calls its boards, and need not say it in both languages. */
const KNOWN = ['board', 'boardOf'];
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]!).filter((name) => !KNOWN.includes(name));
/** English counts one and many where Persian has one form. */
const singular = (key: string) => key.replace(/_(one|other)$/, '');

describe('the words', () => {
  it('stand in the same files in both languages', () => {
    expect(readdirSync(`${FOLDER}en`)).to.deep.equal(readdirSync(`${FOLDER}fa`));
  });

  it('call the board what the province calls it, never by a name of their own', () => {
    const named = ['fa', 'en'].flatMap((language) =>
      readdirSync(FOLDER + language).flatMap((file) =>
        flatten(read(`${language}/${file}`))
          .filter(([key]) => !key.startsWith('board-names.'))
          .filter(([, text]) => /هیئت امنا|هیئت عامل|board of trustees|executive board/i.test(text))
          .map(([key]) => `${language}/${file} ${key}`),
      ),
    );
    expect(named).to.deep.equal([]);
  });

  for (const file of readdirSync(`${FOLDER}fa`)) {
    it(`of ${file} are the same in both languages, with the same placeholders`, () => {
      const persian = new Map(flatten(read(`fa/${file}`)).map(([k, v]) => [singular(k), v]));
      const english = new Map(flatten(read(`en/${file}`)).map(([k, v]) => [singular(k), v]));
      expect([...english.keys()].sort()).to.deep.equal([...persian.keys()].sort());
      for (const [key, text] of persian) {
        expect(new Set(placeholders(english.get(key)!)), key).to.deep.equal(
          new Set(placeholders(text)),
        );
      }
    });
  }
});
