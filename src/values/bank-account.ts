import { later } from '../later.ts';
import { typedFigures } from './persian-text.ts';
import type { Reading } from './reading.ts';
import { typedNumber } from './typed-number.ts';

const tools = later<typeof import('@persian-tools/persian-tools')>('@persian-tools/persian-tools');

/** Reads an Iranian IBAN, with or without its IR. */
export function readIban(typed: string): Reading<string> {
  const iban = typedNumber(typed).toUpperCase().replace(/^IR/, '');
  if (iban === '') return { fault: 'values:iban.empty' };
  if (isCardNumber(iban)) return { fault: 'values:iban.card' };
  if (!/^\d{24}$/.test(iban)) return { fault: 'values:iban.length' };
  return tools().isShebaValid(`IR${iban}`)
    ? { value: `IR${iban}` }
    : { fault: 'values:iban.check' };
}

/** In fours, as it is printed on a cheque. */
export function formatIban(iban: string): string {
  return iban.replace(/.{4}(?=.)/g, '$& ');
}

/** Reads an account number; a centre's money never goes to a card, for a card is a person's. */
export function readAccountNumber(typed: string): Reading<string> {
  const account = typedFigures(typed).replaceAll(' ', '');
  if (account === '') return { fault: 'values:account.empty' };
  if (isCardNumber(account)) return { fault: 'values:account.card' };
  if (!/^\d[\d./-]*$/.test(account)) return { fault: 'values:account.digits' };
  const digits = account.replace(/\D/g, '').length;
  return digits < 5 || digits > 24 ? { fault: 'values:account.length' } : { value: account };
}

/** True of what a bank card could bear: sixteen digits that satisfy Luhn. */
export function isCardNumber(typed: string): boolean {
  const digits = Array.from(typedNumber(typed), Number);
  const doubled = digits.map((digit, at) => (at % 2 === 0 ? digit * 2 : digit));
  const sum = doubled.reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return digits.length === 16 && sum % 10 === 0;
}
