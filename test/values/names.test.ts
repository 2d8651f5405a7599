import { expect } from 'chai';
import { readLine, readName, readParagraph } from '../../src/values/persian-text.ts';

/** Marks that hide or turn what is written, by what they are. */
const marks = {
  'a null': '\u0000',
  'a bell': '\u0007',
  'a delete': '\u007f',
  'a next line': '\u0085',
  'a soft hyphen': '\u00ad',
  'an Arabic letter mark': '\u061c',
  'a zero-width space': '\u200b',
  'a joiner': '\u200d',
  'a left-to-right mark': '\u200e',
  'a right-to-left mark': '\u200f',
  'a line separator': '\u2028',
  'a paragraph separator': '\u2029',
  'an embedding': '\u202a',
  'the end of an embedding': '\u202c',
  'an override': '\u202e',
  'a word joiner': '\u2060',
  'an isolate': '\u2066',
  'the end of an isolate': '\u2069',
  'a byte order mark': '\ufeff',
  'half a letter': '\ud83d',
  'a private letter': '\ue000',
  'a noncharacter': '\uffff',
};

describe('a name', () => {
  it('is kept in normal spelling', () => {
    expect(readName(' علي  رضايي ')).to.deep.equal({ value: 'علی رضایی' });
    expect(readName("Maryam O'Neil-۲")).to.deep.equal({ value: "Maryam O'Neil-۲" });
  });

  it('may have a half-space', () => {
    expect(readName('رضایی\u200cنژاد')).to.deep.equal({ value: 'رضایی\u200cنژاد' });
  });

  it('is not empty, not only spaces, and not only signs', () => {
    for (const text of ['', '   ', '\u00a0\t\n', '\u200c', ' \u200c ', '-', '«».', '\u064e', '…'])
      expect(readName(text), JSON.stringify(text)).to.deep.equal({ fault: 'values:name.blank' });
  });

  it('has at most two hundred characters, or as many as are asked for', () => {
    expect(readName('م'.repeat(200)))
      .to.have.property('value')
      .of.length(200);
    const tooLong = { fault: 'values:name.too-long', values: { max: 200 } };
    expect(readName('م'.repeat(201))).to.deep.equal(tooLong);
    expect(readName('م'.repeat(10_000))).to.deep.equal(tooLong);
    expect(readName('مریم', { max: 3 })).to.deep.include({ values: { max: 3 } });
  });

  it('counts what is kept, not what was typed, and an astral letter once', () => {
    expect(readName(`م${' '.repeat(500)}ن`)).to.deep.equal({ value: 'م ن' });
    expect(readName('م😀', { max: 2 })).to.deep.equal({ value: 'م😀' });
  });

  for (const [mark, character] of Object.entries(marks))
    it(`has no ${mark.replace(/^(an?|the) /, '')} in it`, () => {
      expect(readName(`مر${character}یم`)).to.deep.equal({ fault: 'values:name.mark' });
      expect(readLine(`مر${character}یم`)).to.deep.equal({ fault: 'values:text.mark' });
      expect(readParagraph(`مر${character}یم`)).to.deep.equal({ fault: 'values:text.mark' });
    });

  it('has no line break or tab in it', () => {
    for (const text of ['مریم\nرضایی', 'مریم\tرضایی', '\u202eمریم'])
      expect(readName(text)).to.deep.equal({ fault: 'values:name.mark' });
  });
});

describe('a line of text', () => {
  it('may be left empty', () => {
    expect(readLine('')).to.deep.equal({ value: '' });
    expect(readLine(' \n ')).to.deep.equal({ value: '' });
  });

  it('is kept in normal spelling and one line', () => {
    expect(readLine(' براي  مسجد\n')).to.deep.equal({ value: 'برای مسجد' });
    expect(readLine('الف\nب')).to.deep.equal({ fault: 'values:text.mark' });
  });

  it('has at most three hundred characters', () => {
    const tooLong = { fault: 'values:text.too-long', values: { max: 300 } };
    expect(readLine('م'.repeat(301))).to.deep.equal(tooLong);
  });
});

describe('a paragraph', () => {
  it('keeps its lines, whichever way they were broken', () => {
    expect(readParagraph('يك \r\n دو\rسه\n')).to.deep.equal({ value: 'یک\nدو\nسه' });
  });

  it('keeps one empty line of many and none around it', () => {
    expect(readParagraph('\n\n الف\n\n\n \nب\n\n')).to.deep.equal({ value: 'الف\n\nب' });
    expect(readParagraph('\n \n')).to.deep.equal({ value: '' });
  });

  it('takes a tab for a space', () => {
    expect(readParagraph('الف\tب')).to.deep.equal({ value: 'الف ب' });
  });

  it('has at most four thousand characters', () => {
    const tooLong = { fault: 'values:text.too-long', values: { max: 4000 } };
    expect(readParagraph('م'.repeat(4001))).to.deep.equal(tooLong);
  });
});
