/** What stands beside a gift as programs are told of it: the body that entered it, read back. */
import { formatHours, formatQuantity } from '../values/quantity.ts';
import { STORE_NAMES } from './gift-fields.ts';
import type { GiftParts, GoodsItem } from './gift-parts.ts';
import { STORES } from './posting.ts';

export function toldParts({ parts, reference, items, service }: GiftParts) {
  return {
    ...(parts &&
      !items && { funds: parts.map(({ fund, amountRial }) => ({ fund, amount: amountRial })) }),
    ...(reference && toldReference(reference)),
    ...(items && { items: items.map(toldItem) }),
    ...(service && {
      service: {
        description: service.description,
        hours: plain(formatHours(service.hoursCenti, 'en')),
      },
    }),
  };
}

function toldReference({ reference, bank, dueOn }: NonNullable<GiftParts['reference']>) {
  return { reference, ...(bank && { bank }), ...(dueOn && { dueOn }) };
}

function toldItem({ quantityMilli, valueRial, account, ...item }: GoodsItem) {
  const store = STORE_NAMES.find((name) => STORES[name] === account);
  const quantity = plain(formatQuantity(quantityMilli, 'en'));
  return { ...item, quantity, value: valueRial, store };
}

/** A number for programs has no marks between its thousands. */
const plain = (text: string) => text.replaceAll(',', '');
