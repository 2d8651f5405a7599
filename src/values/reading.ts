/** What came of reading typed text: the value, or the key of the sentence that says what is wrong. */
export type Reading<T> = { value: T } | { fault: string; values?: Record<string, string | number> };
