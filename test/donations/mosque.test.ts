/** B-98: what is meant for the mosque itself is no gift to the centre, in the page and in the file. */
import { expect } from 'chai';
import { buildWorld, TODAY, type World } from '../support/world.ts';

describe('B-98, a gift for the mosque', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const give = (purpose: string) =>
    world.visit('maryam', 'POST /centres/noor/donations', {
      ...{ kind: 'cash', amount: 500_000, fund: 'sadaqa', receivedOn: TODAY, purpose },
    });

  for (const purpose of [
    'مسجد',
    ' مسجد ',
    'مسجد جامع',
    'برای مسجد',
    'تعمیر مسجد محل',
    'خود مسجد',
  ]) {
    it(`is refused by its clause: «${purpose}»`, async () => {
      const visit = await give(purpose);
      expect(visit.status).to.equal(422);
      expect(visit.json()).to.include({ clause: 'B-98' });
    });
  }

  for (const purpose of ['افطاری در مسجد', 'نیازمندان همسایهٔ مسجد', 'مسجدی‌های نیازمند محله']) {
    it(`is not what serves the needy around it: «${purpose}»`, async () => {
      expect((await give(purpose)).status).to.equal(201);
    });
  }

  it('is refused by the file too', () => {
    expect(() =>
      world.province.db.$client.exec(
        `INSERT INTO donations SELECT id + 1000, centre_id, kind, amount_rial, fund, donor_id,
           'مسجد', 'مسجد', received_on, received_by, entered_at, entered_by, act_id
         FROM donations LIMIT 1`,
      ),
    ).to.throw('b98_not_for_the_mosque');
  });
});
