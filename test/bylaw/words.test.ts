import { createRequire } from 'node:module';
import { expect } from 'chai';
import { OPTIONAL_SEATS, SEATS } from '../../src/access/powers.ts';
import { oneHolderPerSeat } from '../../src/bylaw/board.ts';
import { mistakesIn } from '../support/persian-mistakes.ts';

type Words = { [key: string]: string | Words };
type ClauseSeed = { id: string; chapter: string; duty: string; upheld?: true };

const require = createRequire(import.meta.url);
const clauses = require('../../seeds/bylaw.json') as ClauseSeed[];
const dutiesOfSeats = require('../../seeds/duties.json') as Record<string, string[]>;
const bylaw = { fa: locale('fa', 'bylaw'), en: locale('en', 'bylaw') };
const board = { fa: locale('fa', 'board'), en: locale('en', 'board') };
const upheld = clauses.filter((clause) => clause.upheld);
const LANGUAGES = ['fa', 'en'] as const;

describe('the words of the bylaw', () => {
  it('has its 148 clauses in their order', () => {
    const order = Array.from({ length: 148 }, (_, i) => `B-${i + 1}`);
    expect(clauses.map((clause) => clause.id)).to.deep.equal(order);
    for (const lang of LANGUAGES) {
      expect(Object.keys(bylaw[lang].clauses as Words)).to.deep.equal(order);
    }
  });

  it('asks of the program 69 records, 37 rules, 16 papers, 16 reminders and 10 reports', () => {
    const byDuty = Object.entries(Object.groupBy(clauses, (clause) => clause.duty));
    const counts = Object.fromEntries(byDuty.map(([duty, of]) => [duty, of?.length]));
    expect(counts).to.deep.equal({ record: 69, enforce: 37, print: 16, guide: 16, report: 10 });
  });

  for (const lang of LANGUAGES) {
    it(`names every chapter, duty and state in ${lang}`, () => {
      for (const { chapter, duty } of clauses) {
        said(bylaw[lang], 'chapters', chapter);
        said(bylaw[lang], 'duties', duty, 'name');
        said(bylaw[lang], 'duties', duty, 'meaning');
      }
      for (const state of ['kept', 'broken', 'not-due', 'guided', 'not-upheld']) {
        said(bylaw[lang], 'states', state, 'name');
        said(bylaw[lang], 'states', state, 'meaning');
      }
    });

    it(`gives every clause a title of at most eight words and its sentence in ${lang}`, () => {
      for (const { id } of clauses) {
        const title = said(bylaw[lang], 'clauses', id, 'title');
        expect(title.split(' ').length, title).to.be.at.most(8);
        expect(said(bylaw[lang], 'clauses', id, 'words'), id).to.match(/\.$/u);
      }
    });

    it(`says of every upheld clause, and of no other, what is done today in ${lang}`, () => {
      const spoken = clauses.filter(({ id }) => 'today' in inside(bylaw[lang], 'clauses', id));
      expect(spoken).to.deep.equal(upheld);
      for (const { id } of upheld) {
        said(bylaw[lang], 'clauses', id, 'today');
        // The state's own sentence or its reasons; that no other is asked for, the compass tests.
        expect(Object.keys(inside(bylaw[lang], 'why', id)).length, id).to.be.greaterThan(1);
        said(bylaw[lang], 'mend', id);
      }
    });

    it(`sets out the duties of the sixteen seats in ${lang}`, () => {
      expect(Object.keys(dutiesOfSeats)).to.have.members([...SEATS]);
      for (const [seat, duties] of Object.entries(dutiesOfSeats)) {
        said(board[lang], 'seats', seat);
        expect(duties).to.not.be.empty;
        for (const id of duties) said(board[lang], 'duties', id);
      }
    });
  }

  it('gives the clerical duties to the vice-chair and to the admin and finance officer', () => {
    for (const seat of ['vice-chair', 'admin-finance']) {
      expect(dutiesOfSeats[seat]).to.include.members(['B-62', 'B-63', 'B-64']);
    }
  });

  it('leaves no duty of chapter four without its seat', () => {
    const chapter = clauses.filter((clause) => clause.chapter === 'duties').map(({ id }) => id);
    const told = new Set(Object.values(dutiesOfSeats).flat());
    const ofChapter = [...told].filter((id) => chapter.includes(id));
    expect(ofChapter).to.have.members(chapter);
  });

  it('gives each optional seat the duties of its own clause alone, B-35 to B-44', () => {
    for (const seat of OPTIONAL_SEATS) {
      const [first, ...others] = dutiesOfSeats[seat]!;
      expect(first).to.equal(oneHolderPerSeat[seat].id);
      expect(others.every((id) => id.startsWith(`${first}-`))).to.equal(true);
    }
  });

  it('leaves the same gaps to fill in both languages', () => {
    const english = sentences(bylaw.en);
    for (const [key, fa] of sentences(bylaw.fa)) {
      expect(gaps(english.get(key) ?? ''), key).to.deep.equal(gaps(fa));
    }
    expect([...sentences(bylaw.en).keys()]).to.deep.equal([...sentences(bylaw.fa).keys()]);
  });

  it('is written in careful Persian', () => {
    const written = [...sentences(bylaw.fa), ...sentences(inside(board.fa, 'duties'))];
    for (const [key, text] of [...written, ...sentences(inside(board.fa, 'seats'))]) {
      expect(mistakesIn(text), `${key}: ${text}`).to.be.empty;
    }
  });
});

describe('the proof-reader', () => {
  const wrong = ['می شود', 'ميشود', 'کتاب ها', 'نرم افزار', 'خانه\u200c', 'دو  فاصله', 'یک ، دو'];
  for (const text of wrong) {
    it(`marks «${text}»`, () => expect(mistakesIn(text)).to.not.be.empty);
  }
  it('has nothing to say of a good sentence', () => {
    expect(mistakesIn('کمک‌های مردم در {{day}} ثبت می‌شود؛ تنها میان این دو، هیچ‌کس نیست.')).to.be
      .empty;
  });
});

function locale(lang: string, namespace: string): Words {
  return require(`../../locales/${lang}/${namespace}.json`) as Words;
}

function inside(words: Words, ...path: string[]): Words {
  return path.reduce((at, key) => at[key] as Words, words);
}

/** The sentence at this place, which must be there and not be empty. */
function said(words: Words, ...path: string[]): string {
  const found: unknown = inside(words, ...path);
  expect(found, path.join('.')).to.be.a('string').that.is.not.empty;
  return found as string;
}

function sentences(words: Words, under = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[under + key, value] as const]
        : [...sentences(value, `${under}${key}.`)],
    ),
  );
}

/** What the caller fills in; what the province calls the board is filled in everywhere. */
function gaps(text: string): string[] {
  const all = text.match(/\{\{\w+\}\}/g) ?? [];
  return all.filter((gap) => !gap.startsWith('{{board')).sort();
}
