/** A receipt's paper put into words once, at its issue; every print is drawn from this. */
import type { CentreOnPaper } from '../paper/print-mark.ts';
import { maskNationalId } from '../values/national-id.ts';
import { amountInWords } from '../values/persian-text.ts';
import type { Words } from '../words.ts';
import type { Donor } from './donors.ts';
import type { GiftFund } from './funds.ts';
import type { ReceiptPaper } from './receipt-paper.ts';
import type { Taker } from './takers.ts';

type OnPaper = {
  number: string;
  year: number;
  receivedOn: string;
  issuedAt: string;
  amountRial: number;
  fund: GiftFund;
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
    fund: { code: fund.code, name: fund.nameFa },
    method: t('donations:kinds.cash'),
    amountWords: amountInWords(amountRial, LANGUAGE),
    receivedBy: { name: taker.name, seatName: t(`board:seats.${taker.seat}`) },
    ...carried,
  };
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
