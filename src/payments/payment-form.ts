/** What somebody writes to prepare a payment, read from the form's rows or from a program's lists. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { knownItem } from '../goods/items.ts';
import { CONDITIONS, UNITS } from '../goods/schema.ts';
import { findStore } from '../goods/stores.ts';
import { type FieldFault, NotFound, Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readName } from '../values/persian-text.ts';
import { readQuantity } from '../values/quantity.ts';
import { readRial } from '../values/rial.ts';
import { chosen, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { readCode, readReceiptNumber, rowsIn } from './asked.ts';
import { giftOfReceipt } from './gift-rest.ts';
import { findPayee } from './payees.ts';
import type { AskedGood, AskedLine, AskedPayment } from './payments.ts';
import { refuseKind } from './purposes.ts';
import { findRecipient } from './recipients.ts';
import { PAYMENT_KINDS, SOURCES_OF_MONEY } from './schema.ts';

const headForm = z.object({
  kind: chosen(PAYMENT_KINDS),
  from: chosen(SOURCES_OF_MONEY),
  recipient: typedOrNone(readCode),
  payee: typedOrNone(readCode),
  store: typedOrNone(readCode),
  purpose: typed((text) => readName(text, { max: 300 })),
  reference: typedOrNone((text) => readLine(text, { max: 60 })),
  exception: ticked,
});

const lineForm = z.object({
  fund: typed((text) => readName(text, { max: 40 })),
  account: typed((text) => readName(text, { max: 10 })),
  amount: typed(readRial),
  gift: typedOrNone(readReceiptNumber),
});

const goodForm = (today: string) =>
  z.object({
    name: typed((text) => readName(text, { max: 120 })),
    quantity: typed(readQuantity),
    unit: chosen(UNITS),
    account: typed((text) => readName(text, { max: 10 })),
    value: typed(readRial),
    condition: chosen(CONDITIONS),
    expiresOn: typedOrNone((text) => readDay(text, { today })),
    fund: typed((text) => readName(text, { max: 40 })),
    gift: typedOrNone(readReceiptNumber),
  });

/** As a program sends it. */
export const paymentForm = headForm.extend({
  lines: z.array(lineForm).max(60).optional(),
  goods: z.array(goodForm('')).max(60).optional(),
});

/** What was written; refuses with a sentence for each field that cannot be read. */
export function readPayment(req: Request, res: Response): AskedPayment {
  const { province, centre } = res.locals;
  const body = (req.body ?? {}) as Record<string, unknown>;
  refuseKind(body.kind);
  const head = readBody(req, headForm);
  const { kind } = head;
  const goods = kind === 'purchase' ? readGoods(body, res) : [];
  const { lines, parts } = kind === 'purchase' ? linesOf(goods) : linesTyped(body, res, kind);
  if (head.store !== undefined) findStore(province.db, centre.id, head.store);
  return {
    ...{ kind, account: head.from, purpose: head.purpose, exception: head.exception },
    ...{ reference: head.reference || null, storeId: head.store ?? null },
    recipient: found(head.recipient, 'recipient', (number) =>
      findRecipient(province.db, centre.id, number),
    ),
    payee: found(head.payee, 'payee', (id) => findPayee(province.db, centre.id, id)),
    ...{ lines, goods: parts },
  };
}

/** The one of that number; a number that is nobody's is a fault of its field. */
export function found<T>(
  number: number | undefined,
  field: string,
  find: (number: number) => T,
): T | null {
  if (number === undefined) return null;
  try {
    return find(number);
  } catch (fault) {
    if (!(fault instanceof NotFound)) throw fault;
    throw new Refusal(`payments:refusals.no-${field}`, { status: 422, field });
  }
}

type Lines = { lines: AskedLine[]; parts: AskedGood[] };

const PETTY_LINE = { account: '1103' };

function linesTyped(body: Record<string, unknown>, res: Response, kind: string): Lines {
  const { province, centre } = res.locals;
  const rows = eachRow(rowsIn(body, 'lines', ['fund', 'account']), 'lines', (row) =>
    readBody({ body: { ...(kind === 'petty' ? PETTY_LINE : {}), ...row } } as Request, lineForm),
  );
  const lines = rows.map(({ fund, account, amount, gift, at }) => ({
    ...{ fund, account, amountRial: amount },
    donationId: gift ? giftOfReceipt(province.db, centre.id, gift, `lines.${at}.gift`) : null,
  }));
  return { lines, parts: [] };
}

type Good = Omit<AskedGood, 'line'> & { fund: string; account: string; donationId: number | null };

function readGoods(body: Record<string, unknown>, res: Response): Good[] {
  const { province, centre, actor } = res.locals;
  const given = ['fund', 'unit', 'account', 'condition'];
  const rows = eachRow(rowsIn(body, 'goods', given), 'goods', (row) => {
    const known = knownItem(province.db, centre.id, String(row.name ?? ''), String(row.unit ?? ''));
    // What the centre knows already lies where it always did.
    const account = known?.account ?? row.account;
    const condition = row.condition ?? 'new';
    return readBody({ body: { ...row, account, condition } } as Request, goodForm(actor!.today));
  });
  return rows.map(({ at, quantity, value, gift, expiresOn, ...good }) => ({
    ...{ ...good, quantityMilli: quantity, valueRial: value, expiresOn: expiresOn ?? null },
    donationId: gift ? giftOfReceipt(province.db, centre.id, gift, `goods.${at}.gift`) : null,
  }));
}

/** Goods of one fund, store account and gift are one line of the payment. */
function linesOf(goods: Good[]): Lines {
  const lines: AskedLine[] = [];
  const parts = goods.map(({ fund, account, donationId, ...good }): AskedGood => {
    let line = lines.findIndex(
      (one) => one.fund === fund && one.account === account && one.donationId === donationId,
    );
    if (line < 0) line = lines.push({ fund, account, amountRial: 0, donationId }) - 1;
    lines[line]!.amountRial += good.valueRial;
    return { ...good, line };
  });
  return { lines, parts };
}

/** Reads each row by itself; its faults stand at the row's own place. */
export function eachRow<T>(
  rows: (Record<string, unknown> & { at: number })[],
  list: string,
  read: (row: Record<string, unknown>) => T,
): (T & { at: number })[] {
  const fields: FieldFault[] = [];
  const all = rows.flatMap(({ at, ...row }) => {
    try {
      return [{ ...read(row), at }];
    } catch (fault) {
      if (!(fault instanceof Refusal) || !fault.details.fields) throw fault;
      for (const one of fault.details.fields) {
        fields.push({ ...one, field: `${list}.${at}.${one.field}` });
      }
      return [];
    }
  });
  if (fields.length > 0) throw new Refusal('common:refusals.check-fields', { status: 422, fields });
  return all;
}
