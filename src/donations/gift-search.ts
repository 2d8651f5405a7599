/** Finding gifts by what is typed: a receipt number, an amount, a donor or a purpose. */
import { type Db, prepared } from '../provinces/connection.ts';
import { searchText, typedFigures } from '../values/persian-text.ts';
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
  const { ofReceipt, ofFigure, ofPurpose } = statements(db);
  const written = typedFigures(typed).replace(/\s/g, '');
  const [, year, number] = /^(\d{4})[-\u2010-\u2015](\d{1,9})$/.exec(written) ?? [];
  if (year) return ofReceipt.all(centreId, Number(year), Number(number)) as number[];
  const figures = typedNumber(typed).replace(/[,\u066c]/g, '');
  if (/^\d{1,14}$/.test(figures)) {
    return ofFigure.all({ centreId, figure: Number(figures) }) as number[];
  }
  return ofPurpose.all({ centreId, purpose: searchText(typed) }) as number[];
}
