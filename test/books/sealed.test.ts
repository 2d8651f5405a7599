/** Numbered copies of the books: sealed once, the same for good, whatever is posted later. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { type BookToSeal, findSealedBook, sealBook } from '../../src/books/sealed-books.ts';
import { backup, restore } from '../../src/provinces/backup.ts';
import { examineFile } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { give, signIn } from '../donations/gifts.ts';
import { hasPoppler, linesOf, textOf } from '../paper/read.ts';
import { post } from '../support/ledger.ts';
import { buildWorld, NOW, type Person, TODAY, visit, type World } from '../support/world.ts';

const BOOKS = '/centres/noor/books';
const SEALED = `${BOOKS}/sealed`;
const JOURNAL = { book: 'journal', from: '1405/08/01', to: '1405/08/30' };

const PEOPLE: (Person | 'stranger')[] = [
  ...(['reza', 'maryam', 'zahra', 'hadi', 'karim', 'deputy', 'inspector'] as const),
  ...(['security', 'selection', 'sysadmin', 'stranger'] as const),
];

describe('a sealed book', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
    await give(world, { purpose: 'نان' });
    await post(
      world,
      `1405/07/10 به بانک
        1102 sadaqa 100000
        1101 sadaqa -100000
      1405/08/10 باز به بانک
        1102 sadaqa 250000
        1101 sadaqa -250000`,
    );
  });
  afterEach(() => world.close());

  const seal = (asked: Partial<BookToSeal> = {}, person: Person = 'maryam') =>
    enter(world.province, (tx) =>
      sealBook(tx, world.actor(person, world.noor), world.noor, {
        ...{ book: 'journal', from: '2026-10-23', to: TODAY, ...asked },
      }),
    );
  const refused = (asked: Partial<BookToSeal>) =>
    seal(asked).then(
      () => expect.fail('it was sealed'),
      (fault: { key: string }) => fault.key,
    );
  const sql = (text: string) => world.province.db.$client.exec(text);
  const read = (text: string) => world.province.db.$client.prepare(text).pluck().get();
  const pdfOf = async (number: string, person: Person = 'reza') => {
    const response = await fetch(`${world.address}/toos${SEALED}/${number}.pdf`, {
      headers: { authorization: `Bearer ${world.tokens[person]}` },
    });
    expect(response.status).to.equal(200);
    return Buffer.from(await response.arrayBuffer());
  };
  const later = () =>
    post(
      world,
      `1405/08/11 دیرآمده
        1102 sadaqa 7000
        1101 sadaqa -7000
      1405/07/11 دیرتر
        1102 sadaqa 900
        1101 sadaqa -900`,
    );

  describe('is sealed', () => {
    it('under the next number of the year, with its last entry, its totals, its act', async () => {
      const first = await seal();
      expect(first).to.include({ number: '1405-0001', lastEntry: '1405-3', entries: 2 });
      expect(first).to.include({ debit: 1_250_000, credit: 1_250_000, sealedOn: TODAY });
      const second = await seal({ book: 'ledger', account: '1101', from: '2026-09-23' }, 'reza');
      expect(second).to.include({ number: '1405-0002', account: '1101', entries: 3 });
      expect(second).to.include({ debit: 1_000_000, credit: 350_000 });
      const act = `SELECT after ->> 'number' FROM acts WHERE kind = 'book.sealed' ORDER BY id DESC`;
      expect(read(act)).to.equal('1405-0002');
      expect(read('SELECT capacity FROM acts ORDER BY id DESC')).to.match(/^decree:/);
    });

    it('as a trial balance in its columns and level', async () => {
      const sealed = await seal({ book: 'trial-balance', columns: 8, level: 'general' });
      expect(sealed).to.include({ columns: 8, level: 'general', debit: 1_250_000 });
      expect(await seal({ book: 'trial-balance' })).to.include({ columns: 4, level: 'subsidiary' });
    });

    it('not of a day to come, of days the wrong way round, of days without an entry', async () => {
      expect(await refused({ to: '2026-11-22' })).to.equal('books:refusals.seal-future');
      expect(await refused({ to: '2026-10-01' })).to.equal('books:refusals.period');
      const empty = { from: '2026-04-01', to: '2026-04-20' };
      expect(await refused(empty)).to.equal('books:refusals.seal-empty');
      expect(await refused({ book: 'ledger', account: '5105' })).to.equal(
        'books:refusals.seal-empty',
      );
    });

    it('not as the ledger of a group, of an account that is not there, or of none', async () => {
      for (const account of ['1', '9999', undefined]) {
        expect(await refused({ book: 'ledger', account })).to.equal('books:refusals.seal-account');
      }
    });

    it('not by a centre that has no seal yet, B-117', async () => {
      sql('DROP TRIGGER activity_codes_are_final_delete; DELETE FROM activity_codes');
      expect(await refused({})).to.equal('books:refusals.no-seal');
      const { status, text } = await world.visit('maryam', `POST ${SEALED}`, JOURNAL);
      expect([status, JSON.parse(text).clause]).to.deep.equal([409, 'B-117']);
    });
  });

  describe('on its pages', () => {
    it('is sealed by who keeps money, read by who reads the books', async () => {
      const sealing = [201, 201, 403, 403, 404, 403, 403, 404, 404, 404, 401];
      const reading = [200, 200, 403, 200, 404, 200, 200, 404, 404, 404, 401];
      for (const [at, one] of PEOPLE.entries()) {
        const person = one === 'stranger' ? null : one;
        const { status } = await world.visit(person, `POST ${SEALED}`, JOURNAL);
        expect(status, one).to.equal(sealing[at]);
        for (const page of [`${SEALED}.json`, `${SEALED}/1405-0001.json`]) {
          const answer = await world.visit(person, `GET ${page}`);
          expect(answer.status, `${one} ${page}`).to.equal(reading[at]);
        }
      }
    });

    it('answers a program with what was sealed and where it is', async () => {
      const body = { book: 'ledger', account: '۱۱', from: '1405/07/01', to: '1405/08/30' };
      const { status, headers, text } = await world.visit('reza', `POST ${SEALED}`, body);
      expect([status, headers.get('location')]).to.deep.equal([201, `/toos${SEALED}/1405-0001`]);
      const told = JSON.parse(text);
      expect(told).to.include({ number: '1405-0001', book: 'ledger', account: '11', entries: 3 });
      const again = await world.visit('hadi', `GET ${SEALED}/1405-0001.json`);
      expect(again.json()).to.deep.equal(told);
      const other = await world.visit('hadi', `GET ${SEALED}/1405-0002.json`);
      expect(other.status).to.equal(404);
    });

    it('seals once for a key that comes twice', async () => {
      const headers = { 'idempotency-key': 'abcdefghij' };
      const once = await world.visit('reza', `POST ${SEALED}`, JOURNAL, headers);
      const twice = await world.visit('reza', `POST ${SEALED}`, JOURNAL, headers);
      expect(twice.text).to.equal(once.text);
      expect(read('SELECT count(*) FROM sealed_books')).to.equal(1);
    });

    it('names each field that is wrong', async () => {
      const body = { book: 'x', columns: 3, from: '', to: '1405/13/01' };
      const { status, text } = await world.visit('reza', `POST ${SEALED}`, body);
      expect(status).to.equal(422);
      const fields = JSON.parse(text).errors.map((fault: { field: string }) => fault.field);
      expect(fields).to.deep.equal(['book', 'columns', 'from', 'to']);
    });

    it('is listed in every format', async () => {
      await seal();
      await seal({ book: 'ledger', account: '1101' });
      const csv = (await world.visit('hadi', `GET ${SEALED}.csv`)).text;
      expect(csv).to.match(/1405-0002,2026-11-21,ledger,1101,2026-10-23,2026-11-21,1405-3,2,/);
      const { rows, total } = (await world.visit('hadi', `GET ${SEALED}.json`)).json();
      expect(total).to.equal(2);
      expect((rows as object[])[1]).to.include({ number: '1405-0001', debit: 1_250_000 });
      for (const [format, type] of [
        ['xlsx', 'spreadsheetml'],
        ['pdf', 'application/pdf'],
      ]) {
        const { status, headers } = await world.visit('hadi', `GET ${SEALED}.${format}`);
        expect([status, headers.get('content-type')?.includes(type!)]).to.deep.equal([200, true]);
      }
      const register = (await world.visit('hadi', 'GET /centres/noor/papers')).text;
      expect(register).to.include(`/toos${SEALED}/1405-0002`).and.to.include('نسخهٔ مهرشدهٔ دفتر');
    });

    for (const page of ['journal', 'ledger/1101', 'ledger/11', 'trial-balance']) {
      it(`is sealed by the fold under ${page}, by its form alone`, async () => {
        const browser = await signIn(world, 'maryam');
        const { text } = await browser.get(`/toos${BOOKS}/${page}`);
        const form = /<details[^>]*id="seal".*?<\/details>/s.exec(text)![0];
        const hidden = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
        const fields = Object.fromEntries(hidden.map(([, name, value]) => [name, value]));
        expect(fields).to.include({ from: '2026-03-21', to: TODAY });
        const sent = await browser.post(`/toos${SEALED}`, fields as Record<string, string>);
        expect([sent.status, sent.to]).to.deep.equal([303, `/toos${SEALED}/1405-0001`]);
        const copy = await browser.get(sent.to);
        expect(copy.text).to.include('۱۴۰۵-۰۰۰۱').and.to.include('1405-0001.pdf');
        expect(copy.text).to.include('مهر شد');
      });
    }

    it('shows no fold to who only reads, nor under days that have not come', async () => {
      const reading = await signIn(world, 'hadi');
      expect((await reading.get(`/toos${BOOKS}/journal`)).text).to.not.include('id="seal"');
      const browser = await signIn(world, 'maryam');
      const { text } = await browser.get(`/toos${BOOKS}/trial-balance?from=1405/09/10`);
      expect(text).to.not.include('id="seal"');
    });

    it('says on the list why a form was refused', async () => {
      const browser = await signIn(world, 'maryam');
      const fields = { ...JOURNAL, to: '1405/09/29' };
      const { status, text } = await browser.fill(`/toos${SEALED}`, `/toos${SEALED}`, fields);
      expect(status).to.equal(422);
      expect(text).to.include('روز پایان هنوز نیامده است');
    });

    it('tells how many entries came since, and keeps its own totals', async () => {
      await seal();
      await later();
      const { text } = await world.visit('reza', `GET ${SEALED}/1405-0001`);
      expect(text).to.include('از هنگام مهر، ۱ سند دیگر').and.to.include('۱٬۲۵۰٬۰۰۰');
    });
  });

  describe('on paper', () => {
    before(function () {
      if (!hasPoppler()) this.skip();
    });

    it('carries its number, its day, its last entry, its code and the hash of its act', async () => {
      await seal();
      const { verifyCode } = (await world.visit('reza', `GET ${SEALED}/1405-0001.json`)).json();
      const text = textOf(await pdfOf('1405-0001'));
      expect(text).to.include('دفتر روزنامه').and.to.include('نسخهٔ مهرشدهٔ شمارهٔ ۱۴۰۵-۰۰۰۱');
      expect(text).to.include('آخرین سند: ۱۴۰۵-۳').and.to.include(verifyCode);
      const hash = read("SELECT lower(hex(hash)) FROM acts WHERE kind = 'book.sealed'");
      expect(text).to.include(hash);
      expect(text).to.include('جای مهر').and.to.not.include('چاپ مجدد');
    });

    it('keeps the bytes of its first print, and says of a later one that it is one', async () => {
      await seal();
      const first = await pdfOf('1405-0001');
      const kept = read('SELECT sha256 FROM paper_prints WHERE nth = 1') as Buffer;
      expect(createHash('sha256').update(first).digest().equals(kept)).to.equal(true);
      expect(textOf(await pdfOf('1405-0001'))).to.include('چاپ مجدد شمارهٔ ۱ از ۱۴۰۵-۰۰۰۱');
      expect(read('SELECT count(*) FROM paper_prints')).to.equal(2);
    });

    const books: [string, Partial<BookToSeal>][] = [
      ['the journal', {}],
      ['a general ledger', { book: 'ledger', account: '11' }],
      ['a subsidiary ledger', { book: 'ledger', account: '1102' }],
      ['a trial balance', { book: 'trial-balance', columns: 6 }],
    ];
    for (const [name, asked] of books) {
      it(`stays the same as ${name}, whatever is posted to its days or before them`, async () => {
        await seal(asked);
        const before = rowsOf(await pdfOf('1405-0001'));
        await later();
        expect(rowsOf(await pdfOf('1405-0001'))).to.deep.equal(before);
        await seal(asked);
        expect(rowsOf(await pdfOf('1405-0002'))).to.not.deep.equal(before);
      });
    }
  });

  it('is verified by its code, by anybody', async () => {
    await seal({ book: 'ledger', account: '1101' });
    const told = (await world.visit('reza', `GET ${SEALED}/1405-0001.json`)).json();
    const check = (suffix: string) =>
      visit(world.address, null, `GET /verify/${told.verifyCode}${suffix}`);
    const said = (await check('.json')).json();
    expect(said).to.include({ kind: 'book', number: '1405-0001', book: 'ledger', state: 'valid' });
    expect(said).to.include({ from: '2026-10-23', to: TODAY, lastEntry: '1405-3', entries: 2 });
    expect(said).to.include({ debit: 1_000_000, credit: 250_000, sha256: told.sha256 });
    const { text } = await check('');
    for (const words of ['نسخهٔ مهرشدهٔ دفتر', 'دفتر معین ۱۱۰۱', '۱۴۰۵-۳', '۲۵۰٬۰۰۰']) {
      expect(text).to.include(words);
    }
    expect(text).to.include(told.sha256);
  });

  describe('in the hands of raw SQL', () => {
    const columns = `id centre_id year number book account columns level from_on to_on
      last_entry_year last_entry_number until_entry_id sealed_on sealed_by paper_id
      act_id`.split(/\s+/);
    const copied = (changes: Record<string, string | number>) =>
      `INSERT INTO sealed_books SELECT ${columns.map((one) => changes[one] ?? one)}
       FROM sealed_books WHERE id = 1`;
    /** Papers for the copies that are tried, so that each is refused for one reason alone. */
    const papers = [
      [92, '1405-0002'],
      [93, '1405-0003'],
      [94, '1404-0001'],
    ].map(
      ([id, number]) => `INSERT INTO papers SELECT ${id}, centre_id, kind, '${number}', issued_on,
        'AAAAAAAAAAA${id}', content, sha256, act_id FROM papers
        WHERE kind = 'book' AND number = '1405-0001'`,
    );
    const next = { id: 9, number: 2, paper_id: 92 };
    const tries: [string, string, string][] = [
      ['changed', "UPDATE sealed_books SET to_on = '2026-11-01'", 'sealed_books_are_final'],
      ['taken away', 'DELETE FROM sealed_books', 'sealed_books_are_final'],
      ['replaced', copied({ ...next, id: 1 }).replace('INSERT', 'REPLACE'), 'b132_number'],
      ['given its number twice', copied({ id: 9 }), 'b132_number_without_gap'],
      ['given a number too high', copied({ id: 9, number: 3, paper_id: 93 }), 'b132_number'],
      ['given another year', copied({ id: 9, year: 1404, paper_id: 94 }), 'b132_number'],
      ['without a paper of its own', copied({ id: 9, number: 2 }), 'sealed_book_has_its_paper'],
      ['ended before the newest entry', copied({ ...next, until_entry_id: 1 }), 'with_newest'],
      ['ended with a stray entry', copied({ ...next, last_entry_number: 2 }), 'with_newest'],
      ['of days to come', copied({ ...next, to_on: "'2026-12-01'" }), 'sealed_days_have_passed'],
      ['a ledger of nothing', copied({ ...next, book: "'ledger'" }), 'sealed_ledger_of_account'],
      [
        'a balance in three columns',
        copied({ ...next, book: "'trial-balance'", columns: 3, level: "'general'" }),
        'sealed_balance_in_columns',
      ],
    ];
    for (const [name, text, complaint] of tries) {
      it(`is not ${name}`, async () => {
        await seal();
        world.province.db.$client.pragma('foreign_keys = OFF');
        for (const paper of papers) sql(paper);
        expect(() => sql(text)).to.throw(complaint);
      });
    }

    const hands: [string, string][] = [
      ["UPDATE sealed_books SET to_on = '2026-11-01'", 'sealed-books'],
      ['UPDATE sealed_books SET until_entry_id = 2', 'sealed-books'],
      ['UPDATE sealed_books SET number = 5', 'book-numbers'],
      ['DELETE FROM sealed_books', 'book-numbers'],
    ];
    for (const [hand, name] of hands) {
      it(`is found by the doctor: ${hand}`, async () => {
        await seal();
        const found = () =>
          examineFile(world.province.file)
            .filter(({ wrong }) => wrong !== null)
            .map((finding) => finding.name);
        expect(found()).to.deep.equal([]);
        sql('DROP TRIGGER sealed_books_are_final_update');
        sql('DROP TRIGGER sealed_books_are_final_delete');
        sql(hand);
        expect(found()).to.include(name);
      });
    }
  });

  it('is lost and said to be when a restore replaces it; its number is not given again', async () => {
    const copy = `${world.province.file}.copy`;
    await seal();
    await backup(world.province.file, copy);
    await seal();
    const { lost } = await restore(world.province.file, copy, NOW);
    expect(lost.map(({ series, fromNumber }) => [series, fromNumber])).to.deep.equal([['book', 2]]);
    expect((await seal()).number).to.equal('1405-0003');
    expect(() => findSealedBook(world.province.db, world.noor.id, '1405-0002')).to.throw();
    const wrong = examineFile(world.province.file).filter((finding) => finding.wrong !== null);
    expect(wrong).to.deep.equal([]);
  });
});

/** What the book says, without its number, code and hash, and without the note of a reprint. */
function rowsOf(pdf: Buffer): string[] {
  const parts = /نسخهٔ|استعلام|چاپ مجدد|[0-9a-f]{64}/;
  return linesOf(pdf, '-layout').filter((line) => line.trim() !== '' && !parts.test(line));
}
