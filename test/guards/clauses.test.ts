/** A clause is one constant: used, put into words, tested by its number, with its twin in the file. */
import { globSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Clause } from '../../src/bylaw/clause.ts';
import { clauses, guardsOf, judgements } from '../../src/bylaw/clauses.ts';
import { guardsMade, twinsOf } from '../../src/bylaw/guards.ts';
import { wordsFor } from '../../src/words.ts';

const root = `${import.meta.dirname}/../../`;
const read = (path: string) => readFileSync(root + path, 'utf8');

/** The files that hold the clauses themselves, one for each chapter that has any. */
const CHAPTERS = [
  'volunteers',
  'people',
  'board',
  'points',
  'resources',
  'territory',
  'rules',
  'wording',
  'bounds',
  'places',
  'changes',
  'duties',
  'spending',
  'licence',
  'opening',
  'online',
];

/** Rules that only the program can hold: a table cannot know who reads or opens what. */
const WITHOUT_TWIN = ['B-119'];

type Constant = { name: string; file: string; clause: Clause<unknown> };

const constants = (
  await Promise.all(
    CHAPTERS.map(async (chapter) => {
      const file = `src/bylaw/${chapter}.ts`;
      const module = (await import(root + file)) as Record<string, unknown>;
      return Object.entries(module)
        .filter((entry): entry is [string, Clause<unknown>] => isClause(entry[1]))
        .map(([name, clause]): Constant => ({ name, file, clause }));
    }),
  )
).flat();

const sources = globSync('src/**/*.ts', { cwd: root });
const tests = globSync('test/bylaw/*.test.ts', { cwd: root }).map(read).join('\n');

describe('a clause', () => {
  it('is found in its files', () => expect(constants).to.have.length.above(15));

  for (const { name, file, clause } of constants) {
    it(`${clause.id} ${name} is upheld somewhere`, () => {
      const used = sources.filter((source) => new RegExp(`\\b${name}\\b`).test(read(source)));
      const within = read(file).match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
      expect(used.length > 1 || within > 1).to.equal(true);
    });

    it(`${clause.id} ${name} has its sentence and a test that names it`, () => {
      for (const language of ['fa', 'en'] as const) {
        expect(wordsFor(language)(`bylaw:refusals.${clause.id}`)).to.be.a('string');
      }
      expect(tests).to.match(new RegExp(`\\b${clause.id}\\b`));
    });

    it(`${clause.id} ${name} is judged by the compass and held by the database too`, () => {
      expect(judgements).to.have.property(clause.id);
      expect(guardsOf(clause.id)).to.not.be.empty;
    });
  }

  it('is upheld in the seed exactly when the compass judges it', () => {
    const upheld = clauses.filter((clause) => clause.upheld).map(({ id }) => id);
    expect(Object.keys(judgements)).to.deep.equal(upheld);
  });

  it('that is enforced has a twin in the database, but for those no table can know', () => {
    const enforced = clauses.filter(({ upheld, duty }) => upheld && duty === 'enforce');
    const bare = enforced.map(({ id }) => id).filter((id) => guardsOf(id).length === 0);
    expect(bare).to.deep.equal(WITHOUT_TWIN);
  });

  it('that the database names has its sentence, its judgement and its place in the bylaw', () => {
    const named = guardsMade().flatMap(({ name, sql }) => [
      name,
      ...[...sql.matchAll(/CONSTRAINT (\w+)|'(b\d+_\w+)'/g)].map((match) => match[1] ?? match[2]!),
    ]);
    const ids = new Set(
      named.map((name) => /^b(\d+)_/.exec(name)?.[1]).filter((number) => number !== undefined),
    );
    expect(ids.size).to.be.greaterThan(15);
    for (const number of ids) {
      const id = `B-${number}`;
      expect(clauses.some((clause) => clause.id === id)).to.equal(true);
      expect(judgements).to.have.property(id);
      for (const language of ['fa', 'en'] as const) {
        expect(wordsFor(language)(`bylaw:refusals.${id}`)).to.be.a('string');
      }
    }
  });

  it('finds its twins by its whole number, not by its beginning', () => {
    expect(twinsOf('B-14')).to.include('b14_cleared_before_decree');
    expect(twinsOf('B-2')).to.be.empty;
    expect(twinsOf('B-1')).to.not.include('b14_cleared_before_decree');
    expect(twinsOf('B-118')).to.include('b118_only_velayat');
  });

  it('knows neither tables nor pages', () => {
    for (const chapter of [...CHAPTERS, 'clause', 'judgement', 'compass', 'clauses']) {
      expect(read(`src/bylaw/${chapter}.ts`)).to.not.match(
        /from '(drizzle|express|better-sqlite3)/,
      );
    }
  });
});

function isClause(value: unknown): value is Clause<unknown> {
  return typeof value === 'object' && value !== null && 'id' in value && 'holds' in value;
}
