/** What the tests of the network's people share: the two officers' seats, and a volunteer as typed. */
import { inventedId } from '../../seeds/invented-id.ts';
import { seatTrustee, stepsAt } from '../../seeds/neighbourhood.ts';
import type { Actor } from '../../src/access/actor.ts';
import { actorOf } from '../../src/access/identify.ts';
import { hashPassword } from '../../src/access/passwords.ts';
import { createToken } from '../../src/access/tokens.ts';
import { enter } from '../../src/provinces/enter.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { FOUNDED, TODAY, type World } from '../support/world.ts';

export type Seated = { users: Record<string, number>; tokens: Record<string, string> };

/** A valid national ID of nobody in the world. */
export const ID = inventedId(654_321);

export const typed = {
  ...{ name: 'نرگس نمونه', gender: 'woman', nationalId: ID, mobile: '09151234567' },
  ...{ fields: ['social-work', 'culture'], skills: 'خیاطی، حسابداری', days: ['sat', 'mon'] },
  ...{ weeklyHours: '6', part: 'کوچهٔ بهار', sinceOn: '1405/07/01', isHonorary: true },
};

export const typedMan = {
  ...{ name: 'یونس نمونه', gender: 'man', nationalId: inventedId(123_456), mobile: '09157654321' },
  ...{ fields: ['distribution'], skills: 'رانندگی', sinceOn: '1405/07/01', isHonorary: true },
};

/** Seats vice-chair and the two officers of benefactors and volunteers in Noor. */
export async function seatOfficers(world: World): Promise<Seated> {
  const passwordHash = await hashPassword('khaneh-ye-mehr-1405');
  const days = { fromOn: FOUNDED, toOn: addDays(FOUNDED, 364) };
  const { hadi, security, selection, reza } = world.users;
  return enter(world.province, (tx) => {
    const as = stepsAt(tx, new Date('2026-03-21T06:00:00.000Z'));
    const officers = { head: hadi, security, selection };
    const seat = (told: object, at: number, chair?: number) =>
      seatTrustee(tx, as, officers, world.noor, {
        ...{ days, passwordHash, chair },
        trustee: { ...told, nationalId: inventedId(at) } as never,
      });
    const users = {
      vice: seat({ seat: 'vice-chair', name: 'وحید نمونه', gender: 'man', username: 'vahid' }, 951),
      men: seat(
        { seat: 'benefactors-men', name: 'بهرام نمونه', gender: 'man', username: 'bahram' },
        952,
        reza,
      ),
      women: seat(
        { seat: 'benefactors-women', name: 'ستاره نمونه', gender: 'woman', username: 'setareh' },
        953,
        reza,
      ),
    };
    const tokens = Object.fromEntries(
      Object.entries(users).map(([who, id]) => [
        who,
        createToken(tx, actorOf(tx, id, world.clock.now) as Actor, id, 'tests').token,
      ]),
    );
    return { users, tokens };
  });
}

export const today = TODAY;
