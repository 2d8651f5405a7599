import en from '../../locales/en/values.json' with { type: 'json' };
import fa from '../../locales/fa/values.json' with { type: 'json' };
import type { Language } from './language.ts';

/** The names of months, days and numbers, kept with the other words so that no letter is in here. */
export const valueWords: Record<Language, typeof fa> = { fa, en };
