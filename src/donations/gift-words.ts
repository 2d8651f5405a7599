/** A gift as lists and pages show it; a donor who asks not to be named is named nowhere (B-104). */
import type { Response } from 'express';
import { centreRoot } from '../web/written.ts';
import type { GiftRow } from './donations.ts';
import { receiptNumber } from './receipts.ts';

export type GiftLine = {
  receipt: string;
  href: string;
  pdf: string;
  receivedOn: string;
  kind: string;
  amount: number;
  fund: string;
  /** null for an anonymous gift. */
  donor: string | null;
  donorHref: string | null;
  purpose: string | null;
  state: 'issued' | 'cancelled';
  reason: string | null;
  issuedOn: string;
  /** B-112: how many days after it was received the gift was entered, if that was too late. */
  lateDays: number | null;
  entry: string;
};

export function giftLine(res: Response, row: GiftRow): GiftLine {
  const { language } = res.locals;
  const root = `${centreRoot(res)}/donations`;
  const receipt = receiptNumber(row);
  const href = `${root}/receipts/${receipt}`;
  const { receivedOn, kind, amountRial: amount, purpose, reason, issuedOn } = row;
  return {
    ...{ receipt, href, pdf: `${href}.pdf`, receivedOn, kind, amount, purpose, reason, issuedOn },
    fund: language === 'fa' ? row.fundFa : row.fundEn,
    donor: donorShown(res, row),
    donorHref: row.donorId === null ? null : `${root}/donors/${row.donorId}`,
    state: reason === null ? 'issued' : 'cancelled',
    lateDays: row.lateDays,
    entry: `${row.entryYear}-${row.entryNumber}`,
  };
}

/** The donor's name where it may stand; null for a gift without a donor. */
export function donorShown(
  { locals: { t } }: Response,
  { donorId, donorName, mayBeNamed }: Pick<GiftRow, 'donorId' | 'donorName' | 'mayBeNamed'>,
): string | null {
  if (donorId === null) return null;
  return mayBeNamed === 1 ? donorName : t('donations:withheld');
}
