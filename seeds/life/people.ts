/** Whom a centre helps, by code and marks alone, and whom it pays. */
import { type Payee, payeesOf, registerPayee } from '../../src/payments/payees.ts';
import {
  type Marks,
  type Recipient,
  recipientsOf,
  registerRecipient,
} from '../../src/payments/recipients.ts';
import { type Turn, words } from './house.ts';

const NEEDS = ['living', 'illness', 'orphan', 'debt', 'study', 'dowry', 'living'] as const;
/** Two of a large centre's households, and one of two, are of sayyids. */
const LARGE = 14;

export function registerPeople(turn: Turn): void {
  const { tx, centre, finance, house } = turn;
  const many = house.large ? LARGE : 2;
  for (let n = 0; n < many; n += 1) {
    const marks: Marks = {
      ...{ sayyid: n % 7 === 1, poor: true, need: NEEDS[n % NEEDS.length]!, persons: 2 + (n % 5) },
    };
    registerRecipient(tx, finance, centre, marks);
  }
  for (const { name, kind } of house.large ? words.shops : words.shops.slice(0, 2)) {
    registerPayee(tx, finance, centre, { name, kind, nationalId: null, iban: null });
  }
  if (!house.large) return;
  const account = { kind: 'child-account' as const, nationalId: null, iban: null };
  registerPayee(tx, finance, centre, {
    name: words.childAccount,
    ...account,
    childCode: words.child,
  });
}

export function recipientsOfHouse({ tx, centre }: Turn): Recipient[] {
  return recipientsOf(tx, centre.id, {}, { limit: 50, from: 0 });
}

/** The nth who is no sayyid, going round. */
export function anyOf(turn: Turn, n: number): Recipient {
  const all = recipientsOfHouse(turn).filter(({ sayyid }) => !sayyid);
  return all[n % all.length]!;
}

export function payeeOf({ tx, centre }: Turn, kind: Payee['kind']): Payee {
  return payeesOf(tx, centre.id, { kind }, { limit: 1, from: 0 })[0]!;
}
