import { expect } from 'chai';
import { postEntry } from '../../src/books/entries.ts';
import { cancelReceipt, findReceipt, issueReceipt } from '../../src/donations/receipts.ts';
import { dueDay, duesUntil, standingOf } from '../../src/pledges/dues.ts';
import { findPledge, giftsOf } from '../../src/pledges/pledge-rows.ts';
import {
  endPledge,
  keepByReceipt,
  makePledge,
  type PledgeTyped,
} from '../../src/pledges/pledges.ts';
import { sponsoredOf } from '../../src/pledges/sponsored.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { enter } from '../../src/provinces/enter.ts';
import { isoFromJalali } from '../../src/values/jalali-date.ts';
import { give } from '../donations/gifts.ts';
import { buildWorld, daysAgo, TODAY, type World } from '../support/world.ts';

const DONOR = { name: 'بتول نمونه', mobile: '09150000001' };

describe('the days of a promise', () => {
  const monthly = {
    ...{ repeats: 'monthly' as const, firstOn: isoFromJalali(1405, 6, 31), lastOn: null },
    ...{ endedOn: null, amountRial: 100, givenRial: 0, gifts: 0 },
  };
  it('keep to the day, and to the last of a shorter month', () => {
    expect(dueDay(monthly, 1)).to.equal(isoFromJalali(1405, 7, 30));
    expect(dueDay(monthly, 6)).to.equal(isoFromJalali(1405, 12, 29));
    expect(dueDay(monthly, 7)).to.equal(isoFromJalali(1406, 1, 31));
    expect(dueDay({ ...monthly, repeats: 'yearly' }, 1)).to.equal(isoFromJalali(1406, 6, 31));
  });
  it('are counted until the last day or the end, whichever is first', () => {
    const until = isoFromJalali(1405, 9, 1);
    expect(duesUntil(monthly, until)).to.equal(3);
    expect(duesUntil({ ...monthly, lastOn: isoFromJalali(1405, 7, 1) }, until)).to.equal(1);
    expect(duesUntil({ ...monthly, endedOn: isoFromJalali(1405, 6, 1) }, until)).to.equal(0);
  });
  it('are late, due, kept by what was given', () => {
    const today = isoFromJalali(1405, 8, 30);
    expect(standingOf(monthly, today)).to.include({ state: 'late', late: 2, missingRial: 300 });
    expect(standingOf({ ...monthly, givenRial: 250 }, today)).to.include({
      ...{ state: 'week', late: 0, missingRial: 50, nextOn: today },
    });
    expect(standingOf({ ...monthly, givenRial: 300 }, today).state).to.equal('coming');
    const once = { ...monthly, repeats: 'once' as const };
    expect(standingOf({ ...once, givenRial: 100 }, today).state).to.equal('kept');
  });
});

describe('promises and sponsors', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const actor = (person: 'reza' | 'maryam' | 'zahra' = 'reza') => world.actor(person, world.noor);
  const make = (more: Partial<PledgeTyped> = {}, person: 'reza' | 'zahra' = 'reza') =>
    enter(world.province, (tx) =>
      makePledge(tx, actor(person), world.noor, {
        ...{ donor: DONOR, fund: 'sadaqa', amountRial: 1_000_000, repeats: 'monthly' },
        ...{ firstOn: daysAgo(40), ...more },
      }),
    );
  const sponsor = (code: string) => make({ fund: 'orphans', sponsoredCode: code });
  const sql = (text: string) => world.province.db.$client.exec(text);
  const pledge = (number: number) => findPledge(world.province.db, world.noor.id, number, TODAY);
  const receiptOf = (number: string) => findReceipt(world.province.db, world.noor.id, number);
  const cancel = (number: string) =>
    enter(world.province, (tx) =>
      cancelReceipt(tx, actor(), world.noor, receiptOf(number), 'اشتباه شد'),
    );
  const refused = async (deed: Promise<unknown>) => {
    try {
      await deed;
    } catch (fault) {
      return (fault as Error).message;
    }
    return 'not refused';
  };
  const passOn = (code: string | null, rial: number) =>
    enter(world.province, (tx) =>
      postEntry(tx, actor(), {
        ...{ centreId: world.noor.id, entryOn: TODAY, description: 'رساندن', source: 'manual' },
        draftedBy: world.users.maryam,
        lines: [
          { account: '3104', fund: 'orphans', debitRial: rial, creditRial: 0, detail: code },
          { account: '1101', fund: 'orphans', debitRial: 0, creditRial: rial },
        ],
      }),
    );
  const clean = () => {
    const faults = examine(world.province.db).filter(({ wrong }) => wrong !== null);
    expect(faults).to.deep.equal([]);
  };

  it('books nothing, is kept by gifts once, and not by what was cancelled', async () => {
    const made = await make();
    expect(made).to.include({ number: 1, gifts: 0 });
    expect(made.standing).to.include({ state: 'late', late: 2, missingRial: 2_000_000 });
    const first = await give(world, { pledge: 1 });
    expect(first.donor?.id).to.equal(made.donorId);
    expect(pledge(1)).to.include({ gifts: 1, givenRial: 1_000_000 });
    const later = await give(world, { donor: DONOR });
    const keep = () =>
      enter(world.province, (tx) =>
        keepByReceipt(tx, actor(), world.noor, 1, receiptOf(later.receipt)),
      );
    expect((await keep()).standing.late).to.equal(0);
    expect(await refused(keep())).to.include('kept-another');
    await cancel(first.receipt);
    expect(pledge(1)).to.include({ gifts: 1, givenRial: 1_000_000 });
    expect(giftsOf(world.province.db, made.id).map((one) => one.isCancelled)).to.deep.equal([1, 0]);
    clean();
  });

  it('refuses a gift of another giver, of goods for money, of another fund, and after the end', async () => {
    await make();
    const other = { name: 'کریم نمونه', mobile: '09150000002' };
    expect(await refused(give(world, { pledge: 1, donor: other }))).to.include('other-donor');
    expect(await refused(give(world, { pledge: 1, fund: 'orphans' }))).to.include('other-fund');
    const end = () =>
      enter(world.province, (tx) => endPledge(tx, actor(), world.noor, 1, 'دیگر نمی‌تواند'));
    expect((await end()).standing.state).to.equal('ended');
    expect(await refused(end())).to.include('ended');
    expect(await refused(give(world, { pledge: 1 }))).to.include('ended');
    expect(() => sql('DELETE FROM pledge_ends')).to.throw('pledge_ends_are_final');
    expect(() => sql("UPDATE pledges SET fund = 'orphans'")).to.throw('pledges_are_final');
    clean();
  });

  it('holds a sponsor’s gift under its code, whole, and is no income', async () => {
    await sponsor('F-12');
    const { id } = await give(world, { pledge: 1, fund: 'orphans', amountRial: 700_000 });
    const lines = world.province.db.$client
      .prepare(
        `SELECT account, detail, credit_rial AS rial FROM entry_lines l JOIN entries e
         ON e.id = l.entry_id WHERE e.donation_id = ? AND credit_rial > 0`,
      )
      .all(id);
    expect(lines).to.deep.equal([{ account: '3104', detail: 'F-12', rial: 700_000 }]);
    const held = sponsoredOf(world.province.db, world.noor.id, TODAY);
    expect(held[0]).to.include({ code: 'F-12', receivedRial: 700_000, heldRial: 700_000 });
    const split = {
      fund: 'orphans',
      amountRial: 2,
      parts: [
        { fund: 'orphans', amountRial: 1 },
        { fund: 'sadaqa', amountRial: 1 },
      ],
    };
    expect(await refused(give(world, { pledge: 1, ...split }))).to.include('sponsor-whole');
    expect(await refused(sponsor('علی'))).to.include('sponsored_code_is_code');
    expect(await refused(make({ fund: 'sadaqa', sponsoredCode: 'A' }))).to.include('sponsor-fund');
    clean();
  });

  it('B-81: passes on no more than is held of that code, and never another’s', async () => {
    await sponsor('F-12');
    await sponsor('F-13');
    const first = await give(world, { pledge: 1, fund: 'orphans', amountRial: 700_000 });
    await give(world, { pledge: 2, fund: 'orphans', amountRial: 900_000 });
    for (const [code, rial, fault] of [
      ['F-12', 700_001, 'child-has-less'],
      ['F-99', 1, 'child-has-less'],
      [null, 1, 'child-unnamed'],
    ] as const) {
      expect(await refused(passOn(code, rial))).to.include(fault);
    }
    await passOn('F-12', 600_000);
    const [one, two] = sponsoredOf(world.province.db, world.noor.id, TODAY);
    expect(one).to.include({ receivedRial: 700_000, passedRial: 600_000, heldRial: 100_000 });
    expect(two).to.include({ receivedRial: 900_000, passedRial: 0, heldRial: 900_000 });
    expect(await refused(cancel(first.receipt))).to.include('passed-on');
    clean();
  });

  it('holds it in the file too: nothing of another giver, fund or day, no hand in 3104', async () => {
    await sponsor('F-12');
    const { id, receiptId } = await give(world, { donor: DONOR, fund: 'orphans' });
    const act = world.province.db.$client.prepare('SELECT max(id) FROM acts').pluck().get();
    expect(() => sql(`INSERT INTO pledge_gifts VALUES (${id}, 1, ${act})`)).to.throw(
      'b81_sponsored_gift_is_whole',
    );
    await make();
    const other = await give(world, {});
    expect(() => sql(`INSERT INTO pledge_gifts VALUES (${other.id}, 2, ${act})`)).to.throw(
      'pledge_gifts_are_of_the_pledge',
    );
    expect(receiptId).to.be.greaterThan(0);
  });

  it('B-105: is for those who may read donors', async () => {
    expect(await refused(make({}, 'zahra'))).to.not.equal('not refused');
    await make();
    const zahra = enter(world.province, (tx) =>
      issueReceipt(tx, actor('zahra'), world.noor, {
        ...{ amountRial: 1, fund: 'sadaqa', receivedOn: TODAY, pledge: 1 },
      }),
    );
    expect(await refused(zahra)).to.not.equal('not refused');
  });
});
