/** The words of a letter on its page, whatever its kind. */
import type { Worded } from '../templates/wording.ts';
import type { Words } from '../words.ts';
import type { Letter } from './letter.ts';

/** All of them: the title, to whom, about what, the greeting, the text, the closing. */
export function drawWords(letter: Letter, words: Worded, addressee: string[], t: Words): void {
  drawOpening(letter, words, addressee, t);
  drawBlocks(letter, words);
  if (words.closing) letter.paragraph(words.closing);
}

export function drawOpening(
  letter: Letter,
  { title, subject, greeting }: Pick<Worded, 'title' | 'subject' | 'greeting'>,
  addressee: string[],
  t: Words,
): void {
  if (title) letter.title(title);
  for (const text of addressee) letter.line([{ text, weight: 'bold' }]);
  if (subject) {
    letter.line([{ text: t('paper:letter.subject'), weight: 'bold' }, { text: subject }]);
  }
  if (greeting) letter.line(greeting);
  letter.space(1.5);
}

export function drawBlocks(letter: Letter, { paragraphs }: Pick<Worded, 'paragraphs'>): void {
  for (const block of paragraphs) {
    if (typeof block === 'string') letter.paragraph(block);
    else {
      letter.list(block.list);
      letter.space(2);
    }
  }
}
