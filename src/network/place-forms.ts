/** What the forms of the network's places share: a place by name and, if it is known, on the map. */
import type { z } from 'zod';
import { readDegrees } from '../centres/centre-form.ts';
import { latinDigits } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { typedOrNone } from '../web/forms.ts';

export const pointFields = {
  lat: typedOrNone((text) => readDegrees(text, 'lat')),
  lon: typedOrNone((text) => readDegrees(text, 'lon')),
};

/** A place on earth has both its numbers. */
export function askBoth({ lat, lon }: { lat?: number; lon?: number }, context: z.RefinementCtx) {
  if ((lat === undefined) === (lon === undefined)) return;
  const path = [lat === undefined ? 'lat' : 'lon'];
  context.addIssue({ code: 'custom', path, message: 'common:refusals.needed' });
}

/** A whole number as it was typed, in any digits, within its bounds. */
export const readCount =
  ({ from = 1, to = 99_999 }: { from?: number; to?: number } = {}) =>
  (text: string): Reading<number> => {
    const digits = latinDigits(text.trim());
    const number = /^\d{1,6}$/.test(digits) ? Number(digits) : Number.NaN;
    return number >= from && number <= to
      ? { value: number }
      : { fault: 'network:faults.count', values: { from, to } };
  };
