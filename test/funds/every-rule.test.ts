/** B-81: every rule of every fund that the program comes with, tried by its own name. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { recordDeposit } from '../../src/donations/deposits.ts';
import type { GoodsItem } from '../../src/donations/gift-parts.ts';
import { findReceipt, type Gift } from '../../src/donations/receipts.ts';
import { changeIntention } from '../../src/funds/intentions.ts';
import { recordPermission } from '../../src/funds/permissions.ts';
import { fundWarnings } from '../../src/funds/warnings.ts';
import type { Payee } from '../../src/payments/payees.ts';
import type { AskedPayment } from '../../src/payments/payments.ts';
import type { Marks, Recipient } from '../../src/payments/recipients.ts';
import { breachesOf } from '../../src/payments/rules.ts';
import type { Refusal } from '../../src/refusal.ts';
import {
  as,
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
} from '../payments/paying.ts';
import { forceMade, raw } from '../payments/raw.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

type Seed = { code: string; account: string; rules: { rule: string; reaction: string }[] };
const file = new URL('../../seeds/funds.json', import.meta.url);
const FUNDS = JSON.parse(readFileSync(file, 'utf8')) as Seed[];
const DEED = { number: '۱۲/الف', madeOn: TODAY, terms: 'اصل بماند و درآمدش خرج ایتام شود' };
const NOT_POOR: Marks = { ...POOR, poor: false, need: 'study' };

let world: World;
/** The gift of each fund, and its receipt. */
const given = new Map<string, { id: number; receipt: string }>();
let poor: Recipient;
let sayyid: Recipient;
let student: Recipient;
let payee: Payee;

const faultOf = (promise: Promise<unknown>): Promise<Refusal | undefined> =>
  promise.then(
    () => undefined,
    (fault: unknown) => fault as Refusal,
  );

/** The verb refuses by the clause, and the file by its own guard. */
async function isRefused(asked: Partial<AskedPayment>, key: RegExp): Promise<void> {
  const fault = await faultOf(prepare(world, asked));
  expect(fault?.key).to.match(key);
  expect(fault?.details.clause).to.equal('B-81');
  const { db } = world.province;
  db.$client.exec('SAVEPOINT by_hand');
  try {
    expect(() => forceMade(world, raw(world, asked))).to.throw(/b81_/);
  } finally {
    db.$client.exec('ROLLBACK TO by_hand; RELEASE by_hand');
  }
}

const aid = (fund: string, account: string, recipient: Recipient, gifts = false) => ({
  recipient,
  lines: [line(fund, account, 1000, gifts ? given.get(fund)!.id : null)],
});
const warned = (asked: ReturnType<typeof aid>) =>
  breachesOf(world.province.db, {
    ...{ subject: null, kind: 'aid', day: TODAY, payeeId: null, ...asked },
  }).map(({ rule, reaction }) => `${rule} ${reaction}`);

const byHand = (fund: string, ...sides: [string, number][]) =>
  faultOf(
    post(
      world,
      `1405/08/30 by hand\n${sides.map(([account, rial]) => `${account} ${fund} ${rial}`).join('\n')}`,
    ),
  );

async function changed(fund: string, toFund: string, way: 'consent' | 'nearest') {
  const consent = { consent: 'writing', consentedOn: TODAY } as const;
  return faultOf(
    run(world, (tx) =>
      changeIntention(tx, as(world, 'reza'), world.noor, {
        receipt: findReceipt(tx, world.noor.id, given.get(fund)!.receipt),
        asked: {
          ...{ fromFund: fund, toFund, amountRial: 1000, account: '1101', way },
          ...(way === 'consent' ? consent : {}),
          reason: 'نیاز نماند',
        },
      }),
    ),
  );
}

type Trial = (fund: string) => Promise<void>;

const leave = (fund: string, uses = ['6101']) =>
  run(world, (tx) =>
    recordPermission(tx, as(world, 'reza'), world.noor, {
      ...{ fund, givenBy: 'مرجع نمونه', number: '118', ceilingRial: 900_000, uses },
      ...{ fromOn: TODAY, toOn: TODAY, document: 'نامهٔ دفتر' },
    }),
  );

/** How each rule is tried; the fund is the one that has it. */
const TRIALS: Record<string, Trial> = {
  'not-for-running-costs': (fund) =>
    isRefused(
      { kind: 'running', payee, lines: [line(fund, '7101', 1000)] },
      /^funds:refusals\.(running-costs|in-kind-only)$/,
    ),
  'running-costs': async (fund) => {
    await pay(world, { kind: 'running', payee, lines: [line(fund, '7101', 1000)] });
  },
  'all-needy': async (fund) => {
    await pay(world, aid(fund, '6101', poor));
    await pay(world, aid(fund, '6101', sayyid));
  },
  'to-anyone': (fund) => TRIALS['all-needy']!(fund),
  'no-refund': async (fund) => {
    const fault = await byHand(fund, ['5101', 1000], ['1101', -1000]);
    expect(fault?.details.clause).to.equal('B-81');
  },
  'not-to-sayyids': (fund) => isRefused(aid(fund, '6101', sayyid), /not-to-sayyids$/),
  'only-to-sayyids': async (fund) => {
    await leave(fund);
    await isRefused(aid(fund, '6101', poor), /only-to-sayyids$/);
    await pay(world, aid(fund, '6101', sayyid));
  },
  'better-not-to-sayyids': async (fund) => {
    expect(warned(aid(fund, '6101', sayyid))).to.include('better-not-to-sayyids warn');
    expect(warned(aid(fund, '6101', poor))).to.deep.equal([]);
  },
  'eight-uses': async (fund) => {
    await isRefused(aid(fund, '6104', student), /eight-uses$/);
    await pay(world, aid(fund, '6104', poor));
  },
  'only-the-poor': (fund) => isRefused(aid(fund, '6101', student), /only-the-poor$/),
  'spent-in-three-days': async (fund) => {
    const keys = fundWarnings(world.province.db, world.noor.id, TODAY);
    expect(keys.map((one) => `${one.fund.code} ${one.key}`)).to.include(`${fund} eid-unset`);
  },
  'leave-of-the-marja': (fund) => isRefused(aid(fund, '6102', sayyid), /leave|no-leave/),
  'leave-of-a-mujtahid': async (fund) => {
    await isRefused(aid(fund, '6101', poor), /leave/);
    await leave(fund);
    await pay(world, aid(fund, '6101', poor));
  },
  'as-vowed': async (fund) => {
    await isRefused(aid(fund, '6107', poor), /as-vowed$/);
    await pay(world, aid(fund, '6107', poor, true));
  },
  'vowed-day': async (fund) => {
    const vow = { object: 'اطعام سی نفر', people: null, dueOn: TODAY };
    await gift(world, { fund, vow });
    const keys = fundWarnings(world.province.db, world.noor.id, TODAY).map(({ key }) => key);
    expect(keys).to.include('vow-near');
  },
  'in-kind-only': (fund) => isRefused(aid(fund, '6101', poor, true), /in-kind-only$/),
  'sixty-persons': async (fund) => {
    const goods: [string, number, number][] = [['آرد', 4, 4000]];
    const donationId = given.get(fund)!.id;
    await buy(world, { fund, payee, goods, donationId });
    const wanted = [{ itemId: itemCalled(world, 'آرد'), quantityMilli: 1000 }];
    await deliver(world, poor, wanted);
    expect((await faultOf(prepareGoods(world, poor, wanted)))?.details.clause).to.equal('B-81');
    await prepareGoods(world, student, wanted);
  },
  'only-its-purpose': async (fund) => {
    await isRefused(aid(fund, '6102', poor), /only-its-purpose$/);
    await pay(world, aid(fund, '6102', poor, true));
  },
  'change-by-consent': async (fund) => {
    expect(await changed(fund, 'sadaqa', 'consent')).to.equal(undefined);
  },
  'change-to-nearest': async (fund) => {
    expect(await changed(fund, 'sadaqa', 'nearest')).to.equal(undefined);
  },
  'named-child': async (fund) => {
    const of = { kind: 'child-account', name: 'حساب فرزند نمونه', childCode: 'F-12' } as const;
    const child = await shop(world, of);
    const lines = [line(fund, '3104', 1000, given.get(fund)!.id)];
    await isRefused({ kind: 'pass-on', payee: child, lines }, /gift-of-no-child$/);
  },
  'no-overhead': (fund) => TRIALS['not-for-running-costs']!(fund),
  'second-dowry': async (fund) => {
    await pay(world, aid(fund, '6103', poor));
    expect(warned(aid(fund, '6103', poor))).to.deep.equal(['second-dowry warn']);
    expect(warned(aid(fund, '6103', student))).to.deep.equal([]);
  },
  'as-agreed': async (fund) => {
    expect(warned(aid(fund, '6101', poor))).to.deep.equal(['as-agreed warn']);
    await pay(world, aid(fund, '6101', poor));
  },
  'only-lent': (fund) => isRefused(aid(fund, '6101', poor), /other-use$/),
  repayable: (fund) => isRefused(aid(fund, '6101', poor), /other-use$/),
  'no-interest': async (fund) => {
    const fault = await byHand(fund, ['1101', 1000], ['5402', -1000]);
    expect(fault?.key).to.equal('funds:refusals.no-interest');
  },
  'principal-stays': (fund) => isRefused(aid(fund, '6101', poor), /other-use$/),
  'deed-required': async (fund) => {
    const fault = await faultOf(gift(world, { fund }));
    expect(fault?.key).to.equal('donations:refusals.deed-required');
    expect(fault?.details.clause).to.equal('B-81');
    const kept = world.province.db.$client
      .prepare('SELECT number, made_on AS madeOn, terms FROM gift_deeds')
      .get();
    expect(kept).to.deep.equal(DEED);
    expect((await faultOf(gift(world, { deed: DEED })))?.key).to.equal(
      'donations:refusals.deed-fund',
    );
  },
  'programmes-only': (fund) => TRIALS['not-for-running-costs']!(fund),
  'until-known': (fund) => isRefused(aid(fund, '6101', poor), /other-use$/),
};

describe('B-81: every rule of every fund', () => {
  before(async () => {
    world = await buildWorld();
    poor = await help(world);
    sayyid = await help(world, SAYYID);
    student = await help(world, NOT_POOR);
    payee = await shop(world);
    for (const { code, rules } of FUNDS) {
      if (code === 'unidentified') continue;
      const deed = rules.some(({ rule }) => rule === 'deed-required') ? DEED : undefined;
      const told = { fund: code, amountRial: 2_000_000, purpose: 'جراحی', deed };
      given.set(code, await gift(world, told));
    }
    await run(world, (tx) =>
      recordDeposit(tx, as(world, 'maryam'), world.noor, {
        ...{ reference: '140508', depositedOn: TODAY, amountRial: 3_000_000 },
      }),
    );
  });
  after(() => world.close());

  for (const { code, rules } of FUNDS) {
    for (const { rule, reaction } of rules) {
      it(`${code}: ${rule} (${reaction})`, () => TRIALS[rule]!(code));
    }
  }

  it('takes no goods in with what is held for others, nor does the file', async () => {
    const item: GoodsItem = {
      ...{ name: 'آرد', quantityMilli: 1000, unit: 'kg', valueRial: 1000, account: '1301' },
      ...{ condition: 'new', expiresOn: null },
    };
    const goods: Partial<Gift> = { kind: 'goods', amountRial: 1000, items: [item] };
    const fault = await faultOf(gift(world, { ...goods, fund: 'khums-imam' }));
    expect(fault?.key).to.equal('donations:refusals.held-goods');
    const { $client } = world.province.db;
    const copy = $client.prepare(`INSERT INTO donations SELECT 9000, centre_id, 'goods', 1000, fund,
      donor_id, purpose, purpose_search, received_on, received_by, entered_at, entered_by, act_id
      FROM donations WHERE id = ?`);
    expect(() => copy.run(given.get('khums-imam')!.id)).to.throw('b81_goods_not_held');
  });

  it('has none that is tried for nothing', () => {
    const known = new Set(FUNDS.flatMap(({ rules }) => rules.map(({ rule }) => rule)));
    expect(Object.keys(TRIALS).filter((rule) => !known.has(rule))).to.deep.equal([]);
  });
});
