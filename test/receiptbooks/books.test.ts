import { expect } from 'chai';
import { layOut } from '../../src/board/handover-layout.ts';
import { peopleOf } from '../../src/boxes/people.ts';
import { issueReceipt } from '../../src/donations/receipts.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { useLeaf } from '../../src/receiptbooks/books.ts';
import { receiptBookTasks } from '../../src/receiptbooks/tasks.ts';
import { Reader } from '../support/reader.ts';
import { buildWorld, PASSWORD, TODAY, type World } from '../support/world.ts';

const ROOT = '/toos/centres/noor/donations/receipt-books';
const API = '/centres/noor/donations/receipt-books';

describe('a book of paper receipts (B-132)', () => {
  let world: World;
  let maryam: Reader;
  before(async () => {
    world = await buildWorld();
    maryam = new Reader(world.address);
    await maryam.fill('/toos/login', '/toos/login', { username: 'maryam', password: PASSWORD });
  });
  after(async () => {
    expect(examine(world.province.db).filter(({ wrong }) => wrong)).to.deep.equal([]);
    await world.close();
  });

  const gift = () =>
    enter(world.province, (tx) =>
      issueReceipt(tx, world.actor('maryam', world.noor), world.noor, {
        ...{ amountRial: 500_000, fund: 'sadaqa', receivedOn: TODAY },
      }),
    );
  const send = (path: string, body: object) => world.visit('maryam', `POST ${API}${path}`, body);

  it('is registered once, and given into somebody’s hands by a paper that he signs', async () => {
    const numbers = { series: '', fromNumber: '۱۰۱', toNumber: '105' };
    const made = await maryam.fill(ROOT, ROOT, numbers);
    expect(made.to).to.equal(`${ROOT}/1`);
    expect(
      (await maryam.fill(ROOT, ROOT, { ...numbers, fromNumber: '105', toNumber: '120' })).status,
    ).to.equal(422);
    const [holder] = peopleOf(world.province.db, world.noor.id, TODAY);
    expect(
      (await send('/1/leaves', { number: 101, fate: 'cancelled', reason: 'خط‌خورده' })).status,
    ).to.equal(422);
    const given = await maryam.fill(made.to, `${made.to}/issues`, {
      holder: holder!.key,
      dueOn: TODAY,
    });
    expect(given.status).to.equal(303);
    const page = await maryam.get(made.to);
    expect(page.text).to.include(holder!.name).and.include('.pdf');
    const paper = /papers\/(\d+)\.pdf/.exec(page.text)![1];
    expect((await world.visit('maryam', `GET /centres/noor/papers/${paper}.pdf`)).status).to.equal(
      200,
    );
  });

  it('links a used number to its gift once, keeps cancelled ones, and asks for the report of a loss', async () => {
    const { receipt, id } = await gift();
    expect((await send('/1/leaves', { number: 101, fate: 'used', receipt })).status).to.equal(200);
    expect(
      (await send('/1/leaves', { number: 101, fate: 'lost', reason: 'گم', report: 'پلیس' })).status,
    ).to.equal(422);
    expect((await send('/1/leaves', { number: 102, fate: 'used', receipt })).status).to.equal(422);
    expect(
      (await send('/1/leaves', { number: 102, fate: 'used', receipt: '1405-999999' })).status,
    ).to.equal(422);
    expect(
      (await send('/1/leaves', { number: 103, fate: 'lost', reason: 'در راه' })).status,
    ).to.equal(422);
    expect(
      (await send('/1/leaves', { number: 104, fate: 'cancelled', reason: 'خط‌خورده' })).status,
    ).to.equal(200);
    const forge = () =>
      world.province.db.$client
        .prepare("INSERT INTO receipt_leaves VALUES (1, 102, 'used', ?, NULL, NULL, ?, 1, 1)")
        .run(id, TODAY);
    expect(forge).to.throw('leaf_of_an_open_book');
  });

  it('does not come back while a number is unaccounted for, by page and by raw SQL', async () => {
    const early = await send('/1/return', { lastNumber: 104 });
    expect(early.status).to.equal(409);
    expect(early.json().detail).to.include('۱۰۲').and.include('۱۰۳');
    const forge = () =>
      world.province.db.$client
        .prepare('INSERT INTO receipt_book_returns VALUES (1, ?, 104, 1, 1)')
        .run(TODAY);
    expect(forge).to.throw('no_number_unaccounted');
    const { id } = await gift();
    await enter(world.province, (tx) =>
      useLeaf(tx, world.actor('maryam', world.noor), world.noor, { series: '', number: 102 }, id),
    );
    await send('/1/leaves', {
      number: 103,
      fate: 'lost',
      reason: 'در راه',
      report: 'رئیس، همان روز',
    });
    expect((await send('/1/return', { lastNumber: 103 })).status).to.equal(422);
    expect((await send('/1/return', { lastNumber: 104 })).status).to.equal(200);
    expect((await send('/1/closing', {})).status).to.equal(200);
    const book = (await world.visit('inspector', `GET ${API}/1.json`)).json();
    expect(book).to.include({ used: 2, cancelled: 1, lost: 1, blank: 1, state: 'closed' });
    expect(
      (await send('/1/leaves', { number: 105, fate: 'cancelled', reason: 'خط' })).status,
    ).to.equal(409);
    for (const format of ['csv', 'xlsx', 'pdf']) {
      expect((await world.visit('reza', `GET ${API}/1.${format}`)).status).to.equal(200);
      expect((await world.visit('reza', `GET ${API}.${format}`)).status).to.equal(200);
    }
  });

  it('is named by the gift that was written out on it, once', async () => {
    await send('', { fromNumber: 301, toNumber: 310 });
    const [holder] = peopleOf(world.province.db, world.noor.id, TODAY);
    await send('/2/issues', { holder: holder!.key, dueOn: '2027-01-01' });
    const body = { kind: 'cash', amount: 700_000, fund: 'sadaqa', receivedOn: TODAY };
    const give = (paperReceipt: string) =>
      world.visit('maryam', 'POST /centres/noor/donations', { ...body, paperReceipt });
    expect((await give('۳۰۱')).status).to.equal(201);
    expect((await give('301')).status).to.equal(422);
    expect((await give('999')).status).to.equal(422);
    const book = (await world.visit('reza', `GET ${API}/2.json`)).json();
    expect(book).to.include({ used: 1 });
  });

  it('stands on the home page when it is not back, and in the minutes of a handover', async () => {
    await send('', { fromNumber: 201, toNumber: 225 });
    const [holder] = peopleOf(world.province.db, world.noor.id, TODAY);
    await send('/3/issues', { holder: holder!.key, dueOn: TODAY });
    const { db } = world.province;
    const actor = world.actor('reza', world.noor);
    expect(receiptBookTasks(db, actor, world.noor)).to.deep.equal([]);
    const later = { ...actor, today: '2026-11-22' };
    expect(receiptBookTasks(db, later, world.noor)[0]).to.include({ key: 'books-late', number: 1 });
    const asked = { centreId: world.noor.id, day: TODAY, today: TODAY };
    const lines = layOut(db, { ...asked, seat: 'admin-finance' });
    expect(lines.filter(({ kind }) => kind === 'receipt-books')).to.have.length(2);
    expect((await world.visit('zahra', `GET ${API}`)).status).to.equal(403);
  });
});
