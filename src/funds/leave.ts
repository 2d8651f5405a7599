/** What an entry spends under a leave: found for it when it is posted, written before it. */
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { findFund } from './funds.ts';
import { needsLeave, type Permission, permissionFor } from './permissions.ts';
import { SERVICES, SPENDS_NOTHING, type Spending } from './spending.ts';

export type UnderLeave = { permission: Permission; amountRial: number };

const statements = prepared((db) => ({
  insert: db.$client.prepare('INSERT INTO permission_spendings VALUES (?, ?, ?)'),
}));

/** One leave for each fund of the entry that needs one; refuses with B-81 what has none. */
export function leavesFor(db: Db, { centreId, source, entryOn, lines }: Spending): UnderLeave[] {
  if (SPENDS_NOTHING.includes(source)) return [];
  const spent = lines.filter(
    ({ account, debitRial }) => debitRial > 0 && account[0] === '6' && account !== SERVICES,
  );
  return [...Map.groupBy(spent, ({ fund }) => fund)].flatMap(([code, of]) => {
    const fund = findFund(db, code, entryOn);
    if (!fund || !needsLeave(fund)) return [];
    const amountRial = of.reduce((sum, { debitRial }) => sum + debitRial, 0);
    const accounts = of.map(({ account }) => account);
    const asked = { amountRial, day: entryOn, accounts };
    return [{ permission: permissionFor(db, centreId, fund, asked), amountRial }];
  });
}

export function spendUnderLeave(tx: Tx, entryId: number, leaves: UnderLeave[]): void {
  for (const { permission, amountRial } of leaves) {
    statements(tx).insert.run(entryId, permission.id, amountRial);
  }
}
