import { expect } from 'chai';
import { sumsThrough } from '../../src/books/balances.ts';
import { closedThrough, lockThrough } from '../../src/books/periods.ts';
import { closeYear, closingsOf, openYears, reopenYear } from '../../src/books/year-end.ts';
import { enter } from '../../src/provinces/enter.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';

describe('the end of a fiscal year', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await post(
      world,
      `1404/02/01 alms in the box
         1101 sadaqa 1000
         5101 sadaqa -1000
       1404/03/05 food for the needy
         6101 sadaqa 300
         1101 sadaqa -300
       1404/05/05 a gift for running costs
         1101 running-costs 500
         5111 running-costs -500
       1404/06/05 electricity
         7101 running-costs 120
         1101 running-costs -120`,
    );
    await post(
      world,
      `1405/02/01 alms, already in the next year
         1101 sadaqa 50
         5101 sadaqa -50`,
    );
  });
  after(() => world.close());

  const verb = <T>(name: 'reza' | 'maryam' | 'hadi', act: (tx: never, actor: never) => T) =>
    enter(world.province, (tx) => act(tx as never, world.actor(name, world.noor) as never));

  it('empties income and expense into the net assets of each fund, and carries the rest over', async () => {
    const { noor, province } = world;
    expect(openYears(province.db, noor.id)).to.include(1404);
    await verb('maryam', (tx, actor) => closeYear(tx, actor, noor, 1404));
    const nets = (day: string, fund: string) =>
      Object.fromEntries(
        [...sumsThrough(province.db, noor.id, day, fund)]
          .map(([code, { debit, credit }]) => [code, debit - credit] as const)
          .filter(([, net]) => net !== 0),
      );
    expect(nets('2026-03-20', 'sadaqa')).to.deep.equal({});
    expect(nets('2026-03-21', 'sadaqa')).to.deep.equal({ 1101: 700, 4101: -700 });
    expect(nets('2026-03-21', 'running-costs')).to.deep.equal({ 1101: 380, 4102: -380 });
    expect(closedThrough(province.db, noor.id)).to.equal('2026-03-20');
  });

  it('takes nothing more on its days, by verb or by raw SQL', async () => {
    const { noor } = world;
    const late = post(world, '1404/12/01 late\n 1101 sadaqa 5\n 5101 sadaqa -5');
    await late.then(
      () => expect.fail('was taken'),
      (fault) => expect(fault.key).to.equal('books:refusals.period-closed'),
    );
    const again = verb('maryam', (tx, actor) => closeYear(tx, actor, noor, 1404));
    await again.then(
      () => expect.fail('was closed twice'),
      (fault) => expect(fault.key).to.equal('books:refusals.year-closed'),
    );
    const back = verb('maryam', (tx, actor) => lockThrough(tx, actor, noor, '2026-01-20'));
    await back.then(
      () => expect.fail('went back'),
      (fault) => expect(fault.key).to.equal('books:refusals.locked-already'),
    );
  });

  it('is opened again by a supervisor, and then the books are as they were', async () => {
    const { noor, province } = world;
    const [closing] = closingsOf(province.db, noor.id);
    await verb('hadi', (tx, actor) =>
      reopenYear(tx, actor, noor, { closing: closing!, reason: 'a forgotten bill' }),
    );
    expect(closedThrough(province.db, noor.id)).to.equal('2025-03-20');
    expect(openYears(province.db, noor.id)).to.include(1404);
    await post(world, '1404/12/01 the bill\n 7101 running-costs 80\n 1101 running-costs -80');
    await verb('maryam', (tx, actor) => closeYear(tx, actor, noor, 1404));
    const sums = sumsThrough(province.db, noor.id, '2026-03-21', 'running-costs');
    const cash = sums.get('1101')!;
    expect(cash.debit - cash.credit).to.equal(300);
  });
});
