/** Rows of a batch as a form or a program sends them, read by the schema of every gift. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { type FieldFault, Refusal } from '../refusal.ts';
import { type BatchGift, MOST_ROWS } from './batches.ts';
import { readGiftOf } from './gift-form.ts';
import type { GiftKind } from './posting.ts';

/** What comes in numbers: money. Goods and services are looked at one by one. */
export const BATCH_KINDS = ['cash', 'card', 'transfer', 'cheque'] as const satisfies GiftKind[];

/** A program sends many rows, each the body of a gift without its day; a form sends one. */
export const batchRowsBody = z.object({
  rows: z.array(z.record(z.string(), z.unknown())).min(1).max(MOST_ROWS).optional(),
});

type Raw = Record<string, unknown>;

export function readRows(req: Request, res: Response, receivedOn: string): BatchGift[] {
  const body = (req.body ?? {}) as Raw;
  if (!Array.isArray(body.rows)) return [readRow(res, body, receivedOn)];
  if (body.rows.length === 0 || body.rows.length > MOST_ROWS) {
    const full = { key: 'donations:refusals.batch-count', values: { max: MOST_ROWS } };
    const fault = body.rows.length === 0 ? { key: 'common:refusals.needed' } : full;
    const fields = [{ field: 'rows', ...fault }];
    throw new Refusal('common:refusals.check-fields', { status: 422, fields });
  }
  const faults: FieldFault[] = [];
  const gifts = body.rows.flatMap((row: unknown, at: number) => {
    try {
      return [readRow(res, row as Raw, receivedOn)];
    } catch (fault) {
      if (!(fault instanceof Refusal) || faults.length > 50) throw fault;
      const { fields = [{ field: fault.details.field ?? '_', key: fault.key }] } = fault.details;
      faults.push(...fields.map((one) => ({ ...one, field: `rows.${at}.${one.field}` })));
      return [];
    }
  });
  if (faults.length === 0) return gifts;
  throw new Refusal('common:refusals.check-fields', { status: 422, fields: faults });
}

function readRow(res: Response, raw: Raw, receivedOn: string): BatchGift {
  const { actor, centre } = res.locals;
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    const fields = [{ field: '_', key: 'common:refusals.unreadable' }];
    throw new Refusal('common:refusals.check-fields', { status: 422, fields });
  }
  const kind = raw.kind === undefined || raw.kind === '' ? 'cash' : raw.kind;
  if (!BATCH_KINDS.some((known) => known === kind)) {
    const fields = [{ field: 'kind', key: 'donations:refusals.batch-kind' }];
    throw new Refusal('common:refusals.check-fields', { status: 422, fields });
  }
  // A form has a field for the number, also where cash has none.
  const { reference, ...rest } = raw;
  const named = reference === '' ? rest : raw;
  const gift = readGiftOf({ ...named, kind, receivedOn }, actor!.today);
  const { receivedOn: _day, unusualAmount, receivedBy, ...told } = gift;
  if (told.donor && !told.donor.name && !may(actor!, 'donors.read', centre)) {
    throw new Refusal('donations:refusals.donor-name', { status: 422, field: 'donor' });
  }
  return told;
}
