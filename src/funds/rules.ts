/** Where rulings differ and the province may choose what a rule does; all others stay as they came. */
import type { Reaction } from './schema.ts';

const CHOICES: Record<string, readonly Reaction[]> = {
  'leave-of-a-mujtahid': ['block', 'warn'],
  'better-not-to-sayyids': ['block', 'warn', 'allow'],
  'only-the-poor': ['block', 'warn'],
  'sixty-persons': ['block', 'warn'],
  'spent-in-three-days': ['warn', 'allow'],
  'vowed-day': ['warn', 'allow'],
  'second-dowry': ['block', 'warn', 'allow'],
  'as-agreed': ['block', 'warn', 'allow'],
  'change-by-consent': ['block', 'allow'],
  'change-to-nearest': ['block', 'allow'],
};

/** The share of the Imam is not spent without leave; of the sayyids' share leave is a precaution. */
const CHOICES_OF_FUND: Record<string, typeof CHOICES> = {
  'khums-sadat': { 'leave-of-the-marja': ['block', 'warn'] },
};

/** What a rule of a fund may do: what it does, and where there is a choice the others. */
export function mayReact(fund: string, rule: string, reaction: Reaction): readonly Reaction[] {
  return CHOICES_OF_FUND[fund]?.[rule] ?? CHOICES[rule] ?? [reaction];
}
