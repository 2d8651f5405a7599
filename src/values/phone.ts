import type { Reading } from './reading.ts';
import { typedNumber } from './typed-number.ts';

/** Reads a mobile number, from this country or as seen from outside, as 09123456789. */
export function readMobile(typed: string): Reading<string> {
  const phone = phoneOf(typed);
  if (phone === '') return { fault: 'values:mobile.empty' };
  return /^09\d{9}$/.test(phone) ? { value: phone } : { fault: 'values:mobile.shape' };
}

/** Reads a mobile number, or a landline with its area code. */
export function readPhone(typed: string): Reading<string> {
  const phone = phoneOf(typed);
  if (phone === '') return { fault: 'values:phone.empty' };
  return /^0[1-9]\d{9}$/.test(phone) ? { value: phone } : { fault: 'values:phone.shape' };
}

function phoneOf(typed: string): string {
  const digits = typedNumber(typed).replace(/^(?:\+98|0098|98(?=\d{10}$))/, '');
  return /^[1-9]\d{9}$/.test(digits) ? `0${digits}` : digits;
}

/** Reads a postal code; the post publishes no check digit. */
export function readPostalCode(typed: string): Reading<string> {
  const code = typedNumber(typed);
  if (code === '') return { fault: 'values:postal-code.empty' };
  return /^\d{10}$/.test(code) ? { value: code } : { fault: 'values:postal-code.shape' };
}

/** The post gives no 0 and 2 in the first five digits; worth asking about, not worth refusing. */
export function isUnlikelyPostalCode(code: string): boolean {
  return /[02]/.test(code.slice(0, 5));
}
