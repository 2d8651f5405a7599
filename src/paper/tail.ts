/** The foot of an issued paper: its code to type or to photograph, the address, the hash of its act. */
import { ltr } from './bidi.ts';
import { qrSquare } from './code.ts';
import { type Box, COLOURS, MM } from './ink.ts';
import { leadingOf, type Paper } from './paper.ts';
import { STYLES } from './styles.ts';
import { type Content, plainText } from './text.ts';

export type Tail = {
  /** What the square says: the address with the code in it. */
  scan: string;
  sentences: Content[];
  hash: string;
};

const SQUARE = 20 * MM;
const PADDING = 3 * MM;

/** So much room the foot takes, its rule included. */
export function tailHeight(tail: Tail): number {
  const text = tail.sentences.length * leadingOf(STYLES.tail) + leadingOf(STYLES.hash);
  return PADDING + Math.max(SQUARE, text);
}

/** Draws the foot so that it ends at the bottom of the box. */
export function drawTail(paper: Paper, tail: Tail, box: Box): void {
  const top = box.y - tailHeight(tail);
  paper.artifact(() => {
    paper.ink.rule({ ...box, y: top }, 0.6, COLOURS.rule);
    qrSquare(paper.ink, tail.scan, { x: box.x, y: top + PADDING, width: SQUARE });
  });
  const x = box.x + SQUARE + 4 * MM;
  const width = box.width - SQUARE - 4 * MM;
  let y = box.y - leadingOf(STYLES.hash) - tail.sentences.length * leadingOf(STYLES.tail);
  for (const sentence of tail.sentences) {
    paper.tag('P', plainText(sentence), () => {
      y = paper.write(sentence, STYLES.tail, { x, y, width });
    });
  }
  paper.tag('P', tail.hash, () => {
    paper.write(ltr(tail.hash), STYLES.hash, { x, y, width });
  });
}
