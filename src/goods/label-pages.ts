/** Labels of lots, sent as PDF: one, or a sheet of them. */
import type { Response } from 'express';
import { setting } from '../provinces/province.ts';
import { type Label, labelsPdf } from './labels-pdf.ts';
import type { LotRow } from './lot-rows.ts';
import * as shown from './shown.ts';

type Labelled = Pick<
  LotRow,
  'number' | 'item' | 'unit' | 'fund' | 'receivedOn' | 'expiresOn' | 'quantityMilli'
>;

export async function sendLabels(
  res: Response,
  lots: Labelled[],
  { single }: { single?: boolean } = {},
): Promise<void> {
  const { centre, language } = res.locals;
  const labels = lots.map((lot) => labelOf(res, lot));
  res.type('pdf');
  res.set('Content-Disposition', `inline; filename="labels-${centre.code}.pdf"`);
  res.send(await labelsPdf(labels, { lang: language, centre: centre.name, single: !!single }));
}

/** The square opens the lot's page at the address that the province is reached at. */
function labelOf(res: Response, lot: Labelled): Label {
  const { province, centre } = res.locals;
  const host = setting(province.db, 'address') ?? res.req.get('host') ?? '127.0.0.1:3000';
  const path = `/${province.slug}/centres/${centre.code}/goods/lots/${lot.number}`;
  return {
    ...{ number: lot.number, item: lot.item, fund: shown.fundOf(res, lot.fund) },
    ...{ receivedOn: lot.receivedOn, expiresOn: lot.expiresOn },
    quantity: shown.quantityOf(res, lot.quantityMilli, lot.unit),
    scan: `https://${host}${path}`,
  };
}
