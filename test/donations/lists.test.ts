import { expect } from 'chai';
import { addDays } from '../../src/values/jalali-date.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { DONORS, GIFTS, give, RECEIPTS, told } from './gifts.ts';

type Told = {
  donations: Record<string, string | number | null>[];
  total: number;
  pages: number;
} & {
  totals: Record<'issued' | 'cancelled', { count: number; rial: number }>;
};

describe('the list of gifts', () => {
  let world: World;
  before(async () => {
    world = await buildWorld();
    const funds = ['sadaqa', 'vow', 'dowry'];
    const names = ['بتول', 'پروین', 'چنگیز', 'گلناز', 'یاسمن'];
    for (let i = 0; i < 60; i++) {
      await give(world, {
        ...{ amountRial: (i + 1) * 1000, fund: funds[i % 3]!, receivedOn: addDays(TODAY, -i) },
        donor: i % 6 === 5 ? undefined : { name: `${names[i % 5]} نمونه`, mayBeNamed: i % 5 !== 4 },
        purpose: i === 7 ? 'سلامتی بیماران' : undefined,
      });
    }
    await world.visit('reza', `POST ${RECEIPTS}/1405-000010/cancel`, { reason: 'دو بار ثبت شد' });
  });
  after(() => world.close());

  const list = async (query = '') =>
    told(await world.visit('maryam', `GET ${GIFTS}.json${query}`)) as Told;

  it('has the newest day first, fifty on a page, and sums without the cancelled', async () => {
    const { donations, total, pages, totals } = await list();
    expect([donations.length, total, pages]).to.eql([50, 60, 2]);
    expect(Object.keys(donations[0]!).slice(0, 8)).to.eql(
      'receipt receivedOn kind amount fund donor purpose state'.split(' '),
    );
    expect(donations[0]).to.include({ receipt: '1405-000001', receivedOn: TODAY, kind: 'cash' });
    expect(totals).to.eql({
      ...{ issued: { count: 59, rial: 1_820_000 }, cancelled: { count: 1, rial: 10_000 } },
    });
    expect((await list('?page=2')).donations).to.have.lengthOf(10);
    expect((await list('?page=99')).donations).to.have.lengthOf(10);
  });

  it('is narrowed by days in either calendar, fund, state and donor', async () => {
    expect((await list('?from=1405/08/21&to=1405/08/30')).total).to.equal(10);
    expect((await list(`?from=${addDays(TODAY, -9)}&to=${TODAY}&fund=vow`)).total).to.equal(3);
    const { donations, totals } = await list('?state=cancelled');
    expect(donations.map(({ receipt }) => receipt)).to.eql(['1405-000010']);
    expect(totals.issued.count).to.equal(0);
    expect((await list('?state=issued')).total).to.equal(59);
    const found = await list(`?donor=${2 ** 32 + 1}`);
    expect(found.donations.every(({ donor }) => donor === 'بتول نمونه')).to.equal(true);
  });

  it('refuses a day that there is not, for it would show all days', async () => {
    const answered = await world.visit('maryam', `GET ${GIFTS}.csv?from=1405/07/31`);
    expect(answered.status).to.equal(422);
    expect(answered.json<{ errors: { field: string }[] }>().errors[0]!.field).to.equal('from');
    expect(answered.headers.get('content-disposition')).to.equal(null);
  });

  it('is searched by name, number, amount and purpose, never by a withheld name', async () => {
    const total = async (q: string) => (await list(`?q=${encodeURIComponent(q)}`)).total;
    expect(await total('چنگیز')).to.equal(10);
    expect(await total('۱۴۰۵-۰۰۰۰۱۲')).to.equal(1);
    expect(await total('60000')).to.equal(1);
    expect(await total('60,000')).to.equal(1);
    expect(await total('سلامتي بیماران')).to.equal(1);
    expect(await total('یاسمن')).to.equal(0);
    expect(await total('هیچ')).to.equal(0);
  });

  it('is sorted by every column, names by the Persian alphabet, withheld names together', async () => {
    const column = async (sort: string, key = sort.replace('-', '')) =>
      (await list(`?sort=${sort}`)).donations.map((gift) => gift[key]);
    const amounts = (await column('-amount')) as number[];
    expect(amounts).to.eql(amounts.toSorted((a, b) => b - a));
    const receipts = (await column('receipt')) as string[];
    expect(receipts).to.eql(receipts.toSorted());
    const donors = new Set(await column('-donor'));
    expect([...donors].slice(0, 4)).to.eql([
      'گلناز نمونه',
      'چنگیز نمونه',
      'پروین نمونه',
      'بتول نمونه',
    ]);
    for (const sort of ['receivedOn', 'kind', 'fund', 'purpose', 'state', '-state', 'nonsense']) {
      expect(await column(sort), sort).to.have.lengthOf(50);
    }
    expect((await column('-state', 'receipt'))[0]).to.equal('1405-000010');
    expect((await column('-purpose'))[0]).to.equal('سلامتی بیماران');
  });

  it('gives all rows as CSV with Latin digits and ISO days, and names nobody withheld', async () => {
    const { text, headers } = await world.visit('maryam', `GET ${GIFTS}.csv?sort=receipt`);
    const rows = text.trim().split('\n');
    expect(headers.get('content-type')).to.include('text/csv');
    expect(rows).to.have.lengthOf(61);
    expect(rows[0]).to.match(/receipt,receivedOn,kind,amount,fund,donor,purpose,state$/);
    expect(rows[1]).to.equal('1405-000001,2026-11-21,cash,1000,sadaqa,بتول نمونه,,issued');
    expect(text).not.to.include('یاسمن');
  });

  it('is on paper and in a spreadsheet too, receipts and donors alike', async () => {
    for (const list of [GIFTS, RECEIPTS, DONORS]) {
      for (const format of ['pdf', 'xlsx', 'csv', 'json']) {
        const answer = await world.visit('inspector', `GET ${list}.${format}`);
        expect(answer.status, `${list}.${format}`).to.equal(200);
        expect(answer.text).not.to.include('یاسمن');
      }
      for (const page of ['', '?q=بتول', '?page=2', '?sort=-amount', '?q=nobody']) {
        const answer = await world.visit('inspector', `GET ${list}${encodeURI(page)}`);
        expect(answer.status, list + page).to.equal(200);
        expect(answer.text).not.to.include('یاسمن');
      }
    }
  });

  it('shows receipts newest first with their entries', async () => {
    const { receipts } = told(await world.visit('maryam', `GET ${RECEIPTS}.json`)) as {
      receipts: object[];
    };
    expect(receipts[0]).to.include({ receipt: '1405-000060', entry: '1405-60' });
  });

  it('shows donors by the alphabet, withheld names after all, with what they gave', async () => {
    type Donors = { donors: { name: string | null; gifts: number; rial: number; mobile: null }[] };
    const listed = async (query: string) =>
      told(await world.visit('maryam', `GET ${DONORS}.json${query}`)) as Donors;
    const { donors } = await listed('');
    expect(donors.map(({ name }) => name)).to.eql([
      ...['بتول نمونه', 'پروین نمونه', 'چنگیز نمونه', 'گلناز نمونه'],
      null,
    ]);
    expect(donors[0]!.gifts).to.be.greaterThan(8);
    const sums = (await listed('?sort=-rial')).donors.map(({ rial }) => rial);
    expect(sums).to.eql(sums.toSorted((a, b) => b - a));
    expect((await listed('?sort=-name')).donors[0]!.name).to.equal('گلناز نمونه');
    expect((await listed('?q=%D9%BE%D8%B1%D9%88')).donors).to.have.lengthOf(1);
    for (const sort of ['gifts', 'lastOn', '-lastOn']) {
      expect((await listed(`?sort=${sort}`)).donors).to.have.lengthOf(5);
    }
  });
});

describe('a centre without gifts', () => {
  it('says who begins, and how', async () => {
    const world = await buildWorld();
    for (const page of [GIFTS, RECEIPTS, DONORS]) {
      const { status, text } = await world.visit('reza', `GET ${page}`);
      expect(status).to.equal(200);
      expect(text).to.include('class="empty');
    }
    await world.close();
  });
});
