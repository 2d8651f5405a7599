/** The year of a large centre, played through by the sample and closed: its books hang together. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { laySample } from '../../seeds/sample.ts';
import { actorOf } from '../../src/access/identify.ts';
import { findUserByUsername } from '../../src/access/users.ts';
import { balanceSheet } from '../../src/books/balance-sheet.ts';
import { beancountJournal } from '../../src/books/beancount-journal.ts';
import { fundChanges } from '../../src/books/fund-changes.ts';
import { goodsStatement as goodsInBooks } from '../../src/books/goods-statement.ts';
import { hledgerJournal } from '../../src/books/hledger-journal.ts';
import { incomeStatement } from '../../src/books/income-statement.ts';
import { bookMonths } from '../../src/books/periods.ts';
import { receiptsAndPayments } from '../../src/books/receipts-payments.ts';
import { trialBalance } from '../../src/books/trial-balance.ts';
import { closingsOf } from '../../src/books/year-end.ts';
import { compassOf } from '../../src/bylaw/compass.ts';
import { type Centre, findCentre } from '../../src/centres/centres.ts';
import { DONATION_KINDS } from '../../src/donations/schema.ts';
import { fundStatements } from '../../src/funds/statement.ts';
import { goodsStatement, totalsOf } from '../../src/goods/statement.ts';
import { countNotices, countUnread } from '../../src/notices/notices.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { closeProvince, createProvince, type Province } from '../../src/provinces/province.ts';
import { fiscalYearDays } from '../../src/values/jalali-date.ts';
import { NOW, TODAY } from '../support/world.ts';

const YEAR = fiscalYearDays(1404);
const NEXT = { from: fiscalYearDays(1405).from, to: TODAY };
const GIFTS = 200;

/** What somebody did in that year, by the kind of its act. */
const DONE = [
  ...[
    'entry.posted',
    'stock-sheet.agreed',
    'count.approved',
    'plan.approved',
    'batch.closed',
    'tribute.issued',
  ],
  ...['cheque.deposited', 'cheque.cleared', 'cheque.bounced', 'deposit.recorded', 'pledge.made'],
  ...['announcement.settled', 'lot.inspected', 'lot.appraisal-agreed', 'payment.made'],
  ...['payment.receipted', 'delivery.taken', 'delivery.returned', 'waste.made', 'lot.sent'],
  ...['sale.permitted', 'sale.made', 'petty-cash.counted', 'cash-count.signed', 'box.confirmed'],
  ...['box.remitted', 'receipt-book.closed', 'fitra-rate.set', 'fitra-cash.confirmed'],
  ...['bank-statement.imported', 'bank-match.made', 'bank-fee.booked', 'reconciliation.signed'],
  ...['rule.overridden', 'intention.changed', 'committee-share.received', 'permission.recorded'],
  ...['receipt.cancelled', 'books.locked', 'books.year-closed'],
];

/** What a page of the first centre shows, by its table. */
const SHOWN = [
  ...['applications', 'outlines', 'map_sheets', 'sheet_hangings', 'donor_places'],
  ...['assemblies', 'assembly_meetings', 'institutions', 'institution_contacts', 'delegations'],
  ...['assignments', 'volunteer_hours', 'volunteer_cards', 'unit_reports', 'decree_needs'],
  ...['permits', 'permit_decisions', 'benefactor_links', 'change_requests', 'absences'],
  ...['capacities', 'referrals', 'monitorings', 'entry_drafts', 'sealed_books', 'notices'],
  ...['channels', 'support_requests', 'handovers'],
];

describe('the year of a large centre, played and closed', function () {
  this.timeout(60_000);
  let province: Province;
  let centre: Centre;
  let folder: string;
  before(async () => {
    province = createProvince(':memory:', 'نمونه');
    const asked = { centres: 3, donations: GIFTS, seed: 3, now: NOW };
    const { centres } = await laySample(province, asked);
    centre = findCentre(province.db, centres[0]!.code);
    folder = mkdtempSync(join(tmpdir(), 'played-'));
  });
  after(() => {
    closeProvince(province);
    rmSync(folder, { recursive: true });
  });

  const one = (sql: string, ...values: (string | number)[]) =>
    province.db.$client
      .prepare(sql)
      .pluck()
      .get(...values) as number;
  /** Debit less credit of some accounts by a day, straight from the lines; carrying over left out. */
  const stands = (accounts: string, day: string, fund = '*') =>
    one(
      `SELECT coalesce(sum(l.debit_rial - l.credit_rial), 0) FROM entry_lines l
       JOIN entries e ON e.id = l.entry_id
       LEFT JOIN year_closing_entries y ON y.entry_id = e.id AND y.kind IN ('permanent', 'opening')
       WHERE e.centre_id = ? AND y.entry_id IS NULL AND l.account GLOB ? AND e.entry_on <= ?
         AND l.fund GLOB ?`,
      ...[centre.id, accounts, day, fund],
    );

  it('has so many gifts, of every kind, and all that a centre does in a year', () => {
    expect(one('SELECT count(*) FROM donations')).to.equal(GIFTS);
    const { $client: client } = province.db;
    const kinds = client.prepare('SELECT DISTINCT kind FROM donations').pluck().all();
    expect(kinds).to.have.members([...DONATION_KINDS]);
    const done = client.prepare('SELECT DISTINCT kind FROM acts').pluck().all();
    expect(DONE.filter((kind) => !done.includes(kind))).to.deep.equal([]);
    const sides = [
      'gift_funds',
      'pledge_gifts',
      'committee_gifts',
      'fitra_gifts',
      'receipt_leaves',
    ];
    expect(sides.filter((table) => one(`SELECT count(*) FROM ${table}`) === 0)).to.deep.equal([]);
    expect(SHOWN.filter((table) => one(`SELECT count(*) FROM ${table}`) === 0)).to.deep.equal([]);
  });

  it('handles nine tenths in goods', () => {
    const worth = (what: string) =>
      one(`SELECT sum(amount_rial) FROM donations WHERE centre_id = ? AND ${what}`, centre.id);
    expect(worth("kind = 'goods'") / worth('1')).to.be.within(0.8, 0.95);
  });

  it('leaves the doctor nothing to say, and the compass no clause broken that the books bear', () => {
    expect(examine(province.db).filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
    const bearings = compassOf(province.db, centre.id, TODAY);
    const broken = bearings.filter(({ state }) => state === 'broken').map(({ id }) => id);
    expect(broken.length, broken.join(' ')).to.be.at.most(3);
    const books = [
      ...['B-26', 'B-35', 'B-58', 'B-79', 'B-80', 'B-81', 'B-118', 'B-132', 'B-133', 'B-134'],
    ];
    const states = bearings.filter(({ id }) => books.includes(id)).map(({ state }) => state);
    expect(states.filter((state) => state !== 'kept' && state !== 'guided')).to.deep.equal([]);
    const chair = actorOf(province.db, findUserByUsername(province.db, 'chair').id, NOW)!;
    expect(countUnread(province.db, chair)).to.be.within(1, countNotices(province.db, chair) - 1);
  });

  it('is closed: every account is empty at its end, and the next begins with what it had', () => {
    expect(closingsOf(province.db, centre.id).map(({ year }) => year)).to.deep.equal([1404]);
    const months = bookMonths(province.db, centre.id, 1404, TODAY);
    expect(months.every(({ state }) => state === 'closed')).to.equal(true);
    const left = province.db.$client.prepare(
      `SELECT account, fund FROM balances WHERE centre_id = ? AND year <= 1404
       GROUP BY account, fund HAVING sum(debit_rial) <> sum(credit_rial)`,
    );
    expect(left.all(centre.id)).to.deep.equal([]);
    const { totals, rows } = trialBalance(province.db, centre.id, YEAR);
    for (const { debit, credit } of Object.values(totals)) expect(debit).to.equal(credit);
    const temporary = rows.filter(({ account }) => /^[5-8]|^4104/.test(account.code));
    expect(temporary.length).to.be.greaterThan(15);
    for (const { closing } of temporary) expect(closing.debit - closing.credit).to.equal(0);
  });

  for (const [name, period] of [
    ['the closed year', YEAR],
    ['the year that goes on', NEXT],
  ] as const) {
    describe(`the statements of ${name}`, () => {
      it('are the ledger: what it has is what it owes and its own, to the rial', () => {
        const { totals } = balanceSheet(province.db, centre.id, period);
        expect(totals.assets).to.equal(stands('[12]*', period.to)).and.be.greaterThan(0);
        expect(totals.liabilities).to.equal(-stands('[39]*', period.to));
        expect(totals.netAssets).to.equal(-stands('[4-8]*', period.to));
        expect(totals.assets).to.equal(totals.liabilities! + totals.netAssets!);
        const { totals: income } = incomeStatement(province.db, centre.id, period);
        expect(income.netAssetsBefore! + income.result!).to.equal(totals.netAssets);
      });

      it('say of each fund what its balances say', () => {
        const funds = fundStatements(province.db, centre.id, period);
        expect(funds.length).to.be.greaterThan(10);
        for (const { fund, opening, in: came, out, closing } of funds) {
          expect(closing, fund.code).to.equal(stands('[12]*', period.to, fund.code));
          expect(opening + came - out, fund.code).to.equal(closing);
        }
        const { totals } = fundChanges(province.db, centre.id, period);
        const { netAssets } = balanceSheet(province.db, centre.id, period).totals;
        expect(totals.closing).to.equal(netAssets! - stands('310[2-5]', period.to));
        const came = totals.opening! + totals.in! - totals.used! + totals.transfers!;
        expect(came).to.equal(totals.closing);
      });

      it('say of money what the box, the bank and petty cash hold', () => {
        const { totals } = receiptsAndPayments(province.db, centre.id, period);
        expect(totals.closing).to.equal(stands('110[1-4]', period.to));
        expect(totals.opening! + totals.receipts! - totals.payments!).to.equal(totals.closing);
      });

      it('say of goods what lies in the stores', () => {
        const { totals } = goodsInBooks(province.db, centre.id, period);
        const moved = totalsOf(goodsStatement(province.db, centre.id, period));
        expect(totals.closing).to.equal(stands('13*', period.to));
        expect(moved.closingRial).to.equal(totals.closing);
        expect(moved.openingRial + moved.inRial - moved.outRial).to.equal(moved.closingRial);
      });
    });
  }

  it('keeps the stock at what the books say today', () => {
    const stock = one('SELECT sum(value_rial) FROM stock WHERE centre_id = ?', centre.id);
    expect(stock).to.equal(stands('13*', TODAY));
  });

  const has = (program: string) => spawnSync(program, ['--version']).status === 0;
  const whole = { from: fiscalYearDays(1403).from, to: TODAY };
  const file = (name: string, lines: Iterable<string>) => {
    const path = join(folder, name);
    writeFileSync(path, [...lines].join(''));
    return path;
  };

  it('is read by bean-check without complaint, from its first day to today', function () {
    if (!has('bean-check')) this.skip();
    const path = file('whole.beancount', beancountJournal(province.db, { centre, ...whole }));
    execFileSync('bean-check', [path], { stdio: 'pipe' });
  });

  it('is added up by hledger as by its own trial balance', function () {
    if (!has('hledger')) this.skip();
    const asked = { centre, language: 'fa' as const, ...whole };
    const path = file('whole.journal', hledgerJournal(province.db, asked));
    execFileSync('hledger', ['-f', path, 'check', '--strict'], { stdio: 'pipe' });
    const told = execFileSync('hledger', ['-f', path, 'bal', '-N', '-O', 'csv'], {
      encoding: 'utf8',
    });
    const found = Object.fromEntries(
      [...told.matchAll(/^"(\d{4}) [^"]*","(-?\d+) IRR"$/gm)]
        .map(([, code, rial]) => [code, Number(rial)] as const)
        .filter(([, rial]) => rial !== 0),
    );
    const { rows } = trialBalance(province.db, centre.id, whole);
    const expected = rows.map(({ account, closing }) => [
      account.code,
      closing.debit - closing.credit,
    ]);
    expect(found).to.deep.equal(Object.fromEntries(expected.filter(([, rial]) => rial !== 0)));
  });
});
