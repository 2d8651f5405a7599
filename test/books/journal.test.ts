import { expect } from 'chai';
import { entriesSaying, journalPage, journalRows, readSearch } from '../../src/books/journal.ts';
import { fiscalYearDays } from '../../src/values/jalali-date.ts';
import { give } from '../donations/gifts.ts';
import { postAll } from '../support/ledger.ts';
import { buildWorld, type World } from '../support/world.ts';
import { randomLedger } from './random-ledger.ts';

const [LAST, THIS] = [fiscalYearDays(1404), fiscalYearDays(1405)];
const BOTH = { from: LAST.from, to: THIS.to };

describe('the journal', () => {
  let world: World;
  const of = () => [world.province.db, world.noor.id] as const;
  before(async () => {
    world = await buildWorld();
    await postAll(world, randomLedger(3, 150));
    await give(world, { purpose: 'آش' });
  });
  after(() => world.close());

  const numbers = (asked: Partial<Parameters<typeof journalPage>[2]>) =>
    journalPage(...of(), {
      ...{ ...BOTH, order: 'number', page: 1, perPage: 50, ...asked },
    }).entries.map(({ year, number }) => [year, number] as const);

  it('is in the order of its numbers, year after year, over its pages', () => {
    const all = [1, 2, 3, 4].flatMap((page) => numbers({ page }));
    expect(all).to.have.length(151);
    const sorted = [...all].sort(([y, n], [z, m]) => y - z || n - m);
    expect(all).to.deep.equal(sorted);
    expect(new Set(all.map(String)).size).to.equal(151);
  });

  it('backwards is the same from the other end', () => {
    const forth = [1, 2, 3, 4].flatMap((page) => numbers({ page }));
    const back = [1, 2, 3, 4].flatMap((page) => numbers({ page, order: '-number' }));
    expect(back).to.deep.equal([...forth].reverse());
  });

  it('of some days has their entries only, in pages and from end to end', () => {
    const days = { from: '2025-12-10', to: '2026-06-03' };
    const { entries, total } = journalPage(...of(), {
      ...{ ...days, order: 'number', page: 1, perPage: 500 },
    });
    expect(entries).to.have.length(total);
    for (const { entryOn } of entries)
      expect(entryOn >= days.from && entryOn <= days.to).to.be.true;
    const rows = [...journalRows(...of(), days)].flat();
    const told = entries.flatMap(({ year, number, lines }) =>
      lines.map(({ line }) => `${year}-${number} ${line}`),
    );
    expect(rows.map(({ year, number, line }) => `${year}-${number} ${line}`)).to.deep.equal(told);
  });

  it('past its last page is empty', () => {
    expect(numbers({ page: 9 })).to.deep.equal([]);
  });

  it('goes on after numbers that a restore lost', async () => {
    const { $client } = world.province.db;
    const before = numbers({ ...THIS, page: 1, perPage: 500 }).length;
    $client
      .prepare(
        `INSERT INTO lost_numbers SELECT 'entry', centre_id, year, last_number + 1, last_number + 9,
           'restore', 1 FROM numbers WHERE series = 'entry' AND year = 1405`,
      )
      .run();
    const { entry } = await give(world);
    const after = numbers({ ...THIS, page: 1, perPage: 500 });
    expect(after).to.have.length(before + 1);
    expect(after.at(-1)).to.deep.equal([1405, entry]);
    expect(numbers({ ...THIS, page: before + 1, perPage: 1 })).to.deep.equal([[1405, entry]]);
  });

  it('finds an entry by its number, a gift by its receipt’s, others by their words', async () => {
    expect(readSearch(...of(), BOTH, '3'))
      .to.have.property('ids')
      .with.length(2);
    expect(readSearch(...of(), THIS, '1404-3'))
      .to.have.property('ids')
      .with.length(1);
    expect(readSearch(...of(), THIS, '1405-000001'))
      .to.have.property('ids')
      .with.length(1);
    expect(readSearch(...of(), THIS, '1405-000901')).to.deep.equal({ ids: [] });
    const search = readSearch(...of(), BOTH, 'entry 77;');
    expect(search).to.deep.equal({ text: 'entry 77;' });
    const found = await entriesSaying(...of(), BOTH, { text: 'entry 77;', skip: 0, limit: 50 });
    expect(found).to.have.length(1);
  });

  it('turns its search’s pages', async () => {
    const place = { text: 'everything', skip: 0, limit: 60 };
    const all = await entriesSaying(...of(), BOTH, place);
    const second = await entriesSaying(...of(), BOTH, { ...place, skip: 50, limit: 10 });
    expect(second).to.deep.equal(all.slice(50));
  });
});
