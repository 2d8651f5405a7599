/** A month with a receipt, and its pack, for whoever visits the pages. */
import { issueReceipt } from '../../src/donations/receipts.ts';
import { makeFiles } from '../../src/packs/making.ts';
import { readMonth } from '../../src/packs/months.ts';
import { issuePack } from '../../src/packs/packs.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { World } from '../support/world.ts';

export async function layPack({ province, noor, actor }: World): Promise<void> {
  const maryam = actor('maryam', noor);
  await enter(province, (tx) =>
    issueReceipt(tx, maryam, noor, {
      ...{ amountRial: 4_000_000, fund: 'sadaqa', receivedOn: '2026-10-05' },
    }),
  );
  const month = readMonth('1405-07')!;
  const draft = await makeFiles(province.db, maryam, noor, { month, nth: 1 });
  await enter(province, (tx) => issuePack(tx, maryam, noor, draft));
}
