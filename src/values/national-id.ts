import { later } from '../later.ts';
import type { Reading } from './reading.ts';
import { typedNumber } from './typed-number.ts';

const tools = later<typeof import('@persian-tools/persian-tools')>('@persian-tools/persian-tools');

/** Reads a person's national ID, kept as text because of the zeros at its start. */
export function readNationalId(typed: string): Reading<string> {
  const id = typedNumber(typed);
  if (id === '') return { fault: 'values:national-id.empty' };
  if (!/^\d+$/.test(id)) return { fault: 'values:national-id.digits' };
  if (id.length === 8 || id.length === 9) return asPadded(id.padStart(10, '0'));
  if (id.length !== 10) return { fault: 'values:national-id.length' };
  return isNationalId(id) ? { value: id } : { fault: 'values:national-id.check' };
}

/** A spreadsheet eats the zeros at the start; whether it did is for the person to say. */
function asPadded(suggestion: string): Reading<string> {
  return isNationalId(suggestion)
    ? { fault: 'values:national-id.padded', values: { suggestion } }
    : { fault: 'values:national-id.length' };
}

/** Ten equal digits pass the sum, and are nobody's. */
function isNationalId(id: string): boolean {
  return tools().validateNationalIdChecksum(id) && !/^(\d)\1*$/.test(id);
}

/** Reads the national ID of a company or another legal person. */
export function readLegalId(typed: string): Reading<string> {
  const id = typedNumber(typed);
  if (id === '') return { fault: 'values:legal-id.empty' };
  if (!/^\d+$/.test(id)) return { fault: 'values:legal-id.digits' };
  if (id.length !== 11) return { fault: 'values:legal-id.length' };
  return tools().verifyIranianLegalId(id) ? { value: id } : { fault: 'values:legal-id.check' };
}

/** Enough to tell two people apart on a screen that others can see, and no more. */
export function maskNationalId(id: string): string {
  return id.slice(-4).padStart(id.length, '\u2022');
}
