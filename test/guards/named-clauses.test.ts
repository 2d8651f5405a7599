/**
 * Every clause of the centre's life, B-1 to B-46, B-61, B-82 to B-148, stands in the title of a test
 * by its number; and what is enforced is refused over HTTP by that number and in the file itself.
 */
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';

type Seed = { id: string; duty: string; upheld?: true };

const root = `${import.meta.dirname}/../../`;
const seed = createRequire(import.meta.url)('../../seeds/bylaw.json') as Seed[];
const files = globSync('test/**/*.test.ts', { cwd: root }).map((file) =>
  readFileSync(root + file, 'utf8'),
);

const numberOf = ({ id }: Seed) => Number(id.slice('B-'.length));
const life = seed.filter((clause) => {
  const number = numberOf(clause);
  return number <= 46 || number === 61 || number >= 82;
});

/** What is written after `it(` or `describe(`, and the sentences of tables that begin with a number. */
const titles = files.flatMap((text) => [
  ...[...text.matchAll(/\b(?:it|describe)\(\s*(['"`])(.*?)\1/gs)].map((match) => match[2]!),
  ...[...text.matchAll(/(['"`])(B-\d+(?:, B-\d+)*: .*?)\1/g)].map((match) => match[2]!),
]);

/** Enforced by who holds the seat, under the guard of B-28; B-136 by that of B-46. */
const UNDER_ANOTHER: Record<string, string> = {
  ...{ 'B-29': 'B-28', 'B-30': 'B-28', 'B-31': 'B-28', 'B-32': 'B-28', 'B-136': 'B-46' },
};

/** What no table can know, each with the reason; the program alone holds it. */
const WITHOUT_FILE: Record<string, string> = {
  'B-105': 'who reads a telephone number is no row; powers and the trail of reveals hold it',
  'B-110': 'reading is open to the committee, and looks are final under their own guard',
  'B-119': 'who opens the first user is judged by the trail',
};

describe('a clause of the centre’s life', () => {
  it('is one of 114', () => expect(life).to.have.length(114));

  for (const clause of life) {
    it(`${clause.id} is named by a test`, () => {
      const named = new RegExp(`\\b${clause.id}\\b`);
      expect(titles.filter((title) => named.test(title))).to.not.be.empty;
    });
  }

  for (const clause of life.filter(({ duty }) => duty === 'enforce')) {
    it(`${clause.id} is refused by page and program, and by the file itself`, () => {
      const visits = files.filter((text) => /\bvisit\(/.test(text));
      const asked = new RegExp(`['"]${clause.id}['"]`);
      expect(visits.some((text) => asked.test(text))).to.equal(true);
      if (WITHOUT_FILE[clause.id]) return;
      const guard = (UNDER_ANOTHER[clause.id] ?? clause.id).replace('B-', 'b');
      const thrown = new RegExp(`\\b${guard}_\\w+`);
      expect(files.some((text) => thrown.test(text))).to.equal(true);
    });
  }
});
