/** What a gift is beside its amount: parts, the bank's number, goods, a service. Final with it. */
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import type { CONDITIONS, UNITS } from './schema.ts';

export type Part = { fund: string; amountRial: number };
export type BankReference = { reference: string; bank?: string | null; dueOn?: string | null };
export type GoodsItem = {
  name: string;
  quantityMilli: number;
  unit: (typeof UNITS)[number];
  /** For the whole line. */
  valueRial: number;
  condition: (typeof CONDITIONS)[number];
  expiresOn: string | null;
  /** The store account it is booked to. */
  account: string;
  /** Its intention, where the lines of a gift have several. */
  fund?: string;
};
export type ServiceGiven = { description: string; hoursCenti: number };

/** What stands beside a gift; most gifts have none of it. */
export type GiftParts = {
  parts?: Part[];
  reference?: BankReference;
  items?: GoodsItem[];
  service?: ServiceGiven;
};

const statements = prepared((db) => ({
  part: db.$client.prepare('INSERT INTO gift_funds VALUES (?, ?, ?, ?)'),
  reference: db.$client.prepare('INSERT INTO gift_references VALUES (?, ?, ?, ?)'),
  item: db.$client.prepare('INSERT INTO gift_items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  service: db.$client.prepare('INSERT INTO gift_services VALUES (?, ?, ?)'),
  parts: db.$client.prepare(
    `SELECT fund, amount_rial AS amountRial FROM gift_funds WHERE donation_id = ? ORDER BY position`,
  ),
  referenceOf: db.$client.prepare(
    'SELECT reference, bank, due_on AS dueOn FROM gift_references WHERE donation_id = ?',
  ),
  items: db.$client.prepare(
    `SELECT name, quantity_milli AS quantityMilli, unit, value_rial AS valueRial, condition,
       expires_on AS expiresOn, account, fund
     FROM gift_items WHERE donation_id = ? ORDER BY position`,
  ),
  serviceOf: db.$client.prepare(
    'SELECT description, hours_centi AS hoursCenti FROM gift_services WHERE donation_id = ?',
  ),
}));

/** Written before the gift itself, which closes them. */
export function writeParts(tx: Tx, donation: number, gift: GiftParts): void {
  const { part, reference, item, service } = statements(tx);
  gift.parts?.forEach(({ fund, amountRial }, at) => {
    part.run(donation, at + 1, fund, amountRial);
  });
  if (gift.reference) {
    const { reference: number, bank, dueOn } = gift.reference;
    reference.run(donation, number, bank ?? null, dueOn ?? null);
  }
  gift.items?.forEach(({ name, quantityMilli, unit, valueRial, condition, ...rest }, at) => {
    const { expiresOn, account, fund = null } = rest;
    item.run(
      ...[donation, at + 1, name, quantityMilli, unit, valueRial, condition, expiresOn],
      ...[account, fund],
    );
  });
  if (gift.service) service.run(donation, gift.service.description, gift.service.hoursCenti);
}

/** What stands beside a gift, as it was written. */
export function partsOf(db: Db, donation: number): GiftParts {
  const found = statements(db);
  const parts = found.parts.all(donation) as Part[];
  const items = (found.items.all(donation) as ItemRow[]).map(itemOf);
  const reference = found.referenceOf.get(donation) as BankReference | undefined;
  const service = found.serviceOf.get(donation) as ServiceGiven | undefined;
  return {
    ...(parts.length > 0 && { parts }),
    ...(reference && { reference }),
    ...(items.length > 0 && { items }),
    ...(service && { service }),
  };
}

type ItemRow = Omit<GoodsItem, 'fund'> & { fund: string | null };

const itemOf = ({ fund, ...item }: ItemRow): GoodsItem => ({ ...item, ...(fund && { fund }) });

/** The parts that lines of goods come to, in the order of their intentions; none where all have one. */
export function partsOfItems(items: GoodsItem[]): Part[] {
  const sums = new Map<string, number>();
  for (const { fund, valueRial } of items) {
    if (fund !== undefined) sums.set(fund, (sums.get(fund) ?? 0) + valueRial);
  }
  return [...sums].map(([fund, amountRial]) => ({ fund, amountRial }));
}
