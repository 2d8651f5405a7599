import { expect } from 'chai';
import { linesOf } from '../../src/books/entries.ts';
import { cancelReceipt, findReceipt, mayCancel } from '../../src/donations/receipts.ts';
import { findPaper } from '../../src/paper/papers.ts';
import { enter } from '../../src/provinces/enter.ts';
import { Refusal } from '../../src/refusal.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, FOUNDED, NOW, TODAY, type World } from '../support/world.ts';
import { BATOOL, counted, give } from './gifts.ts';

describe('a receipt', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const refusal = async (promise: Promise<unknown>) => {
    const fault = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(fault).to.be.instanceOf(Refusal);
    return fault as Refusal;
  };

  const cancel = (number: string, person: 'reza' | 'maryam', reason = 'دو بار ثبت شد') =>
    enter(world.province, (tx) => {
      const receipt = findReceipt(tx, world.noor.id, number);
      return cancelReceipt(tx, world.actor(person, world.noor), world.noor, receipt, reason);
    });

  it('is issued whole: number, entry, paper and one act', async () => {
    const [, , , , , acts] = counted(world);
    const issued = await give(world, { amountRial: 12_500_000, donor: BATOOL });
    expect(issued.receipt).to.equal('1405-000001');
    expect(issued.entry).to.equal(1);
    const receipt = findReceipt(world.province.db, world.noor.id, issued.receipt);
    const lines = linesOf(world.province.db, receipt.entryId);
    expect(lines.map((line) => [line.account, line.fund, line.debitRial, line.creditRial])).to.eql([
      ['1101', 'sadaqa', 12_500_000, 0],
      ['5101', 'sadaqa', 0, 12_500_000],
    ]);
    const paper = JSON.parse(findPaper(world.province.db, receipt.paperId).content);
    expect(paper).to.include({ number: '1405-000001', amountRial: 12_500_000 });
    expect(paper.amountWords).to.equal('دوازده میلیون و پانصد هزار');
    expect(paper.donor).to.eql({
      ...{ name: BATOOL.name, maskedId: '••••••2419', anonymous: false, withheld: false },
    });
    expect(counted(world)[5]! - acts!).to.equal(1);
  });

  it('books each fund on its own account', async () => {
    const issued = await give(world, { fund: 'khums-imam' });
    const { entryId } = findReceipt(world.province.db, world.noor.id, issued.receipt);
    expect(linesOf(world.province.db, entryId)[1]!.account).to.equal('3103');
  });

  it('is numbered by the year of the day of the gift', async () => {
    await give(world);
    await give(world, { receivedOn: addDays(TODAY, -1) });
    expect((await give(world)).receipt).to.equal('1405-000003');
  });

  it('is refused before the area was approved and outside the licence, by their clauses', async () => {
    const before = await refusal(give(world, { receivedOn: addDays(FOUNDED, -1) }));
    expect(before.details).to.include({ clause: 'B-124', field: 'receivedOn' });
    world.clock.now = new Date('2027-03-25T10:00:00.000Z');
    const after = await refusal(give(world, { receivedOn: TODAY }));
    expect(after).to.include({ key: 'bylaw:refusals.B-128', status: 409 });
  });

  it('is refused for tomorrow, for the mosque, and for a fund that is not there', async () => {
    const left = counted(world);
    expect((await refusal(give(world, { receivedOn: addDays(TODAY, 1) }))).status).to.equal(422);
    const mosque = await refusal(give(world, { purpose: 'برای تعمیر مسجد' }));
    expect(mosque.details.clause).to.equal('B-98');
    expect((await refusal(give(world, { fund: 'mosque' }))).details.clause).to.equal('B-98');
    expect((await refusal(give(world, { fund: 'nothing' }))).details.field).to.equal('fund');
    expect(counted(world)).to.eql(left);
  });

  it('may be taken by another trustee, and by nobody else', async () => {
    const issued = await give(world, { receivedBy: world.users.maryam });
    expect(issued.taker.seat).to.equal('admin-finance');
    const stranger = await refusal(give(world, { receivedBy: world.users.hadi }));
    expect(stranger.details.field).to.equal('receivedBy');
  });

  it('is cancelled by its issuer the same day, through a reversing entry of today', async () => {
    const { receipt: number } = await give(world, { receivedOn: addDays(TODAY, -3) });
    await cancel(number, 'reza');
    const { cancellation, entryId } = findReceipt(world.province.db, world.noor.id, number);
    expect(cancellation).to.include({ cancelledOn: TODAY, entryNumber: 2 });
    const mirror = world.province.db.$client
      .prepare('SELECT entry_on, reverses_entry_id AS mirrored FROM entries WHERE number = 2')
      .get();
    expect(mirror).to.eql({ entry_on: TODAY, mirrored: entryId });
    expect((await give(world)).receipt).to.equal('1405-000002');
  });

  it('is cancelled on a later day by another seat only, and once', async () => {
    const { receipt: number } = await give(world);
    world.clock.now = new Date(NOW.getTime() + 86_400_000);
    const receipt = findReceipt(world.province.db, world.noor.id, number);
    expect(mayCancel(world.actor('reza', world.noor), receipt)).to.equal(false);
    const own = await refusal(cancel(number, 'reza'));
    expect(own.key).to.equal('donations:refusals.cancel-other-seat');
    await cancel(number, 'maryam');
    expect((await refusal(cancel(number, 'maryam'))).details.clause).to.equal('B-132');
  });
});
