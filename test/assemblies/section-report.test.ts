/** B-66, B-67, B-70, B-71, B-76: the sections report, and nothing tells of a single gift. */
import { expect } from 'chai';
import { moneyOf, seasonOf, seasonsWithin } from '../../src/assemblies/section-money.ts';
import { sectionReportChecks } from '../../src/assemblies/section-report-checks.ts';
import { compassOf } from '../../src/bylaw/compass.ts';
import type { Facts } from '../../src/bylaw/facts.ts';
import { sectionReported } from '../../src/bylaw/judge-reports.ts';
import { issueReceipt } from '../../src/donations/receipts.ts';
import { enter } from '../../src/provinces/enter.ts';
import { buildWorld, type Person, TODAY, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await buildWorld();
  await give('sadaqa', [1_000_000, 2_000_000, 4_000_000], '2026-04-10');
  await give('vow', [5_000_000, 7_000_000], '2026-04-12');
});
after(() => world.close());

const report = '/centres/noor/assemblies/report';
/** The first two seasons of 1405. */
const SPRING = { from: '2026-03-21', to: '2026-06-21' };
const HALF = { from: '2026-03-21', to: '2026-09-22' };

async function give(fund: string, amounts: number[], day: string): Promise<void> {
  const { province, noor } = world;
  for (const amountRial of amounts) {
    const gift = { amountRial, fund, receivedOn: day };
    await enter(province, (tx) => issueReceipt(tx, world.actor('maryam', noor), noor, gift));
  }
}

const send = async (who: Person, body: object) => {
  const { status, json } = await world.visit(who, `POST ${report}`, body);
  return { ...json<object>(), status } as { status: number; paperId: number };
};
const money = (days = HALF) => moneyOf(world.province.db, world.noor.id, days);

describe('the seasons of a report to benefactors', () => {
  it('are three Jalali months, whole and passed', () => {
    expect(seasonOf('2026-05-01')).to.deep.equal(SPRING);
    expect(seasonOf('2027-03-20').to).to.equal('2027-03-20');
    expect(seasonsWithin({ from: '2026-03-21', to: TODAY }, TODAY)).to.deep.equal(HALF);
    expect(seasonsWithin({ from: '2026-03-22', to: TODAY }, TODAY)?.from).to.equal('2026-06-22');
    expect(seasonsWithin({ from: '2026-10-01', to: TODAY }, TODAY)).to.equal(undefined);
    expect(seasonsWithin(SPRING, '2026-06-21')).to.equal(undefined);
  });
});

describe('what came in by fund', () => {
  it('leaves out a fund of fewer than three gifts, and the total that would tell it', () => {
    const { income, incomeTotal } = money();
    expect(income).to.deep.include.members([
      { fund: 'sadaqa', amountRial: 7_000_000 },
      { fund: 'vow', amountRial: null },
    ]);
    expect(incomeTotal).to.equal(null);
  });

  it('tells the total once the funds left out have three gifts together', async () => {
    await give('fidya', [3_000_000], '2026-05-02');
    expect(money().incomeTotal).to.equal(22_000_000);
  });

  it('lets no report of fewer days be taken off one of more', async () => {
    await give('sadaqa', [9_000_000], '2026-07-01');
    expect(money(SPRING).income[0]!.amountRial).to.equal(7_000_000);
    const fund = money(HALF).income.find(({ fund }) => fund === 'sadaqa')!;
    expect(fund.amountRial).to.equal(null);
    expect(money(HALF).incomeTotal).to.equal(null);
  });
});

describe('the report of a section', () => {
  it('is read by the board and the committee, not by another county', async () => {
    for (const section of ['men', 'women', 'assemblies', 'benefactors']) {
      for (const form of ['', '.json', '.csv', '.xlsx', '.pdf']) {
        const read = await world.visit('zahra', `GET ${report}${form}?section=${section}`);
        expect(read.status, `${section}${form}`).to.equal(200);
      }
    }
    expect((await world.visit('hadi', `GET ${report}`)).status).to.equal(200);
    expect((await world.visit('karim', `GET ${report}`)).status).to.equal(404);
    const backwards = `GET ${report}?section=men&from=2026-05-01&to=2026-04-01`;
    expect((await world.visit('zahra', backwards)).status).to.equal(422);
  });

  it('says where an amount is left out, and names nobody', async () => {
    const { text } = await world.visit('zahra', `GET ${report}?section=benefactors`);
    expect(text).to.include('کمتر از سه کمک').and.not.include('۵٬۰۰۰٬۰۰۰');
    expect(text).to.not.include('رضا نمونه');
  });

  it('is issued as a paper by those who answer for it', async () => {
    const body = { section: 'men', from: '2026-05-25', to: TODAY };
    expect((await send('hadi', body)).status).to.equal(403);
    expect((await send('maryam', body)).status).to.equal(403);
    const made = await send('zahra', body);
    expect(made.status).to.equal(201);
    const paper = await world.visit('zahra', `GET /centres/noor/papers/${made.paperId}.pdf`);
    expect(paper.status).to.equal(200);
    const early = { section: 'benefactors', from: '2026-10-01', to: TODAY };
    expect((await send('zahra', early)).status).to.equal(409);
    expect((await send('zahra', { section: 'other', from: 'x', to: TODAY })).status).to.equal(422);
  });

  it('is final by raw SQL', () => {
    const run = (sql: string) => () => world.province.db.$client.exec(sql);
    expect(run("UPDATE section_reports SET section = 'women'")).to.throw('are_final');
    expect(run('DELETE FROM section_reports')).to.throw('are_final');
    for (const { run: check } of sectionReportChecks) {
      expect(check(world.province.db)).to.equal(null);
    }
  });
});

describe('the compass', () => {
  const bearing = (id: string) =>
    compassOf(world.province.db, world.noor.id, TODAY).find((one) => one.id === id)!.state;

  it('keeps B-66, and breaks B-67, B-70, B-71 and B-76 until they are issued', async () => {
    expect(bearing('B-66')).to.equal('kept');
    for (const id of ['B-67', 'B-70', 'B-71', 'B-76']) expect(bearing(id), id).to.equal('broken');
    for (const section of ['women', 'assemblies', 'benefactors']) {
      await send('reza', { section, from: SPRING.from, to: TODAY });
    }
    for (const id of ['B-67', 'B-70', 'B-71', 'B-76']) expect(bearing(id), id).to.equal('kept');
  });

  it('asks again after six months, and of a new centre not yet', () => {
    const licences = [{ number: '1', fromOn: '2026-03-21', toOn: '2027-03-20', byCommittee: true }];
    const facts = (day: string | null, today: string) =>
      ({ reports: { men: day }, licences, today }) as unknown as Facts;
    const judged = (day: string | null, today: string) =>
      sectionReported('men')(facts(day, today)).why;
    expect(judged('2026-04-01', TODAY)).to.equal('old');
    expect(judged(null, TODAY)).to.equal('broken');
    expect(judged(null, '2026-06-01')).to.equal('soon');
    expect(judged(TODAY, TODAY)).to.equal('kept');
  });
});
