/** What every issued paper's foot is made of. */
import type { Words } from '../words.ts';
import { ltr, own } from './bidi.ts';
import type { Paper } from './paper.ts';
import type { CentreOnPaper, PrintMark } from './print-mark.ts';
import type { Tail } from './tail.ts';
import type { Content } from './text.ts';

/** Postal address, postal code and telephone on one line. */
export function contactLine(paper: Paper, centre: CentreOnPaper, t: Words): string {
  const { address, postalCode, phone } = centre;
  return [
    own(address),
    postalCode && t('paper:contact.postal', { code: ltr(paper.digits(postalCode)) }),
    phone && t('paper:contact.phone', { number: ltr(paper.digits(phone)) }),
  ]
    .filter(Boolean)
    .join(' \u00b7 ');
}

/** What the square says, for those who would rather photograph the code than type it. */
export function scanned(verifyAddress: string, code: string): string {
  return `https://${verifyAddress}/${code}`;
}

export function activityLine(paper: Paper, centre: CentreOnPaper, t: Words): string {
  return centre.activityCode
    ? t('paper:activity-code', { code: ltr(paper.digits(centre.activityCode)) })
    : t('paper:no-activity-code');
}

type Verifiable = { code: string; verifyAddress: string };

/** The foot of a letter: how to check it, where its body is found, the hash of its act. */
export function issuedTail(
  { code, verifyAddress }: Verifiable,
  print: PrintMark,
  t: Words,
  contact = '',
): Tail {
  if (print.specimen) {
    const scan = scanned(verifyAddress, '');
    return { scan, sentences: [t('paper:specimen'), ...(contact ? [contact] : [])], hash: '' };
  }
  const check: Content = [
    { text: t('paper:verify', { address: ltr(verifyAddress) }) },
    { text: ltr(code), weight: 'bold' },
  ];
  const sentences = contact ? [check, contact] : [check];
  return { scan: scanned(verifyAddress, code), sentences, hash: print.actHash };
}
