/** Gifts that seem to be there already: the same giver, day, amount and number. */
import type { Centre } from '../centres/centres.ts';
import { knownDonorOrNone } from '../donations/donors.ts';
import type { Gift } from '../donations/receipts.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { searchText } from '../values/persian-text.ts';
import type { RowFault } from './kinds.ts';

type Known = {
  donorId: number | null;
  fund: string;
  amountRial: number;
  reference: string | null;
  year: number;
  number: number;
};

const statements = prepared((db) => ({
  ofDay: db.$client.prepare(
    `SELECT d.donor_id AS donorId, d.fund, d.amount_rial AS amountRial, g.reference, r.year, r.number
     FROM donations d JOIN receipts r ON r.donation_id = d.id
     LEFT JOIN gift_references g ON g.donation_id = d.id
     WHERE d.centre_id = ? AND d.received_on = ?
       AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)`,
  ),
  newest: db.$client.prepare('SELECT coalesce(max(id), 0) FROM donations').pluck(),
  since: db.$client
    .prepare('SELECT EXISTS (SELECT 1 FROM donations WHERE id > ? AND +centre_id = ?)')
    .pluck(),
}));

/** Until which gift of the file was looked. */
export const newestGift = (db: Db): number => statements(db).newest.get() as number;

/** Whether a gift came to this centre after that one. */
export const giftsSince = (db: Db, centreId: number, newest: number): boolean =>
  statements(db).since.get(newest, centreId) === 1;

type Told = Omit<RowFault, 'line'>;

/** Looks at one gift after another of a sheet: what is there already, and what stands above. */
export class Again {
  readonly #db: Db;
  readonly #centre: Centre;
  readonly #days = new Map<string, Map<string, string>>();
  readonly #rows = new Map<string, number>();
  readonly #references = new Map<string, { bank: string; line: number }[]>();

  constructor(db: Db, centre: Centre) {
    this.#db = db;
    this.#centre = centre;
  }

  /** The same number of the same bank in a row above is the same money: refused, not warned of. */
  above(line: number, { kind = 'cash', reference }: Gift): Told | undefined {
    if (!reference) return undefined;
    const key = `${kind} ${reference.reference.replace(/^0+/, '')}`;
    const bank = searchText(reference.bank ?? '');
    const before = this.#references.get(key) ?? [];
    const isUnsure = (other: string) => kind === 'transfer' && (bank === '' || other === '');
    const same = before.find((one) => one.bank === bank || isUnsure(one.bank));
    this.#references.set(key, [...before, { bank, line }]);
    if (!same) return undefined;
    const values = { line: same.line };
    return { field: 'reference', key: 'imports:faults.reference-above', values };
  }

  /** A gift that has no number of a bank may be the same gift, or one that is alike: a person says. */
  seen(line: number, gift: Gift): Told | undefined {
    const { donor, receivedOn, amountRial, fund, reference } = gift;
    const known = donor && knownDonorOrNone(this.#db, this.#centre.id, donor);
    const rest = `${amountRial} ${fund} ${reference?.reference ?? ''}`;
    const receipt =
      donor && !known ? undefined : this.#day(receivedOn).get(`${known?.id ?? ''} ${rest}`);
    const who = known?.id ?? JSON.stringify(donor ?? null);
    const key = `${receivedOn} ${who} ${rest}`;
    const before = this.#rows.get(key);
    this.#rows.set(key, line);
    if (receipt) return { field: '', key: 'imports:warnings.there', values: { receipt } };
    return before === undefined
      ? undefined
      : { field: '', key: 'imports:warnings.above', values: { line: before } };
  }

  #day(day: string): Map<string, string> {
    const known = this.#days.get(day);
    if (known) return known;
    const rows = statements(this.#db).ofDay.all(this.#centre.id, day) as Known[];
    const fresh = new Map(
      rows.map(({ donorId, fund, amountRial, reference, year, number }) => [
        `${donorId ?? ''} ${amountRial} ${fund} ${reference ?? ''}`,
        writtenNumber(year, number, 6),
      ]),
    );
    this.#days.set(day, fresh);
    return fresh;
  }
}
