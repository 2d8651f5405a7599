/** On the page of a receipt: the bank's number, the goods, the service and the parts of the gift. */
import type { Response } from 'express';
import { may } from '../access/powers.ts';
import { formatHours, formatQuantity } from '../values/quantity.ts';
import { centreRoot } from '../web/written.ts';
import type { ReceiptPaper } from './receipt-paper.ts';

type Fact = { term: string; text: string; ltr?: boolean; small?: string; href?: string };

export function besideShown(res: Response, sheet: ReceiptPaper) {
  const { items, parts } = sheet;
  const tables = [
    ...(items ? [goodsTable(res, items)] : []),
    ...(parts ? [partsTable(res, parts)] : []),
  ];
  return { beside: [...bankFacts(res, sheet), ...serviceFacts(res, sheet)], tables };
}

function bankFacts(res: Response, { reference, gift, number: receipt }: ReceiptPaper): Fact[] {
  if (!reference) return [];
  const { t, show, actor, centre } = res.locals;
  const { number, bank, dueOn } = reference;
  const term = t(`paper:receipt.reference.${gift ?? 'transfer'}`);
  // What has become of a cheque since stands in its register.
  const isOpen = gift === 'cheque' && may(actor!, 'cheques.read', centre);
  const register = isOpen && `${centreRoot(res)}/donations/cheques/${receipt}`;
  return [
    { term, text: show.digits(number), ltr: true, ...(register && { href: register }) },
    ...(bank ? [{ term: t('paper:receipt.bank'), text: bank }] : []),
    ...(dueOn ? [{ term: t('paper:receipt.due-on'), text: show.day(dueOn) }] : []),
  ];
}

function serviceFacts({ locals: { t, language } }: Response, { service }: ReceiptPaper): Fact[] {
  if (!service) return [];
  const hours = formatHours(service.hoursCenti, language);
  const small = t('donations:hours', { hours });
  return [{ term: t('paper:receipt.service'), text: service.description, small }];
}

function goodsTable(
  { locals: { t, show, language } }: Response,
  items: NonNullable<ReceiptPaper['items']>,
) {
  const say = (key: string) => t(`paper:receipt.${key}`);
  const several = items.some(({ fund }) => fund !== undefined);
  return {
    columns: [
      { text: say('item'), head: true, area: 'who' },
      { text: say('quantity'), label: true },
      { text: say('condition'), label: true },
      { text: say('expires'), label: true },
      ...(several ? [{ text: say('part-fund'), label: true }] : []),
      { text: say('value'), num: true, label: true },
    ],
    rows: items.map((item) => ({
      cells: [
        item.name,
        t('donations:quantity', {
          ...{ quantity: formatQuantity(item.quantityMilli, language), unit: item.unit },
        }),
        item.condition,
        item.expiresOn ? { text: show.date(item.expiresOn), ltr: true } : '',
        ...(several ? [item.fund ?? ''] : []),
        show.rial(item.valueRial),
      ],
    })),
  };
}

function partsTable({ locals: { t, show } }: Response, parts: NonNullable<ReceiptPaper['parts']>) {
  return {
    columns: [
      { text: t('paper:receipt.part-fund'), head: true, area: 'who' },
      { text: t('paper:receipt.part-amount'), num: true, label: true },
    ],
    rows: parts.map(({ name, amountRial }) => ({ cells: [name, show.rial(amountRial)] })),
  };
}
