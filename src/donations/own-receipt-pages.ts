/** The list of one's own receipts: for a volunteer at the desk, who sees no others. */
import { Router } from 'express';
import { answer } from '../web/formats.ts';
import { type Column, listForms, mapped, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { countOwnReceipts, everyOwnReceipt, type OwnReceipt, ownReceipts } from './own-receipts.ts';

export const ownReceiptPages = Router({ mergeParams: true });

/** A trustee reads what he issued himself here too, among all the others that he may read. */
const MAY = allow('receipts.own', 'donations.read');

ownReceiptPages.get('/donations/my-receipts', MAY, async (req, res) => {
  const { province, actor, centre, t, format, language } = res.locals;
  const whose = { centreId: centre.id, userId: actor!.user!.id };
  const total = countOwnReceipts(province.db, whose);
  const at = pageAsked(req);
  const part = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE };
  const rows = ownReceipts(province.db, whose, part);
  const inWords = format !== 'csv' && format !== 'json';
  const cells = ({ fundFa, fundEn, ...row }: OwnReceipt) => ({
    ...{ ...row, fund: language === 'fa' ? fundFa : fundEn },
    kind: inWords ? t(`donations:kinds.${row.kind}`) : row.kind,
    state: inWords ? t(`donations:states.${row.state}`) : row.state,
  });
  const title = t('common:sections.my-receipts');
  await answer(res, {
    html: () =>
      sendPage(req, res, 'donations/my-receipts', {
        ...{ title, root: `${centreRoot(res)}/donations`, rows: rows.map(cells) },
        ...{ total, at, of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)) },
      }),
    ...listForms(req, res, {
      ...{ name: `my-receipts-${centre.code}`, title },
      columns: COLUMNS.map((column) => ({ ...column, title: t(`donations:list.${column.key}`) })),
      page: () => ({ rows: rows.map(cells), total }),
      all: (db) => mapped(everyOwnReceipt(db, whose), cells),
    }),
  });
});

const COLUMNS: Omit<Column, 'title'>[] = [
  { key: 'receipt', kind: 'code', width: 3 },
  { key: 'issuedOn', kind: 'day', width: 3 },
  { key: 'amount', kind: 'rial', width: 4 },
  { key: 'kind', kind: 'text', width: 2 },
  { key: 'fund', kind: 'text', width: 4 },
  { key: 'state', kind: 'text', width: 2 },
];
