/** The two expected answers that are no answer; whatever else is thrown is a fault of ours. */

export type FieldFault = { field: string; key: string; values?: Record<string, string | number> };

export type RefusalDetails = {
  /** 401 no login, 403 no power, 409 the state forbids it, 422 the input is wrong; 409 unless said. */
  status?: 400 | 401 | 403 | 409 | 413 | 415 | 422 | 429 | 503;
  /** The clause of the bylaw that is the reason, as `B-128`. */
  clause?: string;
  values?: Record<string, string | number>;
  /** The one field this refusal is about. */
  field?: string;
  fields?: FieldFault[];
  /** The page, below the province or the centre, where the reader can mend what is missing. */
  mend?: string;
};

/**
 * A rule forbids the act.
 *
 * The key names a sentence in `locales`; the page says it in the reader's language, keeps what was
 * typed, and nothing is logged.
 */
export class Refusal extends Error {
  readonly key: string;
  readonly status: NonNullable<RefusalDetails['status']>;
  readonly details: RefusalDetails;

  constructor(key: string, details: RefusalDetails = {}) {
    super(key);
    this.name = 'Refusal';
    this.key = key;
    this.status = details.status ?? 409;
    this.details = details;
  }
}

/** A name given in both languages, as `fundFa` and `fundEn`, is `fund` in the reader's sentence. */
export function namedIn(language: 'fa' | 'en', values: FieldFault['values'] = {}) {
  const own = language === 'fa' ? 'Fa' : 'En';
  const names = Object.entries(values)
    .filter(([name]) => name.endsWith(own))
    .map(([name, value]) => [name.slice(0, -2), value] as const);
  return { ...values, ...Object.fromEntries(names) };
}

/** There is no such thing, or the reader may not know of it: both look the same from outside. */
export class NotFound extends Error {
  constructor() {
    super('not found');
    this.name = 'NotFound';
  }
}
