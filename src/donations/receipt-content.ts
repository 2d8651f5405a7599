/** A receipt's paper put into words once, at its issue; every print is drawn from this. */
import type { CentreOnPaper } from '../paper/print-mark.ts';
import { maskNationalId } from '../values/national-id.ts';
import { rialInWords } from '../values/rial.ts';
import type { Words } from '../words.ts';
import type { Donor } from './donors.ts';
import type { GiftFund } from './funds.ts';
import type { BankReference, GiftParts, GoodsItem } from './gift-parts.ts';
import type { GiftKind } from './posting.ts';
import type { ReceiptItem, ReceiptPaper } from './receipt-paper.ts';
import type { Taker } from './takers.ts';

type OnPaper = GiftParts & {
  kind: GiftKind;
  number: string;
  year: number;
  receivedOn: string;
  issuedAt: string;
  amountRial: number;
  fund: GiftFund;
  /** Of each part, in their order. */
  funds: GiftFund[] | undefined;
  purpose: string | null;
  donor: Donor | undefined;
  taker: Taker;
};

/** Receipts are in Persian whoever writes them: they are for the donor. */
const LANGUAGE = 'fa';

export function receiptPaperOf(
  centre: CentreOnPaper,
  gift: OnPaper,
  { t, ...carried }: { code: string; verifyAddress: string; t: Words },
): ReceiptPaper {
  const { number, year, receivedOn, issuedAt, amountRial, fund, purpose, taker } = gift;
  return {
    ...{ kind: 'receipt', lang: LANGUAGE, centre, number, year },
    ...{ receivedOn, issuedAt, donor: donorOnReceipt(gift.donor), purpose, amountRial },
    fund: { code: fund.code, name: fundsNamed(gift) },
    method: t(`donations:kinds.${gift.kind}`),
    ...besideAmount(gift, t),
    amountWords: rialInWords(amountRial, LANGUAGE),
    receivedBy: { name: taker.name, seatName: t(`board:seats.${taker.seat}`) },
    ...carried,
  };
}

function fundsNamed({ fund, funds = [fund] }: OnPaper): string {
  return funds.map(({ nameFa }) => nameFa).join('\u060c ');
}

function besideAmount(gift: OnPaper, t: Words): Partial<ReceiptPaper> {
  const { kind, parts, funds, reference, items, service } = gift;
  return {
    gift: kind,
    ...(parts && {
      parts: parts.map(({ amountRial }, at) => ({ name: funds![at]!.nameFa, amountRial })),
    }),
    ...(reference && { reference: referenceOnPaper(kind, reference) }),
    ...(items && { items: items.map((item) => itemOnPaper(item, gift, t)) }),
    ...(service && { service }),
  };
}

/** Of what a card terminal printed, the end is enough for whoever has the slip beside it. */
function referenceOnPaper(
  kind: GiftKind,
  { reference, bank, dueOn }: BankReference,
): NonNullable<ReceiptPaper['reference']> {
  const number = kind === 'card' ? `\u2026${reference.slice(-4)}` : reference;
  return { number, bank: bank ?? null, dueOn: dueOn ?? null };
}

function itemOnPaper(item: GoodsItem, { funds }: OnPaper, t: Words): ReceiptItem {
  const { name, quantityMilli, expiresOn, valueRial } = item;
  const unit = t(`donations:units.${item.unit}`);
  const condition = t(`donations:conditions.${item.condition}`);
  const fund = funds?.find(({ code }) => code === item.fund)?.nameFa;
  return { name, quantityMilli, unit, condition, expiresOn, valueRial, ...(fund && { fund }) };
}

/** The same paper without the name, for a donor who has since asked not to be named (B-104). */
export function withoutName(paper: ReceiptPaper): ReceiptPaper {
  return { ...paper, donor: WITHHELD };
}

const WITHHELD = { name: null, maskedId: null, anonymous: false, withheld: true };

function donorOnReceipt(donor: Donor | undefined): ReceiptPaper['donor'] {
  if (!donor) return { name: null, maskedId: null, anonymous: true, withheld: false };
  if (!donor.mayBeNamed) return WITHHELD;
  const maskedId = donor.nationalId && maskNationalId(donor.nationalId);
  return { name: donor.name, maskedId, anonymous: false, withheld: false };
}
