/** B-81: a sponsor's money is held whole under its code, and reaches that very child and no other. */
import { expect } from 'chai';
import { cancelReceipt, findReceipt } from '../../src/donations/receipts.ts';
import { nameChild } from '../../src/payments/payees.ts';
import { makePledge } from '../../src/pledges/pledges.ts';
import { sponsoredOf } from '../../src/pledges/sponsored.ts';
import { examine } from '../../src/provinces/doctor.ts';
import type { Refusal } from '../../src/refusal.ts';
import { as, gift, line, pay, prepare, run, shop } from '../payments/paying.ts';
import { forceMade, raw } from '../payments/raw.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

describe('B-81: money passed on for a sponsor', () => {
  let world: World;
  const ids: Record<string, number> = {};
  const refused = async (deed: Promise<unknown>) => {
    const fault = await deed.then(
      () => undefined,
      (reason: unknown) => reason as Refusal,
    );
    return fault?.key ?? fault?.message;
  };
  const account = (childCode: string | null) =>
    shop(world, { name: `حساب ${childCode}`, kind: 'child-account', childCode });
  const to = (payee: Awaited<ReturnType<typeof account>>, rial: number, gift: number) => ({
    ...{ kind: 'pass-on' as const, payee, purpose: 'رساندن کمک حامی' },
    lines: [line('orphans', '3104', rial, gift)],
  });
  const held = () =>
    sponsoredOf(world.province.db, world.noor.id, TODAY).map(({ code, passedRial, heldRial }) => [
      ...[code, passedRial, heldRial],
    ]);

  before(async () => {
    world = await buildWorld();
    for (const code of ['F-12', 'F-13']) {
      const donor = { name: `حامی ${code}`, mobile: `0915000000${code.at(-1)}` };
      const { number } = await run(world, (tx) =>
        makePledge(tx, as(world, 'reza'), world.noor, {
          ...{ donor, fund: 'orphans', amountRial: 1_000_000, repeats: 'monthly' },
          ...{ firstOn: TODAY, sponsoredCode: code },
        }),
      );
      ids[code] = (await gift(world, { fund: 'orphans', pledge: number })).id;
    }
    ids.general = (await gift(world, { fund: 'orphans' })).id;
  });
  after(() => world.close());

  it('takes no account of a child without its code, and says it once', async () => {
    expect(await refused(account(null))).to.equal('payments:refusals.child-code-missing');
    const stray = shop(world, { childCode: 'F-12' });
    expect(await refused(stray)).to.equal('payments:refusals.child-code-stray');
    const { id } = await account('F-90');
    const again = run(world, (tx) => nameChild(tx, as(world, 'reza'), world.noor, id, 'F-91'));
    expect(await refused(again)).to.equal('payments:refusals.child-named');
    expect(() => world.province.db.$client.exec("UPDATE payee_children SET code = 'F'")).to.throw(
      'payee_children_are_final',
    );
  });

  it('refuses another child, and a gift that names none', async () => {
    const other = await account('F-13');
    const wrong = to(other, 1000, ids['F-12']!);
    expect(await refused(prepare(world, wrong))).to.equal('payments:refusals.other-child');
    const none = to(other, 1000, ids.general!);
    expect(await refused(prepare(world, none))).to.equal('payments:refusals.gift-of-no-child');
  });

  it('reaches its child to the last rial, overhead nought, and is counted by its code', async () => {
    const own = await account('F-12');
    await pay(world, to(own, 400_000, ids['F-12']!));
    expect(held()).to.deep.equal([
      ['F-12', 400_000, 600_000],
      ['F-13', 0, 1_000_000],
    ]);
    expect(await refused(prepare(world, to(own, 600_001, ids['F-12']!)))).to.include('beyond-gift');
    const cost = {
      ...{ kind: 'running' as const, payee: await shop(world), purpose: 'خرید کاغذ' },
      lines: [line('orphans', '7102', 1000, ids['F-12'])],
    };
    expect(await refused(prepare(world, cost))).to.be.a('string');
    await pay(world, to(own, 600_000, ids['F-12']!));
    expect(held()[0]).to.deep.equal(['F-12', 1_000_000, 0]);
    const receipt = findReceipt(world.province.db, world.noor.id, '1405-000001');
    const back = run(world, (tx) =>
      cancelReceipt(tx, as(world, 'reza'), world.noor, receipt, 'اشتباه شد'),
    );
    expect(await refused(back)).to.be.a('string');
    expect(examine(world.province.db).filter(({ wrong }) => wrong)).to.deep.equal([]);
  });

  it('and the file refuses the same', async () => {
    const other = await account('F-12');
    for (const gift of [ids['F-13']!, ids.general!]) {
      const id = raw(world, to(other, 1000, gift));
      expect(() => forceMade(world, id)).to.throw('b81_to_the_gifts_own_child');
    }
  });
});
