import { expect } from 'chai';
import { quarter } from '../../seeds/neighbourhood.ts';
import { reverseEntry } from '../../src/books/entries.ts';
import { insidePoint } from '../../src/boundary/measure.ts';
import { changeBox, installBox } from '../../src/boxes/boxes.ts';
import { confirmCount, correctCount, countBox, withdrawCount } from '../../src/boxes/openings.ts';
import { peopleOf } from '../../src/boxes/people.ts';
import { remitBoxMoney } from '../../src/boxes/remittances.ts';
import { countDue, standings, yieldByMonth } from '../../src/boxes/yield.ts';
import { balanceOfFund } from '../../src/funds/spending.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, daysAgo, type Person, TODAY, type World } from '../support/world.ts';

const SHEET = [
  { form: 'note' as const, faceRial: 100_000, pieces: 12 },
  { form: 'coin' as const, faceRial: 5_000, pieces: 3 },
];
const TOTAL = 1_215_000;

describe('a box that is counted (B-35)', () => {
  let world: World;
  const at = insidePoint(quarter(0));
  const as = (person: Person) => world.actor(person, world.noor);
  const deed = <T>(verb: (tx: Tx) => T) => enter(world.province, verb);
  const refused = async (verb: (tx: Tx) => unknown, key: string) => {
    const fault = await deed(verb).then(
      () => undefined,
      (reason: unknown) => reason as { key?: string; message: string },
    );
    expect(fault?.key ?? fault?.message).to.equal(key);
  };
  const keeper = { kind: 'shop' as const, name: 'نانوایی بهار', mobile: '09150000001' };
  const install = (installedOn = daysAgo(100)) =>
    deed((tx) =>
      installBox(tx, as('reza'), world.noor, {
        ...{ kind: 'shop', fund: 'sadaqa', installedOn, place: 'میدان بهار', at, keeper },
      }),
    );
  const two = () => {
    const [first, second] = peopleOf(world.province.db, world.noor.id, TODAY);
    return { first: first!.key, second: second!.key };
  };
  const count = (number: number, more: object = {}, person: Person = 'reza') =>
    deed((tx) =>
      countBox(tx, as(person), world.noor, number, {
        ...{ openedOn: TODAY, ...two(), account: '1104', sheet: SHEET, totalRial: TOTAL },
        ...more,
      }),
    );
  const held = () => balanceOfFund(world.province.db, world.noor.id, '1104', 'sadaqa');

  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(async () => {
    expect(examine(world.province.db).filter(({ wrong }) => wrong)).to.deep.equal([]);
    await world.close();
  });

  it('is booked to the rial of its sheet once a second person counted the same', async () => {
    const box = await install();
    const { id } = await count(box.number);
    expect(held()).to.equal(0);
    const done = await deed((tx) => confirmCount(tx, as('maryam'), world.noor, id, TOTAL));
    expect(done.state).to.equal('confirmed');
    expect(done.minutes).to.match(/^1405-\d{4}$/);
    expect(held()).to.equal(TOTAL);
    const [month] = yieldByMonth(world.province.db, world.noor.id, { limit: 5 });
    expect(month).to.include({ year: 1405, month: 8, openings: 1, rial: TOTAL });
  });

  it('B-35: is never confirmed by the one who counted, nor with another total', async () => {
    const { number } = await install();
    const { id } = await count(number);
    await refused(
      (tx) => confirmCount(tx, as('reza'), world.noor, id, TOTAL),
      'boxes:refusals.second-other',
    );
    await refused(
      (tx) => confirmCount(tx, as('maryam'), world.noor, id, 1),
      'boxes:refusals.counts-differ',
    );
    await refused(
      (tx) => confirmCount(tx, as('zahra'), world.noor, id, TOTAL),
      'common:refusals.not-yours',
    );
    expect(held()).to.equal(0);
  });

  it('refuses a typed total that is not the sheet’s, and a slip that differs without a word', async () => {
    const { number } = await install();
    const typed = { openedOn: TODAY, ...two(), account: '1101' as const, sheet: SHEET };
    const by = (more: object) => (tx: Tx) =>
      countBox(tx, as('reza'), world.noor, number, { ...typed, totalRial: TOTAL, ...more });
    await refused(by({ totalRial: TOTAL + 1 }), 'boxes:refusals.sum-differs');
    await refused(by({ bag: { number: '17', rial: 5 } }), 'boxes:refusals.explain');
    await refused(by({ second: two().first }), 'boxes:refusals.two-people');
    await refused(by({ openedOn: daysAgo(200) }), 'boxes:refusals.before-installed');
    await refused(
      by({ sheet: [{ form: 'note', faceRial: 7, pieces: 1 }], totalRial: 7 }),
      'boxes:refusals.no-such-money',
    );
    await deed(by({ bag: { number: '17', rial: 5 }, difference: 'برگه نادرست بود' }));
    await refused(by({}), 'boxes:refusals.one-waits');
  });

  it('books nothing for an empty box, and its minutes say so', async () => {
    const { number } = await install();
    const { id } = await count(number, { sheet: [], totalRial: 0 });
    const done = await deed((tx) => confirmCount(tx, as('maryam'), world.noor, id, 0));
    expect(done.entry).to.equal(null);
    expect(done.minutes).to.be.a('string');
  });

  it('is never refunded: an entry of a box is taken back only by the right count', async () => {
    const { number } = await install();
    const { id } = await count(number);
    const done = await deed((tx) => confirmCount(tx, as('maryam'), world.noor, id, TOTAL));
    await refused(
      (tx) => reverseEntry(tx, as('reza'), done.entryId!, 'پس دادن به دهنده'),
      'box_money_is_never_refunded',
    );
    const right = {
      ...{ openedOn: TODAY, account: '1104' as const, totalRial: 1_200_000 },
      ...{ sheet: SHEET.slice(0, 1), reason: 'سکه‌ها از صندوق دیگری بود' },
    };
    await refused(
      (tx) => correctCount(tx, as('reza'), world.noor, id, right),
      'boxes:refusals.correct-other',
    );
    expect(held()).to.equal(TOTAL);
  });

  it('hands in what collectors hold, never more, and to the bank with its slip', async () => {
    const { number } = await install();
    const { id } = await count(number);
    await deed((tx) => confirmCount(tx, as('maryam'), world.noor, id, TOTAL));
    const remit = (more: object) => (tx: Tx) =>
      remitBoxMoney(tx, as('maryam'), world.noor, {
        ...{ remittedOn: TODAY, account: '1102', fund: 'sadaqa', amountRial: TOTAL },
        ...{ reference: '778812', ...more },
      });
    await refused(remit({ amountRial: TOTAL + 1 }), 'boxes:refusals.more-than-held');
    await refused(remit({ reference: null }), 'common:refusals.needed');
    await deed(remit({}));
    expect(held()).to.equal(0);
    await refused(remit({}), 'boxes:refusals.nothing-held');
  });

  it('is given up while it waits, with a reason, and counted anew', async () => {
    const { number } = await install();
    const { id } = await count(number);
    const gone = await deed((tx) =>
      withdrawCount(tx, as('maryam'), world.noor, id, 'کیسهٔ دیگری بود'),
    );
    expect(gone.state).to.equal('withdrawn');
    await count(number);
    await refused(
      (tx) => confirmCount(tx, as('maryam'), world.noor, id, TOTAL),
      'boxes:refusals.is-withdrawn',
    );
  });

  it('B-124: stands within the area, and B-35: is due after so many days', async () => {
    await refused(
      (tx) =>
        installBox(tx, as('reza'), world.noor, {
          ...{ kind: 'home', fund: 'sadaqa', installedOn: TODAY, place: 'تهران', keeper },
          at: [51.4, 35.7],
        }),
      'boxes:refusals.outside',
    );
    const { id, number } = await install();
    const known = () => standings(world.province.db, world.noor.id, TODAY).get(id)!;
    expect(known()).to.include({ days: 100, isDue: true, isFarBelow: false });
    expect(countDue(world.province.db, world.noor.id, TODAY)).to.equal(1);
    await deed((tx) =>
      changeBox(tx, as('reza'), world.noor, number, {
        ...{ event: 'withdrawn', happenedOn: TODAY, reason: 'مغازه بسته شد' },
      }),
    );
    expect(countDue(world.province.db, world.noor.id, TODAY)).to.equal(0);
    await refused(
      (tx) =>
        changeBox(tx, as('reza'), world.noor, number, {
          ...{ event: 'moved', happenedOn: TODAY, placed: { place: 'جای دیگر', at }, keeper },
        }),
      'boxes:refusals.withdrawn',
    );
  });
});
