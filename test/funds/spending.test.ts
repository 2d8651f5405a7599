/** B-81 by verb, by page and by raw SQL: no fund beyond its balance, none beside its uses. */
import { expect } from 'chai';
import { type Line, postEntry } from '../../src/books/entries.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import { dice } from '../books/random-ledger.ts';
import { counted, give, told } from '../donations/gifts.ts';
import { post, readLedger } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';

const GIVEN = `1405/02/01 what was given
  1101 sadaqa 1000
  5101 sadaqa -1000
  1101 kaffara 500
  5106 kaffara -500
  1101 endowment 900
  4301 endowment -900
  1101 khums-imam 800
  3103 khums-imam -800`;

/** What no fund may do; the sentence, and the trigger that holds the same in the file. */
const UNLAWFUL: [string, string, string, string][] = [
  [
    'more than there is',
    `1405/02/02 flour
      6101 sadaqa 1001
      1101 sadaqa -1001`,
    'overspent',
    'b81_fund_not_below_zero',
  ],
  [
    'more than there is, in two lines',
    `1405/02/02 flour
      6101 sadaqa 1200
      1101 sadaqa -600
      1101 sadaqa -600`,
    'overspent',
    'b81_fund_not_below_zero',
  ],
  [
    'goods that are not in the store',
    `1405/02/02 flour
      6101 sadaqa 1
      1301 sadaqa -1`,
    'overspent',
    'b81_fund_not_below_zero',
  ],
  [
    'money that lies elsewhere',
    `1405/02/02 flour
      6101 sadaqa 10
      1102 sadaqa -10`,
    'overspent',
    'b81_fund_not_below_zero',
  ],
  [
    'electricity from alms',
    `1405/02/02 electricity
      7101 sadaqa 10
      1101 sadaqa -10`,
    'running-costs',
    'b81_use_of_fund',
  ],
  [
    'an invoice that is paid later, too',
    `1405/02/02 electricity
      7101 sadaqa 10
      3101 sadaqa -10`,
    'running-costs',
    'b81_use_of_fund',
  ],
  [
    'the principal of an endowment',
    `1405/02/02 aid
      6101 endowment 10
      1101 endowment -10`,
    'other-use',
    'b81_use_of_fund',
  ],
  [
    'khums as aid',
    `1405/02/02 aid
      6101 khums-imam 10
      1101 khums-imam -10`,
    'no-leave',
    'b81_leave_before_spending',
  ],
  [
    'kaffara as cash',
    `1405/02/02 aid
      6107 kaffara 10
      1101 kaffara -10`,
    'in-kind-only',
    'b81_in_kind_only',
  ],
  [
    'a desk for the office with alms',
    `1405/02/02 a desk
      2101 sadaqa 10
      1101 sadaqa -10`,
    'equipment',
    'b81_equipment_from_running_costs',
  ],
  [
    'goods with the money of an endowment',
    `1405/02/02 rice
      1301 endowment 10
      1101 endowment -10`,
    'no-goods',
    // Goods that do not move are booked by nobody; what they are bought with is asked afterwards.
    'stock_is_booked',
  ],
];

const LAWFUL: [string, string][] = [
  [
    'all of it',
    `1405/02/02 aid
      6101 sadaqa 1000
      1101 sadaqa -1000`,
  ],
  [
    'kaffara as bread',
    `1405/02/02 flour
      1301 kaffara 300
      1101 kaffara -300
    1405/02/03 delivered
      6107 kaffara 300
      1301 kaffara -300`,
  ],
  [
    'khums passed on to its office',
    `1405/02/02 to the office
      3103 khums-imam 800
      1101 khums-imam -800`,
  ],
  [
    'carried to the bank and spent from there',
    `1405/02/02 banked
      1102 sadaqa 700
      1101 sadaqa -700
    1405/02/03 aid
      6102 sadaqa 700
      1102 sadaqa -700`,
  ],
];

describe('B-81, a fund', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
    await post(world, GIVEN);
  });
  afterEach(() => world.close());

  for (const [name, ledger] of LAWFUL) {
    it(`is spent: ${name}`, () => post(world, ledger));
  }

  for (const [name, ledger, key, guard] of UNLAWFUL) {
    it(`is refused, ${name}: by verb and by raw SQL`, async () => {
      const before = counted(world);
      const refused = (await post(world, ledger).catch((fault: unknown) => fault)) as Refusal;
      expect(refused.key).to.equal(`funds:refusals.${key}`);
      expect(refused.details.clause).to.equal('B-81');
      expect(() => written(world, readLedger(ledger)[0]!.lines)).to.throw(guard);
      expect(counted(world)).to.deep.equal(before);
    });
  }

  it('is not taken back once it is spent', async () => {
    const { receipt } = await give(world, { fund: 'vow', amountRial: 5_000 });
    await post(
      world,
      `1405/08/30 as vowed
        6107 vow 5000
        1101 vow -5000`,
    );
    const path = `POST /centres/noor/donations/receipts/${receipt}/cancel`;
    const answer = await world.visit('reza', path, { reason: 'دو بار ثبت شده بود' });
    expect(answer.status, answer.text).to.equal(409);
    expect(told(answer).detail).to.include('موجودی نیت «نذر» در «صندوق» ۰ ریال است');
  });

  it('is refused on the page too, with its clause, and nothing is written', async () => {
    const entry = {
      ...{ entryOn: '1405/08/20', description: 'قبض برق' },
      lines: [
        { account: '7101', fund: 'sadaqa', debit: 900 },
        { account: '1101', fund: 'sadaqa', credit: 900 },
      ],
    };
    const drafted = await world.visit('maryam', 'POST /centres/noor/books/drafts', entry);
    const { id } = told(drafted);
    const before = counted(world);
    const answer = await world.visit('reza', `POST /centres/noor/books/drafts/${id}/posting`, {});
    expect(answer.status).to.equal(409);
    expect(told(answer)).to.include({ clause: 'B-81', type: '/toos/bylaw#B-81' });
    expect(told(answer).detail).to.equal(
      'هزینهٔ جاری مرکز («آب، برق و گاز») از «صدقه» پرداخت نمی‌شود؛ فقط از «کمک به هزینه‌های مرکز» پرداخت می‌شود.',
    );
    expect(counted(world)).to.deep.equal(before);
  });

  it('tells what it has and what it lacks, in groups', async () => {
    const entry = {
      ...{ entryOn: '1405/08/20', description: 'درمان' },
      lines: [
        { account: '6102', fund: 'sadaqa', debit: 1_234_567 },
        { account: '1101', fund: 'sadaqa', credit: 1_234_567 },
      ],
    };
    const drafted = await world.visit('maryam', 'POST /centres/noor/books/drafts', entry);
    const path = `POST /centres/noor/books/drafts/${told(drafted).id}/posting`;
    const { detail } = told(await world.visit('reza', path, {}));
    expect(detail).to.include('۱٬۰۰۰ ریال است و ۱٬۲۳۳٬۵۶۷ ریال کم دارد');
  });
});

describe('B-81, any sequence of acts', () => {
  for (const seed of [1, 2, 3]) {
    it(`leaves no fund below zero anywhere, whatever is tried (${seed})`, async () => {
      const world = await buildWorld();
      const tried = { posted: 0, refused: 0 };
      const roll = dice(seed);
      const one = <T>(list: readonly T[]) => list[Math.floor(roll() * list.length)]!;
      await enter(world.province, (tx) => {
        const actor = world.actor('reza', world.noor);
        const head = { centreId: world.noor.id, source: 'manual', entryOn: '2026-05-05' } as const;
        for (let at = 0; at < 400; at++) {
          const [fund, rial] = [one(TRIED.funds), 1 + Math.floor(roll() * 500)];
          const lines = [
            { account: one(TRIED.debits), fund, debitRial: rial, creditRial: 0 },
            { account: one(TRIED.credits), fund, debitRial: 0, creditRial: rial },
          ];
          const description = `try ${at}`;
          try {
            postEntry(tx, actor, { ...head, description, lines, draftedBy: world.users.maryam });
            tried.posted += 1;
          } catch (fault) {
            expect((fault as Refusal).details?.clause, String(fault)).to.equal('B-81');
            tried.refused += 1;
          }
          expect(lowest(world)).to.be.at.least(0);
        }
      });
      expect(tried.posted).to.be.greaterThan(100);
      expect(tried.refused).to.be.greaterThan(50);
      await world.close();
    });
  }
});

const TRIED = {
  funds: ['sadaqa', 'kaffara', 'running-costs', 'endowment'],
  debits: ['1101', '1101', '1102', '1301', '6101', '7102'],
  credits: ['1101', '1102', '1301', '5402', '5402'],
} as const;

/** The least that any fund has on any account of money or goods. */
function lowest({ province }: World): number {
  return province.db.$client
    .prepare(
      `SELECT coalesce(min(net), 0) FROM (SELECT sum(debit_rial - credit_rial) AS net FROM balances
         WHERE account GLOB '1[13]*' GROUP BY centre_id, account, fund)`,
    )
    .pluck()
    .get() as number;
}

/** Writes an entry past the verb, as a hand in the file would. */
function written({ province, users }: World, lines: Line[]): void {
  const client = province.db.$client;
  client.transaction(() => {
    const line = client.prepare(
      'INSERT INTO entry_lines VALUES (99, ?, 1, 1405, ?, ?, ?, ?, NULL)',
    );
    lines.forEach(({ account, fund, debitRial, creditRial }, at) => {
      line.run(at + 1, account, fund, debitRial, creditRial);
    });
    client
      .prepare(
        `INSERT INTO entries SELECT 99, 1, 1405, last_number + 1, 2, '2026-04-22', 'x', 'manual', NULL,
           NULL, NULL, ?, ?, '2026-11-21T10:00:00.000Z', 1
         FROM numbers WHERE series = 'entry' AND year = 1405`,
      )
      .run(users.maryam, users.reza);
  })();
}
