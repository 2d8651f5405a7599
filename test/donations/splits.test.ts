import { expect } from 'chai';
import { examine } from '../../src/provinces/doctor.ts';
import { buildWorld, type World } from '../support/world.ts';
import { GIFTS, RECEIPTS, told } from './gifts.ts';

/** The same numbers every time: a failure can be looked at again. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
}

/** A part of a gift of goods, as one line or two of its own purpose. */
function linesOf({ fund, amount }: { fund: string; amount: number }, at: number): object[] {
  const line = { name: `کالا ${at}`, quantity: 1.5, unit: 'kg', fund };
  if (amount < 3) return [{ ...line, value: amount }];
  return [
    { ...line, value: 1 },
    { ...line, value: amount - 1 },
  ];
}

describe('gifts over several funds, whatever they are', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const FUNDS = ['sadaqa', 'vow', 'kaffara', 'running-costs', 'zakat-general', 'dowry', 'fidya'];
  const KINDS = ['cash', 'card', 'transfer', 'cheque', 'service', 'goods'] as const;
  const one = (sql: string, ...values: unknown[]) =>
    world.province.db.$client
      .prepare(sql)
      .pluck()
      .get(...values) as number;

  it('balance in every fund, and come to the sums of the list, given and cancelled', async () => {
    const roll = dice(1405);
    const given = new Map<string, number>();
    const taken = new Map<string, number>();
    for (let at = 0; at < 120; at += 1) {
      const kind = KINDS[roll(KINDS.length)]!;
      const many = 1 + roll(4);
      const chosen = FUNDS.toSorted(() => roll(3) - 1).slice(0, many);
      const parts = chosen.map((fund) => ({ fund, amount: 1 + roll(9_000_000) }));
      const own = {
        ...{ cash: {}, card: { reference: `8${at}` }, transfer: { reference: `6${at}` } },
        cheque: { reference: `4${at}`, bank: 'ملی', dueOn: '1405/09/10' },
        service: { service: { description: 'کار نمونه', hours: 2 } },
        goods: { fund: 'sadaqa', items: parts.flatMap(linesOf) },
      }[kind];
      const shared = many > 1 ? { funds: parts } : { ...parts[0] };
      const body = {
        ...{ kind, receivedOn: '1405/08/30' },
        ...(kind === 'goods' ? own : { ...shared, ...own }),
      };
      const answer = await world.visit('reza', `POST ${GIFTS}`, body);
      expect(answer.status, answer.text).to.equal(201);
      for (const { fund, amount } of parts) given.set(fund, (given.get(fund) ?? 0) + amount);
      if (roll(4) > 0) continue;
      const { receipt } = told(answer);
      const reason = { reason: 'اشتباه بود' };
      await world.visit('reza', `POST ${RECEIPTS}/${receipt}/cancel`, reason);
      for (const { fund, amount } of parts) taken.set(fund, (taken.get(fund) ?? 0) + amount);
    }
    for (const fund of FUNDS) {
      const stands = (given.get(fund) ?? 0) - (taken.get(fund) ?? 0);
      const lies = one(
        `SELECT coalesce(sum(debit_rial - credit_rial), 0) FROM balances
         WHERE fund = ? AND (account GLOB '1[13]*' OR account = '6110')`,
        fund,
      );
      expect(lies, fund).to.equal(stands);
      const { donations, total, totals } = (
        await world.visit('reza', `GET ${GIFTS}.json?fund=${fund}`)
      ).json<Listed>();
      expect(totals.issued.rial, fund).to.equal(stands);
      expect(totals.issued.count + totals.cancelled.count).to.equal(total);
      const pages = Math.ceil(total / 50);
      let listed = donations;
      for (let page = 2; page <= pages; page += 1) {
        const more = await world.visit('reza', `GET ${GIFTS}.json?fund=${fund}&page=${page}`);
        listed = [...listed, ...more.json<Listed>().donations];
      }
      const counted = listed.filter(({ state }) => state === 'issued');
      expect(listed.length).to.equal(total);
      expect(counted.reduce((sum, { amount }) => sum + amount, 0)).to.equal(stands);
    }
  });

  it('are each once in a list by funds, and on every page', async () => {
    for (const sort of ['fund', '-fund', 'kind', '-state', 'amount', 'donor']) {
      const seen: string[] = [];
      for (const page of [1, 2, 3]) {
        const answer = await world.visit('reza', `GET ${GIFTS}.json?sort=${sort}&page=${page}`);
        seen.push(...answer.json<Listed>().donations.map(({ receipt }) => receipt));
      }
      expect(new Set(seen).size, sort).to.equal(120);
    }
  });

  it('leave the doctor nothing to say', () => {
    expect(examine(world.province.db).filter(({ wrong }) => wrong !== null)).to.eql([]);
  });
});

type Listed = {
  donations: { receipt: string; amount: number; state: string }[];
  total: number;
  totals: Record<'issued' | 'cancelled', { count: number; rial: number }>;
};
