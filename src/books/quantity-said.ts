/** A quantity of goods in a statement: what was taken back may be less than nothing. */
import type { Language } from '../values/language.ts';
import { formatQuantity } from '../values/quantity.ts';
import type { Words } from '../words.ts';

export function quantitySaid(milli: number, unit: string, t: Words, lang: Language): string {
  const sign = milli < 0 ? '\u2212' : '';
  return `${sign}${formatQuantity(Math.abs(milli), lang)} ${t(`goods:units.${unit}`)}`;
}
