/** The two languages every page and paper speaks, the product's own first. */
export const LANGUAGES = ['fa', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];
