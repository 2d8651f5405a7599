/** What the slip of a delivery says: a code and goods, no name; kept with the act that made it. */
import type { Actor } from '../access/actor.ts';
import { centreOnPaper } from '../centres/centre-on-paper.ts';
import type { Centre } from '../centres/centres.ts';
import type { CentreOnPaper } from '../paper/print-mark.ts';
import type { Db } from '../provinces/connection.ts';
import { wordsOn } from '../templates/board-name.ts';
import type { Language } from '../values/language.ts';
import { persianDigits } from '../values/persian-text.ts';
import { formatQuantity } from '../values/quantity.ts';
import type { Delivery } from './delivery-rows.ts';
import { paymentRuleOn } from './payment-rules.ts';
import type { PaperSigner } from './voucher-paper.ts';

export type SlipPaper = {
  kind: 'delivery';
  lang: Language;
  centre: CentreOnPaper;
  number: string;
  deliveredOn: string;
  recipient: string;
  store: string;
  purpose: string;
  items: { name: string; quantity: string; lot: string; expiresOn: string | null }[];
  /** What they are worth; null where the province does not have it told. */
  valueRial: number | null;
  preparedBy: string;
  signers: PaperSigner[];
  code: string;
  verifyAddress: string;
};

export type CarriedSlip = {
  number: string;
  signers: PaperSigner[];
  worthRial: number;
  code: string;
  verifyAddress: string;
};

export function slipPaperOf(
  db: Db,
  actor: Actor,
  centre: Centre,
  { delivery, worthRial, ...carried }: CarriedSlip & { delivery: Delivery },
): SlipPaper {
  const t = wordsOn(db, actor.today);
  const number = persianDigits(String(delivery.recipient));
  return {
    ...{ kind: 'delivery', lang: 'fa', centre: centreOnPaper(db, centre) },
    ...{ deliveredOn: actor.today, store: delivery.store, purpose: delivery.purpose },
    recipient: t('payments:recipient-coded', { number }),
    items: delivery.items.map(({ name, quantityMilli, unit, lotNumber, expiresOn }) => ({
      ...{ name, lot: String(lotNumber), expiresOn },
      quantity: `${formatQuantity(quantityMilli, 'fa')} ${t(`payments:units.${unit}`)}`,
    })),
    valueRial: paymentRuleOn(db, actor.today).slipTellsWorth ? worthRial : null,
    preparedBy: delivery.preparedByName,
    ...carried,
  };
}
