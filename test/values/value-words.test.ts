import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { LANGUAGES } from '../../src/values/language.ts';
import { formatRial, MAX_RIAL } from '../../src/values/rial.ts';
import { valueWords } from '../../src/values/value-words.ts';

const folder = join(import.meta.dirname, '../../src/values');
const source = readdirSync(folder)
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');

function sentence(words: object, key: string): unknown {
  return key.split('.').reduce<unknown>((at, part) => Object(at)[part], words);
}

describe('the words of values', () => {
  it('have a sentence in each language for every fault', () => {
    const faults = [...source.matchAll(/'values:([\w.-]+)'/g)].map((found) => found[1]!);
    const lengths = [...Array(12).keys()].map((at) => `day.length.${at + 1}`);
    const built = ['rial.in-rial', 'rial.in-toman', ...lengths, 'day.length.12-leap'];
    expect(faults).to.have.length.above(30);
    for (const language of LANGUAGES)
      for (const fault of [...faults, ...built])
        expect(sentence(valueWords[language], fault), fault).to.be.a('string').and.not.empty;
  });

  it('name the largest amount as it is', () => {
    for (const language of LANGUAGES)
      expect(valueWords[language].rial['too-large']).to.include(formatRial(MAX_RIAL, language));
  });

  it('name each month in the sentence about its length', () => {
    for (const language of LANGUAGES)
      for (const [month, name] of Object.entries(valueWords[language].month))
        expect(sentence(valueWords[language], `day.length.${month}`)).to.include(name);
  });
});
