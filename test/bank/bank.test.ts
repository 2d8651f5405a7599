/** B-80: money moved by two, the box counted by two, statements taken in whole and once, matched. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { Actor } from '../../src/access/actor.ts';
import { bankChecks } from '../../src/bank/checks.ts';
import { cellsOf, columnsFor, keepFile } from '../../src/bank/files.ts';
import { entriesAlone, matchByHand, matchByRules, rowsAlone } from '../../src/bank/matches.ts';
import { reconciliationOn } from '../../src/bank/reconciliation.ts';
import { prepareReconciliation, signReconciliation } from '../../src/bank/reconciliations.ts';
import { importStatement, tryStatement } from '../../src/bank/statements.ts';
import { yearNeeds } from '../../src/books/year-needs.ts';
import { tasksOf } from '../../src/centres/tasks.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import type { SheetRows } from '../../src/sheets/sheet-reading.ts';
import { xlsxOf } from '../sheets/workbooks.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

type Verb<T> = (tx: Tx, actor: Actor) => T;

describe('the bank and the box', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    await post(
      world,
      `1405/08/01 alms in the box
         1101 sadaqa 900000
         5101 sadaqa -900000
       1405/08/01 for running costs
         1101 running-costs 100000
         5111 running-costs -100000`,
    );
  });
  after(() => world.close());

  const at = () => `/centres/${world.noor.code}/books/bank`;
  const as = <T>(person: 'maryam' | 'reza', verb: Verb<T>) =>
    enter(world.province, (tx) => verb(tx, world.actor(person, world.noor)));
  const key = (deed: Promise<unknown>) =>
    deed.then(
      () => 'was taken',
      (fault: Refusal) => fault.key,
    );
  const send = (rows: SheetRows, name = 'bank.xlsx') =>
    as('maryam', (tx, actor) => {
      const bytes = Buffer.from(JSON.stringify(rows) + name);
      const sha256 = createHash('sha256').update(bytes).digest();
      return keepFile(tx, actor, world.noor, { name, bytes, sha256, rows });
    });
  const takeIn = async (rows: SheetRows, name?: string) => {
    const file = await send(rows, name);
    return as('maryam', (tx, actor) => {
      const columns = columnsFor(tx, world.noor.id, cellsOf(tx, file));
      return importStatement(tx, actor, world.noor, { fileId: file.id, columns });
    });
  };

  it('moves each fund’s money by two signatures, with the number of the slip', async () => {
    const { visit } = world;
    const typed = { from: '1101', to: '1102', movedOn: '1405/08/03', slip: '4417' };
    const funds = [
      { fund: 'sadaqa', amount: 500_000 },
      { fund: 'running-costs', amount: 100_000 },
    ];
    const slipless = await visit('maryam', `POST ${at()}/transfers`, { ...typed, slip: '', funds });
    expect(slipless.status).to.equal(422);
    const beyond = [{ fund: 'sadaqa', amount: 900_001 }];
    const refused = await visit('maryam', `POST ${at()}/transfers`, { ...typed, funds: beyond });
    expect(refused.status).to.equal(409);
    const made = await visit('maryam', `POST ${at()}/transfers`, { ...typed, funds });
    expect(made.status, made.text).to.equal(201);
    const { id } = made.json<{ id: number }>();
    const own = await visit('maryam', `POST ${at()}/transfers/${id}/signing`, {});
    expect(own.status).to.equal(403);
    const signed = await visit('reza', `POST ${at()}/transfers/${id}/signing`, {});
    expect(signed.json()).to.include({ state: 'posted', amountRial: 600_000 });
    const again = await visit('reza', `POST ${at()}/transfers/${id}/signing`, {});
    expect(again.status).to.equal(409);
    expect((await visit('zahra', `GET ${at()}/transfers.json`)).status).to.equal(403);
    expect((await visit('karim', `GET ${at()}/transfers.json`)).status).to.equal(404);
    const page = await visit('hadi', `GET ${at()}/transfers/${id}`);
    expect(page.status, page.text).to.equal(200);
  });

  it('lets no entry of a transfer into the file without its transfer', () => {
    const { $client } = world.province.db;
    $client.exec('SAVEPOINT raw');
    const { noor, users } = world;
    const line = 'INSERT INTO entry_lines VALUES (999, ?, ?, 1405, ?, ?, ?, ?, NULL)';
    $client.pragma('defer_foreign_keys = ON');
    $client.prepare(line).run(1, noor.id, '1102', 'sadaqa', 5, 0);
    $client.prepare(line).run(2, noor.id, '1101', 'sadaqa', 0, 5);
    const next = $client
      .prepare("SELECT last_number + 1 FROM numbers WHERE series = 'entry' AND centre_id = ?")
      .pluck()
      .get(noor.id);
    const raw = () =>
      $client
        .prepare(
          `INSERT INTO entries VALUES (999, ?, 1405, ?, 8, '2026-10-25', 'x', 'transfer', NULL,
             NULL, NULL, ?, ?, '2026-11-21T10:00:00Z', 1)`,
        )
        .run(noor.id, next, users.maryam, users.reza);
    expect(raw).to.throw('transfer_is_recorded');
    $client.exec('ROLLBACK TO raw; RELEASE raw');
  });

  it('counts the box by two, and books a shortage with its cause', async () => {
    const { visit } = world;
    const notes = [
      { denomination: 100_000, pieces: 3 },
      { denomination: 50_000, pieces: 1 },
    ];
    const causeless = await visit('maryam', `POST ${at()}/counts`, { notes });
    expect(causeless.status).to.equal(422);
    const made = await visit('maryam', `POST ${at()}/counts`, {
      ...{ notes, fund: 'sadaqa', reason: 'اسکناس پاره' },
    });
    expect(made.json(), made.text).to.include({ countedRial: 350_000, differenceRial: -50_000 });
    const { id } = made.json<{ id: number }>();
    expect((await visit('maryam', `POST ${at()}/counts/${id}/signing`, {})).status).to.equal(403);
    const signed = await visit('reza', `POST ${at()}/counts/${id}/signing`, {});
    expect(signed.status, signed.text).to.equal(200);
    const { paperId } = signed.json<{ paperId: number }>();
    const paper = await visit('reza', `GET /centres/${world.noor.code}/papers/${paperId}.pdf`);
    expect(paper.headers.get('content-type')).to.contain('pdf');
    const sound = await visit('maryam', `POST ${at()}/counts`, { notes });
    expect(sound.json()).to.include({ differenceRial: 0 });
    await post(world, '1405/08/02 more\n 1101 sadaqa 5\n 5101 sadaqa -5');
    const { id: overtaken } = sound.json<{ id: number }>();
    const late = await visit('reza', `POST ${at()}/counts/${overtaken}/signing`, {});
    expect(late.status).to.equal(409);
  });

  const HEADS = ['ردیف', 'تاریخ', 'شرح عملیات', 'شماره پیگیری', 'بدهکار', 'بستانکار', 'مانده'];
  const STATEMENT: SheetRows = [
    ['صورتحساب سپرده', null, null],
    ['شماره حساب', '3000100001'],
    HEADS,
    [3, '۱۴۰۵/۰۸/۰۵', 'کارمزد', '۹۰۳', '۲٬۰۰۰ ریال', '۰', '۷۴۸٬۰۰۰'],
    [2, '١٤٠٥/٠٨/٠٤', 'واريز نامشخص', '902', 0, '150,000', '750,000'],
    [1, '05/08/03', 'واریز صندوق', '0004417', '-', 600_000, '600000'],
    ['جمع', null, null, null, '۲٬۰۰۰', '۷۵۰٬۰۰۰', null],
  ];

  it('reads a statement as a bank gives it, and takes it in whole and once', async () => {
    const { province, noor } = world;
    const file = await send(STATEMENT);
    const columns = columnsFor(province.db, noor.id, STATEMENT);
    expect(columns).to.deep.equal({
      head: 2,
      day: 1,
      words: 2,
      reference: 3,
      out: 4,
      in: 5,
      balance: 6,
    });
    const trial = tryStatement(province.db, noor.id, { file, columns, today: TODAY });
    expect(trial.faults).to.deep.equal([]);
    expect(trial.jumps).to.deep.equal([]);
    expect(trial.rows.map(({ netRial }) => netRial)).to.deep.equal([600_000, 150_000, -2000]);
    expect(trial).to.include({ openingRial: 0, closingRial: 748_000, leftOut: 1, twice: null });
    const one = await takeIn(STATEMENT);
    expect(one).to.include({ rowCount: 3, fromOn: '2026-10-25', toOn: '2026-10-27' });
    expect(await key(send(STATEMENT))).to.equal('bank:refusals.file-twice');
    const overlapping = [HEADS, STATEMENT[3]!, [4, '1405/08/06', 'x', '904', 0, 7000, 755_000]];
    expect(await key(takeIn(overlapping, 'overlapping'))).to.equal('bank:refusals.rows-twice');
    const broken = [HEADS, [1, '1405/08/06', 'x', '1', 0, 5], [2, '1405/13/06', 'x', '1', 0, 5]];
    expect(await key(takeIn(broken, 'broken'))).to.equal('bank:refusals.rows-day');
    const halves = [HEADS, [1, '1405/08/06', 'x', '1', 0, '12.5']];
    expect(await key(takeIn(halves, 'halves'))).to.equal('bank:refusals.rows-amount');
    const both = [HEADS, [1, '1405/08/06', 'x', '1', 7, 5]];
    expect(await key(takeIn(both, 'both'))).to.equal('bank:refusals.rows-both-sides');
    const rows = province.db.$client.prepare('SELECT count(*) FROM bank_rows').pluck().get();
    expect(rows).to.equal(3);
    const raw = () =>
      province.db.$client.exec(
        `INSERT INTO bank_rows (statement_id, centre_id, position, happened_on, words, reference,
           net_rial, balance_rial) SELECT 77, centre_id, 1, happened_on, '', reference, net_rial,
           balance_rial FROM bank_rows WHERE position = 1`,
      );
    expect(raw).to.throw('statement_row_not_there_yet');
  });

  it('matches by number and amount, books a fee, and leaves the rest to be named', async () => {
    const { province, noor, visit } = world;
    expect(await as('maryam', (tx, actor) => matchByRules(tx, actor, noor))).to.equal(1);
    const [deposit, fee] = rowsAlone(province.db, noor.id);
    expect(deposit).to.include({ rial: 150_000, reference: '902' });
    const uneven = as('maryam', (tx, actor) =>
      matchByHand(tx, actor, noor, { rows: [deposit!.id, fee!.id], entries: [] }),
    );
    expect(await key(uneven)).to.equal('bank:refusals.uneven');
    const comes = await visit('maryam', `POST ${at()}/rows/${deposit!.id}/fee`, {});
    expect(comes.status).to.equal(422);
    const booked = await visit('maryam', `POST ${at()}/rows/${fee!.id}/fee`, {});
    expect(booked.status, booked.text).to.equal(200);
    expect(rowsAlone(province.db, noor.id)).to.have.length(1);
    expect(entriesAlone(province.db, noor.id)).to.have.length(0);
    const raw = () =>
      province.db.$client.exec(
        `INSERT INTO bank_match_rows VALUES (50, ${deposit!.id});
         INSERT INTO bank_matches VALUES (50, ${noor.id}, 'hand', '${TODAY}', 1, 1)`,
      );
    province.db.$client.exec('SAVEPOINT raw');
    province.db.$client.pragma('defer_foreign_keys = ON');
    expect(raw).to.throw('match_comes_out_even');
    province.db.$client.exec('ROLLBACK TO raw; RELEASE raw');
  });

  const tasks = (person: 'reza' | 'maryam') =>
    tasksOf(world.province.db, world.actor(person, world.noor), world.noor).map(
      ({ key, to }) => `${key} ${to}`,
    );

  it('asks of a year whether the bank was reconciled through its last day, and says where', () => {
    const { province, noor } = world;
    const asked = { centreId: noor.id, year: 1405, today: '2027-04-01' };
    const need = () => yearNeeds(province.db, asked).find(({ key }) => key === 'bank:year-need');
    const mend = '/books/bank/reconciliation?on=2027-03-20';
    expect(need()).to.deep.equal({ key: 'bank:year-need', state: 'should', mend });
    expect(yearNeeds(province.db, { ...asked, year: 1404 }).map(({ key }) => key)).to.not.include(
      'bank:year-need',
    );
    const { $client } = province.db;
    $client.exec('SAVEPOINT later');
    $client.pragma('defer_foreign_keys = ON');
    for (const table of ['bank_reconciliations', 'bank_reconciliation_signings']) {
      for (const name of $client
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
        .pluck()
        .all(table) as string[]) {
        $client.exec(`DROP TRIGGER ${name}`);
      }
    }
    $client.exec(
      `INSERT INTO bank_reconciliations
         VALUES (70, ${noor.id}, '2027-03-20', 1, 1, '[]', '2027-04-01', 1, 1);
       INSERT INTO bank_reconciliation_signings VALUES (70, 1, '2027-04-01', 1, 1)`,
    );
    expect(need()).to.include({ state: 'done' });
    $client.exec('ROLLBACK TO later; RELEASE later');
  });

  it('B-80: names every difference, is signed by another, and is never changed after', async () => {
    const { province, noor, visit } = world;
    const sheet = reconciliationOn(province.db, noor.id, '2026-10-27');
    expect(sheet).to.include({ bookRial: 598_000, bankRial: 748_000 });
    expect(sheet.items.map(({ kind, rial }) => [kind, rial])).to.deep.equal([
      ['unbooked', 150_000],
    ]);
    const made = await visit('maryam', `POST ${at()}/reconciliations`, { through: '1405/08/05' });
    expect(made.status, made.text).to.equal(201);
    const { id } = made.json<{ id: number }>();
    expect(tasks('reza')).to.include(`sign-reconciliation /books/bank/reconciliations/${id}`);
    expect(tasks('maryam').join()).to.not.contain('sign-reconciliation');
    expect(tasks('maryam')).to.include('match-bank-rows /books/bank/matching');
    const own = await visit('maryam', `POST ${at()}/reconciliations/${id}/signing`, {});
    expect(own.json<{ clause: string }>().clause).to.equal('B-80');
    const signed = await visit('reza', `POST ${at()}/reconciliations/${id}/signing`, {});
    expect(signed.status, signed.text).to.equal(200);
    expect(tasks('reza').join()).to.not.contain('sign-reconciliation');
    const { paperId } = signed.json<{ paperId: number }>();
    const paper = await visit('reza', `GET /centres/${noor.code}/papers/${paperId}.pdf`);
    expect(paper.headers.get('content-type')).to.contain('pdf');
    const { $client } = province.db;
    expect(() => $client.exec('UPDATE bank_reconciliations SET book_rial = 0')).to.throw(
      'reconciliations_are_final',
    );
    const unexplained = () =>
      $client.exec(
        `INSERT INTO bank_reconciliations VALUES (90, ${noor.id}, '${TODAY}', 1, 2, '[]', '${TODAY}', 1, 1)`,
      );
    expect(unexplained).to.throw('b80_difference_is_explained');
    const prepared = await as('maryam', (tx, actor) =>
      prepareReconciliation(tx, actor, noor, { throughOn: '2026-10-27' }),
    );
    await post(world, '1405/08/05 late\n 1102 sadaqa 9\n 1101 sadaqa -9');
    const overtaken = as('reza', (tx, actor) => signReconciliation(tx, actor, noor, prepared.id));
    expect(await key(overtaken)).to.equal('bank:refusals.overtaken');
  });

  it('is sent as a workbook by page and by program, and refuses what is none', async () => {
    const { visit, noor } = world;
    const bytes = await xlsxOf([HEADS, [1, '1405/08/10', 'x', '1010', 0, 4000, 752_000]] as never);
    const file = { name: 'aban.xlsx', file: bytes.toString('base64') };
    const sent = await visit('maryam', `POST ${at()}/files`, file);
    expect(sent.status, sent.text).to.equal(201);
    const { id } = sent.json<{ id: number }>();
    const page = await visit('maryam', `GET ${at()}/files/${id}`);
    expect(page.status, page.text).to.equal(200);
    const taken = await visit('maryam', `POST ${at()}/files/${id}/import`, {});
    expect(taken.json(), taken.text).to.include({ rowCount: 1, openingRial: 748_000 });
    const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString('base64');
    const none = await visit('maryam', `POST ${at()}/files`, { name: 'a.xlsx', file: picture });
    expect(none.status).to.equal(422);
    expect((await visit('reza', `POST ${at()}/files`, file)).status).to.equal(409);
    expect((await visit('hadi', `POST ${at()}/files`, file)).status).to.equal(403);
    const pages = ['', '/transfers', '/transfers/new', '/counts', '/counts/new', '/statements'];
    const more = [
      '/statements/1',
      '/matching',
      '/matches/1',
      '/reconciliation',
      '/reconciliations',
    ];
    for (const path of [...pages, ...more, '/reconciliations/1', '/counts/1', '/files/1']) {
      const shown = await visit('maryam', `GET ${at()}${path}`);
      expect(shown.status, `${path} ${shown.text}`).to.equal(200);
      expect((await visit('karim', `GET ${at()}${path}`)).status).to.equal(404);
    }
    for (const path of [
      '/transfers',
      '/counts',
      '/statements',
      '/statements/1',
      '/reconciliation',
    ]) {
      for (const form of ['csv', 'xlsx', 'pdf', 'json']) {
        const shown = await visit('maryam', `GET ${at()}${path}.${form}`);
        expect(shown.status, `${path}.${form}`).to.equal(200);
      }
    }
    expect(noor.code).to.equal('noor');
  });

  it('is found sound by the doctor', () => {
    const complaints = bankChecks.map(({ run }) => run(world.province.db));
    expect(complaints.filter((one) => one !== null)).to.deep.equal([]);
  });
});
