/** Reza serves as a volunteer too: with a letter of tasks that waits for him, a card, and some hours. */
import { inventedId } from '../../seeds/invented-id.ts';
import type { Actor } from '../../src/access/actor.ts';
import type { Centre } from '../../src/centres/centres.ts';
import { giveAssignment } from '../../src/network/assignments.ts';
import { recordHours } from '../../src/network/hours.ts';
import { issueCards } from '../../src/network/volunteer-cards.ts';
import { registerVolunteer } from '../../src/network/volunteers.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { addDays } from '../../src/values/jalali-date.ts';

export function serveToo(tx: Tx, reza: Actor, centre: Centre): void {
  const { today } = reza;
  const { number } = registerVolunteer(tx, reza, centre, {
    ...{ name: 'رضا نمونه', gender: 'man', nationalId: inventedId(904), mobile: '09150000004' },
    ...{ fields: ['office', 'other'], otherField: 'باغبانی', skills: ['رایانه', 'باغبانی'] },
    ...{ days: ['thu', 'fri'], weeklyHours: 4, part: 'کوچهٔ بهار', sinceOn: today },
    ...{ introducedBy: 'مریم نمونه', isHonorary: true },
  });
  const toOn = addDays(today, 60);
  giveAssignment(tx, reza, centre, { volunteer: number, tasks: ['archive'], fromOn: today, toOn });
  issueCards(tx, reza, centre, { volunteers: [number], toOn });
  recordHours(tx, reza, centre, number, {
    workedOn: today,
    minutes: 90,
    what: 'مرتب کردن بایگانی',
  });
}
