/** What each kind of gift asks for before it is entered. The database holds the same. */

import type { Actor } from '../access/actor.ts';
import { refuseBoxSlip } from '../boxes/remittances.ts';
import { uphold } from '../bylaw/clause.ts';
import { mosqueApart } from '../bylaw/points.ts';
import { oneBankAccount } from '../bylaw/resources.ts';
import { bankAccountOrNone } from '../centres/bank-accounts.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { type FieldFault, Refusal } from '../refusal.ts';
import { searchText } from '../values/persian-text.ts';
import { MAX_RIAL } from '../values/rial.ts';
import { isForMosque } from './funds.ts';
import {
  type BankReference,
  type GiftParts,
  type GoodsItem,
  type Part,
  partsOfItems,
  type ServiceGiven,
} from './gift-parts.ts';
import { AT_THE_DESK, BY_BANK, type GiftKind } from './posting.ts';
import type { Taker } from './takers.ts';

export const MOST_PARTS = 20;
export const MOST_ITEMS = 90;

type GiftOfKind = GiftParts & {
  kind: GiftKind;
  amountRial: number;
  fund: string;
  receivedOn: string;
  depositId?: number;
  taker: Taker;
};

const statements = prepared((db) => ({
  again: db.$client.prepare(
    // By the figures first: the centre has more gifts than there are payments with the same.
    `SELECT r.year, r.number, g.bank FROM gift_references g
     CROSS JOIN donations d ON d.id = g.donation_id AND d.centre_id = @centreId AND d.kind = @kind
     JOIN receipts r ON r.donation_id = d.id
     WHERE ltrim(g.reference, '0') = ltrim(@reference, '0')
       AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)`,
  ),
  waiting: db.$client
    .prepare(
      `SELECT id FROM deposits d WHERE centre_id = ? AND ltrim(reference, '0') = ltrim(?, '0')
         AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id)`,
    )
    .pluck(),
}));

/** Refuses a gift that is not whole, or that this hand may not take. */
export function upholdForKind(db: Db, actor: Actor, centre: Centre, gift: GiftOfKind): void {
  const { kind } = gift;
  // Most gifts are cash with one intention: for them nothing of the rest is asked.
  if (kind === 'cash' && !gift.parts && !gift.reference && !gift.items && !gift.service) return;
  requireHand(actor, centre, gift);
  if (gift.parts) requireParts(gift, gift.parts);
  if (BY_BANK.includes(kind)) requireReference(db, centre, gift, gift.reference);
  if (kind === 'goods') requireItems(db, gift, gift.items ?? []);
  if (kind === 'service') requireService(db, gift.service);
  if (!isOfItsKind(gift)) throw new Refusal('donations:refusals.not-of-kind', { status: 422 });
}

/** B-45: the volunteer at the desk takes cash and cards; the rest is a trustee's. */
function requireHand(actor: Actor, centre: Centre, { kind, taker }: GiftOfKind): void {
  if (AT_THE_DESK.includes(kind)) return;
  const seated = actor.seats.some(({ centreId }) => centreId === centre.id);
  if (!seated) {
    throw new Refusal('donations:refusals.desk-kinds', { status: 403, clause: 'B-45' });
  }
  if (taker.seat === 'volunteer') {
    const field = 'receivedBy';
    throw new Refusal('donations:refusals.desk-kinds', { status: 422, clause: 'B-45', field });
  }
}

function requireParts({ amountRial, fund }: GiftOfKind, parts: Part[]): void {
  const values = { max: MOST_PARTS };
  const refuse = (key: string, field = 'funds'): never => {
    throw new Refusal(`donations:refusals.${key}`, { status: 422, field, values });
  };
  if (parts.length < 2) refuse('two-parts');
  if (parts.length > MOST_PARTS) refuse('too-many-parts');
  const again = parts.findIndex((part, at) => parts.findIndex((p) => p.fund === part.fund) < at);
  if (again >= 0) refuse('fund-twice', `funds.${again}.fund`);
  const sum = sumOf(parts.map((part) => part.amountRial));
  if (sum > MAX_RIAL) refuse('parts-sum');
  if (sum !== amountRial) refuse('parts-differ');
  if (parts[0]!.fund !== fund) refuse('not-of-kind');
}

function requireReference(
  db: Db,
  centre: Centre,
  { kind, depositId }: GiftOfKind,
  given: BankReference | undefined,
): void {
  if (kind !== 'cheque' && !bankAccountOrNone(db, centre.id)) {
    throw new Refusal('donations:refusals.no-bank-account', {
      ...{ clause: oneBankAccount.id, mend: '/bank-account' },
    });
  }
  const fields = [
    ...(given?.reference ? [] : ['reference']),
    ...(kind === 'cheque' && !given?.bank ? ['bank'] : []),
    ...(kind === 'cheque' && !given?.dueOn ? ['dueOn'] : []),
  ];
  if (!given || fields.length > 0) refuseFields(fields.map((field) => [field, 'needed'] as const));
  else refuseAgain(db, centre, kind, given, depositId);
}

/**
 * The same figures of the same bank are the same money, and of a transfer also where a bank was not
 * told; unless the first receipt was cancelled.
 */
function refuseAgain(
  db: Db,
  centre: Centre,
  kind: GiftKind,
  { reference, bank }: BankReference,
  depositId: number | undefined,
): void {
  const known = statements(db).again.all({ centreId: centre.id, kind, reference }) as Known[];
  const again = known.find((one) => isSameBank(kind, one.bank, bank ?? null));
  if (again) {
    const receipt = writtenNumber(again.year, again.number, 6);
    throw new Refusal('donations:refusals.reference-again', {
      ...{ field: 'reference', values: { receipt } },
      mend: `/donations/receipts/${receipt}`,
    });
  }
  if (kind === 'transfer') refuseBoxSlip(db, centre.id, reference);
  const waiting = statements(db).waiting.get(centre.id, reference) as number | undefined;
  if (kind !== 'transfer' || waiting === undefined || waiting === depositId) return;
  const mend = `/donations/deposits/${waiting}`;
  throw new Refusal('donations:refusals.deposit-waits', { field: 'reference', mend });
}

type Known = { year: number; number: number; bank: string | null };

function isSameBank(kind: GiftKind, one: string | null, other: string | null): boolean {
  if (kind === 'transfer' && (one === null || other === null)) return true;
  return searchText(one ?? '') === searchText(other ?? '');
}

function requireItems(db: Db, gift: GiftOfKind, items: GoodsItem[]): void {
  const values = { max: MOST_ITEMS };
  const refuse = (key: string) => {
    throw new Refusal(`donations:refusals.${key}`, { status: 422, field: 'items', values });
  };
  if (items.length === 0) refuse('no-items');
  if (items.length > MOST_ITEMS) refuse('too-many-items');
  const sum = sumOf(items.map(({ valueRial }) => valueRial));
  if (sum > MAX_RIAL || sum !== gift.amountRial) refuse('items-sum');
  if (!isByLines(gift.parts ?? [], items)) refuse('goods-by-line');
  refuseFields(
    items.flatMap(({ expiresOn }, at) =>
      expiresOn !== null && expiresOn < gift.receivedOn
        ? [[`items.${at}.expiresOn`, 'donations:refusals.expired'] as const]
        : [],
    ),
  );
  items.forEach(({ name }, at) => {
    refuseMosque(db, name, `items.${at}.name`);
  });
}

/** The parts of a gift of goods are what its lines come to, each line in its own intention. */
function isByLines(parts: Part[], items: GoodsItem[]): boolean {
  const sums = new Map(partsOfItems(items).map(({ fund, amountRial }) => [fund, amountRial]));
  const said = items.filter(({ fund }) => fund !== undefined).length;
  return (
    said === (parts.length > 0 ? items.length : 0) &&
    sums.size === parts.length &&
    parts.every(({ fund, amountRial }) => sums.get(fund) === amountRial)
  );
}

function requireService(db: Db, service: ServiceGiven | undefined): void {
  if (!service) refuseFields([['service.description', 'needed'] as const]);
  else refuseMosque(db, service.description, 'service.description');
}

function refuseMosque(db: Db, text: string, field: string): void {
  const meantForMosque = isForMosque(db, searchText(text));
  uphold(mosqueApart, { meantForMosque }, { status: 422, field });
}

/** Nothing stands where it does not belong. */
function isOfItsKind({ kind, reference, items, service, depositId }: GiftOfKind): boolean {
  return (
    (reference === undefined || BY_BANK.includes(kind)) &&
    (reference?.dueOn === undefined || reference.dueOn === null || kind === 'cheque') &&
    (items === undefined || kind === 'goods') &&
    (service === undefined || kind === 'service') &&
    (depositId === undefined || kind === 'transfer')
  );
}

function refuseFields(faults: (readonly [field: string, key: string])[]): void {
  if (faults.length === 0) return;
  const fields = faults.map(
    ([field, key]): FieldFault => ({
      field,
      key: key === 'needed' ? 'common:refusals.needed' : key,
    }),
  );
  throw new Refusal('common:refusals.check-fields', { status: 422, fields });
}

const sumOf = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
