/** A request for support tells of the program, and of nobody: no identity number, no telephone. */
import { readNationalId } from '../values/national-id.ts';
import { latinDigits, readParagraph } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';

/** Reads a text in which nobody's number stands; whoever answers may know of no person. */
export function readImpersonal(text: string): Reading<string> {
  const read = readParagraph(text, { max: 2000 });
  if ('fault' in read) return read;
  const figures = latinDigits(read.value).match(/\+?\d[\d\s-]{7,}\d/g) ?? [];
  return figures.some(isSomebodys) ? { fault: 'support:faults.personal' } : read;
}

/** An identity number, a mobile, a card or an account: all that is long and of figures. */
function isSomebodys(figures: string): boolean {
  const plain = figures.replaceAll(/[\s-]/g, '');
  return (
    'value' in readNationalId(plain) || /^(\+98|0098|0)9\d{9}$/.test(plain) || plain.length >= 16
  );
}
