import { expect } from 'chai';
import { findEntry, linesOf, postEntry, reverseEntry } from '../../src/books/entries.ts';
import { enter } from '../../src/provinces/enter.ts';
import { Refusal } from '../../src/refusal.ts';
import { post, readLedger, standing } from '../support/ledger.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';

const YEAR = { from: '2026-03-21', to: '2027-03-20' };

describe('entries', () => {
  let world: World;
  beforeEach(async () => {
    world = await buildWorld();
  });
  afterEach(() => world.close());

  const alms = `
    1405/02/01 cash alms
      1101 sadaqa 1000
      5101 sadaqa -1000`;

  it('are numbered without gaps in each fiscal year', async () => {
    const posted = await post(
      world,
      `${alms}
      1404/12/29 late alms
        1101 sadaqa 5
        5101 sadaqa -5
      1405/03/01 vow
        1101 vow 70
        5105 vow -70`,
    );
    expect(posted.map(({ year, number }) => [year, number])).to.deep.equal([
      ...[[1405, 1]],
      ...[[1404, 1]],
      ...[[1405, 2]],
    ]);
  });

  it('open their fiscal year once', async () => {
    await post(world, alms + alms);
    const years = world.province.db.$client.prepare('SELECT year FROM fiscal_years').pluck().all();
    expect(years).to.deep.equal([1405]);
  });

  it('stand in the balances of their accounts', async () => {
    await post(
      world,
      `${alms}
      1405/02/02 banked the box
        1102 sadaqa 400
        1101 sadaqa -400`,
    );
    expect(standing(world.province.db, world.noor.id, YEAR)).to.deep.equal({
      ...{ 1101: 600, 1102: 400, 5101: -1000 },
    });
  });

  for (const [name, ledger, key] of [
    [
      'one side',
      `1405/02/01 half
        1101 sadaqa 1000`,
      'two-lines',
    ],
    [
      'more debit',
      `1405/02/01 uneven
        1101 sadaqa 1000
        5101 sadaqa -900`,
      'unbalanced-debit',
    ],
    [
      'two funds that balance only together',
      `1405/02/01 mixed
        1101 sadaqa 1000
        5105 vow -1000`,
      'unbalanced-debit',
    ],
  ] as const) {
    it(`are refused with ${name}, and nothing is left behind`, async () => {
      const refused = await post(world, ledger).catch((fault: unknown) => fault);
      expect(refused).to.be.instanceOf(Refusal);
      expect((refused as Refusal).key).to.equal(`books:refusals.${key}`);
      expect(countOf(world, 'entries')).to.equal(0);
      expect(countOf(world, 'entry_lines')).to.equal(0);
    });
  }

  it('of two hundred lines at most', async () => {
    const [entry] = readLedger(alms);
    const lines = Array.from({ length: 101 }, () => entry!.lines).flat();
    const refused = await enter(world.province, (tx) =>
      postEntry(tx, world.actor('reza', world.noor), {
        ...{ ...entry!, lines, centreId: world.noor.id, source: 'manual' },
        draftedBy: world.users.maryam,
      }),
    ).catch((fault: unknown) => fault);
    expect((refused as Refusal).key).to.equal('books:refusals.too-many-lines');
  });

  it('leave their act in the trail, with every line', async () => {
    const [posted] = await post(world, alms);
    const { actId } = findEntry(world.province.db, world.noor.id, 1405, posted!.number);
    const act = world.province.db.$client.prepare('SELECT * FROM acts WHERE id = ?').get(actId);
    const { kind, subject, after } = act as Record<string, string>;
    expect([kind, subject]).to.deep.equal(['entry.posted', `entries/${posted!.id}`]);
    expect(JSON.parse(after!)).to.deep.include({
      lines: [
        ['1101', 'sadaqa', 1000, 0, null],
        ['5101', 'sadaqa', 0, 1000, null],
      ],
    });
  });

  describe('reversed', () => {
    const reverse = (id: number) =>
      enter(world.province, (tx) =>
        reverseEntry(tx, world.actor('maryam', world.noor), id, 'the wrong day'),
      );

    it('leave the accounts as they were, on the day it is done', async () => {
      const [posted] = await post(world, alms);
      const reversal = await reverse(posted!.id);
      expect(standing(world.province.db, world.noor.id, YEAR)).to.deep.equal({});
      const entry = findEntry(world.province.db, world.noor.id, reversal.year, reversal.number);
      expect(entry).to.include({ entryOn: TODAY, reversesEntryId: posted!.id, source: 'reversal' });
      expect(entry.reason).to.equal('the wrong day');
      expect(
        linesOf(world.province.db, entry.id).map(({ creditRial }) => creditRial),
      ).to.deep.equal([1000, 0]);
    });

    it('once only', async () => {
      const [posted] = await post(world, alms);
      await reverse(posted!.id);
      const refused = (await reverse(posted!.id).catch((fault: unknown) => fault)) as Refusal;
      expect(refused.key).to.equal('books:refusals.already-reversed');
    });

    it('never a reversal', async () => {
      const [posted] = await post(world, alms);
      const { id } = await reverse(posted!.id);
      const refused = (await reverse(id).catch((fault: unknown) => fault)) as Refusal;
      expect(refused.key).to.equal('books:refusals.is-reversal');
    });
  });
});

function countOf({ province }: World, table: string): number {
  return province.db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
}
