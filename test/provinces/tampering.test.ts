/** A hand in the file: the database refuses it, and whoever drops the guard is found by the doctor. */
import { cpSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { cancelReceipt, findReceipt, issueReceipt } from '../../src/donations/receipts.ts';
import { backup } from '../../src/provinces/backup.ts';
import { examineFile } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

const FROZEN: Record<string, string> = {
  donations: 'amount_rial = amount_rial + 1',
  receipts: 'number = number + 10',
  entries: "description = 'x'",
  entry_lines: 'debit_rial = debit_rial + 1',
  acts: "kind = 'x'",
  papers: "content = '{}'",
};

/** What is final besides: changed or taken away, its acts still tell of it. */
const TOLD: Record<string, string> = {
  persons: "name = 'x'",
  clearances: "number = 'x'",
  decrees: "to_on = '2099-01-01'",
  decree_coordinations: "number = 'x'",
  decree_issues: "issued_on = '2026-03-22'",
  decree_acceptances: "accepted_on = '2026-03-22'",
  centres: "name = 'x'",
  licences: "to_on = '2099-01-01'",
  activity_codes: "code = 'x'",
  introductions: "issued_on = '2026-03-22'",
  bank_accounts: "account_number = '99999'",
  boundaries: `area = '{"type":"Polygon","coordinates":[]}'`,
  boundary_approvals: "approved_on = '2026-03-20'",
  receipt_cancellations: "reason = 'xxx'",
};

describe('a hand in the file', () => {
  let world: World;
  let file: string;
  let shell: Database.Database;

  before(async () => {
    world = await buildWorld();
    await enter(world.province, (tx) => {
      const actor = world.actor('maryam', world.noor);
      const gift = { amountRial: 500_000, fund: 'sadaqa', receivedOn: TODAY };
      issueReceipt(tx, actor, world.noor, { ...gift, donor: { name: 'بخشندهٔ نمونه' } });
      const { receipt } = issueReceipt(tx, actor, world.noor, gift);
      const known = findReceipt(tx, world.noor.id, receipt);
      cancelReceipt(tx, actor, world.noor, known, 'دو بار ثبت شد');
    });
    file = `${world.province.file}.copy`;
    await backup(world.province.file, file);
  });
  after(() => world.close());

  beforeEach(() => {
    cpSync(file, `${file}.shell`);
    shell = new Database(`${file}.shell`);
    // The sqlite3 shell's default: not even foreign keys are looked after.
    shell.pragma('foreign_keys = OFF');
  });
  afterEach(() => shell.close());

  const wrong = () =>
    examineFile(`${file}.shell`)
      .filter((finding) => finding.wrong !== null)
      .map((finding) => finding.name);

  it('is not needed: the untouched file is sound', () => {
    expect(wrong()).to.deep.equal([]);
  });

  for (const [table, change] of Object.entries(FROZEN)) {
    it(`changes nothing in ${table}`, () => {
      expect(() => shell.exec(`UPDATE ${table} SET ${change}`)).to.throw(/final/);
      expect(() => shell.exec(`UPDATE OR REPLACE ${table} SET ${change}`)).to.throw(/final/);
      expect(() => shell.exec(`DELETE FROM ${table}`)).to.throw(/final/);
      expect(() => shell.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`)).to.throw(
        /final|follow|gap|number|chain/,
      );
    });

    it(`is found by the doctor when it drops the guards of ${table} and changes a row`, () => {
      const triggers = shell
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
        .all(table) as { name: string; sql: string }[];
      for (const { name } of triggers) shell.exec(`DROP TRIGGER ${name}`);
      shell.exec(`UPDATE ${table} SET ${change} WHERE ${firstRow(table)}`);
      expect(wrong()).to.include('guards');
      for (const { sql } of triggers) shell.exec(sql);
      // With the guards put back as they were, the change itself is still found.
      expect(wrong()).to.not.include('guards');
      expect(wrong()).to.not.deep.equal([]);
    });
  }

  it('puts no other row in the place of one that is final or stays', () => {
    const guarded = shell
      .prepare("SELECT DISTINCT tbl_name FROM sqlite_schema WHERE sql LIKE '%BEFORE DELETE ON%'")
      .pluck()
      .all() as string[];
    // A year is opened once by whoever comes first; an overlap measured anew is an overlap still.
    const open = ['fiscal_years', 'boundary_overlaps'];
    const filled = guarded.filter((table) => {
      const rows = shell.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
      return rows > 0 && !open.includes(table);
    });
    expect(filled).to.include.members(['licences', 'decrees', 'persons', 'donors', 'users']);
    for (const table of filled) {
      const replace = () => shell.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`);
      expect(replace, table).to.throw(/final|stay|follow|gap|number|reverses|b\d+_/);
    }
  });

  it('takes no moment that is none for a day that is right', () => {
    const columns = "id, 'x', '2026-11-21', 'never', issued_by, entry_id, 1";
    expect(() =>
      shell.exec(`INSERT INTO receipt_cancellations SELECT ${columns} FROM receipts LIMIT 1`),
    ).to.throw();
  });

  for (const [table, change] of Object.entries(TOLD)) {
    it(`is found by the doctor when it changes or empties ${table}`, () => {
      const triggers = shell
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
        .all(table) as { name: string; sql: string }[];
      for (const hand of [`UPDATE ${table} SET ${change}`, `DELETE FROM ${table}`]) {
        for (const { name } of triggers) shell.exec(`DROP TRIGGER ${name}`);
        shell.exec(hand);
        for (const { sql } of triggers) shell.exec(sql);
        expect(wrong().join(), hand).to.match(/-acts|cancellations/);
      }
    });
  }

  it('adds no entry that does not balance, and no entry out of its number', () => {
    const line = (account: string, fund: string, rial: number, n: number) =>
      shell.exec(
        `INSERT INTO entry_lines VALUES (99, ${n}, 1, 1405, '${account}', '${fund}', ${Math.max(rial, 0)},
          ${Math.max(-rial, 0)}, NULL)`,
      );
    const entry = (number: number) =>
      shell.exec(`INSERT INTO entries SELECT 99, 1, 1405, ${number}, 8, '2026-11-21', 'x', 'manual', NULL,
        NULL, NULL, 8, 9, '2026-11-21T10:00:00.000Z', 1`);
    line('1101', 'sadaqa', 100, 1);
    line('5402', 'vow', -100, 2);
    expect(() => entry(4)).to.throw('entry_balances');
    line('1101', 'vow', 100, 3);
    line('5402', 'sadaqa', -100, 4);
    expect(() => entry(9)).to.throw('b132_number_without_gap');
  });

  it('gives no number twice and leaves none out', () => {
    expect(() => shell.exec('UPDATE numbers SET last_number = 0')).to.throw(/b132/);
    expect(() => shell.exec('DELETE FROM numbers')).to.throw(/b132/);
    shell.exec("UPDATE numbers SET last_number = last_number + 5 WHERE series = 'receipt'");
    expect(wrong()).to.include('receipt-numbers');
  });
});

function firstRow(table: string): string {
  return table === 'entry_lines' ? 'entry_id = 1 AND line = 1' : 'id = 1';
}
