/** B-81 by fund rule: refused by the verb with the rule's own sentence, and by the file itself. */
import { expect } from 'chai';
import { cancelReceipt, findReceipt } from '../../src/donations/receipts.ts';
import type { AskedPayment } from '../../src/payments/payments.ts';
import type { Marks, Recipient } from '../../src/payments/recipients.ts';
import type { Refusal } from '../../src/refusal.ts';
import { buildWorld, type World } from '../support/world.ts';
import {
  as,
  balance,
  buy,
  deliver,
  gift,
  help,
  itemCalled,
  line,
  POOR,
  pay,
  prepare,
  prepareGoods,
  run,
  SAYYID,
  shop,
  sign,
  signGoods,
} from './paying.ts';
import { addOverride, forceMade, raw } from './raw.ts';

async function refused(promise: Promise<unknown>): Promise<Refusal> {
  const fault = await promise.then(
    () => undefined,
    (reason: unknown) => reason as Refusal,
  );
  if (!fault) throw new Error('nothing was refused');
  return fault;
}

type Given = { recipient: Recipient; gifts: Record<string, number>; world: World };
type Case = {
  name: string;
  marks?: Marks;
  rule: string;
  /** The trigger that holds the same. */
  trigger?: string;
  asked: (given: Given) => Partial<AskedPayment>;
};

const NOT_POOR: Marks = { ...POOR, poor: false, need: 'study' };

const CASES: Case[] = [
  {
    ...{ name: 'zakat of a non-sayyid to a sayyid', marks: SAYYID, rule: 'not-to-sayyids' },
    asked: ({ recipient }) => ({ recipient, lines: [line('zakat-general', '6101', 1000)] }),
  },
  {
    ...{ name: 'fitra of a non-sayyid to a sayyid', marks: SAYYID, rule: 'not-to-sayyids' },
    asked: ({ recipient }) => ({ recipient, lines: [line('fitra-general', '6101', 1000)] }),
  },
  {
    ...{ name: 'zakat beside its eight uses', marks: NOT_POOR, rule: 'eight-uses' },
    asked: ({ recipient }) => ({ recipient, lines: [line('zakat-general', '6104', 1000)] }),
  },
  {
    ...{ name: 'fitra to somebody who is not poor', marks: NOT_POOR, rule: 'only-the-poor' },
    asked: ({ recipient }) => ({ recipient, lines: [line('fitra-sadat', '6101', 1000)] }),
  },
  {
    ...{ name: 'kaffara as cash', rule: 'in-kind-only', trigger: 'b81_in_kind_only' },
    asked: ({ recipient, gifts }) => ({
      recipient,
      lines: [line('kaffara', '6101', 1000, gifts.kaffara)],
    }),
  },
  {
    ...{ name: 'a gift for one purpose that is not named', rule: 'only-its-purpose' },
    asked: ({ recipient }) => ({ recipient, lines: [line('purpose', '6102', 1000)] }),
  },
  {
    ...{ name: 'a vow that is not named', rule: 'as-vowed' },
    asked: ({ recipient }) => ({ recipient, lines: [line('vow', '6107', 1000)] }),
  },
];

const FUNDS = [
  'zakat-general',
  'fitra-general',
  'fitra-sadat',
  'kaffara',
  'purpose',
  'vow',
  'fidya',
];

describe('B-81: the rules of the funds', () => {
  let world: World;
  let gifts: Record<string, number>;
  beforeEach(async () => {
    world = await buildWorld();
    gifts = {};
    for (const fund of FUNDS) {
      gifts[fund] = (await gift(world, { amountRial: 2_000_000, fund, purpose: 'جراحی' })).id;
    }
  });
  afterEach(() => world.close());

  for (const { name, marks, rule, trigger = 'b81_payment_by_the_rules', asked } of CASES) {
    it(`refuse ${name}, and so does the file`, async () => {
      const recipient = await help(world, marks);
      const wanted = asked({ recipient, gifts, world });
      const fault = await refused(prepare(world, wanted));
      expect(fault.key).to.equal(`payments:refusals.rules.${rule}`);
      expect(fault.details.clause).to.equal('B-81');
      expect(fault.details.values).to.have.property('source');
      const id = raw(world, { ...wanted, recipient });
      expect(() => forceMade(world, id)).to.throw(trigger);
    });
  }

  it('refuse more than is left of a gift, and a cancelled one', async () => {
    const recipient = await help(world);
    const of = (rial: number) => ({
      recipient,
      lines: [line('purpose', '6102', rial, gifts.purpose)],
    });
    await gift(world, { amountRial: 5_000_000, fund: 'purpose' });
    expect((await refused(prepare(world, of(2_000_001)))).key).to.equal(
      'payments:refusals.beyond-gift',
    );
    expect(() => forceMade(world, raw(world, of(2_000_001)))).to.throw('b81_gift_not_overspent');
    await pay(world, of(1_500_000));
    expect((await refused(prepare(world, of(500_001)))).key).to.equal(
      'payments:refusals.beyond-gift',
    );
    const other = await gift(world, { amountRial: 1_000_000, fund: 'purpose' });
    await run(world, (tx) => {
      const receipt = findReceipt(tx, world.noor.id, other.receipt);
      return cancelReceipt(tx, as(world, 'maryam'), world.noor, receipt, 'اشتباه');
    });
    const lines = [line('purpose', '6102', 1000, other.id)];
    const cancelled = await refused(prepare(world, { recipient, lines }));
    expect(cancelled.key).to.equal('payments:refusals.beyond-gift');
    expect(() => forceMade(world, raw(world, { recipient, lines }))).to.throw(
      'b81_gift_not_overspent',
    );
  });

  it('let the chair pass one case where the rule allows it, with a reason and a document', async () => {
    const recipient = await help(world, SAYYID);
    const lines = [line('zakat-general', '6101', 1000)];
    const prepared = await prepare(world, { recipient, lines, exception: true });
    await sign(world, prepared, 'maryam');
    const bare = await refused(sign(world, prepared, 'reza'));
    expect(bare.key).to.equal('payments:refusals.rules.not-to-sayyids');
    const made = await sign(world, prepared, 'reza', {
      passes: [
        {
          ...{ fund: 'zakat-general', rule: 'not-to-sayyids', document: 'نامهٔ ۱۲ دفتر مرجع' },
          reason: 'ناچاری، به تأیید امام محله',
        },
      ],
    });
    expect(made.state).to.equal('made');
    const fitra = { recipient, lines: [line('fitra-general', '6101', 1000)], exception: true };
    expect((await refused(prepare(world, fitra))).details.clause).to.equal('B-81');
    expect(() => addOverride(world, 'fitra-general', 'not-to-sayyids')).to.throw(
      'override_only_where_allowed',
    );
  });

  it('keep flour bought with kaffara money kaffara flour, one household once for each kaffara', async () => {
    const payee = await shop(world);
    const goods: [string, number, number][] = [['آرد', 45, 1_800_000]];
    const unnamed = await refused(buy(world, { fund: 'kaffara', payee, goods }));
    expect(unnamed.key).to.equal('payments:refusals.rules.sixty-persons');
    await buy(world, { fund: 'kaffara', payee, goods, donationId: gifts.kaffara });
    const recipient = await help(world);
    const itemId = itemCalled(world, 'آرد');
    const made = await deliver(world, recipient, [{ itemId, quantityMilli: 3000 }]);
    expect(made.state).to.equal('made');
    expect(balance(world, '6101', 'kaffara')).to.equal(120_000);
    expect(balance(world, '1301', 'kaffara')).to.equal(1_680_000);
    const again = await refused(prepareGoods(world, recipient, [{ itemId, quantityMilli: 1000 }]));
    expect(again.key).to.equal('payments:refusals.not-for-him');
    const lot = await refused(
      prepareGoods(world, recipient, [
        { itemId, quantityMilli: 1000, lotNumber: made.items[0]!.lotNumber },
      ]),
    );
    expect(lot.key).to.equal('payments:refusals.rules.sixty-persons');
  });

  it('keep goods of a non-sayyid’s zakat from a sayyid, and say so before anybody signs', async () => {
    const payee = await shop(world);
    await buy(world, { fund: 'zakat-general', payee, goods: [['برنج', 10, 900_000]] });
    const sayyid = await help(world, SAYYID);
    const itemId = itemCalled(world, 'برنج');
    const fault = await refused(prepareGoods(world, sayyid, [{ itemId, quantityMilli: 1000 }]));
    expect(fault.key).to.equal('payments:refusals.not-for-him');
    const waiting = await prepareGoods(world, sayyid, [{ itemId, quantityMilli: 1000 }], {
      exception: true,
    });
    await signGoods(world, waiting, 'maryam');
    expect((await refused(signGoods(world, waiting, 'reza'))).details.clause).to.equal('B-81');
    const other = await help(world);
    expect((await deliver(world, other, [{ itemId, quantityMilli: 1000 }])).state).to.equal('made');
  });
});

describe('B-58: the file asks for two signatures of this centre’s own seats', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await gift(world, { amountRial: 9_000_000, fund: 'sadaqa' });
  });
  after(() => world.close());

  it('B-58: and makes nothing with one, or with the same hand twice', async () => {
    const recipient = await help(world);
    const lines = [line('sadaqa', '6101', 1000)];
    const wanted = { recipient, lines };
    expect(() => forceMade(world, raw(world, wanted), ['reza'])).to.throw('b58_payment_signed');
    expect(() => forceMade(world, raw(world, wanted), ['reza', 'reza'])).to.throw(
      'b58_two_people_sign',
    );
    expect(() => forceMade(world, raw(world, wanted), ['zahra', 'reza'])).to.throw(
      'b58_signed_by_seat',
    );
    expect(() => forceMade(world, raw(world, wanted))).to.not.throw();
    const large = { recipient, lines: [line('sadaqa', '6101', 5_000_001)] };
    expect(() => forceMade(world, raw(world, large))).to.throw('b81_document_before_payment');
    const beyond = { recipient, lines: [line('sadaqa', '6101', 9_000_000)] };
    expect(() => forceMade(world, raw(world, beyond))).to.throw(/b81_/);
  });

  it('and pays no wage, no rent and nothing of the mosque', () => {
    for (const [kind, guard] of [
      ['wage', 'b46_no_wage_paid'],
      ['rent', 'b114_no_rent_paid'],
      ['mosque', 'b98_mosque_not_paid'],
    ]) {
      const asked = { kind: kind as 'running', lines: [line('sadaqa', '7102', 1000)] };
      expect(() => raw(world, asked)).to.throw(guard);
    }
  });
});
