/** The papers of each month, sealed and handed to the committee (B-133). */
import { makeFiles } from '../../src/packs/making.ts';
import { writtenMonth } from '../../src/packs/months.ts';
import { monthsOfPacks } from '../../src/packs/pack-rows.ts';
import { handPack, issuePack, nextNth } from '../../src/packs/packs.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Province } from '../../src/provinces/province.ts';
import { addDays, dayInTehran, fiscalYear, monthsOf } from '../../src/values/jalali-date.ts';
import { type House, momentOf, serial, turnOf, words } from './house.ts';

/** So many days after a month's end its papers go. */
const AFTER = 12;
/** A month of so many gifts would be a book of its own: a sample of this size sends none. */
export const PACKED_AT_MOST = 5000;

/** When a house sends papers, from the end of its first month to today. */
export function sendingMoments({ from, to }: House, now: Date): Date[] {
  const moments: Date[] = [];
  for (let year = fiscalYear(from); year <= fiscalYear(to); year += 1) {
    for (const { to: last } of monthsOf(year)) {
      const moment = momentOf(addDays(last, AFTER), 480);
      if (last >= from && moment < now) moments.push(moment);
    }
  }
  return [...moments, now];
}

/** Whatever month is owed, or has changed since it was sent. */
export async function sendPapers(province: Province, house: House, moment: Date): Promise<void> {
  const { db } = province;
  const { centre } = house;
  const today = dayInTehran(moment);
  const owed = monthsOfPacks(db, centre.id, today).filter(({ dueOn }) => dueOn !== null);
  for (const month of owed.toReversed()) {
    const { finance: actor } = await enter(province, (tx) => turnOf(tx, house, moment));
    const draft = await makeFiles(db, actor, centre, { month, nth: nextNth(db, centre.id, month) });
    await enter(province, (tx) => {
      const pack = issuePack(tx, actor, centre, draft);
      const { receiver } = words;
      const number = `${writtenMonth(month)}/${serial(turnOf(tx, house, moment), 4)}`;
      const handed = { receiver, secretariatNumber: number, handedOn: today };
      handPack(tx, actor, centre, { pack, handed: { ...handed, way: 'letters-system' } });
    });
  }
}
