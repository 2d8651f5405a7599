/** Payments in words: what a program is told, what a list says, what a page shows. */
import type { Response } from 'express';
import { accountName, findAccount } from '../books/accounts.ts';
import { entryNumber } from '../books/entries.ts';
import { fundName, fundNames } from '../funds/funds.ts';
import { passOnReceipt } from './ending.ts';
import { numberOfGift } from './gift-rest.ts';
import { type Payment, type PaymentRow, paymentNumber, subjectOf } from './payment-rows.ts';
import { outgoingOfRow } from './payments.ts';
import { type Breach, breachesOf, isPassed, passedBy } from './rules.ts';
import { signaturesOf } from './signatures.ts';
import { lacksDocument, paymentMark, undocumentedReason } from './signing.ts';

/** Whom it goes to: the recipient by code, the payee by name, petty cash. */
export function toWhom(res: Response, row: Pick<PaymentRow, 'recipient' | 'payee'>): string {
  const { t, show } = res.locals;
  if (row.recipient !== null) {
    return t('payments:recipient-coded', { number: show.digits(String(row.recipient)) });
  }
  return row.payee ?? t('payments:accounts.1103');
}

export const numberOf = ({ year, number }: Pick<PaymentRow, 'year' | 'number'>): string | null =>
  year === null || number === null ? null : paymentNumber({ year, number });

/** A row as a program reads it. */
export function toldRow(row: PaymentRow) {
  return {
    ...{ id: row.id, number: numberOf(row), kind: row.kind, from: row.account },
    ...{ amount: row.amountRial, recipient: row.recipient, payee: row.payee },
    ...{ purpose: row.purpose, reference: row.reference, funds: row.funds },
    ...{ preparedOn: row.preparedOn, preparedBy: row.preparedByName, paidOn: row.paidOn },
    ...{ state: row.state, signed: row.signed, reason: row.endReason },
  };
}

/** A rule that is not kept, as it is said before signing; `passed` once the chair let it pass. */
export function toldBreach(res: Response, breach: Breach, passed: boolean) {
  const { language } = res.locals;
  const { fund, rule, reaction, mayOverride, words, source } = breach;
  return {
    ...{ fund: fund.code, fundName: fundName(fund, language), rule, reaction, mayOverride, passed },
    ...{ words: words[language], source },
  };
}

/** What the signers look at besides the payment itself. */
export function signingOf(res: Response, payment: Payment) {
  const { province, centre, actor } = res.locals;
  const { db } = province;
  const { today } = actor!;
  const subject = subjectOf(payment);
  const passed = passedBy(db, subject);
  const breaches = breachesOf(db, outgoingOfRow(db, payment, today));
  return {
    seen: paymentMark(db, payment, today),
    signatures: signaturesOf(db, subject),
    breaches: breaches.map((one) => toldBreach(res, one, isPassed(one, passed))),
    lacksDocument: payment.state === 'waiting' && lacksDocument(db, centre, payment, today),
  };
}

/** A payment as a program reads it whole. */
export function toldPayment(res: Response, payment: Payment) {
  const { province } = res.locals;
  const { seen, signatures, breaches, lacksDocument: lacks } = signingOf(res, payment);
  const { entryYear: year, entryNumber: number } = payment;
  return {
    ...toldRow(payment),
    entry: year === null || number === null ? null : entryNumber({ year, number }),
    lines: payment.lines.map(({ fund, account, amountRial, donationId }) => ({
      ...{ fund, account, amount: amountRial },
      gift: donationId === null ? null : numberOfGift(province.db, donationId),
    })),
    goods: payment.goods.map(({ name, quantityMilli, unit, valueRial, expiresOn }) => ({
      ...{ name, quantity: quantityMilli / 1000, unit, value: valueRial, expiresOn },
    })),
    signatures: signatures.map(({ signedAs, name, signedAt }) => ({
      as: signedAs,
      name,
      signedAt,
    })),
    ...{ breaches, lacksDocument: lacks, seen: payment.state === 'waiting' ? seen : undefined },
    undocumented: undocumentedReason(province.db, payment.id) ?? null,
    receipt: passOnReceipt(province.db, payment.id) ?? null,
  };
}

/** Its lines as a page shows them. */
export function linesShown(res: Response, payment: Payment) {
  const { province, centre, language, show } = res.locals;
  const names = fundNames(province.db, language);
  return payment.lines.map(({ fund, account, amountRial, donationId }) => {
    const named = findAccount(province.db, centre.id, account);
    return {
      ...{ fund: names.get(fund) ?? fund, amountRial, code: show.digits(account) },
      account: named ? accountName(named, language) : '',
      gift: donationId === null ? null : numberOfGift(province.db, donationId),
    };
  });
}
