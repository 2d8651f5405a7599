/** Rows of donors: read as the form reads them, and told apart as the centre tells donors apart. */
import type { Centre } from '../centres/centres.ts';
import {
  type DonorDetails,
  type GivenDonor,
  type KnownBy,
  knownDonorOrNone,
} from '../donations/donors.ts';
import { readDonorNationalId } from '../donations/gift-form.ts';
import type { Db } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { readName, searchText } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import type { Reading } from '../values/reading.ts';
import { type Cells, textOf, yesOrNo } from './cells.ts';
import type { RowFault } from './kinds.ts';

type Fault = Omit<RowFault, 'line'>;

/** Puts back the zeros that a spreadsheet ate, where somebody said that it may. */
export function withZeros(text: string, padded: boolean): string {
  const read = padded && text !== '' ? readDonorNationalId(text) : undefined;
  const isShort = read && 'fault' in read && read.fault === 'values:national-id.padded';
  return isShort ? String(read.values!.suggestion) : text;
}

const isNamed = yesOrNo();

/** What a row says of a donor, or what is wrong with it. */
export function readDonor(cells: Cells, padded: boolean): { value: DonorDetails } | Fault[] {
  const faults: Fault[] = [];
  const read = <T>(field: string, reading: Reading<T>): T | undefined => {
    if ('value' in reading) return reading.value;
    faults.push({ field, key: reading.fault, values: reading.values });
    return undefined;
  };
  const orNone = (field: string, text: string, reader: (text: string) => Reading<string>) =>
    text === '' ? null : (read(field, reader(text)) ?? null);
  const name = read('name', readName(textOf(cells('name'))));
  const typedId = withZeros(textOf(cells('nationalId')), padded);
  const nationalId = orNone('nationalId', typedId, readDonorNationalId);
  const mobile = orNone('mobile', textOf(cells('mobile')), readMobile);
  const unnamed = isNamed(cells('unnamed'));
  if (unnamed === undefined) faults.push({ field: 'unnamed', key: 'imports:faults.yes-or-no' });
  if (faults.length > 0) return faults;
  return { value: { name: name!, nationalId, mobile, mayBeNamed: unnamed === false } };
}

type Met = { line: number; name: string; nationalId: string | null };

/**
 * Tells whether a donor is known already: to the centre, or by a row above. A national ID is a
 * person; a mobile is shared in a family, so it needs the name; a bare name is whoever has no more.
 */
export class Acquaintance {
  readonly #db: Db;
  readonly #centre: Centre;
  readonly #byId = new Map<string, Met>();
  readonly #byMobile = new Map<string, Met>();
  readonly #byName = new Map<string, Met>();
  readonly #knownBy: KnownBy | undefined;

  /** `knownBy` spares most rows a question to the database; without it each row asks. */
  constructor(db: Db, centre: Centre, knownBy: KnownBy | undefined) {
    this.#db = db;
    this.#centre = centre;
    this.#knownBy = knownBy;
  }

  /** `known` by the centre, `above` in the sheet, `new`, or why he cannot be either. */
  meet(line: number, given: DonorDetails): 'known' | 'above' | 'new' | Fault {
    const fresh: GivenDonor = { name: given.name };
    if (given.nationalId) fresh.nationalId = given.nationalId;
    if (given.mobile) fresh.mobile = given.mobile;
    try {
      if (this.#mayBeKnown(given) && knownDonorOrNone(this.#db, this.#centre.id, fresh)) {
        return 'known';
      }
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      return { field: 'name', key: fault.key, values: fault.details.values };
    }
    return this.#above(line, given);
  }

  #mayBeKnown({ name, nationalId, mobile }: DonorDetails): boolean {
    const known = this.#knownBy;
    if (!known) return true;
    if (nationalId && known.nationalIds.has(nationalId)) return true;
    if (mobile) return known.mobiles.has(mobile);
    return !nationalId && known.bareNames.has(searchText(name));
  }

  #above(line: number, { name: typed, nationalId = null, mobile = null }: DonorDetails) {
    const name = searchText(typed);
    const met = { line, name, nationalId };
    const same = nationalId ? this.#byId.get(nationalId) : undefined;
    if (same && same.name !== name) {
      const values = { line: same.line };
      return { field: 'nationalId', key: 'imports:faults.other-name-above', values };
    }
    const family = mobile ? this.#byMobile.get(`${mobile} ${name}`) : undefined;
    if (same || (family && (!nationalId || family.nationalId === null))) return 'above';
    const bare = !nationalId && !mobile;
    if (bare && this.#byName.has(name)) return 'above';
    if (nationalId) this.#byId.set(nationalId, met);
    if (mobile && !family) this.#byMobile.set(`${mobile} ${name}`, met);
    if (bare) this.#byName.set(name, met);
    return 'new';
  }
}
