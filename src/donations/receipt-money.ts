/** The figure of a gift with its unit, as it was said on the day of the receipt. */
import type { Language } from '../values/language.ts';
import { newUnit } from '../values/money-unit.ts';
import { formatRial } from '../values/rial.ts';
import type { Words } from '../words.ts';

export function moneyOnPaper(t: Words, rial: number, lang: Language): string {
  const amount = formatRial(rial, lang);
  return newUnit()
    ? t('common:units.new-rial-amount', { amount })
    : t('paper:receipt.amount', { amount });
}
