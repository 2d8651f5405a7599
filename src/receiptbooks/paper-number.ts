/** The number of the paper receipt that a gift was written out on, as its form or a program names it. */
import type { Request } from 'express';
import { Refusal } from '../refusal.ts';
import { latinDigits } from '../values/persian-text.ts';

/** As `12345`, or with the letters before it `A-12345`; undefined where none was named. */
export function paperNamed(req: Request): { series: string; number: number } | undefined {
  const { paperReceipt } = (req.body ?? {}) as { paperReceipt?: unknown };
  const written = latinDigits(String(paperReceipt ?? '')).trim();
  if (written === '') return undefined;
  const [, series, number] = /^(?:(.{1,10}?)[- ]+)?(\d{1,9})$/.exec(written) ?? [];
  if (number) return { series: series?.trim() ?? '', number: Number(number) };
  throw new Refusal('receiptbooks:refusals.no-such-leaf', { status: 422, field: 'paperReceipt' });
}
