/** Self-checks of goods: the stock is counted again from the moves, and held against the books. */
import { asActsSay, type Check, either, first } from '../provinces/check.ts';

/** Entries from before there were moves stand in the books alone. */
const GUARDED = `e.id > (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'goods_guarded_after')`;

export const goodsChecks: Check[] = [
  {
    name: 'stock',
    run: first(
      `SELECT 'lot ' || lot_id || ' in store ' || store_id || ' is not the sum of its moves' FROM (
         SELECT lot_id, store_id, quantity_milli, value_rial FROM stock
         UNION ALL
         SELECT lot_id, store_id, -sum(quantity_milli), -sum(value_rial) FROM stock_moves
         GROUP BY lot_id, store_id)
       GROUP BY lot_id, store_id HAVING sum(quantity_milli) <> 0 OR sum(value_rial) <> 0 LIMIT 1`,
      `SELECT 'item ' || item_id || ' in store ' || store_id || ' is not the sum of its lots' FROM (
         SELECT item_id, store_id, fund, quantity_milli, value_rial FROM stock_sums
         UNION ALL
         SELECT l.item_id, m.store_id, l.fund, -sum(m.quantity_milli), -sum(m.value_rial)
         FROM stock_moves m JOIN lots l ON l.id = m.lot_id GROUP BY l.item_id, m.store_id, l.fund)
       GROUP BY item_id, store_id, fund
       HAVING sum(quantity_milli) <> 0 OR sum(value_rial) <> 0 LIMIT 1`,
      `SELECT 'lot ' || lot_id || ' in store ' || store_id || ' was less than nothing' FROM (
         SELECT lot_id, store_id,
           sum(quantity_milli) OVER (PARTITION BY lot_id, store_id ORDER BY id) AS milli,
           sum(value_rial) OVER (PARTITION BY lot_id, store_id ORDER BY id) AS rial
         FROM stock_moves) WHERE milli < 0 OR rial < 0 LIMIT 1`,
    ),
  },
  {
    name: 'stock-books',
    run: first(
      `SELECT 'centre ' || centre_id || ' has ' || sum(rial) || ' rials of ' || fund || ' on '
         || account || ' beside its stock'
       FROM (
         SELECT l.centre_id, l.account, l.fund, l.debit_rial - l.credit_rial AS rial
         FROM entry_lines l JOIN entries e ON e.id = l.entry_id
         LEFT JOIN entries r ON r.id = e.reverses_entry_id
         WHERE l.account GLOB '13*' AND ${GUARDED}
           AND (coalesce(r.source, e.source) NOT IN ('opening', 'closing', 'conversion')
             OR EXISTS (SELECT 1 FROM stock_sheet_answers WHERE entry_id = e.id))
         UNION ALL
         SELECT s.centre_id, i.account, l.fund, -s.value_rial FROM stock s
         JOIN lots l ON l.id = s.lot_id JOIN items i ON i.id = l.item_id)
       GROUP BY centre_id, account, fund HAVING sum(rial) <> 0 LIMIT 1`,
      `SELECT 'move ' || m.id || ' has no entry' FROM stock_moves m
       LEFT JOIN entries e ON e.id = m.entry_id AND e.centre_id = m.centre_id
       WHERE m.entry_id IS NOT NULL AND e.id IS NULL LIMIT 1`,
    ),
  },
  {
    name: 'lots',
    run: first(
      `SELECT 'lot ' || l.id || ' is not what its gift says' FROM lots l
       LEFT JOIN gift_items g ON g.donation_id = l.donation_id AND g.position = l.position
       LEFT JOIN donations d ON d.id = l.donation_id AND d.centre_id = l.centre_id
         AND coalesce(g.fund, d.fund) = l.fund
       JOIN items i ON i.id = l.item_id
       WHERE l.origin = 'gift' AND (d.id IS NULL OR g.unit IS NOT i.unit
         OR NOT EXISTS (SELECT 1 FROM stock_moves m WHERE m.lot_id = l.id AND m.kind = 'received'
           AND m.quantity_milli = g.quantity_milli AND m.value_rial = g.value_rial)) LIMIT 1`,
      `SELECT 'gift ' || g.donation_id || ' has no lot for its line ' || g.position
       FROM gift_items g JOIN donations d ON d.id = g.donation_id
       JOIN receipts r ON r.donation_id = d.id JOIN entries e ON e.id = r.entry_id
       WHERE ${GUARDED} AND NOT EXISTS (SELECT 1 FROM lots l
         WHERE l.donation_id = g.donation_id AND l.position = g.position) LIMIT 1`,
      `SELECT 'lot ' || m.lot_id || ' left unready in move ' || m.id FROM stock_moves m
       WHERE m.kind IN ('issued', 'sold') AND (NOT EXISTS (
           SELECT 1 FROM lots_ready r WHERE r.lot_id = m.lot_id)
         OR EXISTS (SELECT 1 FROM lots l WHERE l.id = m.lot_id AND l.expires_on < m.moved_on)) LIMIT 1`,
      `SELECT 'appraisal ' || a.id || ' has one signature' FROM lot_appraisals a
       JOIN lot_appraisal_answers w ON w.appraisal_id = a.id
       WHERE w.answered_by = a.proposed_by LIMIT 1`,
    ),
  },
  {
    name: 'goods-acts',
    run: either(
      asActsSay(
        {
          ...{ table: 'lot_inspections', kind: 'lot.inspected', subject: "'lots/' || t.lot_id" },
          ...{ by: 'inspected_by', on: 'inspected_on' },
          says: { result: 't.result', refusedMilli: 't.refused_milli', reason: 't.reason' },
        },
        {
          ...{ table: 'lot_appraisals', kind: 'lot.appraised', subject: "'lots/' || t.lot_id" },
          ...{ by: 'proposed_by', on: 'proposed_on' },
          says: { appraisal: 't.id', valueRial: 't.value_rial', basis: 't.basis' },
        },
        {
          ...{ table: 'sale_permissions', kind: 'sale.permitted', by: 'recorded_by' },
          ...{ on: 'recorded_on', subject: "'sale-permissions/' || t.id" },
          says: { number: 't.number', itemId: 't.item_id', quantityMilli: 't.quantity_milli' },
        },
        {
          ...{ table: 'sales', kind: 'sale.made', subject: "'sales/' || t.id", by: 'sold_by' },
          ...{ on: 'sold_on' },
          says: { lot: 't.lot_id', quantityMilli: 't.quantity_milli', priceRial: 't.price_rial' },
        },
        {
          ...{ table: 'stock_sheets', kind: 'stock-sheet.written', by: 'written_by' },
          ...{ on: 'written_on', subject: "'stock-sheets/' || t.id" },
          says: { openedOn: 't.opened_on', note: 't.note' },
        },
        {
          ...{ table: 'stock_sheet_answers', kind: 'stock-sheet.agreed', of: 't.agreed = 1' },
          ...{ by: 'answered_by', on: 'answered_on', subject: "'stock-sheets/' || t.sheet_id" },
          says: { 'entry.id': 't.entry_id' },
        },
        {
          ...{ table: 'stock_sheet_answers', kind: 'stock-sheet.sent-back', of: 't.agreed = 0' },
          ...{ by: 'answered_by', on: 'answered_on', subject: "'stock-sheets/' || t.sheet_id" },
          says: { reason: 't.reason' },
        },
        {
          ...{ table: 'goods_intentions', kind: 'goods-intention.changed', by: 'changed_by' },
          ...{ on: 'changed_on', subject: "'goods-intentions/' || t.id" },
          says: {
            ...{ lot: 't.lot_id', toFund: 't.to_fund', quantityMilli: 't.quantity_milli' },
            ...{ way: 't.way', consent: 't.consent', consentedOn: 't.consented_on' },
            reason: 't.reason',
          },
        },
        {
          ...{ table: 'counts', kind: 'count.opened', subject: "'counts/' || t.id" },
          ...{ by: 'opened_by', on: 'opened_on' },
          says: { storeId: 't.store_id', firstBy: 't.first_by', secondBy: 't.second_by' },
        },
      ),
      first(
        `SELECT 'sheet ' || l.sheet_id || ' is not what its act says in line ' || l.position
         FROM stock_sheet_lines l JOIN stock_sheets s ON s.id = l.sheet_id
         JOIN acts a ON a.id = s.act_id
         WHERE json_array(l.name, l.unit, l.account, l.quantity_milli, l.value_rial, l.fund,
             l.expires_on)
           IS NOT json_array(a.after ->> ('$.rows[' || (l.position - 1) || '].name'),
             a.after ->> ('$.rows[' || (l.position - 1) || '].unit'),
             a.after ->> ('$.rows[' || (l.position - 1) || '].account'),
             a.after ->> ('$.rows[' || (l.position - 1) || '].quantityMilli'),
             a.after ->> ('$.rows[' || (l.position - 1) || '].valueRial'),
             a.after ->> ('$.rows[' || (l.position - 1) || '].fund'),
             a.after ->> ('$.rows[' || (l.position - 1) || '].expiresOn')) LIMIT 1`,
        `SELECT 'move ' || m.id || ' is not of its act' FROM stock_moves m
         JOIN acts a ON a.id = m.act_id
         WHERE a.centre_id IS NOT m.centre_id OR a.user_id IS NOT m.moved_by LIMIT 1`,
      ),
    ),
  },
];
