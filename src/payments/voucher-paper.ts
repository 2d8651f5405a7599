/** What a voucher says: kept with the act that made the payment, and drawn from nothing else. */
import type { Actor } from '../access/actor.ts';
import { findAccount } from '../books/accounts.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import type { Centre } from '../centres/centres.ts';
import { findFund } from '../funds/funds.ts';
import type { CentreOnPaper } from '../paper/print-mark.ts';
import type { Db } from '../provinces/connection.ts';
import { wordsOn } from '../templates/board-name.ts';
import type { Language } from '../values/language.ts';
import { persianDigits } from '../values/persian-text.ts';
import { formatQuantity } from '../values/quantity.ts';
import { rialInWords } from '../values/rial.ts';
import { numberOfGift } from './gift-rest.ts';
import type { Payment } from './payment-rows.ts';

export type PaperSigner = { name: string; office: string };

export type VoucherPaper = {
  kind: 'voucher';
  lang: Language;
  centre: CentreOnPaper;
  number: string;
  paidOn: string;
  /** What kind of payment it is, from where the money came. */
  payment: string;
  from: string;
  /** The recipient by his code alone, or the payee by name. */
  to: string;
  purpose: string;
  reference: string | null;
  lines: { fund: string; account: string; gift: string | null; amountRial: number }[];
  goods: { name: string; quantity: string; valueRial: number }[];
  amountRial: number;
  amountWords: string;
  entry: string;
  /** What the chair let pass, with his reason. */
  passed: { fund: string; rule: string; reason: string }[];
  preparedBy: string;
  signers: PaperSigner[];
  code: string;
  verifyAddress: string;
};

const LANGUAGE = 'fa';

export type Carried = {
  number: string;
  entry: string;
  signers: PaperSigner[];
  code: string;
  verifyAddress: string;
  passed: VoucherPaper['passed'];
};

export function voucherPaperOf(
  db: Db,
  actor: Actor,
  centre: Centre,
  { payment, ...carried }: Carried & { payment: Payment },
): VoucherPaper {
  const t = wordsOn(db, actor.today);
  const accountOf = (code: string) => {
    const named = findAccount(db, centre.id, code)?.nameFa ?? '';
    return `${persianDigits(code)} ${named}`;
  };
  const number = payment.recipient === null ? '' : persianDigits(String(payment.recipient));
  const to =
    payment.recipient !== null
      ? t('payments:recipient-coded', { number })
      : (payment.payee ?? t('payments:kinds.petty'));
  return {
    ...{ kind: 'voucher', lang: LANGUAGE, centre: centreOnPaper(db, centre) },
    ...{ paidOn: actor.today, payment: t(`payments:kinds.${payment.kind}`), to },
    from: accountOf(payment.account),
    ...{ purpose: payment.purpose, reference: payment.reference },
    lines: payment.lines.map(({ fund, account, donationId, amountRial }) => ({
      ...{ fund: findFund(db, fund)?.nameFa ?? fund, account: accountOf(account), amountRial },
      gift: donationId === null ? null : numberOfGift(db, donationId),
    })),
    goods: payment.goods.map(({ name, quantityMilli, unit, valueRial }) => ({
      ...{ name, valueRial },
      quantity: `${formatQuantity(quantityMilli, LANGUAGE)} ${t(`payments:units.${unit}`)}`,
    })),
    amountRial: payment.amountRial,
    amountWords: rialInWords(payment.amountRial, LANGUAGE),
    preparedBy: payment.preparedByName,
    ...carried,
  };
}
