/** A gift as a program sends it, and a trustee's browser, for the tests of donations. */
import type { Gift, IssuedReceipt } from '../../src/donations/receipts.ts';
import { issueReceipt } from '../../src/donations/receipts.ts';
import { enter } from '../../src/provinces/enter.ts';
import { Reader } from '../support/reader.ts';
import { PASSWORD, type Person, TODAY, type Visit, type World } from '../support/world.ts';

export const NOOR = '/centres/noor';
export const GIFTS = `${NOOR}/donations`;
export const RECEIPTS = `${GIFTS}/receipts`;
export const DONORS = `${GIFTS}/donors`;

/** An invented person with a national ID that passes its sum. */
export const BATOOL = { name: 'بتول نمونه', nationalId: '0013542419', mobile: '09150000001' };

export const cash = (more: object = {}) => ({
  ...{ kind: 'cash', amount: 12_500_000, fund: 'sadaqa', receivedOn: '1405/08/30', ...more },
});

/** Enters a gift past the pages, as of now. */
export function give(
  world: World,
  gift: Partial<Gift> = {},
  person: Person = 'reza',
): Promise<IssuedReceipt> {
  const told = { amountRial: 1_000_000, fund: 'sadaqa', receivedOn: TODAY, ...gift };
  return enter(world.province, (tx) =>
    issueReceipt(tx, world.actor(person, world.noor), world.noor, told),
  );
}

export async function signIn(world: World, person: Person): Promise<Reader> {
  const browser = new Reader(world.address);
  const fields = { username: person, password: PASSWORD };
  await browser.fill('/toos/login', '/toos/login', fields);
  return browser;
}

/** What a program reads of an answer. */
export const told = ({ text }: Visit) => JSON.parse(text) as Record<string, unknown>;

/** How many rows the tables of a gift hold; a refusal leaves them as they were. */
export function counted({ province }: World): number[] {
  const tables = ['donations', 'receipts', 'entries', 'entry_lines', 'papers', 'acts', 'donors'];
  return tables.map(
    (table) => province.db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number,
  );
}
