/** Finding gifts by what is typed: a receipt number, an amount, a donor or a purpose. */
import { type Db, prepared } from '../provinces/connection.ts';
import { normaliseText, searchText, typedFigures } from '../values/persian-text.ts';
import { typedNumber } from '../values/typed-number.ts';
import { isPartOfNumber, searchDonors } from './donor-search.ts';

/** So many donors of one name are looked through for their gifts. */
const DONORS_OF_A_SEARCH = 2000;

const statements = prepared((db) => ({
  ofDonors: db.$client
    .prepare('SELECT id FROM donations WHERE donor_id IN (SELECT value FROM json_each(?))')
    .pluck(),
  ofReceipt: db.$client
    .prepare('SELECT donation_id FROM receipts WHERE centre_id = ? AND year = ? AND number = ?')
    .pluck(),
  ofFigure: db.$client
    .prepare(
      `SELECT id FROM donations WHERE centre_id = @centreId AND amount_rial = @figure
       UNION SELECT donation_id FROM receipts WHERE centre_id = @centreId AND number = @figure
         AND year IN (SELECT year FROM numbers
           WHERE series = 'receipt' AND centre_id = @centreId)`,
    )
    .pluck(),
  ofReference: db.$client
    .prepare(
      `SELECT d.id FROM gift_references g JOIN donations d ON d.id = g.donation_id
       WHERE g.reference = ? AND d.centre_id = ?`,
    )
    .pluck(),
  ofItem: db.$client
    .prepare(
      `SELECT DISTINCT i.donation_id FROM donations d CROSS JOIN gift_items i ON i.donation_id = d.id
       WHERE d.centre_id = @centreId AND d.kind = 'goods' AND instr(i.name, @name) > 0
       UNION SELECT s.donation_id FROM donations d CROSS JOIN gift_services s ON s.donation_id = d.id
       WHERE d.centre_id = @centreId AND d.kind = 'service' AND instr(s.description, @name) > 0`,
    )
    .pluck(),
  ofPurpose: db.$client
    .prepare(
      `SELECT id FROM donations WHERE centre_id = @centreId AND @purpose <> ''
         AND purpose_search IS NOT NULL AND instr(purpose_search, @purpose) > 0`,
    )
    .pluck(),
}));

/** Ids of the gifts that a typed text finds, as JSON. */
export function soughtIds(db: Db, centreId: number, typed: string): string {
  // Short figures are an amount or a receipt; a donor is meant by a whole number only (B-105).
  const isDonor = !isPartOfNumber(typed);
  const donors = isDonor ? searchDonors(db, centreId, typed, DONORS_OF_A_SEARCH) : [];
  const ofDonors = statements(db).ofDonors.all(JSON.stringify(donors)) as number[];
  const found = new Set([...ofDonors, ...byFigureOrPurpose(db, centreId, typed)]);
  return JSON.stringify([...found]);
}

function byFigureOrPurpose(db: Db, centreId: number, typed: string): number[] {
  const { ofReceipt, ofFigure, ofPurpose, ofReference, ofItem } = statements(db);
  const written = typedFigures(typed).replace(/\s/g, '');
  const [, year, number] = /^(\d{4})[-\u2010-\u2015](\d{1,9})$/.exec(written) ?? [];
  if (year) return ofReceipt.all(centreId, Number(year), Number(number)) as number[];
  const figures = typedNumber(typed).replace(/[,\u066c]/g, '');
  if (/^\d{1,30}$/.test(figures)) {
    const ofBank = ofReference.all(figures, centreId) as number[];
    if (figures.length > 14) return ofBank;
    return [...ofBank, ...(ofFigure.all({ centreId, figure: Number(figures) }) as number[])];
  }
  const name = normaliseText(typed);
  const purposes = ofPurpose.all({ centreId, purpose: searchText(typed) }) as number[];
  const goods = name === '' ? [] : (ofItem.all({ centreId, name }) as number[]);
  return [...purposes, ...goods];
}
