/** What the compass asks about the papers of each month (B-133): sent, in time, and corrected. */
import type { Db } from '../provinces/connection.ts';
import { monthsOfPacks } from './pack-rows.ts';

export type PackFacts = {
  /** Months whose papers were handed to the committee, and the last day one was. */
  sent: number;
  lastOn: string | null;
  /** The oldest month that is past its day, told by that day: not made, not handed, or changed. */
  late: { state: 'owed' | 'made' | 'changed'; number: string; dueOn: string } | null;
  /** The day by which the next is due; null when nothing is open. */
  dueOn: string | null;
};

export function packFactsOf(db: Db, centreId: number, today: string): PackFacts {
  const months = monthsOfPacks(db, centreId, today);
  const sent = months.flatMap(({ packs }) => packs[0]?.handing?.handedOn ?? []);
  const open = months.filter(({ dueOn }) => dueOn !== null);
  const late = open.findLast(({ dueOn }) => dueOn! < today);
  return {
    ...{ sent: sent.length, lastOn: sent.sort().at(-1) ?? null },
    late: late
      ? { state: late.state as 'owed' | 'made' | 'changed', number: late.key, dueOn: late.dueOn! }
      : null,
    dueOn: open.map(({ dueOn }) => dueOn!).sort()[0] ?? null,
  };
}
