import { expect } from 'chai';
import { reverseEntry } from '../../src/books/entries.ts';
import { enter } from '../../src/provinces/enter.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';

describe('the books in the hands of raw SQL', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    const [first] = await post(
      world,
      `1405/02/01 alms
        1101 sadaqa 1000
        5402 sadaqa -1000
      1405/02/02 vow
        1101 vow 70
        5402 vow -70
      1404/12/02 alms of last year
        1101 sadaqa 9000
        5402 sadaqa -9000`,
    );
    const maryam = world.actor('maryam', world.noor);
    await enter(world.province, (tx) => reverseEntry(tx, maryam, first!.id, 'the wrong day'));
  });
  after(() => world.close());

  const columns = `id centre_id year number month entry_on description source donation_id
    reverses_entry_id reason drafted_by posted_by posted_at act_id`.split(/\s+/);
  /** The second entry once more, with other words in some of its columns. */
  const copied = (changes: Record<string, string>) =>
    `INSERT INTO entries SELECT ${columns.map((one) => changes[one] ?? one)} FROM entries WHERE id = 2`;
  const lines = (id: number, ...told: string[]) =>
    told.map((line, at) => {
      const [account, fund, debit, credit] = line.split(' ');
      return `INSERT INTO entry_lines
        VALUES (${id}, ${at + 1}, 1, 1405, '${account}', '${fund}', ${debit}, ${credit}, NULL)`;
    });
  const even = ['1101 vow 5 0', '5402 vow 0 5'];

  const tries: [string, string[], string][] = [
    ['an entry described anew', ["UPDATE entries SET description = 'x'"], 'posted_entry_is_final'],
    ['an entry deleted', ['DELETE FROM entries'], 'posted_entry_is_final'],
    ['entries replaced', ['REPLACE INTO entries SELECT * FROM entries'], 'b132_number_without_gap'],
    [
      'an entry replaced under the next number',
      [copied({ number: '4' }).replace('INSERT', 'REPLACE')],
      'posted_entry_is_final',
    ],
    ['a line changed', ['UPDATE entry_lines SET debit_rial = 2'], 'posted_entry_is_final'],
    ['a line deleted', ['DELETE FROM entry_lines'], 'posted_entry_is_final'],
    [
      'a line replaced',
      ['REPLACE INTO entry_lines SELECT * FROM entry_lines'],
      'posted_entry_is_final',
    ],
    [
      'a line added to a posted entry',
      ["INSERT INTO entry_lines VALUES (2, 3, 1, 1405, '1101', 'vow', 1, 0, NULL)"],
      'posted_entry_is_final',
    ],
    [
      'an entry that does not balance',
      [...lines(99, '1101 vow 5 0', '5402 vow 0 4'), copied({ id: '99', number: '4' })],
      'entry_balances',
    ],
    [
      'an entry that balances only over two funds',
      [...lines(99, '1101 vow 5 0', '5402 sadaqa 0 5'), copied({ id: '99', number: '4' })],
      'entry_balances',
    ],
    ['an entry without lines', [copied({ id: '99', number: '4' })], 'entry_balances'],
    [
      'a number left out',
      [...lines(99, ...even), copied({ id: '99', number: '5' })],
      'b132_number_without_gap',
    ],
    [
      'a number given twice',
      [...lines(99, ...even), copied({ id: '99', number: '2' })],
      'b132_number_without_gap',
    ],
    [
      'a month that is not the day’s',
      [...lines(99, ...even), copied({ id: '99', number: '4', month: '5' })],
      'entry_day_is_in_its_month',
    ],
    [
      'a day that has not come',
      [
        ...lines(99, ...even),
        copied({ id: '99', number: '4', month: '9', entry_on: "'2026-11-23'" }),
      ],
      'entry_day_is_in_its_month',
    ],
    [
      'one hand for both signatures',
      [...lines(99, ...even), copied({ id: '99', number: '4', drafted_by: 'posted_by' })],
      'two_signatures',
    ],
    [
      'a second reversal of the same entry',
      [
        ...lines(99, '1101 sadaqa 0 1000', '5402 sadaqa 1000 0'),
        copied({
          ...{ id: '99', number: '4', source: "'reversal'", reverses_entry_id: '1' },
          reason: "'once more'",
        }),
      ],
      'posted_entry_is_final',
    ],
    [
      'a reversal that is no mirror',
      [
        ...lines(99, '1101 vow 0 69', '5402 vow 69 0'),
        copied({
          ...{ id: '99', number: '4', source: "'reversal'", reverses_entry_id: '2' },
          reason: "'nearly'",
        }),
      ],
      'reversal_mirrors',
    ],
    [
      'a reversal without a reason',
      [
        ...lines(99, '1101 vow 0 70', '5402 vow 70 0'),
        copied({ id: '99', number: '4', source: "'reversal'", reverses_entry_id: '2' }),
      ],
      'reversal_has_reason',
    ],
    [
      'a line that is both debit and credit',
      ["INSERT INTO entry_lines VALUES (99, 1, 1, 1405, '1101', 'vow', 1, 1, NULL)"],
      'debit_or_credit',
    ],
    [
      'a line below zero',
      ["INSERT INTO entry_lines VALUES (99, 1, 1, 1405, '1101', 'vow', -1, 0, NULL)"],
      'debit_in_range',
    ],
    [
      'a line of a general account',
      ["INSERT INTO entry_lines VALUES (99, 1, 1, 1405, '11', 'vow', 1, 0, NULL)"],
      'line_in_subsidiary',
    ],
    ['an account taken away', ["DELETE FROM accounts WHERE code = '9105'"], 'b134_accounts_stay'],
    [
      'an account of another nature',
      ["UPDATE accounts SET nature = 'credit' WHERE code = '1101'"],
      'account_codes_stay',
    ],
    [
      'an account of the mosque',
      ["UPDATE accounts SET name_fa = 'صندوق مسجد' WHERE code = '1101'"],
      'b98_no_mosque_account',
    ],
    [
      'an account of wages',
      ["UPDATE accounts SET name_fa = 'حقوق و دستمزد' WHERE code = '7101'"],
      'b46_no_wage_account',
    ],
    [
      'an account of rent',
      ["UPDATE accounts SET name_fa = 'اجارهٔ دفتر' WHERE code = '7101'"],
      'b114_no_rent_account',
    ],
    ['a fiscal year taken away', ['DELETE FROM fiscal_years'], 'b134_fiscal_years_stay'],
    ['a number taken back', ['UPDATE numbers SET last_number = 1'], 'b132_numbers_never_fall'],
  ];

  for (const foreignKeys of ['ON', 'OFF']) {
    for (const [name, statements, guard] of tries) {
      it(`refuse ${name}, with foreign keys ${foreignKeys}`, () => {
        const client = world.province.db.$client;
        client.pragma(`foreign_keys = ${foreignKeys}`);
        const attempt = client.transaction(() => {
          for (const sql of statements) client.exec(sql);
        });
        try {
          expect(() => attempt()).to.throw(guard);
        } finally {
          client.pragma('foreign_keys = ON');
        }
      });
    }
  }

  it('refuse a line without an entry and a line in no fund', () => {
    const client = world.province.db.$client;
    const orphan = client.transaction(() => client.exec(lines(99, '1101 vow 5 0').join(';')));
    expect(() => orphan()).to.throw('FOREIGN KEY');
    const nowhere = client.transaction(() => client.exec(lines(99, '1101 gold 5 0').join(';')));
    expect(() => nowhere()).to.throw('FOREIGN KEY');
  });
});
