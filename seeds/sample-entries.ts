/** Entries that a sample centre makes by hand: cash to the bank, and what was bought for the needy. */
import { createRequire } from 'node:module';
import { type Actor, inCentre } from '../src/access/actor.ts';
import { postEntry } from '../src/books/entries.ts';
import type { Centre } from '../src/centres/centres.ts';
import type { Tx } from '../src/provinces/connection.ts';
import { stepsAt } from './neighbourhood.ts';

const { entries: words } = createRequire(import.meta.url)('./sample-names.json') as {
  entries: Record<'deposit' | 'livelihood' | 'treatment', string>;
};

type Keepers = { centre: Centre; chair: number; finance: number };

const FUND = 'sadaqa';
const WHOLE_RIAL = 100_000;

/** Takes the alms in the cash box to the bank and spends most of it, as of this moment. */
export function spendAndBank(tx: Tx, { centre, chair, finance }: Keepers, moment: Date): void {
  const actor = inCentre(stepsAt(tx, moment)(chair), centre.id);
  const cash = Math.floor(balanceOf(tx, centre.id, '1101') / WHOLE_RIAL) * WHOLE_RIAL;
  if (cash <= 0) return;
  const post = (description: string, debit: string, credit: string, rial: number) =>
    postByHand(tx, actor, { centre, finance, description, debit, credit, rial });
  post(words.deposit, '1102', '1101', cash);
  post(words.livelihood, '6101', '1102', Math.floor(cash * 0.6));
  post(words.treatment, '6102', '1102', Math.floor(cash * 0.15));
}

type ByHand = {
  centre: Centre;
  finance: number;
  description: string;
  debit: string;
  credit: string;
  rial: number;
};

/** Written by the financial officer, posted by the chair. */
function postByHand(tx: Tx, actor: Actor, entry: ByHand): void {
  const { centre, finance, description, debit, credit, rial } = entry;
  postEntry(tx, actor, {
    ...{ centreId: centre.id, entryOn: actor.today, description, source: 'manual' },
    draftedBy: finance,
    lines: [
      { account: debit, fund: FUND, debitRial: rial, creditRial: 0 },
      { account: credit, fund: FUND, debitRial: 0, creditRial: rial },
    ],
  });
}

function balanceOf(tx: Tx, centreId: number, account: string): number {
  return tx.$client
    .prepare(
      `SELECT coalesce(sum(debit_rial - credit_rial), 0) FROM balances
       WHERE centre_id = ? AND account = ? AND fund = ?`,
    )
    .pluck()
    .get(centreId, account, FUND) as number;
}
