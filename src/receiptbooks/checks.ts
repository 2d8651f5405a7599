/** Self-checks of paper receipt books: no number of a closed one is unaccounted for. */
import { asActsSay, type Check, either, first } from '../provinces/check.ts';

const book = { subject: "'receipt-books/' || t.book_id" };

export const receiptBookChecks: Check[] = [
  {
    name: 'receipt-leaves',
    run: either(
      first(
        `SELECT 'receipt book ' || b.id || ' is closed and some of its numbers are unaccounted for'
         FROM receipt_books b JOIN receipt_book_closings c ON c.book_id = b.id
         WHERE (SELECT count(*) FROM receipt_leaves WHERE book_id = b.id)
           <> b.to_number - b.from_number + 1 LIMIT 1`,
        `SELECT 'leaf ' || t.number || ' of book ' || t.book_id || ' is not what act ' || t.act_id
           || ' says' FROM receipt_leaves t LEFT JOIN acts a ON a.id = t.act_id
         WHERE t.fate <> 'blank' AND (a.kind IS NOT 'receipt-book.leaf'
           OR a.after ->> '$.number' IS NOT t.number OR a.after ->> '$.fate' IS NOT t.fate
           OR a.after ->> '$.donation' IS NOT t.donation_id) LIMIT 1`,
      ),
      asActsSay(
        {
          ...{ table: 'receipt_books', kind: 'receipt-book.registered', by: 'registered_by' },
          says: { fromNumber: 't.from_number', toNumber: 't.to_number', series: 't.series' },
        },
        {
          ...{ table: 'receipt_book_issues', kind: 'receipt-book.issued', by: 'issued_by' },
          ...{ ...book, on: 'issued_on', says: { holder: 't.holder_name', dueOn: 't.due_on' } },
        },
        {
          ...{ table: 'receipt_book_returns', kind: 'receipt-book.returned', by: 'recorded_by' },
          ...{ on: 'returned_on', says: { lastNumber: 't.last_number' } },
        },
        {
          ...{ table: 'receipt_book_closings', kind: 'receipt-book.closed', by: 'closed_by' },
          ...{ ...book, on: 'closed_on', says: {} },
        },
      ),
    ),
  },
];
