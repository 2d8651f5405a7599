/** B-81: money goes to another purpose only with consent or to the nearest, and within its gift. */
import { expect } from 'chai';
import { cancelReceipt, findReceipt } from '../../src/donations/receipts.ts';
import { type ChangeAsked, changeIntention, takeBackChange } from '../../src/funds/intentions.ts';
import { balanceOfFund } from '../../src/funds/spending.ts';
import { examineFile } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import { give } from '../donations/gifts.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

const ASKED: ChangeAsked = {
  ...{ fromFund: 'dowry', toFund: 'purpose', amountRial: 400, account: '1101' },
  ...{ way: 'consent', consent: 'writing', consentedOn: TODAY },
  reason: 'عروسی به هم خورد و نیکوکار خواست',
};

describe('B-81, a change of intention', () => {
  let world: World;
  let receipt: string;
  beforeEach(async () => {
    world = await buildWorld();
    ({ receipt } = await give(world, { fund: 'dowry', amountRial: 1000 }));
  });
  afterEach(() => world.close());

  const changed = (more: Partial<ChangeAsked> = {}, person: Person = 'reza', of = receipt) =>
    enter(world.province, (tx) =>
      changeIntention(tx, world.actor(person, world.noor), world.noor, {
        receipt: findReceipt(tx, world.noor.id, of),
        asked: { ...ASKED, ...more },
      }),
    );
  const keyOf = async (promise: Promise<unknown>) =>
    ((await promise.catch((fault: unknown) => fault)) as Refusal).key;
  const held = (fund: string) => balanceOfFund(world.province.db, world.noor.id, '1101', fund);

  it('moves the money with the giver’s consent, on paper, in the books', async () => {
    const change = await changed();
    expect([held('dowry'), held('purpose')]).to.deep.equal([600, 400]);
    expect(change).to.include({ way: 'consent', restoredOn: null });
    const { text } = await world.visit('maryam', `GET /centres/noor/papers/${change.paperId}.json`);
    expect(text).to.include('جهیزیه').and.include('۴۰۰');
    const wrong = examineFile(world.province.file).filter((one) => one.wrong !== null);
    expect(wrong).to.deep.equal([]);
  });

  it('goes to the nearest purpose for the chair’s reason only', async () => {
    const nearest = { way: 'nearest', consent: undefined, consentedOn: undefined } as const;
    expect(await keyOf(changed(nearest, 'maryam'))).to.equal('common:refusals.not-yours');
    await changed(nearest);
    const running = changed({ ...nearest, toFund: 'running-costs' });
    expect(await keyOf(running)).to.equal('funds:refusals.may-not-take');
  });

  it('pays running costs when the giver himself agreed', async () => {
    await changed({ toFund: 'running-costs' });
    expect(held('running-costs')).to.equal(400);
  });

  const never = [
    ...['zakat-general', 'khums-imam', 'endowment', 'kaffara', 'vow', 'fitra-general', 'sadaqa'],
  ];
  for (const fund of never) {
    it(`never takes ${fund} elsewhere, even with consent`, async () => {
      const deed = { number: '۱۲', madeOn: TODAY, terms: 'اصل بماند' };
      const stays = fund === 'endowment' && { deed };
      const given = await give(world, { fund, amountRial: 1000, ...stays });
      const asked = changed({ fromFund: fund }, 'reza', given.receipt);
      expect(await keyOf(asked)).to.equal('funds:refusals.may-not-leave');
    });
  }

  for (const fund of ['zakat-general', 'khums-imam', 'endowment', 'kaffara', 'unidentified']) {
    it(`takes nothing to ${fund}`, async () => {
      expect(await keyOf(changed({ toFund: fund }))).to.equal('funds:refusals.may-not-take');
    });
  }

  it('is within what is left of the gift and of the fund', async () => {
    expect(await keyOf(changed({ amountRial: 1001 }))).to.equal('funds:refusals.beyond-gift');
    await changed();
    expect(await keyOf(changed({ amountRial: 601 }))).to.equal('funds:refusals.beyond-gift');
    await post(
      world,
      `1405/08/30 a dowry
        6103 dowry 500
        1101 dowry -500`,
    );
    expect(await keyOf(changed({ amountRial: 200 }))).to.equal('funds:refusals.overspent');
    await changed({ amountRial: 100 });
  });

  it('is refused of a cancelled gift, and without the consent being whole', async () => {
    expect(await keyOf(changed({ consent: undefined }))).to.equal('funds:refusals.no-consent');
    expect(await keyOf(changed({ consentedOn: '2026-11-22' }))).to.equal(
      'funds:refusals.no-consent-day',
    );
    expect(await keyOf(changed({ reason: 'چون' }))).to.equal('funds:refusals.longer-reason');
    await enter(world.province, (tx) => {
      const known = findReceipt(tx, world.noor.id, receipt);
      return cancelReceipt(tx, world.actor('reza', world.noor), world.noor, known, 'دوبار');
    });
    expect(await keyOf(changed())).to.equal('funds:refusals.gift-cancelled');
  });

  it('is taken back by another hand, once, and is then as if it had not been', async () => {
    const change = await changed();
    const back = (person: Person) =>
      enter(world.province, (tx) => {
        const actor = world.actor(person, world.noor);
        return takeBackChange(tx, actor, world.noor, { change, reason: 'اشتباه بود' });
      });
    expect(await keyOf(back('reza'))).to.equal('funds:refusals.own-change');
    const restored = await back('maryam');
    expect(restored.restoredOn).to.equal(TODAY);
    expect([held('dowry'), held('purpose')]).to.deep.equal([1000, 0]);
    expect(await keyOf(back('maryam'))).to.equal('funds:refusals.taken-back-before');
    await changed({ amountRial: 1000 });
  });

  it('is not taken back once the money is spent on the new purpose', async () => {
    const change = await changed();
    await post(
      world,
      `1405/08/30 treatment
        6102 purpose 400
        1101 purpose -400`,
    );
    const back = enter(world.province, (tx) => {
      const actor = world.actor('maryam', world.noor);
      return takeBackChange(tx, actor, world.noor, { change, reason: 'اشتباه بود' });
    });
    expect(await keyOf(back)).to.equal('funds:refusals.overspent');
  });

  describe('in the hands of raw SQL', () => {
    const copied = (changes: Record<string, string | number>) => {
      const columns = `id centre_id donation_id from_fund to_fund amount_rial account way consent
        consented_on reason changed_on changed_by entry_id paper_id act_id`.split(/\s+/);
      const told = { id: 9, entry_id: 999, ...changes } as Record<string, string | number>;
      const row = columns.map((one) => told[one] ?? one);
      return `INSERT INTO intention_changes SELECT ${row} FROM intention_changes WHERE id = 1`;
    };
    const sql = (text: string) => () => world.province.db.$client.exec(text);
    const tries: [string, string, string][] = [
      ['beyond the gift', copied({ amount_rial: 601 }), 'b81_change_within_gift'],
      ['out of another fund', copied({ from_fund: "'csr'" }), 'b81_change_within_gift'],
      ['out of zakat', copied({ from_fund: "'zakat-general'" }), 'b81_change_w'],
      ['to khums', copied({ to_fund: "'khums-imam'" }), 'b81_change_where_allowed'],
      [
        'to the nearest by another than the chair',
        copied({
          ...{ way: "'nearest'", consent: 'NULL', consented_on: 'NULL' },
          changed_by: "(SELECT id FROM users WHERE username = 'maryam')",
        }),
        'b81_change_by_chair',
      ],
      ['anew', 'UPDATE intention_changes SET amount_rial = 1', 'intention_changes_are_final'],
      ['away', 'DELETE FROM intention_changes', 'intention_changes_are_final'],
    ];
    for (const [name, text, guard] of tries) {
      it(`is not written ${name}`, async () => {
        await changed();
        expect(sql(text)).to.throw(guard);
      });
    }

    it('no entry moves money between funds without its row, nor by hand', async () => {
      const lines = (id: number) => `INSERT INTO entry_lines VALUES
        (${id}, 1, 1, 1405, '4104', 'dowry', 50, 0, NULL),
        (${id}, 2, 1, 1405, '1101', 'dowry', 0, 50, NULL),
        (${id}, 3, 1, 1405, '1101', 'purpose', 50, 0, NULL),
        (${id}, 4, 1, 1405, '4104', 'purpose', 0, 50, NULL);`;
      const entry = (source: string) => `${lines(99)}
        INSERT INTO entries SELECT 99, 1, 1405, 2, 9, '${TODAY}', 'x', '${source}', NULL, NULL, NULL,
          ${world.users.maryam}, ${world.users.reza}, '2026-11-21T10:00:00.000Z', 1`;
      const { $client } = world.province.db;
      const attempt = (source: string) => () =>
        $client.transaction(() => $client.exec(entry(source).replace(', 9, ', ', 8, ')))();
      expect(attempt('intention')).to.throw('b81_intention_as_changed');
      expect(attempt('manual')).to.throw('b81_moved_by_deed_only');
    });
  });
});
