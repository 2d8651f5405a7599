import { expect } from 'chai';
import { findAccount } from '../../src/books/accounts.ts';
import { type LedgerAsked, ledgerPage, ledgerRows } from '../../src/books/ledger.ts';
import { fiscalYearDays } from '../../src/values/jalali-date.ts';
import { post, postAll } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';
import { randomLedger } from './random-ledger.ts';

const YEAR = fiscalYearDays(1405);

describe('the ledger', () => {
  let world: World;
  const of = () => [world.province.db, world.noor.id] as const;
  const asked = (code: string, subsidiaries = [code]): LedgerAsked => {
    const account = findAccount(...of(), code)!;
    return { ...YEAR, account, subsidiaries };
  };
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  it('brings forward what was there and tells the balance after each line', async () => {
    await post(
      world,
      `1404/11/10 alms of last year
        1101 sadaqa 300
        5101 sadaqa -300
      1405/01/31 alms
        1101 sadaqa 1000
        5101 sadaqa -1000
      1405/02/05 banked
        1102 sadaqa 1200
        1101 sadaqa -1200`,
    );
    const page = ledgerPage(...of(), { ...asked('1101'), page: 1, perPage: 50, order: 'number' });
    expect(page).to.include({ opening: 300, closing: 100, brought: 300, total: 2 });
    expect(page.turnover).to.deep.equal({ debit: 1000, credit: 1200 });
    expect(page.rows.map(({ balance }) => balance)).to.deep.equal([1300, 100]);
  });

  it('of a general account has the lines of all its subsidiaries, entry by entry', () => {
    const general = asked('11', ['1101', '1102', '1103', '1104']);
    const { rows } = ledgerPage(...of(), { ...general, page: 1, perPage: 50, order: '-number' });
    expect(rows.map(({ account, balance }) => [account, balance])).to.deep.equal([
      ['1101', 1300],
      ['1102', 2500],
      ['1101', 1300],
    ]);
  });

  describe('of random books', () => {
    before(() => postAll(world, randomLedger(11, 200)));

    const scopes: [string, Partial<LedgerAsked>][] = [
      ['a year', {}],
      ['two years', { from: fiscalYearDays(1404).from }],
      ['some days', { from: '2025-11-02', to: '2026-07-19' }],
      ['one fund', { fund: 'vow' }],
      ['some days of one fund', { from: '2026-02-02', to: '2026-09-01', fund: 'sadaqa' }],
    ];
    for (const [name, scope] of scopes) {
      for (const [code, subsidiaries] of [
        ['1101', ['1101']],
        ['51', ['5101', '5105', '5111']],
      ] as const) {
        it(`is the same by pages, backwards and from end to end: ${code} of ${name}`, () => {
          const whole = { ...asked(code, [...subsidiaries]), ...scope };
          const all = [...ledgerRows(...of(), whole)].flat();
          const { total, opening, closing } = ledgerPage(...of(), {
            ...{ ...whole, page: 1, perPage: 7, order: 'number' },
          });
          expect(all).to.have.length(total);
          expect(total).to.be.greaterThan(10);
          expect(all.at(-1)!.balance).to.equal(closing);
          expect(all[0]!.balance - all[0]!.debitRial + all[0]!.creditRial).to.equal(opening);
          for (const order of ['number', '-number'] as const) {
            const paged = Array.from({ length: Math.ceil(total / 7) }, (_, at) =>
              ledgerPage(...of(), { ...whole, page: at + 1, perPage: 7, order }),
            ).flatMap(({ rows }) => rows);
            expect(order === 'number' ? paged : paged.reverse()).to.deep.equal(all);
          }
        });
      }
    }
  });

  it('counts what came since it was last opened', async () => {
    const scope = { ...asked('1101'), page: 1, perPage: 3, order: '-number' as const };
    const { total } = ledgerPage(...of(), scope);
    await post(
      world,
      `1405/06/01 more
        1101 csr 5
        5302 csr -5`,
    );
    const after = ledgerPage(...of(), scope);
    expect(after.total).to.equal(total + 1);
    expect(after.rows[0]).to.include({ debitRial: 5, balance: after.closing });
  });

  it('reads one account along its index and sorts nothing', () => {
    const plan = world.province.db.$client
      .prepare(
        `EXPLAIN QUERY PLAN SELECT entry_id, line FROM entry_lines WHERE centre_id = 1
           AND year = 1405 AND account = '1101' AND (entry_id, line) > (5, 1)
         UNION ALL SELECT entry_id, line FROM entry_lines WHERE centre_id = 1
           AND year = 1405 AND account = '1102' AND (entry_id, line) > (5, 1)
         ORDER BY 1, 2 LIMIT 50`,
      )
      .all() as { detail: string }[];
    const steps = plan.map(({ detail }) => detail).join('\n');
    expect(steps).to.match(/SEARCH entry_lines USING COVERING INDEX lines_of_account/);
    expect(steps).to.not.match(/SCAN|TEMP B-TREE/);
  });
});
