/** Rows of gifts: each becomes what a program would send, and is held to what every gift is held to. */
import type { Actor } from '../access/actor.ts';
import { requireOpenDay } from '../books/periods.ts';
import type { Centre } from '../centres/centres.ts';
import { upholdForGift } from '../donations/clauses.ts';
import { knownDonorOrNone } from '../donations/donors.ts';
import { findFund } from '../donations/funds.ts';
import { STORE_NAMES } from '../donations/gift-fields.ts';
import { readGiftOf } from '../donations/gift-form.ts';
import { upholdForKind } from '../donations/gift-rules.ts';
import type { Gift } from '../donations/receipts.ts';
import { CONDITIONS, DONATION_KINDS, UNITS } from '../donations/schema.ts';
import { findTaker } from '../donations/takers.ts';
import { fundsOf } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { searchText } from '../values/persian-text.ts';
import { readRial } from '../values/rial.ts';
import { type Cells, Choices, choicesOf, dayText, textOf, yesOrNo } from './cells.ts';
import { otherWords } from './columns.ts';
import { withZeros } from './donor-rows.ts';
import type { Chosen, RowFault } from './kinds.ts';

type Fault = Omit<RowFault, 'line'>;

/** The columns that the fields of a gift are told in. */
const FIELD_OF: Record<string, string> = {
  ...{ donor: 'donorName', 'donor.name': 'donorName', 'donor.nationalId': 'donorNationalId' },
  ...{ 'donor.mobile': 'donorMobile', 'items.0.name': 'item', 'items.0.quantity': 'quantity' },
  ...{ 'items.0.unit': 'unit', 'items.0.value': 'amount', 'items.0.condition': 'condition' },
  ...{ 'items.0.expiresOn': 'expiresOn', 'items.0.store': 'store', items: 'item' },
  ...{ 'service.description': 'service', 'service.hours': 'hours', service: 'service' },
};

const kinds = choicesOf(DONATION_KINDS, 'donations:kinds');
for (const kind of DONATION_KINDS) kinds.add(kind, ...otherWords('kind', kind));
const units = choicesOf(UNITS, 'donations:units');
const conditions = choicesOf(CONDITIONS, 'donations:conditions');
const stores = choicesOf(STORE_NAMES, 'donations:stores');
const isUnnamed = yesOrNo();

/** Reads gifts of one sheet, with the funds that the province has. */
export function giftReader(db: Db, actor: Actor, centre: Centre, chosen: Chosen) {
  const funds = new Choices();
  for (const { code, nameFa, nameEn } of fundsOf(db)) funds.add(code, nameFa, nameEn);
  return (cells: Cells): { value: Gift } | Fault[] => {
    const faults: Fault[] = [];
    const raw = rawOf(cells, { funds, chosen, faults });
    if (faults.length > 0) return [...faults, ...otherFaults(raw, faults, actor.today)];
    try {
      const gift = readGiftOf(raw, actor.today);
      upholdGift(db, actor, centre, gift);
      return { value: gift };
    } catch (fault) {
      if (fault instanceof Refusal) return faultsOf(fault);
      throw fault;
    }
  };
}

/** What is wrong beside what is known to be: a person mends a row once. */
function otherFaults(raw: Record<string, unknown>, known: Fault[], today: string): Fault[] {
  try {
    readGiftOf({ ...raw, amount: raw.amount || 1, fund: raw.fund || 'none' }, today);
    return [];
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return faultsOf(fault).filter(({ field }) => !known.some((one) => one.field === field));
  }
}

type Place = { funds: Choices; chosen: Chosen; faults: Fault[] };

function rawOf(cells: Cells, { funds, chosen, faults }: Place): Record<string, unknown> {
  const text = (field: string) => textOf(cells(field));
  const choice = (field: string, choices: Choices, needed: boolean) => {
    const code = choices.codeOf(cells(field));
    if (code !== undefined) return code;
    if (text(field) !== '') faults.push({ field, key: `imports:faults.no-such-${field}` });
    else if (needed) faults.push({ field, key: 'common:refusals.needed' });
    return '';
  };
  const kind = choice('kind', kinds, false) || 'cash';
  const amount = readRial(cells('amount') ?? '', chosen.unit);
  if ('fault' in amount) {
    faults.push({ field: 'amount', key: amount.fault, values: amount.values });
  }
  const rial = 'value' in amount ? amount.value : 0;
  const unnamed = isUnnamed(cells('unnamed'));
  if (unnamed === undefined) faults.push({ field: 'unnamed', key: 'imports:faults.yes-or-no' });
  const donor = {
    ...{ name: text('donorName'), mobile: text('donorMobile') },
    nationalId: withZeros(text('donorNationalId'), chosen.padded),
  };
  return {
    ...{ kind, receivedOn: dayText(cells('receivedOn')), fund: choice('fund', funds, true) },
    ...{ donor, donorUnnamed: unnamed === true, purpose: text('purpose') },
    ...{ reference: text('reference'), bank: text('bank'), dueOn: dayText(cells('dueOn')) },
    ...(kind === 'goods' ? {} : { amount: rial }),
    ...lineOf(cells, kind, { rial, choice }),
  };
}

type Reader = {
  rial: number;
  choice: (field: string, choices: Choices, needed: boolean) => string;
};

/** The goods or the service of a row; what stands there of another kind is told as a mistake. */
function lineOf(cells: Cells, kind: string, { rial, choice }: Reader) {
  const [name, service] = [textOf(cells('item')), textOf(cells('service'))];
  const item = {
    ...{ name, quantity: textOf(cells('quantity')), value: rial },
    ...{ unit: choice('unit', units, kind === 'goods'), store: choice('store', stores, false) },
    condition: choice('condition', conditions, false),
    expiresOn: dayText(cells('expiresOn')),
  };
  return {
    ...(kind === 'goods' || name !== '' ? { items: [item] } : {}),
    ...(kind === 'service' || service !== ''
      ? { service: { description: service, hours: textOf(cells('hours')) } }
      : {}),
  };
}

/** What issuing the receipt will ask, asked beforehand: nothing is written. */
function upholdGift(db: Db, actor: Actor, centre: Centre, gift: Gift): void {
  const { receivedOn, kind = 'cash', purpose } = gift;
  findFund(db, gift.fund, receivedOn);
  const purposeSearch = purpose ? searchText(purpose) : null;
  upholdForGift(db, actor, centre, { receivedOn, purposeSearch });
  const taker = findTaker(db, actor, centre.id, undefined);
  upholdForKind(db, actor, centre, { ...gift, kind, taker });
  asField('receivedOn', () => requireOpenDay(db, centre.id, receivedOn));
  const known = gift.donor && knownDonorOrNone(db, centre.id, gift.donor);
  if (gift.donor && !known && !gift.donor.name) {
    throw new Refusal('donations:refusals.donor-name', { status: 422, field: 'donor' });
  }
}

function asField(field: string, ask: () => void): void {
  try {
    ask();
  } catch (fault) {
    throw fault instanceof Refusal ? new Refusal(fault.key, { ...fault.details, field }) : fault;
  }
}

/** A refusal as faults of the cells that it is about. */
export function faultsOf({ key, details }: Refusal): Fault[] {
  const { fields, field = '', values } = details;
  const all = fields ?? [{ field, key, values }];
  return all.map((one) => ({
    field: FIELD_OF[one.field] ?? one.field,
    ...{ key: one.key, values: one.values },
  }));
}
