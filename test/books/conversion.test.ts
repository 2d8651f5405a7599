/** Four zeros off the rial, rehearsed on a copy: what is rounded, what is kept, what each day says. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { type Rehearsal, rehearse } from '../../src/books/rehearsal.ts';
import { reportLines } from '../../src/books/rehearsal-report.ts';
import type { Refusal } from '../../src/refusal.ts';
import { sayingIn } from '../../src/values/money-unit.ts';
import { formatRial, rialInWords } from '../../src/values/rial.ts';
import { give } from '../donations/gifts.ts';
import { linesOf } from '../paper/read.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, type Visit, visit, type World } from '../support/world.ts';

const UNIT = { fromOn: '2026-11-22', factor: 10_000 };
const LATER = new Date('2026-11-22T08:00:00.000Z');

describe('the redenomination of the rial, rehearsed', () => {
  let world: World;
  let copy: string;
  let told: Rehearsal;
  before(async () => {
    world = await buildWorld();
    await post(
      world,
      `1405/02/01 what was given
         1101 sadaqa 1234567
         5101 sadaqa -1234567
         1102 zakat-general 20000049
         5102 zakat-general -20000049
         1101 running-costs 90051
         5111 running-costs -90051
       1405/02/02 billed and not yet paid
         7102 running-costs 777
         3101 running-costs -777`,
    );
    await give(world, { amountRial: 1_230_000 });
    copy = join(dirname(world.province.file), 'rehearsal.sqlite');
    told = await rehearse(world.province.file, { ...UNIT, copy, now: LATER });
    world.clock.now = LATER;
  });
  after(() => world.close());

  /** As in `visit`, on the copy, which lies beside the living file. */
  const see = (line: string): Promise<Visit> =>
    visit(`${world.address}/rehearsal`, world.tokens.maryam, line);
  const page = async (line: string): Promise<string> =>
    (await see(line)).text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

  it('only reads the living file, and says of the copy what it is', () => {
    const one = (file: string, sql: string) => {
      const db = new Database(file, { readonly: true });
      const found = db.prepare(sql).pluck().get();
      db.close();
      return found;
    };
    const converted = 'SELECT count(*) FROM currency_conversions';
    expect(one(world.province.file, converted)).to.equal(0);
    expect(one(copy, converted)).to.equal(1);
    expect(existsSync(`${copy}-wal`)).to.equal(false);
  });

  it('rounds money to whole qerans, fund by fund, and nothing else', () => {
    const noor = told.converted.find(({ centre }) => centre.code === 'noor')!;
    expect(noor.rounded).to.have.deep.members([
      { account: '1101', fund: 'sadaqa', rial: 2464567, byRial: 33 },
      { account: '1102', fund: 'zakat-general', rial: 20000049, byRial: -49 },
      { account: '1101', fund: 'running-costs', rial: 90051, byRial: 49 },
    ]);
    expect(told.away).to.equal(0);
    expect(told.underWay).to.include({ payables: 777 });
    expect(told.findings.filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
    const lines = reportLines(UNIT, copy, told).join('\n');
    expect(lines).to.contain('1101 sadaqa: 2,464,567 former = 246.4567 new, rounded by 33 former');
    expect(lines).to.match(/trial balance: every account[^\n]+over 10,000/);
  });

  it('says in old rials what lies before the day, in new ones what comes after, and both across it', async () => {
    const before = await page(
      'GET /centres/noor/books/statements/balance-sheet?from=1405/01/01&to=1405/08/28',
    );
    expect(before).to.contain('۱٬۲۳۴٬۵۶۷').and.contain('به ریال پیشین است');
    const across = await page('GET /centres/noor/books/statements/balance-sheet?from=1405/01/01');
    expect(across).to.contain('۲۴۶٫۴۶').and.contain('ریال پیشین').and.contain('به ریال جدید است');
    const [, number] = /receipts\/(\d{4}-\d+)/.exec(
      (await see('GET /centres/noor/donations')).text,
    )!;
    const receipt = await see(`GET /centres/noor/donations/receipts/${number}.pdf`);
    expect(receipt.status).to.equal(200);
    const old = await page(`GET /centres/noor/donations/receipts/${number}`);
    expect(old).to.contain('۱٬۲۳۰٬۰۰۰ ریال').and.not.contain('ریال جدید است: ');
    const trial = await see('GET /centres/noor/books/trial-balance.csv?from=1405/01/01&columns=2');
    expect(trial.text).to.match(/255\.47/);
  });

  it('goes on in new rials: a gift after the day, its receipt in figures and in words', async () => {
    const gift = { kind: 'cash', fund: 'sadaqa', amount: 2_505_000, receivedOn: '1405/09/01' };
    const given = await visit(
      ...([`${world.address}/rehearsal`, world.tokens.maryam] as const),
      'POST /centres/noor/donations',
      gift,
      { 'Idempotency-Key': 'after-the-day' },
    );
    expect(given.status, given.text).to.equal(201);
    const at = given.headers.get('location')!.replace(/^\/rehearsal/, '');
    expect(await page(`GET ${at}`)).to.contain('۲۵۰٫۵۰ ریال جدید');
    const token = { authorization: `Bearer ${world.tokens.maryam}` };
    const pdf = await fetch(`${world.address}/rehearsal${at}.pdf`, { headers: token });
    const paper = linesOf(Buffer.from(await pdf.arrayBuffer())).join(' ');
    expect(paper).to.contain('۲۵۰٫۵۰');
    expect(paper).to.contain('صدم');
  });

  it('is no door into the living file: by command and by raw SQL', async () => {
    const { $client: client } = world.province.db;
    const insert = 'INSERT INTO currency_conversions VALUES (1, ?, 10000, 1)';
    expect(() => client.prepare(insert).run('2026-03-21')).to.throw('converted_in_a_rehearsal');
    const db = new Database(copy);
    expect(() => db.prepare('DELETE FROM currency_conversions').run()).to.throw('are_final');
    const take = `INSERT INTO entries SELECT 9999, centre_id, year, 1 + (SELECT last_number FROM numbers
        WHERE series = 'entry' AND centre_id = e.centre_id AND year = e.year), month, entry_on, 'x',
        'conversion', NULL, NULL, NULL, drafted_by, posted_by, posted_at, act_id
      FROM entries e WHERE source = 'conversion' LIMIT 1`;
    const try_ = (rial: number, row: string) => () =>
      db.transaction(() => {
        db.exec(row);
        const line = db.prepare(
          "INSERT INTO entry_lines VALUES (9999, ?, 1, 1405, ?, 'sadaqa', ?, ?, NULL)",
        );
        line.run(1, '8101', rial, 0);
        line.run(2, '1101', 0, rial);
        db.exec(take);
      })();
    expect(try_(50, '')).to.throw('source_has_its_deed');
    const named = 'INSERT INTO conversion_entries VALUES (9999, 1)';
    expect(try_(100, named)).to.throw('b81_conversion_rounds_only');
    db.close();
  });

  it('refuses a day to come, and leaves no copy of it behind', async () => {
    const other = `${copy}.other`;
    const asked = { ...UNIT, fromOn: '2027-03-21', copy: other, now: LATER };
    const refused = await rehearse(world.province.file, asked).catch((fault: Refusal) => fault);
    expect((refused as Refusal).key).to.equal('books:refusals.conversion-to-come');
    expect(existsSync(other)).to.equal(false);
    expect(readFileSync(copy).length).to.be.greaterThan(0);
  });

  it('writes amounts to the qeran, and to the former rial where one is left over', () => {
    sayingIn(UNIT, () => {
      expect(formatRial(12_345_600, 'en')).to.equal('1,234.56');
      expect(formatRial(-10_001, 'fa')).to.equal('(۱٫۰۰۰۱)');
      expect(formatRial(30_000, 'fa')).to.equal('۳');
      expect(rialInWords(2_505_000, 'fa')).to.equal('دویست و پنجاه و پنجاه صدم');
      expect(rialInWords(10_001, 'en')).to.match(/ one ten-thousandths$/);
    });
    expect(formatRial(12_345_600, 'en')).to.equal('12,345,600');
  });
});
