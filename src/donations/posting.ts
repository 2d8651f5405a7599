/** Which account a gift is debited to, by its kind: one table, and the stores of goods. */
import type { DONATION_KINDS } from './schema.ts';

export type GiftKind = (typeof DONATION_KINDS)[number];

/** The cash box, the bank, cheques being collected, and services used on their day. */
export const CASH = '1101';
export const BANK = '1102';
export const CHEQUES = '1105';
export const SERVICES = '6110';

/** Where a gift lies; goods lie in the store of each of their lines. */
export const DEBITED: Record<Exclude<GiftKind, 'goods'>, string> = {
  ...{ cash: CASH, card: BANK, transfer: BANK, cheque: CHEQUES, service: SERVICES },
};

/** What goods and services are credited to; money is credited to its fund's own account. */
export const CREDITED: Partial<Record<GiftKind, string>> = { goods: '5201', service: '5202' };

/** Money in the name of one child or household, until it is passed on. */
export const HELD_FOR_CHILD = '3104';

/** Money of unknown givers is held, in a fund of its own. */
export const UNIDENTIFIED = { fund: 'unidentified', account: '3105' } as const;

/** The stores of the chart, by what lies in them. */
export const STORES = {
  ...{ food: '1301', clothing: '1302', household: '1303', medical: '1304' },
  ...{ stationery: '1305', other: '1306' },
} as const;
export type Store = keyof typeof STORES;

/** Kinds that a bank knows by a number. */
export const BY_BANK: readonly GiftKind[] = ['card', 'transfer', 'cheque'];

/** B-45: a volunteer at the desk takes what is counted or seen on the spot. */
export const AT_THE_DESK: readonly GiftKind[] = ['cash', 'card'];
