/** The entry of a gift, by the table of postings: what it is and where it lies, fund by fund. */
import type { EntryToPost, Line } from '../books/entries.ts';
import { persianDigits } from '../values/persian-text.ts';
import { wordsFor } from '../words.ts';
import type { GiftFund } from './funds.ts';
import type { GiftParts } from './gift-parts.ts';
import { BANK, CREDITED, DEBITED, type GiftKind, HELD_FOR_CHILD, UNIDENTIFIED } from './posting.ts';

/** A gift whose funds are known. */
export type BookedGift = Omit<GiftParts, 'service'> & {
  centreId: number;
  donationId: number;
  entryOn: string;
  kind: GiftKind;
  amountRial: number;
  fund: GiftFund;
  /** Of each part, in their order. */
  funds: GiftFund[] | undefined;
  depositId?: number;
  /** The code of the child or household whose sponsor gives it: its money is held, not income. */
  heldFor?: string;
};

export function entryOfGift(gift: BookedGift, receipt: string): EntryToPost {
  const { centreId, donationId, entryOn, depositId } = gift;
  const lines = gift.kind === 'goods' ? goodsLines(gift) : moneyLines(gift, gift.kind);
  return {
    ...{ centreId, entryOn, source: 'donation', donationId },
    description: describe(gift, persianDigits(receipt)),
    lines: depositId === undefined ? lines : [...unidentifiedLines(gift), ...lines],
  };
}

/** Money or a service is debited where it lies, and credited to each fund's account. */
function moneyLines(gift: BookedGift, kind: Exclude<GiftKind, 'goods'>): Line[] {
  const detail = gift.reference?.reference ?? null;
  return partsOf(gift).flatMap(({ fund, amountRial }) => {
    const line = { fund: fund.code, debitRial: 0, creditRial: 0 };
    return [
      { ...line, account: DEBITED[kind], debitRial: amountRial, detail },
      { ...line, ...creditedTo(gift, kind, fund), creditRial: amountRial },
    ];
  });
}

/** B-81: what is given to one child stands under its code, and is passed on whole. */
function creditedTo({ heldFor }: BookedGift, kind: GiftKind, { account }: GiftFund) {
  if (heldFor !== undefined) return { account: HELD_FOR_CHILD, detail: heldFor };
  return { account: CREDITED[kind] ?? account };
}

/** Goods are debited to the store of each line, intention by intention. */
function goodsLines(gift: BookedGift): Line[] {
  return partsOf(gift).flatMap(({ fund: { code: fund }, amountRial }) => {
    const stores = new Map<string, number>();
    for (const item of gift.items ?? []) {
      if ((item.fund ?? fund) !== fund) continue;
      stores.set(item.account, (stores.get(item.account) ?? 0) + item.valueRial);
    }
    const line = { fund, debitRial: 0, creditRial: 0 };
    const debits = [...stores].map(([account, debitRial]) => ({ ...line, account, debitRial }));
    return [...debits, { ...line, account: CREDITED.goods!, creditRial: amountRial }];
  });
}

/** What a deposit was found to be leaves the fund of unknown givers first. */
function unidentifiedLines({ amountRial, reference }: BookedGift): Line[] {
  const { fund, account } = UNIDENTIFIED;
  const line = { fund, debitRial: 0, creditRial: 0 };
  return [
    { ...line, account, debitRial: amountRial },
    { ...line, account: BANK, creditRial: amountRial, detail: reference?.reference ?? null },
  ];
}

function partsOf({ parts, funds, fund, amountRial }: BookedGift) {
  if (!parts || !funds) return [{ fund, amountRial }];
  return parts.map((part, at) => ({ fund: funds[at]!, amountRial: part.amountRial }));
}

const descriptions = new Map<string, string>();

/** Putting words into a sentence takes longer than writing the entry, so a fund's is kept. */
function describe({ kind, fund, funds }: BookedGift, number: string): string {
  const names = funds ? funds.map(({ nameFa }) => nameFa).join('\u060c ') : fund.nameFa;
  const key = `${kind} ${names}`;
  const known = descriptions.get(key);
  const sentence =
    known ?? wordsFor('fa')(`donations:entry.${kind}`, { number: HERE, fund: names });
  if (known === undefined && descriptions.size < 1000) descriptions.set(key, sentence);
  return sentence.replace(HERE, number);
}

const HERE = '#';
