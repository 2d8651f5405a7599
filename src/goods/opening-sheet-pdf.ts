/** The sheet of what lay in the stores when the books began, with the rows for its two signatures. */
import type { Response } from 'express';
import { ltr, own } from '../paper/bidi.ts';
import { writeBook } from '../paper/book.ts';
import { newestAct } from '../trail/acts.ts';
import { formatDay } from '../values/jalali-date.ts';
import { linesOfSheet, type StockSheet } from './opening-stock.ts';
import * as shown from './shown.ts';

export async function openingSheetPdf(res: Response, sheet: StockSheet): Promise<void> {
  const { province, centre, language: lang, actor, t, show } = res.locals;
  const day = (iso: string) => ltr(formatDay(iso, lang, 'date'));
  const title = (key: string) => t(`goods:columns.${key}`);
  const rows = linesOfSheet(province.db, sheet.id).map((one, at) => ({
    cells: [
      ...[ltr(show.digits(String(at + 1))), own(one.name)],
      own(shown.quantityOf(res, one.quantityMilli, one.unit)),
      ...[own(shown.fundOf(res, one.fund)), own(one.store)],
      ...[one.expiresOn ? day(one.expiresOn) : '', one.valueRial],
    ],
  }));
  res.type('pdf');
  const name = `opening-stock-${centre.code}-${sheet.id}.pdf`;
  res.set('Content-Disposition', `inline; filename="${name}"`);
  await writeBook(
    {
      ...{ lang, title: t('goods:opening.title') },
      subtitle: own(t(`goods:sheet-states.${sheet.state}`)),
      hash: newestAct(province.db)?.hash.toString('hex') ?? '',
      centre: { name: own(centre.name), place: own(centre.place) },
      facts: [
        t('goods:opening.on', { day: day(sheet.openedOn) }),
        t('paper:book.printed-on', { day: day(actor!.today) }),
      ],
      proof: own(sheet.note ?? t('goods:opening.sheet-hint')),
      columns: [
        { title: title('row'), width: 1, kind: 'code' },
        { title: title('item'), width: 5, kind: 'text' },
        { title: title('quantity'), width: 2.6, kind: 'text' },
        { title: title('fund'), width: 2.6, kind: 'text' },
        { title: title('store'), width: 2.6, kind: 'text' },
        { title: title('expires'), width: 2, kind: 'code' },
        { title: title('value'), width: 3.4, kind: 'amount', carry: 'sum' },
      ],
      signatures: [
        { office: t('goods:fields.first'), name: own(sheet.writtenByName) },
        {
          ...{ office: t('goods:fields.second') },
          ...(sheet.state === 'agreed' && { name: own(sheet.answeredByName ?? '') }),
        },
      ],
    },
    [rows],
    res,
  );
}
