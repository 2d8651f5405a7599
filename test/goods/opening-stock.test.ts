/** What lay in the stores when the books began: by two, once, before anything else. */
import { expect } from 'chai';
import { balanceOfFund } from '../../src/funds/spending.ts';
import {
  agreeSheet,
  linesOfSheet,
  type OpeningRow,
  openStock,
  sendSheetBack,
} from '../../src/goods/opening-stock.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { examineFile } from '../../src/provinces/doctor.ts';
import { enter, holdWriting } from '../../src/provinces/enter.ts';
import type { Refusal } from '../../src/refusal.ts';
import { give } from '../donations/gifts.ts';
import { buildWorld, FOUNDED, type Json, type Person, type World } from '../support/world.ts';

const HERE = '/centres/noor/goods/opening';
const ROW: OpeningRow = {
  ...{ name: 'برنج', unit: 'kg', account: '1301', quantityMilli: 40_000, valueRial: 60_000_000 },
  ...{ fund: 'sadaqa', condition: 'perishable', expiresOn: '2027-01-01' },
};

describe('opening stock', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
  });
  after(() => world.close());

  const act = <T>(verb: (tx: Tx) => T) => enter(world.province, verb);
  const who = (person: Person) => world.actor(person, world.noor);
  const write = (rows: OpeningRow[], openedOn = FOUNDED, person: Person = 'maryam') =>
    act((tx) => openStock(tx, who(person), world.noor, rows, { openedOn }));
  const keyOf = async (promise: Promise<unknown>) => {
    const fault = (await promise.catch((thrown: unknown) => thrown)) as Refusal & Error;
    return fault.key ?? fault.message;
  };
  const held = (account: string, fund = 'sadaqa') =>
    balanceOfFund(world.province.db, world.noor.id, account, fund);
  const raw = (sql: string) => () => world.province.db.$client.exec(sql);

  it('is written by one and comes in, lot by lot, when the other agrees', async () => {
    const quilt = {
      ...ROW,
      name: 'لحاف',
      unit: 'piece' as const,
      account: '1303',
      expiresOn: null,
    };
    const sheet = await write([ROW, { ...quilt, fund: 'dowry', quantityMilli: 3_000 }]);
    expect(held('1301')).to.equal(0);
    const agree = (person: Person) => act((tx) => agreeSheet(tx, who(person), world.noor, sheet));
    expect(await keyOf(agree('maryam'))).to.equal('goods:refusals.sheet-two');
    const agreed = await agree('reza');
    expect(agreed).to.include({ state: 'agreed', entryNumber: 1 });
    expect([held('1301'), held('1303', 'dowry')]).to.deep.equal([60_000_000, 60_000_000]);
    const free = held('4101') + held('4102');
    expect([free, held('4102', 'dowry')]).to.deep.equal([-60_000_000, -60_000_000]);
    const { items } = (
      await world.visit('maryam', 'GET /centres/noor/goods/statement.json?from=1405/01/01')
    ).json<{ items: Json[] }>();
    expect(items.map(({ closingMilli }) => closingMilli)).to.have.members([40_000, 3_000]);
    expect(items.map(({ openingMilli }) => openingMilli)).to.have.members([40_000, 3_000]);
    const books = await world.visit('maryam', 'GET /centres/noor/books/statements/goods.json');
    expect(books.json<{ totals: Json }>().totals).to.include({ opening: 120_000_000, in: 0 });
    expect(examineFile(world.province.file).filter((one) => one.wrong !== null)).to.deep.equal([]);
  });

  it('is sent back, and told row by row what cannot be taken', async () => {
    const sheet = await write([ROW]);
    const back = await act((tx) =>
      sendSheetBack(tx, who('reza'), world.noor, { sheet, reason: 'شمارش من فرق دارد' }),
    );
    expect(back.state).to.equal('sent-back');
    expect(await keyOf(act((tx) => agreeSheet(tx, who('reza'), world.noor, back)))).to.equal(
      'goods:refusals.sheet-answered',
    );
    const line = { name: 'برنج', quantity: '۴۰', unit: 'kg', value: '1000', fund: 'nothing' };
    const answer = await world.visit('maryam', `POST ${HERE}`, {
      lines: [
        { ...line, store: 'نبود' },
        { ...line, fund: 'sadaqa', expiresOn: '1404/01/01' },
      ],
    });
    expect(answer.status).to.equal(422);
    const { errors } = answer.json<{ errors: { field: string }[] }>();
    expect(errors.map(({ field }) => field)).to.have.members([
      ...['lines.0.fund', 'lines.0.store', 'lines.1.expiresOn'],
    ]);
  });

  it('is of the licensed day on which the books begin, and not of a later one', async () => {
    expect(await keyOf(write([ROW], '2026-03-01'))).to.equal('books:refusals.before-licence');
    await give(world, { amountRial: 1000 });
    expect(await keyOf(write([ROW], '2026-11-21'))).to.equal('books:refusals.opening-first');
    const late = (await write([ROW])).id;
    expect(late).to.be.greaterThan(2);
  });

  it('has its pages for those who keep the books, and for nobody else', async () => {
    const html = { accept: 'text/html' };
    for (const page of ['', '/new', '/1', '/2', '.csv', '.pdf', '/1.pdf', '/1.json']) {
      const { status, text } = await world.visit('maryam', `GET ${HERE}${page}`, undefined, html);
      expect(status, `${page} ${text.slice(0, 200)}`).to.equal(200);
    }
    const body = {
      ...{ _csrf: '', 'lines.2.name': 'شکر', 'lines.2.quantity': '۵', 'lines.2.unit': 'kg' },
      ...{ 'lines.2.value': '۵۰۰٬۰۰۰', 'lines.2.fund': 'kaffara', openedOn: '1405/01/01' },
    };
    const made = await world.visit('maryam', `POST ${HERE}`, body);
    expect(made.status, made.text).to.equal(201);
    const { id } = made.json<{ id: number }>();
    expect(linesOfSheet(world.province.db, id)).to.have.length(1);
    const wanted: [Person, string, number][] = [
      ['zahra', `POST ${HERE}`, 403],
      ['karim', `GET ${HERE}`, 404],
      ['maryam', `POST ${HERE}/${id}/agree`, 409],
    ];
    for (const [person, line, status] of wanted) {
      const sent = line.startsWith('POST') ? {} : undefined;
      expect((await world.visit(person, line, sent)).status, `${person} ${line}`).to.equal(status);
    }
    const release = holdWriting(world.province);
    const twice = [1, 2].map(() => world.visit('reza', `POST ${HERE}/${id}/agree`, {}));
    while (world.province.waiting.length < 2) await new Promise((on) => setTimeout(on, 2));
    release();
    const answers = await Promise.all(twice);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const later = await world.visit('reza', `POST ${HERE}/${id}/agree`, {});
    expect(answers.find(({ status }) => status === 409)!.json()).to.deep.equal(later.json());
  });

  it('is held to it by the file, whoever writes', async () => {
    const sheet = await write([ROW]);
    const answer = (by: number, entry: string) => `INSERT INTO stock_sheet_answers
      SELECT ${sheet.id}, 1, NULL, answered_on, ${by}, ${entry}, act_id FROM stock_sheet_answers
      WHERE sheet_id = 1`;
    const { maryam } = world.users;
    expect(raw(answer(maryam, '999'))).to.throw('stock_sheet_has_two_signatures');
    expect(raw('UPDATE stock_sheet_lines SET value_rial = 1')).to.throw('stock_sheets_are_final');
    const line = `INSERT INTO stock_sheet_lines SELECT 1, 9, store_id, name, unit, account,
      quantity_milli, value_rial, fund, condition, expires_on FROM stock_sheet_lines LIMIT 1`;
    expect(raw(line)).to.throw('stock_sheets_are_final');
    const move = `INSERT INTO stock_moves SELECT (SELECT max(id) + 1 FROM stock_moves), centre_id,
      lot_id, store_id, kind, quantity_milli, value_rial, moved_on, subject, reason, 999, moved_by,
      moved_at, act_id FROM stock_moves WHERE kind = 'opening' LIMIT 1`;
    expect(raw(move)).to.throw(/opening_stock_as_written|lots_come_in_once/);
    const entryId = world.province.db.$client
      .prepare('SELECT entry_id FROM stock_sheet_answers WHERE sheet_id = 1')
      .pluck()
      .get() as number;
    const undo = `INSERT INTO entries SELECT (SELECT max(id) + 1 FROM entries), centre_id, year,
      number + 1000, month, entry_on, description, 'reversal', NULL, id, 'بی دلیل', drafted_by,
      posted_by, posted_at, act_id FROM entries WHERE id = ${entryId}`;
    expect(raw(undo)).to.throw();
  });
});
