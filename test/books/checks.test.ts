import { expect } from 'chai';
import { bookChecks } from '../../src/books/checks.ts';
import { reverseEntry } from '../../src/books/entries.ts';
import { periodChecks } from '../../src/books/period-checks.ts';
import { closeYear } from '../../src/books/year-end.ts';
import { enter } from '../../src/provinces/enter.ts';
import { give } from '../donations/gifts.ts';
import { postAll } from '../support/ledger.ts';
import { dropTriggers } from '../support/tampering.ts';
import { buildWorld, type World } from '../support/world.ts';
import { randomLedger } from './random-ledger.ts';

describe('the doctor of the books', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
    const posted = await postAll(world, randomLedger(5, 20));
    await give(world);
    const maryam = world.actor('maryam', world.noor);
    await enter(world.province, (tx) =>
      reverseEntry(tx, maryam, posted.at(-1)!.id, 'the wrong day'),
    );
  });
  afterEach(() => world.close());

  /** Names of the checks that complain. */
  const complaints = () =>
    bookChecks.filter(({ run }) => run(world.province.db) !== null).map(({ name }) => name);

  /** What somebody does who has dropped the triggers first. */
  const tamper = (sql: string) => {
    const { $client } = world.province.db;
    dropTriggers($client);
    $client.pragma('foreign_keys = OFF');
    $client.exec(sql);
  };

  it('finds nothing wrong with sound books', () => {
    expect(complaints()).to.deep.equal([]);
  });

  const tries: [string, string, string[]][] = [
    [
      'an amount changed',
      'UPDATE entry_lines SET debit_rial = debit_rial + 1 WHERE entry_id = 5 AND debit_rial > 0',
      ['entries-balance', 'balances', 'entry-acts'],
    ],
    [
      'an amount changed on both sides, and the balances with it',
      `UPDATE entry_lines SET debit_rial = debit_rial * 2, credit_rial = credit_rial * 2
       WHERE entry_id = 5;
       DELETE FROM balances;
       INSERT INTO balances SELECT e.centre_id, e.year, month, account, fund, sum(debit_rial),
         sum(credit_rial) FROM entries e JOIN entry_lines l ON l.entry_id = e.id GROUP BY 1,2,3,4,5`,
      ['entry-acts'],
    ],
    [
      'a gift’s amount changed in the books',
      'UPDATE entry_lines SET debit_rial = debit_rial * 2, credit_rial = credit_rial * 2 WHERE entry_id = 21',
      ['balances', 'gift-entries', 'entry-acts'],
    ],
    ['a gift described anew', "UPDATE entries SET description = 'x' WHERE id = 21", ['entry-acts']],
    [
      'an entry described anew',
      "UPDATE entries SET description = 'x' WHERE id = 5",
      ['entry-acts'],
    ],
    ['another hand signed', 'UPDATE entries SET posted_by = 1 WHERE id = 5', ['entry-acts']],
    [
      'an entry taken away',
      'DELETE FROM entries WHERE id = 5',
      ['entry-numbers', 'entry-lines', 'balances'],
    ],
    [
      'a reversal bent',
      "UPDATE entry_lines SET fund = CASE fund WHEN 'vow' THEN 'csr' ELSE 'vow' END WHERE entry_id = 22",
      ['balances', 'reversals', 'entry-acts'],
    ],
    ['a kept balance changed', 'UPDATE balances SET debit_rial = debit_rial + 1', ['balances']],
    [
      'a day moved to another month',
      "UPDATE entries SET entry_on = date(entry_on, '-40 days') WHERE id = 5",
      ['entry-days', 'entry-acts'],
    ],
  ];
  for (const [name, sql, found] of tries) {
    it(`finds ${name}`, () => {
      tamper(sql);
      expect(complaints()).to.deep.equal(found);
    });
  }
});

describe('the doctor of closed years', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
    await postAll(world, randomLedger(5, 20));
    await enter(world.province, (tx) =>
      closeYear(tx, world.actor('maryam', world.noor), world.noor, 1404),
    );
  });
  afterEach(() => world.close());

  const complaints = () =>
    periodChecks.filter(({ run }) => run(world.province.db) !== null).map(({ name }) => name);

  const tries: [string, string, string[]][] = [
    ['nothing', '', []],
    [
      'an opened year’s lock',
      'UPDATE book_locks SET through_on = NULL',
      ['book-locks', 'year-closings'],
    ],
    ['a lock taken away', 'DELETE FROM book_locks', ['book-locks', 'year-closings']],
    [
      'another year in the closing',
      'UPDATE year_closings SET year = 1405',
      ['year-closing-acts', 'year-closings'],
    ],
    ['a closing taken away', 'DELETE FROM year_closings', ['year-closing-acts', 'year-closings']],
    [
      'a reopening without its entries',
      "INSERT INTO year_reopenings SELECT id, 'because', closed_on, closed_by, act_id FROM year_closings",
      ['year-closing-acts', 'year-closings'],
    ],
    [
      'a row on a closed day',
      `UPDATE entries SET entry_on = '2026-03-01'
       WHERE id = (SELECT max(id) FROM entries WHERE source = 'manual');
       UPDATE book_locks SET act_id = 1`,
      ['book-locks'],
    ],
    [
      'the opening changed',
      `UPDATE entry_lines SET debit_rial = debit_rial * 2, credit_rial = credit_rial * 2
       WHERE entry_id = (SELECT entry_id FROM year_closing_entries WHERE kind = 'opening')`,
      ['year-closings'],
    ],
  ];
  for (const [what, sql, names] of tries) {
    it(`is told of ${what}`, () => {
      const { $client } = world.province.db;
      const triggers = $client
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .pluck()
        .all();
      for (const name of triggers) $client.exec(`DROP TRIGGER ${name}`);
      $client.pragma('foreign_keys = OFF');
      $client.exec(sql);
      expect(complaints()).to.deep.equal(names);
    });
  }
});
