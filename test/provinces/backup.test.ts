/** Copies: taken while the program runs, put back without ever giving a number twice. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { issueReceipt } from '../../src/donations/receipts.ts';
import { backup, restore } from '../../src/provinces/backup.ts';
import { connect } from '../../src/provinces/connection.ts';
import { examineFile } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { closeProvince, createProvince } from '../../src/provinces/province.ts';
import { buildWorld, NOW, TODAY, type World } from '../support/world.ts';

describe('a copy of a province', () => {
  let world: World;
  let folder: string;

  before(async () => {
    world = await buildWorld();
    folder = dirname(world.province.file);
  });
  after(() => world.close());

  const give = () =>
    enter(world.province, (tx) =>
      issueReceipt(tx, world.actor('maryam', world.noor), world.noor, {
        ...{ amountRial: 500_000, fund: 'sadaqa', receivedOn: TODAY },
      }),
    );
  const sound = (file: string) => examineFile(file).filter(({ wrong }) => wrong !== null);

  it('is whole while the program runs, and is not written over', async () => {
    await give();
    const copy = join(folder, 'copy.db');
    await Promise.all([backup(world.province.file, copy), give(), give()]);
    expect(sound(copy)).to.deep.equal([]);
    const again = await backup(world.province.file, copy).catch((fault: Error) => fault.message);
    expect(again).to.contain('is there already');
  });

  it('takes the place of the running file: numbering goes on above, the gap is told as lost', async () => {
    const copy = join(folder, 'before.db');
    await backup(world.province.file, copy);
    const lost = [await give(), await give()];
    const done = await restore(world.province.file, copy, NOW);
    expect(existsSync(done.laidAside)).to.equal(true);
    expect(sound(done.laidAside)).to.deep.equal([]);
    const next = await give();
    expect(Number(next.receipt.slice(5))).to.equal(Number(lost[1]!.receipt.slice(5)) + 1);
    expect(done.lost.map(({ series }) => series).sort()).to.deep.equal(['entry', 'receipt']);
    const visit = await world.visit(
      'maryam',
      `GET /centres/noor/donations/receipts/${lost[0]!.receipt}`,
    );
    expect(visit.status).to.equal(404);
    expect(sound(world.province.file)).to.deep.equal([]);
  });

  it('is all that is counted from then on, whatever was remembered of the file before', async () => {
    const copy = join(folder, 'counted.db');
    await backup(world.province.file, copy);
    for (const _ of [1, 2, 3]) await give();
    const gifts = async () =>
      (await world.visit('maryam', 'GET /centres/noor/donations.json')).json<{ total: number }>();
    const lines = async () =>
      (await world.visit('maryam', 'GET /centres/noor/books/ledger/1101.json')).json<{
        total: number;
      }>();
    const before = { gifts: (await gifts()).total, lines: (await lines()).total };
    await restore(world.province.file, copy, new Date(NOW.getTime() + 1000));
    // With the act of the restore the trail is as long as it was.
    for (const _ of [1, 2]) await give();
    expect((await gifts()).total).to.equal(before.gifts - 1);
    expect((await lines()).total).to.equal(before.lines - 1);
  });

  it('leaves shut what was shut meanwhile, and gives no lost centre\u2019s code again', async () => {
    const copy = join(folder, 'older.db');
    await backup(world.province.file, copy);
    const { visit } = world;
    const centre = {
      ...{ name: 'مرکز نیکوکاری گمشده', kind: 'guild', host: 'office', hostName: 'دفتر صنف' },
      ...{ place: 'بازار', address: 'بازار بزرگ', code: 'gomshodeh', county: 'اینجا' },
    };
    expect((await visit('hadi', 'POST /centres', centre)).status).to.equal(201);
    expect((await visit('deputy', 'POST /users/inspector/reset', {})).status).to.be.below(300);
    await restore(world.province.file, copy, NOW);
    expect((await visit('hadi', 'GET /centres/gomshodeh.json')).status).to.equal(404);
    expect((await visit('hadi', 'POST /centres', centre)).status).to.equal(409);
    expect((await visit('inspector', 'GET /centres.json')).status).to.equal(401);
  });

  it('is refused when somebody changed it', async () => {
    const copy = join(folder, 'changed.db');
    await backup(world.province.file, copy);
    const db = connect(copy);
    db.$client.exec(
      'DROP TRIGGER donations_are_final_update; UPDATE donations SET amount_rial = 9',
    );
    db.$client.close();
    const told = await restore(world.province.file, copy, NOW).catch(
      (fault: Error) => fault.message,
    );
    expect(told).to.contain('not sound');
    expect((await give()).receipt).to.match(/^1405-/);
    expect(readdirSync(folder).filter((name) => name.includes('restoring'))).to.deep.equal([]);
  });

  it('is refused when it is of another province', async () => {
    const other = createProvince(join(folder, 'other.db'), 'Other');
    closeProvince(other);
    const told = await restore(world.province.file, other.file, NOW).catch((f: Error) => f.message);
    expect(told).to.contain('another province');
  });
});
